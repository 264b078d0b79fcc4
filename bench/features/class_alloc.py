class Node:
    __slots__ = ("value", "next")
    def __init__(self, value, next):
        self.value = value
        self.next = next
def main():
    t = 0
    for r in range(100):
        head = None
        for i in range(10000): head = Node(i, head)
        at = head
        while at is not None:
            t += at.value
            at = at.next
    print(t)
main()
