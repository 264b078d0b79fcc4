"""Expressions on one line: operators with no more parentheses than they need, literals, calls, brackets (LANGUAGE §§2, 5, 6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kayton.ir.surface import (
    And,
    Arg,
    Binary,
    BoolLit,
    Call,
    Clause,
    Expr,
    Field,
    FloatLit,
    ForClause,
    FString,
    Hole,
    Index,
    IntLit,
    ListComp,
    ListLit,
    ListRepeat,
    MapComp,
    MapEntry,
    MapLit,
    MethodCall,
    Name,
    Or,
    Part,
    Range,
    SetComp,
    SetLit,
    Slice,
    StrLit,
    Try,
    Tuple,
    Unary,
    UnitLit,
)
from kayton.passes.front.parsing.operators import BINDING
from kayton.passes.rewrite.printing import leaves
from kayton.passes.rewrite.printing.comments import NONE, Comments
from kayton.passes.rewrite.printing.shapes import OPEN, POSTFIX, UNARY, Spread, level
from kayton.passes.rewrite.printing.types import Types

_COMPARISON, _POWER, _RANGE, _NOT = BINDING["=="], BINDING["**"], BINDING[".."], BINDING["not"]


class Expressions(Types):
    """Prints expressions; what has blocks is the control module's."""

    def __init__(self, comments: Comments = NONE) -> None:
        super().__init__()
        self.comments = comments
        self.lines = Spread(comments)

    def expression(self, e: Expr) -> None:
        """An expression that nothing can follow."""
        EXPRESSIONS[e.__class__](self, e)

    def guarded(self, e: Expr) -> None:
        """An expression that a keyword or a `:` follows."""
        if e.__class__ in OPEN:
            self.grouped(lambda: self.expression(e))
        else:
            self.expression(e)

    def operand(self, e: Expr, least: int, within: Expr | None = None) -> None:
        """What stands left of an operator, or between two: in parentheses unless it binds at least as tightly as `least`.

        Parentheses around an operator inside of the expression `within` stay, too: somebody wanted them to be seen.
        """
        kept = within is not None and level(e) < POSTFIX and self.comments.is_grouped(e, within)
        if kept or level(e) < least or (e.__class__ in OPEN and not self._has_lines(e)):
            self.grouped(lambda: self.expression(e))
        else:
            self.expression(e)

    def _last(self, e: Expr, least: int, within: Expr) -> None:
        """What stands right of an operator: a prefix operator needs no parentheses there."""
        self.operand(e, min(least, UNARY) if level(e) == UNARY else least, within)

    def _has_lines(self, e: Expr) -> bool:
        return not self.brackets and self.lines.has(e)

    # Operators

    def _binary(self, e: Binary) -> None:
        at = BINDING[e.op]
        strict = at in (_COMPARISON, _POWER)
        self.operand(e.left, at + 1 if strict else at, e)
        self.write(f" {e.op}")
        self._gap(e)
        self._last(e.right, at if at == _POWER else at + 1, e)

    def _and(self, e: And) -> None:
        self._logical(e, "and")

    def _or(self, e: Or) -> None:
        self._logical(e, "or")

    def _logical(self, e: And | Or, word: str) -> None:
        """An `and` in an `or` has parentheses that only readers need."""
        mixed = e.__class__ is Or and e.left.__class__ is And
        self.operand(e.left, BINDING[word] + 2 if mixed else BINDING[word], e)
        self.write(f" {word}")
        self._gap(e)
        self._last(e.right, BINDING[word] + 2 if e.right.__class__ is And else BINDING[word] + 1, e)

    def _gap(self, e: Binary | And | Or) -> None:
        """What follows an operator: a blank, or the line's end where the source has one."""
        if self.comments.is_split(e.left, None if e.right.span is None else e.right.span.start):
            self.wrap()
        else:
            self.write(" ")

    def _range(self, e: Range) -> None:
        self.operand(e.lo, _RANGE + 1, e)
        self.write("..=" if e.inclusive else "..")
        self._last(e.hi, _RANGE + 1, e)

    def _unary(self, e: Unary) -> None:
        if e.op == "not":
            self.write("not ")
            self._last(e.value, _NOT, e)
            return
        self.write(e.op)
        self.operand(e.value, POSTFIX if level(e.value) == UNARY else _POWER, e)

    # Members and calls

    def _base(self, e: Expr) -> None:
        """What a member, call, index or `?` follows."""
        self.operand(e, POSTFIX)

    def _field(self, e: Field) -> None:
        self._base(e.value)
        self._dot(e.value)
        self.write(e.name)

    def _dot(self, e: Expr) -> None:
        """The `.` after an expression, on the next line where it is in the source."""
        if self.comments.is_split(e, self.comments.dot_after(e)):
            self.wrap()
        self.write(".")

    def _part(self, e: Part) -> None:
        if e.value.__class__ is IntLit:
            self.grouped(lambda: self.expression(e.value))
        else:
            self._base(e.value)
        self.write(f".{e.index}")

    def _index(self, e: Index) -> None:
        self._base(e.value)
        if e.index.__class__ is Range:
            self.bracketed("[", (e.index,), lambda i: self.grouped(lambda: self.expression(i)), "]")
        else:
            self._inside("[", lambda: self.expression(e.index), "]")

    def _slice(self, e: Slice) -> None:
        self._base(e.value)
        self._inside("[", lambda: self._bounds(e), "]")

    def _bounds(self, e: Slice) -> None:
        if e.lo is not None:
            self.operand(e.lo, _RANGE + 1)
        self.write("..=" if e.inclusive else "..")
        if e.hi is not None:
            self.operand(e.hi, _RANGE + 1)

    def _try(self, e: Try) -> None:
        self._base(e.value)
        self.write("?")

    def _call(self, e: Call) -> None:
        if e.callee.__class__ is Field:
            self.grouped(lambda: self.expression(e.callee))
        else:
            self._base(e.callee)
        self.arguments(e.args)

    def _method_call(self, e: MethodCall) -> None:
        self._base(e.receiver)
        self._dot(e.receiver)
        self.write(e.name)
        self.arguments(e.args)

    def arguments(self, args: Sequence[Arg]) -> None:
        """`(value, name=value, mut place)`"""
        self.bracketed("(", args, self._argument, ")")

    def _argument(self, a: Arg) -> None:
        if a.name is not None:
            self.write(f"{a.name}=")
        if a.mutable:
            self.write("mut ")
        self.expression(a.value)

    # Literals and brackets

    def _name(self, e: Name) -> None:
        self.write(e.name)

    def _integer(self, e: IntLit) -> None:
        self.write(leaves.integer(e.value, self.comments.spelling(e)))

    def _float(self, e: FloatLit) -> None:
        self.write(leaves.floating(e.value, self.comments.spelling(e)))

    def _bool(self, e: BoolLit) -> None:
        self.write("true" if e.value else "false")

    def _string(self, e: StrLit) -> None:
        self.write(leaves.string(e.value, self.comments.spelling(e)))

    def _unit(self, e: UnitLit) -> None:
        self.write("()")

    def _fstring(self, e: FString) -> None:
        spelling = self.comments.spelling(e)
        quotes = '"""' if spelling.startswith('f"""') else '"'
        self.write(f"f{quotes}")
        if quotes != '"' and e.parts:  # a newline after the quotes, which says nothing
            self.write(spelling[4 : e.parts[0].span.start - e.span.start])
        for part in e.parts:
            if part.__class__ is StrLit:
                self.write(leaves.ftext(part.value, self.comments.spelling(part)))
            else:
                self._hole(part)
        self.write(quotes)

    def _hole(self, h: Hole) -> None:
        self.in_hole(lambda: self._in_hole(h.value))
        self.write("}" if h.spec is None else f":{h.spec}}}")

    def _in_hole(self, e: Expr) -> None:
        """In a hole a `:` outside of brackets begins the format, and a brace at the start is a brace."""
        if _starts_with_brace(e):
            self.grouped(lambda: self.expression(e))
        else:
            self.guarded(e)

    def _tuple(self, e: Tuple) -> None:
        self.bracketed("(", e.items, self.expression, ",)" if len(e.items) == 1 else ")")

    def _list(self, e: ListLit) -> None:
        self.bracketed("[", e.items, self.expression, "]")

    def _set(self, e: SetLit) -> None:
        self.bracketed("{", e.items, self.guarded, "}")

    def _map(self, e: MapLit) -> None:
        self.bracketed("{", e.entries, self._entry, "}")

    def _entry(self, e: MapEntry) -> None:
        self.guarded(e.key)
        self.write(": ")
        self.expression(e.value)

    def _repeat(self, e: ListRepeat) -> None:
        self._inside("[", lambda: self._repeated(e), "]")

    def _repeated(self, e: ListRepeat) -> None:
        self.guarded(e.value)
        self.write("; ")
        self.expression(e.count)

    def _list_comp(self, e: ListComp) -> None:
        self._inside("[", lambda: self._comprehended(e.value, e.clauses), "]")

    def _set_comp(self, e: SetComp) -> None:
        self._inside("{", lambda: self._comprehended(e.value, e.clauses), "}")

    def _map_comp(self, e: MapComp) -> None:
        self._inside("{", lambda: self._mapped(e), "}")

    def _mapped(self, e: MapComp) -> None:
        self.guarded(e.key)
        self.write(": ")
        self._comprehended(e.value, e.clauses)

    def _comprehended(self, value: Expr, clauses: Sequence[Clause]) -> None:
        self.guarded(value)
        for c in clauses:
            if c.__class__ is ForClause:
                self.write(" for ")
                self.pattern(c.pattern)
                self.write(" in ")
                self.guarded(c.iterable)
            else:
                self.write(" if ")
                self.guarded(c.condition)

    def _inside(self, opener: str, show: Callable[[], None], closer: str) -> None:
        """What is written by `show`, between brackets that stay on one line."""
        self.write(opener)
        self.brackets += 1
        show()
        self.brackets -= 1
        self.write(closer)


