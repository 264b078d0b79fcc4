"""What a program says on standard error, as far as every way to run it says the same."""

from __future__ import annotations


def told(stderr: str) -> str:
    """What standard error says, of a run-time error its message, its place with the source line, and the innermost call."""
    text, error, rest = stderr.partition("error: ")
    kept = []
    for line in rest.splitlines():
        if line.startswith("  in "):
            kept.append(line.partition("    ")[0])
            break
        if not line.lstrip().startswith("= help:"):
            kept.append(line)
    return text + error + "\n".join(kept)
