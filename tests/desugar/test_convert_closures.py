"""convert-closures: functions with captures."""

from kayton.passes.lower.convert_closures import ConvertClosures

X = "(param (bind-pattern x))"


def test_what_a_closure_does_not_bind_is_captured_in_order_of_use(items):
    body = "(block [(bind y (local b))] (tuple [(local y) (local x) (local a) (local b)]))"
    made = items(ConvertClosures, f"(fn-def main.f params=[(param (bind-pattern a)) (param (bind-pattern b))] body=(block (closure [{X}] {body})))")
    assert made == [
        "(fn main.f params=[(fn-param a a) (fn-param b b)] (block (make-closure main.f.<closure>1 [(local b) (local a)])))",
        f"(fn main.f.<closure>1 params=[(fn-param x x)] captures=[b a] {body})",
    ]


def test_an_inner_closures_captures_are_captured_outside_it(items):
    inner = "(closure [(param (bind-pattern y))] (tuple [(local a) (local x) (local y)]))"
    made = items(ConvertClosures, f"(fn-def main.f params=[(param (bind-pattern a))] body=(block (closure [{X}] {inner})))")
    assert made == [
        "(fn main.f params=[(fn-param a a)] (block (make-closure main.f.<closure>2 [(local a)])))",
        "(fn main.f.<closure>1 params=[(fn-param y y)] captures=[a x] (tuple [(local a) (local x) (local y)]))",
        "(fn main.f.<closure>2 params=[(fn-param x x)] captures=[a] (make-closure main.f.<closure>1 [(local a) (local x)]))",
    ]


def test_loops_bind_in_a_closure(items):
    body = "(for-each i (local xs) (local i))"
    made = items(ConvertClosures, f"(fn-def main.f params=[(param (bind-pattern xs))] body=(block (closure [] {body})))")
    assert made[1] == f"(fn main.f.<closure>1 captures=[xs] {body})"


def test_parameters_keep_what_a_caller_must_know(items):
    params = '(param (bind-pattern xs) mutable=true) (param (bind-pattern "n.1") default=(absent)) (param (bind-pattern %param.1))'
    (made,) = items(ConvertClosures, f"(fn-def main.f params=[{params}] body=(block))")
    assert made == "(fn main.f params=[(fn-param xs xs mutable=true) (fn-param n.1 n optional=true) (fn-param %param.1 %param.1)] (block))"


def test_a_required_method_has_no_code(items):
    assert items(ConvertClosures, "(fn-def main.Tr.m) (global-def main.g)") == ["(global-def main.g)"]
