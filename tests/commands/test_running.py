"""`kayton run`: arguments, streams, exit codes, .kbc files, and what people do to processes; by the launcher and by Python."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from kayton.pipelines.loading import load
from kayton.pipelines.manager import Settings, run_text
from tests.commands.processes import BY_LAUNCHER, BY_PYTHON, WAYS, Done, allow_python, environment, forbid_python, run, start

ARGS = "use std.env\n\nfn main(): print(env.args())\n"
ENDLESS = 'fn main():\n    print("so far")\n    eprint("ready")\n    loop: ()\n'
WAITING = 'fn main():\n    print("so far")\n    eprint("ready")\n    print(input())\n'
FAILING = 'fn half(x): 10 // x\n\nfn main():\n    print("before")\n    print(half(0))\n'
FAILING_DEEP = FAILING.replace("10 // x", "if x < 200: half(x + 1) + half(x + 2) else: 1 // 0")
LIMITED = "fn f(n): f(n + 1) + 1\n\nfn main(): print(f(0))\n"


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """How the command is started."""
    return WAYS[request.param]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder for programs."""
    return tmp_path


def program(home: Path, text: str) -> str:
    """A program that is compiled already, so that the launcher runs it itself."""
    (home / "p.ktn").write_text(text)
    (home / "p.kbc").write_bytes(compiled(text))
    return "p.kbc"


@cache
def compiled(text: str) -> bytes:
    """The bytecode of a program that is called p.ktn."""
    result = run_text(load("vm"), "p.ktn", text, Settings(verify="off"))
    assert result.ok, result.diagnostics
    return result.tree.file.data


@pytest.mark.parametrize(("words", "expected"), [
    ([], []),
    (["a", "b c"], ["a", "b c"]),
    (["--opt", "7", "-h", "--help", "--max-steps=1"], ["--opt", "7", "-h", "--help", "--max-steps=1"]),
    (["--", "-x"], ["-x"]),
    (["--", "--"], ["--"]),
    (["a", "--", "b"], ["a", "--", "b"]),
    (["", "é"], ["", "é"]),
    ([b"\xff"], ["�"]),
])
def test_arguments(words: list, expected: list[str], way: tuple[str, ...], home: Path) -> None:
    shown = "[" + ", ".join(f'"{word}"' for word in expected) + "]\n"
    for options in ([], ["--max-steps", "1000"]):
        done = run(way, home, "run", *options, program(home, ARGS), *words)
        assert (done.returncode, done.stdout, done.stderr) == (0, shown, "")


def test_arguments_of_a_program_that_is_not_named(way: tuple[str, ...], home: Path) -> None:
    (home / "main.ktn").write_text(ARGS)
    for _ in range(2):
        assert run(way, home, "run", "--", "--x", "--").stdout == '["--x", "--"]\n'
        assert run(way, home, "run").stdout == "[]\n"


@pytest.mark.parametrize(("text", "code", "error"), [
    ("use std.env\n\nfn main(): env.exit(7)\n", 7, ""),
    ('fn main() -> Result[i64, str]: Err("no")\n', 1, "error: no\n"),
    ("fn main() -> Result[i64, str]: Ok(3)\n", 0, ""),
])
def test_exit_codes(text: str, code: int, error: str, way: tuple[str, ...], home: Path) -> None:
    done = run(way, home, "run", program(home, text))
    assert (done.returncode, done.stderr) == (code, error)


def test_compile_errors(way: tuple[str, ...], home: Path) -> None:
    (home / "main.ktn").write_text("fn main(): print(nothing)\n")
    done = run(way, home, "run")
    assert done.returncode == 1 and "main.ktn:1:18" in done.stderr


def test_standard_input(way: tuple[str, ...], home: Path) -> None:
    text = "fn main():\n    while let Some(line) = input(): print(line.len())\n"
    assert run(way, home, "run", program(home, text), stdin="ab\nc\n\ndef").stdout == "2\n1\n0\n3\n"


