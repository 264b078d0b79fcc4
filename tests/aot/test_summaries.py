"""Summaries: a build after a change looks only at what the change reaches, and gives byte for byte what a build from nothing gives."""

from __future__ import annotations

import json
import random
from collections.abc import Callable

import pytest

from kayton.ir.node import same
from kayton.ir.summaries import Kept, Summaries
from kayton.passes.framework import Cx
from kayton.pipelines import manager, sources
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Result, Settings
from kayton.testing.generate import generate
from kayton.testing.generate_modules import files as files_of
from kayton.testing.mutate import mutated

PIPELINE = load("aot-hybrid")
STORE = {
    "main.ktn": """\
use shapes
use shapes.{area, Circle}

class Node:
    value: i64
    next: Option[Node] = None

struct Point:
    x
    y

fn first(n): n + 1
fn second(n): first(n) - n
fn third(n): second(n) * 2
fn apart(p): p.x + p.y
fn even(n): if n == 0: true else: odd(n - 1)
fn odd(n): if n == 0: false else: even(n - 1)
fn twice(f, x): f(f(x))
fn adder(k): |x| x + k

fn chain(n):
    let head = Node(0)
    for k in 0..n: head.next = Some(Node(k, head.next))
    head

fn length(node):
    let mut at = node.next
    let mut sum = node.value
    while let Some(n) = at:
        sum += n.value
        at = n.next
    sum

fn main():
    print(third(3), apart(Point(1, 2)), even(4), twice(adder(2), 5))
    print(length(chain(3)), area(Circle(2.0)))
""",
    "shapes.ktn": """\
pub struct Circle:
    r

pub fn area(c): square(c.r) * 3.0
fn square(x): x * x
""",
}
Files = dict[str, str]


class Build:
    """A build of these files with what builds before have kept."""

    def __init__(self, files: Files, kept: dict[str, Kept]) -> None:
        cx = Cx(loader=files.get)
        cx.summaries = Summaries(lambda module: kept.get(module, {}))
        self.result: Result = manager.run(PIPELINE, sources.from_text("main.ktn", files["main.ktn"], cx), cx, Settings(verify="off"))
        assert self.result.failure is None, self.result.failure
        self.said = [str(d) for d in self.result.cx.diagnostics] + [(r.message, r.node.id) for r in self.result.cx.remarks]
        self.kept = json.loads(json.dumps(cx.summaries.kept))
        self.reuse = cx.summaries.reuse
        self.analysed = {name for r in self.reuse if r.pass_name == "solve" for name in r.analysed}


def after(change: Callable[[Files], None] | None, files: Files = STORE, spoil: Callable[[dict[str, Kept]], object] = lambda kept: None) -> Build:
    """A build after a build of the files before the change; what it gives is what a build from nothing gives."""
    kept = Build(files, {}).kept
    spoil(kept)
    changed = dict(files)
    if change is not None:
        change(changed)
    made, fresh = Build(changed, kept), Build(changed, {})
    assert made.result.finished
    assert same(made.result.tree, fresh.result.tree) and made.said == fresh.said
    assert Build(changed, made.kept).analysed == set()
    return made


def put(old: str, new: str, file: str = "main.ktn") -> Callable[[Files], None]:
    def change(files: Files) -> None:
        assert files[file].count(old) == 1
        files[file] = files[file].replace(old, new)

    return change


def test_nothing_changed() -> None:
    made = after(None)
    assert made.analysed == set()
    assert all(r.unchanged for r in made.reuse)
    assert {r.module: r.functions > 0 for r in made.reuse} == {"main": True, "shapes": True}


