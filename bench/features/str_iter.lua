local s = "hello world, this is ascii text"
local c = 0
for i = 1, 60000 do for ch in s:gmatch(".") do if ch == "o" then c = c + 1 end end end
print(c)
