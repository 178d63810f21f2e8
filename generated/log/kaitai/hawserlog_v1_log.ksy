# Generated from log.yaml by "hawser generate". Do not edit: change the schema and generate again.
meta:
  id: hawserlog_v1_log
  title: hawserlog, version 1, log
  ks-version: "0.11"
  endian: be
  bit-endian: be
doc: |-
  What the members of a cluster agree on and keep. A log entry is a batch of records that a leader proposed together; a snapshot is a sequence of records that gives the state after an entry.

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
            - message_type::log_entry
      - id: body
        type:
          switch-on: tag
          cases:
            message_type::log_entry: m_log_entry
  m_log_entry:
    doc: A batch of records that a leader proposed together.
    seq:
      - id: proposed_at
        doc: The time that the state machine sees for every record of the entry.
        type: s8
        valid:
          expr: _.as<s8> >= (-9007199254740991).as<s8> and _.as<s8> <= 9007199254740991.as<s8>
      - id: num_records
        type: u4
        valid:
          max: 2147483647
      - id: records
        doc: Applied in this order.
        type: u_log_record
        repeat: expr
        repeat-expr: num_records
  u_log_record:
    doc: One change to the replicated state.
    seq:
      - id: tag
        type: u1
        enum: e_log_record
        valid:
          any-of:
            - e_log_record::create_session
            - e_log_record::ack_server_request
            - e_log_record::close_session
            - e_log_record::expire_session
            - e_log_record::commands
      - id: body
        type:
          switch-on: tag
          cases:
            e_log_record::create_session: c_log_record_create_session
            e_log_record::ack_server_request: c_log_record_ack_server_request
            e_log_record::close_session: c_log_record_close_session
            e_log_record::expire_session: c_log_record_expire_session
            e_log_record::commands: c_log_record_commands
  c_log_record_create_session:
    doc: A session begins.
    seq:
      - id: len_session_id
        type: u1
        valid:
          min: 1
      - id: session_id
        doc: "Names a durable session: a UUID in text form."
        size: len_session_id
        type: str
        encoding: UTF-8
      - id: nonce
        doc: The nonce of the handshake that created the session.
        type: s8
      - id: num_capabilities
        type: u2
      - id: capabilities
        doc: "What a client can do: name to version or setting."
        type: a_capabilities_entry
        repeat: expr
        repeat-expr: num_capabilities
      - id: has_session_timeout
        doc: "Whether session_timeout is there: 0 or 1."
        type: u1
        valid:
          max: 1
      - id: session_timeout
        doc: Of its lease, where its client asked for one; else each leader takes its own default.
        if: has_session_timeout == 1
        type: u4
      - id: has_owner
        doc: "Whether owner is there: 0 or 1."
        type: u1
        valid:
          max: 1
      - id: len_owner
        if: has_owner == 1
        type: u1
        valid:
          min: 1
      - id: owner
        doc: Who created it, and alone may continue it; absent for a client without a key.
        if: has_owner == 1
        size: len_owner.as<u1>
        type: str
        encoding: UTF-8
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
  c_log_record_ack_server_request:
    doc: The client has every server request up to this one.
    seq:
      - id: len_session_id
        type: u1
        valid:
          min: 1
      - id: session_id
        doc: "Names a durable session: a UUID in text form."
        size: len_session_id
        type: str
        encoding: UTF-8
      - id: request_id
        doc: Numbers the requests of one session and direction.
        type: s8
        valid:
          expr: _.as<s8> >= (-9007199254740991).as<s8> and _.as<s8> <= 9007199254740991.as<s8>
  c_log_record_close_session:
    doc: A session ends at once.
    seq:
      - id: len_session_id
        type: u1
        valid:
          min: 1
      - id: session_id
        doc: "Names a durable session: a UUID in text form."
        size: len_session_id
        type: str
        encoding: UTF-8
      - id: reason
        doc: Why a session ended.
        type: u1
        enum: e_end_reason
        valid:
          any-of:
            - e_end_reason::client_shutdown
            - e_end_reason::expired
            - e_end_reason::command_refused
            - e_end_reason::query_refused
            - e_end_reason::window_exceeded
  c_log_record_expire_session:
    doc: A session ends, unless the log shows a sign of life of it after an index.
    seq:
      - id: len_session_id
        type: u1
        valid:
          min: 1
      - id: session_id
        doc: "Names a durable session: a UUID in text form."
        size: len_session_id
        type: str
        encoding: UTF-8
      - id: unless_active_after
        doc: A position in the replicated log, from 1; 0 is before the first entry.
        type: s8
        valid:
          expr: _ >= 0 and _.as<s8> <= 9007199254740991.as<s8>
  c_log_record_commands:
    doc: Commands of one session for the state machine, one or more, whose request ids follow one another.
    seq:
      - id: len_session_id
        type: u1
        valid:
          min: 1
      - id: session_id
        doc: "Names a durable session: a UUID in text form."
        size: len_session_id
        type: str
        encoding: UTF-8
      - id: first_request_id
        doc: Of the first command.
        type: s8
        valid:
          expr: _.as<s8> >= (-9007199254740991).as<s8> and _.as<s8> <= 9007199254740991.as<s8>
      - id: lowest_pending_request_id
        doc: Numbers the requests of one session and direction.
        type: s8
        valid:
          expr: _.as<s8> >= (-9007199254740991).as<s8> and _.as<s8> <= 9007199254740991.as<s8>
      - id: num_payloads
        type: u2
        valid:
          min: 1
      - id: payloads
        doc: Of each command, in order.
        type: a_payload
        repeat: expr
        repeat-expr: num_payloads
  a_payload:
    doc: Belongs to the application.
    seq:
      - id: len_value
        type: u4
      - id: value
        doc: Belongs to the application.
        size: len_value
enums:
  message_type:
    "1":
      id: log_entry
      doc: A batch of records that a leader proposed together.
  e_log_record:
    "1":
      id: create_session
      doc: A session begins.
    "3":
      id: ack_server_request
      doc: The client has every server request up to this one.
    "4":
      id: close_session
      doc: A session ends at once.
    "5":
      id: expire_session
      doc: A session ends, unless the log shows a sign of life of it after an index.
    "6":
      id: commands
      doc: Commands of one session for the state machine, one or more, whose request ids follow one another.
  e_end_reason:
    "1":
      id: client_shutdown
      doc: The client closed it.
    "2":
      id: expired
      doc: The client gave no sign of life for the length of the lease.
    "3":
      id: command_refused
      doc: The state machine refused one of its commands.
    "4":
      id: query_refused
      doc: The state machine refused one of its queries.
    "5":
      id: window_exceeded
      doc: The client kept too many requests pending.
