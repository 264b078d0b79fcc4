"""The whole printer: a module as text in one layout, so that printing what was read from it gives the same text again."""

from __future__ import annotations

from kayton.ir.surface import Module
from kayton.passes.rewrite.printing.comments import NONE, Comments
from kayton.passes.rewrite.printing.items import Items


def printed(module: Module, comments: Comments = NONE) -> str:
    """The text of a module, with those comments."""
    p = Items(comments)
    p.members(module.body)
    for above in comments.rest:
        if above.blank:
            p.blank()
        p.own_lines(above.texts)
    text = p.text().lstrip("\n")
    return text + "\n" if text else ""
