"""Errors of `use`, K0201–K0219 (LANGUAGE §7)."""

from __future__ import annotations

from kayton.diagnostics.codes import Diagnostic


class UnknownModule(Diagnostic):
    """`use geometry` finds the file geometry.ktn beside the importing file, or geometry/mod.ktn there; `use std.math` a module of
    the standard library. Nothing of the kind exists."""

    code = "K0201"
    path: str
    looked: tuple[str, ...] = ()
    """The files that were looked for."""
    near: str = ""
    """What was probably meant."""

    def message(self) -> str:
        return f"unknown module {self.path}"

    def notes(self) -> list[str]:
        return [f"there is neither {' nor '.join(self.looked)}"] if self.looked else []

    def helps(self) -> list[str]:
        if self.near:
            return [f"did you mean `use {self.near}`?"]
        if self.path.startswith("std."):
            return ["the modules of the standard library are `std.env`, `std.io`, `std.json`, `std.math`, `std.random`, `std.text` and `std.time`"]
        return ["a module is a file beside this one, or a folder with a file mod.ktn"]


class NoPlugin(Diagnostic):
    """`use plugin name` takes functions from the host that runs the program. The `kayton` command is a host without plugins."""

    code = "K0202"
    name: str

    def message(self) -> str:
        return f"there is no plugin {self.name}: no host extension of that name is loaded"

    def helps(self) -> list[str]:
        return ["remove the line, or run the program in a host that provides the plugin"]
