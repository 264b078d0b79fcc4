local function half(n) if n % 2 == 0 then return n // 2 end return nil, "odd" end
local function twice(n)
  local a, e = half(n)
  if not a then return nil, e end
  local b, e = half(a)
  if not b then return nil, e end
  return a + b
end
local good = 0
for i = 0, 799999 do if twice(i) then good = good + 1 end end
print(good)
