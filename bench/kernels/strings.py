def build(n):
    text = ""
    for i in range(n):
        text += "item "
        text += str(i)
        text += ", "
    return text
text = build(400000)
print(len(text))
words = []
for i in range(200000): words.append(f"<{i}>")
print(len("".join(words)))
