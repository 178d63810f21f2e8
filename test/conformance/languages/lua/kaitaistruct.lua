-- What readers that Kaitai Struct generates for Lua need, for frames that are in memory. Lua's own runtime is in none of
-- the registries that the conformance run uses.

local class = require("class")

KaitaiStruct = class.class()

function KaitaiStruct:_init(io)
  self._io = io
end

KaitaiStream = class.class()

function KaitaiStream:_init(source)
  self.bytes = source.bytes
  self.position = 0
  self.bits = 0
  self.bits_left = 0
end

function KaitaiStream:is_eof()
  return self.bits_left == 0 and self.position >= #self.bytes
end

function KaitaiStream:align_to_byte()
  self.bits = 0
  self.bits_left = 0
end

function KaitaiStream:read_bytes(count)
  self:align_to_byte()
  return self:take(count)
end

function KaitaiStream:read_bytes_full()
  return self:read_bytes(#self.bytes - self.position)
end

function KaitaiStream:read_bits_int_be(count)
  while self.bits_left < count do
    self.bits = (self.bits << 8) | self:take(1):byte()
    self.bits_left = self.bits_left + 8
  end
  self.bits_left = self.bits_left - count
  local value = self.bits >> self.bits_left
  self.bits = self.bits & ((1 << self.bits_left) - 1)
  return value
end

function KaitaiStream:take(count)
  local left = #self.bytes - self.position
  if count < 0 or count > left then
    error("requested " .. count .. " bytes, but only " .. left .. " bytes available")
  end
  self.position = self.position + count
  return self.bytes:sub(self.position - count + 1, self.position)
end

for name, format in pairs({
  u1 = "B", u2be = ">I2", u2le = "<I2", u4be = ">I4", u4le = "<I4", u8be = ">i8", u8le = "<i8",
  s1 = "b", s2be = ">i2", s2le = "<i2", s4be = ">i4", s4le = "<i4", s8be = ">i8", s8le = "<i8",
  f4be = ">f", f4le = "<f", f8be = ">d", f8le = "<d",
}) do
  KaitaiStream["read_" .. name] = function(self)
    return (string.unpack(format, self:read_bytes(string.packsize(format))))
  end
end
