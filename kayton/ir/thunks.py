"""Split: it is decided what runs as bytecode, in a thunk, and each such decision says why."""

from __future__ import annotations

from collections.abc import Sequence

from kayton.ir.mono import Mono
from kayton.ir.node import node
from kayton.ir.surface import Item

CONSEQUENCE = "KT0100"
"""The code of a thunk that is one only because it reaches others."""


@node
class Thunk(Item):
    """The function with the id `function`, or an expression that became that function, runs as bytecode in the embedded VM. Its span is
    the place that is to blame.

    `name` is the function's name in the program, `code` the kind of reason (`KT0101`; docs/thunks.md has a page for each), `reason` says
    what cannot be compiled, and `suggestion` what would change it, if something would. `stub` is what Rust calls it by.
    """

    function: str
    name: str
    code: str
    reason: str
    suggestion: str = ""
    stub: str = ""

    @property
    def is_consequence(self) -> bool:
        """Whether it is a thunk only because it reaches others."""
        return self.code == CONSEQUENCE


def causes(thunks: Sequence[Thunk]) -> Sequence[Thunk]:
    """The thunks that are ones for a reason of their own; all of them where none is: one error for one cause."""
    return [t for t in thunks if not t.is_consequence] or thunks


Split = Mono.derive("Split", about="What runs as bytecode is known, and why.", plus={Thunk})
