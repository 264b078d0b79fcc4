local s = {}
for i = 1, 2000000 do s[#s + 1] = "x" end
s = table.concat(s)
local t = ""
for i = 1, 20000 do t = t .. "yz" end
print(#s, #t)
