"""A kind that is added to a language must be evaluated: this says at once what is missing."""

from __future__ import annotations

import pytest

from kayton.ir.language import Language, all_languages
from kayton.ir.node import kind_name
from kayton.ir.resolved import Resolved
from kayton.ir.surface import Item, Pattern, Stmt, Surface, TypeExpr
from kayton.ir.typed import Owned
from kayton.runtime.evaluator import named_world, path_world
from kayton.runtime.evaluator.annotations import READERS
from kayton.runtime.evaluator.patterns import evaluable
from kayton.runtime.evaluator.rules import RULES


def _lineage() -> list[Language]:
    """The languages from Surface to Owned."""
    chain, language = [Owned], Owned
    while language is not Surface:
        language = language.parent
        chain.append(language)
    return chain[::-1]


def _missing(language: Language, category: type, known, *, without: type | None = None) -> list[str]:
    kinds = language.allowed((category,))
    return sorted(kind_name(k) for k in kinds if k not in known and not (without and issubclass(k, without)))


def test_the_chain_is_whole() -> None:
    names = [language.name for language in _lineage()]
    assert names[0] == "Surface" and "Core" in names and "Resolved" in names and names[-1] == "Owned"
    assert all(language in all_languages() for language in _lineage())


@pytest.mark.parametrize("language", _lineage(), ids=lambda language: language.name)
def test_every_kind_has_a_rule(language: Language) -> None:
    resolved = _lineage().index(language) >= _lineage().index(Resolved)
    assert _missing(language, Stmt, RULES, without=Item) == []
    assert _missing(language, Pattern, evaluable()) == []
    assert _missing(language, TypeExpr, READERS) == []
    assert _missing(language, Item, (path_world if resolved else named_world).ITEMS) == []


def test_no_rule_serves_nothing() -> None:
    evaluated = set().union(*[language.kinds for language in _lineage()])
    assert [kind_name(k) for k in {*RULES, *evaluable(), *READERS} if k not in evaluated] == []
