"""What runs: a module's statements become its function `<init>`, and `<start>` runs them all, then `main` (LANGUAGE §7)."""

from __future__ import annotations

from kayton.diagnostics.definitions import MutableGlobal
from kayton.ir.core import MakeVariant
from kayton.ir.node import Node, Span
from kayton.ir.resolved import FnRef, GlobalDef, Local, SetGlobal
from kayton.ir.surface import BindPattern, Block, Call, FnDef, Item, Let, Module, Param, Program, Stmt, Use
from kayton.passes.resolve.names.bodies import BodyResolver
from kayton.passes.resolve.names.definitions import bound_in
from kayton.passes.resolve.names.program import ProgramNames

INIT = "<init>"
START = "<start>"


def initialiser(names: ProgramNames, module: Module, statements: list[Stmt]) -> list[Item]:
    """The globals that the statements declare, the function that runs them, and what nests in it."""
    path = f"{module.name}.{INIT}"
    lifted: list[Item] = []
    body = BodyResolver(names, names.type_scope(module.name), path, lifted)
    declared: list[Item] = []
    made: list[Stmt] = []
    block = Block(tuple(statements))
    resolver = _Statements(names, module.name, body, declared)
    for s in block.body:
        made += resolver.let(s) if isinstance(s, Let) else [body.visit(s)]
    first = statements[0]
    where = Span(module.file, first.span.start, statements[-1].span.end)
    run = Block(tuple(made), id=f"{path}#1", span=where)
    return [*declared, *lifted, FnDef(path, body=run, id=f"{path}#0", span=where)]


class _Statements:
    """Turns module-level `let`s into globals: their variables are the globals themselves, not locals of `<init>`."""

    def __init__(self, names: ProgramNames, module: str, body: BodyResolver, declared: list[Item]) -> None:
        self.names = names
        self.module = module
        self.body = body
        self.declared = declared

    def let(self, s: Let) -> list[Stmt]:
        """The statements that set the globals of `s`."""
        variables = bound_in(s.pattern)
        for v in variables:
            path = f"{self.module}.{v.name}"
            self.declared.append(GlobalDef(path, s.public, id=self.names.new_id(v), span=v.span))
            if getattr(v, "mutable", False):
                self.names.cx.report(MutableGlobal(span=s.span, name=v.name))
        if isinstance(s.pattern, BindPattern) and s.type is None:
            return [SetGlobal(f"{self.module}.{s.pattern.name}", self.body.visit(s.value), id=s.id, span=s.span)]
        outside = self.body.scope
        made: list[Stmt] = [self.body.let(s)]
        for v in variables:
            local = self.body.scope[v.name]
            value = Local(local.name, local.mutable, id=self.names.new_id(v), span=v.span)
            made.append(SetGlobal(f"{self.module}.{v.name}", value, id=self.names.new_id(v), span=v.span))
        self.body.scope = outside
        return made


def start(root: Program, initialised: set[str], main: Node | None) -> FnDef:
    """The function that the program starts with: each module's statements, then `main`, whose value it has."""
    first = root.modules[0]
    path = f"{first.name}.{START}"
    ids = iter(range(1, 3 + 2 * len(initialised) + 2))
    where = Span(first.file, 0, 0)

    def call(fn: str, span: Span) -> Call:
        callee = FnRef(fn, id=f"{path}#{next(ids)}", span=span)
        return Call(callee, id=f"{path}#{next(ids)}", span=span)

    runs = [call(f"{name}.{INIT}", where) for name in _order(root) if name in initialised]
    result = None if main is None else call(f"{first.name}.main", main.span or where)
    return FnDef(path, body=Block(tuple(runs), result, id=f"{path}#body", span=where), id=f"{path}#0", span=where)


def _order(root: Program) -> list[str]:
    """The modules, each after those that it uses, in the order of the `use` lines; one of a cycle waits for no other."""
    uses = {m.name: [s.module for s in m.body if isinstance(s, Use)] for m in root.modules}
    order: list[str] = []
    seen = {root.modules[0].name}
    stack = [(root.modules[0].name, iter(uses[root.modules[0].name]))]
    while stack:
        name, rest = stack[-1]
        inner = next((m for m in rest if m in uses and m not in seen), None)
        if inner is None:
            order.append(name)
            stack.pop()
        else:
            seen.add(inner)
            stack.append((inner, iter(uses[inner])))
    return order


def constructor(path: str, where: Span) -> FnDef:
    """The function that a built-in variant is when it is used as a value."""
    ids = iter(range(9))

    def place() -> dict:
        return {"id": f"{path}#{next(ids)}", "span": where}

    params = (Param(BindPattern("value", **place()), **place()),)
    made = MakeVariant(path, (Local("value", **place()),), **place())
    return FnDef(path, params=params, body=Block(result=made, **place()), **place())
