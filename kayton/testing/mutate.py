"""Programs with mistakes: real ones, a few words or lines of them changed, through the whole compiler.

    python -m kayton.testing.mutate [--programs N] [--from SEED] PATH…

Each must compile to bytecode that the VM accepts, or have errors to report. Prints each that does neither, and ends with code 1
when there was one. What compiles is run too, for at most a few thousand steps.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from kayton.diagnostics.render import render
from kayton.passes.framework import Cx
from kayton.passes.front.lexing.rules import KEYWORDS
from kayton.pipelines import sources
from kayton.pipelines.loading import Step, load
from kayton.pipelines.manager import Settings, run
from kayton.testing.generate import generate
from kayton.testing.generate_modules import files
from kayton.testing.judge import native

_WORD = re.compile(r'[A-Za-z_]\w*|\d[\w.]*|"[^"\n]*"|[^\s\w]')
_AROUND = (
    "({})", "[{}]", "|x| {}", "-{}", "not {}", "{}?", "{{{}}}", 'f"{{{}}}"', "mut {}", "dyn {}", "{}.x", "{}()", "{}[0]", "{}.len()",
    "if true: {}", "({}, 1)", "{}..", "Some({})", "{}: i64", "{}.0",
)
_EXTRA = (*sorted(KEYWORDS), "_", "0", '""', "..", "..=", "@", "?", "**", "is", "in", "%", "->", "\n", "\n    ", ":", ",", "1.5")
_HARMFUL = re.compile(r"std\.(?:io|env)|write_file|append_file|sleep")


def mutated(seed: int, programs: list[str]) -> str:
    """A program of those, or a random one, with one or two changes; the same for the same seed and programs."""
    choose = random.Random(seed)
    text = choose.choice(programs) if programs and seed % 4 else files(generate(seed))[0]
    for _ in range(1 + choose.randrange(2)):
        text = choose.choice(_WAYS)(choose, text, programs)
    return text


def _kind(word: str) -> str:
    """What may stand where the word does."""
    if word in KEYWORDS:
        return "keyword"
    first = word[0]
    if first.isalpha() or first == "_":
        return "Type" if first.isupper() else "name"
    return "number" if first.isdigit() else "text" if first == '"' else "sign"


def _other_word(choose: random.Random, text: str, programs: list[str]) -> str:
    """A word for another of its kind: a name for a name, a sign for a sign."""
    words = list(_WORD.finditer(text))
    if not words:
        return text
    at = choose.choice(words)
    alike = [w[0] for w in words if _kind(w[0]) == _kind(at[0])]
    return text[: at.start()] + choose.choice(alike) + text[at.end() :]


def _wrapped(choose: random.Random, text: str, programs: list[str]) -> str:
    words = list(_WORD.finditer(text))
    if not words:
        return text
    at = choose.choice(words)
    return text[: at.start()] + choose.choice(_AROUND).format(at[0]) + text[at.end() :]


def _inserted(choose: random.Random, text: str, programs: list[str]) -> str:
    words = list(_WORD.finditer(text))
    if not words:
        return text
    at = choose.choice(words)
    replaced = choose.choice((at.start(), at.end()))
    return f"{text[: at.start()]}{choose.choice(_EXTRA)} {text[replaced:]}"


def _lines_swapped(choose: random.Random, text: str, programs: list[str]) -> str:
    lines = text.splitlines(keepends=True)
    if lines:
        i, j = choose.randrange(len(lines)), choose.randrange(len(lines))
        lines[i], lines[j] = lines[j], lines[i]
    return "".join(lines)


def _line_lost(choose: random.Random, text: str, programs: list[str]) -> str:
    lines = text.splitlines(keepends=True)
    if lines:
        del lines[choose.randrange(len(lines))]
    return "".join(lines)


def _lines_of_another(choose: random.Random, text: str, programs: list[str]) -> str:
    """Lines of another program, or of itself."""
    lines = text.splitlines(keepends=True)
    more = choose.choice(programs or [text]).splitlines(keepends=True)
    at, first = choose.randrange(len(lines) + 1), choose.randrange(len(more) + 1)
    return "".join([*lines[:at], *more[first : first + 1 + choose.randrange(5)], *lines[at:]])


_WAYS: tuple[Callable[[random.Random, str, list[str]], str], ...] = (
    _other_word, _other_word, _other_word, _other_word, _wrapped, _wrapped, _inserted, _lines_swapped, _line_lost, _lines_of_another,
)


class Flaw(Exception):
    """A program that neither compiles nor has errors, or whose bytecode is refused."""


def compiled(text: str, steps: list[Step]) -> str:
    """`ran` or `errors`. Raises Flaw, or whatever the compiler raises."""
    cx = Cx()
    made = run(steps, sources.from_text("main.ktn", text, cx), cx, Settings(verify="off"))
    if made.failure is not None:
        raise Flaw(f"{made.failure.step.name}: {made.failure.message}")
    shown = render(cx.diagnostics, cx.sources)
    if not (made.ok and made.finished):
        if not shown:
            raise Flaw("no bytecode, and no error either")
        return "errors"
    vm = native()
    if vm is not None and not _HARMFUL.search(text):
        try:
            vm.run(made.tree.file.data, [], capture=True, stdin=b"", max_steps=5_000, max_memory=1 << 26, timeout=20.0)
        except vm.BytecodeError as error:
            raise Flaw(f"the bytecode is refused: {error}") from None
    return "ran"


def read_programs(paths: list[Path]) -> list[str]:
    """The programs in these files, and below these folders."""
    found = [f for path in paths for f in (sorted(path.rglob("*.ktn")) if path.is_dir() else [path])]
    return [f.read_text(encoding="utf-8") for f in found]


def main() -> int:
    """The command."""
    words = argparse.ArgumentParser(prog="python -m kayton.testing.mutate")
    words.add_argument("paths", type=Path, nargs="*")
    words.add_argument("--programs", type=int, default=1000)
    words.add_argument("--from", type=int, default=0, dest="first")
    given = words.parse_intermixed_args()
    programs, steps, counts = read_programs(given.paths), load("vm"), Counter()
    for seed in range(given.first, given.first + given.programs):
        text = mutated(seed, programs)
        try:
            counts[compiled(text, steps)] += 1
        except Exception as error:  # whatever the compiler under test raises is what is looked for
            counts["flaws"] += 1
            print(f"seed {seed}: {type(error).__name__}: {error}\n{text}\n", file=sys.stderr, flush=True)
    print(", ".join([f"{counts[word]} {word}" for word in ("ran", "errors", "flaws")]))
    return 1 if counts["flaws"] else 0


if __name__ == "__main__":
    sys.exit(main())
