"""Grammars printed from the field declarations: one line a kind, grouped by category."""

from __future__ import annotations

import importlib
import pkgutil
import typing

import attrs

import kayton.ir
from kayton.ir.language import Language, all_languages
from kayton.ir.node import FieldSpec, Kind, Node, category_of, fields_of, kind_name
from kayton.ir.text import leaf_text


def declared() -> list[Language]:
    """Every language that a module of kayton.ir declares, parents first."""
    for found in pkgutil.iter_modules(kayton.ir.__path__):
        importlib.import_module(f"kayton.ir.{found.name}")
    return all_languages()


def grammar(language: Language) -> str:
    """A language's kinds with their fields, its invariants, and what it comes from."""
    lines = [f"{language.name}: {language.about}"]
    if language.parent is not None:
        lines.append(f"from {language.parent.name}; the root is a {kind_name(language.root)}")
    for category, kinds in _grouped(language.kinds).items():
        lines += ["", f"{category}:", *[f"  {production(k)}" for k in kinds]]
    if language.invariants:
        lines += ["", "invariants:", *[f"  {i.name}: {_first_line(i.about)}" for i in language.invariants]]
    return "\n".join(lines)


def difference(a: Language, b: Language) -> str:
    """What B lacks of A (`-`) and what it has besides (`+`), kinds and invariants."""
    lines = [f"{a.name} -> {b.name}"]
    for sign, kinds in (("-", a.kinds - b.kinds), ("+", b.kinds - a.kinds)):
        for category, members in _grouped(kinds).items():
            lines += [f"{sign} {category}: {production(k)}" for k in members]
    lines += [f"- invariant {i.name}" for i in a.invariants if i not in b.invariants]
    lines += [f"+ invariant {i.name}: {_first_line(i.about)}" for i in b.invariants if i not in a.invariants]
    return "\n".join(lines if len(lines) > 1 else [*lines, "  the same kinds and invariants"])


def production(kind: type[Node]) -> str:
    """A kind and its fields: `(call-fn fn: str args: [Expr | mut-arg ...] = [])`."""
    return f"({' '.join([kind_name(kind), *[_field(s) for s in fields_of(kind)]])})"


def _field(spec: FieldSpec) -> str:
    if spec.shape == "leaf":
        wanted = _leaf(spec.type)
    else:
        wanted = " | ".join([_category(c) for c in spec.type])
        wanted = f"[{wanted} ...]" if spec.shape == "many" else wanted
    if spec.default is attrs.NOTHING:
        return f"{spec.name}: {wanted}"
    if spec.shape == "leaf":
        return f"{spec.name}: {wanted} = {leaf_text(spec.default)}"
    return f"{spec.name}: {wanted}{'' if spec.shape == 'many' else '?'}"


def _leaf(hint: object) -> str:
    if typing.get_origin(hint) is tuple:
        items = [_leaf(a) for a in typing.get_args(hint) if a is not Ellipsis]
        return f"[{' '.join(items)}{' ...' if typing.get_args(hint)[-1] is Ellipsis else ''}]"
    options = typing.get_args(hint)
    if options:
        return " | ".join([_leaf(o) for o in options])
    return "none" if hint is type(None) else getattr(hint, "__name__", str(hint))


def _category(cls: type) -> str:
    return kind_name(cls) if isinstance(cls, Kind) else cls.__name__


def _grouped(kinds: typing.Iterable[type[Node]]) -> dict[str, list[type[Node]]]:
    """The kinds under the category they derive from directly, in alphabetic order."""
    groups: dict[str, list[type[Node]]] = {}
    for kind in sorted(kinds, key=kind_name):
        base = category_of(kind)
        groups.setdefault("Node" if base is Node else base.__name__, []).append(kind)
    return dict(sorted(groups.items()))


def _first_line(text: str) -> str:
    return " ".join(text.split("\n\n")[0].split())
