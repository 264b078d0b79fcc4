local t = 0
for r = 1, 100 do
  local s = {}
  for i = 0, 4999 do s[i * 7 % 3001] = true end
  for i = 0, 4999 do if s[i] then t = t + 1 end end
end
print(t)
