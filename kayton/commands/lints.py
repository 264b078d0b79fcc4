"""The levels of lints that the command line and kayton.toml choose."""

from __future__ import annotations

import argparse

from kayton.diagnostics.usage import UnknownName, UserError
from kayton.program_file import project_settings


def lints_of(args: argparse.Namespace) -> dict[str, str]:
    """The levels by lint: those of `--lint NAME=LEVEL` before those of `[lints]` in kayton.toml. Raises UserError."""
    settings = project_settings().get("lints", {})
    if not isinstance(settings, dict):
        raise UserError('kayton.toml: [lints] is a table of levels by lint, such as aot_only_feature = "warn"')
    chosen = {name: _level(name, level, "kayton.toml: ") for name, level in settings.items()}
    for word in getattr(args, "lint", []):
        name, equals, level = word.partition("=")
        if not equals:
            raise UserError(f"--lint {word}: a level is missing, as in --lint {name}=warn")
        chosen[name] = _level(name, level, "--lint: ")
    return chosen


def _level(name: str, level: object, where: str) -> str:
    """A lint's level, if both are such. Raises UserError."""
    from kayton.diagnostics.lints import LEVELS, LINTS

    if name not in LINTS:
        raise UserError(f"{where}{UnknownName('lint', name, list(LINTS))}")
    if level not in LEVELS:
        raise UserError(f"{where}{level} is no level of {name}: there are {', '.join(LEVELS)}")
    return str(level)
