"""What the language reference means, program by program: the VM does what the golden says, and so does the reference evaluator, on the
program as it was written and on what all passes have made of it.

tests/golden/language/<section>.md holds titles `## …`, each with a program in a block ```kayton (modules of it in blocks
```kayton name.ktn before it, its standard input in ```input), and then what `make bless` writes: ```output, what it writes to
standard output, and ```error, what it ends with: `error: MESSAGE` and its place, or for compile errors and warnings each one's code
and place. A code of exit that is not 0 stands behind the word `error`. Whole reports are compared between the two.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import attrs
import pytest

from kayton.cli import main

ROOT = Path(__file__).parent / "golden" / "language"
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$\n?", re.MULTILINE | re.DOTALL)
DIAGNOSTIC = re.compile(r"^(error|warning)\[(K\d+)\]: .*\n +--> (\S+)$", re.MULTILINE)
WRITTEN = ("output", "error")


@attrs.frozen
class Program:
    """A program of a golden: where it stands, its files, and what it is said to do."""

    golden: Path
    title: str
    text: str
    files: dict[str, str]
    input: str
    expected: str

    @property
    def name(self) -> str:
        """The golden's name and the title, as pytest shows them."""
        return f"{self.golden.stem}: {self.title}"


def program(golden: Path, text: str) -> Program:
    """The program of one section of a golden."""
    blocks = [(kind, info.strip(), body, m.group(0)) for m in BLOCK.finditer(text) for kind, info, body in [m.groups()]]
    files = {info or "main.ktn": body for kind, info, body, _ in blocks if kind == "kayton"}
    given = "".join([body for kind, _, body, _ in blocks if kind == "input"])
    expected = "".join([whole for kind, _, _, whole in blocks if kind in WRITTEN])
    return Program(golden, text.partition("\n")[0].strip(), text, files, given, expected)


def sections(text: str) -> list[str]:
    """What stands after each title `## …`, itself included; a line of a program may look like one."""
    starts, inside = [], False
    for line in re.finditer(r"^(```|## )?.*\n?", text, re.MULTILINE):
        inside ^= line[1] == "```"
        if line[1] == "## " and not inside:
            starts.append(line.start())
    return [text[at + 3 : end] for at, end in zip(starts, [*starts[1:], len(text)], strict=True)]


PROGRAMS = [program(golden, text) for golden in sorted(ROOT.glob("*.md")) for text in sections(golden.read_text(encoding="utf-8"))]


def reduced(report: str) -> str:
    """What a golden says of standard error: codes and places of what the compiler reports, then all down to the place of a run-time
    error."""
    lines = [f"{severity}[{code}] {place}" for severity, code, place in DIAGNOSTIC.findall(report)]
    own = report if not lines else report[report.find("\nerror: ") + 1 :] if "\nerror: " in report else ""
    for line in own.splitlines():
        at = re.fullmatch(r" +--> (\S+)", line)
        lines.append(at[1] if at else line)
        if at:
            break
    return "".join([f"{line}\n" for line in lines])


WRITTEN_PROGRAM = ("evaluator", "--after", "resolve-modules")
"""The evaluator on the program as it was written, which no check has seen."""


def ran(p: Program, engine: tuple[str, ...], folder: Path, capfd: pytest.CaptureFixture) -> tuple[int, str, str]:
    """Runs the program: its exit code, as the system keeps it, and what it wrote."""
    (folder / "given").write_text(p.input, encoding="utf-8")
    saved, given = os.dup(0), os.open(folder / "given", os.O_RDONLY)
    os.dup2(given, 0)
    try:
        with open(given, encoding="utf-8", closefd=True) as stdin, pytest.MonkeyPatch.context() as patched:
            patched.setattr("sys.stdin", stdin)
            code = main(["run", "--no-cache", "--on", *engine, "main.ktn"])
    finally:
        os.dup2(saved, 0)
        os.close(saved)
    out, err = capfd.readouterr()
    return code % 256, out, err


@pytest.mark.slow
@pytest.mark.parametrize("p", PROGRAMS, ids=lambda p: p.name)
def test_program(p: Program, bless: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture) -> None:
    for name, text in p.files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    on_vm = ran(p, ("vm",), tmp_path, capfd)
    assert on_vm == ran(p, ("evaluator",), tmp_path, capfd)
    code, out, err = on_vm
    if DIAGNOSTIC.search(err) is None:
        assert on_vm == ran(p, WRITTEN_PROGRAM, tmp_path, capfd)
    found = f"```output\n{out}{'' if out.endswith(chr(10)) else chr(10)}```\n" if out else ""
    found += f"```error {code}".rstrip(" 0") + f"\n{reduced(err)}```\n" if err else ""
    if bless:
        write(p, found)
    else:
        assert found == p.expected


def write(p: Program, found: str) -> None:
    """Puts what was found in the place of what the golden says."""
    kept = BLOCK.sub(lambda m: "" if m[1] in WRITTEN else m[0], p.text).rstrip("\n")
    whole = p.golden.read_text(encoding="utf-8")
    p.golden.write_text(whole.replace(f"## {p.text}", f"## {kept}\n{found}\n"), encoding="utf-8")


def test_titles_are_different() -> None:
    names = [p.name for p in PROGRAMS]
    assert sorted(set(names)) == sorted(names)
