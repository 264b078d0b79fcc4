"""Forked, Divided, Emitted and Apart: the program twice, once to become Rust and once to become the bytecode of what stays in the VM."""

from __future__ import annotations

from kayton.ir.bytecode import Bytecode
from kayton.ir.language import Language
from kayton.ir.node import Node, node
from kayton.ir.rust import Rust
from kayton.ir.thunks import Split
from kayton.ir.typed import Owned


@node
class Hybrid(Node):
    """The program in two parts, each in a language of its own; a pipeline's passes say `on = "native"` or `on = "bytecode"`."""

    native: Node
    bytecode: Node


def _of(name: str, about: str, native: Language, bytecode: Language) -> Language:
    kinds = native.kinds | bytecode.kinds | {Hybrid}
    return Language(name, about, Hybrid, kinds, parts=(("native", native), ("bytecode", bytecode)))


Forked = _of("Forked", "The program stands twice: one part becomes Rust, the other bytecode.", Owned, Owned)
Divided = _of("Divided", "What of the native part stays bytecode is known.", Split, Owned)
Emitted = _of("Emitted", "One part is Rust, and says whether it needs the other.", Rust, Owned)
Apart = _of("Apart", "One part is Rust, the other bytecode.", Rust, Bytecode)
