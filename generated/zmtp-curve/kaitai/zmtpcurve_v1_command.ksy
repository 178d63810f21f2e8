# Generated from zmtp-curve.yaml by "hawser generate". Do not edit: change the schema and generate again.
meta:
  id: zmtpcurve_v1_command
  title: zmtpcurve, version 1, command
  ks-version: "0.11"
  endian: be
  bit-endian: be
doc: |-
  What the two ends of a ZMTP connection tell each other with the mechanism CURVE: client and server prove their long-term keys to each other and agree on transient ones, which encrypt everything that follows. A command is the body of one frame; what its boxes hold is described by zmtp-curve-box.yaml. The one to refuse, ERROR, is that of zmtp-command.yaml.

  Version 1: That of CurveZMQ 1.0, which HELLO names.
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
            - '"HELLO"'
            - '"WELCOME"'
            - '"INITIATE"'
            - '"READY"'
            - '"MESSAGE"'
      - id: body
        type:
          switch-on: tag
          cases:
            '"HELLO"': m_hello
            '"WELCOME"': m_welcome
            '"INITIATE"': m_initiate
            '"READY"': m_ready
            '"MESSAGE"': m_message
  m_hello:
    doc: Opens the handshake, from the client. It is longer than the answer, so that nobody can have others flooded.
    seq:
      - id: major
        doc: Version of CURVE.
        type: u1
        valid:
          min: 1
          max: 1
      - id: minor
        doc: Minor version that belongs to it.
        type: u1
        valid:
          min: 0
          max: 0
      - id: padding
        doc: Zeros. Peers may send anything here, and it means nothing.
        size: 72
      - id: client_transient_key
        doc: A public key that is made for one connection.
        size: 32
      - id: nonce
        doc: Numbers what one side has encrypted, from 1 on; the next number is greater. With a text that names the command it makes the nonce.
        type: s8
        valid:
          expr: _ >= 1 and _.as<s8> <= 9007199254740991.as<s8>
      - id: f_box
        doc: HelloContent, between the client's transient key and the server's long-term one.
        size: 80
  m_welcome:
    doc: The server's answer to HELLO. It keeps nothing of the two but the cookie's nonce.
    seq:
      - id: nonce
        doc: Random bytes. With a text that names what they are for they make a nonce.
        size: 16
      - id: f_box
        doc: WelcomeContent, between the server's long-term key and the client's transient one.
        size: 144
  m_initiate:
    doc: The client's long-term key and the proof that it has it.
    seq:
      - id: cookie
        doc: What the server has to know to go on, encrypted so that only it can read it, and kept by the client for it.
        type: s_cookie
      - id: nonce
        doc: Numbers what one side has encrypted, from 1 on; the next number is greater. With a text that names the command it makes the nonce.
        type: s8
        valid:
          expr: _ >= 1 and _.as<s8> <= 9007199254740991.as<s8>
      - id: f_box
        doc: InitiateContent, between the transient keys of both.
        size-eos: true
  s_cookie:
    doc: What the server has to know to go on, encrypted so that only it can read it, and kept by the client for it.
    seq:
      - id: nonce
        doc: Random bytes. With a text that names what they are for they make a nonce.
        size: 16
      - id: f_box
        doc: CookieContent, with a key that the server tells nobody and replaces often.
        size: 80
  m_ready:
    doc: Ends the handshake, from the server. Messages may follow.
    seq:
      - id: nonce
        doc: Numbers what one side has encrypted, from 1 on; the next number is greater. With a text that names the command it makes the nonce.
        type: s8
        valid:
          expr: _ >= 1 and _.as<s8> <= 9007199254740991.as<s8>
      - id: f_box
        doc: ReadyContent, between the transient keys of both.
        size-eos: true
  m_message:
    doc: One frame after the handshake, a message or a command; its own frame has no flags.
    seq:
      - id: nonce
        doc: Numbers what one side has encrypted, from 1 on; the next number is greater. With a text that names the command it makes the nonce.
        type: s8
        valid:
          expr: _ >= 1 and _.as<s8> <= 9007199254740991.as<s8>
      - id: f_box
        doc: A frame of zmtp-curve-box.yaml, between the transient keys of both.
        size-eos: true
