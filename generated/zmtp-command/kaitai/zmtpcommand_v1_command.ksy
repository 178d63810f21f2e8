# Generated from zmtp-command.yaml by "hawser generate". Do not edit: change the schema and generate again.
meta:
  id: zmtpcommand_v1_command
  title: zmtpcommand, version 1, command
  ks-version: "0.11"
  endian: be
  bit-endian: be
doc: |-
  What the two ends of a ZMTP 3.1 connection tell each other beside messages. A command is the body of one frame of the connection, whose flags and length stand before it: where the body ends, the command does.

  Version 1: Those of ZMTP 3.1. The bytes themselves carry no number of it.
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
      - id: len_tag
        type: u1
      - id: tag
        type: str
        size: len_tag
        encoding: ASCII
        valid:
          any-of:
            - '"READY"'
            - '"ERROR"'
            - '"PING"'
            - '"PONG"'
      - id: body
        type:
          switch-on: tag
          cases:
            '"READY"': m_ready
            '"ERROR"': m_failure
            '"PING"': m_ping
            '"PONG"': m_pong
  m_ready:
    doc: Ends the handshake of the mechanism NULL; each side sends one. Messages may follow.
    seq:
      - id: properties
        doc: What the sender says of itself. Unknown names mean nothing.
        type: s_property
        repeat: eos
  s_property:
    doc: A name and a value that describe the sender.
    seq:
      - id: len_name
        type: u1
        valid:
          min: 1
      - id: name
        doc: What is told, such as `Socket-Type` or `Identity`. Upper and lower case are the same to readers.
        size: len_name
        type: str
        encoding: UTF-8
      - id: len_value
        type: u4
      - id: value
        doc: As the name has it; most are ASCII.
        size: len_value
  m_failure:
    doc: Ends the handshake because the sender refuses the peer, and closes the connection.
    seq:
      - id: len_reason
        type: u1
      - id: reason
        doc: Why, for a person to read. May be empty. One that is not UTF-8 makes the command malformed.
        size: len_reason
        type: str
        encoding: UTF-8
  m_ping:
    doc: Asks the peer for a sign of life.
    seq:
      - id: ttl
        doc: "Unit: tenths of a second. The peer may give the sender up when it hears nothing for so long; 0 asks for no such limit."
        type: u2
      - id: context
        doc: Chosen by the one who pings; the answer repeats it.
        size-eos: true
  m_pong:
    doc: The sign of life that answers a ping.
    seq:
      - id: context
        doc: Chosen by the one who pings; the answer repeats it.
        size-eos: true
