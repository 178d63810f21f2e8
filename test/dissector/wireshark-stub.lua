-- What a dissector uses of Wireshark, for a Lua that Wireshark is not built with here: runs a dissector over frames, each
-- as one datagram to a server, and prints what it adds to the tree in the form of tshark's PDML.
--
--   lua5.4 wireshark-stub.lua DISSECTOR FAMILY FILE-WITH-A-FRAME-IN-HEXADECIMAL-PER-LINE
local script, family, frames_file = ...

-- A table that has nothing but what is in it, as Wireshark's own.
local function closed(what, entries)
  return setmetatable(entries, { __index = function(_, key) error(what .. " has no " .. tostring(key), 2) end })
end

local function names(what, list)
  local entries = {}
  for name in list:gmatch("%S+") do entries[name] = name end
  return closed(what, entries)
end

ftypes = names("ftypes", "NONE BOOLEAN UINT8 UINT16 UINT32 UINT64 INT8 INT16 INT32 INT64 FLOAT DOUBLE STRING BYTES GUID FRAMENUM RELATIVE_TIME")
base = names("base", "NONE DEC HEX")
frametype = names("frametype", "REQUEST RESPONSE")
expert = closed("expert", {
  group = names("group", "MALFORMED UNDECODED"), severity = names("severity", "NOTE WARN ERROR"),
})
DESEGMENT_ONE_MORE_SEGMENT = 0x0fffffff

local function unsigned_text(value)
  if value >= 0 then return string.format("%d", value) end
  local tens = (value >> 1) // 5
  return string.format("%d%d", tens, value - tens * 10)
end

local function wide(text)
  return { new = function(low, high)
    assert(math.type(low) and math.type(high) and low >= 0 and high >= 0, "halves are numbers")
    local value = (math.tointeger(high) << 32) | math.tointeger(low)
    return setmetatable({}, { __tostring = function() return text(value) end })
  end }
end
Int64 = wide(function(value) return string.format("%d", value) end)
UInt64 = wide(unsigned_text)
NSTime = { new = function(seconds, nanoseconds)
  return setmetatable({}, { __tostring = function() return string.format("%d.%09d", seconds, nanoseconds) end })
end }

