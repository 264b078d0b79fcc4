"""Native binaries: they do what the VM does, are not built twice, and a cache that something happened to is mended."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from tests.aot.outcomes import told

from kayton.runtime.native import build as building

pytestmark = pytest.mark.slow

PROGRAM = """use std.env
use std.json

fn deep(n):
    if n == 0: [1, 2][7]
    else: deep(n - 1)

fn plus(xs): xs[0] + 1

fn main():
    print(f"{env.args()} {input()} {input()} {input()}")
    eprint(plus(json.parse("[1]").unwrap()))
    match env.args()[0]:
        "fail": deep(30)
        "exit": env.exit(7)
        "err": return Err("no luck")
        _: ()
    Ok(())
"""

UNUSED = """
const SIZES = [k for k in 0..3000]

enum E:
    A(i64)
    B(str)

fn same(x, n): x

fn ever(k): ever(k + 1)

fn lines():
    while true:
        if input().is_none(): break

let kept = [E.A(1), same(E.B("b"), 2), same([None], 1)]
lines()
if SIZES.len() == 1: ever(1)
"""
"""What rustc would warn of, for its names or because it is not used."""


@pytest.fixture
def new() -> str:
    """A word that no program had before: the user's cache, which these tests share, may hold all that earlier runs have built."""
    return uuid4().hex


@pytest.fixture
def program(tmp_path: Path) -> Path:
    (tmp_path / "main.ktn").write_text(PROGRAM)
    return tmp_path


def outcome(done: subprocess.CompletedProcess) -> tuple[int, str, str]:
    return done.returncode, done.stdout, told(done.stderr)


@pytest.mark.parametrize("mode", ["aot-hybrid", "aot-dynamic"])
def test_the_same_as_on_the_vm(kayton, program: Path, mode: str) -> None:
    for words in (["ok", "b c"], ["fail"], ["exit"], ["err"], ["--", "-o"]):
        words = ["main.ktn", *words]
        expected = kayton("pipeline", "run", "vm", *words, stdin="first\nzwö")
        found = kayton("pipeline", "run", mode, *words, stdin="first\nzwö")
        assert outcome(found) == outcome(expected), words
    assert expected.stdout.startswith('["-o"]')


def test_a_binary_of_its_own(kayton, program: Path) -> None:
    built = kayton("aot", "build", "-o", "out/tool")
    assert (built.returncode, built.stdout) == (0, "")
    assert re.fullmatch(r"\d functions native, 1 thunk\n", built.stderr)
    done = subprocess.run(["out/tool", "ok"], input="", capture_output=True, text=True)
    assert outcome(done) == (0, '["ok"] None None None\n', "2\n")
    assert os.listdir("out") == ["tool"]
    kayton("aot", "build")
    assert Path("main").read_bytes() == Path("out/tool").read_bytes()


