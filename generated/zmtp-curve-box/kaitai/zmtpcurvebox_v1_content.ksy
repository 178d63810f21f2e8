# Generated from zmtp-curve-box.yaml by "hawser generate". Do not edit: change the schema and generate again.
meta:
  id: zmtpcurvebox_v1_content
  title: zmtpcurvebox, version 1, content
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
            - message_type::hello_content
            - message_type::welcome_content
            - message_type::cookie_content
            - message_type::vouch_content
            - message_type::initiate_content
            - message_type::ready_content
      - id: body
        type:
          switch-on: tag
          cases:
            message_type::hello_content: m_hello_content
            message_type::welcome_content: m_welcome_content
            message_type::cookie_content: m_cookie_content
            message_type::vouch_content: m_vouch_content
            message_type::initiate_content: m_initiate_content
            message_type::ready_content: m_ready_content
  m_hello_content:
    doc: Proves that the client has its transient key and means this server.
    seq:
      - id: zeros
        doc: Zeros. Peers may send anything here, and it means nothing.
        size: 64
  m_welcome_content:
    doc: The server's transient key, and what it wants to be told again.
    seq:
      - id: server_transient_key
        doc: A public key of X25519.
        size: 32
      - id: cookie
        doc: That of zmtp-curve.yaml, as the client will send it back.
        type: s_cookie
  s_cookie:
    doc: That of zmtp-curve.yaml, as the client will send it back.
    seq:
      - id: nonce
        doc: Random bytes.
        size: 16
      - id: f_box
        doc: CookieContent, with a key that the server tells nobody and replaces often.
        size: 80
  m_cookie_content:
    doc: What the server keeps with the client.
    seq:
      - id: client_transient_key
        doc: A public key of X25519.
        size: 32
      - id: server_transient_secret_key
        doc: The secret key to the transient key of WELCOME.
        size: 32
  m_vouch_content:
    doc: Made by the client with its long-term key for the transient key of the server, so that nobody can use the proof elsewhere.
    seq:
      - id: client_transient_key
        doc: A public key of X25519.
        size: 32
      - id: server_key
        doc: A public key of X25519.
        size: 32
  m_initiate_content:
    doc: Who the client is.
    seq:
      - id: client_key
        doc: A public key of X25519.
        size: 32
      - id: vouch_nonce
        doc: Random bytes.
        size: 16
      - id: vouch_box
        doc: VouchContent, between the client's long-term key and the server's transient one.
        size: 80
      - id: properties
        doc: What the client says of itself. Unknown names mean nothing.
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
        valid:
          max: 8192
      - id: value
        doc: As the name has it; most are ASCII.
        size: len_value
  m_ready_content:
    doc: Who the server is; its key was proven by WELCOME.
    seq:
      - id: properties
        doc: What the server says of itself. Unknown names mean nothing.
        type: s_property
        repeat: eos
enums:
  message_type:
    "1":
      id: hello_content
      doc: Proves that the client has its transient key and means this server.
    "2":
      id: welcome_content
      doc: The server's transient key, and what it wants to be told again.
    "3":
      id: cookie_content
      doc: What the server keeps with the client.
    "4":
      id: vouch_content
      doc: Made by the client with its long-term key for the transient key of the server, so that nobody can use the proof elsewhere.
    "5":
      id: initiate_content
      doc: Who the client is.
    "6":
      id: ready_content
      doc: Who the server is; its key was proven by WELCOME.