# ── errors at run time ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", [FAILING, FAILING_DEEP])
def test_a_run_time_error_is_the_same_every_way(text: str, home: Path) -> None:
    (home / "main.ktn").write_text(text)
    shown = [run(WAYS[way], home, "run", "main.ktn") for way in (*WAYS, *WAYS)]
    shown.append(run(BY_PYTHON, home, "run", "--on", "evaluator", "main.ktn"))
    assert {(d.returncode, d.stdout, d.stderr) for d in shown} == {(101, "before\n", shown[0].stderr)}
    assert shown[0].stderr.startswith("error: division by zero\n --> main.ktn:1:")
    assert "1 | fn half(x): " in shown[0].stderr and "in main at main.ktn:5:11" in shown[0].stderr


def test_an_error_of_many_characters(home: Path) -> None:
    text = 'fn main(): panic("\\"q\\" \\\\ tab\\t é \\u{1F600} \\u{1}")\n'
    shown = [run(WAYS[way], home, "run", program(home, text)) for way in WAYS]
    assert shown[0].stderr == shown[1].stderr and '"q" \\ tab\t é 😀 \x01\n' in shown[0].stderr


def test_without_python_an_error_still_has_its_place(home: Path) -> None:
    name = program(home, FAILING)
    forbid_python(home)
    done = run(BY_LAUNCHER, home, "run", name)
    assert done.returncode == 101
    assert done.stderr.endswith("error: division by zero\n --> p.ktn:1:13\n")
    allow_python(home)


def test_a_launcher_without_any_python_says_so(home: Path) -> None:
    done = run(BY_LAUNCHER, home, "check", "main.ktn", KAYTON_PYTHON="/no/such/python")
    assert done.returncode == 70 and "cannot start /no/such/python" in done.stderr and "KAYTON_PYTHON" in done.stderr


def test_a_python_without_the_package_is_named(home: Path) -> None:
    done = run(BY_LAUNCHER, home, "check", "main.ktn", PYTHONPATH="", KAYTON_PYTHON=os.path.realpath(BY_PYTHON[0]))
    assert done.returncode == 1 and "has no package kayton" in done.stderr


# ── .kbc files ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_kbc_file_needs_nothing_else(way: tuple[str, ...], home: Path) -> None:
    """Its error messages show the source that it holds."""
    name = program(home, FAILING)
    (home / "p.ktn").unlink()
    done = run(way, home, "run", name)
    assert done.returncode == 101 and "1 | fn half(x): 10 // x\n" in done.stderr
    assert not list((home / "cache").glob("*.program"))


def test_the_launcher_runs_kbc_files_itself(home: Path) -> None:
    name = program(home, ARGS)
    forbid_python(home)
    assert run(BY_LAUNCHER, home, "run", name, "x").stdout == '["x"]\n'


@pytest.mark.parametrize("damage", ["cut", "empty", "text", "missing", "folder"])
def test_what_is_no_kbc_file(damage: str, way: tuple[str, ...], home: Path) -> None:
    name = program(home, ARGS)
    data = (home / name).read_bytes()
    (home / name).unlink()
    if damage == "folder":
        (home / name).mkdir()
    elif damage != "missing":
        (home / name).write_bytes({"cut": data[:-3], "empty": b"", "text": b"fn main(): ()\n"}[damage])
    done = run(way, home, "run", name)
    said = {"missing": "cannot read p.kbc: no such file", "folder": "cannot read p.kbc: is a directory"}
    assert (done.returncode, done.stdout) == (2, "")
    assert said.get(damage, "p.kbc is not valid bytecode") in done.stderr


def test_the_evaluator_wants_source(home: Path) -> None:
    done = run(BY_PYTHON, home, "run", "--on", "evaluator", program(home, ARGS))
    assert done.returncode == 2 and "p.kbc is bytecode" in done.stderr


