"""Errors that are not in the user's program but in what was asked of us: a name, an option, a file that cannot be read."""

from __future__ import annotations


class UserError(Exception):
    """A mistake that the message explains; shown without a traceback."""


class UnknownName(UserError):
    """Something was named that does not exist. `suggestion` is the nearest name there is, if one is near."""

    def __init__(self, what: str, name: str, known: list[str]) -> None:
        from kayton.diagnostics.nearest import nearest

        near = nearest(name, known)
        self.suggestion = near[0] if near else None
        listed = f"; there are {', '.join(sorted(known))}" if 0 < len(known) <= 12 else ""
        hint = f"; did you mean {near[0]}?" if near else listed
        super().__init__(f"there is no {what} {name}{hint}")
