"""What a pass is. A pass is a frozen class in its own file; its fields are its options.

    @frozen
    class DesugarQuestion(Pass):
        source = IfLetFree
        target = QuestionFree

        @rule
        def question(self, e: Try, cx: Cx) -> SuccessOr:
            return SuccessOr(e.value, "%failed", Return(Name("%failed")))

Three forms, told apart by what the class defines:

* rules (`@rule`): a rewrite. A rule sees one node whose children are already rewritten (`@rule(before=True)`: not yet) and
  returns the node to stand in its place. Nodes it makes get ids and spans from the node it saw.
* checks (`@check`): like rules, but they only look and report; the tree goes through untouched.
* `transform(self, root, cx)`: a whole-program transform or a translation to another family.

Checked when the class is made: every kind that `source` has and `target` lacks has a rule (unless the pass transforms), no
rule is for a kind that `source` lacks, no rule says that it returns a kind that `target` lacks.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

import attrs

from kayton.diagnostics.codes import Diagnostic
from kayton.ir.language import Invariant, Language
from kayton.ir.node import CHILDLESS, PUSH, ByKind, Kind, Node, Span, kind_name, map_children, place_at, replace, walk_source
from kayton.ir.source import SourceMap
from kayton.ir.summaries import Summaries

__all__ = ["Bug", "Cx", "ItemPass", "Pass", "Remark", "check", "frozen", "rule"]


class Bug(Exception):
    """A mistake of ours, not of the user: names the pass and the node. Raised by `cx.bug`."""

    def __init__(self, pass_name: str, node: Node | None, message: str) -> None:
        super().__init__(f"{pass_name}: {message}" + (f" at {node!r}" if node is not None else ""))
        self.pass_name = pass_name
        self.node = node


@attrs.frozen
class Remark:
    """What an optimisation did, or missed, at a node."""

    pass_name: str
    node: Node
    message: str
    missed: bool = False
    help: str = ""
    """What would change it."""


class Cx:
    """What a pass may ask of the compilation, and tell it.

    One Cx serves a whole pipeline run; `pass_name` is the running pass. `facts` caches analyses by the tree they were
    computed from.
    """

    def __init__(self, sources: SourceMap | None = None, loader: Callable[[str], str | None] | None = None) -> None:
        self.sources = sources or SourceMap()
        self.loader = loader
        """Gives the text of a file, None where there is none; resolve-modules uses it. None: no other file can be read."""
        self.checker: Callable[[str], list[Span]] | None = None
        """Gives the places of the compile errors of a text; withdraw-certain uses it. None: there is nobody to ask."""
        self.summaries = Summaries()
        """What passes found out about functions in earlier builds, and keep for later ones."""
        self.lints: Mapping[str, str] = {}
        """The levels of lints that differ from their defaults: `allow`, `warn` or `deny`."""
        self.diagnostics: list[Diagnostic] = []
        self.remarks: list[Remark] = []
        self.pass_name = ""
        self.root: Node | None = None
        self._facts: dict[type, Any] = {}
        self._fresh: dict[str, int] = {}

    def report(self, diagnostic: Diagnostic) -> None:
        """Tells the user of an error or a warning; compilation stops after the pass if it is an error."""
        self.diagnostics.append(diagnostic)

    def bug(self, node: Node | None, message: str) -> typing.NoReturn:
        """Gives up: the pass met something that its source language rules out. Raises Bug."""
        raise Bug(self.pass_name, node, message)

    def remark(self, node: Node, message: str, *, missed: bool = False, help: str = "") -> None:
        """Records what an optimisation did (or missed, and what would help) at a node; `kayton aot explain --remarks` lists it."""
        self.remarks.append(Remark(self.pass_name, node, message, missed, help))

    def enter(self, p: Pass, root: Node) -> None:
        """Says which pass is running on which tree; analyses of other trees are forgotten."""
        self.pass_name = p.name()
        if root is not self.root:
            self.root = root
            self._facts.clear()

    def facts(self, analysis: type) -> Any:
        """The analysis `analysis.of(root)` of the tree that the running pass was given, computed once for each tree."""
        if analysis not in self._facts:
            self._facts[analysis] = analysis.of(self.root)
        return self._facts[analysis]

    def fresh(self, base: str) -> str:
        """A variable name that no source can contain and that no other call gives: `%it.3`."""
        n = self._fresh[base] = self._fresh.get(base, 0) + 1
        return f"%{base}.{n}"

    @property
    def failed(self) -> bool:
        """Whether an error was reported (warnings do not count)."""
        return any(d.severity == "error" for d in self.diagnostics)


@attrs.frozen
class _Rule:
    """What the decorators record: the function, the kinds it serves and whether it runs before the children."""

    function: Callable
    kinds: tuple[type[Node], ...]
    returns: tuple[type[Node], ...] | None
    before: bool
    looks_only: bool


def rule(function: Callable | None = None, *, before: bool = False) -> Callable:
    """Marks a method `(self, node: Kind, cx: Cx) -> Kind | …` as the rewrite of that kind (or union of kinds)."""
    return _marker(function, before, looks_only=False)


def check(function: Callable | None = None, *, before: bool = False) -> Callable:
    """Marks a method `(self, node: Kind, cx: Cx) -> None` that looks at every node of the kind and reports."""
    return _marker(function, before, looks_only=True)


def _marker(function: Callable | None, before: bool, *, looks_only: bool) -> Callable:
    def mark(f: Callable) -> Callable:
        f.__kayton_rule__ = (before, looks_only)
        return f

    return mark if function is None else mark(function)


@attrs.frozen
class Pass:
    """The base of all passes; see the module's docstring."""

    source: ClassVar[Language]
    target: ClassVar[Language]
    requires: ClassVar[tuple[Invariant, ...]] = ()
    """Invariants beyond those of `source` that must have been established before."""
    establishes: ClassVar[tuple[Invariant, ...]] = ()
    """Invariants that hold afterwards, beyond those of `target`."""
    rules: ClassVar[dict[type[Node], _Rule]] = {}

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        cls.rules = _collect_rules(cls)
        if hasattr(cls, "source"):  # not for the bases in this module
            _check_class(cls)

    @classmethod
    def name(cls) -> str:
        """`DesugarFor` is called `desugar-for`, and its file desugar_for.py."""
        return kind_name(cls)

    def transform(self, root: Node, cx: Cx) -> Node:
        """The whole tree, rewritten. Passes with rules inherit this; others override it."""
        return rewrite(self, root, cx)


