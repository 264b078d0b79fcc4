"""write-types : Rewritten -> Rewritten

Writes the types that were found to parameters, results, variables and fields that have none.

    fn mean(xs): …            =>   fn mean(xs: List[f64]) -> f64: …
    let mut total = 0.0       =>   let mut total: f64 = 0.0
    |x| x + 1                 =>   |x: i64| x + 1
    fn f[T: Shape](s: T)      =>   fn f(s: Circle)
    let all = [c, s]          =>   let all: List[dyn Shape] = [c, s]
    a type that is dyn or a function stays unwritten

A type that is written is a boundary (LANGUAGE §3), which values of it cross unchanged. To a method that a trait provides nothing is added: what
an impl's own method lacks it has from there.
"""

from __future__ import annotations

from collections.abc import Iterable

from kayton.ir.constrained import Instance
from kayton.ir.node import Node, map_children, place_at, replace, walk
from kayton.ir.rewritten import Draft, Rewritten
from kayton.ir.surface import BindPattern, ClassDef, Closure, DynTrait, FnDef, Let, Module, NamedType, Param, StructDef, TraitDef, TypeExpr
from kayton.ir.types import UNIT, argument, read_type
from kayton.passes.framework import Cx, Pass, frozen
from kayton.passes.rewrite._facts import Facts, is_final, original
from kayton.passes.rewrite._spelling import Speller, mentions

TAG = "write-types"


@frozen
class WriteTypes(Pass):
    source = Rewritten
    target = Rewritten

    def transform(self, root: Draft, cx: Cx) -> Draft:
        cx.enter(self, root)
        module = root.written.modules[0]
        made = _Annotator(cx.facts(Facts), module).module(module)
        return root if made is module else replace(root, written=replace(root.written, modules=(made,)))


class _Annotator:
    """Writes types into one module. `serving` are the instances of the function at hand, `inside` those of its closures."""

    def __init__(self, facts: Facts, module: Module) -> None:
        self.facts = facts
        self.speller = Speller(module, facts.traits)
        self.traits = self.speller.traits
        self.provided = {f for item in module.body if isinstance(item, TraitDef) for f in item.methods}
        self.fields = facts.fields()
        self.serving: list[Instance] = []
        self.inside: list[Instance] = []
        self._known: dict[str, dict[str, str]] = {}

    def module(self, m: Module) -> Module:
        """The module with types."""
        self._enter(self.facts.starting())
        return replace(m, body=tuple([self._global(s) if isinstance(s, Let) else self.visit(s) for s in m.body]))

    def _enter(self, serving: Iterable[Instance]) -> None:
        self.serving = list(serving)
        self.inside = self.facts.with_closures(self.serving)[len(self.serving) :]

    def visit(self, n: Node) -> Node:
        """A node with types in it."""
        kind = n.__class__
        if kind is FnDef:
            return self._function(n)
        made = map_children(n, self.visit)
        if kind is Let:
            return self._let(made)
        if kind is Closure:
            return replace(made, params=tuple([self._param(p, set()) for p in made.params]))
        if kind is ClassDef or kind is StructDef:
            return self._data(made)
        return made

    # What a variable is

    def _texts(self, variable: str) -> list[str]:
        """What a variable is in each instance that has it: in the function itself, else in its closures."""
        own = [t for i in self.serving if (t := self._typings(i).get(variable)) is not None]
        return own or [t for i in self.inside if (t := self._typings(i).get(variable)) is not None]

    def _typings(self, i: Instance) -> dict[str, str]:
        if i.name not in self._known:
            self._known[i.name] = {t.variable: t.type for t in i.typings}
        return self._known[i.name]

    def _bound(self, p: Node) -> TypeExpr | None:
        """The type of the variable that a pattern binds."""
        reference = self.facts.references.get(original(p))
        if p.__class__ is not BindPattern or reference is None or reference.kind != "variable":
            return None
        return self.speller.common(self._texts(reference.path))

    # Functions

    def _function(self, f: FnDef) -> FnDef:
        serving = self.facts.serving(f)
        if is_final(f) or not serving or f.body is None:
            return f
        outside = self.serving, self.inside
        self._enter(serving)
        made = map_children(f, self.visit)
        if f not in self.provided:
            made = self._signature(made)
        self.serving, self.inside = outside
        return made

    def _signature(self, f: FnDef) -> FnDef:
        own = {p.name for p in f.type_params}
        params = tuple([self._param(p, own) for p in f.params])
        result = f.result
        if f.name != "main" and self._is_open(result, own):
            found = self.speller.common(self._texts("%result"))
            says_nothing = isinstance(found, NamedType) and found.path == (str(UNIT),)
            result = result if found is None or says_nothing else _placed(found, f, "result")
        made = replace(f, params=params, result=result)
        return replace(made, type_params=tuple([p for p in f.type_params if _is_mentioned(p.name, made)]))

    def _param(self, p: Param, own: set[str]) -> Param:
        if not self._is_open(p.type, own) or (p.pattern.__class__ is BindPattern and p.pattern.name == "self"):
            return p
        found = self._bound(p.pattern)
        same = p.type is not None and isinstance(found, DynTrait)
        return p if found is None or same else replace(p, type=_placed(found, p, "type"))

    def _is_open(self, t: TypeExpr | None, own: set[str]) -> bool:
        """Whether a type leaves open what is there: none, a type parameter, or a trait."""
        if t is None:
            return True
        return mentions(t, own) or isinstance(t, DynTrait) or (isinstance(t, NamedType) and t.path[-1] in self.traits)

    # Variables and fields

    def _let(self, s: Let) -> Let:
        found = None if s.type is not None else self._bound(s.pattern)
        return s if found is None else replace(s, type=_placed(found, s, "type"))

    def _global(self, s: Let) -> Let:
        made = map_children(s, self.visit)
        if made.type is not None or made.pattern.__class__ is not BindPattern:
            return made
        module = original(s).partition("#")[0].replace("/", ".")
        name = made.pattern.name.removesuffix(f"__{module.replace('.', '_')}")
        text = self.facts.cells.get(f"{module}.{name}")
        found = None if text is None else self.speller.common([text])
        return made if found is None else replace(made, type=_placed(found, made, "type"))

    def _data(self, d: ClassDef | StructDef) -> Node:
        module = original(d).partition("#")[0].rpartition(".")[0].replace("/", ".")
        path = f"{module}.{d.name}"
        held = self.fields.get(path)
        fields = []
        for n, f in enumerate(d.fields):
            text = self.facts.cells.get(f"{path}.{f.name}")
            t = read_type(text) if text is not None else argument(held, n) if held is not None and d.__class__ is StructDef else None
            found = None if f.type is not None or t is None else self.speller.spelt(t)
            fields.append(f if found is None else replace(f, type=_placed(found, f, "type")))
        return replace(d, fields=tuple(fields))


def _placed(t: TypeExpr, at: Node, what: str) -> TypeExpr:
    """A type with ids that say who wrote it."""
    return place_at(replace(t, id=f"{at.id}~{TAG}.{what}"), at, f"{TAG}.{what}", {})


def _is_mentioned(name: str, f: FnDef) -> bool:
    bodies = [*f.params, *([f.result] if f.result is not None else []), *([f.body] if f.body is not None else [])]
    return any([isinstance(n, NamedType) and n.path[0] == name for b in bodies for n in walk(b)])
