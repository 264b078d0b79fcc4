"""One mistake is one error: correct programs with one thing changed report few errors, and never fail to be looked at."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest

from kayton.diagnostics.render import render
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Settings, run_text

ROOT = Path(__file__).parents[1] / "golden" / "programs"
PROGRAMS = [
    p for p in sorted(ROOT.glob("*/*.ktn"))
    if 200 < p.stat().st_size < 1800 and not p.with_suffix(".err").exists() and not (p.parent / "main.ktn").exists()
]  # fmt: skip
TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|\w+|[^\w\s]|[^\w\S\n]+|\n')
MUTATIONS = 40


def without(chosen: re.Pattern) -> callable:
    """Drops one token of a kind."""

    def change(tokens: list[str], rng: random.Random) -> None:
        found = [i for i, t in enumerate(tokens) if chosen.fullmatch(t)]
        if found:
            tokens[rng.choice(found)] = ""

    return change


def swap_letters(tokens: list[str], rng: random.Random) -> None:
    found = [i for i, t in enumerate(tokens) if t.isidentifier() and len(t) > 3]
    i = rng.choice(found)
    k = rng.randrange(len(tokens[i]) - 1)
    tokens[i] = tokens[i][:k] + tokens[i][k + 1] + tokens[i][k] + tokens[i][k + 2 :]


def put(tokens: list[str], rng: random.Random) -> None:
    i = rng.choice([i for i, t in enumerate(tokens) if t.strip()])
    tokens[i] += rng.choice([" ;", " )", " ]", " =", " ,", " :", " @", " &&", " {"])


def open_string(tokens: list[str], rng: random.Random) -> None:
    found = [i for i, t in enumerate(tokens) if t[0] == '"']
    if found:
        i = rng.choice(found)
        tokens[i] = tokens[i][:-1]


def indent(tokens: list[str], rng: random.Random) -> None:
    lines = "".join(tokens).split("\n")
    lines[rng.randrange(len(lines))] += "\n" + " " * rng.randrange(1, 9)
    tokens[:] = ["\n".join(lines)]


CHANGES = {
    "a token less": without(re.compile(r"\S+")), "a bracket less": without(re.compile(r"[()\[\]{}]")), "a colon less": without(re.compile(":")),
    "letters swapped": swap_letters, "a token more": put, "a string left open": open_string, "indented": indent,
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_one_change_gives_few_errors(name: str) -> None:
    rng, pipeline, counts = random.Random(name), load("check"), Counter()
    for _ in range(MUTATIONS):
        tokens = TOKEN.findall(rng.choice(PROGRAMS).read_text(encoding="utf-8"))
        CHANGES[name](tokens, rng)
        result = run_text(pipeline, "main.ktn", "".join(tokens), Settings(verify="off"))
        assert result.failure is None, f"{result.failure.message}\n{''.join(tokens)}"
        render(result.cx.diagnostics, result.cx.sources)
        counts[sum(d.severity == "error" for d in result.cx.diagnostics)] += 1
    assert sum(n * times for n, times in counts.items()) <= 1.3 * MUTATIONS, counts
    assert sum(times for n, times in counts.items() if n > 3) <= 0.05 * MUTATIONS, counts
