"""desugar-defaults: plain parameters, defaults in the body."""

from kayton.passes.desugar.desugar_defaults import DesugarDefaults


def test_defaults_are_filled_in_order(items):
    text = "(fn-def f params=[(param (bind-pattern a)) (param (bind-pattern b) default=(name a)) (param (bind-pattern c) default=(int-lit 1))] body=(block (name c)))"
    assert items(DesugarDefaults, text) == [
        "(fn-def f params=[(param (bind-pattern a)) (param (bind-pattern b) default=(absent)) (param (bind-pattern c) default=(absent))] "
        "body=(block [(fill-default b (name a)) (fill-default c (int-lit 1))] (name c)))"
    ]


def test_a_function_without_defaults_stays(items):
    text = "(fn-def f params=[(param (bind-pattern a) mutable=true)] body=(block (name a)))"
    assert items(DesugarDefaults, text) == [text]


def test_a_required_method_has_no_body_to_fill_in(items):
    made = items(DesugarDefaults, "(fn-def Tr.f params=[(param (bind-pattern a) default=(int-lit 1))])")
    assert made == ["(fn-def Tr.f params=[(param (bind-pattern a) default=(absent))])"]


def test_a_closure_takes_its_patterns_apart_inside(body):
    pair = "(tuple-pattern [(bind-pattern a) (bind-pattern b)])"
    made = body(DesugarDefaults, f"(closure [(param {pair}) (param (wildcard-pattern)) (param (bind-pattern c))] (name a))")
    assert made == [
        "(closure [(param (bind-pattern %param.1)) (param (bind-pattern %param.2)) (param (bind-pattern c))] "
        f"(block [(let {pair} (name %param.1))] (name a)))"
    ]
