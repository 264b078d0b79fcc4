"""What a pipeline's TOML may say, and reading it into data whose every mistake names a line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import attrs

from kayton.diagnostics.usage import UserError
from kayton.pipelines.errors import PipelineError
from kayton.pipelines.lines import Lines


OURS = Path(__file__).parent
"""The folder of the pipelines that Kayton brings along."""


@attrs.frozen
class Entry:
    """`[[pass]]`: a pass, its options, when it runs, the passes beside it that run before errors stop the pipeline, and, where
    the tree has parts in languages of their own, the part that it runs `on`.

    Or, with `take`, passes of another pipeline: those after the pass `after` (else after those that both pipelines begin with), up to
    and including the pass `through`, but `without` these; with `on`, on that part.
    """

    use: str = ""
    options: dict[str, Any] = attrs.field(factory=dict)
    when: str = ""
    together: str = ""
    on: str = ""
    take: str = ""
    after: str = ""
    through: str = ""
    without: tuple[str, ...] = ()


@attrs.frozen
class Insertion:
    """`[[insert]]`: a pass put before or after one that the pipeline already has."""

    use: str
    options: dict[str, Any] = attrs.field(factory=dict)
    when: str = ""
    together: str = ""
    on: str = ""
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
    return Document(path, _ours(data) if path.parent == OURS else _checked(data, path, lines), lines)


def _ours(data: dict[str, Any]) -> PipelineFile:
    """A file of this folder, which a test reads the other way: cattrs takes as long to import as several passes to run."""
    tables = {
        "passes": tuple([Entry(**{**e, "without": tuple(e.get("without", ()))}) for e in data.pop("pass", ())]),
        "insert": tuple([Insertion(**e) for e in data.pop("insert", ())]),
        "remove": tuple([Removal(**e) for e in data.pop("remove", ())]),
        "change": tuple([Change(**e) for e in data.pop("change", ())]),
    }
    return PipelineFile(**data, **tables)


def _checked(data: dict[str, Any], path: Path, lines: Lines) -> PipelineFile:
    from kayton.pipelines.structuring import Mistake, structured

    try:
        return structured(data, PipelineFile)
    except Mistake as mistake:
        table, index, key = (*mistake.where, "", "", "")[:3]
        at = lines.at(table, index, key) if isinstance(index, int) else lines.at("", 0, table)
        raise PipelineError(str(path), at, str(mistake)) from None
