# Generated from zmtp-curve-box.yaml by "hawser generate". Do not edit: change the schema and generate again.
meta:
  id: zmtpcurvebox_v1_frame
  title: zmtpcurvebox, version 1, frame
  ks-version: "0.11"
  endian: be
  bit-endian: be
doc: |-
  What is encrypted in the commands of zmtp-curve.yaml. The contents of the handshake stand in their boxes without their tags: which one a box holds is said by where it is.

  Version 1: That of CurveZMQ 1.0. The bytes themselves carry no number of it.
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
            - message_type::message
            - message_type::part
            - message_type::command
      - id: body
        type:
          switch-on: tag
          cases:
            message_type::message: m_message
            message_type::part: m_part
            message_type::command: m_command
  m_message:
    doc: A whole message. The tag is what ZMTP calls the flags, and travels.
    seq:
      - id: f_body
        doc: The message.
        size-eos: true
  m_part:
    doc: A message of which more follows; CLIENT and SERVER have none.
    seq:
      - id: f_body
        doc: The part.
        size-eos: true
  m_command:
    doc: A command of zmtp-command.yaml.
    seq:
      - id: f_body
        doc: The command.
        size-eos: true
enums:
  message_type:
    "0":
      id: message
      doc: A whole message. The tag is what ZMTP calls the flags, and travels.
    "1":
      id: part
      doc: A message of which more follows; CLIENT and SERVER have none.
    "2":
      id: command
      doc: A command of zmtp-command.yaml.
