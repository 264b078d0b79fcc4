"""The pages that explain errors: a Markdown file for each code in the folder `pages`.

    # K0401: assigning to what is not `mut`

    What it means, in a few sentences.

    ```kayton wrong
    let total = 1
    total = 2
    ```

    What to do instead.

    ```kayton fixed
    let mut total = 1
    total = 2
    ```

Further files of an example stand before it in blocks ```kayton name.ktn.
"""

from __future__ import annotations

import re
from pathlib import Path

from attrs import frozen

FOLDER = Path(__file__).parent / "pages"
_TITLE = re.compile(r"# (K\d{4}): (.+)\n")
_BLOCK = re.compile(r"^```kayton ([\w.]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@frozen
class Page:
    """The page of one code."""

    code: str
    title: str
    text: str

    @property
    def blocks(self) -> dict[str, str]:
        """The programs on the page by what stands after ```kayton: `wrong`, `fixed`, names of further files."""
        return {m[1]: m[2] for m in _BLOCK.finditer(self.text)}


def all_pages() -> dict[str, Page]:
    """Every page by its code, in the order of the codes."""
    found = {}
    for path in sorted(FOLDER.glob("K*.md")):
        text = path.read_text(encoding="utf-8")
        title = _TITLE.match(text)
        found[path.stem] = Page(path.stem, title[2] if title else "", text)
    return found


def full_code(written: str) -> str:
    """`K0123` for `k0123`, `123` and the like; anything else as it is."""
    digits = written.strip().upper().removeprefix("E").removeprefix("K")
    return f"K{digits:>04}" if digits.isdigit() else written


def shown(page: Page) -> str:
    """The page as it is printed: its programs indented, without the marks of Markdown around them."""
    return _BLOCK.sub(_example, page.text).removeprefix("# ")


def _example(m: re.Match) -> str:
    title = {"wrong": "Wrong:", "fixed": "Right:"}.get(m[1], f"{m[1]}:")
    return f"{title}\n\n" + "".join(f"    {line}".rstrip() + "\n" for line in m[2].splitlines()).rstrip("\n")
