"""Source files: reading text, and the tree that every pipeline starts from."""

from __future__ import annotations

from pathlib import Path

from kayton.diagnostics.files import NotText
from kayton.diagnostics.usage import UserError
from kayton.ir.node import Span
from kayton.ir.surface import Program, SourceFile
from kayton.passes.framework import Cx


def read_bytes(path: str) -> bytes:
    """A file's bytes. Raises UserError when it cannot be read."""
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(f"cannot read {path}: {reason[:1].lower()}{reason[1:]}{_meant(path)}") from None


def _meant(path: str) -> str:
    """A line about the program that was probably meant by a path that cannot be read; empty if none is near."""
    from kayton.diagnostics.nearest import nearest

    asked = Path(path)
    try:
        inside = [p for p in (asked / "main.ktn", asked / "mod.ktn") if p.is_file()]
        beside = {p.name: p for p in asked.parent.iterdir() if p.suffix in (".ktn", ".kbc") and p.is_file()}
    except (OSError, ValueError):  # nor can the folder be read, or there is a NUL in the path
        return ""
    found = inside or [beside[name] for name in (f"{asked.name}.ktn", *nearest(asked.name, list(beside))) if name in beside]
    return f"\n  help: did you mean {found[0]}?" if found else ""


def from_file(path: str, cx: Cx) -> Program:
    """The program whose first file is at `path`. Raises UserError when there is no such file."""
    return from_text(path, _text(path, read_bytes(path), cx), cx)


def from_text(path: str, text: str, cx: Cx) -> Program:
    """The program whose first file has this text; `path` is what errors call it."""
    name = Path(path).stem.replace(".", "_") or "main"
    return Program((SourceFile(name, path, cx.sources.add(path, text), text),))


class Loader:
    """What a Cx wants for reading used modules: gives a file's text, None where there is no such file.

    `absent` are the paths where there was none; if one appeared, the program might mean something else.
    """

    def __init__(self, cx: Cx) -> None:
        self.cx = cx
        self.absent: list[str] = []

    def __call__(self, path: str) -> str | None:
        if Path(path).is_file():
            return _text(path, read_bytes(path), self.cx)
        self.absent.append(path)
        return None


def _text(path: str, data: bytes, cx: Cx) -> str:
    """The text that the bytes are; an error is reported where they are none, and the text is then empty."""
    try:
        text = data.decode("utf-8")
        bad = text.find("\0")
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", errors="replace")
        bad = len(data[: error.start].decode("utf-8"))
    if bad < 0:
        return text.removeprefix("\ufeff")
    byte = data[len(text[:bad].encode("utf-8"))]
    cx.report(NotText(span=Span(cx.sources.add(path, text), bad, bad + 1), byte=byte))
    return ""
