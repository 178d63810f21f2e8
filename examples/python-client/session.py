"""A session with a server: the four requests, and the answers by the readers that Kaitai Struct made."""

import random
import time

import raft_requests
from generated.zraft_v1_server import ZraftV1Server
from generated.zraft_v2_server import ZraftV2Server

READERS = {1: ZraftV1Server, 2: ZraftV2Server}


class SessionError(Exception):
    """The server has refused something."""


class Session:
    """Waits for each answer before it sends the next request: as little as a client needs."""

    def __init__(self, connection):
        self._connection = connection
        # The first frame is in version 1, which every server understands. It says that we speak more.
        self.version = 1
        capabilities = {"key-value": "1", "zraft-versions": "1..2"}
        nonce = random.randint(1, 2**63 - 1)
        self._connection.send(raft_requests.create_session(self.version, capabilities, nonce))
        answer = self._answer("session_created", "session_rejected", match=lambda body: body.nonce == nonce)
        if answer.tag.name == "session_rejected":
            raise SessionError(f"no session: {answer.body.reason.name}")
        self.session_id = answer.body.session_id

    def submit(self, request_id, payload):
        """Sends a command, and gives the body of the answer. An id stands for one command, however often it is sent."""
        # Every answer stays of interest, so that the server keeps them all.
        request = raft_requests.client_request(self.version, request_id, 1, payload, _now_ms())
        self._connection.send(request)
        return self._result("client_response", "request_error", match=lambda body: body.request_id == request_id)

    def query(self, correlation_id, payload):
        self._connection.send(raft_requests.query(self.version, correlation_id, payload, _now_ms()))
        return self._result("query_response", "query_error", match=lambda body: body.correlation_id == correlation_id)

    def close(self):
        """Ends the session, and gives the server's reason for closing the connection."""
        self._connection.send(raft_requests.close_session(self.version))
        return self._answer("session_closed").body.reason.name

    def _result(self, *names, match):
        answer = self._answer(*names, match=match)
        if answer.tag.name.endswith("_error"):
            raise SessionError(f"refused: {answer.body.reason.tag.name}")
        return answer.body

    def _answer(self, *names, match=lambda body: True):
        """The next message of one of these names that matches. Others, such as news of the cluster, are passed over."""
        while True:
            # The answer to the first request says which version is spoken from then on.
            self.version, messages = messages_in(self._connection.receive())
            for message in messages:
                if message.tag.name in names and match(message.body):
                    return message
                if message.tag.name == "session_closed":
                    raise SessionError(f"the server has closed the session: {message.body.reason.name}")


def messages_in(frame):
    """The version of a frame, and its message or, where that is a batch, those in it."""
    version = frame[len(raft_requests.SIGNATURE)]
    if version not in READERS:
        raise SessionError(f"the server speaks version {version}, this client {', '.join(map(str, READERS))}")
    message = READERS[version].from_bytes(frame).message
    return version, [item.value for item in message.body.items] if message.tag.name == "batch" else [message]


def _now_ms():
    return int(time.time() * 1000)
