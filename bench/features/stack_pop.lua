local t = 0
for r = 1, 200 do
  local s = {}
  for i = 0, 4999 do s[#s + 1] = i end
  while #s > 0 do t = t + table.remove(s) end
end
print(t)
