# Generated from log.yaml by "hawser generate". Do not edit: change the schema and generate again.
meta:
  id: hawserlog_v1_store
  title: hawserlog, version 1, store
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
            - message_type::stored_entry
            - message_type::stored_member
            - message_type::stored_snapshot
            - message_type::stored_chunk
            - message_type::stored_identity
            - message_type::stored_head
            - message_type::stored_leader
            - message_type::stored_cluster_snapshot
      - id: body
        type:
          switch-on: tag
          cases:
            message_type::stored_entry: m_stored_entry
            message_type::stored_member: m_stored_member
            message_type::stored_snapshot: m_stored_snapshot
            message_type::stored_chunk: m_stored_chunk
            message_type::stored_identity: m_stored_identity
            message_type::stored_head: m_stored_head
            message_type::stored_leader: m_stored_leader
            message_type::stored_cluster_snapshot: m_stored_cluster_snapshot
  m_stored_entry:
    doc: A log entry as a store keeps it, under its index.
    seq:
      - id: term
        doc: Numbers the leaderships, rising.
        type: s8
        valid:
          expr: _ >= 0 and _.as<s8> <= 9007199254740991.as<s8>
      - id: checksum
        doc: Of the index and the term, each as eight big-endian bytes, and the payload.
        type: u4
      - id: len_payload
        type: u4
      - id: payload
        doc: Belongs to the application.
        size: len_payload
  m_stored_member:
    doc: What the embedded store knows of its member.
    seq:
      - id: term
        doc: The last leadership; one more at every start.
        type: s8
        valid:
          expr: _ >= 0 and _.as<s8> <= 9007199254740991.as<s8>
      - id: checksum
        doc: Of the term as eight big-endian bytes.
        type: u4
  m_stored_snapshot:
    doc: Describes the snapshot whose chunks the embedded store keeps.
    seq:
      - id: index
        doc: A position in the replicated log, from 1; 0 is before the first entry.
        type: s8
        valid:
          expr: _ >= 0 and _.as<s8> <= 9007199254740991.as<s8>
      - id: term
        doc: Of the entry at that index.
        type: s8
        valid:
          expr: _ >= 0 and _.as<s8> <= 9007199254740991.as<s8>
      - id: chunk_count
        doc: How many chunks there are, numbered from 0.
        type: u4
      - id: checksum
        doc: Of the index, the term and the chunk count, each as eight big-endian bytes.
        type: u4
  m_stored_chunk:
    doc: "One chunk of a snapshot as a store keeps it: under its own number, and the snapshot's index in the embedded store or the snapshot's number in etcd."
    seq:
      - id: checksum
        doc: Of both numbers under which it is kept, each as eight big-endian bytes, and the chunk.
        type: u4
      - id: len_chunk
        type: u4
      - id: chunk
        doc: Belongs to the application.
        size: len_chunk
  m_stored_identity:
    doc: What a store in etcd is known by. Written once, before everything else.
    seq:
      - id: store_id
        doc: "Names one store for ever: made at random with it."
        size: 16
      - id: checksum
        doc: Of the id as text.
        type: u4
  m_stored_head:
    doc: The length of the log in etcd. Every append writes it, if it is what the appender believes.
    seq:
      - id: index
        doc: The newest entry.
        type: s8
        valid:
          expr: _ >= 0 and _.as<s8> <= 9007199254740991.as<s8>
      - id: checksum
        doc: Of the index as eight big-endian bytes.
        type: u4
  m_stored_leader:
    doc: A claim of the leadership in etcd. The term is the revision at which it was written.
    seq:
      - id: has_member_id
        doc: "Whether member_id is there: 0 or 1."
        type: u1
        valid:
          max: 1
      - id: len_member_id
        if: has_member_id == 1
        type: u2
      - id: member_id
        doc: Who leads; absent once a leader has resigned.
        if: has_member_id == 1
        size: len_member_id.as<u2>
        type: str
        encoding: UTF-8
      - id: claim
        doc: "Random: tells the claims of one member apart."
        type: s8
        valid:
          expr: _ >= 0 and _.as<s8> <= 9007199254740991.as<s8>
      - id: checksum
        doc: Of the claim as eight big-endian bytes, and the member's id in UTF-8.
        type: u4
  m_stored_cluster_snapshot:
    doc: Describes the snapshot whose chunks are in etcd.
    seq:
      - id: index
        doc: A position in the replicated log, from 1; 0 is before the first entry.
        type: s8
        valid:
          expr: _ >= 0 and _.as<s8> <= 9007199254740991.as<s8>
      - id: term
        doc: Of the leader that wrote it.
        type: s8
        valid:
          expr: _ >= 0 and _.as<s8> <= 9007199254740991.as<s8>
      - id: number
        doc: The number under which its chunks are kept.
        type: s8
        valid:
          expr: _ >= 0 and _.as<s8> <= 9007199254740991.as<s8>
      - id: chunk_count
        doc: How many chunks there are, numbered from 0.
        type: u4
      - id: checksum
        doc: Of the four numbers before it, each as eight big-endian bytes.
        type: u4
enums:
  message_type:
    "1":
      id: stored_entry
      doc: A log entry as a store keeps it, under its index.
    "2":
      id: stored_member
      doc: What the embedded store knows of its member.
    "3":
      id: stored_snapshot
      doc: Describes the snapshot whose chunks the embedded store keeps.
    "4":
      id: stored_chunk
      doc: "One chunk of a snapshot as a store keeps it: under its own number, and the snapshot's index in the embedded store or the snapshot's number in etcd."
    "5":
      id: stored_identity
      doc: What a store in etcd is known by. Written once, before everything else.
    "6":
      id: stored_head
      doc: The length of the log in etcd. Every append writes it, if it is what the appender believes.
    "7":
      id: stored_leader
      doc: A claim of the leadership in etcd. The term is the revision at which it was written.
    "8":
      id: stored_cluster_snapshot
      doc: Describes the snapshot whose chunks are in etcd.
