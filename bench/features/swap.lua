local a, b = 1, 2
for i = 1, 2000000 do a, b = b, a + 1 end
print(a, b)
