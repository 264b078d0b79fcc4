"""hoist-methods: methods are functions that tables name."""

from kayton.passes.desugar.hoist_methods import HoistMethods

SELF = "(param (bind-pattern self))"


def test_methods_follow_their_type_and_a_table_follows_them(items):
    made = items(HoistMethods, f"(struct-def P fields=[(field-def x)] methods=[(fn-def len params=[{SELF}] body=(block)) (fn-def new body=(block))])")
    assert made == [
        "(struct-type P fields=[(field-def x)])",
        f"(fn-def P.len params=[{SELF}] body=(block))",
        "(fn-def P.new body=(block))",
        "(methods (named-type [P]) P names=[len new])",
    ]


def test_a_type_without_methods_has_no_table(items):
    assert items(HoistMethods, "(class-def A fields=[(field-def x)]) (struct-def B)") == [
        "(class-type A fields=[(field-def x)])",
        "(struct-type B)",
    ]


def test_type_parameters_of_the_type_come_first(items):
    made = items(HoistMethods, "(enum-def E type_params=[(type-param T)] methods=[(fn-def m type_params=[(type-param U)] body=(block))])")
    assert made[1] == "(fn-def E.m type_params=[(type-param T) (type-param U)] body=(block))"
    assert made[2] == "(methods (named-type [E] [(named-type [T])]) E names=[m] type_params=[(type-param T)])"


def test_an_impl_of_a_trait_names_functions_by_type_and_trait(items):
    made = items(HoistMethods, "(impl-def (named-type [i64]) trait=(named-type [g Show]) methods=[(fn-def show body=(block))])")
    assert made == [
        "(fn-def i64.g.Show.show body=(block))",
        "(methods (named-type [i64]) i64.g.Show names=[show] (named-type [g Show]))",
    ]


def test_a_trait_keeps_the_signatures_of_required_methods(items):
    made = items(HoistMethods, f"(trait-def Tr methods=[(fn-def r params=[{SELF}] result=(named-type [f64])) (fn-def d body=(block))])")
    own = "type_params=[(type-param Self [(named-type [Tr])])]"
    assert made == [
        "(trait-type Tr required=[r] provided=[d])",
        f"(fn-def Tr.r {own} params=[{SELF}] result=(named-type [f64]))",
        f"(fn-def Tr.d {own} body=(block))",
    ]


def test_self_stands_for_the_type(items):
    body = "(block (call (method-call (name Self) new)))"
    pattern = "(block [(let (constructor-pattern [Self A]) (name x))])"
    made = items(
        HoistMethods,
        "(struct-def P type_params=[(type-param T)] fields=[(field-def next type=(named-type [Self]))] "
        f"methods=[(fn-def m body={body}) (fn-def n body={pattern})])",
    )
    assert made[0] == "(struct-type P type_params=[(type-param T)] fields=[(field-def next type=(named-type [P] [(named-type [T])]))])"
    assert "(call (method-call (name P) new))" in made[1]
    assert "(constructor-pattern [P A])" in made[2]


def test_self_in_an_impl_for_an_imported_type_is_its_path(items):
    made = items(HoistMethods, "(impl-def (named-type [g C]) methods=[(fn-def m body=(block (name Self)))])")
    assert made[0] == "(fn-def g.C.m body=(block (field (name g) C)))"


def test_self_in_a_trait_stays(items):
    made = items(HoistMethods, "(trait-def Tr methods=[(fn-def d result=(named-type [Self]) body=(block))])")
    assert "result=(named-type [Self])" in made[1]


def test_what_is_no_type_keeps_its_place(items):
    made = items(HoistMethods, "(let (bind-pattern a) (int-lit 1)) (struct-def P) (let (bind-pattern b) (int-lit 2))")
    assert [m.split()[0] for m in made] == ["(let", "(struct-type", "(let"]


def test_the_brackets_of_an_impl_declare_what_is_no_type(items):
    own = "(named-type [P] [(named-type [T]) (named-type [Q]) (named-type [i64])])"
    made = items(HoistMethods, f"(struct-def Q) (impl-def {own} methods=[(fn-def m body=(block))])")
    assert made[1:] == [
        "(fn-def P.m type_params=[(type-param T)] body=(block))",
        f"(methods {own} P names=[m] type_params=[(type-param T)])",
    ]


def test_an_impl_without_methods_still_implements_its_trait(items):
    assert items(HoistMethods, "(impl-def (named-type [P]) trait=(named-type [Tr]))") == ["(methods (named-type [P]) P.Tr (named-type [Tr]))"]
