"""Reads frames, one a line, and writes what readers find in each."""

import importlib
import json
import sys
from enum import Enum

from kaitaistruct import KaitaiStruct


def reading(value):
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, bytes):
        return "x" + value.hex()
    if isinstance(value, str):
        return "x" + value.encode("utf-8").hex()
    if isinstance(value, list):
        return [reading(element) for element in value]
    assert isinstance(value, KaitaiStruct)
    return {name: reading(member) for name, member in vars(value).items() if not name.startswith("_") and member is not None}


with open(sys.argv[1]) as frames:
    for line in frames:
        file, name, digits = line.rstrip("\n").split(" ")
        reader = getattr(importlib.import_module(file), name)
        try:
            print(json.dumps(reading(reader.from_bytes(bytes.fromhex(digits)))))
        except Exception as error:
            print("!" + f"{type(error).__name__} {error}".splitlines()[0])
