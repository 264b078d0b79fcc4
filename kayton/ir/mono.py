"""From Accounted to Mono: functions of known types, beside the dynamic ones that they were made from.

    Accounted  →  Mono

A type stands in the tree as its text (kayton/ir/types.py). The type of every expression follows from its kind, the function's `locals`,
and the signatures of what it calls; where it does not, the node says it.
"""

from __future__ import annotations

from kayton.ir.constrained import CallSite, Cell, Demand, Demands, Failing, Instance, Typing
from kayton.ir.core import Construct, MakeVariant
from kayton.ir.effects import Accounted, Effects, Origin
from kayton.ir.language import Violation, invariant
from kayton.ir.node import Node, node, walk
from kayton.ir.resolved import CallFn, CallNative, CallValue, Cast, LocalType, MakeClosure, MutArg, Slot, Step
from kayton.ir.surface import Binary, Expr, Field, Item, ListLit, MapLit, MethodCall, Part, SetLit, Tuple


@node
class TypedParam(Node):
    """A parameter or captured variable of this type. `mutable`: the caller's place changes with it."""

    name: str
    type: str
    mutable: bool = False


OWNED, CHANGED, BORROWED = "owned", "changed", "borrowed"


@node
class Holder(Node):
    """From Lent on, a variable of this type and `how` it has its value: owned; changed, too (a parameter: the caller's place changes with
    it); or borrowed."""

    name: str
    type: str
    how: str

    @property
    def mutable(self) -> bool:
        """Of a parameter: the caller's place changes with it."""
        return self.how == CHANGED


ALWAYS_INLINE, NEVER_INLINE = "always", "never"


@node
class MonoFn(Item):
    """The function `fn` for arguments of these types: nothing in it is found out at run time."""

    name: str
    fn: str
    captures: tuple[TypedParam | Holder, ...]
    params: tuple[TypedParam | Holder, ...]
    result: str
    locals: tuple[LocalType | Holder, ...]
    body: Expr
    inline: str = ""
    """Whether the Rust compiler must put it in the place of its calls, or must not; empty where it may decide."""


@node
class Refusal(Item):
    """The function `fn`, called with these types, stays bytecode: a code of docs/thunks.md, and why. Its place is what stands in the way."""

    name: str
    fn: str
    code: str
    reason: str
    captures: tuple[TypedParam, ...] = ()
    params: tuple[TypedParam, ...] = ()
    result: str = "never"


@node
class Outlined(Item):
    """An expression of a function that stays bytecode, as the function `fn` of what it takes from around it.

    Calling it is no call of the program: in errors it is the function that it was taken from. Only its first parameter may be `mutable`.
    """

    name: str
    fn: str
    code: str
    reason: str
    params: tuple[TypedParam, ...] = ()
    result: str = "never"


@node
class MonoGlobal(Item):
    """A global, or a field of a class (`main.Node.next`), in which there is only ever a value of this type."""

    name: str
    type: str


@node
class Direct(Expr):
    """A call of the MonoFn `fn`."""

    fn: str
    args: tuple[Expr | MutArg, ...]
    type: str


@node
class Apply(Expr):
    """A call of a function value: `fns` has the MonoFn for each definition that its type names, in the type's order."""

    callee: Expr
    fns: tuple[str, ...]
    args: tuple[Expr, ...]
    type: str


@node
class Dispatch(Expr):
    """A method call on a value of a union: `fns` has the MonoFn for each member, in the union's order; the receiver is the first argument."""

    fns: tuple[str, ...]
    args: tuple[Expr | MutArg, ...]
    type: str


@node
class Builtin(Expr):
    """A built-in function, method (`List.push`, its receiver first) or operator (`List.+`) on arguments of known types.

    `callbacks` are the MonoFns behind those arguments that are functions, in order.
    """

    name: str
    args: tuple[Expr | MutArg, ...]
    type: str
    callbacks: tuple[str, ...] = ()


@node
class Make(Expr):
    """A new value of the type, from its parts in order: a struct, class instance, tuple, list, set, map (keys and values in
    turn), an enum's `variant`, or the closure over the definition `variant`."""

    type: str
    parts: tuple[Expr, ...]
    variant: str = ""


@node
class Get(Expr):
    """Part `index` of a tuple, struct, class instance or list, or of the enum's `variant`, which the value was shown to be."""

    value: Expr
    index: int
    type: str
    variant: str = ""


@node
class Widen(Expr):
    """The value as one of a type that includes its own: `None` as an Option[i64], a Square as a Square | Disc; or as one of a type that it
    includes, where it never has what that one has not."""

    value: Expr
    type: str


@node
class MemberStep(Step):
    """A step of a place: into a value of a union, as the member with this path, which it was shown to be."""

    member: str


@node
class InPlace(Expr):
    """A loop that of these lists only reads and changes elements: whoever shares one of them has to be asked about once, before it."""

    names: tuple[str, ...]
    body: Expr


_DYNAMIC = {CallFn, CallNative, CallValue, MethodCall, Construct, MakeVariant, MakeClosure, Field, Part, Slot, Cast, Binary,
            ListLit, SetLit, MapLit, Tuple}  # fmt: skip


@invariant
def known_types(root: Node):
    """A MonoFn has no operation that would look at types at run time."""
    for module in root.modules:
        for item in module.body:
            if isinstance(item, MonoFn):
                for n in walk(item):
                    if n.__class__ in _DYNAMIC:
                        yield Violation(n, f"{item.name} looks at types at run time")


def callees(n: Node) -> tuple[str, ...]:
    """The names of what a node calls."""
    if n.__class__ is Direct:
        return (n.fn,)
    return n.fns if n.__class__ in (Apply, Dispatch) else n.callbacks if n.__class__ is Builtin else ()


@invariant
def callees_exist(root: Node):
    """Every direct call and callback is of a MonoFn that the program has, or of what was refused."""
    known = {i.name for m in root.modules for i in m.body if isinstance(i, MonoFn | Refusal | Outlined)}
    for n in walk(root):
        for name in callees(n):
            if name not in known:
                yield Violation(n, f"calls {name}, which does not exist")


Mono = Accounted.derive(
    "Mono",
    about="Beside each function stand its instances in which every type is known and every call is of a known function.",
    minus={Demand, Demands, Instance, Typing, CallSite, Failing, Cell, Effects, Origin},
    plus={MonoFn, TypedParam, MonoGlobal, Refusal, Outlined, Direct, Apply, Dispatch, Builtin, Make, Get, Widen, MemberStep, InPlace},
    invariants=(known_types, callees_exist),
    drop_invariants=tuple(i for i in Accounted.invariants if i.name in ("demands-of-functions", "calls-are-instances")),
)
