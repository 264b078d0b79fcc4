local function area(s)
  if s.kind == "circle" then return 3.14 * s.r * s.r
  elseif s.kind == "rect" then return s.w * s.h
  else return 0.0 end
end
local shapes = {{kind = "circle", r = 2.0}, {kind = "rect", w = 2.0, h = 3.0}, {kind = "empty"}}
local t = 0.0
for i = 1, 500000 do for _, s in ipairs(shapes) do t = t + area(s) end end
print(string.format("%.3f", t))
