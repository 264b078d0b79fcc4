"""The project's shape: short files and functions, passes that say what they are, documents that name only what exists."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kayton.commands.grammar import COMMANDS, parser
from kayton.pipelines import loading, registry

ROOT = Path(__file__).parent.parent
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
GENERATED = re.compile(r"generated (by|from)[^\n]*do not edit|@generated|Generated from", re.IGNORECASE)
LEFT_OUT = {".venv", "target", "__pycache__", ".git", "node_modules", "golden", ".hypothesis", ".pytest_cache"}


def files(*suffixes: str) -> list[Path]:
    """The project's own files with these endings."""
    found = []
    for folder in [ROOT]:
        stack = [folder]
        while stack:
            for path in sorted(stack.pop().iterdir()):
                if path.is_dir():
                    if path.name not in LEFT_OUT:
                        stack.append(path)
                elif path.suffix in suffixes:
                    found.append(path)
    return sorted(found)


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def generated(text: str) -> bool:
    return GENERATED.search(text[:600]) is not None


def table_of_kinds(path: Path, text: str) -> bool:
    """Whether a module of kayton/ir does little else than declare node kinds."""
    return path.parent.name == "ir" and text.count("\n@node\n") > 40


def texts(*suffixes: str) -> Iterator[tuple[Path, str]]:
    """Each of those files and what it says, generated ones left out."""
    for path in files(*suffixes):
        text = path.read_text(encoding="utf-8")
        if not generated(text):
            yield path, text


def test_files_are_short() -> None:
    long = [relative(p) for p, text in texts(".py", ".rs") if len(text.splitlines()) > LONGEST_FILE and not table_of_kinds(p, text)]
    assert long == []


def test_functions_are_short() -> None:
    long = []
    for path, text in texts(".py"):
        for n in ast.walk(ast.parse(text)):
            if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef) and n.end_lineno - n.lineno >= LONGEST_FUNCTION:
                long.append(f"{relative(path)}: {n.name} has {n.end_lineno - n.lineno + 1} lines")
    assert long == []


RUST_FUNCTION = re.compile(r"^(\s*)(?:pub(?:\([^)]*\))? )?(?:const )?(?:unsafe )?(?:extern \"C\" )?fn (\w+)[^;]*?\{$", re.MULTILINE)


def test_rust_functions_are_short() -> None:
    """By layout: a function ends at the closing brace in the column where it starts. A table in a `match` may be longer."""
    long = []
    for path, text in texts(".rs"):
        for start in RUST_FUNCTION.finditer(text):
            end = text.find(f"\n{start[1].strip(chr(10))}}}\n", start.end())
            body = text[start.start() : end].strip("\n").splitlines()
            table = sum(" => " in line for line in body) > len(body) / 2
            if len(body) + 1 > LONGEST_FUNCTION and not table:
                long.append(f"{relative(path)}: {start[2]} has {len(body) + 1} lines")
    assert long == []


def test_modules_and_public_names_say_what_they_are() -> None:
    """A function that a decorator puts into a table is said by its entry there."""
    silent = []
    for path, text in texts(".py"):
        if not relative(path).startswith("kayton/") or not text.strip():
            continue
        tree = ast.parse(text)
        public = [n for n in tree.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_") and not n.decorator_list]
        silent += [f"{relative(path)}: {getattr(n, 'name', 'the module')}" for n in (tree, *public) if not ast.get_docstring(n)]
    assert silent == []


def test_no_file_is_a_drawer() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert [relative(p) for p in files(".py", ".rs") if p.stem in drawers] == []


@pytest.mark.parametrize("name", registry.pass_files())
def test_a_pass_says_what_it_is(name: str) -> None:
    cls = registry.pass_class(name)
    first = ast.get_docstring(ast.parse(registry.pass_files()[name].read_text(encoding="utf-8"))).splitlines()[0]
    assert first == f"{name} : {cls.source.name} -> {cls.target.name}"


def test_every_pass_is_in_a_pipeline_and_has_a_golden() -> None:
    used = {name for pipeline in loading.pipeline_files() for name in loading.pass_names(pipeline)}
    assert set(registry.pass_files()) == used
    goldens = {p.parent.name for p in (ROOT / "tests/golden/passes").glob("*/*.md")}
    assert set(registry.pass_files()) - goldens == set()


def test_every_golden_program_has_an_expectation() -> None:
    folder = ROOT / "tests/golden/programs"
    programs = {p.with_suffix("") for p in folder.rglob("*.ktn")}
    expected = {p.with_suffix("") for p in folder.rglob("*") if p.suffix in {".out", ".err", ".exit", ".in"}}
    assert sorted(relative(p) for p in expected - programs) == []


DOCUMENTS = [p for p in files(".md") if relative(p).split("/")[0] in {"docs", "README.md", "CONTRIBUTING.md", "CHANGELOG.md"}]
FILE_NAME = re.compile(r"`((?:kayton|tests|docs|bench|examples|rt-crate)/[\w./-]*)`|\]\(([\w./-]+\.\w+)(?:#[\w-]*)?\)")
COMMAND = re.compile(r"(?<!`)`(?:kayton|make) ([a-z][^`]*)`|^(?:kayton|make) ([a-z].*)$", re.MULTILINE)


@pytest.mark.parametrize("path", DOCUMENTS, ids=relative)
def test_documents_name_files_that_exist(path: Path) -> None:
    missing = []
    for found in FILE_NAME.finditer(path.read_text(encoding="utf-8")):
        target = ROOT / found[1] if found[1] else path.parent / found[2]
        if "<" not in (found[0]) and not target.exists():
            missing.append(found[1] or found[2])
    assert missing == []


def commands() -> set[str]:
    """Every sub-command, `pipeline dump` and so on, and every target of the Makefile."""
    made: set[str] = set()
    stack = [("", parser(COMMANDS))]
    while stack:
        prefix, at = stack.pop()
        for action in at._actions:  # noqa: SLF001 (argparse has no other way to list sub-commands)
            if action.__class__.__name__ == "_SubParsersAction":
                for name, below in action.choices.items():
                    made.add(f"{prefix}{name}")
                    stack.append((f"{prefix}{name} ", below))
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    return made | set(targets)


@pytest.mark.parametrize("path", DOCUMENTS, ids=relative)
def test_documents_name_commands_that_exist(path: Path) -> None:
    known = commands()
    unknown = []
    for found in COMMAND.finditer(path.read_text(encoding="utf-8")):
        words = (found[1] or found[2]).split()
        alternatives = words[1].split("|") if len(words) > 1 and "|" in words[1] else None
        named = [f"{words[0]} {a}" for a in alternatives] if alternatives else [words[0]]
        if len(words) > 1 and f"{words[0]} {words[1]}" not in known and any(k.startswith(f"{words[0]} ") for k in known):
            named = named if alternatives else [" ".join(words[:2])]
        unknown += [n for n in named if n not in known]
    assert unknown == []


@pytest.mark.slow  # where the generator is not built yet
def test_the_isa_files_are_up_to_date() -> None:
    if shutil.which("cargo") is None:
        pytest.skip("needs cargo")
    run = subprocess.run(
        ["cargo", "run", "--quiet", "-p", "xtask", "--", "isa", "--check"], cwd=ROOT / "rt-crate", capture_output=True, text=True,
    )
    assert run.returncode == 0, run.stderr
