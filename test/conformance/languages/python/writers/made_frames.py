"""Frames of version 2 that nobody has read before: a program in Python has something to say, and says it."""

from io import BytesIO

from kaitaistruct import KaitaiStream
from zraft_v2_client import ZraftV2Client as Client
from zraft_v2_server import ZraftV2Server as Server

DAY = 1767225600000


def all_frames():
    """Of each frame the file that describes it, its message as hawser has it, and the frame."""
    pairs = {"gruß": "ü", "empty": ""}
    create = {"type": "CreateSession", "capabilities": pairs, "nonce": {"$bigint": str(-(2**63))}, "sessionTimeout": 2**32 - 1}
    yield "zraft_v2_client", create, client(lambda frame: create_session(frame, pairs, -(2**63), 2**32 - 1))
    request = {"type": "ClientRequest", "requestId": 7, "lowestPendingRequestId": 5, "payload": {"$bytes": "00ff"}, "createdAt": DAY}
    alive = {"type": "KeepAlive", "timestamp": DAY}
    yield "zraft_v2_client", {"type": "Batch", "items": [request, alive]}, client(batch)
    for leader in ("node-2", None):
        reason = {"type": "NotLeader"} if leader is None else {"type": "NotLeader", "leaderId": leader}
        yield "zraft_v2_server", {"type": "RequestError", "requestId": 12, "reason": reason}, server(12, leader)


def client(fill):
    frame = part(Client, None, signature=b"zraft", version=2)
    frame.message = message(Client.AnyMessage, frame, *fill(frame))
    return checked(frame)


def create_session(frame, pairs, nonce, timeout):
    tag = Client.MessageType.create_session
    body = part(Client.MCreateSession, frame, num_capabilities=len(pairs), nonce=nonce)
    body.has_session_timeout, body.session_timeout = 1, timeout
    body.capabilities = [
        checked(part(Client.ACapabilitiesEntry, body, **text("key", key), **text("value", value)))
        for key, value in pairs.items()
    ]
    return tag, body


def batch(frame):
    body = part(Client.MBatch, frame, num_items=2)
    request = part(
        Client.MClientRequest,
        body,
        request_id=7,
        lowest_pending_request_id=5,
        len_payload=2,
        payload=b"\x00\xff",
        created_at=DAY,
    )
    alive = part(Client.MKeepAlive, body, timestamp=DAY)
    types = Client.MessageType
    body.items = [item(body, types.client_request, request), item(body, types.keep_alive, alive)]
    return types.batch, body


def item(body, tag, content):
    wrapped = part(Client.PMessageU32, body)
    wrapped.value = message(Client.InnerMessage, wrapped, tag, content)
    # What it takes has to be known before it is written into the frame.
    alone = KaitaiStream(BytesIO(bytes(1000)))
    wrapped.value._write(alone)
    wrapped.len_value = alone.pos()
    return checked(wrapped)


def server(request_id, leader):
    frame = part(Server, None, signature=b"zraft", version=2)
    body = part(Server.MRequestError, frame, request_id=request_id)
    body.reason = part(Server.URequestFailure, body, tag=Server.ERequestFailure.not_leader)
    known = {"has_leader_id": 0} if leader is None else {"has_leader_id": 1, **text("leader_id", leader)}
    body.reason.body = checked(part(Server.CRequestFailureNotLeader, body.reason, **known))
    checked(body.reason)
    frame.message = message(Server.AnyMessage, frame, Server.MessageType.request_error, body)
    return checked(frame)


def message(kind, parent, tag, body):
    """The body comes from below, and learns here what it stands in."""
    whole = part(kind, parent, tag=tag, body=body)
    body._parent = whole
    checked(body)
    return checked(whole)


def text(name, value):
    return {f"len_{name}": len(value.encode("utf-8")), name: value}


def part(kind, parent, **fields):
    one = kind(None, parent, None if parent is None else parent._root)
    for name, value in fields.items():
        setattr(one, name, value)
    return one


def checked(one):
    """Kaitai Struct writes nothing that it has not looked at since the last change."""
    one._check()
    return one