-- Buffers, and ranges of them.
local Range = {}
Range.__index = Range
function Range:raw() return self.bytes end
function Range:len() return #self.bytes end
function Range:uint()
  assert(#self.bytes >= 1 and #self.bytes <= 4, "a number of 1 to 4 bytes")
  return (string.unpack(">I" .. #self.bytes, self.bytes))
end
local Tvb = {}
Tvb.__index = Tvb
function Tvb:len() return #self.bytes end
function Tvb:range(offset, length)
  offset = offset or 0
  length = length or #self.bytes - offset
  -- Wireshark takes floats that are whole numbers, and no others.
  offset, length = assert(math.tointeger(offset)), assert(math.tointeger(length))
  assert(offset >= 0 and length >= 0 and offset + length <= #self.bytes, "Range is out of bounds")
  return setmetatable({ bytes = self.bytes:sub(offset + 1, offset + length) }, Range)
end
local function tvb_of(bytes) return setmetatable({ bytes = bytes }, Tvb) end
ByteArray = { new = function(bytes, is_raw)
  assert(is_raw == true)
  return { tvb = function() return tvb_of(bytes) end }
end }

-- Protocols and their fields.
local function field(name, abbreviation, ftype, values, _, _, doc)
  assert(type(name) == "string" and abbreviation:match("^[%w_.-]+$") and (doc == nil or type(doc) == "string"))
  return { kind = "field", name = name, abbreviation = abbreviation, ftype = ftype, values = values }
end
ProtoField = { new = field }
ProtoExpert = { new = function(abbreviation, _, group, severity)
  return { abbreviation = abbreviation, group = group, severity = severity }
end }
Pref = {
  range = function(_, default) return default end,
  enum = function(_, default, _, choices) return { default = default, choices = choices } end,
}
local proto
function Proto(name)
  assert(not proto, "one protocol")
  local preferences = setmetatable({}, { __newindex = function(table, key, value)
    rawset(table, key, type(value) == "table" and value.default or value)
    if key:match("^from_") then
      for _, choice in ipairs(value.choices) do
        if choice[2] == family then rawset(table, key, choice[3]) end
      end
    end
  end })
  proto = { kind = "proto", abbreviation = name, prefs = preferences, register_heuristic = function() end }
  return proto
end
DissectorTable = { get = function()
  return { add = function() end, remove = function() end, add_for_decode_as = function() end }
end }

-- The tree.
local decoders = {
  NONE = function() return "" end,
  STRING = function(bytes) return bytes end,
  BYTES = function(bytes) return (bytes:gsub(".", function(byte) return string.format("%02x:", byte:byte()) end):gsub(":$", "")) end,
  GUID = function(bytes)
    return string.format("%08x-%04x-%04x-%04x-%04x%08x", string.unpack(">I4I2I2I2I2I4", bytes))
  end,
  BOOLEAN = function(bytes) return bytes:byte() ~= 0 and "1" or "0" end,
  FLOAT = function(bytes, order) return string.format("%.6g", (string.unpack(order .. "f", bytes))) end,
  DOUBLE = function(bytes, order) return string.format("%.15g", (string.unpack(order .. "d", bytes))) end,
}
for bits = 8, 64, 8 do
  decoders["INT" .. bits] = function(bytes, order) return string.format("%d", (string.unpack(order .. "i" .. #bytes, bytes))) end
  decoders["UINT" .. bits] = function(bytes, order) return unsigned_text((string.unpack(order .. "I" .. #bytes, bytes))) end
end

local function given_text(ftype, value)
  if ftype == "BOOLEAN" then return (value == true or value == 1) and "1" or "0" end
  if type(value) == "number" then return string.format("%d", value) end
  return tostring(value)
end

local Item = {}
Item.__index = Item
local function add(item, order, what, ...)
  local range, value = ...
  local has_value = select("#", ...) > 1
  if getmetatable(range) ~= Range then range, value, has_value = nil, range, range ~= nil end
  local added = { what = what, children = {} }
  if what.kind == "field" then
    assert(what.ftype ~= "NONE" or not has_value, "FT_ not yet supported")
    added.show = has_value and given_text(what.ftype, value) or decoders[what.ftype](range.bytes, order)
    local name = type(what.values) == "table" and what.values[math.tointeger(added.show)]
    added.text = what.name .. (added.show == "" and "" or ": " .. (name and name .. " (" .. added.show .. ")" or added.show))
  else
    added.show, added.text = "", what.abbreviation
  end
  table.insert(item.children, added)
  return setmetatable(added, Item)
end
function Item:add(...) return add(self, ">", ...) end
function Item:add_le(...) return add(self, "<", ...) end
function Item:append_text(text) self.text = self.text .. text return self end
function Item:set_text(text) self.text = text return self end
function Item:set_len(length) assert(math.tointeger(length) >= 0) return self end
function Item:set_generated() return self end
function Item:add_proto_expert_info(what, text)
  local line = "Expert Info (" .. what.severity .. "/" .. what.group .. "): " .. text
  table.insert(self.children, { what = { abbreviation = "_ws.expert" }, show = "", text = line, children = {} })
end

local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }
local function print_item(item)
  local function attribute(text) return (text:gsub('[&<>"]', entities)) end
  io.write(string.format('<field name="%s" showname="%s" show="%s">', item.what.abbreviation, attribute(item.text),
    attribute(item.show)))
  for _, child in ipairs(item.children) do print_item(child) end
  io.write("</field>\n")
end

dofile(script)
local registered = {}
for _, one in ipairs(proto.fields) do
  local known = registered[one.abbreviation]
  assert(not known, "two fields are called " .. one.abbreviation)
  registered[one.abbreviation] = one
end
proto.prefs.ports, proto.prefs.framing = "7000", 3
proto.prefs_changed()
proto.init()
local number = 0
for line in io.lines(frames_file) do
  number = number + 1
  local function column() return setmetatable({}, { __index = { set = function() end, append = function() end } }) end
  local pinfo = {
    number = number, visited = false, rel_ts = number / 1000, src = "127.0.0.1", dst = "127.0.0.1", src_port = 50000,
    dst_port = 7000, match = 7000, can_desegment = 0, cols = { protocol = column(), info = column() },
  }
  local root = setmetatable({ children = {} }, Item)
  local bytes = line:gsub("%x%x", function(digits) return string.char(tonumber(digits, 16)) end)
  proto.dissector(tvb_of(bytes), pinfo, root)
  print("<packet>")
  for _, item in ipairs(root.children) do print_item(item) end
end
