"""Reads frames, one a line, and writes each from the fields that were found in it. At the end come frames of its own."""

import importlib
import json
import sys
from io import BytesIO
from pathlib import Path

# The runtime is where the readers are.
sys.path.append(str(Path(__file__).parent.parent))

from kaitaistruct import KaitaiStream, KaitaiStruct

import made_frames


def made_anew(one, parent, root):
    """A structure of which only the fields are known, in a tree of such."""
    fresh = type(one)(None, parent, root)
    for name, value in list(vars(one).items()):
        if not name.startswith("_"):
            setattr(fresh, name, value_anew(value, fresh))
    fresh._check()
    return fresh


def value_anew(value, parent):
    if isinstance(value, KaitaiStruct):
        return made_anew(value, parent, parent._root)
    if isinstance(value, list):
        return [value_anew(element, parent) for element in value]
    return value


def written(one, size):
    stream = KaitaiStream(BytesIO(bytes(size)))
    one._write(stream)
    return stream.to_byte_array()[: stream.pos()]


with open(sys.argv[1]) as frames:
    for line in frames:
        file, name, digits = line.rstrip("\n").split(" ")
        frame = bytes.fromhex(digits)
        try:
            found = getattr(importlib.import_module(file), name)(KaitaiStream(BytesIO(frame)))
            found._read()
            print(written(made_anew(found, None, None), len(frame)).hex())
        except Exception as error:
            print("!" + f"{type(error).__name__} {error}".splitlines()[0])

for subject, message, one in made_frames.all_frames():
    print(json.dumps({"subject": subject, "message": message, "hex": written(one, 1000).hex()}))
