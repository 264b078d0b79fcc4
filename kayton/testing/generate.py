"""Random programs: closed, terminating, in source text, so that they go through everything that a user's program does.

They are written by type, so that most run deep; now and then something may fail at run time. The same seed gives the same
program for ever.
"""

from __future__ import annotations

import attrs

from kayton.testing.choices import Choices, seeded
from kayton.testing import generate_control, generate_objects  # noqa: F401 (they add ways to statements)
from kayton.testing.generate_body import Body
from kayton.testing.generate_changes import changes_of
from kayton.testing.generate_expressions import Writer
from kayton.testing.generate_modules import in_files
from kayton.testing.generate_operations import ways_for
from kayton.testing.features import ANNOTATIONS, FEATURES
from kayton.testing.prelude import ALWAYS, CHOICES, PLAIN, RECORDS, naming
from kayton.testing.shapes import (
    F64,
    I64,
    SIMPLE,
    STR,
    Case,
    Choice,
    Known,
    Parameter,
    Record,
    Routine,
    Shape,
    Var,
    list_of,
    option,
    result,
)

_PLAIN, _AHEAD = sorted(PLAIN), sorted(set(FEATURES.values()))


def generate(seed: int, size: int = 8, risk: int = 2) -> str:
    """The program of that seed; `size` is about the number of statements of a function, `risk` how often, of a hundred
    expressions, one may fail at run time (in half of the programs; in the others none does on purpose)."""
    return write(seeded(seed), size, risk)


def write(choose: Choices, size: int = 8, risk: int = 2) -> str:
    """A program made of these choices."""
    return _Program(choose, size, choose.pick((0, risk)), Known(parts=PLAIN)).text()


def generate_ahead(seed: int, size: int = 2, risk: int = 2) -> str:
    """A program to be compiled ahead of time: it uses the features of LANGUAGE §8, and draws on few definitions, since compiling each takes
    time; each program on others."""
    choose = seeded(seed)
    known = Known(parts=ALWAYS | {choose.pick(some) for some in (_PLAIN, _PLAIN, _PLAIN, _AHEAD, _AHEAD, _AHEAD)})
    return _Program(choose, size, choose.pick((0, risk)), known, ANNOTATIONS).text()


