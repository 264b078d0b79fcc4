"""Bytecode and Kbc: the linked program as instructions and tables, and as bytes (docs/bytecode.md).

Everything here mirrors the file format: strings, constants and the other tables are numbered by position, and an instruction
names their entries by number. `NONE` stands for an absent entry.
"""

from __future__ import annotations

from kayton.ir.language import Language
from kayton.ir.node import Node, category, node
from kayton.ir.surface import Unit

NONE = 0xFFFF_FFFF


@category
class Table(Node):
    """An entry of one of the module's tables."""



@node
class Ins(Node):
    """One instruction. Where an operand takes two fields together (`off32`, `imm32`, `const32`) it is in the first of them."""

    op: str
    a: int = 0
    b: int = 0
    c: int = 0
    x: int = 0


@node
class ArgSpan(Node):
    """Where argument `arg` of the call at `pc` stands; the node's span is the place."""

    pc: int
    arg: int


@node
class BcFn(Table):
    """A function: see "A function" in docs/bytecode.md."""

    name: int
    file: int
    params: tuple[int, ...]
    optional_mask: int
    mut_mask: int
    captures: int
    registers: int
    code: tuple[Ins, ...]
    arg_spans: tuple[ArgSpan, ...] = ()
    closure: bool = False
    """Prints as `<closure>`."""


@node
class BcGuard(Table):
    kind: int
    arg: int = 0


@node
class BcField(Node):
    name: int
    guard: int = NONE


@node
class BcVariant(Node):
    name: int
    fields: tuple[BcField, ...] = ()
    named: bool = False


@node
class BcType(Table):
    """`methods` are (name, function) and `hooks` (hook, function), `traits` type indices."""

    name: int
    kind: int
    fields: tuple[BcField, ...] = ()
    variants: tuple[BcVariant, ...] = ()
    methods: tuple[tuple[int, int], ...] = ()
    hooks: tuple[tuple[int, int], ...] = ()
    traits: tuple[int, ...] = ()


@node
class BcSite(Table):
    name: int = NONE
    mut_mask: int = 0
    keywords: tuple[int, ...] = ()


@node
class BcPath(Table):
    """`steps` are (kind, argument): 0 field name, 1 index, 2 part number."""

    steps: tuple[tuple[int, int], ...]
    method: int = NONE
    frozen: bool = False


@node
class BcSwitch(Table):
    """`targets` are (variant, offset)."""

    default: int
    targets: tuple[tuple[int, int], ...]


@node
class BcModule(Unit):
    """All tables of a program; `entry` is a function's number."""

    entry: int
    strings: tuple[str, ...] = ()
    constants: tuple[int | float | str, ...] = ()
    guards: tuple[BcGuard, ...] = ()
    types: tuple[BcType, ...] = ()
    globals: tuple[int, ...] = ()
    natives: tuple[int, ...] = ()
    sites: tuple[BcSite, ...] = ()
    paths: tuple[BcPath, ...] = ()
    switches: tuple[BcSwitch, ...] = ()
    functions: tuple[BcFn, ...] = ()
    thunks: tuple[tuple[int, int], ...] = ()
    """The functions that compiled code calls: (number there, function)."""


@node
class KbcFile(Unit):
    """A `.kbc` file's bytes."""

    data: bytes


@node
class BytecodeProgram(Node):
    """The linked program."""

    module: BcModule


@node
class KbcProgram(Node):
    """The encoded program."""

    file: KbcFile


_BYTECODE = {Ins, ArgSpan, BcFn, BcGuard, BcField, BcVariant, BcType, BcSite, BcPath, BcSwitch, BcModule, BytecodeProgram}

Bytecode = Language("Bytecode", "Instructions and tables.", BytecodeProgram, frozenset(_BYTECODE))
Kbc = Language("Kbc", "A file's bytes.", KbcProgram, frozenset({KbcFile, KbcProgram}))
