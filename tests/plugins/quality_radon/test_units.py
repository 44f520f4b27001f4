from __future__ import annotations

import ast
from textwrap import dedent, indent

import pytest
from hypothesis import given
from hypothesis import strategies as st

import quality
from quality.model import AnalyzerContext, Source
from quality_radon import RadonAnalyzer
from quality_radon._shape import shape_of


def nesting(text: str) -> int:
    return shape_of(Source(dedent(text)).outline.units[0]).nesting


class TestNesting:
    def test_straight_code_has_none(self):
        assert nesting("def f(a):\n    b = [x for x in a if x]\n    return b if b else None\n") == 0

    @pytest.mark.parametrize(
        "header",
        ["if a:", "for a in b:", "while a:", "async for a in b:"],
    )
    def test_each_statement_of_control_flow_opens_a_level(self, header):
        assert nesting(f"async def f():\n  {header}\n    {header}\n      pass\n") == 2

    @pytest.mark.parametrize("header", ["with a:", "async with a:"])
    def test_with_opens_none(self, header):
        assert nesting(f"async def f():\n  {header}\n    if a: pass\n") == 1

    @pytest.mark.parametrize("leaving", ["return", "return a", "raise b", "continue", "break", "abort(403)"])
    def test_an_if_that_only_leaves_opens_none(self, leaving):
        assert nesting(f"def f():\n  for a in b:\n    if a: {leaving}\n    a()\n") == 1
        assert nesting(f"def f():\n  for a in b:\n    if a: {leaving}\n    else: a()\n") == 2

    def test_an_if_that_only_puts_right_what_it_asks_about_opens_none(self):
        assert nesting("def f(a):\n  for b in a:\n    if not b: b = 1\n    g(b)\n") == 1
        assert nesting("def f(a, c):\n  for b in a:\n    if not b: c = 1\n    g(b, c)\n") == 2

    @pytest.mark.parametrize("clause", ["except A:", "except* A:"])
    def test_try_opens_one_level_for_all_its_clauses(self, clause):
        text = f"def f():\n  try:\n    if a: pass\n  {clause}\n    if b: pass\n"
        assert nesting(text) == 2

    def test_a_try_that_only_cleans_up_opens_none_as_with(self):
        assert nesting("def f():\n  try:\n    if a: pass\n  finally:\n    b()\n") == 1
        assert nesting("def f():\n  try:\n    if a: pass\n  except A:\n    b()\n    raise\n") == 1
        assert nesting("def f():\n  with b():\n    if a: pass\n") == 1

    def test_a_filter_in_what_a_loop_goes_through_is_an_if_in_the_loop(self):
        assert nesting("def f(b):\n  for a in (x for x in b if x): a()\n") == 2
        assert nesting("def f(b):\n  for a in (x.y for x in b): a()\n") == 1

    def test_match_opens_one_level_for_all_its_cases(self):
        assert nesting("def f():\n  match a:\n    case 1: pass\n    case 2:\n      if b: pass\n") == 2

    def test_elif_continues_the_level(self):
        assert (
            nesting("def f():\n  if a: pass\n  elif b: pass\n  elif c:\n    pass\n  else:\n    pass\n") == 1
        )

    def test_if_inside_else_opens_a_level(self):
        assert nesting("def f():\n  if a: pass\n  else:\n    if b: pass\n") == 2

    def test_statements_below_an_elif_count_from_its_level(self):
        assert nesting("def f():\n  if a: pass\n  elif b:\n    for x in y: pass\n") == 2

    def test_inner_functions_and_classes_keep_the_level(self):
        text = "def f():\n  if a:\n    def g():\n      class A:\n        def h():\n          if b: pass\n"
        assert nesting(text) == 2

    def test_module_code_ends_where_functions_begin(self, measure):
        text = "if a:\n  class A:\n    for x in y: pass\n    def f():\n      while b:\n        for d in e: pass\n"
        assert measure(text)["nesting"] == {"A.f": 2, "<module>": 2}

    @given(st.integers(0, 40))
    def test_each_level_counts_once(self, depth):
        lines = ["def f():", *(" " * (n + 1) + "while a:" for n in range(depth)), " " * (depth + 1) + "pass"]
        assert nesting("\n".join(lines) + "\n") == depth


