local m = {}
for i = 1, 1000 do m[i - 1] = (i - 1) * 2 end
local t = 0
for r = 1, 1500 do for k in pairs(m) do t = t + m[k] end end
print(t)
