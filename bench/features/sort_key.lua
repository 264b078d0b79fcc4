local seed = 7
local xs = {}
for i = 0, 99999 do seed = seed * 16807 % 2147483647; xs[i + 1] = {seed % 1000, i} end
for r = 1, 3 do
  local ys = table.move(xs, 1, #xs, 1, {})
  table.sort(ys, function(a, b) if a[1] == b[1] then return a[2] < b[2] end return a[1] < b[1] end)
  print(ys[1][2])
end
