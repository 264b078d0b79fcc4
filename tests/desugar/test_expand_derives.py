"""expand-derives: constructors are functions."""

from kayton.passes.desugar.expand_derives import ExpandDerives


def test_a_struct_has_a_constructor_with_its_fields_as_parameters(items):
    made = items(ExpandDerives, "(struct-type P fields=[(field-def x type=(named-type [f64])) (field-def y default=(int-lit 1))] public=true)")
    assert made == [
        "(struct-type P fields=[(field-def x type=(named-type [f64])) (field-def y)] public=true)",
        "(fn-def P params=[(param (bind-pattern x) type=(named-type [f64])) (param (bind-pattern y) default=(int-lit 1))] "
        "body=(block (construct P [(name x) (name y)])) public=true)",
    ]


def test_a_class_without_fields_is_made_by_a_function_without_parameters(items):
    assert items(ExpandDerives, "(class-type M)")[1] == "(fn-def M body=(block (construct M)))"


def test_variants_with_fields_have_constructors(items):
    made = items(
        ExpandDerives,
        '(enum-type E type_params=[(type-param T)] variants=[(variant-def A) (variant-def B [(field-def "0" type=(named-type [T]))]) '
        "(variant-def C [(field-def w)] named=true)])",
    )
    own = "type_params=[(type-param T)]"
    assert made[1:] == [
        f"(fn-def E.B {own} params=[(param (bind-pattern _0) type=(named-type [T]))] body=(block (make-variant E.B [(name _0)])))",
        f"(fn-def E.C {own} params=[(param (bind-pattern w))] body=(block (make-variant E.C [(name w)])))",
    ]
