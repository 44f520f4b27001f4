"""The rule refused-argument."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import Invalid, Valid, is_text, last_word, shorten
from quality_rules._called import CallRule, argument, is_off, spreads
from quality_rules._expressions import FLAGS_AT
from quality_rules._held import entered
from quality_rules._tested import is_expected_to_fail
from quality_rules.reliability import _trials

_EXPECTING = frozenset({"raises", "assertRaises", "assertRaisesRegex", "suppress"})
#: Methods that give a text.
_OF_TEXTS = frozenset({"read", "read_text", "strip", "decode", "format", "join", "replace", "lower"})
_BUILTINS = ("int", "float", "bytes", "bytearray")
#: Functions and layers of einops → the function whose pattern they have, and its place.
_EINOPS = {
    **{f"einops.{name}": (name, 1) for name in ("rearrange", "reduce", "repeat")},
    **{
        f"einops.layers.{library}.{name.title()}": (name, 0)
        for library in ("torch", "tensorflow", "flax")
        for name in ("rearrange", "reduce")
    },
}
_WORDS = frozenset(
    name.rpartition(".")[2] for name in (*_trials.READERS, *_trials.PATTERNS, *_trials.MOMENTS, *_EINOPS)
)


class RefusedArgument(CallRule):
    """A function is given what it refuses each time.

    ## What it does
    Reports constant arguments that always raise an error: a moment that no clock shows (`date(2024, 2, 30)`,
    `hour=24`), texts that are no number, address, date or pattern to the function that reads them, layouts of `struct`
    that take another number of values, patterns of `einops` whose sides do not fit, lists for Django's `JsonResponse`
    without `safe=False`, options of `argparse` that contradict each other, and a file for `json.loads` or a text for `json.load`.

    Calls that are expected to raise, in a `try` or in `pytest.raises`, are fine.

    ## Why is this bad
    The first time that the line runs, the program ends there.

    ## Example
    ```python
    from datetime import datetime

    def end_of(year):
        return datetime(year, 12, 31, hour=24)
    ```

    ## Use instead
    ```python
    from datetime import datetime

    def end_of(year):
        return datetime(year + 1, 1, 1)
    ```

    ## References
    - [Python documentation: datetime](https://docs.python.org/3/library/datetime.html)
    - [Python documentation: argparse](https://docs.python.org/3/library/argparse.html)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    needs = _WORDS | {"replace", "pack", "add_argument", "JsonResponse", "load", "loads"}

    VALID = (
        Valid("def f(path, text):\n    with open(path) as file:\n        json.load(file)\n    json.loads(text.strip())"),
        Valid("from datetime import date\n\nlast = date(2024, 2, 29)\nfirst = date(year, 2, 29)", "It may be"),
        Valid("import datetime\n\nwith pytest.raises(ValueError):\n    datetime.date(2023, 2, 29)", "Expected"),
        Valid("from datetime import date\n\n@raises(ValueError)\ndef test_date():\n    use(date(2023, 2, 29))", "Expected"),
        Valid("try:\n    n = int('1.5')\nexcept ValueError:\n    n = 1", "Expected"),
        Valid("n = int(' 12 ')\nm = int('ff', 16)\nx = float('1e5')\ny = float('nan')"),
        Valid("moment = moment.replace(hour=23, minute=59)\ntext = text.replace('24', '25')"),
        Valid("import struct\n\nstruct.pack('<2sI', a, b)\nstruct.pack(layout, a)\nstruct.pack('4x')"),
        Valid("from einops import rearrange\n\nrearrange(x, 'b (h d) ... -> b h ... d 1', h=8)"),
        Valid("from einops import reduce, repeat\n\nreduce(x, 'b c h -> b', 'max')\nrepeat(x, 'h w -> h w c', c=3)"),
        Valid("from django.http import JsonResponse\n\nJsonResponse([1], safe=False)\nJsonResponse({'a': 1})"),
        Valid("parser.add_argument('--path', required=True)\nparser.add_argument('-q', action='store_true')"),
        Valid("import re\n\nre.compile(r'(a)\\1')\nre.compile(pattern)"),
    )  # fmt: skip
    INVALID = (
        Invalid(
            "def f(path, text):\n    with open(path) as file:\n        json.loads(file)\n    json.load(text.strip())",
            (
                "3:9-3:25 loads() refuses this: it raises TypeError each time",
                "4:5-4:28 load() refuses this: it raises AttributeError each time",
            ),
        ),
        Invalid(
            "import datetime\n\ndef f(year, now):\n    a = datetime.date(year, 2, 30)\n    b = datetime.time(minute=60)\n    return a, b, now.replace(hour=24)",
            (
                "4:9-4:35 date() refuses this: it raises ValueError each time",
                "5:9-5:33 time() refuses this: it raises ValueError each time",
                "6:18-6:38 replace() refuses this: it raises ValueError each time",
            ),
        ),
        Invalid(
            "from decimal import Decimal\nimport ipaddress, uuid\n\nPRICE = Decimal('1,50')\nNET = ipaddress.ip_network('10.0.0.1/8')\nID = uuid.UUID('abc')\nN = int('1.5')",
            (
                "4:9-4:24 Decimal() refuses this: it raises InvalidOperation each time",
                "5:7-5:41 ip_network() refuses this: it raises ValueError each time",
                "6:6-6:22 UUID() refuses this: it raises ValueError each time",
                "7:5-7:15 int() refuses this: it raises ValueError each time",
            ),
        ),
        Invalid(
            "from datetime import datetime\n\nSTART = datetime.strptime('2024-05-01', '%d.%m.%Y')",
            ("3:9-3:52 strptime() refuses this: it raises ValueError each time",),
        ),
        Invalid(
            "import re, struct\n\nre.sub('*', '', text)\nhead = struct.pack('<HI', kind)",
            (
                "3:1-3:22 sub() refuses this: it raises re.error each time",
                "4:8-4:32 pack() refuses this: it raises struct.error each time",
            ),
        ),
        Invalid(
            "import einops\nfrom einops.layers.torch import Rearrange\n\ndef f(x):\n    y = einops.rearrange(x, 'b n d -> b (n d')\n    return Rearrange('b c h w -> b (h w)')(y)",
            (
                "5:9-5:47 rearrange() refuses this: it raises EinopsError each time",
                "6:12-6:43 Rearrange() refuses this: it raises EinopsError each time",
            ),
        ),
        Invalid(
            "from django.http import JsonResponse\n\ndef f(request):\n    names = [p.name for p in People.objects.all()]\n    return JsonResponse(names)",
            ("5:12-5:31 JsonResponse() refuses this: it raises TypeError each time",),
        ),
        Invalid(
            "def options(parser):\n    parser.add_argument('path', required=True)\n    parser.add_argument('--all', action='store_true', type=bool)",
            (
                "2:5-2:47 add_argument() refuses this: it raises TypeError each time",
                "3:5-3:65 add_argument() refuses this: it raises TypeError each time",
            ),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        if spreads(call) or any(isinstance(given, ast.Starred) for given in call.args):
            return
        error = self._error(call, dotted)
        if error and not self._is_expected(call):
            shown = shorten(last_word(call.func))
            self.report(call, f"{shown}() refuses this: it raises {error} each time")

    def _error(self, call: ast.Call, dotted: str) -> str:
        """The name of the error that a call raises each time; empty for any other call."""
        if dotted in _trials.MOMENTS:
            return self._of_moment(call, dotted)
        word = dotted.rpartition(".")[2]
        if word == "replace":
            return self._of_replaced(call)
        if word == "add_argument":
            return self._of_option(call)
        if word == "JsonResponse":
            return self._of_response(call) if dotted.startswith("django.") else ""
        if dotted == "struct.pack":
            layout = self.constant(argument(call, 0))
            return _trials.refused_packing(layout, len(call.args) - 1) if isinstance(layout, str) else ""
        return self._of_text(call, dotted)

    def _of_json(self, dotted: str, given: ast.expr) -> str:
        """A file where a text belongs, or the other way around."""
        made = entered(self.facts, given) or given
        if not isinstance(made, ast.Call):
            return "AttributeError" if dotted == "json.load" and is_text(made) else ""
        if dotted == "json.loads":
            return "TypeError" if self.facts.is_builtin(made.func, "open") else ""
        of_text = isinstance(made.func, ast.Attribute) and made.func.attr in _OF_TEXTS
        return "AttributeError" if of_text or self.facts.is_builtin(made.func, "str", "repr") else ""

    def _of_text(self, call: ast.Call, dotted: str) -> str:
        """What is read as a text."""
        if dotted in {"json.load", "json.loads"}:
            return self._of_json(dotted, self.facts.only_value(call.args[0])) if call.args else ""
        root = dotted.partition(".")[0]
        owner = call.func.value if isinstance(call.func, ast.Attribute) else call.func
        if root in _BUILTINS and self.facts.is_builtin(owner, *_BUILTINS):
            dotted = f"builtins.{dotted}"
        given = [self.constant(each) for each in call.args]
        texts = bool(given) and isinstance(given[0], str) and not call.keywords
        if dotted in _trials.READERS and texts and None not in given:
            return _trials.refused_by_reader(dotted, given)
        if dotted in _trials.PATTERNS:
            word = dotted.rpartition(".")[2]
            flags = argument(call, FLAGS_AT[word], "flags")
            pattern = self.constant(argument(call, 0, "pattern")) if flags is None else None
            return _trials.refused_pattern(pattern) if isinstance(pattern, str) else ""
        if dotted in _EINOPS:
            function, place = _EINOPS[dotted]
            axes = self.constant(argument(call, place, "pattern"))
            return _trials.refused_axes(function, axes) if isinstance(axes, str) else ""
        return ""

    def _of_moment(self, call: ast.Call, kind: str) -> str:
        given: dict[str | None, ast.expr] = {each.arg: each.value for each in call.keywords}
        given.update(zip(_trials.MOMENTS[kind], call.args, strict=False))
        return self._of_parts(kind, given)

    def _of_replaced(self, call: ast.Call) -> str:
        given: dict[str | None, ast.expr] = {each.arg: each.value for each in call.keywords}
        if call.args or not given or not _trials.PARTS.issuperset(given):
            return ""
        return self._of_parts("datetime.datetime", given)

    def _of_parts(self, kind: str, given: dict[str | None, ast.expr]) -> str:
        known = {name: self.constant(value) for name, value in given.items() if name in _trials.MOMENTS[kind]}
        parts = {str(name): value for name, value in known.items() if value is not None}
        return _trials.refused_moment(kind, parts) if parts else ""

    def _of_option(self, call: ast.Call) -> str:
        """What argparse refuses: a value for a switch, and to ask for what is asked for anyway."""
        names = [self.constant(each) for each in call.args]
        told = {each.arg for each in call.keywords}
        if not names or not all(isinstance(name, str) for name in names):
            return ""
        if len(names) == 1 and not str(names[0]).startswith("-") and "required" in told:
            return "TypeError"
        action = self.constant(argument(call, -1, "action"))
        return "TypeError" if action in _trials.SWITCHES and not told.isdisjoint(_trials.OF_VALUES) else ""

    def _of_response(self, call: ast.Call) -> str:
        """What Django refuses to send, since its own check for dictionaries is not switched off."""
        safe = argument(call, 2, "safe")
        given = argument(call, 0, "data")
        if given is None or (safe is not None and (is_off(safe) or not isinstance(safe, ast.Constant))):
            return ""
        data = self.facts.only_value(given)
        listed = isinstance(data, ast.List | ast.ListComp | ast.Tuple) or (
            isinstance(data, ast.Call) and self.facts.is_builtin(data.func, "list", "sorted", "tuple")
        )
        return "TypeError" if listed else ""

    def _is_expected(self, call: ast.Call) -> bool:
        """Tells whether a call is made to see the error."""
        below: ast.AST = call
        for above in self.facts.ancestors(call):
            if isinstance(above, ast.Try | ast.TryStar) and above.handlers and below in above.body:
                return True
            calls = (
                [item.context_expr for item in above.items]
                if isinstance(above, ast.With | ast.AsyncWith)
                else [above]
            )
            if any(isinstance(each, ast.Call) and last_word(each.func) in _EXPECTING for each in calls):
                return True
            below = above
        return is_expected_to_fail(self.facts, call)
