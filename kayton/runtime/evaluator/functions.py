"""Functions of the program as the machine calls them: from definitions, closures, and the fields of types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kayton.ir.core import Absent
from kayton.ir.resolved import Fn
from kayton.ir.surface import BindPattern, Closure, Expr, FnDef
from kayton.ir.surface import Param as ParamNode
from kayton.runtime.evaluator.annotations import TypeScope
from kayton.runtime.evaluator.boundaries import evaluate_at
from kayton.runtime.evaluator.frame import Frame
from kayton.runtime.evaluator.patterns import destructure
from kayton.runtime.evaluator.rules import RULES
from kayton.runtime.evaluator.values import ABSENT, FieldInfo, Function, Param

START = "<start>"
MODULE = "<module>"


def param_of(p: ParamNode) -> Param:
    """A parameter; its keyword is the name it was written with."""
    plain = isinstance(p.pattern, BindPattern)
    variable = p.pattern.name if plain else None
    name = variable or "_"
    return Param(
        name if name.startswith("%") else name.partition(".")[0], variable,
        type_=p.type, default=p.default, mutable=p.mutable, pattern=None if plain else p.pattern,
    )


def function_of(f: FnDef, shown: str, scope: TypeScope) -> Function:
    """The function that a definition defines."""
    scope = scope.with_params([p.name for p in f.type_params])
    return _code(shown, [param_of(p) for p in f.params], f.body, scope, f.result)


def closure_function(c: Closure, scope: TypeScope) -> Function:
    """The code of a closure."""
    return _code("<closure>", [param_of(p) for p in c.params], c.body, scope, None)


def flat_function(f: Fn, shown: str, scope: TypeScope) -> Function:
    """A function of Flat and later, whose parameters are plain variables."""
    params = [Param(p.keyword, p.name, mutable=p.mutable, default=Absent() if p.optional else None) for p in f.params]
    return _code(shown, params, f.body, scope, None)


def _code(shown: str, params: list[Param], body: Expr | None, scope: TypeScope, result: Any) -> Function:
    def run(frame: Frame, args: list) -> Any:
        machine = frame.machine
        for i, p in enumerate(params):
            _bind(p, args[i], frame, scope)
        if result is None:
            return RULES[body.__class__](body, frame)
        return evaluate_at(body, machine.annotations.of(result, scope), frame)

    return Function(shown, params, run, scope.home, scope, result)


def _bind(p: Param, value: Any, frame: Frame, scope: TypeScope) -> None:
    """Makes a parameter's variables, from its default where it was left out."""
    annotation = None if p.type is None else frame.machine.annotations.of(p.type, scope)
    if value is ABSENT and p.default is not None and p.default.__class__ is not Absent:
        value = evaluate_at(p.default, annotation, frame)
    if p.pattern is None:
        frame.bind(p.variable, value, p.mutable, annotation)
    else:
        destructure(p.pattern, value, frame)


def constructor(shown: str, fields: tuple[FieldInfo, ...], make: Callable[[tuple], Any], scope: TypeScope) -> Function:
    """The function that makes a value from its fields."""
    params = []
    for field in fields:
        declared = field.declared
        name = f"_{field.name}" if field.name.isdigit() else field.name
        params.append(
            Param(name, name, type_=None, default=None) if declared is None
            else Param(name, name, type_=declared.type, default=declared.default)
        )

    def run(frame: Frame, args: list) -> Any:
        for i, p in enumerate(params):
            _bind(p, args[i], frame, scope)
        return make(tuple([frame.read(p.variable) for p in params]))

    return Function(shown, params, run, scope.home, scope)
