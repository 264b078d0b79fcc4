"""How values of a program's types get to bytecode and back.

    struct Point { x: f64 }      =>   impl Cross for Point: a struct value of the VM is made, and taken apart; impl Boxable: it is looked at
    enum Shape, a union          =>   the same, by variant or type
    fn{main.f | main.g[i64]}     =>   the same, by definition: a closure is what it captured
    class Node, shared           =>   struct Node(rt::Instance): the VM's own object, with an accessor for each field
"""

from __future__ import annotations

from kayton.ir.builtins import own_name
from kayton.ir.types import NEVER, NUMBERS, App, Fns, Object, Type, Union, path_of
from kayton.passes.rust._code import block, rust_string
from kayton.passes.deep._shapes import Variant
from kayton.passes.rust._unit import Unit


class Crossings:
    """Writes what types need to cross."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.types = unit.types

    def impls(self, t: Type) -> list[str]:
        """What a type needs to cross, if it does."""
        received = [self._received(t)] if t in self.unit.vm.received else []
        if t not in self.unit.vm.crossed or isinstance(t, Object):
            return received
        return [self._converted(t), *([self._looked_at(t)] if t in self.types.boxed else []), *received]

    def _converted(self, t: Type) -> str:
        """What makes a value of the VM of one, and the reverse."""
        name, variants = self.types.name(t), self.types.variants(t)
        if isinstance(t, Union):
            given = [f"{name}::{v.name}(value) => value.into_val()," for v in variants]
            taken = [f"{self._type(v.fields[0])} => {name}::{v.name}({self.types.of(v.fields[0])}::from_val(value))," for v in variants]
            back = f"match rt::type_number(value) {block(*taken, _OTHER)}"
        else:
            given = [f"{self._pattern(t, name, v)} => {self._made(t, v)}," for v in variants]
            taken = [f"{self._number(t, v)} => {self._taken(t, name, v, 'rt::field(fields, {})')}," for v in variants if NEVER not in v.fields]
            back = f"rt::taken_apart(value, |number, fields| match number {block(*taken, _OTHER)})"
            back = back if any(v.fields for v in variants) else back.replace(", fields|", ", _|")
        into_val = f"fn into_val(self) -> KayVal {block(f'match self {block(*given)}')}"
        return f"impl Cross for {name} {block(into_val, f'fn from_val(value: KayVal) -> {name} {block(back)}')}"

    def _received(self, t: Type) -> str:
        """What tells whether a value of the VM is one."""
        if isinstance(t, Union):
            tests = [f"<{self.types.of(m)} as rt::Received>::is(value, depth)" for m in t.members]
        elif isinstance(t, Object):
            tests = [f"rt::is_instance(value, {self._type(t)})"]
        else:
            tests = [f"rt::is_{self._kind(t)}(value, {self._number(t, v)}, depth, [{', '.join(self._parts(t, v))}])" for v in self.types.variants(t)]
        depth = "_" if isinstance(t, Object) else "depth"
        body = f"fn is(value: KayVal, {depth}: rt::Depth) -> bool {block(' || '.join(tests))}"
        return f"impl Received for {self.types.name(t)} {block(body)}"

    def _parts(self, t: Type, v: Variant) -> list[str]:
        """What tells whether each field is what it must be."""
        types = [(self.types.pointer(t, f), self.types.of(f)) for f in v.fields]
        return [f"<{f'{pointer}<{rust}>' if pointer else rust} as Received>::is" for pointer, rust in types]

    def _kind(self, t: Type) -> str:
        return "function" if isinstance(t, Fns) else "structure" if self.types.is_struct(t) else "variant"

    def _looked_at(self, t: Type) -> str:
        """What makes a value to look at of one of the VM."""
        name, variants = self.types.name(t), self.types.variants(t)
        if isinstance(t, Union):
            arms = [f"{self._type(v.fields[0])} => {name}::{v.name}(look.whole())," for v in variants]
        else:
            arms = [f"{self._number(t, v)} => {self._taken(t, name, v, 'look.part({})')}," for v in variants if NEVER not in v.fields]
        number = "type_number" if isinstance(t, Union) else "number"
        read = f"fn read(look: rt::Look<'_>) -> {name} {block(f'match look.{number}() {block(*arms, _OTHER)}')}"
        return f"impl Boxable for {name} {block(*self._fits(t), read)}"

    def _fits(self, t: Type) -> list[str]:
        """What tells whether lists of numbers are laid out as here, where there are some."""
        if isinstance(t, Union):
            arms = [f"{self._type(m)} => {self.types.of(m)}::fits(value)," for m in t.members if self._has_numbers(m)]
            return self._fitting("rt::type_number(value)", arms)
        arms = []
        for v in self.types.variants(t):
            tests = [f"rt::part_fits::<{self.types.of(f)}>(value, {k})" for k, f in enumerate(v.fields) if not self.types.pointer(t, f) and self._has_numbers(f)]
            arms += [f"{self._number(t, v)} => {' && '.join(tests)},"] if tests else []
        return self._fitting("value.aux", arms)

    def _fitting(self, number: str, arms: list[str]) -> list[str]:
        body = block(f"match {number} {block(*arms, '_ => true,')}")
        return [f"fn fits(value: KayVal) -> bool {body}"] if arms else []

    def _has_numbers(self, t: Type) -> bool:
        """Whether there is a list of numbers in a value, without a pointer in between."""
        if isinstance(t, App) and t.name == "List":
            return t.args[0] in NUMBERS
        if self.types.is_defined(t) and not isinstance(t, Object):
            return any([self._has_numbers(f) for v in self.types.variants(t) for f in v.fields if not self.types.pointer(t, f)])
        return isinstance(t, App) and t.name in ("tuple", "Option", "Result") and any(map(self._has_numbers, t.args))

    def _type(self, t: Type) -> int:
        return self.unit.vm.types[path_of(t)]

    def _number(self, t: Type, v: Variant) -> str:
        """What tells values of a variant from others: the number of the struct, the variant or the function."""
        if isinstance(t, Fns):
            return self.unit.vm.constant(v.path)
        return str(self._type(t) if self.types.is_struct(t) else self.unit.vm.variants[v.path])

    def _made(self, t: Type, v: Variant) -> str:
        fields = f"&[{', '.join([f'f{k}.into_val()' for k in range(len(v.fields))])}]"
        if isinstance(t, Fns):
            closure = "<closure>" in v.path
            return f"rt::closure({self._number(t, v)}, {fields})" if closure else f"rt::function({self._number(t, v)})"
        return f"rt::{self._kind(t)}({self._number(t, v)}, {fields})"

    def _pattern(self, t: Type, name: str, v: Variant) -> str:
        path = name if self.types.is_struct(t) else f"{name}::{v.name}"
        return self._filled(path, v, [f"f{k}" for k in range(len(v.fields))], braces=self.types.is_struct(t))

    def _taken(self, t: Type, name: str, v: Variant, part: str) -> str:
        path = name if self.types.is_struct(t) else f"{name}::{v.name}"
        return self._filled(path, v, [part.format(k) for k in range(len(v.fields))], braces=self.types.is_struct(t))

    def _filled(self, path: str, v: Variant, parts: list[str], *, braces: bool) -> str:
        if not parts:
            return f"{path} {{}}" if braces else path
        if v.labels[0] == "0":
            return f"{path}({', '.join(parts)})"
        return f"{path} {{ {', '.join([f'{self.unit.field(label)}: {p}' for label, p in zip(v.labels, parts, strict=True)])} }}"

    # ── class instances ────────────────────────────────────────────────────────────────────────────────────────────────

    def instance(self, t: Object, hooks: tuple[str, str]) -> list[str]:
        """A class whose instances are the VM's: what makes one, its fields, and what every value can do."""
        name, (v,) = self.types.name(t), self.types.variants(t)
        fields = [(self.unit.field(label), self.types.of(f)) for label, f in zip(v.labels, v.fields, strict=True)]
        made = f"{name}(rt::Instance::new({self._type(t)}, &[{', '.join([f'{label}.into_val()' for label, _ in fields])}]))"
        methods = [f"fn new({', '.join([f'{label}: {rust}' for label, rust in fields])}) -> {name} {block(made)}"]
        getters = [self.unit.getter(label) for label in v.labels]
        methods += [f"fn {getter}(&self) -> rt::FieldOf<'_, {rust}> {block(f'self.0.field({k})')}" for k, (getter, (_, rust)) in enumerate(zip(getters, fields, strict=True))]
        methods.append(f"fn is(&self, other: &{name}) -> bool {block('self.0.is(&other.0)')}")
        show, eq = hooks
        shown = show or f"out.put({rust_string(f'<{own_name(t.path)}>')});"
        value = [
            "const TRACED: bool = false;",
            "const ROW: u64 = rt::Instance::ROW;",
            f"fn show(&self, out: &mut rt::Text, {'at' if show else '_at'}: At) {block(shown)}",
            f"fn equal(&self, other: &{name}, {'at' if eq else '_at'}: At) -> bool {block(eq or 'self.is(other)')}",
        ]
        cross = [
            f"fn into_val(self) -> KayVal {block('self.0.into_val()')}",
            f"fn from_val(value: KayVal) -> {name} {block(f'{name}(rt::Instance::from_val(value))')}",
        ]
        look = f"fn read(look: rt::Look<'_>) -> {name} {block(f'{name}(rt::Instance::from_val(look.val()))')}"
        return [
            f"#[derive(Clone)]\n#[repr(transparent)]\nstruct {name}(rt::Instance);", f"impl {name} {block(*methods)}",
            f"impl Value for {name} {block(*value)}", f"impl Cross for {name} {block(*cross)}",
            f"impl Boxable for {name} {block(look)}",
        ]


_OTHER = "_ => unreachable!(),"
