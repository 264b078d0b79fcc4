"""What a program says on standard error, as far as every way to run it says the same."""

from __future__ import annotations


def told(stderr: str) -> str:
    """What standard error says without the helps, which are for who writes the program, not for who runs a binary."""
    return "".join([line for line in stderr.splitlines(keepends=True) if not line.lstrip().startswith("= help:")])