_BASES = {
    Call: "callee", MethodCall: "receiver", Field: "value", Part: "value", Index: "value", Slice: "value", Try: "value",
    Binary: "left", And: "left", Or: "left", Range: "lo",
}  # fmt: skip


def _starts_with_brace(e: Expr) -> bool:
    """Whether the text of an expression starts with `{`."""
    while e.__class__ in _BASES:
        e = getattr(e, _BASES[e.__class__])
    return e.__class__ in (MapLit, SetLit, MapComp, SetComp)


EXPRESSIONS: dict[type[Expr], Callable[[Expressions, Expr], None]] = {
    Binary: Expressions._binary, And: Expressions._and, Or: Expressions._or, Range: Expressions._range, Unary: Expressions._unary,
    Field: Expressions._field, Part: Expressions._part, Index: Expressions._index, Slice: Expressions._slice, Try: Expressions._try,
    Call: Expressions._call, MethodCall: Expressions._method_call, Name: Expressions._name, IntLit: Expressions._integer,
    FloatLit: Expressions._float, BoolLit: Expressions._bool, StrLit: Expressions._string, UnitLit: Expressions._unit,
    FString: Expressions._fstring, Tuple: Expressions._tuple, ListLit: Expressions._list, SetLit: Expressions._set,
    MapLit: Expressions._map, ListRepeat: Expressions._repeat, ListComp: Expressions._list_comp, SetComp: Expressions._set_comp,
    MapComp: Expressions._map_comp,
}  # fmt: skip
"""What prints each kind; the control module adds its own."""
