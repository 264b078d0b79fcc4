"""resolve-modules : Surface -> Linked

Brings the files that a program uses into it, and says of every `use` which module it means (LANGUAGE §7).

    program [m]                 =>   program [m used ..]
    use geometry                =>   use geometry -> geometry         beside the using file: geometry.ktn or geometry/mod.ktn
    use std.math                =>   use std.math -> std.math         no file

Modules after the first stand in the order in which they run: depth first, each after those that it uses, cycles cut where they
close; the first runs last. A module is named by its path from the first one's folder: `store` for store/mod.ktn, `store.format`
for store/format.ktn. Separate from resolve-names, which then sees a whole program and never reads a file.
"""

from __future__ import annotations

import posixpath

from kayton.diagnostics.modules import NoPlugin, UnknownModule
from kayton.diagnostics.nearest import nearest
from kayton.ir.builtins import STD_FUNCTIONS
from kayton.ir.core import Linked
from kayton.ir.node import replace
from kayton.ir.surface import Module, Program, Surface, Use, UsePlugin
from kayton.passes.framework import Cx, Pass, frozen
from kayton.passes.front._reading import parse_file, source_file

_SUFFIX = ".ktn"


@frozen
class ResolveModules(Pass):
    source = Surface
    target = Linked

    def transform(self, root: Program, cx: Cx) -> Program:
        linker = _Linker(root.modules[0], cx)
        first = linker.link(root.modules[0])
        return Program((first, *linker.done), id=root.id, span=root.span)


class _Linker:
    """Loads each file once. `names` are the modules by file, `done` those whose own uses are resolved, in that order."""

    def __init__(self, first: Module, cx: Cx) -> None:
        self.cx = cx
        self.folder = posixpath.dirname(_normal(first.path))
        self.names = {_normal(first.path): first.name}
        self.done: list[Module] = []

    def link(self, module: Module) -> Module:
        """The module with its uses resolved; what it uses is loaded first."""
        for item in module.body:
            if isinstance(item, UsePlugin):
                self.cx.report(NoPlugin(span=item.span, name=item.name))
        body = [self._use(item, module) if isinstance(item, Use) else item for item in module.body]
        return replace(module, body=tuple(body)) if any(isinstance(item, Use) for item in body) else module

    def _use(self, use: Use, user: Module) -> Use:
        if use.path[0] == "std":
            name = ".".join(use.path)
            return replace(use, module=name) if name in STD_FUNCTIONS else self._unknown(use, user, ())
        looked = _files(use.path, user)
        for path in looked:
            name = self.names.get(path) or self._load(path)
            if name is not None:
                return replace(use, module=name)
        return self._unknown(use, user, looked)

    def _load(self, path: str) -> str | None:
        """The name of the module in a file that was not met before; None where there is no such file."""
        text = self.cx.loader(path) if self.cx.loader is not None else None
        if text is None:
            return None
        name = self.names[path] = self._name(path)
        self.done.append(self.link(parse_file(source_file(name, path, text, self.cx), self.cx)))
        return name

    def _name(self, path: str) -> str:
        """The dotted name of a file's module, which no other module has."""
        stem = posixpath.relpath(path, self.folder or ".").removesuffix(_SUFFIX).removesuffix("/mod")
        name = stem.replace("/", ".")
        taken = set(self.names.values())
        return next(n for n in (name, *(f"{name}_{i}" for i in range(2, len(taken) + 3))) if n not in taken)

    def _unknown(self, use: Use, user: Module, looked: tuple[str, ...]) -> Use:
        path = ".".join(use.path)
        self.cx.report(UnknownModule(span=use.span, path=path, looked=looked, near=self._near(use, user)))
        return use

    def _near(self, use: Use, user: Module) -> str:
        """A `use` that would work: an item of a module that exists, a module of that name in `std`, one spelt similarly."""
        path = ".".join(use.path)
        if len(use.path) > 1 and not use.selective:
            outer = ".".join(use.path[:-1])
            exists = outer in STD_FUNCTIONS or any(self._exists(f) for f in _files(use.path[:-1], user))
            if exists:
                return f"{outer}.{{{use.path[-1]}}}"
        if path == "std":  # it is used module by module
            return "std.math"
        if f"std.{path}" in STD_FUNCTIONS:
            return f"std.{path}"
        start = "std." if path.startswith("std.") else ""
        known = [m.removeprefix(start) for m in [*self.names.values(), *STD_FUNCTIONS] if m.startswith(start)]
        close = nearest(path.removeprefix(start), known)
        return start + close[0] if close else ""

    def _exists(self, path: str) -> bool:
        return path in self.names or (self.cx.loader is not None and self.cx.loader(path) is not None)


def _normal(path: str) -> str:
    return posixpath.normpath(path.replace("\\", "/"))


def _files(path: tuple[str, ...], user: Module) -> tuple[str, str]:
    """The files that `use path` may mean in a module, the likelier first."""
    stem = posixpath.join(posixpath.dirname(_normal(user.path)), *path)
    return stem + _SUFFIX, f"{stem}/mod{_SUFFIX}"
