local words = {"apple", "banana", "cherry", "date"}
local n = 0
for i = 1, 500000 do for _, w in ipairs(words) do
  if w == "cherry" then n = n + 1 end
  if w < "b" then n = n + 1 end
end end
print(n)
