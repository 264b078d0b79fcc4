"""emit-rust : Split -> Rust

    mono-fn "main.mean(List[f64])" [xs: List[f64]] f64 …   =>   // main.ktn:7  fn mean(xs):
                                                                fn mean(xs: &List<f64>, at: At) -> f64 { let calls = at.enter(); … }
    type-decl main.Point struct …                          =>   struct Point { x: f64, y: f64 }, what it can do
    program with a thunk that starts it                    =>   rust-program "" thunks=[…]

Rust as somebody who knows both languages would write it: values where Kayton has values, `&` for what is only read, moves at last uses,
`?`-less code because no error can be caught. What the names of the run-time library mean is in rt-crate/crates/kayton-rt/src/lib.rs.
"""

from __future__ import annotations

from kayton.ir.node import place_at
from kayton.ir.rust import Rust, RustProgram
from kayton.ir.surface import Program
from kayton.ir.thunks import Split, Thunk
from kayton.passes.framework import Cx, Pass, frozen
from kayton.passes.rust._emission import emitted


@frozen
class EmitRust(Pass):
    source = Split
    target = Rust

    def transform(self, root: Program, cx: Cx) -> RustProgram:
        cx.enter(self, root)
        thunks = tuple([item for module in root.modules for item in module.body if isinstance(item, Thunk)])
        if thunks:
            return RustProgram("", thunks=thunks, id=root.id, span=root.span)
        made = emitted(root, cx.sources)
        return place_at(RustProgram(made.start, made.items, made.sites, id=root.id, span=root.span), root, self.name(), {})
