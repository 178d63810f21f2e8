/** How bytes are taken from a frame, also where they do not begin at a byte, and how items get into the tree. */
export const readingLua: string = `-- Ends the reading of a frame: why it is no message, and where. The texts are those of generated decoders.
local function problem(code, path, offset, text)
  error({ code = code, path = path, offset = offset, text = path .. " " .. text }, 0)
end

local function truncated(path, at, last, size)
  local left = math.max(0, last - at)
  problem("ERR_WIRE_TRUNCATED", path, at, string.format("needs %.0f bytes, %.0f are left", size, left))
end

local function present(thing, version)
  return (thing.since or 1) <= version and (not thing.removed or version < thing.removed)
end

-- Takes what is added to the tree when there is more of it than anybody reads, and more than Wireshark takes.
local silent = {}
for _, method in ipairs({ "add", "add_le", "append_text", "set_generated", "set_len", "set_text" }) do
  silent[method] = function() return silent end
end

local items_max = 20000

-- Reads a frame: "at" is the next byte and "bit" how much of it is used up; nothing is read from "last" on. Offsets
-- count from the start of the frame, which is at "start" in the buffer.
local Walk = {}
Walk.__index = Walk

local function new_walk(tvb, start, length, family)
  local walk = { tvb = tvb, start = start, at = 0, bit = 0, last = length, family = family, items = 0 }
  return setmetatable(walk, Walk)
end

-- Bytes of the buffer, by their offset in the frame.
function Walk:range(at, size)
  return self.tvb:range(self.start + at, size)
end

-- Requires that the next bytes are there; "at" is where the value begins that they belong to.
function Walk:need(size, path, at)
  local behind = self.at + size + (self.bit == 0 and 0 or 1)
  if behind > self.last then truncated(path, at, self.last, behind - at) end
end

-- Bytes as a string, moved up where they do not begin at a byte.
function Walk:bytes(at, bit, size)
  if size == 0 then return "" end
  if bit == 0 then return self:range(at, size):raw() end
  local raw, parts = self:range(at, size + 1):raw(), {}
  local up, down = 2 ^ bit, 2 ^ (8 - bit)
  for index = 1, size do
    local first, second = raw:byte(index, index + 1)
    parts[index] = string.char(math.floor((first * up) % 256 + math.floor(second / down)))
  end
  return table.concat(parts)
end

-- The next bytes, as a string and as a range of the buffer; goes behind them.
function Walk:take(size, path, at)
  self:need(size, path, at or self.at)
  local from, bit = self.at, self.bit
  self.at = from + size
  return self:bytes(from, bit, size), self:range(from, size + (bit == 0 and 0 or 1))
end

-- One bit.
function Walk:flag(path)
  local at = self.at
  if at >= self.last then truncated(path, at, self.last, 1) end
  local range = self:range(at, 1)
  local is_set = math.floor(range:uint() / 2 ^ (7 - self.bit)) % 2 == 1
  self.bit = self.bit + 1
  if self.bit == 8 then self.at, self.bit = at + 1, 0 end
  return is_set, range
end

-- Bytes of the buffer from an offset up to where the walk is.
function Walk:covered(from)
  return self:range(from, self.at - from + (self.bit == 0 and 0 or 1))
end

function Walk:counted()
  self.items = self.items + 1
  return self.items <= items_max
end

-- Adds a value that the bytes of the range are, or that is given.
function Walk:add(tree, field, range, value)
  if not self:counted() then return silent end
  if value == nil then self.item = tree:add(field, range) else self.item = tree:add(field, range, value) end
  return self.item
end

-- Adds the number that the bytes of the range are, in the byte order of the schema.
function Walk:add_number(tree, field, range)
  if not self:counted() then return silent end
  self.item = is_little and tree:add_le(field, range) or tree:add(field, range)
  return self.item
end

-- A range of the buffer that holds what bytes are, of a buffer of their own where they do not begin at a byte.
function Walk:straight(range, bit, bytes, label)
  if bit == 0 then return range end
  return ByteArray.new(bytes, true):tvb(label):range()
end
`;
