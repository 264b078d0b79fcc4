"""check-effects : Accounted -> Accounted

    pure fn g(x): log(x)              =>   error K0910 at <log(x)>, with the calls that lead to print
    fn f() uses io: time.now()        =>   error K0910

A function that declares nothing may do anything. Only ahead-of-time compilation reports this (LANGUAGE §8), since only it sees the
whole program. Each broken declaration is reported once: its callers are held to what it declares.
"""

from __future__ import annotations

from kayton.diagnostics.codes import Label
from kayton.diagnostics.effects import EffectNotDeclared
from kayton.ir.effects import Accounted, Effects, Origin
from kayton.ir.paths import display_name
from kayton.ir.resolved import Fn
from kayton.ir.surface import Program
from kayton.passes.check._heads import head_of
from kayton.passes.framework import Cx, Pass, frozen


@frozen
class CheckEffects(Pass):
    source = Accounted
    target = Accounted

    def transform(self, root: Program, cx: Cx) -> Program:
        cx.enter(self, root)
        items = [(i, m.name) for m in root.modules for i in m.body]
        functions = {i.name: (i, module) for i, module in items if isinstance(i, Fn)}
        found = {i.fn: {o.effect: o for o in i.origins} for i, _ in items if isinstance(i, Effects)}
        for fn, module in functions.values():
            if fn.effects is not None:
                _check(fn, module, _Chains(functions, found), cx)
        return root


class _Chains:
    """Follows an effect from function to function."""

    def __init__(self, functions: dict[str, tuple[Fn, str]], found: dict[str, dict[str, Origin]]) -> None:
        self.functions, self.found = functions, found

    def shown(self, fn: str) -> str:
        """A function as messages name it."""
        return display_name(fn, self.functions[fn][1]) if fn in self.functions else fn

    def does(self, origin: Origin) -> str:
        """What happens at a place."""
        if not origin.via:
            return "changes or reads an instance that others see"
        return f"calls {self.shown(origin.via)}"

    def further(self, origin: Origin) -> list[Label]:
        """The places that a place leads to, up to the one that has the effect itself."""
        found: list[Label] = []
        seen: set[str] = set()
        while origin.via in self.found and origin.via not in seen:
            seen.add(origin.via)
            name, fn = self.shown(origin.via), self.functions[origin.via][0]
            inside = self.found[origin.via].get(origin.effect)
            if fn.effects is not None or inside is None:
                return [*found, Label(fn.span, f"{name} declares it")]
            origin = inside
            found.append(Label(origin.span, f"{name} {self.does(origin)}"))
        return found


def _check(fn: Fn, module: str, chains: _Chains, cx: Cx) -> None:
    head = head_of(fn, cx.sources)
    for effect, origin in chains.found.get(fn.name, {}).items():
        if effect not in (fn.effects or ()):
            facts = {"function": chains.shown(fn.name), "effect": effect, "does": chains.does(origin), "declared": tuple(fn.effects or ())}
            cx.report(EffectNotDeclared(span=origin.span, head=head, chain=tuple(chains.further(origin)), **facts))
