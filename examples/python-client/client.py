"""Sets a key of the key-value store, twice by one request, and reads it: python3 client.py [HOST:PORT]"""

import sys

from key_value import get_query, set_command, value_of
from session import Session, SessionError
from zmtp_client import ZmtpClient, ZmtpError


def main(address="127.0.0.1:7000"):
    host, port = address.rsplit(":", 1)
    connection = ZmtpClient(host, int(port))
    session = Session(connection)
    print(f"session {session.session_id}, version {session.version}")

    first = session.submit(1, set_command("greeting", "hello"))
    print(f"request 1 set greeting to hello, answer {answer_of(first)}")
    session.submit(2, set_command("greeting", "bonjour"))
    print("request 2 set greeting to bonjour")

    again = session.submit(1, set_command("greeting", "hello"))
    print(f"request 1, sent again, answer {answer_of(again)}")

    value = value_of(session.query("read-1", get_query("greeting")).result)
    is_once = value == "bonjour" and answer_of(again) == answer_of(first)
    print(f"greeting is {value}: request 1 was applied {'once' if is_once else 'again'}")
    print(f"nobody is {value_of(session.query('read-2', get_query('nobody')).result)}")
    print(f"closed: {session.close()}")
    connection.close()
    return 0 if is_once else 1


def answer_of(response):
    """All of an answer. Version 2 says where in the log the command was applied: that cannot be the same by chance."""
    return {"result": response.result, "commit index": getattr(response, "commit_index", None)}


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except (OSError, SessionError, ZmtpError) as error:
        sys.exit(f"{error}")
