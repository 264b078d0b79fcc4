local function build(n)
  local parts = {}
  for i = 0, n - 1 do
    parts[#parts + 1] = "item "
    parts[#parts + 1] = tostring(i)
    parts[#parts + 1] = ", "
  end
  return table.concat(parts)
end
local text = build(400000)
print(#text)
local words = {}
for i = 0, 199999 do words[#words + 1] = "<" .. i .. ">" end
print(#table.concat(words))
