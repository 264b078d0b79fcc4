"""The definitions of a program's types, and what they can do: printing, comparing, tracing for the collector of cycles.

Where the program implements Show, Eq or Ord for a type, that is what is called.
"""

from __future__ import annotations

from collections.abc import Sequence

from kayton.ir.builtins import HOOK_RESULTS, own_name
from kayton.ir.rust import RustItem
from kayton.ir.types import DYN, NEVER, App, Fns, Object, Type, Union, is_user, path_of, read_type
from kayton.passes.rust._code import block, rust_string
from kayton.passes.rust._crossings import Crossings
from kayton.passes.deep._shapes import Variant
from kayton.passes.rust._expressions import converted
from kayton.passes.rust._types import Refused
from kayton.passes.rust._unit import Unit


class Definitions:
    """Writes the definitions of a unit's types."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.types = unit.types
        callable_ = (*unit.functions.values(), *unit.boundaries.values())
        self.hooks = {(p.type, hook): f.name for f in callable_ for hook in _HOOKS for p in f.params[:1] if _is_hook(unit, f, hook)}

    def all(self) -> list[RustItem]:
        """Every definition, in the order in which the program met them."""
        conversions = self._conversions()  # before the types, of which these give some to bytecode
        out = []
        for t in list(self.types.defined):
            crossings = Crossings(self.unit)
            texts = crossings.instance(t, self.hook_calls(t)) if self.types.is_shared(t) else self._class(t) if isinstance(t, Object) else self._value(t)
            texts += [*self._order(t), *crossings.impls(t)]
            out.append(RustItem(self.types.name(t), "\n\n".join(texts) + "\n", "type"))
        return [*out, *conversions]

    def _conversions(self) -> list[RustItem]:
        """Those that were asked for, and those that they ask for."""
        written: dict[tuple[Type, Type], RustItem] = {}
        while missing := [pair for pair in self.unit.conversions if pair not in written]:
            written |= {(own, t): RustItem(f"From<{self.types.name(own)}>", self._conversion(own, t) + "\n", "type") for own, t in missing}
        return list(written.values())

    def hook(self, t: Type, hook: str) -> str | None:
        """The Rust function that implements a well-known trait's method for a type."""
        found = self.hooks.get((str(t), hook))
        decl = self.types.declared.get(path_of(t)) if is_user(t) else None
        declared = next((h.fn for h in decl.hooks if h.hook == hook), None) if decl is not None else None
        if found is None and declared not in [i.fn for i in self.unit.boundaries.values()]:
            return None
        if found is None:
            raise Refused(None, f"{hook} of {t} stays bytecode")
        return self.unit.rust_name(self.unit.callee(found, None).name)

    # ── classes ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _class(self, t: Object) -> list[str]:
        name, (v,) = self.types.name(t), self.types.variants(t)
        fields = [(self.unit.field(label), self.types.of(f)) for label, f in zip(v.labels, v.fields, strict=True)]
        body = [f"{label}: rt::Field<{rust}>," for label, rust in fields]
        trace = block(*[f"self.{label}.trace(tracer);" for label, _ in fields])
        tracer = "tracer" if fields else "_tracer"
        methods = [
            f"const NAME: &'static str = {rust_string(own_name(t.path))};",
            f"const TRACED: bool = {str(self._traced(v.fields)).lower()};",
            f"fn trace(&self, {tracer}: &mut rt::Tracer) {trace}",
        ]
        show, eq = self.hook_calls(t, "this")
        if show:
            methods.append(f"fn show(this: &Object<Self>, out: &mut rt::Text, at: At) {block(show)}")
        if eq:
            methods.append(f"fn equal(this: &Object<Self>, other: &Object<Self>, at: At) -> bool {block(eq)}")
        return [f"struct {name} {block(*body)}", f"impl rt::Class for {name} {block(*methods)}"]

    def hook_calls(self, t: Type, this: str = "self") -> tuple[str, str]:
        """What shows a value and what compares two, where the program says so; else empty."""
        return self._hooked(t, "Show.show", [this], "out.put({}.as_str());"), self._hooked(t, "Eq.eq", [this, "other"], "{}")

    def _hooked(self, t: Type, hook: str, names: Sequence[str], form: str) -> str:
        """What a method of a well-known trait gives, in that form; empty where the program has no such method. One that never gives a value is only called."""
        fn = self.hook(t, hook)
        if fn is None:
            return ""
        gives, wanted = read_type(self.unit.called(self.hooks[str(t), hook]).result), HOOK_RESULTS[hook]
        call = f"{fn}({self._given(t, hook, names)})"
        if gives is NEVER:
            return call
        if str(gives) != wanted:
            call = f"{converted(_Shim(self.unit), call, gives, DYN)}.known::<{self.types.of(read_type(wanted))}>({rust_string(wanted)}, at)"
        return form.format(call)

    def _order(self, t: Type) -> list[str]:
        """What orders two values, where the program says so."""
        name = self.types.name(t)
        if isinstance(t, Object) and not self.types.is_shared(t):
            body = self._hooked(t, "Ord.cmp", ["this", "other"], "{}.cmp(&0)")
            compare = f"fn compare(this: &Object<Self>, other: &Object<Self>, at: At) -> Ordering {block(body)}"
            return [f"impl rt::OrderedClass for {name} {block(compare)}"] if body else []
        body = self._hooked(t, "Ord.cmp", ["self", "other"], "Some({}.cmp(&0))")
        compare = f"fn compare(&self, other: &Self, at: At) -> Option<Ordering> {block(body)}"
        return [f"impl rt::Order for {name} {block('const SILENT: bool = false;', compare)}"] if body else []

    def _given(self, t: Type, hook: str, names: Sequence[str]) -> str:
        """The arguments of a hook, of which there are references."""
        fn = self.unit.called(self.hooks[str(t), hook])
        given = []
        for p, name in zip(fn.params, names, strict=True):
            copied = self.types.is_copy(read_type(p.type))
            given.append(f"*{name}" if copied else name if self.unit.is_borrowed(p) else f"{name}.clone()")
        return ", ".join([*given, "at" if self.unit.is_bytecode(fn.name) else "at.call()"])

    def _traced(self, fields: Sequence[Type]) -> bool:
        return any(self._reaches_object(f, set()) for f in fields)

    def _reaches_object(self, t: Type, seen: set[Type]) -> bool:
        if t in seen:
            return False
        seen.add(t)
        if isinstance(t, Object):
            return True
        if isinstance(t, Fns | Union) or is_user(t):
            return any(self._reaches_object(f, seen) for v in self.types.variants(t) for f in v.fields)
        return isinstance(t, App) and any(self._reaches_object(a, seen) for a in t.args)

    # ── values ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _value(self, t: Type) -> list[str]:
        name, variants = self.types.name(t), self.types.variants(t)
        derive = "#[derive(Clone, Copy)]" if self.types.is_copy(t) else "#[derive(Clone)]"
        out = [f"{derive}\n{self._declaration(t, name, variants)}", self._value_impl(t, name, variants)]
        accessors = self._accessors(t, name, variants)
        out += [f"impl {name} {block(*accessors)}"] if accessors else []
        if self.types.is_key(t):
            out.append(self._key_impl(t, name, variants))
        return out

    def _declaration(self, t: Type, name: str, variants: Sequence[Variant]) -> str:
        if self.types.is_struct(t):
            return f"struct {name} {block(*[f'{f},' for f in self._fields(t, variants[0], named=True)])}"
        lines = []
        for v in variants:
            fields = ", ".join(self._fields(t, v, named=v.labels[:1] != ("0",)))
            lines.append(f"{v.name}," if not v.fields else f"{v.name}({fields})," if v.labels[0] == "0" else f"{v.name} {{ {fields} }},")
        return f"enum {name} {block(*lines)}"

    def _fields(self, t: Type, v: Variant, *, named: bool) -> list[str]:
        out = []
        for label, f in zip(v.labels, v.fields, strict=True):
            pointer = self.types.pointer(t, f)
            rust = f"{pointer}<{self.types.of(f)}>" if pointer else self.types.of(f)
            out.append(f"{self.unit.field(label)}: {rust}" if named else rust)
        return out

    def _pattern(self, t: Type, name: str, v: Variant, prefix: str) -> str:
        """A pattern that binds all fields of a variant, as `prefix` and a number."""
        path = name if self.types.is_struct(t) else f"{name}::{v.name}"
        if not v.fields:
            return f"{path} {{}}" if self.types.is_struct(t) else path
        if v.labels[0] == "0":
            return f"{path}({', '.join([f'{prefix}{k}' for k in range(len(v.fields))])})"
        return f"{path} {{ {', '.join([f'{self.unit.field(label)}: {prefix}{k}' for k, label in enumerate(v.labels)])} }}"

    def _value_impl(self, t: Type, name: str, variants: Sequence[Variant]) -> str:
        traced = self._traced([f for v in variants for f in v.fields])
        methods = [f"const TRACED: bool = {str(traced).lower()};", self._show(t, name, variants), self._equal(t, name, variants)]
        if traced:
            arms = [f"{self._pattern(t, name, v, 'f')} => {block(*[f'f{k}.trace(tracer);' for k in range(len(v.fields))])}" for v in variants]
            methods.append(f"fn trace(&self, tracer: &mut rt::Tracer) {block(f'match self {block(*arms)}')}")
        return f"impl Value for {name} {block(*methods)}"

    def _show(self, t: Type, name: str, variants: Sequence[Variant]) -> str:
        head = "fn show(&self, out: &mut rt::Text, at: At)"
        if shown := self.hook_calls(t)[0]:
            return f"{head} {block(shown)}"
        arms = [f"{self._pattern(t, name, v, 'f')} => {self._shown(t, v)}" for v in variants]
        used = any(v.fields for v in variants) and not isinstance(t, Fns)
        head = head if used else head.replace("at: At", "_at: At")
        return f"{head} {block(f'match self {block(*arms)}')}"

    def _shown(self, t: Type, v: Variant) -> str:
        if isinstance(t, Fns):
            closure = "<closure>" in v.path
            return block(f"out.put({rust_string('<closure>' if closure else f'<fn {own_name(v.path)}>')});")
        if isinstance(t, Union):
            return block("f0.show(out, at);")
        own = own_name(path_of(t) if self.types.is_struct(t) else v.path)
        if not v.fields:
            return block(f"out.put({rust_string(f'{own}()' if self.types.is_struct(t) else own)});")
        lines = []
        for k, label in enumerate(v.labels):
            lead = f"{own}(" if k == 0 else ", "
            lines.append(f"out.put({rust_string(lead + (f'{label}=' if label != str(k) else ''))});")
            lines.append(f"f{k}.show_nested(out, at);")
        return block(*lines, 'out.put(")");')

    def _equal(self, t: Type, name: str, variants: Sequence[Variant]) -> str:
        head = "fn equal(&self, other: &Self, at: At) -> bool"
        if equal := self.hook_calls(t)[1]:
            return f"{head} {block(equal)}"
        if isinstance(t, Fns):
            return f"{head.replace('other', '_other')} {block('rt::cannot_compare_functions(at)')}"
        arms = []
        for v in variants:
            test = " && ".join([f"a{k}.equal(b{k}, at)" for k in range(len(v.fields))]) or "true"
            arms.append(f"({self._pattern(t, name, v, 'a')}, {self._pattern(t, name, v, 'b')}) => {test},")
        if len(variants) > 1:
            arms.append("_ => false,")
        head = head if any(v.fields for v in variants) else head.replace("at: At", "_at: At")
        return f"{head} {block(f'match (self, other) {block(*arms)}')}"

    def _accessors(self, t: Type, name: str, variants: Sequence[Variant]) -> list[str]:
        out = []
        for v in variants:
            for k, f in enumerate(v.fields):
                if (v.name, k) in self.unit.accessors and not self.types.is_struct(t):
                    rest = "" if len(variants) == 1 else "_ => unreachable!(),"
                    given, looked = ("View<'_, {}>", ".view()") if self.types.pointer(t, f) == "Boxed" else ("&{}", "")
                    arm, given = f"{self._only(name, v, k)} => field{looked},", given.format(self.types.of(f))
                    out.append(f"#[inline(always)]\nfn {self.unit.accessor(t, v.name, k)}(&self) -> {given} {block(f'match self {block(arm, rest)}')}")
            if isinstance(t, Union) and v.name in self.unit.editors:
                rest, (given,) = "" if len(variants) == 1 else "_ => unreachable!(),", self._fields(t, v, named=False)
                body = block(f"match self {block(f'{name}::{v.name}(it) => it,', rest)}")
                out.append(f"#[inline(always)]\nfn {self.unit.editor(t, v.name)}(&mut self) -> &mut {given} {body}")
        return out

    def _only(self, name: str, v: Variant, k: int) -> str:
        """A pattern that binds one field as `field`."""
        if v.labels[0] == "0":
            return f"{name}::{v.name}({', '.join(['field' if i == k else '_' for i in range(len(v.fields))])})"
        return f"{name}::{v.name} {{ {self.unit.field(v.labels[k])}: field{', ..' * (len(v.fields) > 1)} }}"

    # ── keys ───────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _key_impl(self, t: Type, name: str, variants: Sequence[Variant]) -> str:
        hashes, same = [], []
        for n, v in enumerate(variants):
            text = f"rt::mixed({n}, 0)"
            for k in range(len(v.fields)):
                text = f"rt::mixed({text}, f{k}.hash(at))"
            hashes.append(f"{self._pattern(t, name, v, 'f')} => {text},")
            test = " && ".join([f"a{k}.same(b{k}, at)" for k in range(len(v.fields))]) or "true"
            same.append(f"({self._pattern(t, name, v, 'a')}, {self._pattern(t, name, v, 'b')}) => {test},")
        if len(variants) > 1:
            same.append("_ => false,")
        at = "at" if any(v.fields for v in variants) else "_at"
        certain = ["const CERTAIN: bool = false;"] if DYN in self.types.within(t) else []
        return f"impl rt::Key for {name} " + block(
            *certain,
            f"fn hash(&self, {at}: At) -> u64 {block(f'match self {block(*hashes)}')}",
            f"fn same(&self, other: &Self, {at}: At) -> bool {block(f'match (self, other) {block(*same)}')}",
        )

    # ── conversions ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _conversion(self, own: Type, t: Type) -> str:
        name, wide = self.types.name(own), self.types.name(t)
        arms = []
        for v in self.types.variants(own):
            target = next(w for w in self.types.variants(t) if w.path == v.path)
            if NEVER in (*v.fields, *target.fields):
                arms.append(f"{self._pattern(own, name, v, '_f')} => unreachable!(),")
                continue
            values = []
            for k, (f, g) in enumerate(zip(v.fields, target.fields, strict=True)):
                text = f"f{k}.take()" if self.types.pointer(own, f) else f"f{k}"
                text = converted(_Shim(self.unit), text, f, g)
                pointer = self.types.pointer(t, g)
                values.append(f"{pointer}::new({text})" if pointer else text)
            made = self._pattern(t, wide, target, "@")
            for k, text in enumerate(values):
                made = made.replace(f"@{k}", text, 1)
            arms.append(f"{self._pattern(own, name, v, 'f')} => {made},")
        body = block(f"match value {block(*arms)}")
        return f"impl From<{name}> for {wide} {block(f'fn from(value: {name}) -> {wide} {body}')}"


class _Shim:
    """What `converted` asks of a body, for a conversion that is in none."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.rust = unit.types.of


_HOOKS = ("Show.show", "Eq.eq", "Ord.cmp")


def _is_hook(unit: Unit, f: object, hook: str) -> bool:
    return f.fn in unit.hook_functions.get(hook, ()) and all(p.type == f.params[0].type for p in f.params)
