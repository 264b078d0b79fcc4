"""Which copies a program's functions get: one for each tuple of parameter types that is written differently.

A call is of one copy. Where a place in one copy would call several of another function, those are one.
"""

from __future__ import annotations

from kayton.ir.constrained import Instance
from kayton.ir.node import walk
from kayton.ir.rewritten import Draft
from kayton.ir.surface import AtPattern, BindPattern, FnDef, Module, Name
from kayton.passes.rewrite._facts import Facts, functions_in, is_final
from kayton.passes.rewrite._spelling import Speller, Spelling, mangled

Group = frozenset[str]
"""The instances that a copy serves."""


class Plan:
    """The groups of each function at the top of the module, by its path, and the names of their copies."""

    def __init__(self, root: Draft, facts: Facts) -> None:
        module: Module = root.written.modules[0]
        self.facts = facts
        self.speller = Speller(module, facts.traits)
        self.groups: dict[str, list[Group]] = {}
        self.definitions: dict[str, FnDef] = {}
        self._fixed: list[list[Instance]] = [facts.with_closures(facts.starting())]
        values = {r.path for r in root.names.references if r.kind == "value"}
        refused = set(root.refused)
        tops = {f for f in module.body if isinstance(f, FnDef)}
        for f in functions_in(module):
            path, serving = facts.path(f), facts.serving(f)
            one_form = path in values or f.name == "main" or is_final(f) or refused.issuperset([i.name for i in serving])
            if f in tops and not one_form:
                self.definitions[path] = f
                self.groups[path] = self._by_types(serving)
            else:
                self._fixed.append(facts.with_closures(serving))
        self._join()
        self.groups = {path: found for path, found in self.groups.items() if len(found) > 1}
        self.names: dict[Group, str] = {}
        self._name(module)

    # Groups

    def _by_types(self, serving: list[Instance]) -> list[Group]:
        found: dict[tuple[str, ...], set[str]] = {}
        for i in serving:
            key = tuple([_text(t) for t in self.spellings(i)])
            found.setdefault(key, set()).add(i.name)
        return [frozenset(group) for group in found.values()]

    def spellings(self, i: Instance) -> list[Spelling]:
        """How the parameters' types are written."""
        known = {t.variable: t.type for t in i.typings}
        params = self.definitions[i.fn].params
        names = [self.facts.references[p.pattern.id].path if p.pattern.id in self.facts.references else "" for p in params]
        return [self.speller.common([known[n]] if n in known else []) for n in names]

    def _join(self) -> None:
        """Joins groups until every place calls one."""
        changed = True
        while changed:
            changed = False
            split = [self.facts.with_closures([self.facts.instances[n] for n in sorted(g)]) for groups in self.groups.values() for g in groups]
            for serving in (*self._fixed, *split):
                for called in self._called(serving).values():
                    changed |= self._one(called)

    def _called(self, serving: list[Instance]) -> dict[tuple[str, str], set[str]]:
        """By place and function, the instances that are called."""
        found: dict[tuple[str, str], set[str]] = {}
        for i in serving:
            for site, names in self.facts.calls[i.name].items():
                for name in names:
                    fn = self.facts.instances[name].fn
                    if fn in self.groups:
                        found.setdefault((site, fn), set()).add(name)
        return found

    def _one(self, called: set[str]) -> bool:
        """Makes one group of those that have any of these instances; whether there were several."""
        fn = self.facts.instances[next(iter(called))].fn
        touched = [g for g in self.groups[fn] if g & called]
        if len(touched) < 2:
            return False
        self.groups[fn] = [*[g for g in self.groups[fn] if g not in touched], frozenset().union(*touched)]
        return True

    # Names

    def _name(self, module: Module) -> None:
        taken = {n.name for n in walk(module) if isinstance(n, Name | BindPattern | AtPattern | FnDef)}
        for path, groups in self.groups.items():
            rows = [[self._row(g, i) for i in range(len(self.definitions[path].params))] for g in groups]
            differ = [i for i in range(len(rows[0])) if len({row[i] for row in rows}) > 1]
            for g, row in zip(groups, rows, strict=True):
                name = "__".join([self.definitions[path].name, *[row[i] for i in differ]])
                while name in taken:
                    name += "_"
                taken.add(name)
                self.names[g] = name
            self.groups[path] = sorted(groups, key=self.names.__getitem__)

    def _row(self, g: Group, index: int) -> str:
        spelt = [self.spellings(self.facts.instances[n])[index] for n in sorted(g)]
        return mangled(spelt[0]) if len({_text(t) for t in spelt}) == 1 else "dyn"

    # Calls

    def callee(self, serving: list[Instance], path: str, at: str) -> str | None:
        """The name of the copy that a place calls; None where nothing is known to call it there."""
        called = {n for i in serving for n in self.facts.calls[i.name].get(at, ()) if self.facts.instances[n].fn == path}
        found = [g for g in self.groups[path] if g & called]
        return self.names[found[0]] if found else None


def _text(t: Spelling) -> str:
    from kayton.passes.rewrite.printing.items import Items

    if t is None:
        return ""
    p = Items()
    p.type(t)
    return p.text()
