local xs = {}
for i = 0, 999 do xs[i + 1] = i end
local function map(xs, f) local r = {} for i = 1, #xs do r[i] = f(xs[i]) end return r end
local function filter(xs, f) local r = {} for i = 1, #xs do if f(xs[i]) then r[#r + 1] = xs[i] end end return r end
local t = 0
for i = 1, 1000 do
  for _, x in ipairs(filter(map(xs, function(x) return x * 2 end), function(x) return x % 3 == 0 end)) do t = t + x end
end
print(t)
