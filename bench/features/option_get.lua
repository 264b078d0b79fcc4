local m, keys = {}, {}
for i = 0, 999 do m["k" .. i] = i; keys[#keys + 1] = "k" .. i end
local t = 0
for r = 1, 500 do for _, k in ipairs(keys) do local v = m[k]; if v ~= nil then t = t + v end end end
print(t)
