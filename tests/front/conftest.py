"""What the tests of the front end share: tokens, trees and errors of a text."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from kayton.diagnostics.codes import Diagnostic
from kayton.ir.node import Node
from kayton.ir.surface import Program, Surface, Token
from kayton.ir.text import one_line
from kayton.passes.framework import Cx
from kayton.passes.front._reading import parse_text
from kayton.passes.front.lexing.scanner import Scanner


@pytest.fixture(autouse=True)
def deep_recursion() -> Iterator[None]:
    """The recursion limit that the manager sets."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(10**6)
    yield
    sys.setrecursionlimit(limit)


def lexed(text: str) -> tuple[list[Token], list[Diagnostic]]:
    """The tokens of a text, and what was reported."""
    reported: list[Diagnostic] = []
    return list(Scanner(text, 0, reported.append).scan()), reported


def kinds(text: str) -> list[str]:
    """The kinds of a text's tokens; it must be without errors."""
    tokens, reported = lexed(text)
    assert reported == []
    return [t.kind for t in tokens]


def parsed(text: str) -> tuple[Program, Cx]:
    """The tree of a text, which must be in Surface whatever is wrong with the text."""
    cx = Cx()
    program = parse_text(text, cx=cx)
    assert Surface.violations(program) == []
    return program, cx


def statements(text: str) -> list[Node]:
    """The statements of a text without errors."""
    program, cx = parsed(text)
    assert [d.message() for d in cx.diagnostics] == []
    return list(program.modules[0].body)


def tree(text: str) -> str:
    """The one statement of a text without errors, as an s-expression."""
    (only,) = statements(text)
    return one_line(only)


def errors(text: str) -> list[str]:
    """What is wrong with a text, as `line:column message`, in the order of the places."""
    _, cx = parsed(text)
    found = sorted(cx.diagnostics, key=lambda d: d.span)
    return ["{}:{} {}".format(*cx.sources.start(d.span)[1:], d.message()) for d in found]