# ── streams and signals ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("on", ["vm", "evaluator"])
@pytest.mark.parametrize("lines", [1, 100_000])
def test_output_lost_to_a_full_disk_is_an_error(lines: int, on: str, way: tuple[str, ...], home: Path) -> None:
    text = f'fn main():\n    for i in 0..{lines}: print("a line of some length")\n'
    (home / "p.ktn").write_text(text)
    words = ["run", program(home, text)] if on == "vm" else ["run", "--on", "evaluator", "p.ktn"]
    with open("/dev/full", "w") as full:
        process = start(way, home, *words, stdout=full, stderr=subprocess.PIPE, text=True)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 101
    assert err.startswith("error: cannot write to standard output\n") and "Traceback" not in err


@pytest.mark.parametrize("words", [["pass", "list"], ["lang"]])
def test_output_of_other_commands_lost_to_a_full_disk(words: list[str], home: Path) -> None:
    with open("/dev/full", "w") as full:
        process = start(BY_PYTHON, home, *words, stdout=full, stderr=subprocess.PIPE, text=True)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2 and err.count("\n") == 1 and "No space left on device" in err


def test_a_closed_standard_output_takes_everything(way: tuple[str, ...], home: Path) -> None:
    process = start(way, home, "run", program(home, ARGS), preexec_fn=lambda: os.close(1), stderr=subprocess.PIPE)
    assert process.communicate(timeout=60) == (None, b"") and process.returncode == 0


def test_a_reader_that_goes_away_ends_the_program(way: tuple[str, ...], home: Path) -> None:
    text = "fn main():\n    let mut i = 0\n    loop:\n        print(i)\n        i += 1\n"
    process = start(way, home, "run", program(home, text), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout.readline() == b"0\n"
    process.stdout.close()
    assert process.stderr.read() == b"" and process.wait(timeout=60) == 141


@pytest.mark.parametrize("text", [ENDLESS, WAITING], ids=["computing", "waiting for input"])
def test_ctrl_c(text: str, way: tuple[str, ...], home: Path) -> None:
    """What was written so far is there."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = start(way, home, "run", program(home, text), **pipes)
    assert process.stderr.readline() == b"ready\n"
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 130
    assert (process.stdout.read(), process.stderr.read()) == (b"so far\n", b"")
    process.stdin.close()


def test_a_folder_that_is_gone(way: tuple[str, ...], home: Path) -> None:
    (home / "gone").mkdir()
    name = str(home / program(home, ARGS))
    script = 'cd gone && rmdir ../gone && exec "$@"'
    done = subprocess.run(
        ["sh", "-c", script, "sh", *way, "run", name], cwd=home, env=environment(home), capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


# ── limits ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def limited(way: tuple[str, ...], home: Path, text: str, *options: str) -> Done:
    """Runs a program with limits; it must end with a run-time error in main."""
    done = run(way, home, "run", *options, program(home, text))
    assert done.returncode == 101, done.stderr
    return done


def test_the_limits_end_in_an_error_with_its_place(way: tuple[str, ...], home: Path) -> None:
    endless = "fn main():\n    let mut i = 0\n    loop:\n        i += 1\n"
    deep = limited(way, home, LIMITED, "--max-depth", "50").stderr
    assert deep.startswith("error: call depth limit reached\n --> p.ktn:1:10\n") and "in main at p.ktn:3:18" in deep
    assert "… 48 more calls …" in deep, "50 calls in all, main's included"
    steps = limited(way, home, endless, "--max-steps=5000").stderr
    assert steps.startswith("error: step limit reached\n --> p.ktn:4:9\n")
    time = limited(way, home, endless, "--timeout", "0.05").stderr
    assert time.startswith("error: time limit reached\n --> p.ktn:4:9\n")


def test_the_time_limit_while_waiting_for_input(way: tuple[str, ...], home: Path) -> None:
    process = start(
        way, home, "run", "--timeout", "0.1", program(home, WAITING),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )
    assert process.wait(timeout=60) == 101
    assert process.stdout.read() == b"so far\n" and process.stderr.read() == b"ready\nerror: time limit reached\n"
    process.stdin.close()


def test_the_evaluator_has_the_same_limits(home: Path) -> None:
    (home / "p.ktn").write_text(LIMITED)
    on = {e: run(BY_PYTHON, home, "run", "--on", e, "--max-depth", "50", "p.ktn") for e in ("vm", "evaluator")}
    assert on["vm"].returncode == on["evaluator"].returncode == 101
    assert on["vm"].stderr == on["evaluator"].stderr
    (home / "p.ktn").write_text("fn main():\n    let mut xs = []\n    loop: xs.push([0; 100])\n")
    words = ("run", "--on", "evaluator", "p.ktn")
    for option, message in (("--max-steps=5000", "step"), ("--timeout=0.05", "time"), ("--max-memory=8MB", "memory")):
        done = run(BY_PYTHON, home, *words[:-1], option, words[-1])
        assert done.returncode == 101 and message in done.stderr.splitlines()[0] and "p.ktn:3:" in done.stderr


PEAK = """import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)"""
"""Runs a command and says how much memory it had. A small process does, since what one has at first counts as its child's."""

