def make(depth): return (None, None) if depth == 0 else (make(depth - 1), make(depth - 1))
def check(tree):
    left, right = tree
    return 1 if left is None else 1 + check(left) + check(right)
most = 15
long_lived = make(most)
depth = 4
while depth <= most:
    rounds = 1 << (most - depth + 4)
    total = 0
    for i in range(rounds): total += check(make(depth))
    print(rounds, depth, total)
    depth += 4
print(check(long_lived))
