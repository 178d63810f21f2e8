# Generated from kv.yaml by "hawser generate". Do not edit: change the schema and generate again.
meta:
  id: kv_v1_command
  title: kv, version 1, command
  ks-version: "0.11"
  endian: be
  bit-endian: be
doc: |-
  Commands, queries and notifications of the key-value example.

  Version 1: The only format; the bytes carry no version.
seq:
  - id: message
    type: any_message
  - id: surplus
    doc: The first byte behind the last field; a frame that has one is refused.
    if: not _io.eof
    type: u1
    valid:
      min: 1
      max: 0
types:
  any_message:
    doc: "A message: its tag, then its fields."
    seq:
      - id: tag
        type: u1
        enum: message_type
        valid:
          any-of:
            - message_type::set
            - message_type::watch
      - id: body
        type:
          switch-on: tag
          cases:
            message_type::set: m_set
            message_type::watch: m_watch
  m_set:
    doc: Give a key a value. The result is empty.
    seq:
      - id: len_key
        type: s4
        valid:
          min: 0
      - id: key
        doc: A key or a value.
        size: len_key
        type: str
        encoding: UTF-8
      - id: len_value
        type: s4
        valid:
          min: 0
      - id: value
        doc: The new value.
        size: len_value
        type: str
        encoding: UTF-8
  m_watch:
    doc: Send this session a Notification whenever the key is set. The result is empty.
    seq:
      - id: len_key
        type: s4
        valid:
          min: 0
      - id: key
        doc: A key or a value.
        size: len_key
        type: str
        encoding: UTF-8
enums:
  message_type:
    "83":
      id: set
      doc: Give a key a value. The result is empty.
    "87":
      id: watch
      doc: Send this session a Notification whenever the key is set. The result is empty.
