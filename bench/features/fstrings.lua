local n = 0
for i = 0, 499999 do
  local x = 1.5
  n = n + #string.format("item %d: %s and %8d", i, x, i)
end
print(n)
