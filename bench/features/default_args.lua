local function f(a, b, c) b = b or 2; c = c or 3; return a + b + c end
local t = 0
for i = 0, 1499999 do t = t + f(i) + f(i, nil, 1) end
print(t)
