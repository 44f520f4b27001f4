"""The rule hard-coded-secret."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid
from quality_rules.security._called import Calls, Constants, argument, is_named
from quality_rules.security._secrets import is_key, is_secret, names_secret

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


class HardCodedSecret(AstRule):
    """A password, key or token is written in the code.

    ## What it does
    Reports texts that are given to a name, argument, key or attribute of a secret, compared with one, or used as the
    key of a cipher or signature; and keys of well-known form anywhere. Placeholders are left out.

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
        Valid("password = ''\ntoken = 'NAME'\napi_key = '<your key>'\npassword_field = 'pw1234'"),
        Valid("import os\n\nsecret = os.environ['SECRET']"),
        Valid("def f(form):\n    return form['password'] == form['again']"),
        Valid("PASSWORD = 'password'", "Its own name"),
        Valid("def f(update_password):\n    return update_password == 'always'", "When to do it"),
    )
    INVALID = (
        Invalid(
            "def f():\n    return connect(host='db', password='hunter22')",
            ("2:40-2:50 password is written in the code: take it from the environment or a vault",),
        ),
        Invalid(
            "app.config['SECRET_KEY'] = 'dev-k3y'",
            ("1:28-1:37 SECRET_KEY is written in the code: take it from the environment or a vault",),
        ),
        Invalid(
            "def f(password):\n    return password == 'letmein99'",
            ("2:24-2:35 password is written in the code: take it from the environment or a vault",),
        ),
        Invalid(
            "def f(claims):\n    return jwt.encode(claims, 's3cr3t', algorithm='HS256')",
            ("2:31-2:39 the key is written in the code: take it from the environment or a vault",),
        ),
    )

    def visit_Module(self, _: ast.Module) -> None:
        for name, value in self._named():
            given = value.value if isinstance(value, ast.Constant) else None
            if isinstance(given, str | bytes) and names_secret(name) and is_secret(given, name):
                self.report(value, f"{name} is written in the code: take it from the environment or a vault")
        self._check_keys()
        for node in self.facts.of(ast.Constant):
            if is_key(node.value):
                self.report(node, "a key is written in the code: revoke it", severity=Severity.ERROR)

    def _check_keys(self) -> None:
        """Keys of ciphers and signatures."""
        constants = self.facts.derived(Constants).values
        for call, dotted in self.facts.derived(Calls).named(_KEYED_WORDS):
            place = next((place for name, place in _KEYED.items() if is_named(dotted, name)), None)
            key = argument(call, place, "key") if place is not None else None
            given = constants.get(key.id) if isinstance(key, ast.Name) else getattr(key, "value", None)
            if key is not None and isinstance(given, str | bytes) and given:
                self.report(key, "the key is written in the code: take it from the environment or a vault")

    def _named(self) -> Iterator[tuple[str, ast.expr]]:
        """All names that something is given to, and what it is."""
        for node in self.facts.of(ast.Assign):
            yield from ((_name(target), node.value) for target in node.targets)
        for statement in self.facts.of(ast.AnnAssign):
            if statement.value is not None:
                yield _name(statement.target), statement.value
        for keyword in self.facts.of(ast.keyword):
            yield keyword.arg or "", keyword.value
        for table in self.facts.of(ast.Dict):
            pairs = zip(table.keys, table.values, strict=True)
            yield from ((str(key.value), value) for key, value in pairs if isinstance(key, ast.Constant))
        for test in self.facts.of(ast.Compare):
            if len(test.ops) == 1 and isinstance(test.ops[0], ast.Eq):
                yield _name(test.left), test.comparators[0]
        for arguments in self.facts.of(ast.arguments):
            places = [*arguments.posonlyargs, *arguments.args]
            yield from ((p.arg, d) for p, d in zip(places[::-1], arguments.defaults[::-1], strict=False))


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value)
    return getattr(node, "id", getattr(node, "attr", ""))
