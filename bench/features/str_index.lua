local s = "hello world, this is ascii text"
local n = #s
local c = 0
for i = 0, 1999999 do if s:sub(i % n + 1, i % n + 1) == "o" then c = c + 1 end end
print(c)
