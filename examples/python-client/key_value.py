"""What the key-value store has in payloads and results, as examples/key-value/kv.yaml describes it."""

import struct

from generated.kv_v1_query_result import KvV1QueryResult


def set_command(key, value):
    return b"S" + _text(key) + _text(value)


def get_query(key):
    return b"G" + _text(key)


def value_of(result):
    """What a query found; None where there is no such key."""
    message = KvV1QueryResult.from_bytes(result).message
    return message.body.value if message.tag == KvV1QueryResult.MessageType.present else None


def _text(text):
    data = text.encode("utf-8")
    return struct.pack(">i", len(data)) + data
