# Generated from zmtp-greeting.yaml by "hawser generate". Do not edit: change the schema and generate again.
meta:
  id: zmtpgreeting_v1_greeting
  title: zmtpgreeting, version 1, greeting
  ks-version: "0.11"
  endian: be
  bit-endian: be
doc: |-
  The greeting of ZMTP 3.1: 64 bytes, which say that the sender speaks ZMTP, in which version, and how it secures the connection. Each side sends its own without waiting for the other's.

  Version 1: That of ZMTP 3.1. The bytes themselves carry no number of it.
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
            - message_type::greeting
      - id: body
        type:
          switch-on: tag
          cases:
            message_type::greeting: m_greeting
  m_greeting:
    doc: Opens a connection. The tag and the first two fields are the signature, by which old peers and strangers are told.
    seq:
      - id: padding
        doc: Zeros. Peers may send anything here, and it means nothing.
        size: 8
      - id: signature_end
        doc: Closes the signature.
        type: u1
        valid:
          min: 127
          max: 127
      - id: major
        doc: Greatest major version that the sender speaks.
        type: u1
        valid:
          min: 3
      - id: minor
        doc: Minor version that belongs to it.
        type: u1
      - id: mechanism
        doc: Name of the security mechanism in ASCII (NULL, PLAIN, CURVE), with zeros behind it. Both sides need the same.
        size: 20
      - id: as_server
        doc: Whether the sender is the server of the mechanism. NULL has none.
        type: u1
        valid:
          max: 1
      - id: filler
        doc: Zeros, up to 64 bytes.
        size: 31
enums:
  message_type:
    "255":
      id: greeting
      doc: Opens a connection. The tag and the first two fields are the signature, by which old peers and strangers are told.
