"""What is known of a site, as text for people.

    `total` in mean, at main.ktn:2:21 (site main.mean#4)

    main.mean(List[f64]): f64
      main.ktn:2:21  gets this value: f64      let mut total = 0.0
      main.ktn:4:9   a value is stored: f64    total += x
      becomes: (bind total (float-lit 0.0) mutable=true)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kayton.diagnostics.types_at.reasons import Reason, mentions_dyn, origin, reasons, remedy, stored
from kayton.diagnostics.types_at.sites import Site
from kayton.diagnostics.types_at.solved import Solved
from kayton.ir.constrained import Instance
from kayton.ir.mono import Direct, Outlined, Refusal
from kayton.ir.node import Span, walk
from kayton.ir.paths import display_name
from kayton.ir.source import SourceMap
from kayton.ir.text import pretty, without_places

MOST_INSTANCES = 8
"""How many instances are shown of a function that has more."""
_WIDEST = 120


def told(solved: Solved, sources: SourceMap, site: Site) -> Iterator[str]:
    """The lines about a site: its type in each instance, what demanded it, where `dyn` came from, what the site becomes."""
    yield f"{_quoted(sources, site)} in {display_name(site.fn.name, site.fn.name.partition('.')[0])}, at {_place(sources, site.node.span)} (site {site.node.id})"
    if site.is_cell:
        cell = solved.cells.get(site.variable)
        yield f"\none type over the whole program: {cell.type if cell else 'never, nothing is stored in it'}"
        yield from _rows(sources, stored(solved, site.variable))
        if cell and cell.why:
            yield f"  known only at run time: {cell.why}"
        return
    instances = solved.instances_of(site.fn.name)
    if not instances:
        yield "\nnothing is known: no call reaches the function"
    for instance in instances[:MOST_INSTANCES]:
        yield from _told_of(solved, sources, site, instance)
    if len(instances) > MOST_INSTANCES:
        yield f"\n… {len(instances) - MOST_INSTANCES} more instances …"


def _told_of(solved: Solved, sources: SourceMap, site: Site, instance: Instance) -> Iterator[str]:
    t = solved.type_of(instance, site.variable)
    yield f"\n{instance.name}: {'never, no value gets here' if t == 'never' else t}"
    yield from _rows(sources, reasons(solved, instance, site.variable))
    if mentions_dyn(t):
        yield "  known only at run time, because:"
        steps = origin(solved, instance, site.variable)
        yield from _rows(sources, steps)
        if help_ := remedy(steps):
            yield f"  help: {help_}"
    yield _cut(f"  becomes: {_becomes(solved, sources, site, instance)}")


def _rows(sources: SourceMap, found: list[Reason]) -> Iterator[str]:
    places = [_place(sources, r.span) for r in found]
    wide = max(map(len, places), default=0)
    wide_text = max([len(f"{r.what}: {r.type}") for r in found], default=0)
    for place, r in zip(places, found, strict=True):
        source = sources[r.span.file].line(sources.start(r.span)[1]).strip() if r.span else ""
        yield _cut(f"  {place:<{wide}}  {f'{r.what}: {r.type}':<{min(wide_text, 60)}}    {source}")


def _cut(line: str) -> str:
    return line.rstrip() if len(line) <= _WIDEST else f"{line[: _WIDEST - 1]}…"


def _becomes(solved: Solved, sources: SourceMap, site: Site, instance: Instance) -> str:
    """What `monomorphize` made of the site in an instance."""
    made = solved.lowered.get(instance.name)
    if made is None:
        return "part of the instance that stands for this one"
    found = None if isinstance(made, Refusal) else next((n for n in walk(made.body) if n.span == site.node.span), None)
    thunk = made if isinstance(made, Refusal) else solved.lowered.get(found.fn) if isinstance(found, Direct) else None
    if isinstance(thunk, Refusal | Outlined):
        return f"bytecode: {thunk.code}, {thunk.reason} ({_place(sources, thunk.span)})"
    if found is None:
        return "a variable of this type" if site.is_variable else "nothing: no value gets here"
    return re.sub(r"\s+", " ", pretty(found, without_places)).replace("[ (", "[(")


def _quoted(sources: SourceMap, site: Site) -> str:
    if site.is_variable:
        return f"`{site.variable.rpartition('.')[2] if site.is_cell else site.variable.partition('.')[0]}`"
    span = site.node.span
    text = sources[span.file].text[span.start : span.end].splitlines() if span else []
    return f"`{text[0]}{' …' if len(text) > 1 else ''}`" if text else "an expression"


def _place(sources: SourceMap, span: Span | None) -> str:
    return "?" if span is None else ":".join(map(str, sources.start(span)))
