# Generated from messages.yaml by "hawser generate". Do not edit: change the schema and generate again.
meta:
  id: zraft_v2_client
  title: zraft, version 2, client
  ks-version: "0.11"
  endian: be
  bit-endian: be
doc: |-
  Client-server protocol of a Raft-replicated service. A client opens a durable session with the leader, submits commands and queries over it, and continues it on another connection, or with another leader, without losing or repeating a command. Every message travels in one transport frame.

  Version 2: Adds reasons, session timeouts, members of the cluster and batches.
seq:
  - id: signature
    contents:
      - 122
      - 114
      - 97
      - 102
      - 116
  - id: version
    type: u1
    valid: 2
  - id: message
    type: any_message
types:
  any_message:
    doc: "A message: its tag, then its fields."
    seq:
      - id: tag
        type: u1
        enum: message_type
        valid:
          any-of:
            - message_type::create_session
            - message_type::continue_session
            - message_type::keep_alive
            - message_type::client_request
            - message_type::server_request_ack
            - message_type::close_session
            - message_type::connection_closed
            - message_type::query
            - message_type::batch
            - message_type::request_trace
      - id: body
        type:
          switch-on: tag
          cases:
            message_type::create_session: m_create_session
            message_type::continue_session: m_continue_session
            message_type::keep_alive: m_keep_alive
            message_type::client_request: m_client_request
            message_type::server_request_ack: m_server_request_ack
            message_type::close_session: m_close_session
            message_type::query: m_query
            message_type::batch: m_batch
            message_type::request_trace: m_request_trace
  m_create_session:
    doc: Open a new session.
    seq:
      - id: num_capabilities
        type: u2
        valid:
          min: 1
      - id: capabilities
        doc: "What a client can do: name to version or setting."
        type: a_capabilities_entry
        repeat: expr
        repeat-expr: num_capabilities
      - id: nonce
        doc: Random; ties the answer of a handshake to its request.
        type: s8
        valid:
          expr: _ != 0
      - id: has_session_timeout
        doc: "Whether session_timeout is there: 0 or 1."
        type: u1
        valid:
          max: 1
      - id: session_timeout
        doc: How long the session is to outlive the client's last sign of life; absent leaves it to the server.
        if: has_session_timeout == 1
        type: u4
  a_capabilities_entry:
    seq:
      - id: len_key
        type: u2
      - id: key
        size: len_key
        type: str
        encoding: UTF-8
      - id: len_value
        type: u2
      - id: value
        size: len_value
        type: str
        encoding: UTF-8
  m_continue_session:
    doc: Resume a session on this connection.
    seq:
      - id: len_session_id
        type: u1
      - id: session_id
        doc: Names a durable session. Given by the server, a UUID in text form.
        size: len_session_id
        type: str
        encoding: UTF-8
      - id: nonce
        doc: Random; ties the answer of a handshake to its request.
        type: s8
        valid:
          expr: _ != 0
  m_keep_alive:
    doc: Keep the session alive and measure the round trip.
    seq:
      - id: timestamp
        doc: Milliseconds since the Unix epoch, UTC.
        type: s8
        valid:
          expr: _.as<s8> >= (-9007199254740991).as<s8> and _.as<s8> <= 9007199254740991.as<s8>
  m_client_request:
    doc: Submit a command. Repeating it with the same id does not apply it twice.
    seq:
      - id: request_id
        doc: Numbers the requests of one session and direction, each one more than the last.
        type: s8
        valid:
          expr: _.as<s8> >= (-9007199254740991).as<s8> and _.as<s8> <= 9007199254740991.as<s8>
      - id: lowest_pending_request_id
        doc: Answers below this id are no longer awaited; the server may forget them.
        type: s8
        valid:
          expr: _.as<s8> >= (-9007199254740991).as<s8> and _.as<s8> <= 9007199254740991.as<s8>
      - id: len_payload
        type: s4
        valid:
          min: 0
      - id: payload
        doc: Belongs to the application; the protocol does not look inside.
        size: len_payload
      - id: created_at
        doc: Milliseconds since the Unix epoch, UTC.
        type: s8
        valid:
          expr: _.as<s8> >= (-9007199254740991).as<s8> and _.as<s8> <= 9007199254740991.as<s8>
  m_server_request_ack:
    doc: Confirm that every server request up to this one has arrived.
    seq:
      - id: request_id
        doc: Numbers the requests of one session and direction, each one more than the last.
        type: s8
        valid:
          expr: _.as<s8> >= (-9007199254740991).as<s8> and _.as<s8> <= 9007199254740991.as<s8>
  m_close_session:
    doc: End the session for good.
    seq:
      - id: reason
        doc: Why the client ends its session.
        type: u1
        enum: e_close_reason
        valid:
          any-of:
            - e_close_reason::client_shutdown
  m_query:
    doc: Read without changing anything. Not replicated.
    seq:
      - id: len_correlation_id
        type: u2
        valid:
          min: 1
      - id: correlation_id
        doc: Opaque to the server, which sends it back with the answer.
        size: len_correlation_id
        type: str
        encoding: UTF-8
      - id: len_payload
        type: s4
        valid:
          min: 0
      - id: payload
        doc: Belongs to the application; the protocol does not look inside.
        size: len_payload
      - id: created_at
        doc: Milliseconds since the Unix epoch, UTC.
        type: s8
        valid:
          expr: _.as<s8> >= (-9007199254740991).as<s8> and _.as<s8> <= 9007199254740991.as<s8>
  m_batch:
    doc: Several requests in one frame, as if they had come one after the other. It holds no handshake.
    seq:
      - id: num_items
        type: u2
        valid:
          min: 1
      - id: items
        doc: In this order.
        type: p_message_u32
        repeat: expr
        repeat-expr: num_items
  p_message_u32:
    seq:
      - id: len_value
        type: u4
      - id: value
        size: len_value
        type: inner_message
  m_request_trace:
    doc: The trace that a command belongs to, as W3C Trace Context has it. Comes before its ClientRequest, and only where the trace is sampled; a server that has no use for it passes over it.
    seq:
      - id: request_id
        doc: That of the ClientRequest.
        type: s8
        valid:
          expr: _.as<s8> >= (-9007199254740991).as<s8> and _.as<s8> <= 9007199254740991.as<s8>
      - id: trace_id
        doc: Names the trace.
        size: 16
      - id: span_id
        doc: The span of the client that waits for the answer.
        size: 8
      - id: flags
        doc: "Those of the traceparent; bit 0: sampled."
        type: u1
  inner_message:
    doc: A message inside another one, which holds no further one.
    seq:
      - id: tag
        type: u1
        enum: message_type
        valid:
          any-of:
            - message_type::create_session
            - message_type::continue_session
            - message_type::keep_alive
            - message_type::client_request
            - message_type::server_request_ack
            - message_type::close_session
            - message_type::connection_closed
            - message_type::query
            - message_type::request_trace
      - id: body
        type:
          switch-on: tag
          cases:
            message_type::create_session: m_create_session
            message_type::continue_session: m_continue_session
            message_type::keep_alive: m_keep_alive
            message_type::client_request: m_client_request
            message_type::server_request_ack: m_server_request_ack
            message_type::close_session: m_close_session
            message_type::query: m_query
            message_type::request_trace: m_request_trace
enums:
  message_type:
    "1":
      id: create_session
      doc: Open a new session.
    "2":
      id: continue_session
      doc: Resume a session on this connection.
    "3":
      id: keep_alive
      doc: Keep the session alive and measure the round trip.
    "4":
      id: client_request
      doc: Submit a command. Repeating it with the same id does not apply it twice.
    "5":
      id: server_request_ack
      doc: Confirm that every server request up to this one has arrived.
    "6":
      id: close_session
      doc: End the session for good.
    "7":
      id: connection_closed
      doc: The connection is lost; the session goes on. A client never sends it, the server's own socket delivers it.
    "8":
      id: query
      doc: Read without changing anything. Not replicated.
    "9":
      id: batch
      doc: Several requests in one frame, as if they had come one after the other. It holds no handshake.
    "10":
      id: request_trace
      doc: The trace that a command belongs to, as W3C Trace Context has it. Comes before its ClientRequest, and only where the trace is sampled; a server that has no use for it passes over it.
  e_close_reason:
    "1":
      id: client_shutdown
      doc: The client is going down in good order.