class TestParameters:
    @pytest.mark.parametrize(
        ("header", "count"),
        [
            ("def f(): pass", 0),
            ("def f(a, b=1): pass", 2),
            ("def f(a, /, b, *, c): pass", 3),
            ("def f(*args, **kwargs): pass", 2),
            ("def f(self): pass", 1),
            ("async def f(a, *, b): pass", 2),
        ],
    )
    def test_every_parameter_of_a_function_counts(self, measure, header, count):
        assert measure(header + "\n")["parameters"]["f"] == count

    @pytest.mark.parametrize(
        ("method", "count"),
        [
            ("def f(self, a): pass", 1),
            ("def f(this, a): pass", 1),
            ("def f(self, /, a): pass", 1),
            ("def f(*args): pass", 1),
            ("def f(*, a): pass", 1),
            ("@classmethod\n  def f(cls, a): pass", 1),
            ("@staticmethod\n  def f(a, b): pass", 2),
            ("@builtins.staticmethod\n  def f(a, b): pass", 2),
            ("@other(staticmethod)\n  def f(a, b): pass", 1),
        ],
    )
    def test_the_receiver_of_a_method_does_not_count(self, measure, method, count):
        assert measure(f"class A:\n  {method}\n")["parameters"]["A.f"] == count

    def test_the_module_has_none(self, measure):
        assert measure("x = 1\n")["parameters"] == {"<module>": 0}


class TestCyclomatic:
    def test_closures_count_as_components(self, measure):
        closure = "def f():\n  def g():\n    if a: pass\n  def h(): pass\n"
        assert measure(closure)["cyclomatic"]["f"] == 1 + 2 + 1

    def test_methods_of_inner_classes_count(self, measure):
        inner = "def f():\n  class A:\n    x = 1 if a else 2\n    class B:\n      def g(self):\n        if a: pass\n"
        assert measure(inner)["cyclomatic"]["f"] == 1 + 1 + 2

    def test_the_module_has_the_decisions_outside_of_functions(self, measure):
        text = "if a: pass\nclass A:\n  x = b and c\n  class B:\n    while d: pass\n  def f(self):\n    if e: pass\n"
        assert measure(text)["cyclomatic"] == {"<module>": 4, "A.f": 2}

    def test_functions_of_one_name_are_told_apart(self, measure):
        text = "if a:\n  def f(): pass\nelse:\n  def f():\n    if b: pass\n"
        source = Source(text)
        assert [unit.scope.line for unit in source.outline.units] == [2, 4, 1]
        assert measure(text)["cyclomatic"]["f"] == 2


