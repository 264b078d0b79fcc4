m = {}
for i in range(1000000): m[i * 7] = i
print(len(m), m[700])
