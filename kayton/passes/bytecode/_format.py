"""The bytes of a `.kbc` file (docs/bytecode.md, "File format")."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable
from zlib import crc32

from kayton.ir.bytecode import BcFn, BcModule, BcPath, BcType, Ins
from kayton.ir.isa import OPS, VERSION
from kayton.ir.node import Span
from kayton.ir.source import Source, SourceMap

_U16, _U32, _I32 = struct.Struct("<H"), struct.Struct("<I"), struct.Struct("<i")
_LAYOUT = {op: (info.code, bool(info.args) and info.args[-1].endswith("32")) for op, info in OPS.items()}
"""What an instruction's code is, and whether an operand of 32 bits lies in b and c together."""
_THROWING = frozenset(op for op, info in OPS.items() if info.throws)


class _Writer:
    """Bytes with the format's few shapes."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def u8(self, n: int) -> None:
        self.parts.append(bytes((n,)))

    def u16(self, n: int) -> None:
        self.parts.append(_U16.pack(n))

    def u32(self, n: int) -> None:
        self.parts.append(_U32.pack(n))

    def i32(self, n: int) -> None:
        self.parts.append(_I32.pack(n))

    def string(self, text: str) -> None:
        data = text.encode()
        self.u32(len(data))
        self.parts.append(data)

    def numbers(self, values: Iterable[int]) -> None:
        """A list of u32."""
        values = tuple(values)
        self.parts.append(struct.pack(f"<I{len(values)}I", len(values), *values))

    def pairs(self, first: str, values: tuple[tuple[int, int], ...], second: str = "I") -> None:
        """A list of pairs with these struct codes."""
        self.u32(len(values))
        pack = struct.Struct(f"<{first}{second}").pack
        self.parts += [pack(a, b) for a, b in values]


def encode_module(module: BcModule, sources: SourceMap) -> bytes:
    """The whole file."""
    w = _Writer()
    w.u32(len(module.strings))
    for text in module.strings:
        w.string(text)
    _constants(w, module)
    w.u32(len(module.guards))
    for g in module.guards:
        w.u8(g.kind)
        w.u32(g.arg)
    w.u32(len(module.types))
    for t in module.types:
        _type(w, t)
    w.numbers(module.globals)
    w.numbers(module.natives)
    _sites_and_paths(w, module)
    w.u32(len(module.functions))
    for fn in module.functions:
        _function(w, fn, sources)
    w.u32(len(sources.sources))
    for source in sources.sources:
        w.string(sources.beside_main(source.path))
        w.string(source.text)
    w.u32(module.entry)
    w.pairs("I", module.thunks)
    body = b"".join(w.parts)
    return b"KAYB" + _U16.pack(VERSION) + _U16.pack(0) + _U32.pack(crc32(body)) + body


def _constants(w: _Writer, module: BcModule) -> None:
    numbers = {text: i for i, text in enumerate(module.strings)}
    w.u32(len(module.constants))
    for value in module.constants:
        if isinstance(value, int):
            w.parts.append(struct.pack("<Bq", 0, value))
        elif isinstance(value, float):
            w.parts.append(struct.pack("<Bd", 1, value))
        else:
            w.parts.append(struct.pack("<BI", 2, numbers[value]))


def _type(w: _Writer, t: BcType) -> None:
    w.u32(t.name)
    w.u8(t.kind)
    w.pairs("I", tuple((f.name, f.guard) for f in t.fields))
    w.u32(len(t.variants))
    for v in t.variants:
        w.u32(v.name)
        w.u8(v.named)
        w.pairs("I", tuple((f.name, f.guard) for f in v.fields))
    w.pairs("I", t.methods)
    w.pairs("B", t.hooks)
    w.numbers(t.traits)


def _sites_and_paths(w: _Writer, module: BcModule) -> None:
    w.u32(len(module.sites))
    for s in module.sites:
        w.u32(s.name)
        w.u32(s.mut_mask)
        w.numbers(s.keywords)
    w.u32(len(module.paths))
    for p in module.paths:
        _path(w, p)
    w.u32(len(module.switches))
    for s in module.switches:
        w.i32(s.default)
        w.pairs("I", s.targets, "i")


def _path(w: _Writer, p: BcPath) -> None:
    w.u32(p.method)
    w.u8(p.frozen)
    w.pairs("B", p.steps)


def _function(w: _Writer, fn: BcFn, sources: SourceMap) -> None:
    source = sources[fn.file]
    line, column = source.position(fn.span.start) if fn.span else (1, 1)
    for n in (fn.name, fn.file, line, column):
        w.u32(n)
    w.pairs("I", tuple((name, fn.optional_mask >> i & 1) for i, name in enumerate(fn.params)), "B")
    w.u32(fn.mut_mask)
    w.u16(fn.captures)
    w.u16(fn.registers)
    w.u8(fn.closure)
    code = array("Q", [_instruction(*_LAYOUT[i.op], i) for i in fn.code])
    w.u32(len(code))
    w.parts.append(code.tobytes())
    lines = [(pc, ins.span) for pc, ins in enumerate(fn.code) if ins.span is not None and ins.op in _THROWING]
    w.u32(len(lines))
    w.parts += [struct.pack("<5I", pc, *_place(source, span)) for pc, span in lines]
    w.u32(len(fn.arg_spans))
    w.parts += [struct.pack("<6I", a.pc, a.arg, *_place(source, a.span)) for a in fn.arg_spans]


def _place(source: Source, span: Span) -> tuple[int, int, int, int]:
    return (*source.position(span.start), *source.position(span.end))


def _instruction(code: int, wide: bool, i: Ins) -> int:
    rest = i.b & 0xFFFF_FFFF if wide else (i.b & 0xFFFF) | (i.c & 0xFFFF) << 16
    return code | i.x << 8 | (i.a & 0xFFFF) << 16 | rest << 32
