local function make(n, seed)
  local m = {}
  for i = 0, n - 1 do
    local row = {}
    for j = 0, n - 1 do row[j + 1] = (i * n + j + seed) % 10 / 10 end
    m[i + 1] = row
  end
  return m
end
local function multiply(a, b, n)
  local c = {}
  for i = 1, n do
    local ai = a[i]
    local row = {}
    for j = 1, n do
      local sum = 0.0
      for k = 1, n do sum = sum + ai[k] * b[k][j] end
      row[j] = sum
    end
    c[i] = row
  end
  return c
end
local n = 260
local c = multiply(make(n, 1), make(n, 2), n)
local trace = 0.0
for i = 1, n do trace = trace + c[i][i] end
print(string.format("%.3f", trace))
