"""Writes the four requests that this client sends, by hand, as schema/messages.yaml describes them."""

import struct

SIGNATURE = b"zraft"
CLIENT_SHUTDOWN = 1


def create_session(version, capabilities, nonce, session_timeout=None):
    """Opens a session. A client that does not know its server yet opens in version 1."""
    fields = struct.pack(">H", len(capabilities))
    for name, value in capabilities.items():
        fields += _string(name) + _string(value)
    fields += struct.pack(">q", nonce)
    if version >= 2:
        fields += b"\0" if session_timeout is None else b"\1" + struct.pack(">I", session_timeout)
    return _frame(version, 1, fields)


def client_request(version, request_id, lowest_pending_request_id, payload, created_at):
    """Submits a command. Answers to ids below the lowest pending one may be forgotten by the server."""
    fields = struct.pack(">qq", request_id, lowest_pending_request_id) + _payload(payload)
    return _frame(version, 4, fields + struct.pack(">q", created_at))


def close_session(version, reason=CLIENT_SHUTDOWN):
    """Ends the session for good."""
    return _frame(version, 6, struct.pack(">B", reason))


def query(version, correlation_id, payload, created_at):
    """Reads without changing anything."""
    return _frame(version, 8, _string(correlation_id) + _payload(payload) + struct.pack(">q", created_at))


def _frame(version, tag, fields):
    return SIGNATURE + struct.pack(">BB", version, tag) + fields


def _string(text):
    data = text.encode("utf-8")
    return struct.pack(">H", len(data)) + data


def _payload(data):
    return struct.pack(">i", len(data)) + data
