"""desugar-comprehensions: loops that fill a collection."""

from kayton.passes.desugar.desugar_comprehensions import DesugarComprehensions

FOR_X = "(for-clause (bind-pattern x) (name xs))"


def test_a_list_is_appended_to(body):
    assert body(DesugarComprehensions, f"(list-comp (name x) [{FOR_X}])") == [
        "(block [(let (bind-pattern %made.1 mutable=true) (list-lit)) "
        "(for (bind-pattern x) (name xs) (block [(list-append (name %made.1) (name x))]))] (name %made.1))"
    ]


def test_clauses_nest_in_order(body):
    (made,) = body(DesugarComprehensions, f"(list-comp (name x) [(if-clause (name a)) {FOR_X} (if-clause (name b)) (if-clause (name c))])")
    order = [made.index(part) for part in ("(if (name a)", "(for (bind-pattern x)", "(if (name b)", "(if (name c)", "list-append")]
    assert order == sorted(order)


def test_sets_and_maps(body):
    (as_set,) = body(DesugarComprehensions, f"(set-comp (name x) [{FOR_X}])")
    assert "(empty-set)" in as_set and "(set-add (name %made.1) (name x))" in as_set
    (as_map,) = body(DesugarComprehensions, f"(map-comp (name k) (name v) [{FOR_X}])")
    assert "(map-lit)" in as_map and "(map-put (name %made.1) (name k) (name v))" in as_map


def test_a_comprehension_inside_has_a_variable_of_its_own(body):
    (made,) = body(DesugarComprehensions, f"(list-comp (list-comp (name x) [{FOR_X}]) [{FOR_X}])")
    assert "%made.1" in made and "%made.2" in made
