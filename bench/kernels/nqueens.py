def is_safe(queens, row, column):
    for r in range(row):
        c = queens[r]
        if c == column or c - r == column - row or c + r == column + row: return False
    return True
def place(queens, row, n):
    if row == n: return 1
    solutions = 0
    for column in range(n):
        if is_safe(queens, row, column):
            queens[row] = column
            solutions += place(queens, row + 1, n)
    return solutions
n = 10
for round in range(8):
    print(place([0] * n, 0, n))
