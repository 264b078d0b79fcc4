local seed = 7
local xs = {}
for i = 0, 299999 do seed = seed * 16807 % 2147483647; xs[i + 1] = seed end
for r = 1, 3 do local ys = table.move(xs, 1, #xs, 1, {}); table.sort(ys); print(ys[1]) end
