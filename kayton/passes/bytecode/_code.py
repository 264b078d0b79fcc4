"""A function's code while it is being emitted: instructions with labels, turned into offsets at the end."""

from __future__ import annotations

from kayton.ir.bytecode import BcSwitch, Ins
from kayton.ir.isa import OPS
from kayton.ir.node import Span

KILL_B, KILL_C, KILL_A = 1, 2, 4
HIGH = 0x80
_KILLS = ((KILL_B, 1), (KILL_C, 2), (KILL_A, 0))
_SHORT = range(-(2**15), 2**15)


class OutOfReach(Exception):
    """A short jump does not reach its label; the function is emitted again with long jumps."""


class Label:
    """A point in the code; `at` is known once it is placed. `wanted`: a jump goes there."""

    __slots__ = ("at", "wanted")

    def __init__(self) -> None:
        self.at = -1
        self.wanted = False


class Code:
    """Instructions in order. A jump has a Label where its offset will be.

    Conditional jumps have 16 bits. With `long_jumps` each of them hops to a long jump beside it:

        jump-if … L     =>     jump-if … 1f ; Jmp 2f ; 1: Jmp L ; 2:
    """

    def __init__(self, long_jumps: bool) -> None:
        self.items: list[tuple[str, tuple, int, Span | None]] = []
        self.long_jumps = long_jumps
        self._labelled = -1
        self.empty: set[int] = set()
        """Registers that certainly hold nothing counted here: consumed since the last label, and not written again."""
        self.switches: list[tuple[int, Label, list[tuple[int, Label]]]] = []
        """For each Switch: where it is, its default and its targets by variant."""

    def emit(self, op: str, *args: int | Label, x: int = 0, span: Span | None = None) -> None:
        if x and op in _CONSUMING:
            for bit, position in _KILLS:
                if x & bit:
                    self.empty.add(args[position])
        if op in _WRITING:
            self.empty.discard(args[0])
        if self.long_jumps and op in _SHORT_JUMPS:
            hop, past = Label(), Label()
            self.items += [(op, (*args[:-1], hop), x, span), ("Jmp", (past,), 0, span)]
            self.place(hop)
            self.items.append(("Jmp", (args[-1],), 0, span))
            self.place(past)
        else:
            self.items.append((op, args, x, span))

    def place(self, label: Label) -> None:
        label.at = self._labelled = len(self.items)
        self.empty.clear()

    def falls_through(self) -> bool:
        """Whether control may be behind the last instruction: it goes on from there, or a label stands there."""
        at = len(self.items)
        return at == 0 or self._labelled == at or not OPS[self.items[-1][0]].ends

    def switch(self, register: int, number: int, default: Label, targets: list[tuple[int, Label]], span: Span | None) -> None:
        self.switches.append((len(self.items), default, targets))
        self.emit("Switch", register, number, span=span)

    def instructions(self) -> tuple[Ins, ...]:
        """The code with offsets. Raises OutOfReach."""
        return tuple([self._resolved(i, *item) for i, item in enumerate(self.items)])

    def switch_entries(self) -> list[BcSwitch]:
        return [
            BcSwitch(default.at - at - 1, tuple((variant, label.at - at - 1) for variant, label in targets))
            for at, default, targets in self.switches
        ]

    def _resolved(self, at: int, op: str, args: tuple, x: int, span: Span | None) -> Ins:
        if args and args[-1].__class__ is Label:
            offset = args[-1].at - at - 1
            if op in _SHORT_JUMPS and offset not in _SHORT:
                raise OutOfReach
            args = (*args[:-1], offset)
        if op in _WIDE:
            # An operand of 32 bits lies in b and c together, whatever its position.
            return Ins(op, args[0] if len(args) == 2 else 0, args[-1], 0, x, span=span)
        return Ins(op, *args, *_UNUSED[len(args)], x, span=span)


_SHORT_JUMPS = {op for op, info in OPS.items() if info.args[-1:] == ("off",)}
_WIDE = {op for op, info in OPS.items() if info.args[-1:] and info.args[-1].endswith("32")}
_CONSUMING = {op for op, info in OPS.items() if info.high != "nargs"}
_WRITING = {op for op, info in OPS.items() if info.args and info.args[0][:3] in ("dst", "mut")}
_UNUSED = ((0, 0, 0), (0, 0), (0,), ())
