"""Texts with brackets."""

from __future__ import annotations


def split_text(text: str, at: str) -> list[str]:
    """The parts of a text between separators that stand in no bracket."""
    found, depth_, start = [], 0, 0
    for i, c in enumerate(text):
        depth_ += (c in "([{") - (c in ")]}")
        if depth_ == 0 and i >= start and text.startswith(at, i):
            found.append(text[start:i])
            start = i + len(at)
    return [*found, text[start:]] if text else []