class TestCognitive:
    def test_inner_functions_count_to_the_outer_one(self, measure):
        text = "def f():\n  x = 1\n  def g():\n    if a:\n      for b in c: pass\n  return g\n"
        assert measure(text)["cognitive"]["f"] == 2 + 3

    @pytest.mark.parametrize(
        "text",
        [
            "class A:\n  if a:\n    while b: pass\n",
            "class A:\n  class B:\n    x = a and b\n",
            "if a:\n  class A:\n    x = [b for b in c if d]\n",
        ],
    )
    def test_code_in_class_bodies_counts_to_the_module(self, measure, text):
        assert measure(text)["cognitive"]["<module>"] >= 1

    def test_code_in_class_bodies_counts_to_the_function(self, measure):
        text = "def f():\n  class A:\n    class B:\n      def g(self):\n        if a: pass\n"
        assert measure(text)["cognitive"]["f"] >= 1

    def test_directives_are_ignored(self, measure):
        text = "def f():  # complexipy: ignore\n  if a: pass  # noqa: complexipy\n"
        assert measure(text)["cognitive"]["f"] == 1

    def test_functions_are_matched_by_place(self, measure):
        text = dedent(
            """\
            @a(
                1,
            )
            @(
                b
            )
            async def f():
                if a: pass
            @overload
            def g(x: int): ...
            @overload
            def g(x: str): ...
            def g(x): return x if a else (x if b else c)
            x = 1; y = 2
            \\
            def h(): return [x for x in y if x and a]
            \x0cdef i(): return "\u2028" if a else "\x0c" if b else c
            """
        )
        measured = measure(text)
        assert set(measured["cognitive"]) == {"f", "g", "h", "i", "<module>"}
        assert measured["cognitive"]["f"] == 1
        assert measured["cyclomatic"]["f"] == 2

    @pytest.mark.parametrize("decision", ["(a if b else c)", "(a and b)"])
    @pytest.mark.parametrize(
        "place",
        [
            "return {}",
            "return 1 + {}",
            "return -{}",
            "return {}.x",
            "return {}[0]",
            "return x[{}]",
            "return {}(1)",
            "return h(k={})",
            "return h(*{})",
            "return [*{}]",
            "return f'{{{}}}'",
            "return (x := {})",
            "return await {}",
            "yield {}",
            "x[{}] = 1",
            "x: int = {}",
            "def g(x={}): pass",
            "@{}\n  def g(): pass",
            "class A({}): pass",
            "class A:\n    x = {}",
        ],
    )
    def test_a_decision_counts_wherever_in_a_statement_it_stands(self, measure, place, decision):
        assert measure(f"async def f():\n  {place.format(decision)}\n")["cognitive"]["f"] == 1

    @pytest.mark.parametrize(
        ("body", "points"),
        [
            ("if a: pass\nelif b: pass\nelse: pass", 3),
            ("if a:\n  if b: pass\n  else: pass", 4),
            ("for a in b:\n  while c: pass\nelse:\n  if d: pass", 4),
            ("try: pass\nexcept A:\n  if a: pass\nelse:\n  if b: pass\nfinally:\n  if c: pass", 5),
            ("match a:\n  case 1: pass\n  case 2 if b: pass\n  case _ if c or d: pass", 4),
            ("return [a for b in c for d in b if d if a]", 4),
            ("if a:\n  return [b for b in c if d]", 4),
            ("return a and b and c", 1),
            ("return a and b or c and d", 3),
            ("return not (a and not (b and c))", 2),
            ("return (b, a)[x > y]", 1),
            ("return {True: a, False: b}[not x]", 1),
            ("return ((a, b)[x > y], c)[x > z]", 3),
            ("return (b, a)[x]", 0),
            ("return f(a)", 1),
            ("return all((a, b))", 1),
            ("return any([a, all((b, c))])", 2),
            ("return all(a)", 0),
            ("for b in c:\n  if d:\n    while e: pass", 6),
            ("for b in (x for x in c if d):\n  while e: pass", 6),
            ("return lambda: a if b else c", 2),
        ],
    )
    def test_the_points_of_decisions(self, measure, body, points):
        text = "def f():\n" + indent(body, "  ") + "\n"
        assert measure(text)["cognitive"]["f"] == points

    @pytest.mark.parametrize(
        ("statement", "size"),
        [
            ("b, c = a, 1", 2),
            ("b = c = a", 1),
            ("b, a = a, b", 1),
            ("b, c = a", 1),
            ("b, *c = a, 1", 2),
            ("return (b := a)", 2),
            ("x, y = [], {}", 2),
        ],
    )
    def test_assignments_that_share_a_statement_count_each(self, measure, statement, size):
        assert measure(f"def f(a):\n  {statement}\n")["lloc"]["f"] == 1 + size
        assert measure(f"{statement.replace('return ', '')}\n")["lloc"]["<module>"] <= 1

    def test_a_function_keeps_what_its_pieces_hold(self, measure):
        whole = "def f(a):\n  b = 0\n  for c in a:\n    if c:\n      b += c\n  return b\n"
        cut = "def f(a):\n  b = 0\n  return f_rest(a, b)\ndef f_rest(a, b):\n  for c in a:\n    if c:\n      b += c\n  return b\n"
        named = cut.replace("f_rest", "sum_of")
        before, after = measure(whole), measure(cut)
        for metric in ("cognitive", "lloc", "nesting"):
            assert after[metric]["f"] == before[metric]["f"]
            assert measure(named)[metric]["f"] < before[metric]["f"]

    def test_a_piece_of_a_piece_is_one_of_the_whole(self, measure):
        text = "def f_2_3(a):\n  if a: a()\ndef f_2(a):\n  f_2_3(a)\ndef f(a):\n  f_2(a)\n"
        assert measure(text)["cognitive"] == {"f": 1, "f_2": 1, "f_2_3": 1, "<module>": 0}

    def test_only_a_unit_that_calls_itself_is_recursive(self, measure):
        text = "def f(): pass\nclass A:\n  def f(self): f()\n  def g(self): self.g()\n"
        assert measure(text)["cognitive"] == {"f": 0, "A.f": 0, "A.g": 1, "<module>": 0}


