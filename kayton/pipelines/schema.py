"""What a pipeline's TOML may say, and reading it with cattrs into data whose every mistake names a line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import cattrs
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError
from cattrs.gen import make_dict_structure_fn, override

from kayton.diagnostics.usage import UserError
from kayton.pipelines.errors import PipelineError
from kayton.pipelines.lines import Lines


@attrs.frozen
class Entry:
    """`[[pass]]`: a pass, its options, when it runs, and the passes beside it that run before errors stop the pipeline."""

    use: str
    options: dict[str, Any] = attrs.field(factory=dict)
    when: str = ""
    together: str = ""


@attrs.frozen
class Insertion(Entry):
    """`[[insert]]`: a pass put before or after one that the pipeline already has."""

    before: str = ""
    after: str = ""


@attrs.frozen
class Change:
    """`[[change]]`: other options, or another condition, for a pass that the pipeline already has."""

    use: str
    options: dict[str, Any] = attrs.field(factory=dict)
    when: str = ""


@attrs.frozen
class Removal:
    """`[[remove]]`: a pass that the pipeline has and the derived one has not."""

    use: str


@attrs.frozen
class PipelineFile:
    """The whole file. `after`: starts with that pipeline's passes; `extends`: the same, and may insert, remove and change."""

    name: str
    about: str = ""
    after: str = ""
    extends: str = ""
    passes: tuple[Entry, ...] = ()
    insert: tuple[Insertion, ...] = ()
    remove: tuple[Removal, ...] = ()
    change: tuple[Change, ...] = ()


@attrs.frozen(eq=False)
class Document:
    """A pipeline's file as read: where it is, what it says, and on which lines."""

    path: Path
    file: PipelineFile
    lines: Lines

    @property
    def shown(self) -> str:
        """The path as an error names it: relative to the working directory where it is below it."""
        try:
            return str(self.path.relative_to(Path.cwd()))
        except ValueError:
            return str(self.path)

    def error(self, table: str, index: int, key: str, message: str, fix: str = "") -> PipelineError:
        """The error that blames a key of a table."""
        return PipelineError(self.shown, self.lines.at(table, index, key), message, fix)


def read(path: Path) -> Document:
    """Reads a pipeline's file. Raises PipelineError, or UserError when the file cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = (getattr(error, "strerror", None) or "it is not UTF-8").lower()
        raise UserError(f"cannot read the pipeline {path}: {reason}") from None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise PipelineError(str(path), int(line[1]) if line else text.count("\n") + 1, str(error)) from None
    lines = Lines(text)
    try:
        file = _converter().structure(data, PipelineFile)
    except ClassValidationError as error:
        where, message = next(_mistakes(error, ()))
        table, index, key = (*where, "", "", "")[:3]
        at = lines.at(table, index, key) if isinstance(index, int) else lines.at("", 0, table)
        raise PipelineError(str(path), at, message) from None
    return Document(path, file, lines)


@cache
def _converter() -> cattrs.Converter:
    """Takes nothing for what it is not: `"2"` is no number, 1 no truth value, an unknown key an error."""
    converter = cattrs.Converter(forbid_extra_keys=True)
    for kind in (str, int, bool, float):
        converter.register_structure_hook(kind, _strictly(kind))
    renamed = {"passes": override(rename="pass")}
    hook = make_dict_structure_fn(PipelineFile, converter, _cattrs_forbid_extra_keys=True, **renamed)
    converter.register_structure_hook(PipelineFile, hook)
    return converter


def _strictly(kind: type) -> Any:
    def structure(value: Any, _: Any) -> Any:
        if kind is float and value.__class__ is int:
            return float(value)
        if value.__class__ is not kind:
            raise TypeError(f"must be {_TYPE_WORDS[kind]}, not {value!r}")
        return value

    return structure


_TYPE_WORDS = {str: "a string", int: "a whole number", bool: "true or false", float: "a number"}


def _mistakes(error: Exception, where: tuple) -> Iterator[tuple[tuple, str]]:
    """Every mistake that cattrs found: the path to it, as (table, index, key), and what is wrong."""
    if isinstance(error, ClassValidationError):
        grouped, other = error.group_exceptions()
        for inner, note in grouped:
            yield from _mistakes(inner, (*where, "pass" if note.name == "passes" else note.name))
        for inner in other:
            yield from _mistakes(inner, where)
    elif isinstance(error, IterableValidationError):
        grouped, _ = error.group_exceptions()
        for inner, note in grouped:
            yield from _mistakes(inner, (*where, note.index))
    elif isinstance(error, ForbiddenExtraKeysError):
        extra = sorted(error.extra_fields)
        table = f"[[{where[0]}]]" if where else "a pipeline"
        fields = [f.name.replace("passes", "pass") for f in attrs.fields(error.cl)]
        yield (*where, extra[0]), f"{table} has no {', '.join(extra)}; it may have {', '.join(fields)}"
    elif isinstance(error, KeyError):
        yield where, f"{f'[[{where[0]}]]' if where else 'the pipeline'} lacks {error.args[0]}"
    else:
        yield where, f"{where[-1] if where else 'this'} {error}"


def option_value(hint: Any, value: Any) -> Any:
    """An option as its field's annotation has it. Raises TypeError whose message says what it must be."""
    try:
        return _converter().structure(value, hint)
    except cattrs.BaseValidationError as error:
        _, message = next(_mistakes(error, ("each item",)))
        raise TypeError(message) from None
    except ValueError as error:
        raise TypeError(str(error)) from None
