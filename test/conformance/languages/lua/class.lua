-- Classes that are made by calling them.

local function class(base)
  local made = setmetatable({}, {
    __index = base,
    __call = function(self, ...)
      local instance = setmetatable({}, self)
      instance:_init(...)
      return instance
    end,
  })
  made.__index = made
  return made
end

return { class = class }
