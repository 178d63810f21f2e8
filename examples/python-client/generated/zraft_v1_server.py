# This is a generated file! Please edit source .ksy file and use kaitai-struct-compiler to rebuild
# type: ignore

import kaitaistruct
from kaitaistruct import KaitaiStruct, KaitaiStream, BytesIO
from enum import IntEnum


if getattr(kaitaistruct, 'API_VERSION', (0, 9)) < (0, 11):
    raise Exception("Incompatible Kaitai Struct Python API: 0.11 or later is required, but you have %s" % (kaitaistruct.__version__))

class ZraftV1Server(KaitaiStruct):
    """Client-server protocol of a Raft-replicated service. A client opens a durable session with the leader, submits commands and queries over it, and continues it on another connection, or with another leader, without losing or repeating a command. Every message travels in one transport frame.
    
    Version 1: As spoken by zio-raft 0.x."""

    class ERejectionReason(IntEnum):
        not_leader = 1
        session_expired = 2
        invalid_capabilities = 3
        other = 4

    class ERequestFailure(IntEnum):
        response_evicted = 1

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
    def __init__(self, _io, _parent=None, _root=None):
        super(ZraftV1Server, self).__init__(_io)
        self._parent = _parent
        self._root = _root or self
        self._read()

    def _read(self):
        self.signature = self._io.read_bytes(5)
        if not self.signature == b"\x7A\x72\x61\x66\x74":
            raise kaitaistruct.ValidationNotEqualError(b"\x7A\x72\x61\x66\x74", self.signature, self._io, u"/seq/0")
        self.version = self._io.read_u1()
        if not self.version == 1:
            raise kaitaistruct.ValidationNotEqualError(1, self.version, self._io, u"/seq/1")
        self.message = ZraftV1Server.AnyMessage(self._io, self, self._root)


    def _fetch_instances(self):
        pass
        self.message._fetch_instances()

    class AnyMessage(KaitaiStruct):
        """A message: its tag, then its fields."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV1Server.AnyMessage, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.tag = KaitaiStream.resolve_enum(ZraftV1Server.MessageType, self._io.read_u1())
            if not  ((self.tag == ZraftV1Server.MessageType.session_created) or (self.tag == ZraftV1Server.MessageType.session_continued) or (self.tag == ZraftV1Server.MessageType.session_rejected) or (self.tag == ZraftV1Server.MessageType.session_closed) or (self.tag == ZraftV1Server.MessageType.keep_alive_response) or (self.tag == ZraftV1Server.MessageType.client_response) or (self.tag == ZraftV1Server.MessageType.server_request) or (self.tag == ZraftV1Server.MessageType.request_error) or (self.tag == ZraftV1Server.MessageType.query_response)) :
                raise kaitaistruct.ValidationNotAnyOfError(self.tag, self._io, u"/types/any_message/seq/0")
            _on = self.tag
            if _on == ZraftV1Server.MessageType.client_response:
                pass
                self.body = ZraftV1Server.MClientResponse(self._io, self, self._root)
            elif _on == ZraftV1Server.MessageType.keep_alive_response:
                pass
                self.body = ZraftV1Server.MKeepAliveResponse(self._io, self, self._root)
            elif _on == ZraftV1Server.MessageType.query_response:
                pass
                self.body = ZraftV1Server.MQueryResponse(self._io, self, self._root)
            elif _on == ZraftV1Server.MessageType.request_error:
                pass
                self.body = ZraftV1Server.MRequestError(self._io, self, self._root)
            elif _on == ZraftV1Server.MessageType.server_request:
                pass
                self.body = ZraftV1Server.MServerRequest(self._io, self, self._root)
            elif _on == ZraftV1Server.MessageType.session_closed:
                pass
                self.body = ZraftV1Server.MSessionClosed(self._io, self, self._root)
            elif _on == ZraftV1Server.MessageType.session_continued:
                pass
                self.body = ZraftV1Server.MSessionContinued(self._io, self, self._root)
            elif _on == ZraftV1Server.MessageType.session_created:
                pass
                self.body = ZraftV1Server.MSessionCreated(self._io, self, self._root)
            elif _on == ZraftV1Server.MessageType.session_rejected:
                pass
                self.body = ZraftV1Server.MSessionRejected(self._io, self, self._root)


        def _fetch_instances(self):
            pass
            _on = self.tag
            if _on == ZraftV1Server.MessageType.client_response:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV1Server.MessageType.keep_alive_response:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV1Server.MessageType.query_response:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV1Server.MessageType.request_error:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV1Server.MessageType.server_request:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV1Server.MessageType.session_closed:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV1Server.MessageType.session_continued:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV1Server.MessageType.session_created:
                pass
                self.body._fetch_instances()
            elif _on == ZraftV1Server.MessageType.session_rejected:
                pass
                self.body._fetch_instances()


    class MClientResponse(KaitaiStruct):
        """The result of a command."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV1Server.MClientResponse, self).__init__(_io)
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


        def _fetch_instances(self):
            pass


    class MKeepAliveResponse(KaitaiStruct):
        """Answer to KeepAlive."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV1Server.MKeepAliveResponse, self).__init__(_io)
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


    class MQueryResponse(KaitaiStruct):
        """The result of a query."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV1Server.MQueryResponse, self).__init__(_io)
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
            super(ZraftV1Server.MRequestError, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.request_id = self._io.read_s8be()
            _ = self.request_id
            if not  ((_ >= -9007199254740991) and (_ <= 9007199254740991)) :
                raise kaitaistruct.ValidationExprError(self.request_id, self._io, u"/types/m_request_error/seq/0")
            self.reason = ZraftV1Server.URequestFailure(self._io, self, self._root)


        def _fetch_instances(self):
            pass
            self.reason._fetch_instances()


    class MServerRequest(KaitaiStruct):
        """Work for the client, sent again until acknowledged. Ids run 1, 2, 3, … within a session."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV1Server.MServerRequest, self).__init__(_io)
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
            super(ZraftV1Server.MSessionClosed, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.reason = KaitaiStream.resolve_enum(ZraftV1Server.ESessionCloseReason, self._io.read_u1())
            if not  ((self.reason == ZraftV1Server.ESessionCloseReason.shutdown) or (self.reason == ZraftV1Server.ESessionCloseReason.not_leader_anymore) or (self.reason == ZraftV1Server.ESessionCloseReason.session_error) or (self.reason == ZraftV1Server.ESessionCloseReason.connection_closed) or (self.reason == ZraftV1Server.ESessionCloseReason.session_expired)) :
                raise kaitaistruct.ValidationNotAnyOfError(self.reason, self._io, u"/types/m_session_closed/seq/0")
            self.has_leader_id = self._io.read_bits_int_be(1) != 0
            if self.has_leader_id:
                pass
                self.len_leader_id = self._io.read_bits_int_be(16)

            if self.has_leader_id:
                pass
                self.leader_id = []
                for i in range(self.len_leader_id):
                    self.leader_id.append(self._io.read_bits_int_be(8))




        def _fetch_instances(self):
            pass
            if self.has_leader_id:
                pass

            if self.has_leader_id:
                pass
                for i in range(len(self.leader_id)):
                    pass




    class MSessionContinued(KaitaiStruct):
        """The session is resumed."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV1Server.MSessionContinued, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.nonce = self._io.read_s8be()
            _ = self.nonce
            if not _ != 0:
                raise kaitaistruct.ValidationExprError(self.nonce, self._io, u"/types/m_session_continued/seq/0")


        def _fetch_instances(self):
            pass


    class MSessionCreated(KaitaiStruct):
        """The session is open."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV1Server.MSessionCreated, self).__init__(_io)
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


        def _fetch_instances(self):
            pass


    class MSessionRejected(KaitaiStruct):
        """The session was not created or continued."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV1Server.MSessionRejected, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.reason = KaitaiStream.resolve_enum(ZraftV1Server.ERejectionReason, self._io.read_u1())
            if not  ((self.reason == ZraftV1Server.ERejectionReason.not_leader) or (self.reason == ZraftV1Server.ERejectionReason.session_expired) or (self.reason == ZraftV1Server.ERejectionReason.invalid_capabilities) or (self.reason == ZraftV1Server.ERejectionReason.other)) :
                raise kaitaistruct.ValidationNotAnyOfError(self.reason, self._io, u"/types/m_session_rejected/seq/0")
            self.nonce = self._io.read_s8be()
            _ = self.nonce
            if not _ != 0:
                raise kaitaistruct.ValidationExprError(self.nonce, self._io, u"/types/m_session_rejected/seq/1")
            self.has_leader_id = self._io.read_bits_int_be(1) != 0
            if self.has_leader_id:
                pass
                self.len_leader_id = self._io.read_bits_int_be(16)

            if self.has_leader_id:
                pass
                self.leader_id = []
                for i in range(self.len_leader_id):
                    self.leader_id.append(self._io.read_bits_int_be(8))




        def _fetch_instances(self):
            pass
            if self.has_leader_id:
                pass

            if self.has_leader_id:
                pass
                for i in range(len(self.leader_id)):
                    pass




    class URequestFailure(KaitaiStruct):
        """Why a command has no result. In version 1 an enumeration of one value."""
        def __init__(self, _io, _parent=None, _root=None):
            super(ZraftV1Server.URequestFailure, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.tag = KaitaiStream.resolve_enum(ZraftV1Server.ERequestFailure, self._io.read_u1())
            if not  ((self.tag == ZraftV1Server.ERequestFailure.response_evicted)) :
                raise kaitaistruct.ValidationNotAnyOfError(self.tag, self._io, u"/types/u_request_failure/seq/0")


        def _fetch_instances(self):
            pass



