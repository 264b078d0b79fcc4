"""Remarks: what a pass did with a program, or could not do, in the style of errors."""

from __future__ import annotations

from kayton.diagnostics.codes import Diagnostic


class Remarked(Diagnostic):
    """What one pass has to say of one place; `code` is the pass. It has no page: the pass's own file explains it (`kayton pass show`)."""

    severity = "remark"
    code: str
    text: str
    missed: bool
    """It is about what could not be done."""
    help: str

    def message(self) -> str:
        return self.text

    def helps(self) -> list[str]:
        return [self.help] if self.help else []
