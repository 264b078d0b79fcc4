local function step(ps, total, k)
  local p = ps[k]
  p.x = p.x + 1
  p.y = p.y + 0.5
  total.sum = total.sum + p.y
  total.last = "p"
end
local ps = {{x = 0, y = 0.0}, {x = 0, y = 0.0}}
local total = {sum = 0.0, last = ""}
for i = 0, 999999 do step(ps, total, i % 2 + 1) end
print(ps[1].x, ps[2].x, total.last, string.format("%d", ps[1].y + ps[2].y + total.sum))
