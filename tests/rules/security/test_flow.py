"""What the data flow analysis follows, what stops it, and what it leaves open."""

from __future__ import annotations

import textwrap

import pytest

import quality_rules
from quality.model import Confidence, Severity, Source
from quality.rules import RuleRunner, catalogue, discover_rules
from quality_rules._flow import FlowRule

RULES = catalogue([rule for rule in discover_rules(quality_rules) if issubclass(rule, FlowRule)], "quality")
RUNNER = RuleRunner(RULES)

HEAD = "import os, re, shlex, subprocess\nfrom flask import request\n\n"


def run(body: str, parameters: str = "cursor, name, other"):
    code = f"{HEAD}def f({parameters}):\n{textwrap.indent(textwrap.dedent(body).strip(), '    ')}\n"
    return analyse(code)


def analyse(code: str):
    result = RUNNER.run(Source(textwrap.dedent(code)))
    assert not result.failures
    return result


def rules(result) -> list[str]:
    return sorted({finding.rule_id.partition(":")[2] for finding in result.findings})


SPREADS = {
    "concatenation": "q = 'DELETE FROM t WHERE n = ' + name",
    "long concatenation": "q = 'DELETE FROM t WHERE n = ' + str(name) + ' AND ' + 'x'",
    "percent": "q = 'DELETE FROM t WHERE n = %s AND m = %s' % (1, name)",
    "percent with names": "q = 'DELETE FROM t WHERE n = %(n)s' % {'n': name}",
    "percent with locals": "q = 'DELETE FROM t WHERE n = %(name)s' % locals()",
    "format": "q = 'DELETE FROM t WHERE n = {}'.format(name)",
    "format with names": "q = 'DELETE FROM t WHERE n = {n}'.format(n=name)",
    "format spread": "q = 'DELETE FROM t WHERE n = {n}'.format(**{'n': name})",
    "f-string": "q = f'DELETE FROM t WHERE n = {name!r}'",
    "join": "q = 'DELETE FROM t WHERE ' + ' AND '.join(['a = 1', name])",
    "join of a comprehension": "q = 'DELETE FROM t WHERE ' + ' '.join(f'{k} = 1' for k in name)",
    "list filled": "parts = ['DELETE FROM t WHERE']\nparts.append(name)\nq = 'DELETE FROM ' + ' '.join(parts)",
    "dictionary": "d = {}\nd['n'] = name\nq = 'DELETE FROM t WHERE n = %s' % d['n']",
    "attribute": "q = 'DELETE FROM t WHERE n = %s' % name.value",
    "own attribute": "self.n = name\nq = 'DELETE FROM t WHERE n = %s' % self.n",
    "unpacking": "a, b = 1, name\nq = 'DELETE FROM t WHERE n = %s' % b",
    "starred": "a, *b = name\nq = 'DELETE FROM t WHERE n = %s' % b[0]",
    "conditional expression": "q = 'DELETE FROM t WHERE n = %s' % (name if other else '')",
    "or": "q = 'DELETE FROM t WHERE n = %s' % (other and name or 'x')",
    "branch": "v = 'x'\nif other:\n    v = name\nq = 'DELETE FROM t WHERE n = ' + v",
    "loop": "v = ''\nfor part in name:\n    v += part\nq = 'DELETE FROM t WHERE n = ' + v",
    "second turn": "a = b = ''\nwhile other:\n    a = b\n    b = name\nq = 'DELETE FROM t WHERE n = ' + a",
    "left by break": "v = ''\nwhile other:\n    if other:\n        v = name\n        break\nq = 'DELETE FROM ' + v",
    "handler": "v = name\ntry:\n    v = ''\nexcept OSError:\n    pass\nq = 'DELETE FROM t WHERE n = ' + v",
    "with": "with name as v:\n    q = 'DELETE FROM t WHERE n = ' + v",
    "walrus": "q = 'DELETE FROM t WHERE n = ' + (v := name) + v",
    "match": "match name:\n    case [v, *_]:\n        q = 'DELETE FROM t WHERE n = ' + v",
    "methods of texts": "q = 'DELETE FROM t WHERE n = ' + name.strip().lower().encode().decode()",
    "replace": "q = 'DELETE FROM t WHERE n = ' + 'X'.replace('X', name)",
    "slice": "q = 'DELETE FROM t WHERE n = ' + name[1:]",
    "inner function": "def g():\n    cursor.execute('DELETE FROM t WHERE n = ' + name)\nq = ''",
    "lambda": "q = (lambda: cursor.execute('DELETE FROM t WHERE n = ' + name))",
    "foreign function": "q = 'DELETE FROM t WHERE n = ' + transform(name)",
}


