local m, n = {}, 0
for i = 0, 999999 do m[i * 7] = i end
for k in pairs(m) do n = n + 1 end
print(n .. " " .. m[700])
