"""Where things stand in a pipeline's TOML, so that an error can name the line: the parser of the standard library drops that."""

from __future__ import annotations

import re

_HEADER = re.compile(r"\s*\[\[?\s*([\w.]+)\s*\]?\]\s*(#.*)?$")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_TRIPLE = re.compile(r'"""|\'\'\'')


class Lines:
    """The line of each table and key. `at("pass", 2, "use")` is where the third `[[pass]]` says `use`."""

    def __init__(self, text: str) -> None:
        self._at: dict[tuple[str, int, str], int] = {}
        self._seen: dict[str, int] = {}
        table, index = "", 0
        inside = ""
        for number, line in enumerate(text.splitlines(), 1):
            if not inside:
                table, index = self._line(line, number, table, index)
            for quote in _TRIPLE.findall(line):
                inside = "" if inside == quote else inside or quote

    def _line(self, line: str, number: int, table: str, index: int) -> tuple[str, int]:
        """Records what a line declares and gives the table it leaves us in."""
        if header := _HEADER.match(line):
            table, _, inner = header[1].partition(".")
            if inner:
                self._at[table, self._seen.get(table, 1) - 1, inner] = number
                return f"{table}.{inner}", self._seen.get(table, 1) - 1
            index = self._seen.get(table, 0)
            self._seen[table] = index + 1
            self._at[table, index, ""] = number
        elif key := _KEY.match(line):
            self._at.setdefault((table, index, key[1]), number)
        return table, index

    def at(self, table: str, index: int, key: str = "") -> int:
        """The line of a key of a table, else of the table, else 1."""
        for found in ((table, index, key), (table, index, ""), ("", 0, key), ("", 0, table), (key, 0, "")):
            if found in self._at:
                return self._at[found]
        return 1

    def option(self, table: str, index: int, name: str) -> int:
        """The line of one option: in a table of its own, or in the line that says `options`."""
        found = self._at.get((f"{table}.options", index, name))
        return found or self.at(table, index, "options")