@pytest.mark.parametrize("body", SPREADS.values(), ids=SPREADS)
def test_a_value_is_followed_through(body: str) -> None:
    assert rules(run(f"{body}\ncursor.execute(q)")) == ["sql-injection"]


STOPS = {
    "assignment": "name = 'x'",
    "cast": "name = int(name)",
    "cast for its error": "int(name)",
    "cast in try": "try:\n    name = int(name)\nexcept ValueError:\n    return",
    "set": "if name not in {'a', 'b'}:\n    raise ValueError(name)",
    "constant collection": "if name not in ALLOWED:\n    return",
    "own collection": "if name not in self.columns:\n    return",
    "equal": "if name != 'a':\n    return",
    "or of equals": "if not (name == 'a'):\n    return",
    "pattern": "if not re.fullmatch('[a-z]+', name):\n    return",
    "pattern is None": "if re.fullmatch('[a-z]+', name) is None:\n    return",
    "closed pattern": "if not re.match('^[a-z]+$', name):\n    return",
    "digits": "if not name.isdigit():\n    return",
    "type": "if not isinstance(name, int):\n    return",
    "number format": "name = f'{name:d}'",
    "exit": "if name not in {'a'}:\n    exit()",
    "foreign check": "if not is_valid(name):\n    return",
    "foreign check that raises": "check_name(name)",
    "foreign cleaner": "name = sanitize_name(name)",
    "assertion in match": "match name:\n    case 'a' | 'b':\n        pass\n    case _:\n        return",
}


@pytest.mark.parametrize("body", STOPS.values(), ids=STOPS)
def test_a_value_is_stopped_by(body: str) -> None:
    result = run(f"{body}\ncursor.execute('DELETE FROM t WHERE n = ' + name)", "self, cursor, name, other")
    assert rules(result) == []


LEAKS = {
    "test of another": "if other not in {'a'}:\n    return",
    "test without leaving": "if name not in {'a'}:\n    print(name)",
    "part of a text": "if name not in 'abc':\n    return",
    "collection from outside": "if name not in other:\n    return",
    "open pattern": "if not re.match('[a-z]+', name):\n    return",
    "any pattern": "if not re.fullmatch('.*', name):\n    return",
    "assert": "assert name in {'a'}",
    "one branch": "if other:\n    name = int(name)",
    "swallowed": "try:\n    int(name)\nexcept ValueError:\n    pass",
    "own cleaner": "def sanitize(x):\n    return x\nname = sanitize(name)",
    "escape for something else": "name = shlex.quote(name)",
    "and": "if other and name not in {'a'}:\n    return",
}


@pytest.mark.parametrize("body", LEAKS.values(), ids=LEAKS)
def test_a_value_is_not_stopped_by(body: str) -> None:
    result = run(f"{body}\ncursor.execute('DELETE FROM t WHERE n = ' + name)")
    assert rules(result) == ["sql-injection"]


def test_what_a_client_chooses_is_an_error_and_what_a_caller_chooses_a_warning() -> None:
    (client,) = run("os.system('ls ' + request.args['d'])").findings
    (user,) = run("os.system('ls ' + input())").findings
    (caller,) = run("os.system('ls ' + name)").findings
    assert (client.severity, client.confidence) == (Severity.ERROR, Confidence.HIGH)
    assert (user.severity, user.confidence) == (Severity.WARNING, Confidence.MEDIUM)
    assert (caller.severity, caller.confidence) == (Severity.WARNING, Confidence.MEDIUM)


def test_code_that_is_not_seen_lowers_the_confidence() -> None:
    (finding,) = run("os.system('ls ' + look_up(request.args['d']))").findings
    assert (finding.severity, finding.confidence) == (Severity.WARNING, Confidence.MEDIUM)


def test_the_way_is_told_from_the_entry_to_the_harm() -> None:
    (finding,) = analyse(
        """
        import os
        from flask import request

        def run(command):
            os.system(command)

        def view():
            name = request.args["name"]
            run("ls " + name)
        """
    ).findings
    assert [step.location.line for step in finding.flow] == [9, 10, 6]
    assert [step.text for step in finding.flow] == [
        "request.args enters here",
        "it becomes part of a text",
        "it becomes part of a command line",
    ]
    assert finding.severity is Severity.ERROR


def test_a_function_returns_what_its_arguments_say() -> None:
    code = """
        def where(key):
            return "SELECT 1 FROM t WHERE k = " + key

        def safe(cursor):
            cursor.execute(where("a"))

        def wrong(cursor, request):
            cursor.execute(where(request.POST["a"]))
        """
    (finding,) = analyse(code).findings
    assert (finding.location.line, finding.severity) == (3, Severity.ERROR)


def test_methods_and_recursion_are_followed() -> None:
    code = """
        class A:
            def get(self, request):
                self.run(request.GET["q"], 3)

            def run(self, text, times):
                if times:
                    self.run(text, times - 1)
                self.db.execute("SELECT 1 FROM t WHERE q = " + text)
        """
    assert [finding.severity for finding in analyse(code).findings] == [Severity.ERROR]


