/** How streams are cut into frames, and how Wireshark is led to the dissector: by ports, by "Decode As", by its bytes. */
export const streamsLua: string = String.raw`-- Frames with their length in some bytes before them.
local function length_framing(prefix)
  local size = integers[prefix].size
  return {
    measure = function(tvb, offset, available)
      if available < size then return 0 end
      local length = unsigned(tvb:range(offset, size):raw(), is_little)
      if length > frame_bytes_max then return nil end
      return size + length
    end,
    dissect = function(tvb, pinfo, tree, offset, length)
      local item = tree:add(proto, tvb:range(offset, length))
      dissect_frame(tvb, pinfo, item, offset + size, length - size)
    end,
    header = size,
  }
end

local streams = {
  [framings.zmtp] = { measure = measure_zmtp, dissect = dissect_zmtp },
  [framings.u16] = length_framing("u16"),
  [framings.u32] = length_framing("u32"),
}

-- Where the next frame begins that has the bytes that open every frame.
local function next_frame(stream, tvb, offset, available)
  if #schema.magic == 0 then return nil end
  local bytes = tvb:range(offset, available):raw()
  local found = bytes:find(schema.magic, 1, true)
  while found do
    for _, header in ipairs({ 2, 9, stream.header }) do
      local start = found - 1 - header
      local total = start > 0 and stream.measure(tvb, offset + start, available - start)
      if total and total > header + #schema.magic then return offset + start end
    end
    found = bytes:find(schema.magic, found + 1, true)
  end
end

local function show_lost(tvb, pinfo, tree, offset, length)
  local item = tree:add(proto, tvb:range(offset, length))
  item:set_text(string.format("%s: %.0f bytes that are no frame", schema.name:upper(), length))
  local text = "No frame begins here: the capture begins in the middle of one, or this is another protocol"
  item:add_proto_expert_info(experts.lost, text)
  item:add(own.unread, tvb:range(offset, length))
  show_in_columns(pinfo, "no frame")
end

-- The end of a frame will not come: the capture or Wireshark's settings leave it out.
local function show_cut(tvb, pinfo, tree, offset, length)
  local item = tree:add(proto, tvb:range(offset, length))
  item:add_proto_expert_info(experts.cut, "The end of this frame was not captured, or TCP streams are not put together")
  item:add(own.unread, tvb:range(offset, length))
  show_in_columns(pinfo, "part of a frame")
end

-- Asks Wireshark for the rest of a frame; false where it cannot be had.
local function wait_for(pinfo, offset, missing)
  if pinfo.can_desegment <= 0 then return false end
  pinfo.desegment_offset = offset
  pinfo.desegment_len = missing > 0 and missing or DESEGMENT_ONE_MORE_SEGMENT
  return true
end

local function dissect_stream(stream, tvb, pinfo, tree)
  local offset, length = 0, tvb:len()
  while offset < length do
    local available = length - offset
    local total = stream.measure(tvb, offset, available)
    if total and total > 0 and total <= available then
      stream.dissect(tvb, pinfo, tree, offset, total)
      offset = offset + total
    elseif total then
      if not wait_for(pinfo, offset, total - available) then show_cut(tvb, pinfo, tree, offset, available) end
      return length
    else
      local found = next_frame(stream, tvb, offset, available) or length
      show_lost(tvb, pinfo, tree, offset, found - offset)
      offset = found
    end
  end
  return length
end

function proto.dissector(tvb, pinfo, tree)
  local guessed = guesses[conversation_of(pinfo)]
  if guessed and pinfo.number < guessed then return 0 end
  local stream = streams[preferences.framing]
  if stream then return dissect_stream(stream, tvb, pinfo, tree) end
  local item = tree:add(proto, tvb:range(0, tvb:len()))
  dissect_frame(tvb, pinfo, item, 0, tvb:len())
  return tvb:len()
end

-- Whether the protocol is in the bytes, for ports that nobody has named. A greeting says nothing of what ZMTP carries.
local function is_ours(tvb, at)
  local magic = #schema.magic
  local size = schema.version and integers[schema.version].size or 0
  if tvb:len() < at + magic + size + 1 then return false end
  if tvb:range(at, magic):raw() ~= schema.magic then return false end
  return size == 0 or schema.versions[unsigned(tvb:range(at + magic, size):raw(), is_little)] ~= nil
end

-- Remembers which end is the server, should the conversation turn out to be ours.
local function notice_handshake(tvb, pinfo)
  local role = tvb:range():raw():match("\5READY.-\11[Ss]ocket%-[Tt]ype\0\0\0\6(%u+)")
  local source, destination = ends_of(pinfo)
  if role == "SERVER" then servers[conversation_of(pinfo)] = source end
  if role == "CLIENT" then servers[conversation_of(pinfo)] = destination end
end

-- From here on a conversation is ours. What came before in it was not put together and stays as it was.
local function claim_conversation(tvb, pinfo, tree)
  local conversation = conversation_of(pinfo)
  guesses[conversation] = guesses[conversation] or pinfo.number
  pinfo.conversation = proto
  proto.dissector(tvb, pinfo, tree)
  return true
end

-- Whether the first message among what ZMTP itself has to say is one of ours.
local function guess_zmtp(tvb, pinfo, tree)
  if preferences.framing ~= framings.zmtp then return false end
  local at, length = 0, tvb:len()
  while at < length do
    local total = measure_zmtp(tvb, at, length - at)
    if not total or total == 0 then return false end
    local first = tvb:range(at, 1):uint()
    if first < 4 then
      if not is_ours(tvb, at + (first % 4 < 2 and 2 or 9)) then return false end
      return claim_conversation(tvb, pinfo, tree)
    end
    if first < 8 then notice_handshake(tvb, pinfo) end
    at = at + total
  end
  return false
end

local function guess_datagram(tvb, pinfo, tree)
  if preferences.framing ~= framings.datagram or not is_ours(tvb, 0) then return false end
  return claim_conversation(tvb, pinfo, tree)
end

-- Wireshark takes fields and messages of experts once.
proto.fields = fields
local expert_list = {}
for _, entry in pairs(experts) do expert_list[#expert_list + 1] = entry end
proto.experts = expert_list

local tables = { tcp = DissectorTable.get("tcp.port"), udp = DissectorTable.get("udp.port") }
for _, ports in pairs(tables) do ports:add_for_decode_as(proto) end

local registered
local function register_ports()
  if registered then registered.ports:remove(registered.range, proto) end
  registered = nil
  if preferences.ports == "" then return end
  local transport = preferences.framing == framings.datagram and "udp" or "tcp"
  registered = { ports = tables[transport], range = preferences.ports }
  registered.ports:add(registered.range, proto)
end

function proto.prefs_changed()
  register_ports()
end

if #schema.magic > 0 then
  proto:register_heuristic("tcp", guess_zmtp)
  proto:register_heuristic("udp", guess_datagram)
end
`;
