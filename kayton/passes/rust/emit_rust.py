"""emit-rust : Lent -> Rust

    mono-fn "main.mean(List[f64])" [xs: List[f64]] f64 …   =>   // main.ktn:7  fn mean(xs):
                                                                fn mean(xs: &List<f64>, caller: Calls) -> f64 { … }
    type-decl main.Point struct …                          =>   struct Point { x: f64, y: f64 }, what it can do
    refusal "main.parse(str)" [text: str] dyn KT0101       =>   fn parse(text: &Str, at: At) -> Dyn { … }, which runs a thunk
    mono-fn without a Rust form                            =>   as a refusal, KT0120
    program whose start is bytecode                        =>   rust-program "" thunks=[start KT0100, …]

Rust as somebody who knows both languages would write it: values where Kayton has values, `&` for what is only read, moves at last uses,
`?`-less code because no error can be caught. What the names of the run-time library mean is in rt-crate/crates/kayton-rt/src/lib.rs.
"""

from __future__ import annotations

from kayton.ir.lent import Lent
from kayton.ir.node import place_at
from kayton.ir.resolved import Fn
from kayton.ir.rust import Rust, RustProgram
from kayton.ir.surface import Program
from kayton.ir.thunks import CONSEQUENCE, Thunk
from kayton.passes.framework import Cx, Pass, frozen
from kayton.passes.rust._emission import emitted


@frozen
class EmitRust(Pass):
    source = Lent
    target = Rust

    def transform(self, root: Program, cx: Cx) -> RustProgram:
        cx.enter(self, root)
        made = emitted(root, cx.sources)
        thunks = made.thunks if made.start else (_whole(root, made.thunks), *made.thunks)
        return place_at(RustProgram(made.start, made.items, made.sites, thunks, made.numbers, made.entries, bool(thunks) or made.bytecode, id=root.id, span=root.span), root, self.name(), {})


def _whole(root: Program, causes: tuple[Thunk, ...]) -> Thunk:
    """The program's start as a thunk."""
    start = next(i for m in root.modules for i in m.body if isinstance(i, Fn) and i.name.endswith(".<start>"))
    reason = "it reaches what stays bytecode" if causes else "it cannot be written as Rust"
    return Thunk(start.id, start.name, CONSEQUENCE, reason, stub="ktn_user__main", id=f"{start.id}~thunk", span=start.span)
