"""The built-in functions, methods and `std` modules (LANGUAGE §9), one module a topic, found by name in `registry`."""

from kayton.runtime.evaluator.natives import (  # noqa: F401 (they fill the registry)
    functions,
    list_edit,
    list_functional,
    list_query,
    list_sort,
    maps,
    numbers,
    options,
    ranges,
    sets,
    std_io,
    std_json,
    std_math,
    std_random,
    strings,
)
from kayton.runtime.evaluator.natives.registry import CONSTANTS, FUNCTIONS, METHODS, Native, method, sequence_method

__all__ = ["CONSTANTS", "FUNCTIONS", "METHODS", "Native", "method", "sequence_method"]
