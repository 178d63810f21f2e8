-- Generated from messages.yaml by "hawser generate". Do not edit: change the schema and generate again.
--
-- A dissector of the protocol zraft for Wireshark 4, with Lua 5.2 or 5.4. It goes into the folder of personal Lua
-- plugins (Help > About Wireshark > Folders); once: tshark -X lua_script:zraft.lua -r FILE.

-- Integers of 64 bits in two halves, since numbers of Lua 5.2 hold 53 bits. The upper half has the sign.
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

-- The protocol as its schema describes it.
local schema = {
  name = "zraft",
  magic = "zraft",
  version = "u8",
  tag = "u8",
  byte_order = "big",
  trailing = "ignore",
  frame_bytes_max = 67108864,
  versions = { [1] = "bit", [2] = "byte" },
  types = {
    SessionId = { kind = "alias", target = { kind = "string", length = "u8" }, doc = "Names a durable session." },
    MemberId = { kind = "alias", target = { kind = "string", length = "u16" }, doc = "Names a member of the cluster." },
    RequestId = {
      kind = "alias",
      target = "i53",
      doc = "Numbers the requests of one session and direction, each one more than the last.",
    },
    CorrelationId = {
      kind = "alias",
      target = { kind = "string", length = "u16" },
      checks = { length = { min = 1 } },
      doc = "Opaque to the server, which sends it back with the answer.",
    },
    Nonce = {
      kind = "alias",
      target = "i64",
      checks = { refused = { wide(0, 0) } },
      doc = "Random; ties the answer of a handshake to its request.",
    },
    Timestamp = {
      kind = "alias",
      target = "i53",
      as = "instant",
      unit = "ms",
      doc = "Milliseconds since the Unix epoch, UTC.",
    },
    Payload = {
      kind = "alias",
      target = { kind = "bytes", length = "i32" },
      doc = "Belongs to the application; the protocol does not look inside.",
    },
    Capabilities = {
      kind = "alias",
      target = {
        kind = "map",
        length = "u16",
        key = { kind = "string", length = "u16" },
        value = { kind = "string", length = "u16" },
        least = { [1] = 4, [2] = 4 },
      },
      checks = { count = { min = 1 } },
      doc = "What a client can do: name to version or setting.",
    },
    Millis = {
      kind = "alias",
      target = "u32",
      as = "duration",
      unit = "ms",
      doc = "How long something lasts, in milliseconds.",
    },
    LogIndex = {
      kind = "alias",
      target = "u53",
      doc = "A position in the replicated log, from 1; 0 where it is not said.",
    },
    Detail = {
      kind = "alias",
      target = { kind = "string", length = "u16" },
      checks = { length = { max = 1024 } },
      doc = "What is wrong with a request, or why it is refused, for people.",
    },
    Address = {
      kind = "alias",
      target = { kind = "string", length = "u16" },
      checks = { length = { min = 1, max = 1024 } },
      doc = "Where clients reach a member: a URL of the transport.",
    },
    Member = {
      kind = "struct",
      fields = {
        { name = "memberId", type = "MemberId", since = 2 },
        { name = "address", type = "Address", since = 2 },
      },
    },
    Members = {
      kind = "alias",
      target = { kind = "list", length = "u16", element = "Member", least = { [1] = 0, [2] = 4 } },
      doc = "The members of the cluster as clients reach them; none where it is not said.",
    },
    RejectionReason = {
      kind = "enum",
      name = "RejectionReason",
      tag = "u8",
      values = {
        { tag = 1, name = "NotLeader" },
        { tag = 2, name = "SessionExpired" },
        { tag = 3, name = "InvalidCapabilities" },
        { tag = 4, name = "Other" },
        { tag = 5, name = "UnsupportedVersion", since = 2 },
        { tag = 6, name = "Overloaded", since = 2 },
        { tag = 7, name = "ClusterUnavailable", since = 2 },
        { tag = 8, name = "Unauthorized", since = 2 },
      },
    },
    SessionCloseReason = {
      kind = "enum",
      name = "SessionCloseReason",
      tag = "u8",
      values = {
        { tag = 1, name = "Shutdown" },
        { tag = 2, name = "NotLeaderAnymore" },
        { tag = 3, name = "SessionError" },
        { tag = 4, name = "ConnectionClosed" },
        { tag = 5, name = "SessionExpired" },
      },
    },
    CloseReason = {
      kind = "enum",
      name = "CloseReason",
      tag = "u8",
      values = { { tag = 1, name = "ClientShutdown" } },
    },
    RequestFailure = {
      kind = "union",
      name = "RequestFailure",
      tag = "u8",
      cases = {
        { tag = 1, name = "ResponseEvicted", fields = {} },
        {
          tag = 2,
          name = "NotLeader",
          since = 2,
          fields = {
            { name = "leaderId", type = "MemberId", optional = true, since = 2, doc = "Who leads, where known." },
          },
        },
        { tag = 3, name = "InvalidRequest", since = 2, fields = { { name = "detail", type = "Detail", since = 2 } } },
        {
          tag = 4,
          name = "Overloaded",
          since = 2,
          fields = {
            { name = "retryAfter", type = "Millis", since = 2, doc = "How long to wait before it is sent again." },
          },
        },
        { tag = 5, name = "SessionExpired", since = 2, fields = {} },
      },
    },
    QueryFailure = {
      kind = "union",
      name = "QueryFailure",
      tag = "u8",
      cases = {
        {
          tag = 2,
          name = "NotLeader",
          since = 2,
          fields = {
            { name = "leaderId", type = "MemberId", optional = true, since = 2, doc = "Who leads, where known." },
          },
        },
        { tag = 3, name = "InvalidRequest", since = 2, fields = { { name = "detail", type = "Detail", since = 2 } } },
        {
          tag = 4,
          name = "Overloaded",
          since = 2,
          fields = {
            { name = "retryAfter", type = "Millis", since = 2, doc = "How long to wait before it is sent again." },
          },
        },
        { tag = 5, name = "SessionExpired", since = 2, fields = {} },
      },
    },
  },
  families = {
    {
      name = "client",
      messages = {
        {
          tag = 1,
          name = "CreateSession",
          doc = "Open a new session.",
          fields = {
            { name = "capabilities", type = "Capabilities" },
            { name = "nonce", type = "Nonce" },
            {
              name = "sessionTimeout",
              type = "Millis",
              optional = true,
              since = 2,
              doc = "How long the session is to outlive the client's last sign of life; absent leaves it to the server.",
            },
          },
        },
        {
          tag = 2,
          name = "ContinueSession",
          doc = "Resume a session on this connection.",
          fields = { { name = "sessionId", type = "SessionId" }, { name = "nonce", type = "Nonce" } },
        },
        {
          tag = 3,
          name = "KeepAlive",
          doc = "Keep the session alive and measure the round trip.",
          fields = { { name = "timestamp", type = "Timestamp" } },
        },
        {
          tag = 4,
          name = "ClientRequest",
          doc = "Submit a command.",
          fields = {
            { name = "requestId", type = "RequestId" },
            {
              name = "lowestPendingRequestId",
              type = "RequestId",
              doc = "Answers below this id are no longer awaited; the server may forget them.",
            },
            { name = "payload", type = "Payload" },
            { name = "createdAt", type = "Timestamp" },
          },
        },
        {
          tag = 5,
          name = "ServerRequestAck",
          doc = "Confirm that every server request up to this one has arrived.",
          fields = { { name = "requestId", type = "RequestId" } },
        },
        {
          tag = 6,
          name = "CloseSession",
          doc = "End the session for good.",
          fields = { { name = "reason", type = "CloseReason" } },
        },
        { tag = 7, name = "ConnectionClosed", doc = "The connection is lost; the session goes on.", fields = {} },
        {
          tag = 8,
          name = "Query",
          doc = "Read without changing anything.",
          fields = {
            { name = "correlationId", type = "CorrelationId" },
            { name = "payload", type = "Payload" },
            { name = "createdAt", type = "Timestamp" },
          },
        },
        {
          tag = 9,
          name = "Batch",
          filter = "ClientBatch",
          since = 2,
          holds_messages = true,
          doc = "Several requests in one frame, as if they had come one after the other.",
          fields = {
            {
              name = "items",
              type = {
                kind = "list",
                length = "u16",
                element = { kind = "message", length = "u32" },
                least = { [1] = 5, [2] = 5 },
              },
              since = 2,
              checks = { count = { min = 1 } },
              doc = "In this order.",
            },
          },
        },
        {
          tag = 10,
          name = "RequestTrace",
          since = 2,
          doc = "The trace that a command belongs to, as W3C Trace Context has it.",
          fields = {
            { name = "requestId", type = "RequestId", since = 2, doc = "That of the ClientRequest." },
            { name = "traceId", type = { kind = "fixed_bytes", size = 16 }, since = 2, doc = "Names the trace." },
            {
              name = "spanId",
              type = { kind = "fixed_bytes", size = 8 },
              since = 2,
              doc = "The span of the client that waits for the answer.",
            },
            { name = "flags", type = "u8", since = 2, doc = "Those of the traceparent; bit 0: sampled." },
          },
        },
      },
    },
    {
      name = "server",
      messages = {
        {
          tag = 1,
          name = "SessionCreated",
          doc = "The session is open.",
          fields = {
            { name = "sessionId", type = "SessionId" },
            { name = "nonce", type = "Nonce" },
            {
              name = "sessionTimeout",
              type = "Millis",
              since = 2,
              doc = "How long the session outlives the client's last sign of life; 0 where it is not said.",
            },
            { name = "members", type = "Members", since = 2 },
            {
              name = "leaderId",
              type = "MemberId",
              optional = true,
              since = 2,
              doc = "Who leads the cluster, where known.",
            },
            {
              name = "serverTime",
              type = "Timestamp",
              optional = true,
              since = 2,
              doc = "The server's clock when it answered.",
            },
          },
        },
        {
          tag = 2,
          name = "SessionContinued",
          doc = "The session is resumed.",
          fields = {
            { name = "nonce", type = "Nonce" },
            {
              name = "sessionTimeout",
              type = "Millis",
              since = 2,
              doc = "How long the session outlives the client's last sign of life; 0 where it is not said.",
            },
            { name = "members", type = "Members", since = 2 },
            {
              name = "leaderId",
              type = "MemberId",
              optional = true,
              since = 2,
              doc = "Who leads the cluster, where known.",
            },
            {
              name = "serverTime",
              type = "Timestamp",
              optional = true,
              since = 2,
              doc = "The server's clock when it answered.",
            },
          },
        },
        {
          tag = 3,
          name = "SessionRejected",
          doc = "The session was not created or continued.",
          fields = {
            { name = "reason", type = "RejectionReason" },
            { name = "nonce", type = "Nonce" },
            { name = "leaderId", type = "MemberId", optional = true, doc = "Who leads the cluster, where known." },
            {
              name = "retryAfter",
              type = "Millis",
              optional = true,
              since = 2,
              doc = "How long to wait before the next attempt.",
            },
            { name = "members", type = "Members", since = 2 },
            {
              name = "detail",
              type = "Detail",
              optional = true,
              since = 2,
              doc = "Why, in the words of the application, where it decided.",
            },
          },
        },
        {
          tag = 4,
          name = "SessionClosed",
          doc = "The server has ended the session or its connection.",
          fields = {
            { name = "reason", type = "SessionCloseReason" },
            { name = "leaderId", type = "MemberId", optional = true, doc = "Who leads the cluster, where known." },
          },
        },
        {
          tag = 5,
          name = "KeepAliveResponse",
          doc = "Answer to KeepAlive.",
          fields = { { name = "timestamp", type = "Timestamp", doc = "That of the KeepAlive." } },
        },
        {
          tag = 6,
          name = "ClientResponse",
          doc = "The result of a command.",
          fields = {
            { name = "requestId", type = "RequestId" },
            { name = "result", type = "Payload" },
            {
              name = "commitIndex",
              type = "LogIndex",
              since = 2,
              doc = "The entry of the log that applied the command.",
            },
          },
        },
        {
          tag = 7,
          name = "ServerRequest",
          doc = "Work for the client, sent again until acknowledged.",
          fields = {
            { name = "requestId", type = "RequestId" },
            { name = "payload", type = "Payload" },
            { name = "createdAt", type = "Timestamp" },
          },
        },
        {
          tag = 8,
          name = "RequestError",
          doc = "A command has no result.",
          fields = { { name = "requestId", type = "RequestId" }, { name = "reason", type = "RequestFailure" } },
        },
        {
          tag = 9,
          name = "QueryResponse",
          doc = "The result of a query.",
          fields = { { name = "correlationId", type = "CorrelationId" }, { name = "result", type = "Payload" } },
        },
        {
          tag = 10,
          name = "QueryError",
          since = 2,
          doc = "A query has no result.",
          fields = {
            { name = "correlationId", type = "CorrelationId", since = 2 },
            { name = "reason", type = "QueryFailure", since = 2 },
          },
        },
        {
          tag = 11,
          name = "ClusterChanged",
          since = 2,
          doc = "The members of the cluster or its leader have changed, and this connection goes on.",
          fields = {
            { name = "members", type = "Members", since = 2 },
            {
              name = "leaderId",
              type = "MemberId",
              optional = true,
              since = 2,
              doc = "Who leads the cluster, where known.",
            },
          },
        },
        {
          tag = 12,
          name = "Batch",
          filter = "ServerBatch",
          since = 2,
          holds_messages = true,
          doc = "Several answers in one frame, as if they had come one after the other.",
          fields = {
            {
              name = "items",
              type = {
                kind = "list",
                length = "u16",
                element = { kind = "message", length = "u32" },
                least = { [1] = 5, [2] = 5 },
              },
              since = 2,
              checks = { count = { min = 1 } },
              doc = "In this order.",
            },
          },
        },
      },
    },
  },
  flows = {
    { ask = "CreateSession", answer = { "SessionCreated", "SessionRejected" }, match = "nonce" },
    { ask = "ContinueSession", answer = { "SessionContinued", "SessionRejected" }, match = "nonce" },
    { ask = "ClientRequest", answer = { "ClientResponse", "RequestError" }, match = "requestId" },
    { ask = "Query", answer = { "QueryResponse", "QueryError" }, match = "correlationId" },
    { ask = "KeepAlive", answer = { "KeepAliveResponse" }, match = "timestamp" },
    { ask = "ServerRequest", answer = { "ServerRequestAck" }, match = "requestId" },
  },
}

