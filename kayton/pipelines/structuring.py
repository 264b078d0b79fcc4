"""Tables of TOML as attrs classes, read strictly by cattrs; a mistake says where it is, as keys and indices."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import attrs
import cattrs
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError
from cattrs.gen import make_dict_structure_fn, override

from kayton.pipelines.schema import PipelineFile


class Mistake(Exception):
    """What is wrong with a table, and the path to it: (table, index, key), or less of it."""

    def __init__(self, where: tuple, message: str) -> None:
        super().__init__(message)
        self.where = where


def structured(data: Any, kind: type) -> Any:
    """The data as that class. Raises Mistake for the first thing that does not fit."""
    try:
        return _converter().structure(data, kind)
    except ClassValidationError as error:
        raise Mistake(*next(_mistakes(error, ()))) from None


@cache
def _converter() -> cattrs.Converter:
    """Takes nothing for what it is not: `"2"` is no number, 1 no truth value, an unknown key an error."""
    converter = cattrs.Converter(forbid_extra_keys=True)
    for kind in (str, int, bool, float):
        converter.register_structure_hook(kind, _strictly(kind))
    renamed = {"passes": override(rename="pass")}
    hook = make_dict_structure_fn(PipelineFile, converter, _cattrs_forbid_extra_keys=True, **renamed)
    converter.register_structure_hook(PipelineFile, hook)
    return converter


def _strictly(kind: type) -> Any:
    def structure(value: Any, _: Any) -> Any:
        if kind is float and value.__class__ is int:
            return float(value)
        if value.__class__ is not kind:
            raise TypeError(f"must be {_TYPE_WORDS[kind]}, not {value!r}")
        return value

    return structure


_TYPE_WORDS = {str: "a string", int: "a whole number", bool: "true or false", float: "a number"}


def _mistakes(error: Exception, where: tuple) -> Iterator[tuple[tuple, str]]:
    """Every mistake that cattrs found: the path to it, as (table, index, key), and what is wrong."""
    if isinstance(error, ClassValidationError):
        grouped, other = error.group_exceptions()
        for inner, note in grouped:
            yield from _mistakes(inner, (*where, "pass" if note.name == "passes" else note.name))
        for inner in other:
            yield from _mistakes(inner, where)
    elif isinstance(error, IterableValidationError):
        grouped, _ = error.group_exceptions()
        for inner, note in grouped:
            yield from _mistakes(inner, (*where, note.index))
    elif isinstance(error, ForbiddenExtraKeysError):
        extra = sorted(error.extra_fields)
        table = f"[[{where[0]}]]" if where else "a pipeline"
        fields = [f.name.replace("passes", "pass") for f in attrs.fields(error.cl)]
        yield (*where, extra[0]), f"{table} has no {', '.join(extra)}; it may have {', '.join(fields)}"
    elif isinstance(error, KeyError):
        yield where, f"{f'[[{where[0]}]]' if where else 'the pipeline'} lacks {error.args[0]}"
    else:
        yield where, f"{where[-1] if where else 'this'} {error}"


def option_value(hint: Any, value: Any) -> Any:
    """An option as its field's annotation has it. Raises TypeError whose message says what it must be."""
    try:
        return _converter().structure(value, hint)
    except cattrs.BaseValidationError as error:
        _, message = next(_mistakes(error, ("each item",)))
        raise TypeError(message) from None
    except ValueError as error:
        raise TypeError(str(error)) from None
