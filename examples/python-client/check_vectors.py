"""Holds writers and readers against the golden vectors that are generated from the schemas: python3 check_vectors.py"""

import json
import pathlib
import sys

import key_value
import raft_requests
from session import messages_in

ROOT = pathlib.Path(__file__).parents[2]

WRITERS = {
    "CreateSession": lambda version, message: raft_requests.create_session(
        version, message["capabilities"], bigint(message["nonce"]), message.get("sessionTimeout")
    ),
    "ClientRequest": lambda version, message: raft_requests.client_request(
        version,
        message["requestId"],
        message["lowestPendingRequestId"],
        data(message["payload"]),
        message["createdAt"],
    ),
    "Query": lambda version, message: raft_requests.query(
        version, message["correlationId"], data(message["payload"]), message["createdAt"]
    ),
    # The reason has one value only: ClientShutdown.
    "CloseSession": lambda version, message: raft_requests.close_session(version),
    "Set": lambda _version, message: key_value.set_command(message["key"], message["value"]),
    "Get": lambda _version, message: key_value.get_query(message["key"]),
}


def main():
    files = sorted((ROOT / "generated/protocol/vectors").glob("zraft-v?.json"))
    files += (ROOT / "examples/key-value/generated/vectors").glob("kv-v?.json")
    vectors = [vector for file in files for vector in json.loads(file.read_text("utf-8"))["vectors"]]
    requests = [vector for vector in vectors if vector["family"] in ("client", "command", "query")]
    requests = [vector for vector in requests if vector["message"]["type"] in WRITERS and "decodeOnly" not in vector]
    answers = [vector for vector in vectors if vector["family"] == "server"]
    wrong = [vector["id"] for vector in requests if not is_written(vector)]
    wrong += [vector["id"] for vector in answers if not is_read(vector)]
    print(f"{len(requests)} requests written, {len(answers)} answers read, {len(wrong)} wrong", *wrong, sep="\n  ")
    is_complete = {vector["message"]["type"] for vector in requests} == set(WRITERS) and answers
    return 0 if is_complete and not wrong else 1


def is_written(vector):
    message = vector["message"]
    return WRITERS[message["type"]](vector["version"], message).hex() == vector["hex"]


def is_read(vector):
    """Whether the reader finds the right messages, also in batches. Their fields are compared elsewhere."""
    message = vector["message"]
    expected = message["items"] if message["type"] == "Batch" else [message]
    version, messages = messages_in(bytes.fromhex(vector["hex"]))
    names = [found.tag.name.replace("_", "") for found in messages]
    return version == vector["version"] and names == [one["type"].lower() for one in expected]


def bigint(value):
    return int(value["$bigint"])


def data(value):
    return bytes.fromhex(value["$bytes"])


if __name__ == "__main__":
    sys.exit(main())
