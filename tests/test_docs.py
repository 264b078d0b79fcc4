"""The commands in our documents run: every line of a block ```sh that calls `kayton`, in a folder with the document's own files.

A block ```toml with a name, or a block ```python whose docstring names a pass, is written into that folder first. A line that is
meant to fail says so: `kayton check bad.ktn   # exit code 1`. Lines that call `make` or `cargo` are for the Makefile's own tests.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kayton.runtime.native.build import folder as native_folder

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXIT = re.compile(r"#.*exit code (\d+)")

MAIN = """fn add(a: i64, b: i64) -> i64: a + b

fn main():
    let xs = [1, 2, 3]
    for x in xs:
        print(f"{x} {add(x, 1)}")
"""


def blocks(path: Path) -> list[tuple[str, str, str]]:
    if not path.is_file():
        return []
    return [(m[1], m[2].strip(), m[3]) for m in BLOCK.finditer(path.read_text(encoding="utf-8"))]


def lines(path: Path) -> list[str]:
    """The `kayton` commands of a document, continuation lines joined."""
    found = []
    for language, _, text in blocks(path):
        if language == "sh":
            joined = text.replace("\\\n", " ").splitlines()
            found += [line.strip() for line in joined if line.strip().startswith("kayton ")]
    return found


def prepare(path: Path, folder: Path) -> None:
    """Writes main.ktn, our examples, and what the document shows as files."""
    (folder / "main.ktn").write_text(MAIN)
    if (ROOT / "examples").is_dir():
        shutil.copytree(ROOT / "examples", folder / "examples")
    for language, name, text in blocks(path):
        if language == "toml" and (found := re.search(r'^name\s*=\s*"([\w-]+)"', text, re.MULTILINE)):
            (folder / f"{found[1]}.toml").write_text(text)
        elif language == "python" and (found := re.match(r'"""([\w-]+) : ', text)):
            (folder / f"{found[1].replace('-', '_')}.py").write_text(text)
        elif language == "kayton" and name.endswith(".ktn"):
            (folder / name).write_text(text)


COMPILES = re.compile(r"kayton (aot build|aot verify|aot explain .*--run|pipeline run aot)(?!.*(--emit|exit code))")
"""What calls cargo, which may have to compile the runtime first."""


def compiles(path: Path, line: str) -> bool:
    """Whether a command calls cargo, or comes after builds."""
    return any(COMPILES.match(command) for command in [line, *earlier(path, line)])


def case(path: Path, line: str):
    """A parameter of the test; what calls cargo is slow, and so is all that is not on the first page, for there is much of it."""
    is_slow = compiles(path, line) or path.name != "README.md"
    return pytest.param(path, line, id=f"{path.name}: {line}", marks=[pytest.mark.slow] if is_slow else [])


def earlier(path: Path, line: str) -> list[str]:
    """The commands before one whose results it may use."""
    before = lines(path)
    return [command for command in before[: before.index(line)] if re.search(r" -o | --lock ", command)]


@pytest.mark.parametrize(("path", "line"), [case(path, line) for path in DOCUMENTS for line in lines(path)])
def test_command_runs(path: Path, line: str, tmp_path: Path) -> None:
    prepare(path, tmp_path)
    if compiles(path, line):
        # The cache is the test's own, but for the runtime, which takes a minute to compile.
        native_folder().mkdir(parents=True, exist_ok=True)
        (tmp_path / "cache").mkdir()
        (tmp_path / "cache" / "native").symlink_to(native_folder())
    for command in earlier(path, line):
        run(command, tmp_path)
    expected = EXIT.search(line)
    done = run(line, tmp_path)
    assert done.returncode == (int(expected[1]) if expected else 0), done.stdout + done.stderr


def run(line: str, folder: Path) -> subprocess.CompletedProcess:
    words = shlex.split(re.sub(r"\s#.*", "", line))
    start = "import sys; from kayton.cli import main; sys.exit(main())"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "KAYTON_CACHE": str(folder / "cache")}
    return subprocess.run(
        [sys.executable, "-c", start, *words[1:]], cwd=folder, env=environment, capture_output=True, text=True, timeout=600 if COMPILES.match(line) else 60, input="",
    )
