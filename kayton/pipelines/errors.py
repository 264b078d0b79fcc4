"""Errors that are the user's to mend: a pipeline file, a name on the command line, a source that cannot be read."""

from __future__ import annotations

from difflib import get_close_matches


class UserError(Exception):
    """A mistake that the message explains; shown without a traceback."""


class UnknownName(UserError):
    """Something was named that does not exist. `suggestion` is the nearest name there is, if one is near."""

    def __init__(self, what: str, name: str, known: list[str]) -> None:
        near = get_close_matches(name, known, 1, 0.6)
        self.suggestion = near[0] if near else None
        listed = f"; there are {', '.join(sorted(known))}" if 0 < len(known) <= 12 else ""
        hint = f"; did you mean {near[0]}?" if near else listed
        super().__init__(f"there is no {what} {name}{hint}")


class PipelineError(UserError):
    """A pipeline that cannot be: says the file and line, what is wrong, and what would mend it."""

    def __init__(self, path: str, line: int, message: str, fix: str = "") -> None:
        super().__init__(f"{path}:{line}: {message}" + (f"\n  help: {fix}" if fix else ""))
        self.path, self.line, self.message, self.fix = path, line, message, fix
