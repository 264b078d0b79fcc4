"""Finds passes. A pass's file is its registration: kayton/passes/<group>/<name>.py; nothing else lists it.

A pass is looked up by its name, by a prefix that only one pass has, or by the path of a file anywhere (`./my_pass.py`). Only
the file that is asked for is imported.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

from kayton.diagnostics.usage import UnknownName, UserError
import kayton.passes
from kayton.passes.framework import Pass

ROOT = Path(kayton.passes.__file__).parent


@cache
def pass_files() -> dict[str, Path]:
    """Every pass of ours: its name and its file, in the order of groups and names. Files without the class of their name are none."""
    files = {f.stem.replace("_", "-"): f for f in sorted(ROOT.glob("*/*.py")) if not f.name.startswith("_")}
    return {name: f for name, f in files.items() if f"class {_camel(name)}(" in f.read_text(encoding="utf-8")}


def full_name(name: str, among: list[str] | None = None, what: str = "pass") -> str:
    """The name that `name` is, or is the only prefix of. Raises UserError when none or several are."""
    known = list(pass_files()) if among is None else among
    if name in known:
        return name
    found = [k for k in known if k.startswith(name)]
    if len(found) == 1:
        return found[0]
    if found and name:
        raise UserError(f"{name} may be any of {', '.join(sorted(found))}")
    raise UnknownName(what, name, known)


def is_path(name: str) -> bool:
    """Whether a pass is named by a file's path rather than by its name."""
    return name.endswith(".py")


def pass_class(name: str, folder: Path | None = None) -> type[Pass]:
    """The class of the pass of exactly that name, or of a file; a path is taken from `folder`. Raises UserError."""
    if is_path(name):
        return _from_file((folder or Path.cwd()) / name)
    if name not in pass_files():
        raise UnknownName("pass", name, list(pass_files()))
    return _class_of(name)


@cache
def _class_of(name: str) -> type[Pass]:
    path = pass_files()[name]
    module = importlib.import_module(f"kayton.passes.{path.parent.name}.{path.stem}")
    for cls in _classes(module):
        if cls.name() == name:
            return cls
    raise UserError(f"{path} defines no pass called {name}: its class must be {_camel(name)}")


def _from_file(path: Path) -> type[Pass]:
    """The pass that a file outside our tree defines."""
    from hashlib import sha256  # slow to import, and only needed here

    path = path.resolve()
    if not path.is_file():
        raise UserError(f"there is no file {path}")
    name = f"kayton_pass_{sha256(str(path).encode()).hexdigest()[:12]}"
    module = sys.modules.get(name) or _execute(name, path)
    found = _classes(module)
    if len(found) != 1:
        raise UserError(f"{path} must define one pass, but defines {len(found)}")
    return found[0]


def _execute(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise UserError(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (SyntaxError, ImportError, TypeError, NameError) as error:
        del sys.modules[name]
        raise UserError(f"{path} is not a pass: {error}") from error
    return module


def _classes(module: ModuleType) -> list[type[Pass]]:
    """The pass classes that a module defines itself."""
    own = [v for v in vars(module).values() if isinstance(v, type) and issubclass(v, Pass)]
    return [v for v in own if v.__module__ == module.__name__ and v is not Pass]


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))