def test_an_empty_source_has_its_module_only(measure):
    assert {scope for values in measure("").values() for scope in values} == {"<module>"}


def test_a_case_with_a_condition_is_a_statement(measure):
    chain = "def f(a):\n  if a > 1: return b\n  elif a > 2: return c\n"
    cases = "def f(a):\n  match a:\n    case _ if a > 1: return b\n    case _ if a > 2: return c\n    case 3: return d\n"
    assert measure(chain)["lloc"]["f"] == 5
    assert measure(cases)["lloc"]["f"] == 1 + 1 + 3 + 2


def test_sizes_are_the_outlines(measure):
    assert measure('"""Doc."""\nx = 1\nprint(x)\ndef f():\n  """Doc."""\n  return 1\n')["lloc"] == {
        "f": 2,
        "<module>": 1,
    }


def test_the_shared_tree_is_left_as_it_was(measure):
    source = Source(
        "class A:\n  if a:\n    def f(self):\n      class B:\n        class C: x = 1 if a else 2\n"
    )
    before = ast.dump(source.tree, include_attributes=True)
    analyzer = RadonAnalyzer()
    analyzer.open(AnalyzerContext({}, options={"facts": True}))
    first = analyzer.analyze(source)
    assert ast.dump(source.tree, include_attributes=True) == before
    assert analyzer.analyze(source) == first


def choices(body: str) -> int:
    return shape_of(
        Source(f"def f(a, b, x):\n{indent(dedent(body).strip(), '    ')}\n").outline.units[0]
    ).choices


class TestChoices:
    @pytest.mark.parametrize(
        "body",
        [
            "if a:\n    x = 1\nelse:\n    x = 2\nuse(x)",
            "if a:\n    x.y[0] = 1\nelse:\n    x.y[0] = 2",
            "if a:\n    return 1\nelse:\n    return b",
            "if a:\n    x += 1\nelse:\n    x -= 1",
        ],
    )
    def test_one_of_two_values_for_a_name_or_the_result_is_a_choice(self, body):
        assert choices(body) == 1
        assert nesting(f"def f(a, b, x):\n{indent(body, '    ')}\n") == 0

    @pytest.mark.parametrize(
        "body",
        [
            "if a:\n    x = 1\nelse:\n    b = 2",
            "if a:\n    x = 1\nelse:\n    x += 2",
            "if a:\n    x = 1\nelse:\n    return 2",
            "if a:\n    return\nelse:\n    return 2",
            "if a:\n    x = 1\n    use(x)\nelse:\n    x = 2",
            "if a:\n    x = 1",
            "if a:\n    x = 1\nelif b:\n    x = 2\nelse:\n    x = 3",
            "if a:\n    x = b = 1\nelse:\n    x = b = 2",
        ],
    )
    def test_everything_else_is_a_branch(self, body):
        assert choices(body) == 0

    def test_a_choice_weighs_hardly_more_than_the_expression_that_it_could_be(self):
        plain = "def f(a):\n    if a:\n        x = g(a)\n    else:\n        x = h(a)\n    return k(x, a)\n"
        short = "def f(a):\n    x = g(a) if a else h(a)\n    return k(x, a)\n"
        assert 0.0 < quality.score(short).value - quality.score(plain).value < 0.01
