-- Reads frames, one a line, and writes what readers find in each.

local folder = arg[0]:match("^(.*)/") or "."
package.path = folder .. "/?.lua"
require("kaitaistruct")
local stringstream = require("string_stream")

local function hex(bytes)
  return (bytes:gsub(".", function(byte) return string.format("%02x", byte:byte()) end))
end

local function reading(value)
  if value == true then return '"1"' end
  if value == false then return '"0"' end
  if math.type(value) == "integer" then return '"' .. value .. '"' end
  if math.type(value) == "float" then return string.format('"%.17g"', value) end
  if type(value) == "string" then return '"x' .. hex(value) .. '"' end
  local parts = {}
  -- Instances have a metatable, lists have none.
  if getmetatable(value) == nil then
    for _, element in ipairs(value) do parts[#parts + 1] = reading(element) end
    return "[" .. table.concat(parts, ",") .. "]"
  end
  for name, member in pairs(value) do
    if name:sub(1, 1) ~= "_" then parts[#parts + 1] = '"' .. name .. '":' .. reading(member) end
  end
  return "{" .. table.concat(parts, ",") .. "}"
end

for line in io.lines(arg[1]) do
  local file, name, digits = line:match("^(%S+) (%S+) (%S*)$")
  require(file)
  local bytes = digits:gsub("%x%x", function(byte) return string.char(tonumber(byte, 16)) end)
  local ok, found = pcall(function() return reading(_G[name](KaitaiStream(stringstream(bytes)))) end)
  print(ok and found or "!" .. tostring(found):match("[^\n]*"))
end
