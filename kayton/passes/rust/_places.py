"""Places as Rust: assignments, and arguments that change; what is inside of a class instance's field is in `_fields`."""

from __future__ import annotations

from kayton.ir.lent import Borrow, Move, Share
from kayton.ir.mono import Builtin, MemberStep
from kayton.ir.node import Node, replace, walk
from kayton.ir.resolved import FieldStep, IndexStep, Local, MutArg, PartStep, Place
from kayton.ir.surface import Assign, Expr
from kayton.ir.typed import Prim
from kayton.ir.types import Object, Type, read_type
from kayton.passes.rust._body import Body, is_simple


def assign(b: Body, s: Assign) -> list[str]:
    """`place = value`: indices first, then the value, then the store (LANGUAGE §4)."""
    p = s.target
    if not p.steps and (grown := _grown(b, s)) is not None:
        return grown
    if not p.steps:
        root = p.root.name
        star = "*" if root in b.mutable else ""
        return [f"{star}{b.variable(root)} = {b.text(s.value)};"]
    if (updated := _updated(b, s)) is not None:
        return updated
    before: list[str] = []
    value = b.text(s.value)
    if len(p.steps) > 1 or not _inline(p.steps[0]) or not _inline_value(s.value, p):
        texts, before = indices_of(b, p)
        if not is_simple(s.value):
            kept = b.temporary("value")
            before.append(f"let {kept} = {value};")
            value = kept
    else:
        texts = [b.text(st.index) for st in p.steps if isinstance(st, IndexStep)]
    return [*before, f"{store(b, s, texts, value)};"]


_GROWS = {"str.+": "append", "List.+": "extend"}


def _grown(b: Body, s: Assign) -> list[str] | None:
    """`x = x + a + b`: what x holds grows in place, so that a loop of these takes linear time."""
    added: list[Builtin] = []
    value = s.value
    while isinstance(value, Builtin) and value.name in _GROWS:
        added.append(value)
        value = value.args[0]
    root = s.target.root.name
    if not added or not isinstance(value, Local) or value.name != root:
        return None
    parts = [a.args[1] for a in added]
    if any(isinstance(n, Local) and n.name == root for part in parts for n in walk(part)):
        return None
    return [f"{b.variable(root)}.{_GROWS[a.name]}({b.text(a.args[1])}, {b.at(a)});" for a in reversed(added)]


def _updated(b: Body, s: Assign) -> list[str] | None:
    """`m[k] = m[k] + x` and `m[k] = m.get_or(k, d) + x` of numbers: the key is looked up once."""
    p, value = s.target, s.value
    if len(p.steps) != 1 or not isinstance(value, Prim) or len(value.args) != 2 or b.unit.types.is_boxed(b.type_of(p.root)):
        return None
    read, added = value.args
    if not isinstance(read, Builtin) or read.name not in ("Map.[]", "Map.get_or") or b.type_of(value) != read_type(read.type):
        return None
    own, key, *default = read.args
    index = p.steps[0].index
    if not (_same_variable(own, p.root) and _same_variable(key, index) and all([is_simple(e) for e in (added, *default)])):
        return None
    place = f".entry({b.text(index)}, {b.text(default[0])}, {b.at(s)})" if default else f".slot({b.ref(key)}, {b.at(read)})"
    slot = Local(f"%slot.{s.id}", span=read.span)
    b.types[slot.name] = read_type(read.type)
    b.mutable.add(slot.name)
    name = b.names.name(slot.name, "slot")
    return [f"let {name} = {b.variable(p.root.name)}{place};", f"*{name} = {b.text(replace(value, args=(slot, added)))};"]


def _same_variable(a: Expr, b: Expr) -> bool:
    """Whether both are one variable, however it is used."""
    inner = [e.value if isinstance(e, Move | Share | Borrow) else e for e in (a, b)]
    return all([isinstance(e, Local) for e in inner]) and inner[0].name == inner[1].name


def _inline(step: Node) -> bool:
    return not isinstance(step, IndexStep) or is_simple(step.index)


