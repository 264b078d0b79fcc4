"""Operators by precedence, and what follows an operand (LANGUAGE §5).

`or` < `and` < `not` < comparisons < `|` < `^` < `&` < shifts < ranges < `+ -` < `* / // %` < unary `- ~` < `**` < postfix
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, NoReturn

from kayton.diagnostics.codes import Edit
from kayton.diagnostics.syntax import ChainedComparison, ForeignSyntax
from kayton.ir.node import Span
from kayton.ir.surface import And, Arg, Binary, Call, Expr, Field, If, Index, MethodCall, Name, Or, Part, Range, Slice, Try, Unary
from kayton.passes.front.parsing.cursor import LINE_ENDS
from kayton.passes.front.parsing.literals import I64_MAX, integer_value
from kayton.passes.front.parsing.patterns import Patterns

_LEVELS = (
    "or", "and &&", "not", "== != < <= > >= in is === !==", "|", "^", "&", "<< >>", ".. ..=", "+ -", "* / // %", "unary", "**",
)
BINDING = {op: level for level, ops in enumerate(_LEVELS) for op in ops.split()}
"""How tightly each binary operator binds; `not` and `unary` are the levels of the prefix operators."""

_COMPARISON = BINDING["=="]
_SIMPLE = frozenset({"NAME", "self", ".", "INT", "FLOAT"})
"""What an operand consists of that may be written twice."""
_POWER = BINDING["**"]
_TIGHT = {op for op, level in BINDING.items() if level >= _COMPARISON} - {"|"} | {"~"}
"""What `not` cannot follow. (A `|` may also end the parameters of a closure.)"""
_OURS = {"&&": "and", "===": "==", "!==": "!="}
"""Operators that are spelt differently elsewhere."""
_OPERANDS = frozenset(("NAME", "INT", "FLOAT", "STR", "FSTRING", "true", "false"))
_make = tuple.__new__


class Operators(Patterns):
    """Parses operators; operands are the expressions module's."""

    prefixes: ClassVar[dict[str, Callable[[Any], Expr]]] = {}
    """What parses an expression that starts with a token of that kind (names apart)."""

    def no_expression(self) -> NoReturn:
        """Fails because no expression starts with the current token."""
        raise NotImplementedError

    def expression(self, least: int = 0) -> Expr:
        """An expression whose operators outside of brackets bind at least as tightly as `least`."""
        self.depth += 1
        room = self.deepest - self.depth
        if room < 0:
            self.too_deep()
        kinds = self.kinds
        start = self.starts[self.i]
        left = self.operand(start)
        while (binding := BINDING.get(op := kinds[self.i])) is not None and binding >= least:
            # A chain leans to the left, one level for each operator; its right operands are no deeper for that.
            room -= 1
            if room < 0:
                self.too_deep()
            special = _SPECIAL.get(op)
            if special is not None:
                made = special(self, left, op, start)
                if made is left:
                    if kinds[self.i] == op:
                        break
                    continue  # it was spelt differently
                left = made
            elif op == "**":
                self.i += 1
                left = Binary(op, left, self.expression(binding), span=self.span_from(start))
            else:
                self.i += 1
                left = Binary(op, left, self.expression(binding + 1), span=self.span_from(start))
        self.depth -= 1
        return left

    def operand(self, start: int) -> Expr:
        """A prefix with its calls, members, indices and `?`; `start` is where it begins."""
        i = self.i
        if self.kinds[i] == "NAME":
            self.i = i + 1
            made = Name(self.texts[i], span=_make(Span, (self.file, start, self.ends[i])))
        else:
            made = self.prefixes.get(self.kinds[i], _no_expression)(self)
        room = self.deepest - self.depth
        while (postfix := _POSTFIX.get(self.kinds[self.i])) is not None:
            room -= 1
            if room < 0:
                self.too_deep()
            made = postfix(self, made, start)
        return made

    # Binary operators with rules of their own; each gives `left` itself to end the expression.

    def _comparison(self, left: Expr, op: str, start: int) -> Expr:
        first = self.i
        self.i += 1
        if self.kinds[self.i] == "not" and op == "is":
            return self._negated(left, op, first, start)
        middle = self.i
        made = Binary(op, left, self.expression(_COMPARISON + 1), span=self.span_from(start))
        if BINDING.get(self.kinds[self.i]) == _COMPARISON:
            earlier = Span(self.file, self.starts[first], self.ends[first])
            simple = all([kind in _SIMPLE for kind in self.kinds[middle : self.i]])
            text = "".join([self.texts[i] or self.kinds[i] for i in range(middle, self.i)]) if simple else ""
            self.fail(ChainedComparison(span=self.span_here(), first=earlier, middle=text))
        return made

    def _and(self, left: Expr, op: str, start: int) -> Expr:
        self.i += 1
        return And(left, self.expression(BINDING["and"] + 1), span=self.span_from(start))

    def _or(self, left: Expr, op: str, start: int) -> Expr:
        self.i += 1
        return Or(left, self.expression(BINDING["or"] + 1), span=self.span_from(start))

    def _range(self, left: Expr, op: str, start: int) -> Expr:
        if self.kinds[self.i + 1] == "]":  # xs[a..]
            return left
        self.i += 1
        made = Range(left, self.expression(BINDING[".."] + 1), op == "..=", span=self.span_from(start))
        if self.kinds[self.i] in ("..", "..="):
            self.unexpected("the end of the range", help="a range has two ends; put one range in parentheses")
        return made

    def _bar(self, left: Expr, op: str, start: int) -> Expr:
        if self.kinds[self.i + 1] == "|" and self.adjacent(self.i):
            self.respell("or", "||", 2)
            return left
        self.i += 1
        return Binary(op, left, self.expression(BINDING["|"] + 1), span=self.span_from(start))

    def _spelt_differently(self, left: Expr, op: str, start: int) -> Expr:
        self.respell(_OURS[op], op)
        return left

    def _negated(self, left: Expr, op: str, first: int, start: int) -> Expr:
        """`a is not b`, `a not in b`; the cursor stands at the second of the two words, `first` is the first."""
        self.i = first + 2
        made = Binary(op, left, self.expression(_COMPARISON + 1), span=self.span_from(start))
        written = f"{self.kinds[first]} {self.kinds[first + 1]}"
        at, end = Span(self.file, start, start), Span(self.file, made.span.end, made.span.end)
        word = Edit(Span(self.file, self.starts[first], self.ends[first + 1]), op)
        instead = "write `not (a is b)`" if op == "is" else "write `not (x in xs)`"
        self.foreign(self.token_span(first, first + 1), written, instead, Edit(at, "not ("), word, Edit(end, ")"))
        return Unary("not", made, span=made.span)

    def _stray_not(self, left: Expr, op: str, start: int) -> Expr:
        return self._negated(left, "in", self.i, start) if self.kinds[self.i + 1] == "in" else left

    # Prefix operators

    def negative(self) -> Expr:
        """`-value`, or the least i64, which is a literal."""
        return self.least_integer() or self._unary(_POWER)

    def inverse(self) -> Expr:
        """`~value`"""
        return self._unary(_POWER)

    def negation(self) -> Expr:
        """`not value`, which binds too loosely to be an operand of most operators."""
        if self.kinds[self.i - 1] in _TIGHT and self.i:
            self.unexpected("an operand", help="put parentheses around `not …`")
        return self._unary(BINDING["not"])

    def exclamation(self) -> Expr:
        """`!value`, which is `not value` here."""
        at = self.i
        tight = bool(at) and self.kinds[at - 1] in _TIGHT
        made = self._unary(_POWER)
        edits = (Edit(self.token_span(at), "(not " if tight else "not "),)
        if tight:
            end = self.span_from(self.starts[at]).end
            edits += (Edit(Span(self.file, end, end), ")"),)
        self.foreign(self.token_span(at), "!", "negation is written `not`", *edits)
        return made

    def increment(self) -> Expr:
        """`++value`"""
        self.foreign(self.token_span(self.i), "++", "write `i += 1` as a statement of its own", says="there is no `++`")
        return self._unary(_POWER)

    def _unary(self, least: int) -> Expr:
        at = self.i
        self.i += 1
        return Unary(self.kinds[at], self.expression(least), span=self.span_from(self.starts[at]))

    # Postfix operators

    def _member(self, value: Expr, start: int) -> Expr:
        """`.name`, `.name(…)`, `.0`"""
        self.i += 1
        i = self.i
        if self.kinds[i] == "INT":
            self.i = i + 1
            return Part(value, min(integer_value(self.texts[i]), I64_MAX), span=self.span_from(start))
        if self.kinds[i] != "NAME":
            self.not_a_name("the name of a field or method")
        self.i = i + 1
        if self.kinds[i + 1] != "(":
            return Field(value, self.texts[i], span=_make(Span, (self.file, start, self.ends[i])))
        args = self.arguments()
        return MethodCall(value, self.texts[i], args, span=self.span_from(start))

    def _call(self, callee: Expr, start: int) -> Expr:
        args = self.arguments()
        return Call(callee, args, span=self.span_from(start))

    def _try(self, value: Expr, start: int) -> Expr:
        self.i += 1
        made = Try(value, span=self.span_from(start))
        return self._choice(made, start) if self.kinds[self.i] in _OPERANDS else made

    def _choice(self, condition: Expr, start: int) -> Expr:
        """`condition ? a : b`, `a ?? b`: no operand can follow the `?` of ours."""
        at = self.i - 1
        if self.kinds[at - 1] == "?" and self.adjacent(at - 1):
            instead = "write `x.unwrap_or(default)`"
            self.fail(ForeignSyntax(span=self.token_span(at - 1, at), written="??", instead=instead))
        first = self.starts[self.expression_start(at - 1)]
        then = self.expression()
        edits: tuple[Edit, ...] = ()
        if self.take(":"):
            question, colon = (Span(self.file, self.ends[i - 1], self.ends[i]) for i in (at, self.i - 1))
            edits = (Edit(Span(self.file, first, first), "if "), Edit(question, ":"), Edit(colon, " else:"))
        otherwise = self.expression()
        instead = "a conditional is written `if c: a else: b`"
        self.foreign(self.token_span(at), "?:", instead, *edits, says="there is no `?:`")
        return If(condition, then, otherwise, span=self.span_from(start))

    def _plus_plus(self, value: Expr, start: int) -> Expr:
        """`i++`"""
        at = self.i
        self.i += 1
        alone = self.kinds[self.i] in LINE_ENDS and self.operand_start(at - 1) == self.statement_start()
        edits = (Edit(self.token_span(at), " += 1"),) if alone else ()
        instead = "write `i += 1`" if alone else "write `i += 1` as a statement of its own"
        self.foreign(self.token_span(at), "++", instead, *edits, says="there is no `++`")
        return value

    def _index(self, value: Expr, start: int) -> Expr:
        """`[i]`, `[lo..hi]` with either end absent. A range in parentheses is an index."""
        opener = self.i
        self.i += 1
        first = self.starts[self.i]
        index = None if self.kinds[self.i] in ("..", "..=", ":") else self.expression()
        if index.__class__ is Range and index.span.start == first and self.kinds[self.i] == "]":
            made = (index.lo, index.hi, index.inclusive)
        elif self.kinds[self.i] in ("..", "..="):
            inclusive = self.kinds[self.i] == "..="
            self.i += 1
            hi = None if self.kinds[self.i] == "]" else self.expression(BINDING[".."] + 1)
            made = (index, hi, inclusive)
        elif self.kinds[self.i] == ":" and self.kinds[self.i + 1] != ":":
            made = (index, self._after_colon(), False)
        else:
            self.expect_closer("]", opener)
            return Index(value, index, span=self.span_from(start))
        self.expect_closer("]", opener)
        return Slice(value, *made, span=self.span_from(start))

    def _after_colon(self) -> Expr | None:
        """The end of a slice that is written with a `:`."""
        span = self.token_span(self.i)
        self.foreign(span, ":", "a slice is written `xs[a..b]`", Edit(span, ".."), says="a slice has no `:`")
        self.i += 1
        return None if self.kinds[self.i] == "]" else self.expression(BINDING[".."] + 1)

    def arguments(self) -> tuple[Arg, ...]:
        """`(value, name=value, mut place)`"""
        opener = self.i
        self.i += 1
        args: list[Arg] = []
        while self.kinds[self.i] != ")":
            start = self.starts[self.i]
            name = self.argument_name(args)
            mutable = self.take("mut")
            args.append(Arg(self.expression(), name, mutable, span=self.span_from(start)))
            if self.kinds[self.i] != ",":
                break
            self.i += 1
        self.expect_closer(")", opener)
        return tuple(args)


def _no_expression(parser: Operators) -> NoReturn:
    parser.no_expression()


_SPECIAL = {
    **dict.fromkeys(_LEVELS[_COMPARISON].split(), Operators._comparison),
    "and": Operators._and,
    "or": Operators._or,
    "..": Operators._range,
    "..=": Operators._range,
    "|": Operators._bar,
    **dict.fromkeys(_OURS, Operators._spelt_differently),
    "not": Operators._stray_not,
}
_POSTFIX = {
    ".": Operators._member, "(": Operators._call, "[": Operators._index, "?": Operators._try, "++": Operators._plus_plus,
}  # fmt: skip
