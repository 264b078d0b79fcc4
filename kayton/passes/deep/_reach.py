"""What each function may come to: by calls, through the functions that it names, and by methods of any type that has one of that name."""

from __future__ import annotations

from collections.abc import Iterable

from kayton.ir.effects import effect_of
from kayton.ir.node import Node, walk
from kayton.ir.resolved import CallFn, CallNative, Fn, FnRef, GlobalRef, MakeClosure, NativeRef, SetGlobal, TypeDecl
from kayton.ir.surface import MethodCall, Program


class Naming:
    """The functions of a program from Flat on, each with what it names."""

    def __init__(self, items: Iterable[Node]) -> None:
        items = list(items)
        self.functions = {i.name: i for i in items if isinstance(i, Fn) and i.body is not None}
        self.hooks = {h.fn for i in items if isinstance(i, TypeDecl) for h in i.hooks}
        self._methods: dict[str, set[str]] = {}
        for i in items:
            for m in i.methods if isinstance(i, TypeDecl) else ():
                self._methods.setdefault(m.name, set()).add(m.fn)
        self._named: dict[str, set[str]] = {}

    def named(self, name: str) -> set[str]:
        """What a function names."""
        found = self._named.get(name)
        if found is None:
            found = self._named[name] = _named(self.functions[name], self._methods)
        return found

    def reached(self, names: Iterable[str]) -> set[str]:
        """These functions and all that they come to."""
        found: set[str] = set()
        todo = [name for name in names if name in self.functions]
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                todo += [n for n in self.named(name) if n in self.functions]
        return found


class Reach(Naming):
    """What that means for calls: how deep they may be, and their effects."""

    def __init__(self, root: Program) -> None:
        super().__init__([i for m in root.modules for i in m.body])
        self._nested = self._below_cycles()
        constants = [n.name for name, f in self.functions.items() if name.endswith(".<consts>") for n in walk(f.body) if isinstance(n, SetGlobal)]
        self._known = set(constants)
        self._acts: dict[str, tuple[str, str] | None] = {}
        self._hooked = [name for name in self.reached(self.hooks) if self._act(name)]

    def _below_cycles(self) -> set[str]:
        """The functions that are named, at some distance, by one that comes to itself: what is left after all that nobody names are taken away."""
        naming = dict.fromkeys(self.functions, 0)
        for by in self.functions:
            for name in self.named(by) & naming.keys():
                naming[name] += 1
        waiting = [name for name, count in naming.items() if not count]
        while waiting:
            taken = waiting.pop()
            for name in self.named(taken) & naming.keys():
                naming[name] -= 1
                if not naming[name]:
                    waiting.append(name)
            del naming[taken]
        return set(naming)

    def may_nest(self, fn: str) -> bool:
        """Whether a recursive function may come to it, so that it may run below any number of calls."""
        return fn in self._nested

    def effect(self, fn: str) -> tuple[str, str] | None:
        """An effect that a call may have, and the built-in or global by which; also by a hook, which any operation may call."""
        first = min([*self._hooked, *[name for name in self.reached([fn]) if self._act(name)]], default="")
        return self._act(first) if first else None

    def _act(self, name: str) -> tuple[str, str] | None:
        """The effect that a function has by itself."""
        if name not in self._acts:
            f = self.functions[name]
            read = (n.name for n in walk(f.body) if isinstance(n, GlobalRef) and n.name not in self._known)
            self._acts[name] = _effect(f) or next((("state", variable) for variable in read), None)
        return self._acts[name]


def _named(f: Fn, methods: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    for n in walk(f.body):
        kind = n.__class__
        if kind is CallFn or kind is FnRef or kind is MakeClosure:
            found.add(n.fn)
        elif kind is MethodCall:
            found |= methods.get(n.name, set())
    return found


def _effect(f: Fn) -> tuple[str, str] | None:
    """The first effect that a function declares or has, and by what."""
    if f.effects:
        return f.effects[0], f.name
    for n in walk(f.body):
        effect = effect_of(n.name) if isinstance(n, CallNative | NativeRef) else "state" if isinstance(n, SetGlobal) else None
        if effect is not None:
            return effect, n.name
    return None
