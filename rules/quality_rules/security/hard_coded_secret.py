"""The rule hard-coded-secret."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, last_word, sides_of, with_defaults
from quality_rules._called import Calls, argument, is_named
from quality_rules.security._secrets import (
    holds_password,
    is_authorization,
    is_key,
    is_of_test,
    is_secret,
    lets_in,
    names_secret,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Function → the position of its key.
_KEYED = {
    "jwt.encode": 1,
    "jwt.decode": 1,
    "Fernet": 0,
    "hmac.new": 0,
    "AES.new": 0,
    "URLSafeTimedSerializer": 0,
}
_KEYED_WORDS = frozenset(name.rpartition(".")[2] for name in _KEYED)


_PAIR = 2
#: How private keys begin: one in a test is made for it more often than not, as those that a service gave are not.
_PEM = "-----BEGIN"
#: Shorter texts are no key and no URL with a password.
_SHORTEST = 12


class HardCodedSecret(AstRule):
    """A password, key or token is written in the code.

    ## What it does
    Reports texts that are given to a name, argument, key or attribute of a secret, compared with one, or used as the
    key of a cipher or signature; passwords in URLs and logins, and those taken where the environment has none; and
    keys of well-known form anywhere but in docstrings, which show some. Placeholders are left out, and in tests everything
    but such keys: the accounts there are made for them. So are most private keys there, which are a doubt.

    ## Why is this bad
    Everybody who can read the code has the secret, it stays in the history, and changing it needs a release.

    ## Example
    ```python
    db_password = "tr0ub4dor&3"
    ```

    ## Use instead
    ```python
    import os

    db_password = os.environ["DB_PASSWORD"]
    ```

    ## References
    - [CWE-798: hard-coded credentials](https://cwe.mitre.org/data/definitions/798.html)
    """

    dimension = "security"
    severity = Severity.WARNING
    confidence = Confidence.MEDIUM
    cwe = 798
    effort = 15
    equivalents = ("bandit:B105", "bandit:B106", "bandit:B107", "pylint:hard-coded-auth")

    VALID = (
        Valid("url = 'postgresql://user:password@localhost/app'", "An example"),
        Valid("password = ''\ntoken = 'NAME'\napi_key = '<your key>'\npassword_field = 'pw1234'"),
        Valid("import os\n\nsecret = os.environ['SECRET']"),
        Valid("def f(form):\n    return form['password'] == form['again']"),
        Valid("PASSWORD = 'password'", "Its own name"),
        Valid("import os\n\npassword = os.getenv('DB_PASSWORD', '')", "Nothing lets nobody in"),
        Valid("def f(private_key='server.pem'):\n    return private_key", "A file that holds one"),
        Valid(
            'def f(text):\n    """Of `-----BEGIN PRIVATE KEY-----` and the rest."""\n    return text',
            "Its form",
        ),
        Valid(
            'def f(text):\n    """Reads a key.\n\n    -----BEGIN KIND-----\n    MIIEvgIBADANBgkqhkiG9w0B\n    """\n    return text'.replace(
                "KIND", "PRIVATE KEY"
            ),
            "An example",
        ),
        Valid("record['Credential'] = b'\\0' * 8", "Nothing yet"),
        Valid(
            "pwd = 'C:\\\\windows'\nTABLE = {'pwd': 'shell.magics.osm:Commands', 'unicodePwd': '1.2.840.113556.1.4.90'}",
            "None",
        ),
        Valid(
            "def test_login(client):\n    client.post('/login', data={'password': 'wrong-1'})\n\n"
            "class ApiTest(TestCase):\n    def setUp(self):\n        self.api = Api(api_key='test-k3y')\n\n"
            "@pytest.fixture\ndef api():\n    return Api(api_key='test-k3y')",
            "Of accounts that are made for tests",
        ),
        Valid("def f(update_password):\n    return update_password == 'always'", "When to do it"),
    )
    INVALID = (
        Invalid(
            "def test_it():\n    call('AKIAIOSFODNN7ABCDEFG')\n\ndef testify():\n    call(password='hunter22')",
            (
                "2:10-2:32 a key is written in the code: revoke it",
                "5:19-5:29 password is written in the code: take it from the environment or a vault",
            ),
        ),
        Invalid(
            "engine = create_engine('postgresql://app:tr0ub4dor3@db.example.org/app')",
            ("1:24-1:72 a password is written in the code: take it from the environment or a vault",),
        ),
        Invalid(
            "import requests\n\nrequests.get(URL, auth=('app', 'tr0ub4dor3'), timeout=5)",
            ("3:32-3:44 the password is written in the code: take it from the environment or a vault",),
        ),
        Invalid(
            "def f(session):\n    login = 'app', 'tr0ub4dor3'\n    return session.get(URL, auth=login)",
            ("2:20-2:32 the password is written in the code: take it from the environment or a vault",),
        ),
        Invalid(
            "import os\n\nkey = os.environ.get('SECRET_KEY', 'tr0ub4dor3')",
            ("3:36-3:48 SECRET_KEY is written in the code: take it from the environment or a vault",),
        ),
        Invalid(
            "import os\n\nADMIN_PASSWORD = os.getenv('ADMIN_PASSWORD', 'admin')",
            ("3:46-3:53 ADMIN_PASSWORD is written in the code: take it from the environment or a vault",),
        ),
        Invalid(
            "def f():\n    return connect(host='db', password='hunter22')",
            ("2:40-2:50 password is written in the code: take it from the environment or a vault",),
        ),
        Invalid(
            "def connect(host, *, password='hunter22'):\n    return host.login(password)",
            ("1:31-1:41 password is written in the code: take it from the environment or a vault",),
        ),
        Invalid(
            "PEM = '-----BEGIN PRIVATE ' 'KEY-----\\nMIIEvgIBADANBgkqhkiG9w0B'",
            ("1:7-1:65 a key is written in the code: revoke it",),
        ),
        Invalid(
            "app.config['SECRET_KEY'] = 'dev-k3y'",
            ("1:28-1:37 SECRET_KEY is written in the code: take it from the environment or a vault",),
        ),
        Invalid(
            "def f(password):\n    return password == 'letmein99'",
            ("2:24-2:35 password is written in the code: take it from the environment or a vault",),
        ),
        *(
            Invalid(
                f"password = {text}",
                (
                    f"1:12-1:{12 + len(text)} password is written in the code: take it from the environment or a vault",
                ),
            )
            for text in (
                "'fGk2' + '9xWq'",
                "''.join(['fGk2', '9xWq'])",
                "'qWx92kGf'[::-1]",
                "base64.b64decode('ZkdrMjl4V3E=').decode()",
                "''.join(map(chr, [102, 71, 107, 50, 57]))",
            )
        ),
        Invalid(
            "import os\n\npassword = os.environ.get('PASSWORD') or 'fGk29xWq'",
            ("3:42-3:52 password is written in the code: take it from the environment or a vault",),
        ),
        Invalid(
            "user, password = 'root', 'fGk29xWq'",
            ("1:26-1:36 password is written in the code: take it from the environment or a vault",),
        ),
        Invalid(
            "START = 'fGk29xWq'\n\ndef f(app):\n    app.secret_key = START",
            ("4:22-4:27 secret_key is written in the code: take it from the environment or a vault",),
        ),
        Invalid(
            "def f(claims):\n    return jwt.encode(claims, 's3cr3t', algorithm='HS256')",
            ("2:31-2:39 the key is written in the code: take it from the environment or a vault",),
        ),
    )

    def visit_Module(self, _: ast.Module) -> None:
        for name, value in self._named():
            if not names_secret(name):
                continue
            # What else is taken where there is none is written, too.
            other = (
                value.values[-1] if isinstance(value, ast.BoolOp) and isinstance(value.op, ast.Or) else None
            )
            given = self._written(other or value)
            if isinstance(given, str | bytes) and is_secret(given, name):
                self._report(other or value, name, confidence=Confidence.LOW if other else None)
        self._check_keys()
        self._check_texts()
        self._check_logins()

    def _check_texts(self) -> None:
        """Keys and passwords by their own form, but in docstrings."""
        for node in self.facts.of(ast.Constant):
            if not isinstance(node.value, str) or len(node.value) < _SHORTEST:
                continue
            found = is_key(node.value), holds_password(node.value)
            if not any(found) or self.facts.documents(node):
                continue
            if found[0]:
                made = _PEM in node.value and (self.source.role == "test" or is_of_test(self.facts, node))
                self.report(
                    node,
                    "a key is written in the code: revoke it",
                    severity=self.severity if made else Severity.ERROR,
                    confidence=Confidence.LOW if made else self.confidence,
                )
            else:
                self._report(node, "a password")

    def _written(self, value: ast.expr) -> object:
        """The constant that an expression comes out as, in however many pieces; a name that tells is reported where it is bound."""
        told = isinstance(value, ast.Name) and names_secret(value.id)
        return None if told else self.facts.origins.constant(value)

    def _check_logins(self) -> None:
        """Pairs of a user and a password, headers that let in, and what is taken where the environment has none."""
        for keyword in self.facts.of(ast.keyword):
            given = self.facts.only_value(keyword.value) if keyword.arg == "auth" else None
            if isinstance(given, ast.Tuple) and len(given.elts) == _PAIR:
                self._check_password(given.elts[1])
        calls = self.facts.derived(Calls)
        for call, _ in calls.named({"HTTPBasicAuth", "HTTPDigestAuth", "BasicAuth"}):
            self._check_password(argument(call, 1, "password"))
        for call, dotted in calls.named({"connect"}):
            if is_named(dotted.partition(".")[0], "MySQLdb", "pymysql"):
                self._check_password(argument(call, 2))
        for table in self.facts.of(ast.Dict):
            for key, value in zip(table.keys, table.values, strict=True):
                is_header = isinstance(key, ast.Constant) and key.value == "Authorization"
                if is_header and isinstance(value, ast.Constant) and is_authorization(value.value):
                    self._report(value, "Authorization")
        self._check_defaults()

    def _check_defaults(self) -> None:
        """What is taken where the environment has no secret."""
        for call, dotted in self.facts.derived(Calls).named({"getenv", "get"}):
            name, default = argument(call, 0, "key"), argument(call, 1, "default")
            if dotted in {"os.getenv", "os.environ.get"} and default is not None:
                asked, given = map(self.facts.origins.constant, (name, default))
                if isinstance(asked, str) and names_secret(asked) and lets_in(given):
                    self._report(default, asked, confidence=Confidence.LOW)

    def _check_password(self, node: ast.expr | None) -> None:
        if isinstance(node, ast.Constant) and is_secret(node.value, "password"):
            self._report(node, "the password")

    def _report(self, node: ast.expr, name: str, confidence: Confidence | None = None) -> None:
        if not is_of_test(self.facts, node):
            message = f"{name} is written in the code: take it from the environment or a vault"
            self.report(node, message, confidence=confidence or self.confidence)

    def _check_keys(self) -> None:
        """Keys of ciphers and signatures."""
        for call, dotted in self.facts.derived(Calls).named(_KEYED_WORDS):
            place = next((place for name, place in _KEYED.items() if is_named(dotted, name)), None)
            key = argument(call, place, "key") if place is not None else None
            given = self.facts.origins.constant(key)
            if key is not None and isinstance(given, str | bytes) and given:
                self._report(key, "the key")

    def _named(self) -> Iterator[tuple[str, ast.expr]]:
        """All names that something is given to, and what it is."""
        for _, targets, value in self.facts.assignments:
            for target in targets:
                yield _name(target), value
        for keyword in self.facts.of(ast.keyword):
            yield keyword.arg or "", keyword.value
        for table in self.facts.of(ast.Dict):
            pairs = zip(table.keys, table.values, strict=True)
            yield from ((str(key.value), value) for key, value in pairs if isinstance(key, ast.Constant))
        for test in self.facts.of(ast.Compare):
            if len(test.ops) == 1 and isinstance(test.ops[0], ast.Eq):
                subject, other = sides_of(test)
                yield _name(subject), other
        for arguments in self.facts.of(ast.arguments):
            if arguments.defaults or arguments.kw_defaults:
                yield from ((place.arg, d) for place, d in with_defaults(arguments) if d is not None)


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value)
    return last_word(node)
