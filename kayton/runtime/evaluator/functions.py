"""Functions of the program as the machine calls them: from definitions, closures, and the fields of types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kayton.ir.core import Absent
from kayton.ir.resolved import Fn
from kayton.ir.surface import BindPattern, Closure, Expr, FnDef
from kayton.ir.surface import Param as ParamNode
from kayton.runtime.evaluator.annotations import Annotation, TypeScope
from kayton.runtime.evaluator.boundaries import evaluate_at
from kayton.runtime.evaluator.errors import Fail
from kayton.runtime.evaluator.frame import Frame, Variable
from kayton.runtime.evaluator.patterns import destructure_at
from kayton.runtime.evaluator.rules import RULES
from kayton.runtime.evaluator.values import ABSENT, FieldInfo, Function, Param


def param_of(p: ParamNode, scope: TypeScope) -> Param:
    """A parameter; its keyword is the name it was written with."""
    plain = isinstance(p.pattern, BindPattern)
    variable = p.pattern.name if plain else None
    name = variable or "_"
    return Param(
        name if name.startswith("%") else name.partition(".")[0], variable,
        type_=p.type, scope=scope, default=p.default, mutable=p.mutable, pattern=None if plain else p.pattern,
    )


def function_of(f: FnDef, shown: str, scope: TypeScope) -> Function:
    """The function that a definition defines."""
    scope = scope.with_params([p.name for p in f.type_params])
    result = None if f.result is None else (f.result, scope)
    return _code(shown, [param_of(p, scope) for p in f.params], f.body, scope, result)


def closure_function(c: Closure, scope: TypeScope) -> Function:
    """The code of a closure."""
    return _code("<closure>", [param_of(p, scope) for p in c.params], c.body, scope, None)


def flat_function(f: Fn, shown: str, scope: TypeScope) -> Function:
    """A function of Flat and later, whose parameters are plain variables."""
    params = [Param(p.keyword, p.name, mutable=p.mutable, default=Absent() if p.optional else None) for p in f.params]
    made = _code(shown, params, f.body, scope, None)
    if f.captures:
        run = made.run

        def run_on_copies(frame: Frame) -> Any:
            """Every call has captures of its own, which it may use up."""
            frame.scopes[0] = {name: Variable(found.value) for name, found in frame.scopes[0].items()}
            return run(frame)

        made.run = run_on_copies
    return made


def _code(shown: str, params: list[Param], body: Expr | None, scope: TypeScope, result: Any) -> Function:
    def run(frame: Frame) -> Any:
        bind_params(frame)
        annotation = frame.machine.annotations.of_result(made)
        if annotation is None:
            return RULES[body.__class__](body, frame)
        return evaluate_at(body, annotation, frame)

    made = Function(shown, params, run, scope.home, scope, result)
    return made


def bind_params(frame: Frame) -> None:
    """Makes the variables of the parameters, in order: each crosses its boundary, or is filled from its default.

    Stops at one whose default a FillDefault fills in; that goes on from there.
    """
    params, args = frame.function.params, frame.args
    while frame.crossed < len(params):
        i, p = frame.crossed, params[frame.crossed]
        annotation = frame.machine.annotations.of_param(p)
        value = args[i]
        if value is ABSENT and p.default is not None:
            if p.default.__class__ is Absent:
                frame.params[p.variable] = Variable(ABSENT, p.mutable, annotation)
                return
            value = evaluate_at(p.default, annotation, frame)
        elif annotation is not None:
            value = _crossed(annotation, i, value, frame)
        frame.crossed += 1
        if p.pattern is None:
            frame.params[p.variable] = Variable(value, p.mutable, annotation)
        else:
            destructure_at(p.pattern, value, frame)


def _crossed(annotation: Annotation, at: int, value: Any, frame: Frame) -> Any:
    """The argument on the other side; what is wrong with it is the caller's fault."""
    try:
        return annotation.guard.cross(value, frame.machine)
    except Fail as error:
        error.argument = at
        raise


def constructor(shown: str, fields: tuple[FieldInfo, ...], make: Callable[[tuple], Any], scope: TypeScope) -> Function:
    """The function that makes a value from its fields."""
    params = []
    for field in fields:
        name = f"_{field.name}" if field.name.isdigit() else field.name
        declared = field.declared
        if declared is None:
            params.append(Param(name, name))
        else:
            params.append(Param(name, name, type_=declared.type, scope=scope, default=declared.default))

    def run(frame: Frame) -> Any:
        bind_params(frame)
        return make(tuple([frame.read(p.variable) for p in params]))

    return Function(shown, params, run, scope.home, scope)


def adopt(function: Function, trait_function: Function) -> None:
    """A method of an `impl Trait` takes the trait's annotations where it has none (LANGUAGE §3)."""
    for p, q in zip(function.params, trait_function.params, strict=False):
        if p.type is None:
            p.type, p.scope = q.type, q.scope
    if function.result is None:
        function.result = trait_function.result
