# Generated from messages.yaml by "hawser generate". Do not edit: change the schema and generate again.
meta:
  id: zraft_v1_server
  title: zraft, version 1, server
  ks-version: "0.11"
  endian: be
  bit-endian: be
doc: |-
  Client-server protocol of a Raft-replicated service. A client opens a durable session with the leader, submits commands and queries over it, and continues it on another connection, or with another leader, without losing or repeating a command. Every message travels in one transport frame.

  Version 1: As spoken by zio-raft 0.x.
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
    valid: 1
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
            - message_type::session_created
            - message_type::session_continued
            - message_type::session_rejected
            - message_type::session_closed
            - message_type::keep_alive_response
            - message_type::client_response
            - message_type::server_request
            - message_type::request_error
            - message_type::query_response
      - id: body
        type:
          switch-on: tag
          cases:
            message_type::session_created: m_session_created
            message_type::session_continued: m_session_continued
            message_type::session_rejected: m_session_rejected
            message_type::session_closed: m_session_closed
            message_type::keep_alive_response: m_keep_alive_response
            message_type::client_response: m_client_response
            message_type::server_request: m_server_request
            message_type::request_error: m_request_error
            message_type::query_response: m_query_response
  m_session_created:
    doc: The session is open.
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
  m_session_continued:
    doc: The session is resumed.
    seq:
      - id: nonce
        doc: Random; ties the answer of a handshake to its request.
        type: s8
        valid:
          expr: _ != 0
  m_session_rejected:
    doc: The session was not created or continued.
    seq:
      - id: reason
        doc: Why a session was not created or continued.
        type: u1
        enum: e_rejection_reason
        valid:
          any-of:
            - e_rejection_reason::not_leader
            - e_rejection_reason::session_expired
            - e_rejection_reason::invalid_capabilities
            - e_rejection_reason::other
      - id: nonce
        doc: Random; ties the answer of a handshake to its request.
        type: s8
        valid:
          expr: _ != 0
      - id: has_leader_id
        doc: Whether leader_id is there.
        type: b1
      - id: len_leader_id
        if: has_leader_id
        type: b16
      - id: leader_id
        doc: Who leads the cluster, where known.
        if: has_leader_id
        type: b8
        repeat: expr
        repeat-expr: len_leader_id.as<u2>
  m_session_closed:
    doc: The server has ended the session or its connection.
    seq:
      - id: reason
        doc: Why the server ended a session or its connection.
        type: u1
        enum: e_session_close_reason
        valid:
          any-of:
            - e_session_close_reason::shutdown
            - e_session_close_reason::not_leader_anymore
            - e_session_close_reason::session_error
            - e_session_close_reason::connection_closed
            - e_session_close_reason::session_expired
      - id: has_leader_id
        doc: Whether leader_id is there.
        type: b1
      - id: len_leader_id
        if: has_leader_id
        type: b16
      - id: leader_id
        doc: Who leads the cluster, where known.
        if: has_leader_id
        type: b8
        repeat: expr
        repeat-expr: len_leader_id.as<u2>
  m_keep_alive_response:
    doc: Answer to KeepAlive.
    seq:
      - id: timestamp
        doc: That of the KeepAlive.
        type: s8
        valid:
          expr: _.as<s8> >= (-9007199254740991).as<s8> and _.as<s8> <= 9007199254740991.as<s8>
  m_client_response:
    doc: The result of a command.
    seq:
      - id: request_id
        doc: Numbers the requests of one session and direction, each one more than the last.
        type: s8
        valid:
          expr: _.as<s8> >= (-9007199254740991).as<s8> and _.as<s8> <= 9007199254740991.as<s8>
      - id: len_result
        type: s4
        valid:
          min: 0
      - id: result
        doc: Belongs to the application; the protocol does not look inside.
        size: len_result
  m_server_request:
    doc: Work for the client, sent again until acknowledged. Ids run 1, 2, 3, … within a session.
    seq:
      - id: request_id
        doc: Numbers the requests of one session and direction, each one more than the last.
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
  m_request_error:
    doc: A command has no result.
    seq:
      - id: request_id
        doc: Numbers the requests of one session and direction, each one more than the last.
        type: s8
        valid:
          expr: _.as<s8> >= (-9007199254740991).as<s8> and _.as<s8> <= 9007199254740991.as<s8>
      - id: reason
        doc: Why a command has no result. In version 1 an enumeration of one value.
        type: u_request_failure
  u_request_failure:
    doc: Why a command has no result. In version 1 an enumeration of one value.
    seq:
      - id: tag
        type: u1
        enum: e_request_failure
        valid:
          any-of:
            - e_request_failure::response_evicted
  m_query_response:
    doc: The result of a query.
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
      - id: len_result
        type: s4
        valid:
          min: 0
      - id: result
        doc: Belongs to the application; the protocol does not look inside.
        size: len_result
enums:
  message_type:
    "1":
      id: session_created
      doc: The session is open.
    "2":
      id: session_continued
      doc: The session is resumed.
    "3":
      id: session_rejected
      doc: The session was not created or continued.
    "4":
      id: session_closed
      doc: The server has ended the session or its connection.
    "5":
      id: keep_alive_response
      doc: Answer to KeepAlive.
    "6":
      id: client_response
      doc: The result of a command.
    "7":
      id: server_request
      doc: Work for the client, sent again until acknowledged. Ids run 1, 2, 3, … within a session.
    "8":
      id: request_error
      doc: A command has no result.
    "9":
      id: query_response
      doc: The result of a query.
  e_rejection_reason:
    "1":
      id: not_leader
      doc: This member does not lead the cluster.
    "2":
      id: session_expired
      doc: The session is unknown or has expired.
    "3":
      id: invalid_capabilities
      doc: The capabilities are malformed or not supported.
    "4":
      id: other
      doc: None of the others.
  e_session_close_reason:
    "1":
      id: shutdown
      doc: The server ends the connection in good order.
    "2":
      id: not_leader_anymore
      doc: The server does not lead the cluster, or no longer.
    "3":
      id: session_error
      doc: The client sent what the state of the session does not allow.
    "4":
      id: connection_closed
      doc: "The connection is gone. Never sent: the client's own socket delivers it."
    "5":
      id: session_expired
      doc: No keep-alive came in time.
  e_request_failure:
    "1":
      id: response_evicted
      doc: The answer is no longer kept (see lowestPendingRequestId).
