## What readers that Kaitai Struct generates for Nim need, for frames that are in memory. Nim's own runtime is in none of the
## registries that the conformance run uses.

type
  KaitaiStream* = ref object
    bytes: seq[byte]
    position: int
    bits: uint64
    bitsLeft: int
  KaitaiStruct* = ref object of RootObj
    io*: KaitaiStream
    root*: KaitaiStruct
  KaitaiError* = object of CatchableError

proc newKaitaiStream*(bytes: seq[byte]): KaitaiStream =
  KaitaiStream(bytes: bytes)

proc newKaitaiFileStream*(name: string): KaitaiStream =
  newKaitaiStream(cast[seq[byte]](readFile(name)))

proc isEof*(stream: KaitaiStream): bool =
  stream.bitsLeft == 0 and stream.position >= stream.bytes.len

proc alignToByte*(stream: KaitaiStream) =
  stream.bits = 0
  stream.bitsLeft = 0

proc take(stream: KaitaiStream, count: int): seq[byte] =
  let left = stream.bytes.len - stream.position
  if count < 0 or count > left:
    raise newException(KaitaiError, "requested " & $count & " bytes, but only " & $left & " bytes available")
  stream.position += count
  stream.bytes[stream.position - count ..< stream.position]

proc readBytes*(stream: KaitaiStream, count: int): seq[byte] =
  stream.alignToByte()
  stream.take(count)

proc readBytesFull*(stream: KaitaiStream): seq[byte] =
  stream.readBytes(stream.bytes.len - stream.position)

proc readBitsIntBe*(stream: KaitaiStream, count: int): uint64 =
  while stream.bitsLeft < count:
    stream.bits = (stream.bits shl 8) or stream.take(1)[0].uint64
    stream.bitsLeft += 8
  stream.bitsLeft -= count
  result = stream.bits shr stream.bitsLeft
  stream.bits = stream.bits and ((1'u64 shl stream.bitsLeft) - 1)

proc big(stream: KaitaiStream, size: int): uint64 =
  for each in stream.readBytes(size):
    result = (result shl 8) or each.uint64

proc little(stream: KaitaiStream, size: int): uint64 =
  let bytes = stream.readBytes(size)
  for index in countdown(size - 1, 0):
    result = (result shl 8) or bytes[index].uint64

proc readU1*(stream: KaitaiStream): uint8 = uint8(stream.big(1))
proc readU2be*(stream: KaitaiStream): uint16 = uint16(stream.big(2))
proc readU4be*(stream: KaitaiStream): uint32 = uint32(stream.big(4))
proc readU8be*(stream: KaitaiStream): uint64 = stream.big(8)
proc readU2le*(stream: KaitaiStream): uint16 = uint16(stream.little(2))
proc readU4le*(stream: KaitaiStream): uint32 = uint32(stream.little(4))
proc readU8le*(stream: KaitaiStream): uint64 = stream.little(8)
proc readS1*(stream: KaitaiStream): int8 = cast[int8](stream.readU1())
proc readS2be*(stream: KaitaiStream): int16 = cast[int16](stream.readU2be())
proc readS4be*(stream: KaitaiStream): int32 = cast[int32](stream.readU4be())
proc readS8be*(stream: KaitaiStream): int64 = cast[int64](stream.big(8))
proc readS2le*(stream: KaitaiStream): int16 = cast[int16](stream.readU2le())
proc readS4le*(stream: KaitaiStream): int32 = cast[int32](stream.readU4le())
proc readS8le*(stream: KaitaiStream): int64 = cast[int64](stream.little(8))
proc readF4be*(stream: KaitaiStream): float32 = cast[float32](stream.readU4be())
proc readF4le*(stream: KaitaiStream): float32 = cast[float32](stream.readU4le())
proc readF8be*(stream: KaitaiStream): float64 = cast[float64](stream.big(8))
proc readF8le*(stream: KaitaiStream): float64 = cast[float64](stream.little(8))

proc encode*(bytes: seq[byte], encoding: string): string =
  for each in bytes:
    result.add(char(each))