CHANGES = {
    "a body with the same result": (put("n + 1\n", "n + [1, 2].len()\n"), {"main.first"}),
    "a constant": (put("n + 1\n", "n + 2 * 3\n"), set()),
    "a body that calls the same": (put("first(n) - n", "n * first(n)"), {"main.second"}),
    "a body in a group that calls itself": (put("odd(n): if n == 0: false", "odd(n): if n <= 0: false"), {"main.odd"}),
    "a body in another module": (put("x * x", "x * x + 0.5", "shapes.ktn"), {"shapes.square"}),
    "a closure": (put("|x| x + k", "|x| x * k"), {"main.adder.<closure>1"}),
    "a comment": (put("fn third", "# a comment\n\n\nfn third"), set()),
    "a comment inside": (put("    head\n", "    # what was made\n    head\n"), set()),
    "a loop with a pattern before": (put("fn third", "fn more(xs):\n    for (a, b) in xs: print(a, b)\n\nfn third"), set()),
    "a result's type": (put("n + 1\n", "n + 1.5\n"), {"main.first", "main.second", "main.third", "main.main"}),
    "a result's type in another module": (put("* 3.0", "* 3.0 > 1.0", "shapes.ktn"), {"shapes.area", "main.main"}),
    "an argument's type": (put("twice(adder(2), 5)", "twice(adder(2.0), 5.0)"),
                           {"main.main", "main.adder", "main.adder.<closure>1", "main.twice"}),
    "a class's field": (put("value: i64", "value: f64"), {"main.Node", "main.chain", "main.length", "main.main"}),
    "a struct's field": (put("    y\n", "    y: f64\n"), {"main.apart", "main.main"}),
    "a method": (put("    y\n", "    y\n    fn sum(self): self.x + self.y\n"), {"main.apart", "main.main"}),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_reaches(name: str) -> None:
    change, reached = CHANGES[name]
    assert after(change).analysed == reached


def test_functions_that_move() -> None:
    def move(files: Files) -> None:
        before, mark, rest = files["main.ktn"].partition("fn first")
        one, two = rest.split("fn apart", 1)
        files["main.ktn"] = f"{before}fn apart{two}\n{mark}{one}"

    assert after(move).analysed == set()


def test_instances_that_are_told_apart() -> None:
    files = {"main.ktn": """\
class Stack:
    items = []

    fn add(self, x): self.items.push(x)

fn top(s): s.items[s.items.len() - 1]
fn other(n): n + 1

fn main():
    let (a, b) = (Stack(), Stack())
    a.add(1)
    b.add("x")
    print(top(a) + other(2), top(b))
"""}
    assert after(put("n + 1", "n + [1].len()"), files).analysed == {"main.other"}
    assert after(put('b.add("x")', "b.add(2.5)"), files).analysed == {"main.main", "main.Stack.add", "main.top"}
    assert "main.top" in after(put("s.items.len() - 1", "0"), files).analysed


def test_interfaces() -> None:
    body = {r.module: r.unchanged for r in after(put("x * x", "x * x + 0.5", "shapes.ktn")).reuse}
    result = {r.module: r.unchanged for r in after(put("* 3.0", "* 3.0 > 1.0", "shapes.ktn")).reuse}
    assert body == {"main": True, "shapes": True}
    assert result["shapes"] is False


def _first(kept: dict[str, Kept]) -> dict:
    return kept["main"]["solve"]["main.second"]


SPOILED = {
    "no module": lambda kept: kept.clear(),
    "no dict": lambda kept: kept["main"].update(solve=3),
    "no body": lambda kept: _first(kept).pop("body"),
    "other types": lambda kept: _first(kept)["types"].__setitem__(0, "List["),
    "types of nobody": lambda kept: _first(kept)["types"].__setitem__(0, "main.Nobody[i64]"),
    "types that nest": lambda kept: _first(kept)["types"].__setitem__(0, "List[" * 5000 + "]" * 5000),
    "no types": lambda kept: _first(kept)["types"].clear(),
    "no steps": lambda kept: _first(kept)["instances"][0].update(steps=[[]]),
    "steps of something else": lambda kept: _first(kept)["instances"][0]["steps"].insert(0, None),
    "acts of something else": lambda kept: _first(kept)["instances"][0]["steps"][0][2].append(["burn", "main"]),
    "calls of nobody": lambda kept: _first(kept)["instances"][0]["steps"][0][2].append(["call", "x", "main.nobody", [], []]),
    "a number for a list": lambda kept: _first(kept)["instances"][0].update(needs=1),
    "a list for a text": lambda kept: _first(kept)["instances"][0].update(key=[[], [], []]),
}


@pytest.mark.parametrize("name", SPOILED)
def test_spoiled_summaries(name: str) -> None:
    after(None, spoil=SPOILED[name])


def _edited(text: str, choose: random.Random, other: str) -> str:
    """The text with one number, type of number, line or word changed."""
    lines = text.split("\n")
    at = choose.choice([k for k, line in enumerate(lines) if any(c.isdigit() for c in line)])
    words = lines[at].split(" ")
    found = [k for k, word in enumerate(words) if word.strip("(),").isdigit()]
    match choose.randrange(5):
        case 0 if found:
            k = choose.choice(found)
            words[k] = words[k].replace(words[k].strip("(),"), str(choose.randrange(60)))
            lines[at] = " ".join(words)
        case 1 if found:
            k = choose.choice(found)
            words[k] = words[k].replace(words[k].strip("(),"), f"{words[k].strip('(),')}.5")
            lines[at] = " ".join(words)
        case 2:
            lines.insert(choose.randrange(len(lines)), "# a comment")
        case 3:
            del lines[choose.randrange(len(lines))]
        case _:
            return mutated(choose.randrange(1_000_000), [text, other])
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(8))
def test_random_edits_of_random_programs(seed: int) -> None:
    choose = random.Random(seed)
    text, other = files_of(generate(seed))[0], files_of(generate(seed + 1))[0]
    kept = Build({"main.ktn": text}, {}).kept
    for _ in range(6):
        files = {"main.ktn": _edited(text, choose, other)}
        made = Build(files, kept)
        if made.result.finished:
            fresh = Build(files, {})
            assert same(made.result.tree, fresh.result.tree) and made.said == fresh.said, files["main.ktn"]
            text, kept = files["main.ktn"], made.kept
