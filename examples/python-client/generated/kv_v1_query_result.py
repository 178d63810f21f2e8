# This is a generated file! Please edit source .ksy file and use kaitai-struct-compiler to rebuild
# type: ignore

import kaitaistruct
from kaitaistruct import KaitaiStruct, KaitaiStream, BytesIO
from enum import IntEnum


if getattr(kaitaistruct, 'API_VERSION', (0, 9)) < (0, 11):
    raise Exception("Incompatible Kaitai Struct Python API: 0.11 or later is required, but you have %s" % (kaitaistruct.__version__))

class KvV1QueryResult(KaitaiStruct):
    """Commands, queries and notifications of the key-value example.
    
    Version 1: The only format; the bytes carry no version."""

    class MessageType(IntEnum):
        absent = 0
        present = 255
    def __init__(self, _io, _parent=None, _root=None):
        super(KvV1QueryResult, self).__init__(_io)
        self._parent = _parent
        self._root = _root or self
        self._read()

    def _read(self):
        self.message = KvV1QueryResult.AnyMessage(self._io, self, self._root)
        if (not (self._io.is_eof())):
            pass
            self.surplus = self._io.read_u1()
            if not self.surplus >= 1:
                raise kaitaistruct.ValidationLessThanError(1, self.surplus, self._io, u"/seq/1")
            if not self.surplus <= 0:
                raise kaitaistruct.ValidationGreaterThanError(0, self.surplus, self._io, u"/seq/1")



    def _fetch_instances(self):
        pass
        self.message._fetch_instances()
        if (not (self._io.is_eof())):
            pass


    class AnyMessage(KaitaiStruct):
        """A message: its tag, then its fields."""
        def __init__(self, _io, _parent=None, _root=None):
            super(KvV1QueryResult.AnyMessage, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.tag = KaitaiStream.resolve_enum(KvV1QueryResult.MessageType, self._io.read_u1())
            if not  ((self.tag == KvV1QueryResult.MessageType.absent) or (self.tag == KvV1QueryResult.MessageType.present)) :
                raise kaitaistruct.ValidationNotAnyOfError(self.tag, self._io, u"/types/any_message/seq/0")
            _on = self.tag
            if _on == KvV1QueryResult.MessageType.present:
                pass
                self.body = KvV1QueryResult.MPresent(self._io, self, self._root)


        def _fetch_instances(self):
            pass
            _on = self.tag
            if _on == KvV1QueryResult.MessageType.present:
                pass
                self.body._fetch_instances()


    class MPresent(KaitaiStruct):
        """The key has a value."""
        def __init__(self, _io, _parent=None, _root=None):
            super(KvV1QueryResult.MPresent, self).__init__(_io)
            self._parent = _parent
            self._root = _root
            self._read()

        def _read(self):
            self.len_value = self._io.read_s4be()
            if not self.len_value >= 0:
                raise kaitaistruct.ValidationLessThanError(0, self.len_value, self._io, u"/types/m_present/seq/0")
            self.value = (self._io.read_bytes(self.len_value)).decode(u"UTF-8")


        def _fetch_instances(self):
            pass



