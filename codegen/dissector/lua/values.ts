/** How values of every type of the schema language are read and shown. */
export const valuesLua: string = String.raw`local function is_utf8(text)
  if not text:find("[\128-\255]") then return true end
  local at, length = 1, #text
  while at <= length do
    local first, second = text:byte(at, at + 1)
    local more, least, most = 0, 128, 191
    if first >= 194 and first <= 223 then more = 1
    elseif first >= 224 and first <= 239 then
      more, least, most = 2, first == 224 and 160 or 128, first == 237 and 159 or 191
    elseif first >= 240 and first <= 244 then
      more, least, most = 3, first == 240 and 144 or 128, first == 244 and 143 or 191
    elseif first >= 128 then return false end
    if more > 0 and (second == nil or second < least or second > most) then return false end
    for index = at + 2, at + more do
      local next_byte = text:byte(index)
      if next_byte == nil or next_byte < 128 or next_byte > 191 then return false end
    end
    at = at + more + 1
  end
  return true
end

-- Texts of Wireshark end at a zero, so that another character stands for it; what is no text is shown byte by byte.
local function shown_text(text, is_valid)
  if is_valid then return (text:gsub("\0", "\226\144\128")) end
  return (text:gsub("[^\32-\126]", function(byte) return string.format("\\x%02x", byte:byte()) end))
end

local function quoted(text)
  return '"' .. text:gsub('[\\"]', "\\%0"):gsub("\n", "\\n") .. '"'
end

local function require_range(range, value, refuse, text)
  if range.min and value < range.min then refuse("the smallest is " .. text(range.min)) end
  if range.max and range.max < value then refuse("the largest is " .. text(range.max)) end
end

-- What a size, of bytes or entries, must be.
local function check_size(node, what, size, path, at)
  for _, checks in ipairs(node.checks) do
    if checks[what] then
      require_range(checks[what], size, function(limit)
        local form = what == "length" and "has a length of %.0f bytes, %s" or "has %.0f entries, %s"
        problem("ERR_WIRE_OUT_OF_RANGE", path, at, string.format(form, size, limit))
      end, function(number) return string.format("%.0f", number) end)
    end
  end
end

local function check_value(node, value, text, path, at)
  local function refuse(limit) problem("ERR_WIRE_OUT_OF_RANGE", path, at, "is " .. text(value) .. ", " .. limit) end
  for _, checks in ipairs(node.checks) do
    if checks.range then require_range(checks.range, value, refuse, text) end
    for _, refused in ipairs(checks.refused or {}) do
      if value == refused then refuse("which is not allowed") end
    end
  end
end

-- The length or count before a value.
local function read_prefix(walk, prefix, path, at, form)
  local kind = integers[prefix]
  local value = integer_of(walk:take(kind.size, path), kind, is_little)
  if value < 0 then problem("ERR_WIRE_OUT_OF_RANGE", path, at, string.format(form, value)) end
  return value
end

local function read_length(walk, node, path)
  if node.length == "rest" then return walk.last - walk.at end
  return read_prefix(walk, node.length, path, walk.at, "has a length of %.0f bytes, the smallest is 0")
end

local function unknown(path, at, tag, what)
  local text = type(tag) == "string" and quoted(shown_text(tag, is_utf8(tag))) or string.format("%.0f", tag)
  problem("ERR_WIRE_UNKNOWN_DISCRIMINATOR", path, at, "is " .. text .. ", which is no " .. what)
end

local function find_tag(values, tag, version)
  for _, value in ipairs(values) do
    if value.tag == tag and present(value, version) then return value end
  end
end

-- Adds an integer, and gives it: by its bytes, or by its value where these do not begin at a byte.
local function read_integer(walk, node, tree, path)
  local bit = walk.bit
  local bytes, range = walk:take(node.integer.size, path)
  local value = integer_of(bytes, node.integer, is_little)
  if bit == 0 then return value, walk:add_number(tree, node.field, range) end
  local given = type(value) == "table" and wide_object(value, node.integer.signed) or value
  return value, walk:add(tree, node.field, range, given)
end

-- The date of an instant, what a number counts, or nothing.
local function unit_text(node, value)
  local per_second = ({ s = 1, ms = 1000, us = 1000000, ns = 1000000000 })[node.unit]
  local number = type(value) == "table" and value.high * two_to_32 + value.low or value
  local seconds = per_second and math.floor(number / per_second)
  if node.as == "instant" and seconds and seconds >= 0 and seconds < 253402300800 then
    local rest = string.format("%.0f", number % per_second)
    local digits = #string.format("%.0f", per_second) - 1
    local fraction = digits == 0 and "" or "." .. string.rep("0", digits - #rest) .. rest
    return " " .. node.unit .. " (" .. os.date("!%Y-%m-%d %H:%M:%S", seconds) .. fraction .. " UTC)"
  end
  return node.unit and " " .. node.unit or ""
end

local readers = {}

-- Reads a value, adds it below the tree, and gives what it is where that is an integer or a text.
local function read_value(walk, node, tree, path)
  return readers[node.kind](walk, node, tree, path)
end

function readers.integer(walk, node, tree, path)
  local at = walk.at
  local value, item = read_integer(walk, node, tree, path)
  item:append_text(unit_text(node, value))
  local function text(number) return integer_text(number, node.integer) end
  if node.integer.min and (value < node.integer.min or node.integer.max < value) then
    local which = value < node.integer.min and "smallest" or "largest"
    local limit = text(value < node.integer.min and node.integer.min or node.integer.max)
    local form = "is %s, the %s safe integer is %s"
    problem("ERR_WIRE_OUT_OF_RANGE", path, at, form:format(text(value), which, limit))
  end
  check_value(node, value, text, path, at)
  return text(value)
end

function readers.enum(walk, node, tree, path)
  local at = walk.at
  local tag = read_integer(walk, node, tree, path)
  local value = find_tag(node.values, tag, walk.version)
  if not value and not node.keeps_unknown then unknown(path, at, tag, node.type_name) end
  return value and value.name or string.format("%.0f", tag)
end

-- A byte that is 0 or 1.
local function read_flag_byte(walk, field, tree, path)
  local at = walk.at
  local bytes, range = walk:take(1, path)
  local value = bytes:byte()
  walk:add(tree, field, range, value)
  if value > 1 then
    problem("ERR_WIRE_OUT_OF_RANGE", path, at, string.format("is %.0f, a flag is 0 or 1", value))
  end
  return value == 1
end

-- A flag of a message: in a bit-packed version a bit.
local function read_flag(walk, field, tree, path)
  if walk.packing ~= "bit" then return read_flag_byte(walk, field, tree, path) end
  local is_set, range = walk:flag(path)
  walk:add(tree, field, range, is_set and 1 or 0)
  return is_set
end

function readers.bool(walk, node, tree, path)
  read_flag_byte(walk, node.field, tree, path)
end

-- Floating-point numbers, UUIDs and bytes of a fixed number.
local function read_fixed(walk, node, tree, path)
  local bit = walk.bit
  local bytes, range = walk:take(node.size, path)
  range = walk:straight(range, bit, bytes, path)
  if node.kind == "f32" or node.kind == "f64" then walk:add_number(tree, node.field, range)
  else walk:add(tree, node.field, range) end
end

readers.f32, readers.f64, readers.uuid, readers.fixed_bytes = read_fixed, read_fixed, read_fixed, read_fixed

function readers.string(walk, node, tree, path)
  local at = walk.at
  local length = read_length(walk, node, path)
  local text = walk:take(length, path, at)
  local is_valid = is_utf8(text)
  walk:add(tree, node.field, walk:covered(at), shown_text(text, is_valid))
  if not is_valid then problem("ERR_WIRE_INVALID_UTF8", path, at, "is not valid UTF-8") end
  check_size(node, "length", length, path, at)
  check_value(node, text, quoted, path, at)
  return text
end

function readers.bytes(walk, node, tree, path)
  local at = walk.at
  local length = read_length(walk, node, path)
  walk:need(length, path, at)
  local from, bit = walk.at, walk.bit
  walk.at = from + length
  local range = bit == 0 and walk:range(from, length)
    or walk:straight(walk:covered(from), bit, walk:bytes(from, bit, length), path)
  walk:add(tree, node.field, range):append_text(string.format(" (%.0f bytes)", length))
  check_size(node, "length", length, path, at)
end

-- Below an item of its own, which covers in the end what was read below it.
local function nested(walk, node, tree, read)
  local at = walk.at
  local item = walk:add(tree, node.field, walk:range(at, 0))
  read(item)
  item:set_len(walk.at - at)
end

function readers.struct(walk, node, tree, path)
  nested(walk, node, tree, function(item) walk:fields(node.fields, item, path) end)
end

function readers.union(walk, node, tree, path)
  local at = walk.at
  local tag, item = read_integer(walk, node, tree, path)
  local case = find_tag(node.cases, tag, walk.version)
  if not case then unknown(path, at, tag, node.type_name) end
  walk:fields(case.fields, item, path)
  item:set_len(walk.at - at)
end

-- Reads a count, and does not believe it before it is known that the rest can hold so many entries.
local function read_count(walk, node, item, path)
  local at = walk.at
  local count = read_prefix(walk, node.length, path, at, "has %.0f entries, the smallest is 0")
  walk:add(item, node.count, walk:covered(at), count)
  item:append_text(count == 1 and ": 1 entry" or string.format(": %.0f entries", count))
  check_size(node, "count", count, path, at)
  local most = math.floor((walk.last - walk.at) / node.least[walk.version])
  if count > most then
    local text = string.format("has %.0f entries, the rest of the frame holds at most %.0f", count, most)
    problem("ERR_WIRE_TRUNCATED", path, at, text)
  end
  return count
end

function readers.list(walk, node, tree, path)
  nested(walk, node, tree, function(item)
    local at, index = walk.at, 0
    local count = node.length ~= "rest" and read_count(walk, node, item, path) or nil
    while count and index < count or not count and walk.at < walk.last do
      read_value(walk, node.element, item, string.format("%s[%.0f]", path, index))
      index = index + 1
    end
    if not count then check_size(node, "count", index, path, at) end
  end)
end

function readers.map(walk, node, tree, path)
  nested(walk, node, tree, function(item)
    for index = 0, read_count(walk, node, item, path) - 1 do
      local key = read_value(walk, node.key, item, string.format("%s[%.0f]", path, index))
      read_value(walk, node.value, item, path .. "[" .. quoted(key) .. "]")
    end
  end)
end

function readers.message(walk, node, tree, path)
  local at = walk.at
  local length = read_length(walk, node, path)
  walk:need(length, path, at)
  walk:inner_message(node, tree, path, length)
end

-- The fields of a message, struct or case that the version has.
function Walk:fields(nodes, tree, path)
  for _, node in ipairs(nodes) do
    if present(node, self.version) then
      local field_path = path .. "." .. node.name
      local at, bit = self.at, self.bit
      if node.kind == "bool" and not node.optional then
        read_flag(self, node.field, tree, field_path)
      elseif not node.optional or read_flag(self, node.presence, tree, field_path) then
        local value = read_value(self, node, tree, field_path)
        if node.matches and self.bit == bit then
          self.matched[node.name] = { key = self:bytes(at, bit, self.at - at), text = value }
        end
      end
    end
  end
end
`;
