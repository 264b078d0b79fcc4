local xs = {}
for i = 1, 100 do xs[i] = i end
local s = "the quick brown fox jumps over the lazy dog"
local t = 0
for i = 1, 500000 do
  local p = table.move(xs, 11, 30, 1, {})
  t = t + #p + #s:sub(5, 9)
end
print(t)
