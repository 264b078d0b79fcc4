"""compile-matches : Cast -> Decided

    match e: p if c => a, q => b        =>   { bind %v e; choice (case (tests of p.., c) a) (case (tests of q..) b) else no-match %v }
    match e: p => a, x => b             =>   { bind %v e; choice (case (tests of p..) a) else { bind x %v; b } }
    match (a, b): (0, y) => …           =>   the same on %a and %b, no tuple being made
    let x = e                           =>   bind x e
    let (x, (y, _)) = e                 =>   bind %v (cast e tuple); choice (case (has-len %v 2) ()) else no-match %v;
                                             bind x (slot %v 0); bind %w (cast (slot %v 1) tuple); …

Arms are tried in order and no body is written twice. The tests of a pattern go from the outside in, so that a part is only
taken of what was shown to have it. A pattern never makes a value an error in a match; in a `let` it is a boundary: a value of
another type is `expected tuple, found i64`, a tuple of another length `no match arm for (1, 2, 3)` (LANGUAGE §6). Since
names-resolution a variable's name is a function's own, so the bindings that stand for one `let` join the block around it.
"""

from __future__ import annotations

from kayton.ir.node import Node
from kayton.ir.resolved import Bind, Case, Casted, Choice, Decided, NoMatch
from kayton.ir.surface import (
    Arm,
    AtPattern,
    BindPattern,
    Block,
    EqualPattern,
    Expr,
    Let,
    ListPattern,
    LiteralPattern,
    Match,
    OrPattern,
    Pattern,
    RangePattern,
    Stmt,
    TuplePattern,
    WildcardPattern,
)
