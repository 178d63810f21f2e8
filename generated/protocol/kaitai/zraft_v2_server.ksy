# Generated from messages.yaml by "hawser generate". Do not edit: change the schema and generate again.
meta:
  id: zraft_v2_server
  title: zraft, version 2, server
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
            - message_type::session_created
            - message_type::session_continued
            - message_type::session_rejected
            - message_type::session_closed
            - message_type::keep_alive_response
            - message_type::client_response
            - message_type::server_request
            - message_type::request_error
            - message_type::query_response
            - message_type::query_error
            - message_type::cluster_changed
            - message_type::batch
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
            message_type::query_error: m_query_error
            message_type::cluster_changed: m_cluster_changed
            message_type::batch: m_batch
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
      - id: session_timeout
        doc: How long the session outlives the client's last sign of life; 0 where it is not said.
        type: u4
      - id: num_members
        type: u2
      - id: members
        doc: The members of the cluster as clients reach them; none where it is not said.
        type: s_member
        repeat: expr
        repeat-expr: num_members
      - id: has_leader_id
        doc: "Whether leader_id is there: 0 or 1."
        type: u1
        valid:
          max: 1
      - id: len_leader_id
        if: has_leader_id == 1
        type: u2
      - id: leader_id
        doc: Who leads the cluster, where known.
        if: has_leader_id == 1
        size: len_leader_id.as<u2>
        type: str
        encoding: UTF-8
      - id: has_server_time
        doc: "Whether server_time is there: 0 or 1."
        type: u1
        valid:
          max: 1
      - id: server_time
        doc: The server's clock when it answered.
        if: has_server_time == 1
        type: s8
  s_member:
    doc: One member of the cluster, and where it listens for clients.
    seq:
      - id: len_member_id
        type: u2
      - id: member_id
        doc: Names a member of the cluster.
        size: len_member_id
        type: str
        encoding: UTF-8
      - id: len_address
        type: u2
        valid:
          min: 1
          max: 1024
      - id: address
        doc: "Where clients reach a member: a URL of the transport."
        size: len_address
        type: str
        encoding: UTF-8
  m_session_continued:
    doc: The session is resumed.
    seq:
      - id: nonce
        doc: Random; ties the answer of a handshake to its request.
        type: s8
        valid:
          expr: _ != 0
      - id: session_timeout
        doc: How long the session outlives the client's last sign of life; 0 where it is not said.
        type: u4
      - id: num_members
        type: u2
      - id: members
        doc: The members of the cluster as clients reach them; none where it is not said.
        type: s_member
        repeat: expr
        repeat-expr: num_members
      - id: has_leader_id
        doc: "Whether leader_id is there: 0 or 1."
        type: u1
        valid:
          max: 1
      - id: len_leader_id
        if: has_leader_id == 1
        type: u2
      - id: leader_id
        doc: Who leads the cluster, where known.
        if: has_leader_id == 1
        size: len_leader_id.as<u2>
        type: str
        encoding: UTF-8
      - id: has_server_time
        doc: "Whether server_time is there: 0 or 1."
        type: u1
        valid:
          max: 1
      - id: server_time
        doc: The server's clock when it answered.
        if: has_server_time == 1
        type: s8
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
            - e_rejection_reason::unsupported_version
            - e_rejection_reason::overloaded
            - e_rejection_reason::cluster_unavailable
            - e_rejection_reason::unauthorized
      - id: nonce
        doc: Random; ties the answer of a handshake to its request.
        type: s8
        valid:
          expr: _ != 0
      - id: has_leader_id
        doc: "Whether leader_id is there: 0 or 1."
        type: u1
        valid:
          max: 1
      - id: len_leader_id
        if: has_leader_id == 1
        type: u2
      - id: leader_id
        doc: Who leads the cluster, where known.
        if: has_leader_id == 1
        size: len_leader_id.as<u2>
        type: str
        encoding: UTF-8
      - id: has_retry_after
        doc: "Whether retry_after is there: 0 or 1."
        type: u1
        valid:
          max: 1
      - id: retry_after
        doc: How long to wait before the next attempt.
        if: has_retry_after == 1
        type: u4
      - id: num_members
        type: u2
      - id: members
        doc: The members of the cluster as clients reach them; none where it is not said.
        type: s_member
        repeat: expr
        repeat-expr: num_members
      - id: has_detail
        doc: "Whether detail is there: 0 or 1."
        type: u1
        valid:
          max: 1
      - id: len_detail
        if: has_detail == 1
        type: u2
        valid:
          max: 1024
      - id: detail
        doc: Why, in the words of the application, where it decided.
        if: has_detail == 1
        size: len_detail.as<u2>
        type: str
        encoding: UTF-8
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
        doc: "Whether leader_id is there: 0 or 1."
        type: u1
        valid:
          max: 1
      - id: len_leader_id
        if: has_leader_id == 1
        type: u2
      - id: leader_id
        doc: Who leads the cluster, where known.
        if: has_leader_id == 1
        size: len_leader_id.as<u2>
        type: str
        encoding: UTF-8
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
      - id: commit_index
        doc: The entry of the log that applied the command.
        type: s8
        valid:
          expr: _ >= 0 and _.as<s8> <= 9007199254740991.as<s8>
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
            - e_request_failure::not_leader
            - e_request_failure::invalid_request
            - e_request_failure::overloaded
            - e_request_failure::session_expired
      - id: body
        type:
          switch-on: tag
          cases:
            e_request_failure::not_leader: c_request_failure_not_leader
            e_request_failure::invalid_request: c_request_failure_invalid_request
            e_request_failure::overloaded: c_request_failure_overloaded
  c_request_failure_not_leader:
    doc: This member does not lead the cluster, and did not put the command into the log.
    seq:
      - id: has_leader_id
        doc: "Whether leader_id is there: 0 or 1."
        type: u1
        valid:
          max: 1
      - id: len_leader_id
        if: has_leader_id == 1
        type: u2
      - id: leader_id
        doc: Who leads, where known.
        if: has_leader_id == 1
        size: len_leader_id.as<u2>
        type: str
        encoding: UTF-8
  c_request_failure_invalid_request:
    doc: The command was refused for what it holds. It changed nothing, and never will.
    seq:
      - id: len_detail
        type: u2
        valid:
          max: 1024
      - id: detail
        doc: What is wrong with a request, or why it is refused, for people.
        size: len_detail
        type: str
        encoding: UTF-8
  c_request_failure_overloaded:
    doc: Too much waits already, the client asks for more than its share, or nothing can be committed. The command was not taken, this time, and may be sent again.
    seq:
      - id: retry_after
        doc: How long to wait before it is sent again.
        type: u4
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
  m_query_error:
    doc: A query has no result.
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
      - id: reason
        doc: Why a query has no result. The tags are those of RequestFailure.
        type: u_query_failure
  u_query_failure:
    doc: Why a query has no result. The tags are those of RequestFailure.
    seq:
      - id: tag
        type: u1
        enum: e_query_failure
        valid:
          any-of:
            - e_query_failure::not_leader
            - e_query_failure::invalid_request
            - e_query_failure::overloaded
            - e_query_failure::session_expired
      - id: body
        type:
          switch-on: tag
          cases:
            e_query_failure::not_leader: c_query_failure_not_leader
            e_query_failure::invalid_request: c_query_failure_invalid_request
            e_query_failure::overloaded: c_query_failure_overloaded
  c_query_failure_not_leader:
    doc: This member does not lead the cluster.
    seq:
      - id: has_leader_id
        doc: "Whether leader_id is there: 0 or 1."
        type: u1
        valid:
          max: 1
      - id: len_leader_id
        if: has_leader_id == 1
        type: u2
      - id: leader_id
        doc: Who leads, where known.
        if: has_leader_id == 1
        size: len_leader_id.as<u2>
        type: str
        encoding: UTF-8
  c_query_failure_invalid_request:
    doc: The query was refused for what it holds.
    seq:
      - id: len_detail
        type: u2
        valid:
          max: 1024
      - id: detail
        doc: What is wrong with a request, or why it is refused, for people.
        size: len_detail
        type: str
        encoding: UTF-8
  c_query_failure_overloaded:
    doc: Too much waits already, the client asks for more than its share, or nothing can be read at present. The query may be sent again.
    seq:
      - id: retry_after
        doc: How long to wait before it is sent again.
        type: u4
  m_cluster_changed:
    doc: The members of the cluster or its leader have changed, and this connection goes on.
    seq:
      - id: num_members
        type: u2
      - id: members
        doc: The members of the cluster as clients reach them; none where it is not said.
        type: s_member
        repeat: expr
        repeat-expr: num_members
      - id: has_leader_id
        doc: "Whether leader_id is there: 0 or 1."
        type: u1
        valid:
          max: 1
      - id: len_leader_id
        if: has_leader_id == 1
        type: u2
      - id: leader_id
        doc: Who leads the cluster, where known.
        if: has_leader_id == 1
        size: len_leader_id.as<u2>
        type: str
        encoding: UTF-8
  m_batch:
    doc: Several answers in one frame, as if they had come one after the other. It holds no answer to a handshake.
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
  inner_message:
    doc: A message inside another one, which holds no further one.
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
            - message_type::query_error
            - message_type::cluster_changed
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
            message_type::query_error: m_query_error
            message_type::cluster_changed: m_cluster_changed
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
    "10":
      id: query_error
      doc: A query has no result.
    "11":
      id: cluster_changed
      doc: The members of the cluster or its leader have changed, and this connection goes on.
    "12":
      id: batch
      doc: Several answers in one frame, as if they had come one after the other. It holds no answer to a handshake.
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
    "5":
      id: unsupported_version
      doc: The server does not speak the version of the handshake.
    "6":
      id: overloaded
      doc: There are too many sessions, or too many are asked for; see retryAfter.
    "7":
      id: cluster_unavailable
      doc: Nothing can be committed, or decided, at present; see retryAfter.
    "8":
      id: unauthorized
      doc: This client may not have the session; see detail.
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
    "2":
      id: not_leader
      doc: This member does not lead the cluster, and did not put the command into the log.
    "3":
      id: invalid_request
      doc: The command was refused for what it holds. It changed nothing, and never will.
    "4":
      id: overloaded
      doc: Too much waits already, the client asks for more than its share, or nothing can be committed. The command was not taken, this time, and may be sent again.
    "5":
      id: session_expired
      doc: The session has ended.
  e_query_failure:
    "2":
      id: not_leader
      doc: This member does not lead the cluster.
    "3":
      id: invalid_request
      doc: The query was refused for what it holds.
    "4":
      id: overloaded
      doc: Too much waits already, the client asks for more than its share, or nothing can be read at present. The query may be sent again.
    "5":
      id: session_expired
      doc: The session has ended.
