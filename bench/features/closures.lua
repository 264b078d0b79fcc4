local function apply(f, n)
  local t = 0
  for i = 1, n do t = f(t) end
  return t
end
local k = 3
print(apply(function(x) return x + k end, 3000000))