@attrs.define
class _Program:
    """A program under construction."""

    choose: Choices
    size: int
    risk: int
    known: Known
    annotations: tuple[str, ...] = ()
    """Some of the program's own functions get one of these."""
    parts: list[str] = attrs.field(factory=list)

    def text(self) -> str:
        """The whole program."""
        self.known.records.update({r.name: r for r in RECORDS if naming((r.name,)) <= self.known.parts})
        self.known.choices.update({c.name: c for c in CHOICES if naming((c.name,)) <= self.known.parts})
        for i in range(self.choose.below(3)):
            self.record(f"Rec{i}", "struct")
        for i in range(self.choose.below(2)):
            self.enum(f"Enum{i}")
        for i in range(self.choose.below(2)):
            self.record(f"Cls{i}", "class")
        for i in range(self.choose.below(3)):
            self.constant(f"CONST_{i}")
        for i in range(self.choose.below(4)):
            self.routine(f"f{i}")
        for i in range(self.choose.below(3)):
            self.module_let(f"g{i}")
        definitions = list(self.parts)
        self.main()
        return in_files(self.choose, definitions, self.parts[len(definitions) :])

    def writer(self, *scope: Var, risk: int | None = None) -> Writer:
        """A writer with these variables."""
        return Writer(self.choose, self.known, list(scope), self.risk if risk is None else risk)

    # ── types ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def fields(self, most: int) -> tuple[Parameter, ...]:
        """Fields, those with a default last."""
        w = self.writer(risk=0)
        made = []
        for i in range(1 + self.choose.below(most)):
            shape = w.any_shape(1)
            default = w.plain(shape, 1) if i and self.choose.chance(40) else None
            made.append(Parameter(f"x{i}", shape, annotated=self.choose.chance(70), default=default))
        return tuple(sorted(made, key=lambda p: p.default is not None))

    def record(self, name: str, kind: str) -> None:
        """A struct or class with methods and perhaps implementations of well-known traits."""
        record = Record(name, kind, self.fields(3))
        lines = [f"{kind} {name}:", *[f"    {_declared(f)}" for f in record.fields]]
        self.known.records[name] = record
        ways_for(record.shape)
        changes_of(record.shape)
        methods = []
        for i in range(self.choose.below(3)):
            method, body = self.method(record, f"m{name.lower()}{i}")
            methods.append(method)
            lines += ["", *body]
        self.known.records[name] = attrs.evolve(record, methods=tuple(methods))
        self.parts.append("\n".join(lines) + "\n")
        self.implementations(record)

    def method(self, record: Record, name: str) -> tuple[Routine, list[str]]:
        """A method that looks at `self`, or changes it."""
        changes = self.choose.chance(50)
        taken, given = self.choose.pick(SIMPLE), self.writer(risk=0).any_shape(1)
        routine = Routine(name, (Parameter("arg", taken),), given, changes=changes)
        body = Body(self.writer(Var("arg", taken), Var("self", record.shape, changes)), given, indent=2)
        for _ in range(1 + self.choose.below(2)):
            body.statement(1)
        body.line(body.value(given))
        result_text = f" -> {given.text}" if self.choose.chance(50) else ""
        return routine, [f"    fn {name}({'mut ' if changes else ''}self, arg){result_text}:", *body.lines]

    def implementations(self, record: Record) -> None:
        """Show, Eq or Ord, going by what the first field says."""
        first = record.fields[0]
        if self.choose.chance(25):
            self.parts.append(f'impl Show for {record.name}:\n    fn show(self): f"<{{self.{first.name}}}>"\n')
        if first.shape in SIMPLE and first.shape != F64 and self.choose.chance(25):
            self.parts.append(f"impl Eq for {record.name}:\n    fn eq(self, other): self.{first.name} == other.{first.name}\n")
        if first.shape == I64 and self.choose.chance(40):
            body = f"(if self.{first.name} < other.{first.name}: -1 else: 1)"
            self.parts.append(f"impl Ord for {record.name}:\n    fn cmp(self, other): {body}\n")

    def enum(self, name: str) -> None:
        """An enum whose first variant has no fields."""
        cases = [Case(f"{name}A")]
        for letter in "BC"[: 1 + self.choose.below(2)]:
            named = self.choose.chance(50)
            fields = tuple([attrs.evolve(f, default=None, annotated=True) for f in self.fields(2)])
            cases.append(Case(f"{name}{letter}", fields, named))
        made = Choice(name, tuple(cases))
        self.known.choices[name] = made
        ways_for(made.shape)
        lines = [f"enum {name}:"]
        for case in cases:
            shown = [f"{f.name}: {f.shape.text}" if case.named else f.shape.text for f in case.fields]
            lines.append(f"    {case.name}({', '.join(shown)})" if shown else f"    {case.name}")
        self.parts.append("\n".join(lines) + "\n")

    # ── values and functions ───────────────────────────────────────────────────────────────────────────────────────────

    def constant(self, name: str) -> None:
        """A constant, which cannot fail, for that would be a compile error."""
        w = self.writer(risk=0)
        shape = self.choose.pick((*SIMPLE, list_of(I64), list_of(STR), option(STR)))
        self.parts.append(f"const {name} = {w.plain(shape, 1)}\n")
        self.known.constants.append(Var(name, shape))

    def module_let(self, name: str) -> None:
        """A global."""
        w = self.writer()
        shape = w.any_shape(1)
        self.parts.append(f"let {name} = {w.value(shape, 2)}\n")
        self.known.constants.append(Var(name, shape))

    def routine(self, name: str) -> None:
        """A function: plain, recursive on decreasing fuel, or changing its first argument."""
        w = self.writer(risk=0)
        kind = self.choose.below(4)
        params = [Parameter(f"a{i}", w.any_shape(1), self.choose.chance(50)) for i in range(self.choose.below(3))]
        if kind == 2:
            params.insert(0, Parameter("fuel", I64))
        elif kind == 3:
            params.insert(0, Parameter("place", w.any_shape(1), mutable=True))
        if self.choose.chance(40):
            shape = self.choose.pick(SIMPLE)
            params.append(Parameter("last", shape, default=w.plain(shape, 0)))
        given = self.choose.pick((w.any_shape(1), option(I64), result(I64)))
        routine = Routine(name, tuple(params), given, fuel=kind == 2)
        annotation = self.choose.pick(self.annotations) if self.annotations and self.choose.chance(40) else ""
        self.parts.append(annotation + "\n".join(self.function_lines(routine)) + "\n")
        self.known.routines.append(routine)

    def function_lines(self, routine: Routine) -> list[str]:
        """The text of a function, which may call those before it, and itself while there is fuel."""
        scope = [Var(p.name, p.shape, p.mutable) for p in routine.params if p.name != "fuel"]
        writer = self.writer(*scope)
        writer.calls_left = 3
        body = Body(writer, routine.result)
        if routine.fuel:
            body.line(f"if fuel <= 0: return {body.value(routine.result)}")
            self_call = f"{routine.name}(fuel - 1, {', '.join([body.value(p.shape) for p in routine.params[1:]])})"
            body.line(f"let deeper = {self_call}")
            body.let("deeper", routine.result)
        for _ in range(1 + self.choose.below(max(self.size // 2, 1))):
            body.statement(2)
        body.line(body.value(routine.result))
        arrow = f" -> {routine.result.text}" if self.choose.chance(50) else ""
        return [f"fn {routine.name}({', '.join([_declared(p) for p in routine.params])}){arrow}:", *body.lines]

    def main(self) -> None:
        """`main`, which prints at its end what it knows."""
        body = Body(self.writer())
        for _ in range(1 + self.choose.below(self.size)):
            body.statement(3)
        if self.annotations:
            self.every_call(body)
        for v in body.writer.visible():
            body.line(f"print({v.name})")
        self.parts.append("\n".join(["fn main():", *body.lines]) + "\n")

    def every_call(self, body: Body) -> None:
        """A call of each function and method, since what is never called is not compiled."""
        for r in self.known.routines:
            mutable = r.params[0] if r.params and r.params[0].mutable else None
            if mutable is None:
                body.line(f"print({body.writer.call(r, 1)})")
            else:
                place = self._variable(body, mutable.shape)
                body.line(f"print({r.name}({', '.join(filter(None, [f'mut {place}', body.writer.arguments(r.params[1:], 1)]))}))")
        for record in self.known.records.values():
            place = self._variable(body, record.shape) if record.methods else ""
            for m in record.methods:
                body.line(f"print({place}.{m.name}({body.writer.arguments(m.params, 1)}))")

    def _variable(self, body: Body, shape: Shape) -> str:
        name, value = body.fresh(), body.value(shape)
        body.line(f"let mut {name} = {value}")
        body.let(name, shape, mutable=True)
        return name


def _declared(p: Parameter) -> str:
    """A parameter or field as it is declared."""
    default = "" if p.default is None else f" = {p.default}"
    if not p.annotated:
        return f"{'mut ' if p.mutable else ''}{p.name}{default}"
    return f"{p.name}: {'mut ' if p.mutable else ''}{p.shape.text}{default}"

