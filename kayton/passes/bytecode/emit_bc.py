"""emit-bc : Allocated -> Bytecode

    allocated-fn f [params] body     =>   bc-fn f [ins…]

Destination-driven code generation (Dybvig, Hieb and Butler 1990) over the tree: every expression is told the register that its
value should go to, so values are made where they are needed and few are moved. Conditions are emitted as jumps, never as
values first. All functions of all modules go into one module; calls and types are numbers from here on.

The rules for each kind are in the modules beside this one (`_expressions`, `_conditions`, `_branches`, `_loops`,
`_statements`, `_calls`), the machine they are for in
docs/bytecode.md. An instruction's span is that of the node whose error it may raise.
"""

from __future__ import annotations

from kayton.diagnostics.limits import BeyondLimit
from kayton.ir.bytecode import BcFn, BcModule, Bytecode, BytecodeProgram
from kayton.ir.node import place_at, replace
from kayton.ir.paths import CLOSURE, display_name
from kayton.ir.surface import Module, Program
from kayton.ir.typed import Allocated, AllocatedFn
from kayton.passes.bytecode import _calls, _conditions, _expressions, _loops, _statements  # noqa: F401 (their rules)
from kayton.passes.bytecode._branches import tail
from kayton.passes.bytecode._code import OutOfReach
from kayton.passes.bytecode._emitter import Emitter
from kayton.passes.bytecode._tables import Tables
from kayton.passes.framework import Cx, Pass, frozen

_MOST_REGISTERS, _MOST_ENTRIES = 2**16 - 1, 2**16


@frozen
class EmitBc(Pass):
    source = Allocated
    target = Bytecode

    def transform(self, root: Program, cx: Cx) -> BytecodeProgram:
        cx.enter(self, root)
        tables = Tables(item for module in root.modules for item in module.body)
        types = tables.type_entries()
        functions = [
            self._function(item, module, tables, cx)
            for module in root.modules
            for item in module.body
            if isinstance(item, AllocatedFn)
        ]
        entry = tables.functions[f"{root.modules[0].name}.<start>"]
        module = BcModule(
            entry,
            constants=tuple(tables.constants),
            guards=tables.guard_entries(),
            types=types,
            globals=tuple(tables.strings(name.rsplit(".", 1)[-1]) for name in tables.globals),
            natives=tables.natives.keys(),
            sites=tables.site_entries(),
            paths=tables.path_entries(),
            switches=tuple(tables.switches),
            functions=tuple(functions),
        )
        module = replace(module, strings=tables.strings.keys())
        check_sizes(module, root.modules[0], cx)
        return place_at(BytecodeProgram(module), root, self.name(), {})

    def _function(self, fn: AllocatedFn, module: Module, tables: Tables, cx: Cx) -> BcFn:
        if fn.body is None:
            cx.bug(fn, "a function without a body")
        try:
            em, code = _emitted(fn, tables, long_jumps=False)
        except OutOfReach:
            em, code = _emitted(fn, tables, long_jumps=True)
        if em.most > _MOST_REGISTERS:
            what = f"registers for {display_name(fn.name, module.name)}"
            cx.report(BeyondLimit(span=fn.span, what=what, most=_MOST_REGISTERS, found=em.most))
        tables.switches += em.code.switch_entries()
        made = BcFn(
            tables.strings(display_name(fn.name, module.name)),
            module.file,
            tuple(tables.strings(p.keyword) for p in fn.params),
            sum(1 << i for i, p in enumerate(fn.params) if p.optional),
            sum(1 << i for i, p in enumerate(fn.params) if p.mutable),
            len(fn.captures),
            max(em.most, 1),
            code,
            tuple(em.arg_spans),
            display_name(fn.name, module.name) == CLOSURE,
        )
        return place_at(made, fn, self.name(), {})


def _emitted(fn: AllocatedFn, tables: Tables, *, long_jumps: bool) -> tuple[Emitter, tuple]:
    em = Emitter(fn, tables, long_jumps)
    for i, _ in enumerate(fn.captures):
        em.code.emit("GetCapture", len(fn.params) + i, i)
    em.load_pinned()
    tail(em, fn.body)
    return em, em.code.instructions()


def check_sizes(module: BcModule, first: Module, cx: Cx) -> None:
    """Reports tables that are too large for the 16 bits that index them; of the strings only those that a format or an error names."""
    named = [i.a if i.op == "Raise" else i.c for f in module.functions for i in f.code if i.op in ("Format", "Raise")]
    sizes = {
        "functions": len(module.functions), "types": len(module.types), "globals": len(module.globals),
        "built-in functions": len(module.natives), "names of fields and methods": len(module.sites), "places": len(module.paths),
        "matches": len(module.switches), "variants": sum(len(t.variants) for t in module.types), "texts": max(named, default=0) + 1,
    }
    for what, found in sizes.items():
        if found > _MOST_ENTRIES:
            cx.report(BeyondLimit(span=first.span, what=what, most=_MOST_ENTRIES, found=found))
