# Generated from kv.yaml by "hawser generate". Do not edit: change the schema and generate again.
meta:
  id: kv_v1_snapshot
  title: kv, version 1, snapshot
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
            - message_type::f_value
            - message_type::watcher
      - id: body
        type:
          switch-on: tag
          cases:
            message_type::f_value: m_value
            message_type::watcher: m_watcher
  m_value:
    doc: One key and its value, in a snapshot of the store.
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
        doc: What the key was set to last.
        size: len_value
        type: str
        encoding: UTF-8
  m_watcher:
    doc: One session that watches a key, in a snapshot of the store.
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
      - id: len_session_id
        type: u1
      - id: session_id
        doc: The session that watches.
        size: len_session_id
        type: str
        encoding: UTF-8
enums:
  message_type:
    "1":
      id: f_value
      doc: One key and its value, in a snapshot of the store.
    "2":
      id: watcher
      doc: One session that watches a key, in a snapshot of the store.
