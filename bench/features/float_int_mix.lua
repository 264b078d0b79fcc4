local x, n = 0.0, 0
for i = 0, 1999999 do
  x = x + i / 3
  x = x * 2 - x
  if x > 100 then n = n + 1 end
end
print(n)
