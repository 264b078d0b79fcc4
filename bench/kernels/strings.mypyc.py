def build(n: int) -> str:
    text = ""
    for i in range(n):
        text += "item "
        text += str(i)
        text += ", "
    return text
def main() -> None:
    text = build(400000)
    print(len(text))
    words: list[str] = []
    for i in range(200000): words.append(f"<{i}>")
    print(len("".join(words)))
main()