@typing.dataclass_transform(frozen_default=True)
def frozen(cls: type) -> type:
    """attrs' `frozen`, but a pass without options, as most are, is what its base is already: building it again takes 0.4 ms."""
    if vars(cls).get("__annotations__"):
        return attrs.frozen(cls)
    cls.__attrs_init_subclass__()
    return cls


def _collect_rules(cls: type[Pass]) -> dict[type[Node], _Rule]:
    rules: dict[type[Node], _Rule] = {}
    for f in vars(cls).values():
        mark = getattr(f, "__kayton_rule__", None)
        if mark is None:
            continue
        hints = typing.get_type_hints(f)
        result = hints.pop("return", None)
        kinds = _union(next(iter(hints.values())))
        returns = None if result is None or mark[1] else _union(result)
        for kind in kinds:
            if kind in rules:
                raise TypeError(f"{cls.name()}: two rules for {kind_name(kind)}")
            rules[kind] = _Rule(f, kinds, returns, *mark)
    return rules


def _union(hint: Any) -> tuple[type[Node], ...]:
    return typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)


def _check_class(cls: type[Pass]) -> None:
    """The promises of STYLE that can be checked without running; raises TypeError."""
    source, target = cls.source, cls.target
    if "name" in vars(cls):
        raise TypeError(f"{kind_name(cls)}: a method or option called `name` hides the pass's own name")
    for kind, r in cls.rules.items():
        if kind not in source.kinds:
            raise TypeError(f"{cls.name()}: a rule for {kind_name(kind)}, which {source.name} does not have")
        for out in r.returns or ():
            if isinstance(out, Kind) and out not in target.kinds:
                raise TypeError(f"{cls.name()}: a rule may return {kind_name(out)}, which {target.name} does not have")
    transforms = cls.transform is not Pass.transform
    if not transforms and (missing := source.kinds - target.kinds - cls.rules.keys()):
        raise TypeError(f"{cls.name()}: no rule for {', '.join(sorted(map(kind_name, missing)))}, which {target.name} lacks")
    if all(r.looks_only for r in cls.rules.values()) and cls.rules and source is not target:
        raise TypeError(f"{cls.name()}: checks change nothing, so source and target must be the same language")


