"""compile-matches: choices of tests."""

from kayton.passes.lower.compile_matches import CompileMatches

T = "(local t)"


def test_a_variable_is_looked_at_where_it_is(body):
    assert body(CompileMatches, f"(match {T} [(arm (variant-pattern E.A) (int-lit 1)) (arm (variant-pattern E.B) (int-lit 2))])") == [
        f"(choice [(case [(is-variant {T} E.A)] (int-lit 1)) (case [(is-variant {T} E.B)] (int-lit 2))] (no-match {T}))"
    ]


def test_a_value_is_computed_once(body):
    made = body(CompileMatches, "(match (call-fn main.f) [(arm (literal-pattern (int-lit 0)) (int-lit 1))])")
    assert made == [
        "(bind %value.1 (call-fn main.f))",
        "(choice [(case [(equals (local %value.1) (int-lit 0))] (int-lit 1))] (no-match (local %value.1)))",
    ]


def test_a_mutable_variable_is_copied_only_for_a_guard(body):
    arms = "(arm (literal-pattern (int-lit 0)) (int-lit 1){})"
    (plain,) = body(CompileMatches, f"(match (local t mutable=true) [{arms.format('')}])")
    assert plain.startswith("(choice")
    copied, guarded = body(CompileMatches, f"(match (local t mutable=true) [{arms.format(' (local g)')}])")
    assert copied == "(bind %value.1 (local t mutable=true))"
    assert "(case [(equals (local %value.1) (int-lit 0)) (local g)] (int-lit 1))" in guarded


def test_an_arm_that_always_fits_is_the_rest(body):
    made = body(CompileMatches, f"(match {T} [(arm (literal-pattern (int-lit 0)) (int-lit 1)) (arm (bind-pattern x) (local x)) (arm (wildcard-pattern) (int-lit 9))])")
    assert made == [f"(choice [(case [(equals {T} (int-lit 0))] (int-lit 1))] (block [(bind x {T})] (local x)))"]


def test_a_match_of_one_arm_that_always_fits_is_no_choice(body):
    assert body(CompileMatches, f"(match {T} [(arm (wildcard-pattern) (int-lit 9))])") == ["(int-lit 9)"]


def test_a_guard_makes_an_arm_refutable(body):
    made = body(CompileMatches, f"(match {T} [(arm (bind-pattern x) (local x) (local g))])")
    assert made == [f"(choice [(case [(bind x {T}) (local g)] (local x))] (no-match {T}))"]


def test_parts_are_taken_after_the_test(body):
    pattern = "(variant-pattern E.B [(bind-pattern a) (wildcard-pattern) (variant-pattern E.C [(literal-pattern (int-lit 1))])])"
    (made,) = body(CompileMatches, f"(match {T} [(arm {pattern} (local a))])")
    assert (
        f"[(is-variant {T} E.B) (bind a (slot {T} 0)) (bind %part.1 (slot {T} 2)) (is-variant (local %part.1) E.C) "
        "(equals (slot (local %part.1) 0) (int-lit 1))]"
    ) in made


def test_structs_tuples_and_lists(body):
    struct = f"(match {T} [(arm (struct-pattern main.P [(bind-pattern x) (wildcard-pattern)]) (local x))])"
    assert f"[(is-type {T} main.P) (bind x (slot {T} 0))]" in body(CompileMatches, struct)[0]
    pair = f"(match {T} [(arm (tuple-pattern [(bind-pattern x) (wildcard-pattern)]) (local x))])"
    assert f"[(is-type {T} tuple) (has-len {T} 2) (bind x (slot {T} 0))]" in body(CompileMatches, pair)[0]
    unit = f"(match {T} [(arm (tuple-pattern []) (int-lit 1))])"
    assert f'[(is-type {T} "()")]' in body(CompileMatches, unit)[0]
    rest = f"(match {T} [(arm (list-pattern [(bind-pattern x)] rest=(bind-pattern xs)) (local x))])".replace("rest=", "")
    assert f"[(is-type {T} List) (has-len {T} 1 at_least=true) (bind x (slot {T} 0)) (bind xs (list-rest {T} 1))]" in body(CompileMatches, rest)[0]
    empty = f"(match {T} [(arm (list-pattern []) (int-lit 1))])"
    assert f"[(is-type {T} List) (has-len {T} 0)]" in body(CompileMatches, empty)[0]


def test_ranges(body):
    def tests(pattern):
        return body(CompileMatches, f"(match {T} [(arm (range-pattern {pattern}) (int-lit 1))])")[0]

    assert f"(in-range {T} 0 8)" in tests("(int-lit 0) (int-lit 9)")
    assert f"(in-range {T} 0 9)" in tests("(int-lit 0) (int-lit 9) inclusive=true")
    assert "(case [(bool-lit false)]" in tests("(int-lit -9223372036854775808) (int-lit -9223372036854775808)")
    floats = tests("(float-lit 0.0) (float-lit 1.0)")
    assert f"[(is-type {T} f64) (binary >= {T} (float-lit 0.0)) (binary < {T} (float-lit 1.0))]" in floats


def test_alternatives_without_variables_are_one_test(body):
    pattern = "(or-pattern [(literal-pattern (int-lit 1)) (literal-pattern (int-lit 2))])"
    assert body(CompileMatches, f"(match {T} [(arm {pattern} (int-lit 0))])") == [
        f"(choice [(case [(or (equals {T} (int-lit 1)) (equals {T} (int-lit 2)))] (int-lit 0))] (no-match {T}))"
    ]


