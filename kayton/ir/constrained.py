"""From Owned to Solved: what each place of a function demands of types, and what whole-program inference makes of it.

    Owned  →  Constrained  →  Solved

A *variable of types* is a text: the id of an expression (`main.mean#7`), the name of a local variable (`total`), `%result` (what the
function gives), or `%in.x` (what an argument for the parameter `x` is before the boundary of its declaration).
"""

from __future__ import annotations

from kayton.ir.language import Violation, invariant
from kayton.ir.node import Node, node, walk
from kayton.ir.resolved import Fn
from kayton.ir.surface import Item
from kayton.ir.typed import Owned


@node
class Demand(Node):
    """`target` is at least what `rule` makes of the types of `sources`; `detail` says which operator, field, function …

    Its id and span are those of the place that demands it. The rules are listed in kayton/passes/deep/_rules.py.
    """

    target: str
    rule: str
    sources: tuple[str, ...] = ()
    detail: str = ""


@node
class Demands(Item):
    """All that the function `fn` demands, in the order in which it runs."""

    fn: str
    demands: tuple[Demand, ...] = ()


@invariant
def demands_of_functions(root: Node):
    """Every function has its demands, and every demand's target is a variable of types that something may read."""
    for module in root.modules:
        functions = {i.name for i in module.body if isinstance(i, Fn)}
        for item in module.body:
            if isinstance(item, Demands):
                if item.fn not in functions:
                    yield Violation(item, f"demands of {item.fn}, which is no function")
                functions.discard(item.fn)
        for missing in sorted(functions):
            yield Violation(module, f"{missing} has no demands")


Constrained = Owned.derive(
    "Constrained",
    about="What each place of a function demands of types is written down.",
    plus={Demand, Demands},
    invariants=(demands_of_functions,),
)


@node
class Typing(Node):
    """What a variable of types was found to be, as a text of kayton/ir/types.py. `why` says how it became `dyn`, if it did."""

    variable: str
    type: str
    why: str = ""


@node
class Instance(Item):
    """A function as it is called with arguments (and, for a closure, captures) of these types.

    `outs` are the types of the `mut` parameters when it returns. `reason` says why an instance is `dyn` all through.
    """

    name: str
    fn: str
    captures: tuple[str, ...]
    params: tuple[str, ...]
    outs: tuple[str, ...]
    result: str
    typings: tuple[Typing, ...] = ()
    calls: tuple[CallSite, ...] = ()
    failures: tuple[Failing, ...] = ()


@node
class Failing(Node):
    """The operation at the place `site` is certain to fail when it runs, with this error."""

    site: str
    message: str


@node
class CallSite(Node):
    """At the place `site` these instances are called (several, where the callee's type or function differs)."""

    site: str
    instances: tuple[str, ...]


@node
class Cell(Item):
    """The type of a global, or of a field of a class (`main.Node.next`), over the whole program."""

    name: str
    type: str
    why: str = ""


@invariant
def calls_are_instances(root: Node):
    """Every call names instances that the program has."""
    known = {i.name for m in root.modules for i in m.body if isinstance(i, Instance)}
    for n in walk(root):
        if isinstance(n, CallSite):
            for name in n.instances:
                if name not in known:
                    yield Violation(n, f"calls {name}, which is no instance")


Solved = Constrained.derive(
    "Solved",
    about="Every function has an instance for each tuple of types that it is called with, and every place its type there.",
    plus={Instance, Typing, CallSite, Failing, Cell},
    invariants=(calls_are_instances,),
)
