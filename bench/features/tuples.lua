local function divmod(a, b) return {a // b, a % b} end
local t = 0
for i = 0, 1499999 do local p = divmod(i, 7); t = t + p[1] - p[2] end
print(t)
