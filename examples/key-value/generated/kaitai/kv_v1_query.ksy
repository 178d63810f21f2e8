# Generated from kv.yaml by "hawser generate". Do not edit: change the schema and generate again.
meta:
  id: kv_v1_query
  title: kv, version 1, query
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
            - message_type::get
      - id: body
        type:
          switch-on: tag
          cases:
            message_type::get: m_get
  m_get:
    doc: Ask for the value of a key.
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
    "71":
      id: get
      doc: Ask for the value of a key.
