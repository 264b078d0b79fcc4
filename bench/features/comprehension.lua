local t = 0
for i = 1, 300 do
  local xs = {}
  for x = 0, 9999 do if x % 2 == 0 then xs[#xs + 1] = x * x end end
  t = t + #xs
end
print(t)
