local n = 200
local g = {}
for i = 0, n - 1 do g[i] = {}; for j = 0, n - 1 do g[i][j] = 0 end end
for r = 1, 20 do for i = 0, n - 1 do for j = 0, n - 1 do g[i][j] = g[i][j] + (i ~ j) end end end
print(g[199][100])
