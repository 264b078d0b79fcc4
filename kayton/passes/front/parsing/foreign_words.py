"""Words that other languages have: at the start of a statement, before an operand, between operands."""

from __future__ import annotations

_NO_EXCEPTIONS = "errors are values: return `Err(…)`, or end the program by `panic(…)`"
_TRY = "errors are values: a function gives a `Result`, and `match` or `?` takes it apart"
_FN = "a function is defined with `fn`"
_PRIVATE = "what has no `pub` is private; leave the word out"

FUNCTION_WORDS = dict.fromkeys(("def", "func", "function", "fun", "defn", "proc", "sub", "method"), _FN)
"""What a function's definition starts with elsewhere."""

VARIABLE_WORDS = {"var": "let mut", "val": "let", "auto": "let", "local": "let", "my": "let", "dim": "let mut", "final": "let"}
"""What a variable's declaration starts with elsewhere, and here."""

SKIPPED_WORDS = {
    "public": "write `pub`", "export": "write `pub`", "private": _PRIVATE, "protected": _PRIVATE, "internal": _PRIVATE,
    "static": "a function without `self` is called on its type; leave `static` out",
    "async": "there is no `async`: functions are called and return", "abstract": "a method without a body stands in a `trait`",
    "override": "a method of an `impl` needs no `override`", "inline": "write the annotation `@inline` on the line before",
    "virtual": "every method of a trait is found at run time; leave `virtual` out", "open": "leave `open` out", "data": "leave `data` out",
}  # fmt: skip
"""What may stand before a definition elsewhere."""

HEADER_WORDS = {
    "elsif": ("if", "write `elif`"), "elseif": ("if", "write `elif`"), "elsf": ("if", "write `elif`"), "switch": ("match", "write `match`"),
    "foreach": ("for", "write `for x in xs:`"), "unless": ("if", "write `if not …:`"), "until": ("while", "write `while not …:`"),
    "when": ("match", "write `match`"), "given": ("match", "write `match`"),
}  # fmt: skip
"""First words of headers elsewhere: the keyword that is read instead, and the help."""

REPLACED_BY = {"elsif": "elif", "elseif": "elif", "elsf": "elif", "switch": "match", "foreach": "for", "unless": "if not", "until": "while not"}
"""What a machine may write in the place of a header's first word."""

TRY_WORDS = {"try": _TRY, "begin": "a block needs no word; see `match` for errors", "do": "`loop:` repeats; a block needs no word",
             "repeat": "write `loop:`, and leave it by `break`", "unsafe": "leave `unsafe` out", "defer": "there is no `defer`"}  # fmt: skip
"""Words with a block of their own elsewhere."""

HANDLER_WORDS = frozenset(("except", "catch", "finally", "rescue", "ensure"))
"""What follows a `try`."""

GIVEN_UP = {
    "import": "write `use`", "from": "write `use module.{name}`", "include": "write `use`", "require": "write `use`", "using": "write `use`",
    "package": "a file is a module by itself; leave the line out", "namespace": "a file is a module by itself",
    "module": "a file is a module by itself", "mod": "a file is a module by itself; others are taken by `use`",
    "raise": _NO_EXCEPTIONS, "throw": _NO_EXCEPTIONS, "throws": _NO_EXCEPTIONS,
    "except": _TRY, "catch": _TRY, "finally": _TRY, "rescue": _TRY, "interface": "write `trait`", "protocol": "write `trait`",
    "record": "write `struct`", "object": "write `struct` or `class`", "union": "write `enum`", "typedef": "write `type Name = …`",
    "typealias": "write `type Name = …`", "extension": "write `impl Type:`", "extend": "write `impl Type:`",
    "del": "a map's entry is removed by `m.remove(k)`, a list's by `xs.remove(i)`; a variable ends with its block",
    "delete": "a map's entry is removed by `m.remove(k)`, a list's by `xs.remove(i)`; a variable ends with its block",
    "global": "a global never changes: give the value to the function and return the new one",
    "nonlocal": "a closure has a copy: keep what changes in a class instance, or return the new value",
    "with": "there is no `with`: call what opens and what closes", "yield": "write an `Iterator`: a class with `next(mut self) -> Option[T]`",
    "goto": "write a `loop:` with `break` and `continue`", "await": "there is no `await`: functions are called and return",
    "case": "an arm of a `match` is `pattern: body`, without `case`", "new": "an instance is made by calling its type: `Point(1.0, 2.0)`",
    "void": _FN + ", and one that gives nothing has no result type", "lambda": "a closure is written `|x| x + 1`",
}  # fmt: skip
"""First words of statements that are only named, with what to write instead."""

STATEMENTS = frozenset((*FUNCTION_WORDS, *VARIABLE_WORDS, *SKIPPED_WORDS, *HEADER_WORDS, *TRY_WORDS, *GIVEN_UP))
"""Every word that a statement may start with elsewhere. All are names here, so what follows decides."""

PREFIXES = {
    "lambda": "a closure is written `|x| x + 1`", "function": "a closure is written `|x| x + 1`",
    "new": "an instance is made by calling its type: `Point(1.0, 2.0)`", "await": "there is no `await`: functions are called and return",
    "typeof": "`type_name(x)` gives a value's type", "sizeof": "a value's size is not to be seen", "ref": "leave `ref` out",
    "try": _TRY, "throw": _NO_EXCEPTIONS, "raise": _NO_EXCEPTIONS, "yield": GIVEN_UP["yield"], "delete": GIVEN_UP["delete"],
}  # fmt: skip
"""Words before an operand."""

INFIXES = {
    "instanceof": "compare the name of its type: `type_name(x) == \"Point\"`, or `match` its variants",
    "isa": "compare the name of its type: `type_name(x) == \"Point\"`, or `match` its variants",
    "div": "division that rounds down is `//`", "mod": "the remainder is `%`", "xor": "between bools `!=`, between i64 `^`",
    "eq": "write `==`", "ne": "write `!=`", "step": "write `(a..b).step_by(k)`", "by": "write `(a..b).step_by(k)`", "to": "a range is `a..b`",
    "until": "a range is `a..b`, without b", "unless": "write `if not c: …`", "extends": "there is no inheritance: a `trait` says what types have in common",
    "implements": "write `impl Trait for Type:`", "then": "`:` begins the block", "do": "`:` begins the block", "of": "write `in`",
}  # fmt: skip
"""Words between or after operands."""

STRING_PREFIXES = frozenset(("r", "b", "u", "rb", "br", "R", "B", "s", "c", "F"))
"""Letters that stand directly before a string elsewhere."""
