/** ZMTP 3, by which ZeroMQ carries frames over TCP: greeting, commands and the headers of frames. */
export const zmtpLua: string = String.raw`local zmtp = {
  major = own_field("zmtp.major", "Major version", ftypes.UINT8, decimal),
  minor = own_field("zmtp.minor", "Minor version", ftypes.UINT8, decimal),
  mechanism = own_field("zmtp.mechanism", "Mechanism", ftypes.STRING),
  as_server = own_field("zmtp.as_server", "Server of the mechanism", ftypes.BOOLEAN),
  flags = own_field("zmtp.flags", "Flags", ftypes.UINT8, { base = base.HEX }),
  length = own_field("zmtp.length", "Length", ftypes.UINT64, decimal),
  command = own_field("zmtp.command", "Command", ftypes.STRING),
  property = own_field("zmtp.property", "Property", ftypes.STRING),
  value = own_field("zmtp.value", "Value", ftypes.STRING),
  reason = own_field("zmtp.reason", "Reason", ftypes.STRING),
  ttl = own_field("zmtp.ttl", "Time to live in tenths of a second", ftypes.UINT16, decimal),
  context = own_field("zmtp.context", "Context", ftypes.BYTES),
}

local greeting_bytes = 64
local frame_bytes_max = schema.frame_bytes_max or 64 * 1024 * 1024

local function dissect_greeting(tvb, pinfo, tree, offset)
  local item = tree:add(proto, tvb:range(offset, greeting_bytes))
  local mechanism = tvb:range(offset + 12, 20):raw():gsub("\0.*", "")
  local major, minor = tvb:range(offset + 10, 1):uint(), tvb:range(offset + 11, 1):uint()
  item:set_text(string.format("%s: greeting of ZMTP %d.%d", schema.name:upper(), major, minor))
  item:add(zmtp.major, tvb:range(offset + 10, 1))
  item:add(zmtp.minor, tvb:range(offset + 11, 1))
  item:add(zmtp.mechanism, tvb:range(offset + 12, 20), shown_text(mechanism, is_utf8(mechanism)))
  item:add(zmtp.as_server, tvb:range(offset + 32, 1))
  show_in_columns(pinfo, "ZMTP greeting")
end

-- What a socket says of itself. Which end is the server is kept: it decides what the frames of both mean.
local function read_properties(walk, pinfo, item)
  while walk.at < walk.last do
    local at = walk.at
    local name = walk:take(walk:take(1, "property"):byte(), "property", at)
    walk:add(item, zmtp.property, walk:covered(at), shown_text(name, is_utf8(name)))
    at = walk.at
    local value = walk:take(unsigned((walk:take(4, "value"))), "value", at)
    walk:add(item, zmtp.value, walk:covered(at), shown_text(value, is_utf8(value)))
    if name:lower() == "socket-type" then
      local source, destination = ends_of(pinfo)
      if value == "SERVER" then servers[conversation_of(pinfo)] = source end
      if value == "CLIENT" then servers[conversation_of(pinfo)] = destination end
    end
  end
end

local command_bodies = {
  READY = read_properties,
  INITIATE = read_properties,
  ERROR = function(walk, _, item)
    local at = walk.at
    local reason = walk:take(walk:take(1, "reason"):byte(), "reason", at)
    walk:add(item, zmtp.reason, walk:covered(at), shown_text(reason, is_utf8(reason)))
  end,
  PING = function(walk, _, item)
    local _, range = walk:take(2, "ttl")
    walk:add(item, zmtp.ttl, range)
  end,
}

local function dissect_command(tvb, pinfo, item, start, length)
  local walk = new_walk(tvb, start, length)
  walk.item = item
  local name = "command"
  local ok, found = pcall(function()
    name = walk:take(walk:take(1, "command"):byte(), "command", 0)
    name = shown_text(name, is_utf8(name))
    walk:add(item, zmtp.command, walk:covered(0), name)
    if command_bodies[name] then command_bodies[name](walk, pinfo, item) end
    if walk.at < length then walk:add(item, zmtp.context, walk:range(walk.at, length - walk.at)) end
  end)
  item:set_text(schema.name:upper() .. ": " .. name .. " of ZMTP")
  show_in_columns(pinfo, "ZMTP " .. name)
  if not ok then
    item:add_proto_expert_info(experts.framing, type(found) == "table" and found.text or tostring(found))
  end
end

-- Flags, the bytes of a frame's header and of its body; nothing where the header is not all there.
local function zmtp_header(tvb, offset, available)
  if available < 2 then return nil end
  local flags = tvb:range(offset, 1):uint()
  if flags % 4 < 2 then return flags, 2, tvb:range(offset + 1, 1):uint() end
  if available < 9 then return nil end
  return flags, 9, tvb:range(offset + 1, 4):uint() * two_to_32 + tvb:range(offset + 5, 4):uint()
end

-- Bytes of what begins here: 0 where more has to come before that is known, nothing where no frame of ours begins. A
-- frame whose end is not here yet is believed only if it begins as ours do, since waiting for it hides what follows;
-- and so is one with more to follow, which nothing of ours has.
local function measure_zmtp(tvb, offset, available)
  local first = tvb:range(offset, 1):uint()
  if first == 255 then
    local is_greeting = available < 10 or tvb:range(offset + 9, 1):uint() == 127
    return is_greeting and greeting_bytes or nil
  end
  if first > 7 then return nil end
  local flags, header, body = zmtp_header(tvb, offset, available)
  if not flags then return 0 end
  if body > frame_bytes_max then return nil end
  if flags < 4 and (flags % 2 == 1 or available < header + body) then
    local begun = math.min(available - header, body, #schema.magic)
    if begun > 0 and tvb:range(offset + header, begun):raw() ~= schema.magic:sub(1, begun) then return nil end
  end
  return header + body
end

local function dissect_zmtp(tvb, pinfo, tree, offset, length)
  if tvb:range(offset, 1):uint() == 255 then return dissect_greeting(tvb, pinfo, tree, offset) end
  local flags, header, body = zmtp_header(tvb, offset, length)
  local item = tree:add(proto, tvb:range(offset, length))
  item:add(zmtp.flags, tvb:range(offset, 1)):append_text(({
    [0] = ": message", [1] = ": message, more follows", [4] = ": command",
  })[flags - (flags % 4 >= 2 and 2 or 0)] or "")
  item:add(zmtp.length, tvb:range(offset + 1, header - 1))
  if flags >= 4 then dissect_command(tvb, pinfo, item, offset + header, body)
  else dissect_frame(tvb, pinfo, item, offset + header, body) end
end
`;
