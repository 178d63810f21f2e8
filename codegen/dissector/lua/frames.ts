/** How a frame of the protocol is read and shown: what stands before a message, the message, and what is wrong with it. */
export const framesLua: string = `-- The tag at the walk's place; "messages" are those that it can stand for.
local function read_tag(walk, tree, path, takes)
  local at, tag, range = walk.at, nil, nil
  if schema.tag == "string<u8>" then
    local length = walk:take(1, path):byte()
    tag = walk:take(length, path, at)
    range = walk:covered(at)
  else
    local bytes
    bytes, range = walk:take(integers[schema.tag].size, path)
    tag = unsigned(bytes, is_little)
  end
  local message = walk.family.by_tag[tag]
  if message and not (present(message, walk.version) and takes(message)) then message = nil end
  local shown = type(tag) == "string" and shown_text(tag, is_utf8(tag)) or tag
  walk:add(tree, own.tag, range, shown):append_text(message and " (" .. message.name .. ")" or "")
  if not message then unknown(path, at, tag, "message of family " .. walk.family.name) end
  return message
end

-- Bits that fill the last byte, and bytes behind the last field.
local function read_end(walk, tree, path)
  local is_strict = schema.trailing == "reject"
  local at = walk.at
  local form = string.format("ends at byte %%.0f, the bytes go on to %.0f", walk.last)
  if walk.bit > 0 then
    local rest = walk:range(at, 1):uint() % 2 ^ (8 - walk.bit)
    if is_strict and rest ~= 0 then problem("ERR_WIRE_TRAILING_BYTES", path, at, form:format(at)) end
    walk.at, walk.bit = at + 1, 0
  end
  if walk.at == walk.last then return end
  walk:add(tree, own.trailing, walk:range(walk.at, walk.last - walk.at))
  if is_strict then problem("ERR_WIRE_TRAILING_BYTES", path, walk.at, form:format(walk.at)) end
  walk.at = walk.last
end

-- A message from its tag on, up to the end of the walk, in an item of its own: its name is known even where it goes
-- wrong.
local function read_message(walk, tree, paths, takes)
  local message = read_tag(walk, tree, paths.tag, takes)
  local path = paths.fields .. message.name
  local outer = walk.matched
  walk.matched = {}
  walk.names[#walk.names + 1] = message.name
  local at = walk.at
  local item = walk:add(tree, message.field, walk:range(at, walk.last - at))
  walk.owner = item
  item:add(own.message, message.name):set_generated()
  walk:fields(message.nodes, item, path)
  read_end(walk, item, path)
  for _, part in ipairs(message.roles or {}) do
    local value = walk.matched[part.flow.match]
    if value and value.text and #value.text <= 40 then walk.names[#walk.names] = message.name .. " " .. value.text end
  end
  link(walk.pinfo, item, message, walk.matched)
  walk.matched = outer
end

-- A message inside of another one; it holds none itself.
function Walk:inner_message(node, tree, path, length)
  local last = self.last
  self.last = self.at + length
  local item = self:add(tree, node.field, self:range(self.at, length))
  read_message(self, item, { tag = path .. ".tag", fields = path .. "." }, function(message)
    return not message.holds_messages
  end)
  self.last = last
end

local function hex(text)
  return (text:gsub(".", function(byte) return string.format("%02x ", byte:byte()) end):gsub(" $", ""))
end

local function known_versions()
  local numbers = {}
  for number in pairs(schema.versions) do numbers[#numbers + 1] = number end
  table.sort(numbers)
  return numbers
end

-- What stands before a message: bytes that open every frame, and the version. A frame without one has the only one.
local function read_header(walk, tree)
  if #schema.magic > 0 then
    local bytes, range = walk:take(#schema.magic, "frame.signature")
    walk:add(tree, own.signature, range, shown_text(bytes, is_utf8(bytes)))
    if bytes ~= schema.magic then
      local text = "is " .. hex(bytes) .. ", expected " .. hex(schema.magic)
      problem("ERR_WIRE_BAD_SIGNATURE", "frame.signature", 0, text)
    end
  end
  local versions = known_versions()
  walk.version = versions[1]
  if schema.version then
    local at = walk.at
    local bytes, range = walk:take(integers[schema.version].size, "frame.version")
    walk.version = unsigned(bytes, is_little)
    walk:add_number(tree, own.version, range)
    if not schema.versions[walk.version] then
      local text = string.format("is %.0f, expected %s", walk.version, table.concat(versions, ", "))
      problem("ERR_WIRE_UNSUPPORTED_VERSION", "frame.version", at, text)
    end
  end
  walk.packing = schema.versions[walk.version]
end

-- Says at the place what is wrong, and what was not read because of it.
local function show_problem(walk, root, found)
  local is_known = type(found) == "table"
  local is_truncated = is_known and found.code == "ERR_WIRE_TRUNCATED"
  local last = walk.frame_bytes
  local unread = math.min(is_truncated and found.offset or walk.at, last)
  if unread < last then root:add(own.unread, walk:range(unread, last - unread)) end
  if not is_known then
    root:add_proto_expert_info(experts.failed, tostring(found))
    return
  end
  local text = string.format("%s (byte %.0f, %s)", found.text, found.offset, found.code)
  local place = walk.item
  if is_truncated then place = walk.owner ~= silent and walk.owner or root end
  place:add_proto_expert_info(experts[found.code], text)
  root:add(own.error_code, found.code):set_generated()
  root:add(own.error_path, found.path):set_generated()
  root:add(own.error_offset, found.offset):set_generated()
end

-- Several messages share a packet: the first one takes the column, the others are added.
local function show_in_columns(pinfo, text)
  local columns = pinfo.cols
  if tostring(columns.protocol) == schema.name:upper() then
    columns.info:append(", " .. text)
  else
    columns.protocol:set(schema.name:upper())
    columns.info:set(text)
  end
end

-- Names in a line, the first of them where there are many.
local function list_text(names)
  if #names == 0 then return "no message" end
  local more = #names > 10 and string.format(" and %d more", #names - 10) or ""
  return table.concat(names, ", ", 1, math.min(#names, 10)) .. more
end

-- Reads a frame of the protocol and shows it in the tree. Whatever its bytes are, this raises no error.
local function dissect_frame(tvb, pinfo, root, start, length)
  local family = family_of(pinfo)
  local walk = new_walk(tvb, start, length, family)
  walk.pinfo, walk.names, walk.matched, walk.frame_bytes = pinfo, {}, {}, length
  walk.item, walk.owner = root, root
  root:add(own.family, family.name):set_generated()
  local ok, found = pcall(function()
    read_header(walk, root)
    read_message(walk, root, { tag = "frame.tag", fields = "" }, function() return true end)
  end)
  local what = list_text(walk.names)
  if not ok then
    show_problem(walk, root, found)
    what = what .. " (malformed)"
  end
  if walk.items > items_max then what = what .. " (shown in part)" end
  local version = walk.version and schema.version and ", version " .. walk.version or ""
  root:set_text(schema.name:upper() .. ": " .. what .. version .. ", family " .. family.name)
  show_in_columns(pinfo, what)
end
`;