def rewrite(p: Pass, root: Node, cx: Cx) -> Node:
    """Runs a pass's rules over a tree: children first, shared where nothing changed."""
    cx.enter(p, root)
    if p.rules and all(r.looks_only for r in p.rules.values()):
        _look(p, root, cx)
        return root
    counter: dict[str, int] = {}
    rules = {k: (_FORMS.before if r.before else _FORMS.after, applied(p, r, cx, counter)) for k, r in p.rules.items()}
    return _rewritten(root, rules)


def _look(p: Pass, root: Node, cx: Cx) -> None:
    """Visits without rebuilding, iteratively and in preorder; the rules that want to run after others get a round of their own."""
    for wanted in (True, False):
        rules = {k: r.function for k, r in p.rules.items() if r.before is wanted}
        if not rules:
            continue
        stack = [root]
        pop, push = stack.pop, PUSH
        while stack:
            n = pop()
            kind = n.__class__
            if kind in rules:
                rules[kind](p, n, cx)
            push[kind](n, stack)


class Forms:
    """How a rewrite goes through a node: for each kind a factory `(table, apply, *state) -> walker`, whose walker visits children
    through the table, without a call in between.

    `visit` is the statement that makes `{1}` of the child `{0}`, `state` names more parameters, `finish` is what a node becomes that
    no rule finishes.
    """

    def __init__(self, visit: str, finish: str = "{0}", state: str = "") -> None:
        def forms(result: str, *first: str) -> ByKind:
            outer = f"table, apply{state}"
            return ByKind(lambda kind: walk_source(kind, visit, ["def walk(n):", *first], f" return {result}", outer=outer))

        self.plain = forms(finish)
        self.after = forms("apply({0})")
        # The rule came first: what it made is entered below its root, so that it is not applied to its own result again.
        self.before = forms(finish, " m = apply(n)", " if m.__class__ is not Cls: return table.below(m)", " n = m")


_FORMS = Forms("w = table[{0}.__class__]; {1} = {0} if w is None else w({0})")

Rules = dict[type[Node], tuple[ByKind, Callable[[Node], Node]]]
"""kind → how its rule goes with its children, and the rule as a function of the node alone."""


class Walkers(dict):
    """kind → walker, filled when a kind is first met, so that a pass costs only the kinds that occur.

    A kind that has neither children nor a rule has no walker but None, which saves half of a walk's calls.
    """

    def __init__(self, forms: Forms, rules: Rules, *state: Any) -> None:
        super().__init__()
        self.forms, self.rules, self.state = forms, rules, state

    def __missing__(self, kind: type[Node]) -> Callable[[Node], Node] | None:
        if kind in self.rules:
            form, apply = self.rules[kind]
            walker = form[kind](self, apply, *self.state)
        else:
            walker = None if CHILDLESS[kind] else self.forms.plain[kind](self, None, *self.state)
        self[kind] = walker
        return walker

    def below(self, n: Node) -> Node:
        """Rewrites what is below `n`, but not `n` itself."""
        return self.forms.plain[n.__class__](self, None, *self.state)(n)


def _rewritten(root: Node, rules: Rules) -> Node:
    walker = Walkers(_FORMS, rules)[root.__class__]
    return root if walker is None else walker(root)


def applied(p: Pass, r: _Rule, cx: Cx, counter: dict[str, int]) -> Callable[[Node], Node]:
    """A rule as a function of the node alone, which gives places to the nodes that it makes."""
    function, tag = r.function, p.name()

    def apply(n: Node) -> Node:
        made = function(p, n, cx)
        if made is not n:
            place_at(made, n, tag, counter)
        return made

    return apply


def rewrite_with(rules: dict[type[Node], Callable[[Node], Node]], root: Node) -> Node:
    """Rewrites children first with plain functions `node -> node`, for a pass whose rules close over what it found in one
    function. The functions set ids and spans themselves."""
    return _rewritten(root, {kind: (_FORMS.after, apply) for kind, apply in rules.items()})


@frozen
class ItemPass(Pass):
    """A transform that looks at one item of a module at a time; override `item`."""

    def transform(self, root: Node, cx: Cx) -> Node:
        """Every module with what `item` gives in place of each of its items."""
        cx.enter(self, root)
        return map_children(root, lambda module: self._module(module, cx))

    def item(self, item: Node, cx: Cx) -> Sequence[Node]:
        """What stands in the item's place, in order."""
        raise NotImplementedError

    def _module(self, module: Node, cx: Cx) -> Node:
        body: list[Node] = []
        for item in module.body:
            body += self.item(item, cx)
        same = len(body) == len(module.body) and all(a is b for a, b in zip(body, module.body, strict=True))
        return module if same else replace(module, body=tuple(body))
