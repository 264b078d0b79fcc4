"""What must hold of types and of what they implement: no name twice, no field and method of one name, no method missing."""

from __future__ import annotations

from kayton.diagnostics.definitions import (
    CyclicTrait,
    FieldAndMethod,
    MissingTraitMethod,
    NoImpl,
    OtherParameters,
    SecondImpl,
)
from kayton.diagnostics.names import DuplicateName
from kayton.ir import builtins
from kayton.ir.core import ClassType, EnumType, Methods, StructType, TraitType
from kayton.ir.node import Node, Span, place_at, replace, unplaced
from kayton.ir.surface import DynTrait, FnDef, FnType, Param, Program, TupleType, TypeExpr
from kayton.passes.resolve.names.entities import Parameter
from kayton.passes.resolve.names.program import ProgramNames, type_path
from kayton.passes.resolve.names.types import TypeScope


_UNNAMED = {TupleType: "tuple", FnType: "function"}


class Implementations:
    """The tables of the whole program, by type."""

    def __init__(self, names: ProgramNames, root: Program) -> None:
        self.names = names
        self.cx = names.cx
        self.tables: dict[Methods, Methods] = {}
        """Each table as written, resolved."""
        self._functions: dict[str, FnDef] = {}
        self._spans: dict[Methods, dict[str, Span | None]] = {}
        """Where the functions of each table stand: of two with one path, those right before it."""
        self._latest: dict[str, FnDef] = {}
        self._written: dict[str, list[Span | None]] = {}
        """Where each path is defined."""
        self._implements: dict[str, dict[str, Methods]] = {}
        self._own: dict[str, dict[str, Span | None]] = {}
        self._by_traits: dict[str, dict[str, Span | None]] = {}
        """The functions of each type's impls of the user's traits."""
        self._fields: dict[str, dict[str, Span | None]] = {}
        self._variants: dict[str, dict[str, Span | None]] = {}
        self._supers: dict[str, tuple[str, ...]] = {}
        self._cyclic: set[str] = set()
        self._modules: dict[str, str] = {}
        """The module of each trait."""
        self._serves: dict[str, Methods] = {}
        """For each function of an impl of a trait, the impl."""
        for module in root.modules:
            for item in module.body:
                self._collect(item, module.name)
        for table in self.tables.values():
            self._inherit(table)

    def _inherit(self, table: Methods) -> None:
        """The functions that a trait and those above it provide are functions of the types that implement it, after all others."""
        path = type_path(table.target)
        if path is None or table.trait is None:
            return
        known = self.names.functions.setdefault(path, {})
        for trait in (lineage := [table.trait.type]):
            for name in self._provided(trait):
                known.setdefault(name, f"{trait}.{name}")
            lineage += [above for above in self._supers.get(trait, ()) if above not in lineage]

    def _collect(self, item: Node, module: str) -> None:
        if isinstance(item, Methods):
            table = self.tables[item] = self.names.table(item, module)
            latest = {name: self._latest.get(f"{table.prefix}.{name}", item) for name in table.names}
            self._spans[table] = {name: f.span for name, f in latest.items()}
            if table.trait is not None:
                self._serves |= {f"{table.prefix}.{name}": table for name in table.names}
        elif isinstance(item, FnDef):
            self._latest[f"{module}.{item.name}"] = item
            self._written.setdefault(f"{module}.{item.name}", []).append(item.span)
            self._functions.setdefault(f"{module}.{item.name}", item)
        elif isinstance(item, EnumType):
            self._variants[f"{module}.{item.name}"] = {v.name: v.span for v in item.variants}
        elif isinstance(item, StructType | ClassType):
            self._fields[f"{module}.{item.name}"] = {f.name: f.span for f in item.fields}
        elif isinstance(item, TraitType):
            self._modules[f"{module}.{item.name}"] = module
            scope = self.names.type_scope(module, item.type_params)
            found = [self.names.types.trait(s, scope) for s in item.supers]
            self._supers[f"{module}.{item.name}"] = tuple([s.type for s in found if s is not None])

    def annotated(self, f: FnDef) -> FnDef:
        """A function of an impl takes its trait's annotations where it has none (LANGUAGE §3), and its declaration of effects; `Self`
        and the trait's type parameters stand for what the impl says."""
        table = self._serves.get(f.name)
        model = table and self._functions.get(f"{table.trait.type}.{f.name.rpartition('.')[2]}")
        if not model:
            return f
        own = [p.name for p in self.names.trait_item(table.trait.type).type_params]
        given = {"Self": table.target, **dict(zip(own, table.trait.args, strict=False))}
        known = {p.name: Parameter(p.name, given.get(p.name)) for p in model.type_params}
        scope = TypeScope(self._modules[table.trait.type], known)
        params = [self._typed(p, m, scope) for p, m in zip(f.params, model.params, strict=False)]
        result = f.result
        if result is None and model.result is not None:
            result = self._copied(model.result, scope, f)
        declared = f if f.pure or f.effects is not None else model
        params += f.params[len(params) :]
        return replace(f, params=tuple(params), result=result, pure=declared.pure, effects=declared.effects)

    def _typed(self, p: Param, model: Param, scope: TypeScope) -> Param:
        if p.type is not None or model.type is None:
            return p
        return replace(p, type=self._copied(model.type, scope._replace(name=model.pattern.name), p))

    def _copied(self, t: TypeExpr, scope: TypeScope, at: Node) -> TypeExpr:
        told = len(self.cx.diagnostics)
        made = unplaced(self.names.types.resolve(t, scope))
        del self.cx.diagnostics[told:]  # the trait's own definition says it
        made = replace(made, id=self.names.new_id(at))
        return place_at(made, made, "resolve-names", {})

    def check(self, root: Program) -> None:
        """Reports everything that is wrong."""
        for module in root.modules:
            for item in module.body:
                if isinstance(item, StructType | ClassType):
                    self.names.unique([(f.name, f.span) for f in item.fields], "fields")
                elif isinstance(item, EnumType):
                    self._enum(item)
                elif isinstance(item, TraitType):
                    self._trait(f"{module.name}.{item.name}", item)
        for table in self.tables.values():
            self._table(table)
        for type_name, traits in self._implements.items():
            self._twice(self._own.get(type_name, {}), self._by_traits.get(type_name, {}))
            for trait, table in traits.items():
                self._complete(type_name, trait, table)

    def _twice(self, own: dict[str, Span | None], by_traits: dict[str, Span | None]) -> None:
        """Reports what both a type and one of its traits' impls define."""
        for name in own.keys() & by_traits.keys():
            self.cx.report(DuplicateName(span=by_traits[name], what="methods", name=name, first=own[name]))

    def _enum(self, item: EnumType) -> None:
        self.names.unique([(v.name, v.span) for v in item.variants], "variants")
        for v in item.variants:
            self.names.unique([(f.name, f.span) for f in v.fields], "fields")

    def _trait(self, path: str, item: TraitType) -> None:
        seen: list[str] = []
        todo = list(self._supers[path])
        while todo:
            trait = todo.pop()
            if trait == path:
                if not self._cyclic.intersection(seen):  # one error for each circle
                    self.cx.report(CyclicTrait(span=item.span, name=item.name))
                self._cyclic.add(path)
                return
            if trait not in seen:
                seen.append(trait)
                todo += self._supers.get(trait, ())
        methods = dict.fromkeys((*item.required, *item.provided))
        self.names.unique([(name, span) for name in methods for span in self._written[f"{path}.{name}"]], "methods")

    def _table(self, table: Methods) -> None:
        """The names in one `impl` or type against everything else the type has."""
        path = type_path(table.target)
        if path is None:
            span = table.target.span
            name = _written(table.target) if span is None else self.cx.sources[span.file].text[span.start : span.end]
            if not any([d.span == span for d in self.cx.diagnostics]):
                self.cx.report(NoImpl(span=span, name=name, kind=_UNNAMED.get(table.target.__class__, "")))
            return
        spans = self._spans[table]
        for name, span in spans.items():
            if name in self._fields.get(path, {}):
                field = self._fields[path][name]
                self.cx.report(FieldAndMethod(span=span, type=builtins.own_name(path), name=name, field=field))
        if table.trait is None:
            own = self._own.setdefault(path, dict(self._variants.get(path, {})))
            for name in table.names:
                if name in own:
                    what = "members" if name in self._variants.get(path, ()) else "methods"
                    self.cx.report(DuplicateName(span=spans[name], what=what, name=name, first=own[name]))
                own.setdefault(name, spans[name])
            return
        known = self._implements.setdefault(path, {})
        first = known.setdefault(table.trait.type, table)
        if first is not table:
            type_name, trait = builtins.own_name(path), builtins.own_name(table.trait.type)
            self.cx.report(SecondImpl(span=table.span, type=type_name, trait=trait, first=first.span))
        elif self.names.trait_item(table.trait.type) is not None:
            self._of_trait(table, path)

    def _of_trait(self, table: Methods, path: str) -> None:
        """The functions in an impl of a user's trait against the trait, and against those of other traits and the type's own."""
        own = self._by_traits.setdefault(path, {})
        for name, span in self._spans[table].items():
            if name in own:
                self.cx.report(DuplicateName(span=span, what="methods", name=name, first=own[name]))
            own.setdefault(name, span)
            model = self._functions.get(f"{table.trait.type}.{name}")
            made = self._functions.get(f"{table.prefix}.{name}")
            if model is not None and made is not None and not _serves(made, model):
                trait, type_name = builtins.own_name(table.trait.type), builtins.own_name(path)
                self.cx.report(OtherParameters(span=span, name=name, type=type_name, trait=trait, model=model.span))

    def _complete(self, type_name: str, trait: str, table: Methods) -> None:
        """Reports the methods that the trait or its super-traits require and the type does not have. Well-known super-traits ask
        for nothing: printing and comparing is what every value can do."""
        missing = [m for m in self._required(trait) if m not in table.names]
        provided = {*self._own.get(type_name, {}), *self._provided(trait)}
        todo = list(self._supers.get(trait, ()))
        seen = {trait}
        while todo:
            above = todo.pop()
            if above not in seen and above not in builtins.HOOKS and above not in self._implements[type_name]:
                missing += [m for m in self._required(above) if m not in provided]
                provided.update(self._provided(above))
            if above not in seen:
                seen.add(above)
                todo += self._supers.get(above, ())
        if missing:
            span = table.trait.span if table.trait else table.span
            names = tuple(dict.fromkeys(missing))
            shown = builtins.own_name(trait)
            self.cx.report(MissingTraitMethod(span=span, trait=shown, type=builtins.own_name(type_name), methods=names))

    def _provided(self, trait: str) -> tuple[str, ...]:
        item = self.names.trait_item(trait)
        return () if item is None else item.provided

    def _required(self, trait: str) -> tuple[str, ...]:
        item = self.names.trait_item(trait)
        return builtins.HOOKS.get(trait, ()) if item is None else item.required


def _serves(made: FnDef, model: FnDef) -> bool:
    """Whether a function takes every call that its trait's one takes."""
    least, most = sum([p.default is None for p in made.params]), len(made.params)
    wanted = sum([p.default is None for p in model.params])
    return _has_self(made) == _has_self(model) and least <= wanted and len(model.params) <= most


def _has_self(f: FnDef) -> bool:
    return bool(f.params) and getattr(f.params[0].pattern, "name", None) == "self"


def _written(target: TypeExpr) -> str:
    return "dyn" if isinstance(target, DynTrait) or type_path(target) is None and hasattr(target, "type") else "this type"
