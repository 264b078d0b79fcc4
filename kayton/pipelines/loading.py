"""Loads a pipeline and type-checks it: passes exist, options fit, languages follow on each other, requirements are met.

Every mistake is a PipelineError that names the TOML file and line and what would mend it.
"""

from __future__ import annotations

import operator
import re
import typing
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import attrs

from kayton.diagnostics.usage import UnknownName, UserError
from kayton.ir.language import Language
from kayton.passes.framework import Pass
from kayton.pipelines import registry, schema
from kayton.pipelines.chain import Chain
from kayton.pipelines.errors import PipelineError
from kayton.pipelines.schema import Document, Entry

_CONDITION = re.compile(r"\s*opt\s*(>=|<=|==|!=|<|>)\s*(\d+)\s*\Z")
_COMPARE = {
    ">=": operator.ge, "<=": operator.le, "==": operator.eq, "!=": operator.ne, "<": operator.lt, ">": operator.gt,
}


@attrs.frozen
class Taken:
    """A `[[pass]]` that takes passes from another pipeline."""

    document: Document
    index: int
    entry: Entry

    def error(self, key: str, message: str, fix: str = "") -> PipelineError:
        """The error that blames a key of the table."""
        return self.document.error("pass", self.index, key, message, fix)


@attrs.frozen
class Draft:
    """A pass of a pipeline before it is loaded, and the table that names it."""

    name: str
    entry: Entry | schema.Insertion
    document: Document
    table: str
    index: int
    folder: Path
    """Where a path in `entry.use` starts from: beside the file that first named the pass."""
    taken: Taken | None = None
    """The table that takes it from another pipeline, if one does."""

    def error(self, key: str, message: str, fix: str = "") -> PipelineError:
        """The error that blames a key of this pass's table."""
        return self.document.error(self.table, self.index, key, message, fix)

    def misfit(self, key: str, message: str, fix: str = "") -> PipelineError:
        """The error that it does not fit in here; who took it here is to blame."""
        if self.taken is None:
            return self.error(key, message, fix)
        return self.taken.error("take" if key == "use" else key, message, fix)


@attrs.frozen
class Step:
    """A pass of a pipeline, ready to run. `together`: consecutive steps with the same word all run before errors stop."""

    use: Pass
    when: str
    together: str
    origin: str
    """`file:line` of the table that names it."""
    reference: str
    """What that table calls it, with a path made absolute."""
    on: str = ""
    """The part of the tree that it runs on; empty for the whole."""

    @property
    def name(self) -> str:
        """The pass's name."""
        return self.use.name()

    @property
    def optional(self) -> bool:
        """Whether the pass may be left out: it keeps the language."""
        return self.use.source is self.use.target

    def wanted(self, opt: int) -> bool:
        """Whether its `when` holds at this level of optimisation."""
        found = _CONDITION.match(self.when)
        return not found or _COMPARE[found[1]](opt, int(found[2]))


@attrs.frozen
class Pipeline:
    """Passes in order, checked to fit."""

    name: str
    about: str
    path: Path
    steps: tuple[Step, ...]

    @property
    def source(self) -> Language:
        """What it reads."""
        return self.steps[0].use.source

    @property
    def target(self) -> Language:
        """What it gives."""
        return self.steps[-1].use.target

    def position(self, name: str) -> int:
        """The index of the last pass of that name, or prefix. Raises UserError."""
        names = [s.name for s in self.steps]
        full = registry.full_name(name, names, f"pass in {self.name} called")
        return len(names) - 1 - names[::-1].index(full)


@cache
def pipeline_files() -> dict[str, Path]:
    """Every pipeline of ours: its name and its file."""
    return {f.stem: f for f in sorted(schema.OURS.glob("*.toml"))}


def find(name: str, folder: Path | None = None) -> Path:
    """The file of the pipeline of that name, or at that path. Raises UnknownName."""
    if name.endswith(".toml"):
        return ((folder or Path.cwd()) / name).resolve()
    files = pipeline_files()
    if name not in files:
        raise UnknownName("pipeline", name, list(files))
    return files[name]


def load(name: str, until: str | None = None) -> Pipeline:
    """The pipeline of that name or file, checked. With `until`, a pass's name, only what leads to it is loaded.

    Raises UserError, mostly PipelineError.
    """
    document = schema.read(find(name))
    drafts = _drafts(document, ())
    if until is not None:
        names = [d.name for d in drafts]
        full = registry.full_name(until, names, f"pass in {document.file.name} called")
        drafts = drafts[: len(names) - names[::-1].index(full)]
    if not drafts:
        raise document.error("", 0, "name", "the pipeline has no passes", "add a [[pass]] with use = \"…\"")
    steps = [_step(d) for d in drafts]
    _check(drafts, steps)
    return Pipeline(document.file.name, document.file.about, document.path, tuple(steps))


