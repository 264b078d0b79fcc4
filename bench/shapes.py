"""Programs of one shape each, of any length, on which a pass that is not linear would show it."""

from __future__ import annotations

from collections.abc import Callable


def one_function(n: int) -> str:
    """All lines in one function."""
    lines = ["fn main():", "    let mut total = 0"]
    for i in range(0, n, 5):
        lines += [
            f"    let a{i} = total % {i + 7}", f"    if a{i} > 3: total += a{i} else: total -= {i}",
            f"    for x in [a{i}, {i}]: total += x", f"    let f{i} = |y| y + a{i}", f"    total += f{i}({i})",
        ]
    return "\n".join([*lines, "    print(total)"]) + "\n"


def many_functions(n: int) -> str:
    """A function a line, each calling the one before it."""
    lines = [f"fn f{i}(x): f{i - 1}(x) + {i}" for i in range(1, n)]
    return "\n".join(["fn f0(x): x", *lines, "fn main(): print(f3(1))"]) + "\n"


def one_expression(n: int) -> str:
    """A sum of as many parts."""
    return "fn main():\n    let x = 1\n    print(x\n" + "".join([f"        + {i} * x\n" for i in range(n)]) + "    )\n"


def nested_calls(n: int) -> str:
    """A call inside a call, as deep as half the lines."""
    return "fn f(x): x\nfn main():\n    print(\n" + "f(\n" * (n // 2) + "1\n" + ")\n" * (n // 2) + ")\n"


def nested_closures(n: int) -> str:
    """A closure in a closure; each captures what all around it have bound."""
    depth = min(n, 60)
    one = "".join([f"|x{i}| " for i in range(depth)]) + " + ".join([f"x{i}" for i in range(depth)])
    return "".join([f"fn f{k}(): {one}\n" for k in range(max(1, n // depth))]) + "fn main(): print(f0())\n"


def list_literal(n: int) -> str:
    """A list of tuples, one a line."""
    return "fn main():\n    let xs = [\n" + "".join([f"        ({i}, \"item {i}\", {i}.5),\n" for i in range(n)]) + "    ]\n    print(xs.len())\n"


def map_literal(n: int) -> str:
    """A map with an entry a line."""
    return "fn main():\n    let m = {\n" + "".join([f"        \"key {i}\": [{i}, 1],\n" for i in range(n)]) + "    }\n    print(m.len())\n"


def number_match(n: int) -> str:
    """A match with a literal an arm."""
    arms = "".join([f"        {i}: {i * 7 % 1000}\n" for i in range(n)])
    return f"fn f(x: i64):\n    match x:\n{arms}        _: 0\nfn main(): print(f(3))\n"


def variant_match(n: int) -> str:
    """An enum of many variants, and a match with an arm for each."""
    half = n // 2
    variants = "".join([f"    V{i}(i64)\n" for i in range(half)])
    arms = "".join([f"        V{i}(x): x + {i}\n" for i in range(half)])
    return f"enum E:\n{variants}fn f(e):\n    match e:\n{arms}fn main(): print(f(V1(2)))\n"


def tuple_match(n: int) -> str:
    """A match on pairs."""
    arms = "".join([f"        ({i % 97}, {i}): {i}\n" for i in range(n)])
    return f"fn f(x):\n    match x:\n{arms}        _: 0\nfn main(): print(f((1, 2)))\n"


def branches(n: int) -> str:
    """One if with very many elif."""
    middle = "".join([f"    elif x == {i}: {i}\n" for i in range(n)])
    return f"fn f(x):\n    if x == -1: 0\n{middle}    else: 1\nfn main(): print(f(3))\n"


def method_chain(n: int) -> str:
    """A method called on what the line before gave."""
    return "fn main():\n    let xs = [1]\n        " + "\n        ".join([f".map(|x| x + {i})" for i in range(n)]) + "\n    print(xs)\n"


def fields(n: int) -> str:
    """Structs of a hundred fields with defaults, one a line, and their construction."""
    count = max(1, n // 100)
    names = "".join([f"    f{i}: i64 = {i}\n" for i in range(min(n, 100))])
    structs = "".join([f"struct S{k}:\n{names}" for k in range(count)])
    return f"{structs}fn main():\n" + "".join([f"    print(S{k}().f1)\n" for k in range(count)])


def constants(n: int) -> str:
    """A constant a line, computed from the one before it."""
    return "const C0 = 1\n" + "".join([f"const C{i} = C{i - 1} + 1\n" for i in range(1, n)]) + f"fn main(): print(C{n - 1})\n"


def globals_(n: int) -> str:
    """A module-level let and a statement in turn."""
    return "".join([f"let g{i} = {i}\nprint(g{i} + g{i // 2})\n" for i in range(n // 2)])


def text(n: int) -> str:
    """An f-string a line."""
    return "fn main():\n    let x = 1\n" + "".join([f"    print(f\"line {i}: {{x + {i}:>8}} and {{x}}\")\n" for i in range(n)])


def types(n: int) -> str:
    """Many structs with a trait's implementation each."""
    one = "struct T{i}:\n    a: i64\n    fn get(self): self.a + {i}\nimpl Named for T{i}:\n    fn called(self) -> str: \"T{i}\"\n"
    made = "".join([one.replace("{i}", str(i)) for i in range(n // 5)])
    return f"trait Named:\n    fn called(self) -> str\n{made}fn main():\n    print(T1(2).get(), T0(1).called())\n"


def shadows(n: int) -> str:
    """One variable bound again and again."""
    return "fn main():\n    let x = 1\n" + "".join([f"    let x = x + {i}\n" for i in range(n)]) + "    print(x)\n"


def loops(n: int) -> str:
    """Loops in loops of one another, a dozen deep, many times."""
    lines = ["fn main():", "    let mut t = 0"]
    for k in range(max(1, n // 14)):
        for d in range(12):
            lines.append("    " * (d + 1) + f"for i{d} in 0..2:")
        lines.append("    " * 13 + f"t += i0 + i11 + {k}")
    return "\n".join([*lines, "    print(t)"]) + "\n"


SHAPES: dict[str, Callable[[int], str]] = {
    f.__name__.replace("_", " ").strip(): f
    for f in (
        one_function, many_functions, one_expression, nested_calls, nested_closures, list_literal, map_literal, number_match,
        variant_match, tuple_match, branches, method_chain, fields, constants, globals_, text, types, shadows, loops,
    )
}  # fmt: skip
