"""The same input gives the same bytes: whatever the process, the order of sets, the working directory, the way the path is written,
or the order in which a folder lists its files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden" / "programs"

DIGESTS = """
import hashlib, json, sys
from kayton.diagnostics.machine_form import diagnostics_lines
from kayton.diagnostics.render import render
from kayton.ir.text import pretty, with_ids
from kayton.passes.framework import Cx
from kayton.pipelines import sources
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Settings, run

steps, found = load("vm"), {}
names, dumped = json.load(sys.stdin)
for name in names:
    cx = Cx()
    cx.loader = sources.Loader(cx)
    dumps = hashlib.sha256()
    look = [lambda done: dumps.update(pretty(done.after, with_ids).encode())] if name in dumped else []
    made = run(steps, sources.from_file(name, cx), cx, Settings(verify="off"), look)
    data = made.tree.file.data if made.ok and made.finished else b"none"
    said = render(cx.diagnostics, cx.sources) + diagnostics_lines(cx.diagnostics, cx.sources)
    found[name] = [hashlib.sha256(data).hexdigest(), hashlib.sha256(said.encode()).hexdigest(), dumps.hexdigest()]
print(json.dumps(found))
"""


def digests(folder: Path, names: list[str], dumped: list[str], hash_seed: str) -> dict[str, list[str]]:
    """Of each program the digests of its bytecode, of what the compiler says, and of all dumps with ids, from a new process."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": hash_seed}
    done = subprocess.run(
        [sys.executable, "-c", DIGESTS], cwd=folder, env=environment, input=json.dumps([names, dumped]), capture_output=True, text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def relative_programs() -> list[str]:
    return sorted(p.relative_to(GOLDEN).as_posix() for p in GOLDEN.rglob("*.ktn"))


@pytest.mark.slow
def test_every_program_in_two_processes(tmp_path: Path) -> None:
    """In another folder, whose files were made in another order, and with other hashes."""
    names = relative_programs()
    for name in reversed(names):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(GOLDEN / name, tmp_path / name)
        (tmp_path / name).with_name("aaa_another.ktn").touch()
    dumped = [name for i, name in enumerate(names) if i % 12 == 0]
    first = digests(GOLDEN, names, dumped, "0")
    assert first == digests(tmp_path, names, dumped, "12345")
    assert len({bytecode for bytecode, _, _ in first.values()}) > 100


def test_any_way_to_write_the_path(tmp_path: Path) -> None:
    """Bytecode names its files by their place beside the main file."""
    folder = GOLDEN / "modules" / "folder"
    copied = tmp_path / "somewhere" / "else"
    shutil.copytree(folder, copied)
    ways = [
        (folder, "main.ktn"), (folder, "./main.ktn"), (folder.parent, "folder/main.ktn"), (tmp_path, str(folder / "main.ktn")),
        (tmp_path, "somewhere/else/main.ktn"),
    ]
    found = {digests(where, [name], [], "0")[name][0] for where, name in ways}
    assert len(found) == 1


@pytest.mark.parametrize("on", ["vm", "evaluator"])
def test_errors_name_the_file_as_it_was_given(on: str, tmp_path: Path) -> None:
    shutil.copytree(GOLDEN / "errors" / "runtime" / "in_module", tmp_path / "below")
    for where, name, shown in [
        (tmp_path, "below/main.ktn", "below/helper.ktn"), (tmp_path / "below", "main.ktn", "helper.ktn"),
        (tmp_path / "below", str(tmp_path / "below" / "main.ktn"), str(tmp_path / "below" / "helper.ktn")),
    ]:
        start = "import sys; from kayton.cli import main; sys.exit(main())"
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "KAYTON_CACHE": str(tmp_path / "cache")}
        for _ in range(2):  # compiled, and from the cache
            done = subprocess.run(
                [sys.executable, "-c", start, "run", "--on", on, name], cwd=where, env=environment, capture_output=True, text=True,
            )
            assert done.returncode == 101
            assert f" --> {shown}:" in done.stderr
            assert f" at {name}:" in done.stderr
