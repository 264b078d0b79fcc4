"""Errors of f-strings, K019x (LANGUAGE §2)."""

from __future__ import annotations

from kayton.diagnostics.codes import Diagnostic


class BadFormatSpec(Diagnostic):
    """What follows the colon of an f-string's hole must be `[[fill]align][+][0][width][.precision][type]`.

        f"{x:8.2}"      # eight columns, two digits after the point
        f"{x:2.8.1}"    # no such thing
    """

    code = "K0190"
    spec: str

    def message(self) -> str:
        return "bad format spec"

    def label(self) -> str:
        return f"`{self.spec}` is not a format spec"

    def helps(self) -> list[str]:
        return ["the form is [[fill]align][+][0][width][.precision][type], such as `*^10` or `+08.2`"]
