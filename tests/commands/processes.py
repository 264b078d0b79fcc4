"""Runs the command in processes of its own, by the native launcher and by Python."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAUNCHER = Path(sys.executable).with_name("kayton")
BY_LAUNCHER = (str(LAUNCHER),)
BY_PYTHON = (sys.executable, "-P", "-m", "kayton")
WAYS = {"launcher": BY_LAUNCHER, "python": BY_PYTHON}

Done = subprocess.CompletedProcess


def environment(home: Path, **more: str) -> dict[str, str]:
    """Ours, with a cache in the folder of the test, and a Python for the launcher that `forbid_python` can take away."""
    python = home / "python3"
    if not python.exists():
        allow_python(home)
    return {
        **os.environ, "PYTHONPATH": str(ROOT), "KAYTON_CACHE": str(home / "cache"), "KAYTON_PYTHON": str(python), **more
    }


def allow_python(home: Path) -> None:
    """Lets the launcher start Python."""
    _script(home, f'exec "{sys.executable}" "$@"')


def forbid_python(home: Path) -> None:
    """What the launcher cannot do by itself fails from now on with exit code 99."""
    _script(home, "echo no Python >&2; exit 99")


def _script(home: Path, line: str) -> None:
    (home / "python3").write_text(f"#!/bin/sh\n{line}\n")
    (home / "python3").chmod(0o755)


def run(way: tuple[str, ...], home: Path, *words: str | bytes, stdin: str = "", **more: str) -> Done:
    """Runs a command in the folder `home`; no outcome may show a traceback."""
    done = subprocess.run(
        [*way, *words], cwd=home, env=environment(home, **more), capture_output=True, text=True, input=stdin, timeout=60, check=False
    )
    assert "Traceback" not in done.stderr and "internal error" not in done.stderr, done.stderr
    return done


def start(way: tuple[str, ...], home: Path, *words: str, **options) -> subprocess.Popen:
    """Starts a command in the folder `home`."""
    return subprocess.Popen([*way, *words], cwd=home, env=environment(home), **options)


def entries(home: Path) -> list[Path]:
    """The programs in the cache."""
    return sorted((home / "cache").glob("*.program"))