def test_output_that_nobody_reads(kayton, tmp_path: Path) -> None:
    (tmp_path / "main.ktn").write_text("for i in 0..1000000: print(i)\n")
    kayton("aot", "build")
    with subprocess.Popen(["./main"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as done:
        done.stdout.readline()
        done.stdout.close()
        assert (done.wait(), done.stderr.read()) == (141, b"")


def test_unchanged_input_needs_neither_compiler_nor_cargo(kayton, program: Path, fake_rust, monkeypatch) -> None:
    (program / "used.ktn").write_text("pub fn f(): 1\n")
    (program / "main.ktn").write_text("use used\nprint(used.f())\n")
    fake_rust(f'''echo "$@" >> {program}/ran
cp /bin/echo {program}/made
echo '{{"reason":"compiler-artifact","fresh":false,"target":{{"name":"program"}},"filenames":[],"executable":"{program}/made"}}' ''')
    counts = []
    for change in (None, None, "used.ktn", None, "used/mod.ktn"):
        if change is not None:
            (program / change).parent.mkdir(exist_ok=True)
            (program / change).write_text(f"pub fn f(): 2\n# {len(counts)}\n")
        assert kayton("aot", "build").returncode == 0
        counts.append(len((program / "ran").read_text().splitlines()))
    assert counts == [1, 1, 2, 2, 2]
    assert kayton("aot", "build", "--debug").returncode == 0
    assert "--release" not in (program / "ran").read_text().splitlines()[-1]


CUTS = {
    "before cargo does anything": "kill -9 $PPID",
    "while the crate is compiled": 'RUSTC="$0.rustc" cargo "$@"',
    "before the binary is copied": 'cargo "$@"; kill -9 $PPID',
}
KILLING_RUSTC = 'case "$*" in *"--crate-name program"*) kill -9 $PPID;; esac\nexec rustc "$@"'


@pytest.mark.parametrize("when", CUTS)
def test_a_build_that_is_killed_leaves_the_cache_sound(kayton, program: Path, when: str, new: str) -> None:
    for name, script in (("cut", CUTS[when]), ("cut.rustc", KILLING_RUSTC)):
        (program / name).write_text(f"#!/bin/sh\n{script}\n")
        (program / name).chmod(0o755)
    (program / "main.ktn").write_text(f'print("{new}")\n')
    assert kayton("aot", "build", "--debug", variables={"CARGO": str(program / "cut")}).returncode != 0
    assert not Path("main").exists()
    assert kayton("aot", "build", "--debug").returncode == 0
    assert subprocess.run(["./main"], capture_output=True, text=True).stdout == f"{new}\n"


def test_two_builds_at_once(kayton, program: Path, new: str) -> None:
    start = "import sys; from kayton.cli import main; sys.exit(main())"
    children = []
    for name in ("one", "two"):
        (program / f"{name}.ktn").write_text(f'print("{name} {new}")\n')
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        children.append(subprocess.Popen([sys.executable, "-P", "-c", start, "aot", "build", f"{name}.ktn"], env=environment))
    assert [child.wait() for child in children] == [0, 0]
    for name in ("one", "two"):
        assert subprocess.run([f"./{name}"], capture_output=True, text=True).stdout == f"{name} {new}\n"


def test_a_damaged_runtime_is_put_back(kayton, program: Path, new: str) -> None:
    kayton("aot", "build")
    (building.workshop().folder / "crate" / "runtime" / "crates" / "kayton-rt" / "Cargo.toml").unlink()
    (program / "main.ktn").write_text(f'print("{new}")\n')
    done = kayton("aot", "build")
    assert done.returncode == 0, done.stderr
    assert subprocess.run(["./main"], capture_output=True, text=True).stdout == f"{new}\n"


def test_a_loaded_vm(kayton, program: Path) -> None:
    assert kayton("aot", "build", "--hybrid=dynamic", "-o", "out/tool").returncode == 0
    assert sorted(os.listdir("out")) == sorted(["tool", building.VM_LIBRARY])
    run = lambda **more: subprocess.run(["out/tool", "ok"], input="", capture_output=True, text=True, env={**os.environ, **more})  # noqa: E731
    assert run().stdout == '["ok"] None None None\n'
    library = Path("out", building.VM_LIBRARY)
    moved = shutil.move(library, "elsewhere.so")
    missing = run()
    assert missing.returncode == 2
    assert f"error: this program needs the library {building.VM_LIBRARY}, which is not there\n  looked for " in missing.stderr
    assert "set KAYTON_VM to its path" in missing.stderr
    assert run(KAYTON_VM=os.path.abspath(moved)).returncode == 0
    library.write_bytes(b"no library")
    assert "cannot load the VM" in run().stderr


def test_a_library_of_another_version_is_refused(kayton, program: Path, tmp_path: Path) -> None:
    kayton("aot", "build", "--hybrid=dynamic", "-o", "tool")
    library = tmp_path / building.VM_LIBRARY
    stamp = building.workshop().identity
    data = library.read_bytes()
    assert data.count(stamp.encode()) == 1
    library.write_bytes(data.replace(stamp.encode(), stamp.encode()[::-1]))
    done = subprocess.run(["./tool", "ok"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "is of another version than this program" in done.stderr


def test_a_strict_build_lists_each_thunk(kayton, program: Path) -> None:
    done = kayton("aot", "build", "--aot-strict")
    assert done.returncode == 1
    assert "error[K0901]: an expression of main.plus needs a bytecode thunk (KT0101)\n --> main.ktn:8:14\n" in done.stderr
    assert not Path("main").exists()


def test_explain(kayton, program: Path) -> None:
    done = kayton("aot", "explain", "--thunks")
    assert done.returncode == 0
    assert "thunk 0: main.plus.<expression>4 (main.plus#0~<expression>4)\n  at main.ktn:8:14\n  KT0101: " in done.stdout
    assert re.search(r"\n\n\d thunks?\n$", done.stdout)


def test_the_emitted_crate_is_whole_and_free_of_warnings(kayton, program: Path) -> None:
    (program / "main.ktn").write_text(PROGRAM + UNUSED)
    assert kayton("aot", "build", "--emit", "rust", "-o", "crate").returncode == 0
    place = building.workshop()
    for path in Path("crate/runtime").rglob("*"):
        os.utime(path, (1, 1))  # what cargo has compiled of the same sources is newer, and serves
    done = subprocess.run(
        ["cargo", "build", "--offline", "--release", "--manifest-path", "crate/Cargo.toml", "--target-dir", place.folder / "target"],
        capture_output=True, text=True, env={**os.environ, "KAYTON_RUNTIME_STAMP": place.identity},
    )
    assert done.returncode == 0, done.stderr
    assert "warning" not in done.stderr


@pytest.mark.parametrize("words", [("aot", "build", "main"), ("aot", "build", "main", "-o", "other.ktn"), ("pipeline", "run", "vm", "main", "-o", "main")])
def test_a_program_is_not_overwritten(kayton, program: Path, words: tuple[str, ...]) -> None:
    for name in ("main", "other.ktn"):
        (program / name).write_text(PROGRAM)
    done = kayton(*words)
    assert done.returncode == 2
    assert done.stderr == f"error: {words[-1]} is the source of a program and would be overwritten\n  help: give another name with -o\n"
    assert (program / words[-1]).read_text() == PROGRAM


def test_the_program_may_come_after_the_mode(kayton, program: Path) -> None:
    for mode in ("--hybrid", "--hybrid=dynamic"):
        assert kayton("aot", "build", mode, "main.ktn", "--emit", "rust").returncode == 0


def test_compile_errors_come_first(kayton, tmp_path: Path) -> None:
    (tmp_path / "main.ktn").write_text("print(nowhere)\n")
    done = kayton("aot", "build")
    assert done.returncode == 1
    assert "nowhere" in done.stderr
