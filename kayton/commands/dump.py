"""`kayton pipeline dump`: the program as it is between two passes."""

from __future__ import annotations

import argparse

import attrs

from kayton.commands.execute import settings_of
from kayton.commands.exit_codes import BUG
from kayton.commands.outcome import present
from kayton.commands.output import as_svg, write_text
from kayton.diagnostics.usage import UnknownName, UserError
from kayton.ir.node import Node, walk
from kayton.ir.text import pretty, with_places, without_places
from kayton.pipelines import loading
from kayton.pipelines.manager import PassRun, Result, run_file
from kayton.program_file import program_file


@attrs.define
class Snapshots:
    """An observer that keeps the trees before `first` and after the last pass that ran."""

    first: str | None
    before: Node | None = None
    after: Node | None = None

    def __call__(self, run: PassRun) -> None:
        if self.before is None and (self.first is None or run.step.name == self.first):
            self.before = run.before
        self.after = run.after


def dump(args: argparse.Namespace) -> int:
    """Runs the passes up to the one asked for and shows the tree, or what they changed."""
    if args.after is None and args.before is None:
        raise UserError("say --after PASS or --before PASS; `kayton pipeline show NAME` lists the passes")
    path = program_file(args.file)
    name = args.pipeline or _pipeline_with([n for n in (args.after, args.before) if n])
    names = loading.pass_names(name)
    last = loading.registry.full_name(args.after, names) if args.after else _one_before(args.before, names)
    pipeline = loading.load(name, until=last)
    first = loading.registry.full_name(args.before, names) if args.before and args.after else None
    if args.diff and first is None:
        first = pipeline.steps[-1].name
    shots = Snapshots(first)
    result = run_file(pipeline, path, settings_of(args), [shots])
    code = present(result, pipeline)
    if code == BUG or shots.after is None or not result.finished:
        return code
    what = f"{args.function or path} after {last} ({result.language.name})"
    write_text(_form(args, shots, result, what), args.output)
    return code


def _pipeline_with(wanted: list[str]) -> str:
    """The first pipeline that has these passes, `vm` before all others; where none has them it is `vm` that says so."""
    for name in ("vm", "aot-hybrid", *loading.pipeline_files()):
        if all(any(known.startswith(w) for known in loading.pass_names(name)) for w in wanted):
            return name
    return "vm"


def _one_before(name: str, names: list[str]) -> str:
    """The pass that runs just before the one of that name."""
    at = names.index(loading.registry.full_name(name, names))
    if at == 0:
        raise UserError(f"{names[0]} is the first pass; before it there is only the source")
    return names[at - 1]


def _form(args: argparse.Namespace, shots: Snapshots, result: Result, title: str) -> str:
    """The tree, or the difference, in the form asked for."""
    after = _focus(shots.after, args.function)
    before = _focus(shots.before, args.function) if args.diff else None
    marks = with_places if args.ids else without_places
    if args.format == "json":
        from kayton.ir.json_form import to_json

        if args.diff:
            raise UserError("a difference has no JSON form; use text, dot or svg")
        return to_json(after)
    if args.format in ("dot", "svg"):
        from kayton.ir.graph import dot

        drawn = dot(after, result.cx.sources, before, title)
        return drawn if args.format == "dot" else as_svg(drawn)
    if before is None:
        return pretty(after, marks)
    from kayton.ir.diff import text_diff

    return "\n".join(text_diff(before, after, marks)) or "(nothing changed)"


def _focus(root: Node, name: str | None) -> Node:
    """The definition of that name, or the whole tree. Raises UnknownName."""
    if name is None:
        return root
    found: dict[str, Node] = {}
    for module in getattr(getattr(root, "written", root), "modules", ()):
        for item in walk(module):
            known = getattr(item, "name", None)
            if isinstance(known, str) and hasattr(item, "body") and item is not module:
                found.setdefault(known, item)
    matching = [n for n in found if n == name or n.endswith(f".{name}")]
    if not matching:
        raise UnknownName("function", name, list(found))
    return found[matching[0]]
