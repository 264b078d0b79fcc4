"""`kayton aot verify`: each compiled function against its own bytecode, on recorded and generated arguments."""

from __future__ import annotations

import argparse
from collections import Counter

from kayton.commands.exit_codes import BUG, OK
from kayton.commands.native import build_crate, counted
from kayton.commands.outcome import present
from kayton.ir.mono import MonoFn, MonoGlobal
from kayton.ir.resolved import Fn, TypeDecl
from kayton.ir.surface import Program
from kayton.passes.bytecode._format import encode_module
from kayton.pipelines.keeping import Kept
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Result, Settings, run_file, run_text
from kayton.program_file import program_file
from kayton.testing.verifying.cases import Case, case, generated, own_types, program, skipped
from kayton.testing.verifying.comparing import Compared, compared
from kayton.testing.verifying.recording import recorded
from kayton.testing.verifying.values import Values

RECORDED, GENERATED = 4, 8
"""So many different tuples of arguments of each function are taken from a run, and made up."""


def verify(args: argparse.Namespace) -> int:
    """Compares, says of each compiled function how many calls did the same, and shows those that did not.

    The bytecode is what would run as thunks in the binary. A difference is a mistake of ours.
    """
    path = program_file(args.file)
    flat = Kept("mark-last-uses")
    pipeline = load("aot-hybrid", until="monomorphize")
    result = run_file(pipeline, path, Settings(verify="off"), [flat])
    code = present(result, pipeline)
    if code != OK or not result.finished:
        return code
    cases, left_out = _cases(result.tree, flat.tree)
    found = _compared(path, result, cases) if cases else []
    if found is None:
        return BUG
    for name, why in left_out.items():
        print(f"{name}: left out, {why}")
    return _told(found)


def _cases(mono: Program, flat: Program) -> tuple[list[Case], dict[str, str]]:
    """The calls to compare, and why some functions have none."""
    module = mono.modules[0].name
    items = [i for m in mono.modules for i in m.body]
    types = {i.name: i for i in items if isinstance(i, TypeDecl)}
    declared = {i.name: i for i in items if isinstance(i, Fn)}
    values = Values(types, {i.name: i.type for i in items if isinstance(i, MonoGlobal)}, module)
    seen = recorded(flat, RECORDED, own_types(types, module))
    cases: list[Case] = []
    left_out: dict[str, str] = {}
    for fn in [i for i in items if isinstance(i, MonoFn) and not _is_entry(i.fn, module)]:
        why = skipped(fn, declared[fn.fn], module)
        arguments = [] if why else dict.fromkeys([*seen.pop(fn.fn, []), *generated(fn, values, GENERATED)])
        arguments = [given for given in arguments if len(given) == len(fn.params)]
        if not arguments:
            left_out[fn.name] = why or "no arguments of its types can be written"
        cases += [case(declared[fn.fn], given) for given in arguments]
    return cases, left_out


def _is_entry(path: str, module: str) -> bool:
    return path == f"{module}.main" or path.endswith((".<start>", ".<init>"))


def _compared(path: str, result: Result, cases: list[Case]) -> list[Compared] | None:
    """Builds the program that makes the calls, and makes them."""
    bytecode = Kept("emit-bc")
    pipeline = load("aot-hybrid")
    settings = Settings(verify="off", skip=frozenset({"drop-bytecode"}))
    made = run_text(pipeline, path, program(result.cx.sources[0].text, cases), settings, [bytecode])
    if present(made, pipeline) != OK or not made.finished:
        return None
    binary = build_crate(made.tree, "debug").binary
    return list(compared(cases, encode_module(bytecode.tree.module, made.cx.sources), binary))


def _told(found: list[Compared]) -> int:
    agreed: Counter[str] = Counter({c.case.function: 0 for c in found})
    agreed.update([c.case.function for c in found if c.agrees and c.compiled is not None])
    for name, count in agreed.items():
        print(f"{name}: {counted(count, 'call')} agree{'s' if count == 1 else ''}")
    wrong = [c for c in found if not c.agrees]
    for c in wrong:
        print(f"\n{c.case.call} differs\n  bytecode: {c.bytecode}\n  compiled: {c.compiled}")
    slow = sum(c.compiled is None for c in found)
    print(f"{counted(len(agreed), 'function')}, {counted(len(found) - slow, 'call')}: {f'{len(wrong)} differ' if wrong else 'all agree'}{f', {slow} took too long' if slow else ''}")
    return BUG if wrong else OK

