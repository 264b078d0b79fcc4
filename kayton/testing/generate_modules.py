"""Random programs in several files, in one text: a line `# file: lib.ktn` starts another file."""

from __future__ import annotations

import re

from kayton.ir.node import Node
from kayton.passes.framework import Cx
from kayton.pipelines import sources
from kayton.testing.choices import Choices
from kayton.testing.prelude import needed

_START = re.compile(r"^# file: (\S+)\n", re.MULTILINE)
_ITEM = re.compile(r"^(?:struct|class|enum|trait|type|(?:pure )?fn|const|let) (\w+)", re.MULTILINE)


def files(text: str) -> tuple[str, dict[str, str]]:
    """The main file's text, and the other files by name."""
    main, *others = _START.split(text)
    return main, dict(zip(others[::2], others[1::2], strict=True))


def source(text: str, cx: Cx) -> Node:
    """The program of the main file, for a pipeline; the other files are what its `use` lines find."""
    main, others = files(text)
    cx.loader = others.get
    return sources.from_text("main.ktn", main, cx)


def in_files(choose: Choices, definitions: list[str], main: list[str]) -> str:
    """The program of these definitions, with what they need; some of them may stand in a module of their own."""
    moved = definitions[: choose.below(len(definitions) + 1)] if choose.chance(25) else []
    written = "\n".join([*definitions[len(moved) :], *main])
    if not moved:
        return "\n".join([*needed(written), written])
    used = needed("\n".join([*moved, written]))
    imports, shared = [u for u in used if u.startswith("use ")], [u for u in used if not u.startswith("use ")]
    library = "\n".join([*imports, *shared, *moved])
    known = _words(written)
    names = [name for name in _ITEM.findall(library) if name in known or _variants(library, name) & known]
    wanted = [u for u in imports if u in needed(written)]
    use = [f"use lib.{{{', '.join(names)}}}\n"] if names else ["use lib\n"]
    return "\n".join([*wanted, *use, written, "# file: lib.ktn", _ITEM.sub(lambda found: f"pub {found[0]}", library)])


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def _variants(library: str, name: str) -> set[str]:
    """The words of an enum's definition: its variants come along with it."""
    found = re.search(rf"^enum {name}:\n((?:    .*\n|\n)*)", library, re.MULTILINE)
    return {word for word in _words(found[1]) if word[0].isupper()} if found else set()
