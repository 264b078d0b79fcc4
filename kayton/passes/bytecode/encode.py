"""encode : Bytecode -> Kbc

    bytecode-program [tables…]     =>   kbc-program <bytes>

The file format of docs/bytecode.md, byte for byte; the Rust decoder's counterpart. The operands of each instruction are laid out as
`rt-crate/isa/ops.toml` says, through the generated table kayton/ir/isa.py. The texts of the sources go along, so that a
program's run-time errors can show their lines without the files.
"""

from __future__ import annotations

from kayton.ir.bytecode import Bytecode, BytecodeProgram, Kbc, KbcFile, KbcProgram
from kayton.ir.node import place_at
from kayton.passes.bytecode._format import encode_module
from kayton.passes.framework import Cx, Pass, frozen


@frozen
class Encode(Pass):
    source = Bytecode
    target = Kbc

    def transform(self, root: BytecodeProgram, cx: Cx) -> KbcProgram:
        cx.enter(self, root)
        data = encode_module(root.module, cx.sources)
        return place_at(KbcProgram(KbcFile(data)), root, self.name(), {})
