from __future__ import annotations
from typing import Optional
class Tree:
    def __init__(self, left: Optional[Tree], right: Optional[Tree]) -> None:
        self.left = left
        self.right = right
def make(depth: int) -> Tree: return Tree(None, None) if depth == 0 else Tree(make(depth - 1), make(depth - 1))
def check(tree: Tree) -> int:
    left, right = tree.left, tree.right
    return 1 if left is None or right is None else 1 + check(left) + check(right)
def main() -> None:
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
main()