def pass_names(name: str) -> list[str]:
    """The names of a pipeline's passes in order, without importing them. Raises UserError."""
    return [d.name for d in _drafts(schema.read(find(name)), ())]


def about(name: str) -> str:
    """What a pipeline's file says of it."""
    return schema.read(find(name)).file.about


def _drafts(document: Document, users: tuple[Path, ...]) -> list[Draft]:
    """The passes of a pipeline, those that it takes from others included."""
    if document.path in users:
        raise document.error("", 0, "extends", f"{document.file.name} is made from itself")
    file = document.file
    key = "extends" if file.extends else "after"
    drafts: list[Draft] = []
    if file.extends and file.after:
        raise document.error("", 0, "after", "a pipeline has `after` or `extends`, not both")
    if base := file.extends or file.after:
        drafts = _others(document, base, users, lambda message: document.error("", 0, key, message))
    for table in ("insert", "remove", "change"):
        if getattr(file, table) and not file.extends:
            raise document.error(table, 0, "", f"[[{table}]] needs a pipeline to change", 'say extends = "…"')
    _derive(document, drafts)
    for i, e in enumerate(file.passes):
        drafts += [_draft(document, "pass", i, e)] if _is_one_pass(document, i, e) else _taken(Taken(document, i, e), drafts, users)
    return drafts


def _others(document: Document, name: str, users: tuple[Path, ...], error: Callable[[str], PipelineError]) -> list[Draft]:
    """The passes of the pipeline that a file names. Raises the error where there is none."""
    try:
        path = find(name, document.path.parent)
    except UnknownName as unknown:
        raise error(str(unknown)) from None
    return _drafts(schema.read(path), (*users, document.path))


def _is_one_pass(document: Document, index: int, entry: Entry) -> bool:
    """Whether a `[[pass]]` names a pass; else it takes some. Raises PipelineError for what goes with the one and not with the other."""
    if bool(entry.use) == bool(entry.take):
        raise document.error("pass", index, "take", "[[pass]] has both use and take" if entry.use else "[[pass]] lacks use, or take")
    wrong = ("after", "through", "without") if entry.use else ("options", "when", "together")
    for key in wrong:
        if getattr(entry, key):
            fix = "[[insert]] puts a pass where you want it" if entry.use else "what is taken has its own; take it without the pass, and name that by itself"
            raise document.error("pass", index, key, f"{key} does not go with {'use' if entry.use else 'take'}", fix)
    return bool(entry.use)


def _taken(taken: Taken, before: list[Draft], users: tuple[Path, ...]) -> list[Draft]:
    """What a `[[pass]]` with `take` stands for."""
    entry = taken.entry
    theirs = _others(taken.document, entry.take, users, lambda message: taken.error("take", message))
    names = [d.name for d in theirs]

    def position(key: str, name: str) -> int:
        try:
            return names.index(registry.full_name(name, names, f"pass in {entry.take} called"))
        except UserError as error:
            raise taken.error(key, str(error)) from None

    shared = [a.name == b.name for a, b in zip(before, theirs, strict=False)]
    first = position("after", entry.after) + 1 if entry.after else (*shared, False).index(False)
    last = position("through", entry.through) + 1 if entry.through else len(names)
    left_out = {position("without", name) for name in entry.without}
    if first >= last:
        raise taken.error("through", f"{entry.through or names[-1]} is not after {names[first - 1]} in {entry.take}")
    return [_on_part(theirs[k], taken) for k in range(first, last) if k not in left_out]


def _on_part(draft: Draft, taken: Taken) -> Draft:
    """A pass that is taken, on the part that is asked for. Raises PipelineError where it runs on another."""
    part, own = taken.entry.on, draft.entry.on
    if part and own not in ("", part):
        raise taken.error("on", f"{draft.name} runs on {own} in {taken.entry.take}, not on {part}", f'say without = ["{draft.name}"], or end before it')
    return attrs.evolve(draft, entry=attrs.evolve(draft.entry, on=part or own), taken=taken)


def _draft(document: Document, table: str, index: int, entry: Entry) -> Draft:
    name = entry.use
    if registry.is_path(name):
        name = Path(name).stem.replace("_", "-")
    return Draft(name, entry, document, table, index, document.path.parent)


