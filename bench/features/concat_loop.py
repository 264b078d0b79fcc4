def main():
    s = ""
    for i in range(2000000): s += "x"
    t = ""
    for i in range(20000): t = t + "yz"
    print(len(s), len(t))
main()
