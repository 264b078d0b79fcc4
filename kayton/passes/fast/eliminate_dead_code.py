"""eliminate-dead-code : Typed -> Typed

    { s…; return e; t… }        =>   { s…; return e }            what follows a jump never runs
    { s…; 5; t… }               =>   { s…; t… }                  a literal, variable or function alone does nothing
    { s…; { t… }; u… }          =>   { s…; t…; u… }              a block of statements for its effect alone
    while false: e              =>   ()

A variable that is only bound is kept: its value may hold the last reference to a class instance, and the debugger of a dump is a
person who looks for it.
"""

from __future__ import annotations

from kayton.ir.resolved import FnRef, Local, NativeRef, NoMatch
from kayton.ir.surface import Block, BoolLit, Break, Continue, Expr, FloatLit, IntLit, Return, Stmt, StrLit, UnitLit, While
from kayton.ir.typed import Typed
from kayton.passes.framework import Cx, Pass, frozen, rule

_JUMPS = (Return, Break, Continue, NoMatch)
_INERT = (IntLit, FloatLit, BoolLit, StrLit, UnitLit, Local, FnRef, NativeRef)


@frozen
class EliminateDeadCode(Pass):
    source = Typed
    target = Typed

    @rule
    def block(self, block: Block, cx: Cx) -> Block:
        kept: list[Stmt] = []
        for stmt in block.body:
            if isinstance(stmt, _JUMPS):
                kept.append(stmt)
                return self._rebuilt(block, kept, None, cx)
            if isinstance(stmt, Block) and (stmt.result is None or isinstance(stmt.result, _INERT)):
                kept += stmt.body
            elif not isinstance(stmt, _INERT):
                kept.append(stmt)
        return self._rebuilt(block, kept, block.result, cx)

    def _rebuilt(self, block: Block, kept: list[Stmt], result: Expr | None, cx: Cx) -> Block:
        if len(kept) == len(block.body) and result is block.result:
            return block
        if len(kept) < len(block.body):
            cx.remark(block, f"removed {len(block.body) - len(kept)} statements")
        return Block(tuple(kept), result)

    @rule
    def loop(self, e: While, cx: Cx) -> While | UnitLit:
        return UnitLit() if isinstance(e.condition, BoolLit) and not e.condition.value else e
