local seed = 42
local counts = {}
for i = 1, 2500000 do
  seed = seed * 16807 % 2147483647
  local key = seed % 5000
  counts[key] = (counts[key] or 0) + 1
end
local best, n = 0, 0
for k, v in pairs(counts) do
  n = n + 1
  if v > best then best = v end
end
print(n .. " " .. best)
local words = {}
for i = 0, 999999 do
  local w = "w" .. (i * 7919 % 1000)
  words[w] = (words[w] or 0) + 1
end
local n = 0
for k in pairs(words) do n = n + 1 end
print(n .. " " .. words["w7"])
