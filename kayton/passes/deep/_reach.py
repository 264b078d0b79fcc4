"""What each function may come to: by calls, through the functions that it names, and by methods of any type that has one of that name."""

from __future__ import annotations

from collections.abc import Iterable

from kayton.ir.effects import effect_of
from kayton.ir.node import walk
from kayton.ir.resolved import CallFn, CallNative, Fn, FnRef, GlobalRef, MakeClosure, NativeRef, SetGlobal, TypeDecl
from kayton.ir.surface import MethodCall, Program


class Reach:
    """The functions of a program from Flat on, each with what it names."""

    def __init__(self, root: Program) -> None:
        items = [i for m in root.modules for i in m.body]
        self.functions = {i.name: i for i in items if isinstance(i, Fn) and i.body is not None}
        self.hooks = {h.fn for i in items if isinstance(i, TypeDecl) for h in i.hooks}
        methods: dict[str, set[str]] = {}
        for i in items:
            for m in i.methods if isinstance(i, TypeDecl) else ():
                methods.setdefault(m.name, set()).add(m.fn)
        self.named = {name: _named(f, methods) for name, f in self.functions.items()}
        recursive = [name for name in self.functions if name in self._from(self.named[name])]
        self._nested = self._from(recursive)
        self._effects = {name: _effect(f) for name, f in self.functions.items()}
        constants = [n.name for name, f in self.functions.items() if name.endswith(".<consts>") for n in walk(f.body) if isinstance(n, SetGlobal)]
        self._known = set(constants)

    def _from(self, names: Iterable[str]) -> set[str]:
        """These functions and all that they come to."""
        found: set[str] = set()
        todo = [name for name in names if name in self.functions]
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                todo += [n for n in self.named[name] if n in self.functions]
        return found

    def may_nest(self, fn: str) -> bool:
        """Whether a recursive function may come to it, so that it may run below any number of calls."""
        return fn in self._nested

    def effect(self, fn: str) -> tuple[str, str] | None:
        """An effect that a call may have, and the built-in or global by which; also by a hook, which any operation may call."""
        for name in sorted(self._from([fn, *self.hooks])):
            if self._effects[name]:
                return self._effects[name]
            for n in walk(self.functions[name].body):
                if isinstance(n, GlobalRef) and n.name not in self._known:
                    return "state", n.name
        return None


def _named(f: Fn, methods: dict[str, set[str]]) -> set[str]:
    found = {n.fn for n in walk(f.body) if isinstance(n, CallFn | FnRef | MakeClosure)}
    return found.union(*[methods.get(n.name, ()) for n in walk(f.body) if isinstance(n, MethodCall)])


def _effect(f: Fn) -> tuple[str, str] | None:
    """The first effect that a function declares or has, and by what."""
    if f.effects:
        return f.effects[0], f.name
    for n in walk(f.body):
        effect = effect_of(n.name) if isinstance(n, CallNative | NativeRef) else "state" if isinstance(n, SetGlobal) else None
        if effect is not None:
            return effect, n.name
    return None