HUNGRY = {
    "one list": "fn main(): print([0; 10 ** 12].len())",
    "one text": 'fn main(): print("ab".repeat(10 ** 12).len())',
    "a growing list": "fn main():\n    let mut xs = []\n    loop: xs.push(1)",
    "a growing text": 'fn main():\n    let mut s = "x"\n    loop: s = s + s',
    "a growing map": "fn main():\n    let mut m = {}\n    let mut i = 0\n    loop:\n        m[i] = i\n        i += 1",
    "a growing set": "fn main():\n    let mut m = Set()\n    let mut i = 0\n    loop:\n        m.add(i)\n        i += 1",
    "small values": "fn main():\n    let mut xs = []\n    loop: xs.push((1, [2]))",
    "a chain": "enum L:\n    E\n    C(L)\nfn main():\n    let mut xs = E\n    loop: xs = C(xs)",
    "class instances": "class N:\n    next\nfn main():\n    let mut n = N(())\n    loop: n = N(n)",
    "calls": "fn f(n, a, b, c): f(n + 1, [n], b, c) + 1\nfn main(): f(0, 0, 0, 0)",
    "callbacks": "fn f(n): [n].map(|x| f(x + 1))[0]\nfn main(): f(0)",
    "a comprehension": "fn main(): print([[x] for x in 0..10 ** 12].len())",
    "a range as list": "fn main(): print((0..10 ** 12).to_list().len())",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HUNGRY)
def test_memory_is_really_bounded(name: str, home: Path) -> None:
    """The process grows by not much more than it may: what it has in all is asked of the system."""
    bytecode = program(home, HUNGRY[name] + "\n")
    options = ["--max-memory", "40MB", *(["--max-depth", "10000000"] if name.startswith("call") else [])]
    done = run((sys.executable, "-S", "-c", PEAK, *BY_LAUNCHER), home, "run", *options, bytecode)
    err = done.stderr
    assert done.returncode == 101
    message = err.splitlines()[0]
    assert message == "error: out of memory limit" or (name == "callbacks" and message == "error: call depth limit reached")
    assert " --> p.ktn:" in err
    peak = int(done.stdout.splitlines()[-1])
    assert peak < 80_000, f"{peak} kB"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["one list", "a growing text", "class instances", "a comprehension", "large values"])
def test_memory_is_bounded_on_the_evaluator(name: str, home: Path) -> None:
    """Its process grows by little more than it may, beyond what it takes to compile a program and start."""
    source = {**HUNGRY, "large values": "fn main():\n    let mut xs = []\n    loop: xs.push([0; 100_000])"}[name]
    words = ("run", "--on", "evaluator", "--max-memory", "24MB", "--max-depth", "10000000", "p.ktn")
    peaks = []
    for text in ("fn main(): ()", source):
        (home / "p.ktn").write_text(text + "\n")
        done = run((sys.executable, "-S", "-c", PEAK, *BY_PYTHON), home, *words)
        peaks.append(int(done.stdout.splitlines()[-1]))
    assert done.returncode == 101
    assert done.stderr.startswith("error: out of memory limit\n --> p.ktn:")
    assert peaks[1] - peaks[0] < 32_000, f"{peaks[1] - peaks[0]} kB"
