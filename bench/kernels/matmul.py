def make(n, seed):
    m = []
    for i in range(n):
        row = []
        for j in range(n): row.append((i * n + j + seed) % 10 / 10)
        m.append(row)
    return m
def multiply(a, b, n):
    c = []
    for i in range(n):
        ai = a[i]
        row = []
        for j in range(n):
            sum = 0.0
            for k in range(n): sum += ai[k] * b[k][j]
            row.append(sum)
        c.append(row)
    return c
n = 260
c = multiply(make(n, 1), make(n, 2), n)
trace = 0.0
for i in range(n): trace += c[i][i]
print(f"{trace:.3f}")
