# This is a generated file! Please edit source .ksy file and use kaitai-struct-compiler to rebuild
# type: ignore

import kaitaistruct
from kaitaistruct import KaitaiStruct, KaitaiStream, BytesIO
from enum import IntEnum


if getattr(kaitaistruct, 'API_VERSION', (0, 9)) < (0, 11):
    raise Exception("Incompatible Kaitai Struct Python API: 0.11 or later is required, but you have %s" % (kaitaistruct.__version__))

class ZraftV2Server(KaitaiStruct):
    """Client-server protocol of a Raft-replicated service. A client opens a durable session with the leader, submits commands and queries over it, and continues it on another connection, or with another leader, without losing or repeating a command. Every message travels in one transport frame.
    
    Version 2: Adds reasons, session timeouts, members of the cluster and batches."""

    class EQueryFailure(IntEnum):
        not_leader = 2
        invalid_request = 3
        overloaded = 4
        session_expired = 5

    class ERejectionReason(IntEnum):
        not_leader = 1
        session_expired = 2
        invalid_capabilities = 3
        other = 4
        unsupported_version = 5
        overloaded = 6
        cluster_unavailable = 7
        unauthorized = 8

    class ERequestFailure(IntEnum):
        response_evicted = 1
        not_leader = 2
        invalid_request = 3
        overloaded = 4
        session_expired = 5

    class ESessionCloseReason(IntEnum):
        shutdown = 1
        not_leader_anymore = 2
        session_error = 3
        connection_closed = 4
        session_expired = 5

    class MessageType(IntEnum):
        session_created = 1
        session_continued = 2
        session_rejected = 3
        session_closed = 4
        keep_alive_response = 5
        client_response = 6
        server_request = 7
        request_error = 8
        query_response = 9
        query_error = 10
        cluster_changed = 11
        batch = 12
    def __init__(self, _io, _parent=None, _root=None):
        super(ZraftV2Server, self).__init__(_io)
        self._parent = _parent
        self._root = _root or self
        self._read()

    def _read(self):
        self.signature = self._io.read_bytes(5)
        if not self.signature == b"\x7A\x72\x61\x66\x74":
            raise kaitaistruct.ValidationNotEqualError(b"\x7A\x72\x61\x66\x74", self.signature, self._io, u"/seq/0")
        self.version = self._io.read_u1()
        if not self.version == 2:
            raise kaitaistruct.ValidationNotEqualError(2, self.version, self._io, u"/seq/1")
        self.message = ZraftV2Server.AnyMessage(self._io, self, self._root)


    def _fetch_instances(self):
        pass
        self.message._fetch_instances()

    class AnyMessage(KaitaiStruct):
        """A message: its tag, then its fields."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.AnyMessage, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.tag = KaitaiStream.resolve_enum(ZraftV2Server.MessageType, self._io.read_u1())
            if not  ((self.tag == ZraftV2Server.MessageType.session_created) or (self.tag == ZraftV2Server.MessageType.session_continued) or (self.tag == ZraftV2Server.MessageType.session_rejected) or (self.tag == ZraftV2Server.MessageType.session_closed) or (self.tag == ZraftV2Server.MessageType.keep_alive_response) or (self.tag == ZraftV2Server.MessageType.client_response) or (self.tag == ZraftV2Server.MessageType.server_request) or (self.tag == ZraftV2Server.MessageType.request_error) or (self.tag == ZraftV2Server.MessageType.query_response) or (self.tag == ZraftV2Server.MessageType.query_error) or (self.tag == ZraftV2Server.MessageType.cluster_changed) or (self.tag == ZraftV2Server.MessageType.batch)) :
                raise kaitaistruct.ValidationNotAnyOfError(self.tag, self._io, u"/types/any_message/seq/0")
            _on = self.tag
            if _on == ZraftV2Server.MessageType.batch:
                pass
                self.body = ZraftV2Server.MBatch(self._io, self, self._root)
            elif _on == ZraftV2Server.MessageType.client_response:
                pass
                self.body = ZraftV2Server.MClientResponse(self._io, self, self._root)
            elif _on == ZraftV2Server.MessageType.cluster_changed:
                pass
                self.body = ZraftV2Server.MClusterChanged(self._io, self, self._root)
            elif _on == ZraftV2Server.MessageType.keep_alive_response:
                pass
                self.body = ZraftV2Server.MKeepAliveResponse(self._io, self, self._root)
            elif _on == ZraftV2Server.MessageType.query_error:
                pass
                self.body = ZraftV2Server.MQueryError(self._io, self, self._root)
            elif _on == ZraftV2Server.MessageType.query_response:
                pass
                self.body = ZraftV2Server.MQueryResponse(self._io, self, self._root)
            elif _on == ZraftV2Server.MessageType.request_error:
                pass
                self.body = ZraftV2Server.MRequestError(self._io, self, self._root)
            elif _on == ZraftV2Server.MessageType.server_request:
                pass
                self.body = ZraftV2Server.MServerRequest(self._io, self, self._root)
            elif _on == ZraftV2Server.MessageType.session_closed:
                pass
                self.body = ZraftV2Server.MSessionClosed(self._io, self, self._root)
            elif _on == ZraftV2Server.MessageType.session_continued:
                pass
                self.body = ZraftV2Server.MSessionContinued(self._io, self, self._root)
            elif _on == ZraftV2Server.MessageType.session_created:
                pass
                self.body = ZraftV2Server.MSessionCreated(self._io, self, self._root)
            elif _on == ZraftV2Server.MessageType.session_rejected:
                pass
                self.body = ZraftV2Server.MSessionRejected(self._io, self, self._root)


        def _fetch_instances(self):
            pass
            _on = self.tag
            if _on == ZraftV2Server.MessageType.batch:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.MessageType.client_response:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.MessageType.cluster_changed:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.MessageType.keep_alive_response:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.MessageType.query_error:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.MessageType.query_response:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.MessageType.request_error:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.MessageType.server_request:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.MessageType.session_closed:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.MessageType.session_continued:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.MessageType.session_created:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.MessageType.session_rejected:
                pass
                self.body._fetch_instances()


    class CQueryFailureInvalidRequest(KaitaiStruct):
        """The query was refused for what it holds."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.CQueryFailureInvalidRequest, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.len_detail = self._io.read_u2be()
            if not self.len_detail <= 1024:
                raise kaitaistruct.ValidationGreaterThanError(1024, self.len_detail, self._io, u"/types/c_query_failure_invalid_request/seq/0")
            self.detail = (self._io.read_bytes(self.len_detail)).decode(u"UTF-8")


        def _fetch_instances(self):
            pass


    class CQueryFailureNotLeader(KaitaiStruct):
        """This member does not lead the cluster."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.CQueryFailureNotLeader, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.has_leader_id = self._io.read_u1()
            if not self.has_leader_id <= 1:
                raise kaitaistruct.ValidationGreaterThanError(1, self.has_leader_id, self._io, u"/types/c_query_failure_not_leader/seq/0")
            if self.has_leader_id == 1:
                pass
                self.len_leader_id = self._io.read_u2be()

            if self.has_leader_id == 1:
                pass
                self.leader_id = (self._io.read_bytes(self.len_leader_id)).decode(u"UTF-8")



        def _fetch_instances(self):
            pass
            if self.has_leader_id == 1:
                pass

            if self.has_leader_id == 1:
                pass



    class CQueryFailureOverloaded(KaitaiStruct):
        """Too much waits already, the client asks for more than its share, or nothing can be read at present. The query may be sent again."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.CQueryFailureOverloaded, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.retry_after = self._io.read_u4be()


        def _fetch_instances(self):
            pass


    class CRequestFailureInvalidRequest(KaitaiStruct):
        """The command was refused for what it holds. It changed nothing, and never will."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.CRequestFailureInvalidRequest, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.len_detail = self._io.read_u2be()
            if not self.len_detail <= 1024:
                raise kaitaistruct.ValidationGreaterThanError(1024, self.len_detail, self._io, u"/types/c_request_failure_invalid_request/seq/0")
            self.detail = (self._io.read_bytes(self.len_detail)).decode(u"UTF-8")


        def _fetch_instances(self):
            pass


    class CRequestFailureNotLeader(KaitaiStruct):
        """This member does not lead the cluster, and did not put the command into the log."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.CRequestFailureNotLeader, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.has_leader_id = self._io.read_u1()
            if not self.has_leader_id <= 1:
                raise kaitaistruct.ValidationGreaterThanError(1, self.has_leader_id, self._io, u"/types/c_request_failure_not_leader/seq/0")
            if self.has_leader_id == 1:
                pass
                self.len_leader_id = self._io.read_u2be()

            if self.has_leader_id == 1:
                pass
                self.leader_id = (self._io.read_bytes(self.len_leader_id)).decode(u"UTF-8")



        def _fetch_instances(self):
            pass
            if self.has_leader_id == 1:
                pass

            if self.has_leader_id == 1:
                pass



    class CRequestFailureOverloaded(KaitaiStruct):
        """Too much waits already, the client asks for more than its share, or nothing can be committed. The command was not taken, this time, and may be sent again."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.CRequestFailureOverloaded, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.retry_after = self._io.read_u4be()


        def _fetch_instances(self):
            pass


    class InnerMessage(KaitaiStruct):
        """A message inside another one, which holds no further one."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.InnerMessage, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.tag = KaitaiStream.resolve_enum(ZraftV2Server.MessageType, self._io.read_u1())
            if not  ((self.tag == ZraftV2Server.MessageType.session_created) or (self.tag == ZraftV2Server.MessageType.session_continued) or (self.tag == ZraftV2Server.MessageType.session_rejected) or (self.tag == ZraftV2Server.MessageType.session_closed) or (self.tag == ZraftV2Server.MessageType.keep_alive_response) or (self.tag == ZraftV2Server.MessageType.client_response) or (self.tag == ZraftV2Server.MessageType.server_request) or (self.tag == ZraftV2Server.MessageType.request_error) or (self.tag == ZraftV2Server.MessageType.query_response) or (self.tag == ZraftV2Server.MessageType.query_error) or (self.tag == ZraftV2Server.MessageType.cluster_changed)) :
                raise kaitaistruct.ValidationNotAnyOfError(self.tag, self._io, u"/types/inner_message/seq/0")
            _on = self.tag
            if _on == ZraftV2Server.MessageType.client_response:
                pass
                self.body = ZraftV2Server.MClientResponse(self._io, self, self._root)
            elif _on == ZraftV2Server.MessageType.cluster_changed:
                pass
                self.body = ZraftV2Server.MClusterChanged(self._io, self, self._root)
            elif _on == ZraftV2Server.MessageType.keep_alive_response:
                pass
                self.body = ZraftV2Server.MKeepAliveResponse(self._io, self, self._root)
            elif _on == ZraftV2Server.MessageType.query_error:
                pass
                self.body = ZraftV2Server.MQueryError(self._io, self, self._root)
            elif _on == ZraftV2Server.MessageType.query_response:
                pass
                self.body = ZraftV2Server.MQueryResponse(self._io, self, self._root)
            elif _on == ZraftV2Server.MessageType.request_error:
                pass
                self.body = ZraftV2Server.MRequestError(self._io, self, self._root)
            elif _on == ZraftV2Server.MessageType.server_request:
                pass
                self.body = ZraftV2Server.MServerRequest(self._io, self, self._root)
            elif _on == ZraftV2Server.MessageType.session_closed:
                pass
                self.body = ZraftV2Server.MSessionClosed(self._io, self, self._root)
            elif _on == ZraftV2Server.MessageType.session_continued:
                pass
                self.body = ZraftV2Server.MSessionContinued(self._io, self, self._root)
            elif _on == ZraftV2Server.MessageType.session_created:
                pass
                self.body = ZraftV2Server.MSessionCreated(self._io, self, self._root)
            elif _on == ZraftV2Server.MessageType.session_rejected:
                pass
                self.body = ZraftV2Server.MSessionRejected(self._io, self, self._root)


        def _fetch_instances(self):
            pass
            _on = self.tag
            if _on == ZraftV2Server.MessageType.client_response:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.MessageType.cluster_changed:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.MessageType.keep_alive_response:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.MessageType.query_error:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.MessageType.query_response:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.MessageType.request_error:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.MessageType.server_request:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.MessageType.session_closed:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.MessageType.session_continued:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.MessageType.session_created:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.MessageType.session_rejected:
                pass
                self.body._fetch_instances()


    class MBatch(KaitaiStruct):
        """Several answers in one frame, as if they had come one after the other. It holds no answer to a handshake."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.MBatch, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.num_items = self._io.read_u2be()
            if not self.num_items >= 1:
                raise kaitaistruct.ValidationLessThanError(1, self.num_items, self._io, u"/types/m_batch/seq/0")
            self.items = []
            for i in range(self.num_items):
                self.items.append(ZraftV2Server.PMessageU32(self._io, self, self._root))



        def _fetch_instances(self):
            pass
            for i in range(len(self.items)):
                pass
                self.items[i]._fetch_instances()



    class MClientResponse(KaitaiStruct):
        """The result of a command."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.MClientResponse, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.request_id = self._io.read_s8be()
            _ = self.request_id
            if not  ((_ >= -9007199254740991) and (_ <= 9007199254740991)) :
                raise kaitaistruct.ValidationExprError(self.request_id, self._io, u"/types/m_client_response/seq/0")
            self.len_result = self._io.read_s4be()
            if not self.len_result >= 0:
                raise kaitaistruct.ValidationLessThanError(0, self.len_result, self._io, u"/types/m_client_response/seq/1")
            self.result = self._io.read_bytes(self.len_result)
            self.commit_index = self._io.read_s8be()
            _ = self.commit_index
            if not  ((_ >= 0) and (_ <= 9007199254740991)) :
                raise kaitaistruct.ValidationExprError(self.commit_index, self._io, u"/types/m_client_response/seq/3")


        def _fetch_instances(self):
            pass


    class MClusterChanged(KaitaiStruct):
        """The members of the cluster or its leader have changed, and this connection goes on."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.MClusterChanged, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.num_members = self._io.read_u2be()
            self.members = []
            for i in range(self.num_members):
                self.members.append(ZraftV2Server.SMember(self._io, self, self._root))

            self.has_leader_id = self._io.read_u1()
            if not self.has_leader_id <= 1:
                raise kaitaistruct.ValidationGreaterThanError(1, self.has_leader_id, self._io, u"/types/m_cluster_changed/seq/2")
            if self.has_leader_id == 1:
                pass
                self.len_leader_id = self._io.read_u2be()

            if self.has_leader_id == 1:
                pass
                self.leader_id = (self._io.read_bytes(self.len_leader_id)).decode(u"UTF-8")



        def _fetch_instances(self):
            pass
            for i in range(len(self.members)):
                pass
                self.members[i]._fetch_instances()

            if self.has_leader_id == 1:
                pass

            if self.has_leader_id == 1:
                pass



    class MKeepAliveResponse(KaitaiStruct):
        """Answer to KeepAlive."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.MKeepAliveResponse, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.timestamp = self._io.read_s8be()
            _ = self.timestamp
            if not  ((_ >= -9007199254740991) and (_ <= 9007199254740991)) :
                raise kaitaistruct.ValidationExprError(self.timestamp, self._io, u"/types/m_keep_alive_response/seq/0")


        def _fetch_instances(self):
            pass


    class MQueryError(KaitaiStruct):
        """A query has no result."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.MQueryError, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.len_correlation_id = self._io.read_u2be()
            if not self.len_correlation_id >= 1:
                raise kaitaistruct.ValidationLessThanError(1, self.len_correlation_id, self._io, u"/types/m_query_error/seq/0")
            self.correlation_id = (self._io.read_bytes(self.len_correlation_id)).decode(u"UTF-8")
            self.reason = ZraftV2Server.UQueryFailure(self._io, self, self._root)


        def _fetch_instances(self):
            pass
            self.reason._fetch_instances()


    class MQueryResponse(KaitaiStruct):
        """The result of a query."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.MQueryResponse, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.len_correlation_id = self._io.read_u2be()
            if not self.len_correlation_id >= 1:
                raise kaitaistruct.ValidationLessThanError(1, self.len_correlation_id, self._io, u"/types/m_query_response/seq/0")
            self.correlation_id = (self._io.read_bytes(self.len_correlation_id)).decode(u"UTF-8")
            self.len_result = self._io.read_s4be()
            if not self.len_result >= 0:
                raise kaitaistruct.ValidationLessThanError(0, self.len_result, self._io, u"/types/m_query_response/seq/2")
            self.result = self._io.read_bytes(self.len_result)


        def _fetch_instances(self):
            pass


    class MRequestError(KaitaiStruct):
        """A command has no result."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.MRequestError, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.request_id = self._io.read_s8be()
            _ = self.request_id
            if not  ((_ >= -9007199254740991) and (_ <= 9007199254740991)) :
                raise kaitaistruct.ValidationExprError(self.request_id, self._io, u"/types/m_request_error/seq/0")
            self.reason = ZraftV2Server.URequestFailure(self._io, self, self._root)


        def _fetch_instances(self):
            pass
            self.reason._fetch_instances()


    class MServerRequest(KaitaiStruct):
        """Work for the client, sent again until acknowledged. Ids run 1, 2, 3, … within a session."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.MServerRequest, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.request_id = self._io.read_s8be()
            _ = self.request_id
            if not  ((_ >= -9007199254740991) and (_ <= 9007199254740991)) :
                raise kaitaistruct.ValidationExprError(self.request_id, self._io, u"/types/m_server_request/seq/0")
            self.len_payload = self._io.read_s4be()
            if not self.len_payload >= 0:
                raise kaitaistruct.ValidationLessThanError(0, self.len_payload, self._io, u"/types/m_server_request/seq/1")
            self.payload = self._io.read_bytes(self.len_payload)
            self.created_at = self._io.read_s8be()
            _ = self.created_at
            if not  ((_ >= -9007199254740991) and (_ <= 9007199254740991)) :
                raise kaitaistruct.ValidationExprError(self.created_at, self._io, u"/types/m_server_request/seq/3")


        def _fetch_instances(self):
            pass


    class MSessionClosed(KaitaiStruct):
        """The server has ended the session or its connection."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.MSessionClosed, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.reason = KaitaiStream.resolve_enum(ZraftV2Server.ESessionCloseReason, self._io.read_u1())
            if not  ((self.reason == ZraftV2Server.ESessionCloseReason.shutdown) or (self.reason == ZraftV2Server.ESessionCloseReason.not_leader_anymore) or (self.reason == ZraftV2Server.ESessionCloseReason.session_error) or (self.reason == ZraftV2Server.ESessionCloseReason.connection_closed) or (self.reason == ZraftV2Server.ESessionCloseReason.session_expired)) :
                raise kaitaistruct.ValidationNotAnyOfError(self.reason, self._io, u"/types/m_session_closed/seq/0")
            self.has_leader_id = self._io.read_u1()
            if not self.has_leader_id <= 1:
                raise kaitaistruct.ValidationGreaterThanError(1, self.has_leader_id, self._io, u"/types/m_session_closed/seq/1")
            if self.has_leader_id == 1:
                pass
                self.len_leader_id = self._io.read_u2be()

            if self.has_leader_id == 1:
                pass
                self.leader_id = (self._io.read_bytes(self.len_leader_id)).decode(u"UTF-8")



        def _fetch_instances(self):
            pass
            if self.has_leader_id == 1:
                pass

            if self.has_leader_id == 1:
                pass



    class MSessionContinued(KaitaiStruct):
        """The session is resumed."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.MSessionContinued, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.nonce = self._io.read_s8be()
            _ = self.nonce
            if not _ != 0:
                raise kaitaistruct.ValidationExprError(self.nonce, self._io, u"/types/m_session_continued/seq/0")
            self.session_timeout = self._io.read_u4be()
            self.num_members = self._io.read_u2be()
            self.members = []
            for i in range(self.num_members):
                self.members.append(ZraftV2Server.SMember(self._io, self, self._root))

            self.has_leader_id = self._io.read_u1()
            if not self.has_leader_id <= 1:
                raise kaitaistruct.ValidationGreaterThanError(1, self.has_leader_id, self._io, u"/types/m_session_continued/seq/4")
            if self.has_leader_id == 1:
                pass
                self.len_leader_id = self._io.read_u2be()

            if self.has_leader_id == 1:
                pass
                self.leader_id = (self._io.read_bytes(self.len_leader_id)).decode(u"UTF-8")

            self.has_server_time = self._io.read_u1()
            if not self.has_server_time <= 1:
                raise kaitaistruct.ValidationGreaterThanError(1, self.has_server_time, self._io, u"/types/m_session_continued/seq/7")
            if self.has_server_time == 1:
                pass
                self.server_time = self._io.read_s8be()



        def _fetch_instances(self):
            pass
            for i in range(len(self.members)):
                pass
                self.members[i]._fetch_instances()

            if self.has_leader_id == 1:
                pass

            if self.has_leader_id == 1:
                pass

            if self.has_server_time == 1:
                pass



    class MSessionCreated(KaitaiStruct):
        """The session is open."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.MSessionCreated, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.len_session_id = self._io.read_u1()
            self.session_id = (self._io.read_bytes(self.len_session_id)).decode(u"UTF-8")
            self.nonce = self._io.read_s8be()
            _ = self.nonce
            if not _ != 0:
                raise kaitaistruct.ValidationExprError(self.nonce, self._io, u"/types/m_session_created/seq/2")
            self.session_timeout = self._io.read_u4be()
            self.num_members = self._io.read_u2be()
            self.members = []
            for i in range(self.num_members):
                self.members.append(ZraftV2Server.SMember(self._io, self, self._root))

            self.has_leader_id = self._io.read_u1()
            if not self.has_leader_id <= 1:
                raise kaitaistruct.ValidationGreaterThanError(1, self.has_leader_id, self._io, u"/types/m_session_created/seq/6")
            if self.has_leader_id == 1:
                pass
                self.len_leader_id = self._io.read_u2be()

            if self.has_leader_id == 1:
                pass
                self.leader_id = (self._io.read_bytes(self.len_leader_id)).decode(u"UTF-8")

            self.has_server_time = self._io.read_u1()
            if not self.has_server_time <= 1:
                raise kaitaistruct.ValidationGreaterThanError(1, self.has_server_time, self._io, u"/types/m_session_created/seq/9")
            if self.has_server_time == 1:
                pass
                self.server_time = self._io.read_s8be()



        def _fetch_instances(self):
            pass
            for i in range(len(self.members)):
                pass
                self.members[i]._fetch_instances()

            if self.has_leader_id == 1:
                pass

            if self.has_leader_id == 1:
                pass

            if self.has_server_time == 1:
                pass



    class MSessionRejected(KaitaiStruct):
        """The session was not created or continued."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.MSessionRejected, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.reason = KaitaiStream.resolve_enum(ZraftV2Server.ERejectionReason, self._io.read_u1())
            if not  ((self.reason == ZraftV2Server.ERejectionReason.not_leader) or (self.reason == ZraftV2Server.ERejectionReason.session_expired) or (self.reason == ZraftV2Server.ERejectionReason.invalid_capabilities) or (self.reason == ZraftV2Server.ERejectionReason.other) or (self.reason == ZraftV2Server.ERejectionReason.unsupported_version) or (self.reason == ZraftV2Server.ERejectionReason.overloaded) or (self.reason == ZraftV2Server.ERejectionReason.cluster_unavailable) or (self.reason == ZraftV2Server.ERejectionReason.unauthorized)) :
                raise kaitaistruct.ValidationNotAnyOfError(self.reason, self._io, u"/types/m_session_rejected/seq/0")
            self.nonce = self._io.read_s8be()
            _ = self.nonce
            if not _ != 0:
                raise kaitaistruct.ValidationExprError(self.nonce, self._io, u"/types/m_session_rejected/seq/1")
            self.has_leader_id = self._io.read_u1()
            if not self.has_leader_id <= 1:
                raise kaitaistruct.ValidationGreaterThanError(1, self.has_leader_id, self._io, u"/types/m_session_rejected/seq/2")
            if self.has_leader_id == 1:
                pass
                self.len_leader_id = self._io.read_u2be()

            if self.has_leader_id == 1:
                pass
                self.leader_id = (self._io.read_bytes(self.len_leader_id)).decode(u"UTF-8")

            self.has_retry_after = self._io.read_u1()
            if not self.has_retry_after <= 1:
                raise kaitaistruct.ValidationGreaterThanError(1, self.has_retry_after, self._io, u"/types/m_session_rejected/seq/5")
            if self.has_retry_after == 1:
                pass
                self.retry_after = self._io.read_u4be()

            self.num_members = self._io.read_u2be()
            self.members = []
            for i in range(self.num_members):
                self.members.append(ZraftV2Server.SMember(self._io, self, self._root))

            self.has_detail = self._io.read_u1()
            if not self.has_detail <= 1:
                raise kaitaistruct.ValidationGreaterThanError(1, self.has_detail, self._io, u"/types/m_session_rejected/seq/9")
            if self.has_detail == 1:
                pass
                self.len_detail = self._io.read_u2be()
                if not self.len_detail <= 1024:
                    raise kaitaistruct.ValidationGreaterThanError(1024, self.len_detail, self._io, u"/types/m_session_rejected/seq/10")

            if self.has_detail == 1:
                pass
                self.detail = (self._io.read_bytes(self.len_detail)).decode(u"UTF-8")



        def _fetch_instances(self):
            pass
            if self.has_leader_id == 1:
                pass

            if self.has_leader_id == 1:
                pass

            if self.has_retry_after == 1:
                pass

            for i in range(len(self.members)):
                pass
                self.members[i]._fetch_instances()

            if self.has_detail == 1:
                pass

            if self.has_detail == 1:
                pass



    class PMessageU32(KaitaiStruct):
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.PMessageU32, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.len_value = self._io.read_u4be()
            self._raw_value = self._io.read_bytes(self.len_value)
            _io__raw_value = KaitaiStream(BytesIO(self._raw_value))
            self.value = ZraftV2Server.InnerMessage(_io__raw_value, self, self._root)


        def _fetch_instances(self):
            pass
            self.value._fetch_instances()


    class SMember(KaitaiStruct):
        """One member of the cluster, and where it listens for clients."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.SMember, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.len_member_id = self._io.read_u2be()
            self.member_id = (self._io.read_bytes(self.len_member_id)).decode(u"UTF-8")
            self.len_address = self._io.read_u2be()
            if not self.len_address >= 1:
                raise kaitaistruct.ValidationLessThanError(1, self.len_address, self._io, u"/types/s_member/seq/2")
            if not self.len_address <= 1024:
                raise kaitaistruct.ValidationGreaterThanError(1024, self.len_address, self._io, u"/types/s_member/seq/2")
            self.address = (self._io.read_bytes(self.len_address)).decode(u"UTF-8")


        def _fetch_instances(self):
            pass


    class UQueryFailure(KaitaiStruct):
        """Why a query has no result. The tags are those of RequestFailure."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.UQueryFailure, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.tag = KaitaiStream.resolve_enum(ZraftV2Server.EQueryFailure, self._io.read_u1())
            if not  ((self.tag == ZraftV2Server.EQueryFailure.not_leader) or (self.tag == ZraftV2Server.EQueryFailure.invalid_request) or (self.tag == ZraftV2Server.EQueryFailure.overloaded) or (self.tag == ZraftV2Server.EQueryFailure.session_expired)) :
                raise kaitaistruct.ValidationNotAnyOfError(self.tag, self._io, u"/types/u_query_failure/seq/0")
            _on = self.tag
            if _on == ZraftV2Server.EQueryFailure.invalid_request:
                pass
                self.body = ZraftV2Server.CQueryFailureInvalidRequest(self._io, self, self._root)
            elif _on == ZraftV2Server.EQueryFailure.not_leader:
                pass
                self.body = ZraftV2Server.CQueryFailureNotLeader(self._io, self, self._root)
            elif _on == ZraftV2Server.EQueryFailure.overloaded:
                pass
                self.body = ZraftV2Server.CQueryFailureOverloaded(self._io, self, self._root)


        def _fetch_instances(self):
            pass
            _on = self.tag
            if _on == ZraftV2Server.EQueryFailure.invalid_request:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.EQueryFailure.not_leader:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.EQueryFailure.overloaded:
                pass
                self.body._fetch_instances()


    class URequestFailure(KaitaiStruct):
        """Why a command has no result. In version 1 an enumeration of one value."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV2Server.URequestFailure, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.tag = KaitaiStream.resolve_enum(ZraftV2Server.ERequestFailure, self._io.read_u1())
            if not  ((self.tag == ZraftV2Server.ERequestFailure.response_evicted) or (self.tag == ZraftV2Server.ERequestFailure.not_leader) or (self.tag == ZraftV2Server.ERequestFailure.invalid_request) or (self.tag == ZraftV2Server.ERequestFailure.overloaded) or (self.tag == ZraftV2Server.ERequestFailure.session_expired)) :
                raise kaitaistruct.ValidationNotAnyOfError(self.tag, self._io, u"/types/u_request_failure/seq/0")
            _on = self.tag
            if _on == ZraftV2Server.ERequestFailure.invalid_request:
                pass
                self.body = ZraftV2Server.CRequestFailureInvalidRequest(self._io, self, self._root)
            elif _on == ZraftV2Server.ERequestFailure.not_leader:
                pass
                self.body = ZraftV2Server.CRequestFailureNotLeader(self._io, self, self._root)
            elif _on == ZraftV2Server.ERequestFailure.overloaded:
                pass
                self.body = ZraftV2Server.CRequestFailureOverloaded(self._io, self, self._root)


        def _fetch_instances(self):
            pass
            _on = self.tag
            if _on == ZraftV2Server.ERequestFailure.invalid_request:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.ERequestFailure.not_leader:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV2Server.ERequestFailure.overloaded:
                pass
                self.body._fetch_instances()



