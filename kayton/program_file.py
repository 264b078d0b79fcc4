"""The project's settings, and which file a command works on when it may be left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kayton.diagnostics.usage import UserError


def project_settings() -> dict[str, Any]:
    """What kayton.toml in the working directory says; nothing where there is none. Raises UserError."""
    settings = Path("kayton.toml")
    if not settings.is_file():
        return {}
    import tomllib

    try:
        return tomllib.loads(settings.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"kayton.toml: {error}") from None


def program_file(given: str | None) -> str:
    """The file to work on: the one given, else what kayton.toml's `main` says, else main.ktn. Raises UserError."""
    if given is not None:
        return given
    main = project_settings().get("main")
    if isinstance(main, str):
        return main
    if main is not None:
        raise UserError(f"kayton.toml: main must be a file's path, not {main!r}")
    if Path("main.ktn").is_file():
        return "main.ktn"
    raise UserError("no file is given, and there is no main.ktn, nor a kayton.toml with `main`, in this folder")