def _derive(document: Document, drafts: list[Draft]) -> None:
    """Applies what the file removes, changes and inserts."""
    for i, removal in enumerate(document.file.remove):
        at = _position(document, drafts, "remove", i, "use", removal.use)
        cls = _class(drafts[at])
        if cls.source is not cls.target:
            raise document.error(
                "remove", i, "use", f"{cls.name()} cannot be removed: it turns {cls.source.name} into {cls.target.name}",
                f"turn it down by an option in a [[change]], or insert another pass from {cls.source.name} first",
            )
        del drafts[at]
    for i, change in enumerate(document.file.change):
        at = _position(document, drafts, "change", i, "use", change.use)
        old = drafts[at].entry
        entry = attrs.evolve(old, options={**old.options, **change.options}, when=change.when or old.when)
        drafts[at] = attrs.evolve(drafts[at], entry=entry, document=document, table="change", index=i)
    for i, insertion in enumerate(document.file.insert):
        if bool(insertion.before) == bool(insertion.after):
            raise document.error("insert", i, "", "[[insert]] needs `before` or `after`, one of them", 'say after = "…"')
        key = "before" if insertion.before else "after"
        at = _position(document, drafts, "insert", i, key, insertion.before or insertion.after)
        drafts.insert(at + (key == "after"), _draft(document, "insert", i, insertion))


def _position(document: Document, drafts: list[Draft], table: str, index: int, key: str, name: str) -> int:
    names = [d.name for d in drafts]
    try:
        return names.index(registry.full_name(name, names, f"pass in {document.file.extends} called"))
    except UserError as error:
        raise document.error(table, index, key, str(error)) from None


def _class(draft: Draft) -> type[Pass]:
    try:
        return registry.pass_class(draft.entry.use, draft.folder)
    except UserError as error:
        raise draft.error("use", str(error)) from None


def _step(draft: Draft) -> Step:
    """Makes the pass with its options."""
    cls = _class(draft)
    entry, document = draft.entry, draft.document
    if entry.when and not _CONDITION.match(entry.when):
        raise draft.error("when", f"`{entry.when}` is not a condition", 'conditions look like "opt >= 2"')
    if entry.when and cls.source is not cls.target:
        raise draft.error(
            "when", f"{cls.name()} turns {cls.source.name} into {cls.target.name}, so it must always run",
            "take `when` away; only a pass from a language to itself may have it",
        )
    reference = entry.use if not registry.is_path(entry.use) else str((draft.folder / entry.use).resolve())
    origin = f"{document.shown}:{document.lines.at(draft.table, draft.index)}"
    return Step(cls(**_options(draft, cls)), entry.when, entry.together, origin, reference, entry.on)


def _options(draft: Draft, cls: type[Pass]) -> dict[str, Any]:
    """The options as the pass's fields want them."""
    given = draft.entry.options
    try:
        return typed_options(cls, given)
    except OptionError as error:
        line = draft.document.lines.option(draft.table, draft.index, error.option)
        raise PipelineError(draft.document.shown, line, str(error), error.fix) from None


class OptionError(TypeError):
    """A pass has no such option, or not with that value."""

    def __init__(self, option: str, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.option, self.fix = option, fix


def typed_options(cls: type[Pass], given: dict[str, Any]) -> dict[str, Any]:
    """A pass's options as its fields want them. Raises OptionError."""
    if not given:
        return {}
    from kayton.pipelines.structuring import option_value  # slow to import, and only needed here

    hints = typing.get_type_hints(cls)
    fields = [f.name for f in attrs.fields(cls)]
    made: dict[str, Any] = {}
    for name, value in given.items():
        if name not in fields:
            known = f"it has {', '.join(fields)}" if fields else "it has none"
            raise OptionError(name, f"{cls.name()} has no option {name}", known)
        try:
            made[name] = option_value(hints[name], value)
        except TypeError as error:
            raise OptionError(name, f"{cls.name()}: the option {name} {error}") from None
    return made


def _check(drafts: list[Draft], steps: list[Step]) -> None:
    """Sees that the passes fit on each other. Raises PipelineError."""
    chain = Chain(steps[0].use.source)
    for draft, step in zip(drafts, steps, strict=True):
        if mistake := chain.mistake(step.use, step.on):
            raise draft.misfit("on" if step.on and step.on not in chain.parts else "use", *mistake)
        chain.take(step.use, step.on)