def _inline_value(value: Expr, p: Place) -> bool:
    """Whether the value may be computed while the place is being borrowed: it does not look at the place's root."""
    return not any(isinstance(n, Local) and n.name == getattr(p.root, "name", "") for n in walk(value))


def indices_of(b: Body, p: Place) -> tuple[list[str], list[str]]:
    """The indices of a place as texts, and the lines that compute those that are not simple."""
    texts: list[str] = []
    before: list[str] = []
    for st in [st for st in p.steps if isinstance(st, IndexStep)]:
        text = b.text(st.index)
        if not is_simple(st.index):
            kept = b.temporary("index")
            before.append(f"let {kept} = {text};")
            text = kept
        texts.append(text)
    return texts, before


def store(b: Body, s: Assign, indices: list[str], value: str) -> str:
    """The statement that stores a value in a place with steps; what fails there is the assignment."""
    p = s.target
    text, t = place_text(b, p, indices, p.steps[:-1], s)
    last = p.steps[-1]
    if isinstance(last, IndexStep):
        return f"{text}.set({indices[-1]}, {value}, {b.at(s)})"
    if isinstance(t, Object):
        return f"{text}.{b.unit.field_of_class(t, last.name)}.set({value})"
    name = field_name(b, t, last)
    pointer = isinstance(last, FieldStep) and b.unit.types.pointer(t, b.unit.types.field_type(t, last))
    return f"{text}.{name} = {f'{pointer}::new({value})' if pointer else value}"


def place_text(b: Body, p: Place, indices: list[str], steps: tuple[Node, ...], at: Node) -> tuple[str, Type]:
    """A mutable place, as far as these steps, and the type of what is there; what fails on the way fails at `at`."""
    root = p.root
    t = b.type_of(root)
    text = b.variable(root.name) if isinstance(root, Local) else b.code(root).receiver()
    index = iter(indices)
    for st in steps:
        if isinstance(st, IndexStep):
            key = next(index)
            text = f"{text}.slot({key if t.name == 'List' else f'&{key}'}, {b.at(at)})"
            t = t.args[-1]
        elif isinstance(st, MemberStep):
            field = b.unit.types.behind(t, st)
            text = f"{text}.{b.unit.editor(t, member_name(b, t, st))}(){'.edit()' if b.unit.types.pointer(t, field) else ''}"
            t = field
        else:
            text = f"{text}.{field_name(b, t, st)}"
            field = b.unit.types.field_type(t, st)
            if isinstance(t, Object):
                b.unit.refuse(p, "changes a part of a class instance's field")
            if isinstance(st, FieldStep) and b.unit.types.pointer(t, field):
                text = f"{text}.edit()"
            t = field
    return text, t


def member_name(b: Body, t: Type, st: MemberStep) -> str:
    """The name of a union's member in Rust."""
    return next(v.name for v in b.unit.types.variants(t) if v.path == st.member)


def field_name(b: Body, t: Type, st: Node) -> str:
    """A field's name in Rust."""
    return str(st.index) if isinstance(st, PartStep) else b.unit.field(st.name)


def mut_argument(b: Body, a: MutArg) -> str:
    """`&mut place`, for a parameter or a receiver that changes."""
    p: Place = a.place
    text, _ = place_text(b, p, [b.text(st.index) for st in p.steps if isinstance(st, IndexStep)], p.steps, p)
    if p.frozen:
        # What the callee makes of its parameter goes nowhere; the instance is the same.
        return f"&mut {text}.clone()"
    if not p.steps:
        return text if p.root.name in b.mutable else f"&mut {text}"
    return f"&mut *{text}" if is_slot(b, p) else text if text.endswith(")") else f"&mut {text}"


def is_slot(b: Body, p: Place) -> bool:
    """Whether the place is one of what is boxed, which has to be put back."""
    t, is_slot = b.type_of(p.root), False
    for st in p.steps:
        inside = b.unit.types.behind(t, st)
        is_slot = b.unit.types.is_boxed(t) if isinstance(st, IndexStep) else b.unit.types.pointer(t, inside) == "Boxed"
        t = inside
    return is_slot