-- Wireshark may have a protocol of that name itself.
local function create_protocol(name)
  local ok, created = pcall(Proto, name, schema.name:upper() .. ", generated by hawser")
  if ok then return created, name end
  name = "hawser_" .. name
  return Proto(name, schema.name:upper() .. ", generated by hawser"), name
end

local proto, filter_name = create_protocol(schema.name)
local is_little = schema.byte_order == "little"
local fields, taken_names = {}, {}

-- lowestPendingRequestId: lowest_pending_request_id
local function snake_case(name)
  return (name:gsub("([%l%d])(%u)", "%1_%2"):gsub("(%u)(%u%l)", "%1_%2"):lower())
end

-- A name that nothing else has; where the schema uses a word of the dissector, it gets an underscore.
local function claim(name)
  while taken_names[name] do name = name .. "_" end
  taken_names[name] = true
  return name
end

local function new_field(abbreviation, label, ftype, options)
  options = options or {}
  local field = ProtoField.new(label, abbreviation, ftype, options.values, options.base, nil, options.doc)
  fields[#fields + 1] = field
  return field
end

local function own_field(name, label, ftype, options)
  return new_field(claim(filter_name .. "." .. name), label, ftype, options)
end

local decimal = { base = base.DEC }
local own = {
  message = own_field("message", "Message", ftypes.STRING, { doc = "Name of the message." }),
  family = own_field("family", "Family", ftypes.STRING, { doc = "Whom the message is from." }),
  signature = own_field("frame.signature", "Signature", ftypes.STRING),
  version = own_field("frame.version", "Version", ftypes.UINT16, decimal),
  tag = own_field("frame.tag", "Tag", schema.tag == "string<u8>" and ftypes.STRING or ftypes.UINT16,
    schema.tag ~= "string<u8>" and decimal or nil),
  trailing = own_field("frame.trailing", "Behind the last field", ftypes.BYTES),
  unread = own_field("frame.unread", "Not read", ftypes.BYTES),
  error_code = own_field("error.code", "Code", ftypes.STRING),
  error_path = own_field("error.path", "Path", ftypes.STRING),
  error_offset = own_field("error.offset", "Offset in the frame", ftypes.UINT32, decimal),
  response_in = own_field("response_in", "Response in", ftypes.FRAMENUM, { values = frametype.RESPONSE }),
  request_in = own_field("request_in", "Request in", ftypes.FRAMENUM, { values = frametype.REQUEST }),
  response_time = own_field("response_time", "Response time", ftypes.RELATIVE_TIME),
}

local function new_expert(name, text, group, severity)
  return ProtoExpert.new(filter_name .. ".expert." .. name, text, expert.group[group], expert.severity[severity])
end

-- By the code that a decoder gives for the same frame.
local experts = {
  ERR_WIRE_TRUNCATED = new_expert("truncated", "The frame ends inside a value", "MALFORMED", "WARN"),
  ERR_WIRE_BAD_SIGNATURE = new_expert("bad_signature", "The frame begins with other bytes", "MALFORMED", "WARN"),
  ERR_WIRE_UNSUPPORTED_VERSION = new_expert("unsupported_version", "The schema lacks the version", "MALFORMED", "WARN"),
  ERR_WIRE_UNKNOWN_DISCRIMINATOR = new_expert("unknown_discriminator", "The tag means nothing", "MALFORMED", "WARN"),
  ERR_WIRE_OUT_OF_RANGE = new_expert("out_of_range", "The value is not allowed", "MALFORMED", "WARN"),
  ERR_WIRE_INVALID_UTF8 = new_expert("invalid_utf8", "The text is not UTF-8", "MALFORMED", "WARN"),
  ERR_WIRE_TRAILING_BYTES = new_expert("trailing_bytes", "Bytes follow the last field", "MALFORMED", "WARN"),
  framing = new_expert("framing", "The transport's framing is broken", "MALFORMED", "WARN"),
  lost = new_expert("lost", "No frame begins here", "UNDECODED", "WARN"),
  cut = new_expert("cut", "The frame's end was not captured", "UNDECODED", "NOTE"),
  failed = new_expert("failed", "The dissector failed", "UNDECODED", "ERROR"),
}

-- What a type is without the names that stand for it, with what each of them demands and says.
local function resolve(written, found)
  local definition = type(written) == "table" and written or schema.types[written]
  if definition == nil then return { kind = written } end
  if definition.kind ~= "alias" then return definition end
  local base_type = resolve(definition.target, found)
  if definition.checks then found.checks[#found.checks + 1] = definition.checks end
  found.unit = definition.unit or found.unit
  found.as = definition.as or found.as
  found.doc = definition.doc or found.doc
  return base_type
end

-- Names by tag, for Wireshark to show.
local function value_names(values)
  local names = {}
  for _, value in ipairs(values) do names[value.tag] = value.name end
  return names
end

local compile_fields

-- What completes a node of each kind of type that is not an integer; the others need a field and no more.
local completing = {
  enum = function(node, definition)
    node.integer = integers[definition.tag]
    node.type_name, node.values, node.keeps_unknown = definition.name, definition.values, definition.keeps_unknown
    return node.integer.ftype, { base = base.DEC, values = value_names(definition.values) }
  end,
  union = function(node, definition, abbreviation)
    node.integer, node.type_name, node.cases = integers[definition.tag], definition.name, {}
    for index, case in ipairs(definition.cases) do
      local compiled = compile_fields(case.fields, abbreviation .. "." .. snake_case(case.name))
      node.cases[index] = {
        tag = case.tag, name = case.name, since = case.since, removed = case.removed, fields = compiled,
      }
    end
    return node.integer.ftype, { base = base.DEC, values = value_names(definition.cases) }
  end,
  struct = function(node, definition, abbreviation)
    node.fields = compile_fields(definition.fields, abbreviation)
    return ftypes.NONE
  end,
  fixed_bytes = function(node, definition)
    node.size = definition.size
    return ftypes.BYTES
  end,
}

local simple_types = {
  bool = { ftype = ftypes.BOOLEAN, size = 1 },
  f32 = { ftype = ftypes.FLOAT, size = 4 },
  f64 = { ftype = ftypes.DOUBLE, size = 8 },
  uuid = { ftype = ftypes.GUID, size = 16 },
  string = { ftype = ftypes.STRING },
  bytes = { ftype = ftypes.BYTES },
  message = { ftype = ftypes.NONE },
  list = { ftype = ftypes.NONE },
  map = { ftype = ftypes.NONE },
}

-- A field of the schema, or a part of a list or map, with the field of Wireshark that shows it.
local function compile(field, abbreviation, label)
  local found = { checks = {} }
  local definition = resolve(field.type, found)
  local kind = definition.kind
  if field.checks then found.checks[#found.checks + 1] = field.checks end
  local node = {
    name = field.name, kind = integers[kind] and "integer" or kind, length = definition.length,
    optional = field.optional, since = field.since, removed = field.removed, checks = found.checks,
    unit = field.unit or found.unit, as = found.as, integer = integers[kind], least = definition.least,
  }
  local ftype, options
  if completing[kind] then
    ftype, options = completing[kind](node, definition, abbreviation)
  elseif node.integer then
    ftype, options = node.integer.ftype, { base = base.DEC }
  else
    ftype, node.size = simple_types[kind].ftype, simple_types[kind].size
  end
  options = options or {}
  options.doc = field.doc or found.doc
  abbreviation = claim(abbreviation)
  node.field = new_field(abbreviation, label, ftype, options)
  if field.optional then
    node.presence = new_field(claim(abbreviation .. ".presence"), label .. " present", ftypes.BOOLEAN)
  end
  if kind == "list" then
    node.count = new_field(claim(abbreviation .. ".count"), "Count", ftypes.UINT32, decimal)
    node.element = compile({ type = definition.element }, abbreviation .. ".element", label .. " element")
  elseif kind == "map" then
    node.count = new_field(claim(abbreviation .. ".count"), "Count", ftypes.UINT32, decimal)
    node.key = compile({ type = definition.key }, abbreviation .. ".key", "Key")
    node.value = compile({ type = definition.value }, abbreviation .. ".value", "Value")
  end
  return node
end

compile_fields = function(written, abbreviation)
  local nodes = {}
  for index, field in ipairs(written) do
    nodes[index] = compile(field, abbreviation .. "." .. snake_case(field.name), field.name)
  end
  return nodes
end

-- Messages by name and by tag, for each family.
local families = {}
for index, family in ipairs(schema.families) do
  local compiled = { name = family.name, messages = {}, by_tag = {} }
  for _, message in ipairs(family.messages) do
    local abbreviation = claim(filter_name .. "." .. snake_case(message.filter or message.name))
    message.nodes = compile_fields(message.fields, abbreviation)
    message.field = new_field(abbreviation, message.name, ftypes.NONE, { doc = message.doc })
    compiled.messages[message.name] = message
    compiled.by_tag[message.tag] = message
  end
  families[index] = compiled
end

-- Ends the reading of a frame: why it is no message, and where. The texts are those of generated decoders.
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

local function is_utf8(text)
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

local framings = { zmtp = 0, u16 = 1, u32 = 2, datagram = 3 }
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

-- The tag at the walk's place; "messages" are those that it can stand for.
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

local zmtp = {
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

-- Frames with their length in some bytes before them.
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
