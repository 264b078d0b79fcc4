"""Every code has a page, whose wrong example gives just that error, whose fixed one is clean, and whose fixes help."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest

import kayton.diagnostics
from kayton.cli import main
from kayton.diagnostics.codes import MACHINE, all_codes
from kayton.diagnostics.explaining import FOLDER, Page, all_pages, full_code
from kayton.diagnostics.fixing import fixed
from kayton.diagnostics.lints import Lint
from kayton.pipelines.manager import Result
from tests.diagnostics_of import checked, codes

ROOT = Path(__file__).parents[2]
MADE = {
    "K0001": b"print(\"caf\xe9\")\n",
    "K0128": "let x = " + "(" * 200_000 + ")" * 200_000 + "\n",
    "K0701": f"fn total({', '.join(f'p{i}' for i in range(300))}): p0\nprint(total)\n",
}
"""Wrong examples that no page can show."""
STRICTER = {"K0901": "aot-strict", "K0902": "aot-locked", "K0910": "aot-hybrid", "K0920": "aot-hybrid", "K0930": "aot-hybrid", "K0990": "rewrite"}
"""Codes that another pipeline than `check` reports."""
PAGES = all_pages()
TAKES_LONG = {"K0604"}
"""Constants that are given up only after many steps."""
of_every_page = pytest.mark.parametrize(
    "page", [pytest.param(p, id=p.code, marks=[pytest.mark.slow] if p.code in TAKES_LONG else []) for p in PAGES.values()]
)


def reported_codes() -> set[str]:
    """The code of every diagnostic that the package defines."""
    for module in pkgutil.iter_modules(kayton.diagnostics.__path__, "kayton.diagnostics."):
        importlib.import_module(module.name)
    return {code for code, cls in all_codes().items() if cls.__module__.startswith("kayton.")}


def wrong(page: Page) -> str | bytes:
    return MADE.get(page.code) or page.blocks["wrong"]


def others(page: Page) -> dict[str, str]:
    return {name: text for name, text in page.blocks.items() if name not in ("wrong", "fixed")}


def left(page: Page, result: Result) -> list[str]:
    """The codes reported of what should have no error; what the page is about may be what a lint reports."""
    return [d.code for d in result.cx.diagnostics if d.code == page.code or not isinstance(d, Lint)]


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert sorted(p.stem for p in FOLDER.iterdir()) == sorted(reported_codes())
    assert [p.code for p in PAGES.values() if not p.title or "fixed" not in p.blocks] == []


@of_every_page
def test_the_wrong_example_gives_just_that_error(page: Page, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert codes(checked(wrong(page), tmp_path, others(page), STRICTER.get(page.code, "check"))) == [page.code]


@of_every_page
def test_the_fixed_example_is_clean(page: Page, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert left(page, checked(page.blocks["fixed"], tmp_path, others(page), STRICTER.get(page.code, "check"))) == []


@of_every_page
def test_a_machine_applicable_fix_removes_the_error(page: Page, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = checked(wrong(page), tmp_path, others(page), STRICTER.get(page.code, "check"))
    (diagnostic,) = result.cx.diagnostics
    if [fix.applicability for fix in diagnostic.fixes()][:1] != [MACHINE]:
        return
    for _ in range(3):  # two mistakes of one kind may overlap
        changed = fixed(result.cx.diagnostics, result.cx.sources)
        if not changed:
            break
        result = checked(changed[0], tmp_path, others(page))
    assert left(page, result) == []


def test_the_index_in_the_documents_lists_every_page(bless: bool) -> None:
    path = ROOT / "docs" / "errors.md"
    text = path.read_text(encoding="utf-8")
    head = text[: text.index("| code | |")]
    rows = [f"| [{page.code}](../kayton/diagnostics/pages/{page.code}.md) | {page.title} |" for page in PAGES.values()]
    expected = head + "\n".join(["| code | |", "| --- | --- |", *rows]) + "\n"
    if bless:
        path.write_text(expected, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == expected


# ── the command ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("written", ["K0401", "k0401", "0401", "401", "E0401"])
def test_a_page_is_printed(written: str, capsys) -> None:
    assert main(["explain-error", written]) == 0
    out = capsys.readouterr().out
    assert out.startswith("K0401: an assignment to what is not `mut`\n")
    assert "\nWrong:\n\n    fn main():\n        let total = 1\n" in out and "\nRight:\n\n    fn main():\n        let mut total" in out
    assert "```" not in out


def test_an_unknown_code_has_a_suggestion(capsys) -> None:
    assert main(["explain-error", "K0410"]) == 2
    assert "there is no error K0410; did you mean K0" in capsys.readouterr().err
    assert main(["explain-error", "what"]) == 2
    assert capsys.readouterr().err == "error: there is no error what\n"


def test_without_a_code_all_are_listed(capsys) -> None:
    assert main(["explain-error"]) == 0
    assert capsys.readouterr().out.splitlines() == [f"{p.code}  {p.title}" for p in PAGES.values()]


def test_full_code() -> None:
    assert [full_code(x) for x in ("K0001", "1", " k7 ", "kx")] == ["K0001", "K0001", "K0007", "kx"]
