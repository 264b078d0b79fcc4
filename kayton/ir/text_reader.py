"""Reads the text form of trees back (see `text`): `read` is the inverse of `pretty` and `one_line`."""

from __future__ import annotations

import json
import re
import types
import typing
from typing import Any

import attrs

from kayton.ir.node import Node, Span, fields_of, kind_called, kind_name
from kayton.ir.text import slots_of

_TOKEN = re.compile(
    r"""\s*(?:(?P<open>\()|(?P<close>[)\]])|(?P<label>[A-Za-z_]\w*=)?(?:(?P<list>\[)|(?P<node>\()|(?P<quoted>"(?:[^"\\]|\\.)*")|(?P<atom>[^\s()\[\]"]+)))"""
)
_SPAN = re.compile(r"(\d+):(\d+)\.\.(\d+)\Z")
_INT = re.compile(r"[+-]?\d+\Z")
_WORDS = {"none": None, "true": True, "false": False}


class TextError(ValueError):
    """The text is not a tree; the message says where (line and column) and why."""

    def __init__(self, text: str, at: int, message: str) -> None:
        line = text.count("\n", 0, at) + 1
        super().__init__(f"{line}:{at - text.rfind(chr(10), 0, at)}: {message}")


class _Frame:
    """A node or list that is open: what was read of it so far. `kind` is empty for a list."""

    __slots__ = ("at", "kind", "label", "labelled", "place", "values")

    def __init__(self, at: int, label: str, kind: str) -> None:
        self.at, self.label, self.kind = at, label, kind
        self.values: list[Any] = []
        self.labelled: dict[str, Any] = {}
        self.place: dict[str, Any] = {}


