"""The tables of a module while it is being emitted: entries are numbered in order of first use."""

from __future__ import annotations

from collections.abc import Iterable

from kayton.ir.bytecode import NONE, BcField, BcGuard, BcPath, BcSite, BcSwitch, BcType, BcVariant
from kayton.ir.node import replace
from kayton.ir.resolved import FieldDecl, GlobalDef, TypeDecl, VariantDecl
from kayton.ir.surface import Item
from kayton.ir.typed import AllocatedFn

_KINDS = {"enum": 0, "struct": 1, "class": 2, "trait": 3, "builtin": 4}
_GUARDS = {"bool": 1, "i64": 2, "f64": 3, "str": 4, "()": 5, "List": 6, "Map": 7, "Set": 8, "Range": 9, "tuple": 10, "fn": 11}
HOOKS = (
    "Show.show", "Eq.eq", "Ord.cmp", "Add.add", "Sub.sub", "Mul.mul", "Div.div", "FloorDiv.floor_div", "Rem.rem", "Pow.pow",
    "Neg.neg", "Index.get", "IndexSet.set", "Iterator.next", "Iterable.iter",
)
_VALUE = (FieldDecl("0"),)
BUILT_IN_ENUMS = (
    TypeDecl("Option", "enum", variants=(VariantDecl("None"), VariantDecl("Some", _VALUE))),
    TypeDecl("Result", "enum", variants=(VariantDecl("Ok", _VALUE), VariantDecl("Err", _VALUE))),
)


class Numbered:
    """Keys numbered from 0 in order of first use."""

    def __init__(self) -> None:
        self.numbers: dict = {}

    def __call__(self, key: object) -> int:
        return self.numbers.setdefault(key, len(self.numbers))

    def keys(self) -> tuple:
        return tuple(self.numbers)


class Tables:
    """All tables but the functions' code."""

    def __init__(self, items: Iterable[Item]) -> None:
        items = list(items)
        self.strings, self.natives, self.sites, self.guards, self.paths = (Numbered() for _ in range(5))
        self._constants: dict[tuple, int] = {}
        self.constants: list[int | float | str] = []
        self.switches: list[BcSwitch] = []
        self.functions = {f.name: i for i, f in enumerate(i for i in items if isinstance(i, AllocatedFn))}
        self.globals = {g.name: i for i, g in enumerate(i for i in items if isinstance(i, GlobalDef))}
        self.declarations = with_built_ins(i for i in items if isinstance(i, TypeDecl))
        self.types = {t.name: i for i, t in enumerate(self.declarations)}
        self.variants = variant_numbers(self.declarations)

    def constant(self, value: float | int | str) -> int:
        """Floats are told apart by their bits' printed form, so that 0.0 is not -0.0, nor 1."""
        if isinstance(value, str):
            self.strings(value)
        key = (type(value), repr(value))
        found = self._constants.get(key)
        if found is None:
            found = self._constants[key] = len(self.constants)
            self.constants.append(value)
        return found

    def guard(self, guard: str) -> int:
        """The number of a guard such as `i64`, `main.Point`, `dyn main.Shape`."""
        if guard.startswith("dyn "):
            return self.guards((13, self.types[guard[4:]]))
        kind = _GUARDS.get(guard)
        return self.guards((12, self.types[guard]) if kind is None else (kind, 0))

    def site(self, name: str | None, mut_mask: int, keywords: tuple[str, ...]) -> int:
        number = NONE if name is None else self.strings(name)
        return self.sites((number, mut_mask, tuple(self.strings(k) for k in keywords)))

    def path(self, steps: tuple[tuple[int, int], ...], method: str | None, frozen: bool) -> int:
        return self.paths((steps, NONE if method is None else self.strings(method), frozen))

    def type_entries(self) -> tuple[BcType, ...]:
        return tuple(self._type(t) for t in self.declarations)

    def guard_entries(self) -> tuple[BcGuard, ...]:
        return tuple(BcGuard(kind, arg) for kind, arg in self.guards.keys())

    def path_entries(self) -> tuple[BcPath, ...]:
        return tuple(BcPath(*key) for key in self.paths.keys())

    def site_entries(self) -> tuple[BcSite, ...]:
        return tuple(BcSite(*key) for key in self.sites.keys())

    def _type(self, t: TypeDecl) -> BcType:
        return BcType(
            self.strings(t.name.rsplit(".", 1)[-1]),
            _KINDS[t.kind],
            self._fields(t.fields),
            tuple(BcVariant(self.strings(v.name), self._fields(v.fields), v.named) for v in t.variants),
            tuple((self.strings(m.name), self.functions[m.fn]) for m in t.methods),
            tuple((HOOKS.index(h.hook), self.functions[h.fn]) for h in t.hooks),
            tuple(self.types[name] for name in t.traits if name in self.types),
        )

    def _fields(self, fields: tuple[FieldDecl, ...]) -> tuple[BcField, ...]:
        return tuple(BcField(self.strings(f.name), NONE if f.guard is None else self.guard(f.guard)) for f in fields)


def variant_numbers(declared: Iterable[TypeDecl]) -> dict[str, int]:
    """The number of each variant of these types."""
    return {name: i for i, name in enumerate([f"{t.name}.{v.name}" for t in declared for v in t.variants])}


def with_built_ins(declared: Iterable[TypeDecl]) -> list[TypeDecl]:
    """Option and Result first; what impls add to them is merged in."""
    found = {t.name: t for t in BUILT_IN_ENUMS}
    for t in declared:
        known = found.get(t.name)
        found[t.name] = t if known is None else replace(known, methods=t.methods, hooks=t.hooks, traits=t.traits)
    return list(found.values())
