# Generated from client-session.yaml by "hawser generate". Do not edit: change the schema and generate again.
meta:
  id: hawserclient_v1_client_session
  title: hawserclient, version 1, clientSession
  ks-version: "0.11"
  endian: be
  bit-endian: be
doc: |-
  The token by which a client program that was started again goes on with the session of its last life.

  Version 1: The first format.
seq:
  - id: version
    type: u1
    valid: 1
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
            - message_type::client_session_token
      - id: body
        type:
          switch-on: tag
          cases:
            message_type::client_session_token: m_client_session_token
  m_client_session_token:
    doc: A session, and where its next process begins to number commands.
    seq:
      - id: checksum
        doc: Of the token with 0 in the place of this field.
        type: u4
      - id: len_session_id
        type: u1
        valid:
          min: 1
      - id: session_id
        doc: "Names a durable session: a UUID in text form."
        size: len_session_id
        type: str
        encoding: UTF-8
      - id: next_request_id
        doc: No command of this or a higher number went out before the next token was stored.
        type: s8
        valid:
          expr: _ >= 1 and _.as<s8> <= 9007199254740991.as<s8>
      - id: protocol_version_max
        doc: The newest version that the session's creator offered. Servers answer the session in it.
        type: u1
        valid:
          min: 1
      - id: session_timeout
        doc: How long the session outlives the last sign of life; 0 where it is not known.
        type: u4
enums:
  message_type:
    "1":
      id: client_session_token
      doc: A session, and where its next process begins to number commands.
