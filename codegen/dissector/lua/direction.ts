/** Who sent a frame, and which request an answer belongs to: what one frame alone does not say. */
export const directionLua: string = `local framings = { zmtp = 0, u16 = 1, u32 = 2, datagram = 3 }
local preferences = proto.prefs
preferences.ports = Pref.range("Ports of servers", "", "Ports at which servers listen, such as 7000-7002,7100", 65535)
preferences.framing = Pref.enum("Framing", framings.zmtp, "How frames travel: over TCP by ZMTP 3 or with a length of 2 "
  .. "or 4 bytes before each, or one in each datagram of UDP", {
    { 1, "zmtp", framings.zmtp }, { 2, "u16", framings.u16 },
    { 3, "u32", framings.u32 }, { 4, "datagram", framings.datagram },
  })

-- Without families of these names the first is what clients send, and the second what servers send.
local function family_index(name, otherwise)
  for index, family in ipairs(families) do
    if family.name == name then return index end
  end
  return families[otherwise] and otherwise or 1
end

local family_choices = {}
for index, family in ipairs(families) do family_choices[index] = { index, family.name, index } end
preferences.from_clients = Pref.enum("Sent by clients", family_index("client", 1), "Family of what goes to a server",
  family_choices)
preferences.from_servers = Pref.enum("Sent by servers", family_index("server", 2), "Family of what comes from a server",
  family_choices)

-- Of the capture that is open: the server's end of each conversation as its own handshake says, from which packet on
-- one was guessed to be ours, requests by what their answers repeat, and both ends of each link that was found.
local servers, guesses, requests, answered, answers = {}, {}, {}, {}, {}

function proto.init()
  servers, guesses, requests, answered, answers = {}, {}, {}, {}, {}
end

local function ends_of(pinfo)
  return tostring(pinfo.src) .. " " .. pinfo.src_port, tostring(pinfo.dst) .. " " .. pinfo.dst_port
end

-- The same for both directions.
local function conversation_of(pinfo)
  local source, destination = ends_of(pinfo)
  return source < destination and source .. " " .. destination or destination .. " " .. source
end

-- Whether a text of ports, such as 7000-7002,7100, has one of them.
local function has_port(ports, port)
  for first, last in ports:gmatch("(%d+)%-?(%d*)") do
    if port >= tonumber(first) and port <= tonumber(last == "" and first or last) then return true end
  end
  return false
end

local function comes_from_server(pinfo)
  local server = servers[conversation_of(pinfo)]
  if server then return server == ends_of(pinfo) end
  if has_port(preferences.ports, pinfo.dst_port) then return false end
  if has_port(preferences.ports, pinfo.src_port) then return true end
  -- By "Decode As" it was one of the two ports that led here.
  if pinfo.match == pinfo.dst_port then return false end
  if pinfo.match == pinfo.src_port then return true end
  return pinfo.src_port < pinfo.dst_port
end

local function family_of(pinfo)
  return families[comes_from_server(pinfo) and preferences.from_servers or preferences.from_clients]
end

-- What a message asks or answers, by its family and name. Flows name messages that exist in one family.
for _, flow in ipairs(schema.flows) do
  local function take_part(name, role)
    for _, family in ipairs(families) do
      local message = family.messages[name]
      if message then
        message.roles = message.roles or {}
        table.insert(message.roles, { role = role, flow = flow })
        for _, node in ipairs(message.nodes) do
          if node.name == flow.match then node.matches = true end
        end
      end
    end
  end
  take_part(flow.ask, "ask")
  for _, name in ipairs(flow.answer) do take_part(name, "answer") end
end

local function add_generated(tree, field, value)
  tree:add(field, value):set_generated()
end

-- The last request before an answer that it can belong to; requests can be repeated.
local function request_before(key, number)
  local candidates = requests[key] or {}
  for index = #candidates, 1, -1 do
    if candidates[index].number <= number then return candidates[index] end
  end
end

local function link_request(pinfo, tree, key)
  local id = pinfo.number .. " " .. key
  if not pinfo.visited then
    requests[key] = requests[key] or {}
    table.insert(requests[key], { number = pinfo.number, time = pinfo.rel_ts, id = id })
  end
  if answered[id] then add_generated(tree, own.response_in, answered[id]) end
end

-- An answer that several flows have belongs to the newest of their requests.
local function link_answer(pinfo, tree, keys)
  local id = pinfo.number .. " " .. table.concat(keys, " ")
  if not pinfo.visited and not answers[id] then
    for _, key in ipairs(keys) do
      local request = request_before(key, pinfo.number)
      if request and (not answers[id] or answers[id].number < request.number) then answers[id] = request end
    end
    if answers[id] then answered[answers[id].id] = answered[answers[id].id] or pinfo.number end
  end
  local request = answers[id]
  if not request then return end
  add_generated(tree, own.request_in, request.number)
  local nanoseconds = math.floor(math.max(0, pinfo.rel_ts - request.time) * 1e9 + 0.5)
  add_generated(tree, own.response_time, NSTime.new(math.floor(nanoseconds / 1e9), math.floor(nanoseconds % 1e9)))
end

-- Ties a message to the one that it answers, or that answers it, in the same conversation.
local function link(pinfo, tree, message, matched)
  local answer_keys = {}
  for _, part in ipairs(message.roles or {}) do
    local value = matched[part.flow.match]
    if value then
      local key = conversation_of(pinfo) .. " " .. part.flow.ask .. " " .. value.key
      if part.role == "ask" then link_request(pinfo, tree, key) else answer_keys[#answer_keys + 1] = key end
    end
  end
  if #answer_keys > 0 then link_answer(pinfo, tree, answer_keys) end
end
`;
