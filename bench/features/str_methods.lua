local text = "the quick brown fox jumps over the lazy dog"
local n = 0
for i = 1, 100000 do for w in text:gmatch("%S+") do if w:sub(1, 1) == "t" then n = n + #w:upper() end end end
print(n)
