"""Tables of numbers in Markdown, and their places in RESULTS.md."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "RESULTS.md"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A Markdown table; all columns but the first are numbers."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return [f"| {' | '.join(line)} |" for line in lines]


def write(lines: Sequence[str], marker: str) -> None:
    """Replaces the part of RESULTS.md between the marker's comments."""
    text = RESULTS.read_text()
    start, end = f"<!-- {marker} -->\n", f"<!-- end {marker} -->"
    head, _, rest = text.partition(start)
    RESULTS.write_text(head + start + "\n".join(lines) + "\n" + end + rest.partition(end)[2])
