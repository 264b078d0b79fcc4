"""merge-modules : Recalled -> Rewritten

    program [main geometry store]     =>   program [main']        first what geometry has, then store, then main
    use geometry                      =>   nothing
    geometry.area(x)                  =>   area(x)                or area__geometry(x), where something else is called area
    geometry.Circle, Shape.Circle     =>   Circle

All modules become one, so that the result is a file that stands alone. They follow on each other in the order in which they run. A type is
not renamed, because its name is what its values print: two types of one name are reported.
"""

from __future__ import annotations

from kayton.diagnostics.rewriting import SameNameShown
from kayton.ir.node import place_at, replace
from kayton.ir.rewritten import Draft, Recalled, Rewritten
from kayton.ir.surface import Module, Program, Stmt, Use, UseName
from kayton.passes.framework import Cx, Pass, frozen
from kayton.passes.rewrite._requalify import Requalifier
from kayton.passes.rewrite._scopes import SHOWN, Scopes


@frozen
class MergeModules(Pass):
    source = Recalled
    target = Rewritten

    def transform(self, root: Draft, cx: Cx) -> Draft:
        cx.enter(self, root)
        program: Program = root.written
        if len(program.modules) == 1:
            return root
        scopes = Scopes(program)
        _check_shown(scopes, cx)
        variables = {r.site for r in root.names.references if r.kind == "variable"}
        first, *others = program.modules
        body: list[Stmt] = _uses(scopes, first)
        for m in (*others, first):
            body += Requalifier(scopes, m.name, variables).body(m)
        return replace(root, written=replace(program, modules=(replace(first, body=tuple(body)),)))


def _check_shown(scopes: Scopes, cx: Cx) -> None:
    """Reports types of one name."""
    met = {}
    for scope in scopes.scopes.values():
        for name, item in scope.own.items():
            if isinstance(item, SHOWN) and name in met:
                cx.report(SameNameShown(span=met[name].span, name=name, other=item.span))
            elif isinstance(item, SHOWN):
                met[name] = item


def _uses(scopes: Scopes, first: Module) -> list[Stmt]:
    """The lines that bring in what any module uses of the standard library."""
    found: list[Stmt] = []
    for module in sorted({m for m, _ in scopes.std}):
        path = tuple(module.split("."))
        if (module, "") in scopes.std:
            name = scopes.std[module, ""]
            found.append(Use(path, (), False, None if name == path[-1] else name, module=module))
        names = [UseName(n, None if new == n else new) for (m, n), new in sorted(scopes.std.items()) if m == module and n]
        if names:
            found.append(Use(path, tuple(names), True, module=module))
    counter: dict[str, int] = {}
    return [place_at(replace(use, id=f"{first.id}~merge-modules.use{i}"), first, "merge-modules", counter) for i, use in enumerate(found)]
