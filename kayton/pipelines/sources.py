"""Source files: finding the program, reading text, and the tree that every pipeline starts from."""

from __future__ import annotations

import tomllib
from pathlib import Path

from kayton.diagnostics.files import NotText
from kayton.diagnostics.usage import UserError
from kayton.ir.node import Span
from kayton.ir.surface import Program, SourceFile
from kayton.passes.framework import Cx


def program_file(given: str | None) -> str:
    """The file to work on: the one given, else what kayton.toml's `main` says, else main.ktn. Raises UserError."""
    if given is not None:
        return given
    settings = Path("kayton.toml")
    if settings.is_file():
        try:
            main = tomllib.loads(settings.read_text(encoding="utf-8")).get("main")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UserError(f"kayton.toml: {error}") from None
        if isinstance(main, str):
            return main
        if main is not None:
            raise UserError(f"kayton.toml: main must be a file's path, not {main!r}")
    if Path("main.ktn").is_file():
        return "main.ktn"
    raise UserError("no file is given, and there is no main.ktn, nor a kayton.toml with `main`, in this folder")


def read_bytes(path: str) -> bytes:
    """A file's bytes. Raises UserError when it cannot be read."""
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(f"cannot read {path}: {reason[:1].lower()}{reason[1:]}") from None


def from_file(path: str, cx: Cx) -> Program:
    """The program whose first file is at `path`. Raises UserError when there is no such file."""
    return from_text(path, _text(path, read_bytes(path), cx), cx)


def from_text(path: str, text: str, cx: Cx) -> Program:
    """The program whose first file has this text; `path` is what errors call it."""
    name = Path(path).stem.replace(".", "_") or "main"
    return Program((SourceFile(name, path, cx.sources.add(path, text), text),))


def loader(cx: Cx):
    """What a Cx wants for reading used modules: gives a file's text, None where there is no such file."""

    def load(path: str) -> str | None:
        return _text(path, read_bytes(path), cx) if Path(path).is_file() else None

    return load


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