def read(text: str) -> Node:
    """The tree that `text` describes. Raises TextError."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.stack: list[_Frame] = [_Frame(0, "", "")]

    def read(self) -> Node:
        text, at, end = self.text, 0, len(self.text.rstrip())
        while at < end:
            token = _TOKEN.match(text, at)
            if token is None:
                raise TextError(text, at + len(text[at:]) - len(text[at:].lstrip()), "this is not a token")
            self._take(token)
            at = token.end()
        (outer,) = self.stack[:1]
        if len(self.stack) > 1:
            raise TextError(text, self.stack[-1].at, "this is never closed")
        if len(outer.values) != 1 or not isinstance(outer.values[0], Node):
            raise TextError(text, 0, "one tree is wanted")
        return outer.values[0]

    def _take(self, token: re.Match) -> None:
        at, label = token.start(token.lastgroup), (token["label"] or "")[:-1]
        if token["open"] or token["node"]:
            self.stack.append(_Frame(at, label, "?"))
        elif token["list"]:
            self.stack.append(_Frame(at, label, ""))
        elif token["close"]:
            self._close(at, token["close"])
        elif token["quoted"]:
            self._put(at, label, self._unquote(at, token["quoted"]))
        else:
            self._atom(at, label, token["atom"])

    def _unquote(self, at: int, quoted: str) -> str:
        try:
            return json.loads(quoted, strict=False)
        except ValueError:
            raise TextError(self.text, at, "a string with an unknown escape") from None

    def _atom(self, at: int, label: str, atom: str) -> None:
        frame = self.stack[-1]
        span = _SPAN.match(atom)
        if frame.kind == "?":
            frame.kind = atom
        elif frame.kind and not label and atom.startswith("@"):
            frame.place["id"] = atom[1:]
        elif frame.kind and not label and span:
            frame.place["span"] = Span(*(int(g) for g in span.groups()))
        else:
            self._put(at, label, self._plain(at, atom))

    def _plain(self, at: int, atom: str) -> Any:
        if atom in _WORDS:
            return _WORDS[atom]
        try:
            if atom.startswith("#"):
                return bytes.fromhex(atom[1:])
            if _INT.match(atom):
                return int(atom)
            if atom[0].isdigit() or atom.lstrip("+-")[:1].isdigit() or atom.lstrip("+-") in ("nan", "inf"):
                return float(atom)
        except ValueError:
            raise TextError(self.text, at, f"{atom} is not a number, nor bytes") from None
        return atom

    def _put(self, at: int, label: str, value: Any) -> None:
        frame = self.stack[-1]
        if not label:
            frame.values.append(value)
        elif not frame.kind:
            raise TextError(self.text, at, f"{label}= stands outside a node")
        elif label in frame.labelled:
            raise TextError(self.text, at, f"{label}= is given twice")
        else:
            frame.labelled[label] = value

    def _close(self, at: int, bracket: str) -> None:
        frame = self.stack.pop()
        if not self.stack or bracket != (")" if frame.kind else "]"):
            raise TextError(self.text, at, f"{bracket} closes nothing")
        self._put(frame.at, frame.label, self._build(frame) if frame.kind else tuple(frame.values))

    def _build(self, frame: _Frame) -> Node:
        try:
            kind = kind_called(frame.kind)
        except KeyError:
            raise TextError(self.text, frame.at, f"there is no kind {frame.kind}") from None
        values = self._assign(frame, kind)
        for spec in fields_of(kind):
            if spec.name in values:
                values[spec.name] = self._fitted(frame, kind, spec, values[spec.name])
        return kind(**values, **frame.place)

    def _assign(self, frame: _Frame, kind: type[Node]) -> dict[str, Any]:
        """Which field each value is for: required ones in order, then the bare ones by their brackets."""
        unknown = frame.labelled.keys() - {s.name for s in fields_of(kind)}
        if unknown:
            raise TextError(self.text, frame.at, f"{frame.kind} has no field {', '.join(sorted(unknown))}")
        values, given = dict(frame.labelled), list(frame.values)
        for spec, label in slots_of(kind):
            if label or spec.name in values:
                continue
            if spec.default is attrs.NOTHING:
                if not given:
                    raise TextError(self.text, frame.at, f"{frame.kind} lacks {spec.name}")
                values[spec.name] = given.pop(0)
            elif given and isinstance(given[0], tuple) == (spec.shape == "many"):
                values[spec.name] = given.pop(0)
        if given:
            raise TextError(self.text, frame.at, f"{frame.kind} has too many fields")
        return values

    def _fitted(self, frame: _Frame, kind: type[Node], spec: Any, value: Any) -> Any:
        """The value as the field wants it: leaves by their annotation, children by their shape."""
        try:
            return _fit(spec, value)
        except TypeError:
            raise TextError(self.text, frame.at, f"{kind_name(kind)}.{spec.name} cannot be {value!r}") from None


def _fit(spec: Any, value: Any) -> Any:
    if spec.shape == "leaf":
        return _leaf(spec.type, value)
    if spec.shape == "many":
        ok = isinstance(value, tuple) and all(isinstance(v, Node) for v in value)
    else:
        ok = isinstance(value, Node) or (value is None and spec.shape == "optional")
    if not ok:
        raise TypeError
    return value


def _leaf(hint: Any, value: Any) -> Any:
    """`value` as the annotation has it: tuples become named tuples. Raises TypeError."""
    if isinstance(hint, types.UnionType):
        for option in typing.get_args(hint):
            try:
                return _leaf(option, value)
            except TypeError:
                continue
    elif typing.get_origin(hint) is tuple and isinstance(value, tuple):
        items = typing.get_args(hint)
        if items[-1:] == (Ellipsis,):
            return tuple([_leaf(items[0], v) for v in value])
        if len(items) == len(value):
            return tuple([_leaf(i, v) for i, v in zip(items, value, strict=True)])
    elif isinstance(hint, type) and issubclass(hint, tuple) and isinstance(value, tuple):
        hints = typing.get_type_hints(hint)
        if len(hints) == len(value):
            return hint(*[_leaf(h, v) for h, v in zip(hints.values(), value, strict=True)])
    elif hint is Any or value.__class__ is hint:
        return value
    raise TypeError
