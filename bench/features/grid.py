def main():
    n = 200
    g = [[0] * n for _ in range(n)]
    for r in range(20):
        for i in range(n):
            for j in range(n): g[i][j] += i ^ j
    print(g[199][100])
main()