@pytest.mark.parametrize(
    "head",
    [
        "@app.route('/')\ndef f(name):",
        "@router.get('/{name}')\nasync def f(name: str, db=Depends(get_db)):",
        "def f(name=Query('')):",
        "class A(RequestHandler):\n  def get(self, name):",
        "def f(request):\n    name = request.POST.get('name')",
        "def f(request: HttpRequest):\n    name = request.GET['name']",
        "async def f(req):\n    name = await req.json()",
        "class A(tornado.web.RequestHandler):\n  def get(self):\n    name = self.get_argument('name')",
        "def f():\n    name = flask.request.headers['x']",
        "def f():\n    name = bottle.request.query.name",
        "def f(self):\n    name = self.request.params['name']",
        "def f(connection):\n    name = connection.recv(1024)",
    ],
)
def test_what_clients_choose(head: str) -> None:
    (finding,) = analyse(f"{head}\n    db.execute('SELECT 1 FROM t WHERE n = ' + name)\n").findings
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize(
    "head",
    ["@router.get('/{name}')\ndef f(name: int):", "@app.route('/')\ndef f(name: uuid.UUID):"],
)
def test_what_a_framework_turns_into_a_number_is_safe(head: str) -> None:
    assert not analyse(f"{head}\n    db.execute('SELECT 1 FROM t WHERE n = %s' % name)\n").findings


BY_CALLERS = {
    "a name inside of a folder": ("open(os.path.join('d', name))", "path-traversal"),
    "a page": ("return f'<b>{name}</b>'", "cross-site-scripting"),
    "a page that is marked": ("return Markup('a ' + name)", "cross-site-scripting"),
    "data that is marked": ("return mark_safe(json.dumps(name))", "cross-site-scripting"),
    "a document": ("return f'<a1><n>{name}</n></a1>'", "xml-injection"),
    "code": ("eval(name)", "code-injection"),
    "objects": ("pickle.loads(name)", "unsafe-deserialization"),
    "a server": ("requests.get(name)", "server-side-request-forgery"),
    "a file for a program": ("utils.execute('tee', os.path.join(other, name))", "path-traversal"),
    "a command of an object": ("self.adb.pull('%s %s' % (name, other))", "command-injection"),
}


@pytest.mark.parametrize(("body", "rule"), BY_CALLERS.values(), ids=BY_CALLERS)
def test_what_a_caller_chooses_is_never_an_error(body: str, rule: str) -> None:
    result = run(body)
    assert rules(result) == [rule]
    assert all(finding.severity is not Severity.ERROR for finding in result.findings)


@pytest.mark.parametrize(
    "body",
    [
        "open(name)",
        "open(name + '.txt')",
        "open(os.path.join(name, 'x'))",
        "open(os.path.join('d', os.path.basename(name)))",
        "import_module(name)",
        "log.info('hello %s', other)",
        "return f'<Point {name}>'",
        "return '<b>' + html.escape(name) + '</b>'",
    ],
)
def test_what_a_caller_may_choose(body: str) -> None:
    assert rules(run(body)) == []


def test_a_parameter_that_a_client_wrote_by_its_name_is_not_logged_as_it_is() -> None:
    (finding,) = run("log.info('hello ' + username)", "username").findings
    assert (finding.rule_id, finding.severity) == ("quality:log-injection", Severity.NOTE)


def test_a_statement_of_what_is_not_known_is_reported_with_low_confidence() -> None:
    (finding,) = run("cursor.execute('DELETE FROM t WHERE n = ' + self.row['x'])", "self, cursor").findings
    assert (finding.severity, finding.confidence) == (Severity.WARNING, Confidence.LOW)


@pytest.mark.parametrize(
    "body",
    [
        "n = quote_name(self.n)",
        "n = self.n\nif n not in self.names:\n    return",
        "n = self.n\ncheck_name(n)",
    ],
)
def test_what_code_vouches_for_is_not_unknown(body: str) -> None:
    assert rules(run(f"{body}\ncursor.execute('DELETE FROM t WHERE n = ' + n)", "self, cursor")) == []


def test_a_check_of_an_item_says_nothing_of_the_others() -> None:
    body = "if name['a'] != 'x':\n    return\ncursor.execute('DELETE FROM t WHERE n = ' + name['{}'])"
    assert rules(run(body.format("b"))) == ["sql-injection"]
    assert rules(run(body.format("a"))) == []


def test_an_item_that_is_bound_anew_is_followed_anew() -> None:
    body = "if name['a'] != 'x':\n    return\nname['a'] = other\ncursor.execute('DELETE FROM t WHERE n = ' + name['a'])"
    assert rules(run(body)) == ["sql-injection"]


