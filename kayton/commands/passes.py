"""`kayton pass list|show`."""

from __future__ import annotations

import argparse
import inspect
import typing

import attrs

from kayton.commands.exit_codes import OK
from kayton.ir.node import kind_name
from kayton.passes.framework import Pass
from kayton.pipelines import registry


def list_all(args: argparse.Namespace) -> int:
    """Every pass with the first line of its docstring, by group."""
    group = ""
    for name, path in registry.pass_files().items():
        if path.parent.name != group:
            group = path.parent.name
            print(f"{group}/")
        cls = registry.pass_class(name)
        arrow = cls.source.name if cls.source is cls.target else f"{cls.source.name} -> {cls.target.name}"
        print(f"  {name:<24} {arrow}")
    return OK


def show(args: argparse.Namespace) -> int:
    """What a pass's file says of it, and what the class says: languages, options, rules, invariants."""
    name = args.name if registry.is_path(args.name) else registry.full_name(args.name)
    cls = registry.pass_class(name)
    print((inspect.getmodule(cls).__doc__ or cls.__doc__ or "").strip())
    print(f"\nlanguages:  {cls.source.name} -> {cls.target.name}")
    for title, invariants in (("requires", cls.requires), ("establishes", cls.establishes)):
        if invariants:
            print(f"{title + ':':<11} {', '.join(i.name for i in invariants)}")
    _options(cls)
    for kind, r in cls.rules.items():
        made = " | ".join(kind_name(k) for k in r.returns or ())
        print(f"{'rule:':<11} {kind_name(kind)}{f' => {made}' if made else ''}{'  (before its children)' if r.before else ''}")
    print(f"file:       {inspect.getsourcefile(cls)}")
    return OK


def _options(cls: type[Pass]) -> None:
    hints = typing.get_type_hints(cls)
    for field in attrs.fields(cls):
        kind = getattr(hints[field.name], "__name__", str(hints[field.name]))
        default = "" if field.default is attrs.NOTHING else f" = {field.default!r}"
        print(f"{'option:':<11} {field.name}: {kind}{default}")
