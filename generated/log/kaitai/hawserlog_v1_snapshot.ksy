# Generated from log.yaml by "hawser generate". Do not edit: change the schema and generate again.
meta:
  id: hawserlog_v1_snapshot
  title: hawserlog, version 1, snapshot
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
            - message_type::snapshot_chunk
      - id: body
        type:
          switch-on: tag
          cases:
            message_type::snapshot_chunk: m_snapshot_chunk
  m_snapshot_chunk:
    doc: A piece of a snapshot. The records of all chunks, in order, are the snapshot.
    seq:
      - id: num_records
        type: u4
        valid:
          max: 2147483647
      - id: records
        doc: Start first, End last in the last chunk.
        type: u_snapshot_record
        repeat: expr
        repeat-expr: num_records
  u_snapshot_record:
    doc: One part of a snapshot.
    seq:
      - id: tag
        type: u1
        enum: e_snapshot_record
        valid:
          any-of:
            - e_snapshot_record::start
            - e_snapshot_record::session
            - e_snapshot_record::response
            - e_snapshot_record::server_request
            - e_snapshot_record::worker
            - e_snapshot_record::work
            - e_snapshot_record::work_end
            - e_snapshot_record::state
            - e_snapshot_record::f_end
      - id: body
        type:
          switch-on: tag
          cases:
            e_snapshot_record::start: c_snapshot_record_start
            e_snapshot_record::session: c_snapshot_record_session
            e_snapshot_record::response: c_snapshot_record_response
            e_snapshot_record::server_request: c_snapshot_record_server_request
            e_snapshot_record::worker: c_snapshot_record_worker
            e_snapshot_record::work: c_snapshot_record_work
            e_snapshot_record::work_end: c_snapshot_record_work_end
            e_snapshot_record::state: c_snapshot_record_state
            e_snapshot_record::f_end: c_snapshot_record_end
  c_snapshot_record_start:
    doc: Opens the snapshot.
    seq:
      - id: applied_index
        doc: The last entry that the snapshot contains.
        type: s8
        valid:
          expr: _ >= 0 and _.as<s8> <= 9007199254740991.as<s8>
  c_snapshot_record_session:
    doc: One session; its answers and server requests follow.
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
      - id: created_at
        doc: Milliseconds since the Unix epoch, by the clock of the leader that proposed the entry.
        type: s8
        valid:
          expr: _.as<s8> >= (-9007199254740991).as<s8> and _.as<s8> <= 9007199254740991.as<s8>
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
        doc: Of its lease, where its client asked for one.
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
      - id: session_index
        doc: The entry that created the session.
        type: s8
        valid:
          expr: _ >= 0 and _.as<s8> <= 9007199254740991.as<s8>
      - id: active_index
        doc: The last entry that holds a record of the session.
        type: s8
        valid:
          expr: _ >= 0 and _.as<s8> <= 9007199254740991.as<s8>
      - id: has_lowest_pending_request_id
        doc: "Whether lowest_pending_request_id is there: 0 or 1."
        type: u1
        valid:
          max: 1
      - id: lowest_pending_request_id
        doc: Answers below it are forgotten; absent before the first command.
        if: has_lowest_pending_request_id == 1
        type: s8
      - id: last_server_request_id
        doc: The last id given to a server request; 0 before the first.
        type: s8
        valid:
          expr: _.as<s8> >= (-9007199254740991).as<s8> and _.as<s8> <= 9007199254740991.as<s8>
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
  c_snapshot_record_response:
    doc: The kept answer to one command of the session before it.
    seq:
      - id: request_id
        doc: Numbers the requests of one session and direction.
        type: s8
        valid:
          expr: _.as<s8> >= (-9007199254740991).as<s8> and _.as<s8> <= 9007199254740991.as<s8>
      - id: index
        doc: The entry that holds the command.
        type: s8
        valid:
          expr: _ >= 0 and _.as<s8> <= 9007199254740991.as<s8>
      - id: has_result
        doc: "Whether result is there: 0 or 1."
        type: u1
        valid:
          max: 1
      - id: len_result
        if: has_result == 1
        type: u4
      - id: result
        doc: Absent when the command was refused, or applied and its answer forgotten.
        if: has_result == 1
        size: len_result.as<u4>
      - id: has_refusal
        doc: "Whether refusal is there: 0 or 1."
        type: u1
        valid:
          max: 1
      - id: len_refusal
        if: has_refusal == 1
        type: u2
        valid:
          max: 1024
      - id: refusal
        doc: Why the state machine refused the command; absent when it was applied.
        if: has_refusal == 1
        size: len_refusal.as<u2>
        type: str
        encoding: UTF-8
  c_snapshot_record_server_request:
    doc: A server request of the session before it that is not acknowledged.
    seq:
      - id: request_id
        doc: Numbers the requests of one session and direction.
        type: s8
        valid:
          expr: _.as<s8> >= (-9007199254740991).as<s8> and _.as<s8> <= 9007199254740991.as<s8>
      - id: len_payload
        type: u4
      - id: payload
        doc: Belongs to the application.
        size: len_payload
      - id: created_at
        doc: Milliseconds since the Unix epoch, by the clock of the leader that proposed the entry.
        type: s8
        valid:
          expr: _.as<s8> >= (-9007199254740991).as<s8> and _.as<s8> <= 9007199254740991.as<s8>
  c_snapshot_record_worker:
    doc: One session that can be given more work of a capability. All of one capability come in the order of their turns.
    seq:
      - id: len_capability
        type: u2
      - id: capability
        doc: The name of something that a client can do.
        size: len_capability
        type: str
        encoding: UTF-8
      - id: len_session_id
        type: u1
        valid:
          min: 1
      - id: session_id
        doc: "Names a durable session: a UUID in text form."
        size: len_session_id
        type: str
        encoding: UTF-8
  c_snapshot_record_work:
    doc: A piece of work that is not done.
    seq:
      - id: work_id
        doc: Numbers the pieces of work of a cluster.
        type: s8
        valid:
          expr: _ >= 0 and _.as<s8> <= 9007199254740991.as<s8>
      - id: len_capability
        type: u2
      - id: capability
        doc: The name of something that a client can do.
        size: len_capability
        type: str
        encoding: UTF-8
      - id: len_payload
        type: u4
      - id: payload
        doc: Belongs to the application.
        size: len_payload
      - id: has_holder
        doc: "Whether holder is there: 0 or 1."
        type: u1
        valid:
          max: 1
      - id: len_holder
        if: has_holder == 1
        type: u1
        valid:
          min: 1
      - id: holder
        doc: The session that has it; absent while it waits for one.
        if: has_holder == 1
        size: len_holder.as<u1>
        type: str
        encoding: UTF-8
  c_snapshot_record_work_end:
    doc: Follows the last piece of work.
    seq:
      - id: last_work_id
        doc: The last id given to a piece of work; 0 before the first.
        type: s8
        valid:
          expr: _ >= 0 and _.as<s8> <= 9007199254740991.as<s8>
  c_snapshot_record_state:
    doc: A piece of the application's state, with the boundaries that the state machine gave it.
    seq:
      - id: len_chunk
        type: u4
      - id: chunk
        doc: Belongs to the application.
        size: len_chunk
  c_snapshot_record_end:
    doc: Closes the snapshot, so that a cut one is never taken for a whole one.
    seq:
      - id: record_count
        doc: Records between the start and this one.
        type: s8
        valid:
          expr: _ >= 0 and _.as<s8> <= 9007199254740991.as<s8>
enums:
  message_type:
    "1":
      id: snapshot_chunk
      doc: A piece of a snapshot. The records of all chunks, in order, are the snapshot.
  e_snapshot_record:
    "1":
      id: start
      doc: Opens the snapshot.
    "2":
      id: session
      doc: One session; its answers and server requests follow.
    "3":
      id: response
      doc: The kept answer to one command of the session before it.
    "4":
      id: server_request
      doc: A server request of the session before it that is not acknowledged.
    "5":
      id: state
      doc: A piece of the application's state, with the boundaries that the state machine gave it.
    "6":
      id: f_end
      doc: Closes the snapshot, so that a cut one is never taken for a whole one.
    "7":
      id: worker
      doc: One session that can be given more work of a capability. All of one capability come in the order of their turns.
    "8":
      id: work
      doc: A piece of work that is not done.
    "9":
      id: work_end
      doc: Follows the last piece of work.
