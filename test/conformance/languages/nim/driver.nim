## Reads frames, one a line, and writes what readers find in each. The module `readings` is generated from the .ksy files.

import os, strutils
import kaitai_struct_nim_runtime, readings

for line in lines(paramStr(1)):
  let parts = line.split(' ')
  let text = parseHexStr(parts[2])
  var bytes: seq[byte]
  for each in text:
    bytes.add(byte(each))
  # What enums and slices find out of range are defects, not errors.
  try:
    echo readFrame(parts[0], newKaitaiStream(bytes))
  except Exception as error:
    echo "!", error.name, " ", error.msg.splitLines()[0]
