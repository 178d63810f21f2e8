/** Integers of 64 bits, which numbers of Lua 5.2 do not hold, and how integers are read from bytes. */
export const integersLua: string = `-- Integers of 64 bits in two halves, since numbers of Lua 5.2 hold 53 bits. The upper half has the sign.
local Wide = {}
Wide.__eq = function(a, b) return a.high == b.high and a.low == b.low end
Wide.__lt = function(a, b) return a.high < b.high or (a.high == b.high and a.low < b.low) end
Wide.__le = function(a, b) return not (b < a) end

local function wide(high, low)
  return setmetatable({ high = high, low = low }, Wide)
end

local two_to_32 = 4294967296

-- As Wireshark's own kind of integer, which can be shown.
local function wide_object(value, is_signed)
  local high = value.high < 0 and value.high + two_to_32 or value.high
  if is_signed then return Int64.new(value.low, high) end
  return UInt64.new(value.low, high)
end

-- Size, signedness and type in Wireshark of each integer on the wire.
local integers = {
  u8 = { size = 1, ftype = ftypes.UINT8 },
  u16 = { size = 2, ftype = ftypes.UINT16 },
  u32 = { size = 4, ftype = ftypes.UINT32 },
  i8 = { size = 1, signed = true, ftype = ftypes.INT8 },
  i16 = { size = 2, signed = true, ftype = ftypes.INT16 },
  i32 = { size = 4, signed = true, ftype = ftypes.INT32 },
  u53 = { size = 8, ftype = ftypes.UINT64, min = wide(0, 0), max = wide(2097151, 4294967295) },
  i53 = { size = 8, signed = true, ftype = ftypes.INT64, min = wide(-2097152, 1), max = wide(2097151, 4294967295) },
  u64 = { size = 8, ftype = ftypes.UINT64 },
  i64 = { size = 8, signed = true, ftype = ftypes.INT64 },
}

-- Up to four bytes as a number without a sign.
local function unsigned(bytes, is_little)
  if is_little then bytes = bytes:reverse() end
  local value = 0
  for index = 1, #bytes do value = value * 256 + bytes:byte(index) end
  return value
end

local function with_sign(value, size)
  local half = 2 ^ (size * 8 - 1)
  return value >= half and math.floor(value - 2 * half) or value
end

-- The integer that bytes are: a number, or of eight bytes a wide one.
local function integer_of(bytes, kind, is_little)
  if kind.size < 8 then
    local value = unsigned(bytes, is_little)
    return kind.signed and with_sign(value, kind.size) or value
  end
  if is_little then bytes = bytes:reverse() end
  local high, low = unsigned(bytes:sub(1, 4)), unsigned(bytes:sub(5))
  return wide(kind.signed and with_sign(high, 4) or high, low)
end

local function integer_text(value, kind)
  if type(value) == "table" then return tostring(wide_object(value, kind.signed)) end
  return string.format("%.0f", value)
end
`;
