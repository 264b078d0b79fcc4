"""Running cargo: offline, its progress on one line of a terminal, its errors as ours."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from kayton.diagnostics.usage import UserError

_OURS = ("RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_TARGET_DIR", "CARGO_INCREMENTAL", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER")
"""Variables of the user's own Rust projects, which would change what we build or where."""
_OURS_BY_START = ("CARGO_BUILD_", "CARGO_PROFILE_", "CARGO_TARGET_")


class CargoFailed(Exception):
    """Cargo refused what we wrote: a mistake of ours. What it said is in a note of the exception, and so in the report.

    `stale` says that it was rather what cargo had compiled before: a file that is not what it was.
    """

    def __init__(self, code: int, command: list[str], log: str) -> None:
        super().__init__(f"cargo could not build the crate (exit code {code})")
        self.add_note(f"{' '.join(command)}\n{log}")
        self.stale = any(f"[{error}]" in log for error in _UNUSABLE)


_UNUSABLE = ("E0460", "E0461", "E0462", "E0463", "E0514", "E0786")
"""rustc's errors about compiled crates that it cannot use."""


def build(cargo: str, package: Path, target: Path, options: list[str], variables: dict[str, str], progress: Progress) -> Path:
    """Builds the package in the folder and gives what was made, an executable or a library.

    Raises CargoFailed for what is our mistake, UserError for what the machine lacks.
    """
    command = [
        cargo, "build", "--offline", "--manifest-path", str(package / "Cargo.toml"), "--target-dir", str(target),
        "--message-format", "json-render-diagnostics", *options,
    ]
    with tempfile.TemporaryFile("w+", errors="replace") as log:
        try:
            child = subprocess.Popen(
                command, cwd=package, env=_environment(variables), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True,
            )
        except OSError as error:
            raise UserError(f"cannot run {cargo}: {error.strerror or error}") from None
        try:
            made = _made(child, progress)
            code = child.wait()
        except BaseException:
            child.kill()
            child.wait()
            raise
        if code or made is None:
            log.seek(0)
            raise _failure(command, code, log.read())
    return made


def _made(child: subprocess.Popen, progress: Progress) -> Path | None:
    """Reads cargo's messages, telling of each package, until it ends; gives the file that the last one made."""
    made = None
    for line in child.stdout:
        message = json.loads(line)
        if message.get("reason") != "compiler-artifact":
            continue
        if not message["fresh"]:
            progress.built(message["target"]["name"])
        libraries = [f for f in message["filenames"] if f.endswith((".so", ".dylib", ".dll"))]
        if message.get("executable") or libraries:
            made = Path(message.get("executable") or libraries[0])
    return made


def _environment(variables: dict[str, str]) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in _OURS and not k.startswith(_OURS_BY_START)}
    return {**kept, **variables}


def _failure(command: list[str], code: int, log: str) -> Exception:
    """Why cargo failed: what the machine lacks is the user's to know, the rest is ours."""
    if code < 0:
        name = signal.Signals(-code).name
        return UserError(f"cargo was stopped by {name}" + ("; is there enough memory?" if name == "SIGKILL" else ""))
    if "linker `" in log and "not found" in log:
        return UserError("a native binary needs a linker, and Rust finds none\n  help: install a C compiler, such as gcc or clang")
    if "No space left on device" in log or "os error 28" in log:
        return UserError("the disk is full: cargo could not write what it built")
    return CargoFailed(code, command, log)


class Progress:
    """What a build says while it runs: one line on a terminal, which is gone in the end; nothing elsewhere."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._done = 0

    def say(self, text: str) -> None:
        """Shows a line in place of the last one."""
        if self._shown:
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()

    def built(self, name: str) -> None:
        """Tells that a crate is done."""
        self._done += 1
        self.say(f"building native code: {name.replace('_', '-')} ({self._done})")

    def waiting(self) -> None:
        """Tells that another build is running."""
        self.say("waiting for another build")

    def close(self) -> None:
        """Takes the line away."""
        self.say("")
