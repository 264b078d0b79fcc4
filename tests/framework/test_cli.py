"""The command line: every sub-command does what it says, and no input makes it show a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kayton.cli import main
from kayton.ir.json_form import from_json
from kayton.ir.text_reader import read

ROOT = Path(__file__).parents[2]
PROGRAM = """fn twice(x: i64) -> i64: x + x

fn main():
    for x in [1, 2]:
        print(twice(x))
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a program."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.ktn").write_text(PROGRAM)
    return tmp_path


def kayton(capsys: pytest.CaptureFixture, *words: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command."""
    try:
        code = main(words)
    except SystemExit as stop:
        code = stop.code
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return code, out, err


def test_dump_as_text(home: Path, capsys) -> None:
    code, out, _ = kayton(capsys, "pipeline", "dump", "--after", "parse")
    assert code == 0
    assert "(for" in out
    assert read(out).modules[0].name == "main"
    _, with_ids, _ = kayton(capsys, "pipeline", "dump", "--after", "parse", "--ids")
    assert "@main.twice#" in with_ids and read(with_ids).modules[0].body[0].id.startswith("main.twice#")


def test_dump_before_is_dump_after_the_pass_before(home: Path, capsys) -> None:
    assert kayton(capsys, "pipeline", "dump", "--before", "hoist") == kayton(capsys, "pipeline", "dump", "--after", "resolve-m")


def test_dump_as_json(home: Path, capsys) -> None:
    code, _, _ = kayton(capsys, "pipeline", "dump", "--after", "parse", "--format", "json", "-o", "tree.json")
    assert code == 0
    tree = from_json((home / "tree.json").read_text())
    assert tree.modules[0].body[0].name == "twice" and tree.modules[0].body[0].span is not None


def test_dump_a_difference(home: Path, capsys) -> None:
    _, out, _ = kayton(capsys, "pipeline", "dump", "--after", "desugar-for", "--diff")
    assert any(line.startswith("- ") and "(for" in line for line in out.splitlines())
    assert any(line.startswith("+ ") and "(for-each x" in line for line in out.splitlines())
    assert "twice\n  params" not in out
    _, out, _ = kayton(capsys, "pipeline", "dump", "--after", "desugar-if-let", "--diff")
    assert out == "(nothing changed)\n"


def test_dump_one_function(home: Path, capsys) -> None:
    _, out, _ = kayton(capsys, "pipeline", "dump", "--after", "parse", "--function", "twice")
    assert out.startswith("(fn-def twice") and "print" not in out


@pytest.mark.parametrize("arguments", [["--function", "main"], [], ["--diff"], ["--diff", "--function", "main"]])
def test_dump_as_a_picture(arguments: list[str], home: Path, capsys) -> None:
    code, out, err = kayton(capsys, "pipeline", "dump", "--after", "desugar-for", "--format", "svg", *arguments)
    assert code == 0, err
    assert "<svg" in out and "for&#45;each" in out


def test_drawing_without_dot_says_how_to_install_it(home: Path, capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(home))
    code, _, err = kayton(capsys, "pipeline", "dump", "--after", "parse", "--format", "svg")
    assert code == 2 and "apt install graphviz" in err
    code, out, _ = kayton(capsys, "pipeline", "dump", "--after", "parse", "--format", "dot")
    assert code == 0 and out.startswith("digraph")


def test_lists_and_shows(home: Path, capsys) -> None:
    assert "front " in kayton(capsys, "pipeline", "list")[1]
    assert "desugar-for              QuestionFree -> ForFree" in kayton(capsys, "pipeline", "show", "front")[1]
    assert "▼  Core" in kayton(capsys, "pipeline", "graph", "front")[1]
    assert "ForFree" in kayton(capsys, "pipeline", "graph", "front", "--format", "svg")[1]
    assert "  desugar-for" in kayton(capsys, "pass", "list")[1]
    shown = kayton(capsys, "pass", "show", "desugar-q")[1]
    assert shown.startswith("desugar-question : IfLetFree -> QuestionFree") and "try => success-or" in shown
    assert "QuestionFree" in kayton(capsys, "lang")[1]
    assert "  (success-or value: Expr name: str failure: Expr)" in kayton(capsys, "lang", "core")[1]
    assert kayton(capsys, "lang", "--diff", "IfLetFree", "QuestionFree")[1] == (
        "IfLetFree -> QuestionFree\n- Expr: (try value: Expr)\n+ Expr: (success-or value: Expr name: str failure: Expr)\n"
    )


def test_run_options(home: Path, capsys) -> None:
    words = ("pipeline", "run", "front", "main.ktn", "--verify", "each", "--timings", "--print-after", "parse", "--print-changed")
    code, out, err = kayton(capsys, *words)
    assert code == 0 and read(out)
    assert ";; after parse, in Surface" in err and ";; changed by desugar-for" in err
    assert "desugar-question changed nothing" in err and "share" in err


def test_compile_errors(home: Path, capsys) -> None:
    (home / "main.ktn").write_text("fn main():\n    let = 3\n    let b c\n")
    code, out, err = kayton(capsys, "pipeline", "run", "front")
    assert (code, out) == (1, "")
    assert "main.ktn:2:9" in err and "main.ktn:3:" in err


USAGE = {
    "no file": (["pipeline", "dump", "--after", "parse", "nope.ktn"], "cannot read nope.ktn: no such file or directory"),
    "a folder": (["pipeline", "run", "front", "."], "cannot read .: is a directory\n  help: did you mean main.ktn?"),
    "no ending": (["run", "main"], "cannot read main: no such file or directory\n  help: did you mean main.ktn?"),
    "a slip": (["check", "mian.ktn"], "cannot read mian.ktn: no such file or directory\n  help: did you mean main.ktn?"),
    "unknown pass": (["pipeline", "dump", "--after", "prase"], "there is no pass prase; did you mean parse?"),
    "ambiguous pass": (["pipeline", "dump", "--after", "desugar"], "desugar may be any of desugar-"),
    "unknown pipeline": (["pipeline", "run", "fornt"], "there is no pipeline fornt; did you mean front?"),
    "unknown language": (["lang", "Sorface"], "there is no language Sorface; did you mean Surface?"),
    "unknown function": (["pipeline", "dump", "--after", "parse", "--function", "twise"], "did you mean twice?"),
    "no pass named": (["pipeline", "dump"], "say --after PASS or --before PASS"),
    "nothing before": (["pipeline", "dump", "--before", "lex"], "lex is the first pass"),
    "not to be skipped": (["pipeline", "run", "front", "--skip", "parse"], "parse cannot be skipped"),
    "cannot write": (["pipeline", "dump", "--after", "parse", "-o", "no/such"], "cannot write no/such"),
    "no reproducer": (["pipeline", "run", "--reproduce", "main.ktn"], "main.ktn is not a reproducer"),
    "after without evaluator": (["run", "--after", "parse"], "add --on evaluator"),
    "name and difference": (["lang", "Core", "--diff", "Core", "Core"], "name one language, or two after --diff"),
    "a difference has no JSON": (["pipeline", "dump", "--after", "parse", "--diff", "--format", "json"], "has no JSON form"),
    "unknown command": (["rnu"], "there is no command rnu; did you mean run?"),
    "a file as command": (["main.ktn"], "help: `kayton run main.ktn` runs that file"),
    "unknown option": (["run", "--fast"], "unrecognized arguments: --fast\n  help: `kayton --help`"),
    "arguments for nobody": (["check", "main.ktn", "--", "x"], "nobody to take what follows --"),
    "no size": (["run", "--max-memory", "lots"], "expected a size such as 64MB or 1.5GiB, found 'lots'"),
    "no depth": (["run", "--max-depth", "0"], "expected a whole number of at least 1, found '0'"),
    "no time": (["run", "--timeout", "nan"], "expected a number of seconds, found 'nan'"),
    "a NUL in a name": (["pipeline", "run", "front", "a\0b"], "cannot read"),
}


@pytest.mark.parametrize("name", USAGE)
def test_wrong_use(name: str, home: Path, capsys) -> None:
    words, message = USAGE[name]
    code, out, err = kayton(capsys, *words)
    assert (code, out) == (2, "")
    assert message in err


def test_the_file_is_found(home: Path, capsys) -> None:
    (home / "main.ktn").rename(home / "other.ktn")
    code, _, err = kayton(capsys, "pipeline", "run", "front")
    assert code == 2 and "there is no main.ktn" in err
    (home / "kayton.toml").write_text('main = "other.ktn"\n')
    assert kayton(capsys, "pipeline", "run", "front")[0] == 0
    (home / "kayton.toml").write_text("main = 3\n")
    assert "main must be a file's path, not 3" in kayton(capsys, "pipeline", "run", "front")[2]
    (home / "kayton.toml").write_text("main = \n")
    assert kayton(capsys, "pipeline", "run", "front")[0] == 2


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", bytes(range(256)) * 40, b"fn main():\n    print(\"\xc3\")\n"])
def test_what_is_no_text(data: bytes, home: Path, capsys) -> None:
    (home / "main.ktn").write_bytes(data)
    code, _, err = kayton(capsys, "pipeline", "run", "front")
    assert code == 1 and "this file is not UTF-8 text" in err and "main.ktn:" in err


BROKEN = '''
from kayton.ir.surface import Name, Surface
from kayton.passes.framework import Cx, Pass, frozen, rule


@frozen
class Broken(Pass):
    source = Surface
    target = Surface

    @rule
    def variable(self, n: Name, cx: Cx) -> Name:
        return 1 / 0
'''


def test_a_bug_of_a_pass_is_reported_with_a_reproducer(home: Path, capsys) -> None:
    (home / "broken.py").write_text(BROKEN)
    (home / "mine.toml").write_text('name = "mine"\n[[pass]]\nuse="lex"\n[[pass]]\nuse="parse"\n[[pass]]\nuse="./broken.py"\n')
    code, _, err = kayton(capsys, "pipeline", "run", "mine.toml")
    assert code == 70
    assert "the pass broken failed: ZeroDivisionError" in err
    (reproducer,) = home.glob("kayton-bug-broken-*.json")
    assert reproducer.name in err
    again = kayton(capsys, "pipeline", "run", "--reproduce", reproducer.name)
    assert again[0] == 70 and "ZeroDivisionError" in again[2]
    (home / "broken.py").write_text(BROKEN.replace("1 / 0", "n"))
    sys.modules.pop(next(name for name in sys.modules if name.startswith("kayton_pass_") and hasattr(sys.modules[name], "Broken")))
    code, out, _ = kayton(capsys, "pipeline", "run", "--reproduce", reproducer.name)
    assert code == 0 and "no longer fails" in out


def test_a_bug_outside_of_passes_is_reported(home: Path, capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kayton.commands.pipeline.list_all", lambda args: {}["nothing"])
    code, _, err = kayton(capsys, "pipeline", "list")
    assert code == 70 and "internal error: KeyError: 'nothing'" in err
    (details,) = home.glob("kayton-crash-*.txt")
    assert "Traceback" in details.read_text() and details.name in err


def start(*words: str, **options) -> subprocess.Popen:
    """A `kayton` process of its own."""
    code = "import sys; from kayton.cli import main; sys.exit(main())"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", code, *words], env=environment, stderr=subprocess.PIPE, **options)


def test_a_reader_that_went_away(home: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    process = start("pipeline", "dump", "--after", "parse", stdout=writer)
    os.close(writer)
    assert process.stderr.read() == b""
    assert process.wait() == 141


def test_closed_output(home: Path) -> None:
    process = start("pipeline", "list", preexec_fn=lambda: os.close(1))
    assert process.stderr.read() == b""
    assert process.wait() == 0


@pytest.mark.slow
def test_ctrl_c(home: Path) -> None:
    (home / "main.ktn").write_text("\n".join(f"fn f{i}(x): x + {i} * 2" for i in range(30000)) + "\nfn main(): print(1)\n")
    process = start("pipeline", "run", "front", stdout=subprocess.DEVNULL)
    time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    assert process.stderr.read() == b""
    assert process.wait() == 130
