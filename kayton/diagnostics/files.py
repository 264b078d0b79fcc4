"""Errors of files as such, before their text means anything: K00xx."""

from __future__ import annotations

from typing import ClassVar

from kayton.diagnostics.codes import Diagnostic


class NotText(Diagnostic):
    """A source file is UTF-8 (§1); this one is not, or holds a NUL, from `span` on."""

    code: ClassVar[str] = "K0001"
    byte: int

    def message(self) -> str:
        return f"this file is not UTF-8 text: there is a byte 0x{self.byte:02x}"

    def label(self) -> str:
        return "the first such byte"

    def helps(self) -> list[str]:
        return ["a source file is text, stored as UTF-8"]