def test_an_f_string_of_constants_is_cleared() -> None:
    assert lines_cleared(
        analyse("def f(db):\n    q = ('SELECT a FROM t '\n         f'WHERE b = %s')\n    db.add(q)")
    ) == [("quality:sql-injection", 2, 3)]


def test_what_a_handler_of_http_gets_is_its_clients() -> None:
    code = "class A:\n    def do_GET(self):\n        os.system('ls ' + self.path)\n"
    assert [finding.severity for finding in analyse(code).findings] == [Severity.ERROR]


def lines_cleared(result) -> list[tuple[str, int, int]]:
    return sorted((entry.by, entry.line, entry.end_line) for entry in result.clearances)


def test_what_is_shown_to_be_safe_is_cleared() -> None:
    code = """
        import subprocess
        TABLE = "users"

        def f(cursor, order):
            if order not in ("a", "b"):
                raise ValueError
            cursor.execute(
                f"SELECT 1 FROM {TABLE} "
                f"ORDER BY {order}"
            )
            subprocess.run("ls | wc", shell=True)
        """
    assert lines_cleared(analyse(code)) == [
        ("quality:command-injection", 12, 12),
        ("quality:sql-injection", 9, 10),
    ]


@pytest.mark.parametrize(
    "code",
    [
        "def f(db):\n    db.execute(f'SELECT 1 FROM {TABLE}')",
        "TABLE = 'a'\nTABLE = x\n\ndef f(db):\n    db.execute(f'SELECT 1 FROM {TABLE}')",
        "TABLE = 'a'\n\ndef g(x):\n    global TABLE\n    TABLE = x\n\ndef f(db):\n    db.execute(f'SELECT 1 FROM {TABLE}')",
        "def f(db, self):\n    if self.x in {'a'}:\n        pass\n    db.execute(f'SELECT 1 FROM {self.x}')",
        "def int(x):\n    return x\n\ndef f(db, x):\n    db.execute(f'SELECT 1 FROM t WHERE k = {int(x)}')",
        "int = str\n\ndef f(db, x):\n    db.execute(f'SELECT 1 FROM t WHERE k = {int(x)}')",
        "def f(db, x):\n    db.execute('SELECT 1 FROM t WHERE k = %d' % x)",
        "def f(db, x):\n    db.execute('SELECT 1 FROM t WHERE k = ' + sanitize(x))",
        "def f(db, x):\n    for i in x:\n        db.execute(f'SELECT 1 FROM {t}')\n        t = i",
        "def f(db, x):\n    if x not in self.columns:\n        return\n    db.execute(f'SELECT 1 FROM t ORDER BY {x}')",
        "def f(db, x):\n    if not is_valid(x):\n        return\n    db.execute(f'SELECT 1 FROM t ORDER BY {x}')",
        "T = 'a'\nfrom m import T\n\ndef f(db):\n    db.execute(f'SELECT 1 FROM {T}')",
        "T = 'a'\nglobals()['T'] = x\n\ndef f(db):\n    db.execute(f'SELECT 1 FROM {T}')",
        "def f(db, *a):\n    t, u = a\n    db.execute(f'SELECT 1 FROM {t}')",
        "def f(db):\n    import a as t\n    db.execute(f'SELECT 1 FROM {t}')",
        "def f(db):\n    t = 'x'\n    def g():\n        nonlocal t\n        t = input()\n    g()\n    db.execute(f'SELECT 1 FROM {t}')",
    ],
)
def test_what_is_not_shown_to_be_safe_is_not_cleared(code: str) -> None:
    assert not lines_cleared(analyse(code))


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        (
            "def f(db, x):\n    if x not in COLUMNS:\n        return\n    db.execute(f'SELECT 1 FROM t ORDER BY {x}')",
            "quality:sql-injection",
        ),
        (
            "def f(db, x):\n    if x not in self.allowed:\n        return\n    db.execute(f'SELECT 1 FROM t ORDER BY {x}')",
            "quality:sql-injection",
        ),
        (
            "def f(db, x):\n    db.execute('SELECT 1 FROM t LIMIT %d' % int(x))",
            "quality:sql-injection",
        ),
        (
            "def f(db, limit=50):\n    db.execute('SELECT 1 FROM t LIMIT %d' % limit)",
            "quality:sql-injection",
        ),
        (
            "def f(url):\n    if not url.startswith(('http://', 'https://')):\n        raise ValueError\n    urllib.request.urlopen(url)",
            "quality:server-side-request-forgery",
        ),
    ],
)
def test_constants_numbers_and_schemes_are_shown_to_be_safe(code: str, rule: str) -> None:
    assert [by for by, _, _ in lines_cleared(analyse(code))] == [rule]
