"""The rule discarded-result."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, dotted_name, is_text, last_word, root_name, shorten
from quality_rules._kinds import Kind, Kinds
from quality_rules._tested import is_expected_to_fail

if TYPE_CHECKING:
    from quality.rules import Facts

#: Builtins that do nothing but answer.
_BUILTINS = (
    "sorted",
    "reversed",
    "map",
    "filter",
    "zip",
    "enumerate",
    "len",
    "sum",
    "min",
    "max",
    "abs",
    "round",
    *(
        "bin",
        "callable",
        "chr",
        "divmod",
        "hex",
        "id",
        "isinstance",
        "issubclass",
        "oct",
        "ord",
        "pow",
        "repr",
    ),
)
#: Builtins that put together what they are given.
_CONTAINERS = ("list", "tuple", "set", "frozenset", "dict")
#: Modules whose functions do nothing but answer.
_MODULES = frozenset(
    {"cmath", "itertools", "math", "operator", "statistics", "string", "textwrap", "os.path"}
)
#: Functions of other modules that do.
_FUNCTIONS = frozenset(
    {
        *(
            f"re.{name}"
            for name in ("match", "search", "fullmatch", "findall", "finditer", "split", "escape")
        ),
        *("copy.copy", "copy.deepcopy", "fnmatch.fnmatch", "glob.glob", "html.escape", "shlex.quote"),
        *(
            f"datetime.datetime.{name}"
            for name in ("now", "today", "utcnow", "fromtimestamp", "utcfromtimestamp")
        ),
        *("datetime.date.today", "datetime.date.fromtimestamp", "time.time", "time.perf_counter"),
        *("urllib.parse.quote", "urllib.parse.unquote", "urllib.parse.urlencode", "urllib.parse.urljoin"),
    }
)
#: Methods that strings have and that few other things share, and that return something new.
_ONLY_TEXT = frozenset(
    {"strip", "lstrip", "rstrip", "upper", "capitalize", "casefold", "swapcase", "zfill", "splitlines"}
)
#: Methods that strings share with others.
_ALSO_TEXT = frozenset({"lower", "title", "replace", "format", "join", "split", "encode", "translate"})
#: Methods of tables that give another one, and names of such.
_OF_TABLES = frozenset(
    {
        *(
            "dropna",
            "fillna",
            "drop_duplicates",
            "sort_values",
            "reset_index",
            "set_index",
            "rename",
            "astype",
        ),
        *("merge", "assign", "drop"),
    }
)
_TABLE = re.compile(r"(?:\w+_)?(?:df|data_?frame|frame)|df_\w+")
#: What ``replace`` of a date or time takes.
_PARTS_OF_MOMENTS = frozenset(
    {"year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "fold"}
)

#: Methods of texts that fail for many a text or argument.
_FAILING = frozenset({"decode", "encode"})


class DiscardedResult(AstRule):
    """An answer is dropped.

    ## What it does
    Reports calls as statements of their own whose only effect is their result: `sorted(rows)`, `map(f, rows)`,
    `name.strip()`, `os.path.exists(path)`, and `text.replace(a, b)` of a text; and `replace` of anything with two texts, or with parts of a date.

    A call that is all that a `try` does, which may be there to see whether it raises, is fine.

    ## Why is this bad
    The statement does nothing. Texts never change, `sorted` leaves its argument alone, and `map` does not even
    call the function: what was meant did not happen.

    ## Example
    ```python
    def clean(name):
        name.strip()
        return name
    ```

    ## Use instead
    ```python
    def clean(name):
        return name.strip()
    ```

    ## References
    - [Python documentation: string methods](https://docs.python.org/3/library/stdtypes.html#string-methods)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    equivalents = ("pylint:expression-not-assigned",)

    VALID = (
        Valid("@raises(TypeError)\ndef test_sum(rows):\n    sum(row for row in rows)", "It is to raise"),
        Valid("rows.sort()\nframe.replace(1, 2, inplace=True)", "They change something"),
        Valid("try:\n    len(value)\nexcept TypeError:\n    value = [value]", "To see whether it raises"),
        Valid(
            "def f(name):\n    with suppress(LookupError):\n        if name:\n            ''.encode(name)\n            use(name)\n            keep(name)",
            "So it is here: there may be no such encoding",
        ),
        Valid("import os\n\nos.replace('a', 'b')\npath.replace('b')", "Files"),
        Valid("def drain(rows):\n    list(rows)\n    set(map(print, rows))", "They exhaust an iterator"),
        Valid(
            "def f(rows):\n    statistics = []\n    statistics.append(1)\n    return statistics", "No module"
        ),
        Valid("def show(window):\n    window.title('Rows')", "A window has titles too"),
        Valid(
            "def fit(line):\n    line.rstrip()\n    line.pad(80)",
            "No text: it is changed by other methods, too",
        ),
        Valid("def f(self, code):\n    line = self.highlight(code)\n    line.rstrip()\n    return line"),
    )
    INVALID = (
        Invalid(
            "def f(df):\n    df.dropna()\n    df.drop(columns='a', inplace=True)\n    return df",
            ("2:5-2:16 df.dropna() has no effect: use its result",),
        ),
        Invalid(
            "import os\n\ndef f(path, rows):\n    os.path.exists(path)\n    isinstance(rows, list)\n    tuple([1, 2])",
            (
                "4:5-4:25 os.path.exists(path) has no effect: use its result",
                "5:5-5:27 isinstance(rows, list) has no effect: use its result",
                "6:5-6:18 tuple([1, 2]) has no effect: use its result",
            ),
        ),
        Invalid(
            "def f(title, when):\n    slug = title.lower()\n    slug.rest.replace(' ', '-')\n    when.replace(hour=0)",
            (
                "3:5-3:32 slug.rest.replace(' ', '-') has no effect: use its result",
                "4:5-4:25 when.replace(hour=0) has no effect: use its result",
            ),
        ),
        Invalid(
            "def f(rows):\n    tuple(sorted(rows))\n    return rows",
            ("2:5-2:24 tuple(sorted(rows)) has no effect: use its result",),
        ),
        Invalid(
            "def f(rows):\n    map(print, rows)\n    sorted(rows, key=len)",
            (
                "2:5-2:21 map(print, rows) has no effect: use its result",
                "3:5-3:26 sorted(rows, key=len) has no effect: use its result",
            ),
        ),
        Invalid(
            "def f(name):\n    name.strip()\n    return name",
            ("2:5-2:17 name.strip() has no effect: use its result",),
        ),
        Invalid(
            'def f(name: str):\n    name.replace("-", "_")\n    return name',
            ("2:5-2:27 name.replace('-', '_') has no effect: use its result",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether the result of a call is left alone."""
        return any(isinstance(statement.value, ast.Call) for statement in facts.of(ast.Expr))

    def visit_Expr(self, statement: ast.Expr) -> None:
        call = statement.value
        if not isinstance(call, ast.Call):
            return
        sure = self._only_answers(call)
        if sure is None or self._is_tried(statement):
            return
        function = self.facts.function(call)
        tested = function is not None and function.name.startswith("test")
        if tested or self.facts.is_builtin(call.func, "hash", "repr"):
            sure = Confidence.LOW  # it may be asked only to see that the object's own method raises nothing
        self.report(call, f"{shorten(ast.unparse(call))} has no effect: use its result", confidence=sure)

    def _is_tried(self, statement: ast.Expr) -> bool:
        """Tells whether a statement may be there to see whether it raises: it stands in a block for that, alone, or often does."""
        around = next((a for a in self.facts.ancestors(statement) if isinstance(a, ast.Try | ast.With)), None)
        function = statement.value.func if isinstance(statement.value, ast.Call) else None
        if around is not None and isinstance(function, ast.Attribute) and function.attr in _FAILING:
            return True
        alone = around is not None and sum(isinstance(each, ast.Expr) for each in around.body) == 1
        return alone or is_expected_to_fail(self.facts, statement)

    def _only_answers(self, call: ast.Call) -> Confidence | None:
        """How sure it is that a call does nothing but answer; None when it may do something."""
        function = call.func
        if self._is_answer(call) or not isinstance(function, ast.Attribute):
            return Confidence.HIGH if self._is_answer(call) else None
        if function.attr in _OF_TABLES:
            return Confidence.MEDIUM if self._gives_table(call, function.value) else None
        if function.attr not in _ONLY_TEXT and function.attr not in _ALSO_TEXT:
            return None
        owner = function.value
        if function.attr == "replace" and self._replaces(call):
            return Confidence.HIGH
        if (
            isinstance(owner, ast.Constant | ast.JoinedStr)
            or self.facts.derived(Kinds).of(owner) is Kind.TEXT
        ):
            return Confidence.HIGH
        # Others have methods of these names too, and some of them change what they are called on.
        local = function.attr in _ONLY_TEXT and isinstance(owner, ast.Name) and self._is_local(owner)
        return Confidence.LOW if local else None

    def _gives_table(self, call: ast.Call, owner: ast.expr) -> bool:
        """Tells whether a method of a table gives another one, and leaves it as it is."""
        in_place = any(keyword.arg in {"inplace", "copy"} for keyword in call.keywords)
        return not in_place and _TABLE.fullmatch(last_word(owner)) is not None

    def _is_answer(self, call: ast.Call) -> bool:
        """Tells whether a call is one of a function that is known to do nothing but answer.

        What gathers may be there to exhaust an iterator, unless it is given what is written there, or was gathered before.
        """
        if self.facts.is_builtin(call.func, *_CONTAINERS):
            given = call.args[0] if call.args else None
            made = isinstance(given, ast.Call) and self.facts.is_builtin(
                given.func, "sorted", "range", *_CONTAINERS
            )
            return made or given is None or isinstance(given, ast.List | ast.Tuple | ast.Set | ast.Dict)
        if self.facts.is_builtin(call.func, *_BUILTINS):
            return bool(call.args)
        root = root_name(call.func)
        if root in self.facts.bound and root not in self.facts.imports:
            return False  # something of the source has the name of a module
        origin = self.facts.origin(call.func)
        if origin == "re.sub":
            return len(call.args) > 1 and is_text(call.args[1])  # a function may gather what is found
        return origin in _FUNCTIONS or origin.rpartition(".")[0] in _MODULES

    def _replaces(self, call: ast.Call) -> bool:
        """Tells whether a call replaces one text by another, or a part of a moment, in a copy: nothing else takes that."""
        names = {keyword.arg for keyword in call.keywords}
        if names and not call.args:
            return names <= _PARTS_OF_MOMENTS
        texts = [argument for argument in call.args if is_text(argument)]
        module = dotted_name(call.func).partition(".")[0] in self.facts.imports
        return len(texts) == len(call.args) == 2 and not names and not module  # noqa: PLR2004

    def _is_local(self, owner: ast.Name) -> bool:
        function = self.facts.function(owner)
        if function is None:
            return False
        names = self.facts.names(function)
        receiver = names.parameters[:1] if self.facts.class_of(function) else ()
        local = owner.id in names.parameters or owner.id in names.stores
        made = any(isinstance(value, ast.Call) for value in self.facts.values(owner, owner.id))
        return local and owner.id not in receiver and not made and not self._is_changed(names.loads[owner.id])

    def _is_changed(self, uses: list[ast.Name]) -> bool:
        """Tells whether other methods are called for what they do, which texts have none of."""
        for use in uses:
            method = self.facts.parent(use)
            call = self.facts.parent(method) if isinstance(method, ast.Attribute) else None
            acts = isinstance(call, ast.Call) and isinstance(self.facts.parent(call), ast.Expr)
            if acts and getattr(method, "attr", "") not in _ONLY_TEXT | _ALSO_TEXT:
                return True
        return False
