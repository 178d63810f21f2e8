-- What a stream reads: bytes in memory.

return setmetatable({}, { __call = function(_, bytes) return { bytes = bytes } end })