def test_alternatives_with_variables_bind_the_first_that_fits(body):
    """The variable is there before the alternatives, whose own ones go with them."""
    pattern = "(or-pattern [(variant-pattern E.A [(bind-pattern x)]) (variant-pattern E.B [(bind-pattern x)])])"
    (made,) = body(CompileMatches, f"(match {T} [(arm {pattern} (local x))])")

    def way(variant, name):
        store = f"(assign (place (local x mutable=true)) (local {name}))"
        return f"(case [(is-variant {T} {variant}) (bind {name} (slot {T} 0))] (block [{store}] (bool-lit true)))"

    ways = f"(choice [{way('E.A', '%way.1')} {way('E.B', '%way.2')}] (bool-lit false))"
    assert made == f"(choice [(case [(bind x (unit-lit) mutable=true) {ways}] (local x))] (no-match {T}))"


def test_alternatives_inside_alternatives(body):
    inner = "(or-pattern [(bind-pattern x) (variant-pattern E.C [(bind-pattern x)])])"
    pattern = f"(or-pattern [(variant-pattern E.A [{inner}]) (variant-pattern E.B [(bind-pattern x)])])"
    (made,) = body(CompileMatches, f"(match {T} [(arm {pattern} (local x))])")
    assert made.count("(bind x ") == 1
    assert made.count("(unit-lit) mutable=true)") == 2
    assert made.count("(assign ") == 4


def test_a_tuple_that_is_only_matched_is_not_made(body):
    zero = "(literal-pattern (int-lit 0))"
    assert body(CompileMatches, f"(match (tuple [(call-fn main.f) {T}]) [(arm (tuple-pattern [{zero} (bind-pattern y)]) (local y))])") == [
        "(bind %value.1 (call-fn main.f))",
        f"(choice [(case [(equals (local %value.1) (int-lit 0)) (bind y {T})] (local y))] (no-match (tuple [(local %value.1) {T}])))",
    ]


def test_a_whole_and_its_parts(body):
    (made,) = body(CompileMatches, f"(match {T} [(arm (at-pattern w (variant-pattern E.A [(bind-pattern x)])) (local w))])")
    assert f"[(is-variant {T} E.A) (bind x (slot {T} 0)) (bind w {T})]" in made
    (made,) = body(CompileMatches, f"(match {T} [(arm (variant-pattern E.B [(at-pattern w (variant-pattern E.A))]) (local w))])")
    assert f"[(is-variant {T} E.B) (bind w (slot {T} 0)) (is-variant (local w) E.A)]" in made


def test_a_plain_let_is_a_binding(body):
    assert body(CompileMatches, "(let (bind-pattern x mutable=true) (int-lit 1))") == ["(bind x (int-lit 1) mutable=true)"]
    assert body(CompileMatches, "(let (wildcard-pattern) (call-fn main.f))") == ["(call-fn main.f)"]


def test_a_let_demands_that_the_value_fits(body):
    assert body(CompileMatches, f"(let (tuple-pattern [(bind-pattern a) (struct-pattern main.P [(bind-pattern b)])]) {T})") == [
        f"(bind %part.1 (cast {T} tuple))",
        "(choice [(case [(has-len (local %part.1) 2)] (unit-lit))] (no-match (local %part.1)))",
        "(bind a (slot (local %part.1) 0))",
        "(bind %part.2 (cast (slot (local %part.1) 1) main.P))",
        "(bind b (slot (local %part.2) 0))",
    ]


def test_a_let_of_a_tuple_binds_its_items(body):
    pattern = "(tuple-pattern [(bind-pattern a) (tuple-pattern [(bind-pattern b) (wildcard-pattern)])])"
    assert body(CompileMatches, f"(let {pattern} (tuple [(int-lit 1) (tuple [{T} (call-fn main.f)])]))") == [
        "(bind a (int-lit 1))",
        f"(bind b {T})",
        "(call-fn main.f)",
    ]


def test_all_items_are_there_before_the_first_is_taken_apart(body):
    pattern = "(tuple-pattern [(tuple-pattern [(bind-pattern a)]) (bind-pattern b)])"
    made = body(CompileMatches, f"(let {pattern} (tuple [(call-fn main.f) (call-fn main.g)]))")
    assert made[:3] == ["(bind %part.1 (call-fn main.f))", "(bind b (call-fn main.g))", "(bind %part.2 (cast (local %part.1) tuple))"]


def test_a_variant_of_an_enum_of_one_is_demanded_by_its_enum(body):
    made = body(CompileMatches, f"(let (variant-pattern main.E.Only [(bind-pattern a)]) {T})")
    assert made == [f"(bind %part.1 (cast {T} main.E))", "(bind a (slot (local %part.1) 0))"]


def test_alternatives_in_a_let(body):
    pattern = "(or-pattern [(variant-pattern E.A [(bind-pattern x)]) (variant-pattern E.B [(bind-pattern x)])])"
    bound, insisted = body(CompileMatches, f"(let {pattern} {T})")
    assert bound == "(bind x (unit-lit) mutable=true)"
    assert insisted.startswith("(choice [(case [(choice") and insisted.endswith(f"(unit-lit))] (no-match {T}))")
