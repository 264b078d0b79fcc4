local m = {}
for i = 0, 999 do m["k" .. i] = i * 2 end
local t = 0
for r = 1, 1000 do for k, v in pairs(m) do t = t + v end end
print(t)
