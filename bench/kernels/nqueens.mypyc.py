def is_safe(queens: list[int], row: int, column: int) -> bool:
    for r in range(row):
        c = queens[r]
        if c == column or c - r == column - row or c + r == column + row: return False
    return True
def place(queens: list[int], row: int, n: int) -> int:
    if row == n: return 1
    solutions = 0
    for column in range(n):
        if is_safe(queens, row, column):
            queens[row] = column
            solutions += place(queens, row + 1, n)
    return solutions
def main() -> None:
    n = 10
    for round in range(8):
        print(place([0] * n, 0, n))
main()
