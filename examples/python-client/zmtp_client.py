"""A ZeroMQ CLIENT socket in the standard library: ZMTP 3.1 with the mechanism NULL (https://rfc.zeromq.org/spec/37/)."""

import socket
import struct


class ZmtpError(Exception):
    """The other side does not speak what we speak, or has gone."""


class ZmtpClient:
    """One connection to a SERVER. What is sent is one frame, and so is what is received."""

    MORE, LONG, COMMAND = 1, 2, 4

    def __init__(self, host, port, timeout_seconds=10):
        self._socket = socket.create_connection((host, port), timeout_seconds)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._greet()
        self._handshake()

    def send(self, frame):
        self._write(0, frame)

    def receive(self):
        """The next message. Answers heartbeats on the way."""
        while True:
            flags, body = self._read()
            if not flags & self.COMMAND:
                return body
            name, data = self._command(body)
            if name == b"PING":
                # After the name and the time to live there is a context, which the answer repeats.
                self._write(self.COMMAND, b"\x04PONG" + data[2:])
            elif name == b"ERROR":
                raise ZmtpError(f"the server refuses us: {data[1:].decode('utf-8', 'replace')}")

    def close(self):
        self._socket.close()

    def _greet(self):
        """Both sides send 64 bytes: signature, version, mechanism, and zeros."""
        signature = b"\xff" + bytes(8) + b"\x7f"
        self._socket.sendall(signature + b"\x03\x01" + b"NULL".ljust(20, b"\0") + bytes(32))
        theirs = self._take(64)
        if theirs[0] != 0xFF or theirs[9] != 0x7F or theirs[10] < 3:
            raise ZmtpError("the other side does not speak ZMTP 3")
        mechanism = theirs[12:32].rstrip(b"\0")
        if mechanism != b"NULL":
            raise ZmtpError(f"the other side wants the mechanism {mechanism.decode('ascii', 'replace')}")

    def _handshake(self):
        """Each side says READY, and what kind of socket it is."""
        self._write(self.COMMAND, b"\x05READY" + b"\x0bSocket-Type" + struct.pack(">I", 6) + b"CLIENT")
        flags, body = self._read()
        name, data = self._command(body)
        if not flags & self.COMMAND or name != b"READY":
            raise ZmtpError(f"the other side says {name.decode('ascii', 'replace')} instead of READY")
        kind = self._properties(data).get(b"socket-type")
        if kind != b"SERVER":
            raise ZmtpError(f"a CLIENT talks to a SERVER, not to {kind}")

    def _properties(self, data):
        properties = {}
        while data:
            name_end = 1 + data[0]
            value_start = name_end + 4
            (length,) = struct.unpack(">I", data[name_end:value_start])
            properties[data[1:name_end].lower()] = data[value_start : value_start + length]
            data = data[value_start + length :]
        return properties

    def _command(self, body):
        name_end = 1 + body[0]
        return body[1:name_end], body[name_end:]

    def _write(self, flags, body):
        if len(body) < 256:
            header = struct.pack(">BB", flags, len(body))
        else:
            header = struct.pack(">BQ", flags | self.LONG, len(body))
        self._socket.sendall(header + body)

    def _read(self):
        flags = self._take(1)[0]
        (length,) = struct.unpack(">Q", self._take(8)) if flags & self.LONG else self._take(1)
        return flags, self._take(length)

    def _take(self, size):
        parts = bytearray()
        while len(parts) < size:
            part = self._socket.recv(size - len(parts))
            if not part:
                raise ZmtpError("the other side closed the connection")
            parts += part
        return bytes(parts)
