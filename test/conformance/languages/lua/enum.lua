-- An enum gives numbers by their names; called with a number it gives that.

local function Enum(numbers)
  return setmetatable(numbers, { __call = function(_, number) return number end })
end

return { Enum = Enum }
