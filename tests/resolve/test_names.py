"""resolve-names: what names stand for, and what is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compiling import body, compiled, errors, helps, items


def in_work(*lines: str, before: str = "") -> str:
    return before + "\nfn work(n):\n" + "\n".join(f"    {line}" for line in lines) + "\n"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("cuont", "unknown name cuont"),
        ("i32(1)", "unknown name i32"),
        ("let x: Strng = n", "unknown type Strng"),
        ("let x: f32 = n", "the type f32 is reserved for a later version"),
        ("let x: Map[str] = n", "Map takes 2 type arguments, found 1"),
        ("let x: Point[i64] = n", "Point takes no type arguments, found 1"),
        ("let x: dyn Point = n", "Point is not a trait"),
        ("Shape", "Shape is an enum, not a value"),
        ("List", "List is a type, not a value"),
        ("Show", "Show is a trait, not a value"),
        ("Shape.Sqare", "enum Shape has no Sqare"),
        ("Point.make(1)", "struct Point has no make"),
        ("Option.Nothing", "type Option has no Nothing"),
        ("self", "there is no self here"),
        ("let (a, a) = n", "two variables of this pattern are called a"),
        ("let f = |x, x| x", "two parameters are called x"),
        ("match n: Round(a, b): 1", "Round has 1 field, the pattern has 2"),
        ("match n: Round: 1", "Round has 1 field, the pattern has none"),
        ("match n: Dot(a): 1", "Dot has no fields, the pattern has 1"),
        ("match n: Point(z=1): 1", "Point has no field z"),
        ("match n: Point(x=1, x=2): 1", "two patterns of one field are called x"),
        ("match n: Shape: 1", "Shape is no variant, struct or constant, so it is no pattern"),
        ("match n: (1, a) | (b, 1): 1", "not every alternative of this pattern binds a and b"),
    ],
)
def test_one_error(line: str, message: str) -> None:
    """Each mistake is reported once, where it stands."""
    before = "struct Point:\n    x: i64\n\nenum Shape:\n    Dot\n    Round(f64)\n"
    if line.startswith("match n: "):  # covered by a last arm, so that only the pattern is wrong
        line = line.replace("match n: ", "match n:\n        ") + "\n        _: 2"
    found = errors(in_work(line, before=before))
    assert [f.partition(" ")[2] for f in found] == [message]
    assert found[0].startswith(("9:", "10:"))


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("let count = n\n    cuont", "did you mean `count`?"),
        ("prnt(1)", "did you mean `print`?"),
        ("let x: i46 = n", "did you mean `i64`?"),
        ("let x: u8 = n", "use `i64`"),
        ("Shape.Rond(1.0)", "did you mean `Round`?"),
        ("Shape", "name one of its variants: `Shape.…`"),
    ],
)
def test_advice(line: str, advice: str) -> None:
    assert helps(in_work(line, before="enum Shape:\n    Round(f64)\n")) == [advice]


def test_every_error_is_reported_and_none_twice() -> None:
    text = "struct Point:\n    x: Strng\n    y: Strng = unknown\n\nfn work() -> Nope: missing(also_missing)\n"
    assert errors(text) == [
        "2:8 unknown type Strng", "3:16 unknown name unknown", "5:14 unknown type Nope",
        "5:20 unknown name missing", "5:28 unknown name also_missing",
    ]  # fmt: skip


def test_shadowing_gives_each_variable_a_name() -> None:
    text = in_work("let x = n", "let x = x + 1", "let f = |x| x", "f(x)")
    assert body(text, "resolve-names") == [
        "(let (bind-pattern x) (local n))",
        "(let (bind-pattern x.1) (binary + (local x) (int-lit 1)))",
        "(let (bind-pattern f) (closure [(param (bind-pattern x.2))] (local x.2)))",
        "(call (local f) [(arg (local x.1))])",
    ]


def test_a_users_own_name_wins() -> None:
    """Over built-in functions, types and variants; a variant does not hide a type."""
    text = (
        "fn print(x): x\n\nstruct Set:\n    x: i64\n\nenum Json:\n    List(List[i64])\n    None\n"
        "\nfn work(n: List[i64], s: Set):\n    print(Set(1))\n    Json.List(n)\n    None\n"
    )
    assert body(text, "resolve-names") == [
        "(call (fn-ref main.print) [(arg (call (fn-ref main.Set) [(arg (int-lit 1))]))])",
        "(call (fn-ref main.Json.List) [(arg (local n))])",
        "(make-variant main.Json.None)",
    ]


def test_types_and_functions_of_types() -> None:
    text = (
        "type P = Point\ntype Both[A] = (A, A)\n\nstruct Point:\n    x: i64\n\n    fn new(x) -> Self: Self(x)\n\n"
        "impl Show for i64:\n    fn show(self): \"n\"\n\nfn work(a: Both[P]):\n    P.new(1)\n    P(2)\n    i64.show(3)\n    [1].map(Point.new)\n"
    )
    assert body(text, "resolve-names") == [
        "(call (fn-ref main.Point.new) [(arg (int-lit 1))])",
        "(call (fn-ref main.Point) [(arg (int-lit 2))])",
        "(call (fn-ref main.i64.Show.show) [(arg (int-lit 3))])",
        "(method-call (list-lit [(int-lit 1)]) map [(arg (fn-ref main.Point.new))])",
    ]


def test_defaults_see_earlier_parameters_only() -> None:
    assert errors("fn work(a, b=a, c=d, d=c): 1\n") == ["1:19 unknown name d"]


def test_a_cyclic_alias_is_reported_once_for_each() -> None:
    assert errors("type A = List[B]\ntype B = A\n\nfn work(a: A, b: B): a\n") == [
        "1:1 the type alias A stands for itself", "2:1 the type alias B stands for itself",
    ]  # fmt: skip


def test_nested_functions_capture_nothing() -> None:
    text = "fn outer(limit):\n    let step = 1\n    fn inner(x):\n        let step = x\n        step + limit\n    inner(limit)\n"
    assert errors(text) == ["5:16 the nested fn inner cannot use limit, a variable of the function around it"]
    assert "closure" in helps(text)[0]


def test_globals_of_functions_and_shadowing_variables() -> None:
    text = "fn work():\n    let a = base\n    let base = a\n    base\n\nlet base = 1\n"
    assert body(text, "resolve-names") == [
        "(let (bind-pattern a) (global-ref main.base))", "(let (bind-pattern base) (local a))", "(local base)",
    ]  # fmt: skip


def test_module_level_mistakes() -> None:
    assert errors("let mut x = 1\nlet y = 2\nlet y = 3\nfn y(): 1\n") == [
        "1:1 a module-level let cannot be mut: x", "3:5 two items of this module are called y",
        "4:1 two items of this module are called y",
    ]  # fmt: skip


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    (tmp_path / "shapes.ktn").write_text(
        "use deep\npub use deep.{depth}\npub enum Shape:\n    Dot\n    Round(f64)\n\npub const LIMIT = 3\n\nfn hidden(): 1\n\npub let origin = 0\n"
    )
    (tmp_path / "deep.ktn").write_text("use shapes\n\npub fn depth(): shapes.origin\n\nprint(\"deep\")\n")
    return tmp_path


def test_visibility(shapes: Path) -> None:
    text = "use shapes\nuse shapes.{hidden, nothing, Shape}\nuse shapes.{LIMIT as TOP}\n\nfn work():\n    shapes.hidden()\n    shapes.deep\n    hidden()\n    TOP\n"
    assert errors(text, shapes) == [
        "2:13 hidden is private to module shapes", "2:21 module shapes has no nothing", "6:5 hidden is private to module shapes",
        "7:5 deep is private to module shapes",
    ]  # fmt: skip


def test_reexports_and_variants_of_used_enums(shapes: Path) -> None:
    text = "use shapes\nuse shapes.{Shape as S}\n\nfn work(n):\n    match n:\n        Dot: shapes.depth()\n        shapes.Round(r): S.Dot\n        _: shapes.Shape.Dot\n"
    assert errors(text, shapes) == []
    tree = compiled(text, "resolve-names", shapes).tree
    start = tree.modules[0].body[-1]
    assert [c.callee.fn for c in start.body.body] == ["deep.<init>", "shapes.<init>"]


def test_modules_run_once_depth_first_then_main(tmp_path: Path) -> None:
    (tmp_path / "a.ktn").write_text('use b\nprint("a")\n')
    (tmp_path / "b.ktn").write_text('use a\nprint("b")\n')
    text = 'use a\nuse b\nprint("main")\n\nfn main(): 1\n'
    start = compiled(text, "resolve-names", tmp_path).tree.modules[0].body[-1]
    assert [c.callee.fn for c in (*start.body.body, start.body.result)] == ["b.<init>", "a.<init>", "main.<init>", "main.main"]


def test_impls_take_the_traits_annotations() -> None:
    text = (
        "trait Box[T]:\n    fn put(self, x: T, n: i64) -> Self\n\nstruct S:\n    x: i64\n\n"
        "impl Box[str] for S:\n    fn put(self, x, n: f64): self\n"
    )
    f = items(text, "resolve-names")["main.S.Box.put"]
    assert [p.type and p.type.type for p in f.params] == [None, "str", "f64"]
    assert f.result.type == "main.S"


def test_missing_methods_of_super_traits() -> None:
    text = (
        "trait Named:\n    fn name(self)\n\ntrait Shape: Named:\n    fn area(self)\n\nstruct A:\n    x: i64\n\n    fn name(self): 1\n\n"
        "struct B:\n    x: i64\n\nimpl Shape for A:\n    fn area(self): 1\n\nimpl Shape for B:\n    fn area(self): 1\n"
    )
    assert errors(text) == ["18:6 B does not have the method name, which Shape requires"]
