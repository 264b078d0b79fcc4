"""`std.io`, `std.env` and `std.time` (LANGUAGE §9)."""

from __future__ import annotations

import math
import os
import time
from typing import Any

from pyrsistent import pvector

from kayton.runtime.evaluator.arguments import integer, number, text
from kayton.runtime.evaluator.errors import Exit, cannot_sleep
from kayton.runtime.evaluator.floats import shortest
from kayton.runtime.evaluator.natives.registry import function
from kayton.runtime.evaluator.natives.strings import lines
from kayton.runtime.evaluator.values import UNIT, err, ok, option

_REASONS = {
    FileNotFoundError: "no such file or folder",
    PermissionError: "permission denied",
    IsADirectoryError: "it is a folder",
    NotADirectoryError: "a part of the path is no folder",
    UnicodeDecodeError: "it is not valid UTF-8",
}


def _failed(what: str, path: str, error: Exception) -> Any:
    """`Err("cannot read notes.txt: no such file or folder")`"""
    return err(f"cannot {what} {path}: {_REASONS.get(type(error), 'input or output failed')}")


def _read(path: str) -> str:
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


@function("std.io.read_file", "path")
def read_file(machine: Any, a: list) -> Any:
    path = text(a[0])
    try:
        return ok(_read(path))
    except (OSError, ValueError) as error:
        return _failed("read", path, error)


@function("std.io.read_lines", "path")
def read_lines(machine: Any, a: list) -> Any:
    path = text(a[0])
    try:
        return ok(lines(_read(path)))
    except (OSError, ValueError) as error:
        return _failed("read", path, error)


def _write(a: list, mode: str) -> Any:
    path, content = text(a[0]), text(a[1])
    try:
        with open(path, mode, encoding="utf-8", newline="") as file:
            file.write(content)
    except (OSError, ValueError) as error:
        return _failed("write", path, error)
    return ok(UNIT)


@function("std.io.write_file", "path text")
def write_file(machine: Any, a: list) -> Any:
    return _write(a, "w")


@function("std.io.append_file", "path text")
def append_file(machine: Any, a: list) -> Any:
    return _write(a, "a")


@function("std.env.args")
def arguments(machine: Any, a: list) -> Any:
    return pvector(machine.args)


@function("std.env.var", "name")
def variable(machine: Any, a: list) -> Any:
    name = text(a[0])
    return option(os.environ.get(name) if name and "=" not in name and "\0" not in name else None)


@function("std.env.exit", "n")
def leave(machine: Any, a: list) -> Any:
    raise Exit(integer(a[0]))


@function("std.time.now")
def now(machine: Any, a: list) -> Any:
    return time.time()


@function("std.time.monotonic")
def monotonic(machine: Any, a: list) -> Any:
    return time.monotonic()


@function("std.time.sleep", "seconds")
def sleep(machine: Any, a: list) -> Any:
    seconds = number(a[0])
    if math.isnan(seconds) or seconds < 0.0:
        raise cannot_sleep(shortest(seconds))
    time.sleep(seconds)
    return UNIT
