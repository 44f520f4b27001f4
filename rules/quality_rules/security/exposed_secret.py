"""The rule exposed-secret."""

from __future__ import annotations

import ast
import re

from quality.model import Confidence
from quality.rules import Invalid, Valid, last_word
from quality_rules._called import CallRule
from quality_rules.security._secrets import names_secret

_LOGGERS = frozenset({"logging", "log", "logger", "_log", "_logger", "LOG", "LOGGER"})
#: Functions whose result tells nothing of the secret.
_HIDING = (
    "mask",
    "hash",
    "redact",
    "hide",
    "len",
    "bool",
    "encrypt",
    "obfuscate",
    "type",
    "scrub",
    "censor",
    "isinstance",
    "filter",
)


#: Functions and methods that keep what they are given.
_KEEPERS = frozenset({"execute", "write", "write_text", "set_cookie"})
#: Names of a request, whose headers hold what lets its sender in.
_REQUESTS = frozenset({"request", "req"})
_PASSWORD = re.compile(r"(?:^|_)(?:pass(?:word|wd|phrase)|pwd)s?$", re.IGNORECASE)
_STATEMENT = re.compile(r"\s{0,200}(?:insert|update|replace)\b.{0,400}pass", re.IGNORECASE | re.DOTALL)


class ExposedSecret(CallRule):
    """A password, key or token is written where others read it.

    ## What it does
    Reports names of secrets that are logged or printed, all of `os.environ` or of the headers of a
    request in their place, and passwords that are put into a database, a file or a cookie as
    they are.

    ## Why is this bad
    Logs are kept, copied and read by people and programs that should not have the secret.

    ## Example
    ```python
    import logging

    logging.info("login of %s with %s", user, password)
    ```

    ## Use instead
    ```python
    import logging

    logging.info("login of %s", user)
    ```

    ## References
    - [CWE-312: cleartext storage of sensitive information](https://cwe.mitre.org/data/definitions/312.html)
    - [CWE-532: sensitive information in a log](https://cwe.mitre.org/data/definitions/532.html)
    """

    dimension = "security"
    cwe = 312
    confidence = Confidence.MEDIUM
    needs = frozenset(
        ["debug", "info", "warning", "error", "critical", "exception", "log", "print", *_KEEPERS]
    )

    VALID = (
        Valid(
            "def f(db, password):\n    password = hashed(password)\n    db.execute('INSERT INTO t (password) VALUES (?)', (password,))"
        ),
        Valid("import logging\n\nlogging.info('password of %s changed', user)"),
        Valid("def f(password):\n    print(len(password), mask(password))", "Nothing of it"),
        Valid("import os\n\nprint(os.environ['HOME'], os.environ.get('LANG'))", "Two of its entries"),
        Valid("def f(password_file):\n    print(password_file)", "Not the password"),
        Valid("def f(password):\n    print(bool(password is None))", "Whether it is there"),
        Valid("def f(request):\n    log.info('%s', request.headers['Host'])", "One of them"),
        Valid("def f(response):\n    log.info('%s', dict(response.headers))", "What comes back"),
    )
    INVALID = (
        Invalid(
            "def f(db, name, password):\n    db.execute('INSERT INTO t (name, password) VALUES (?, ?)', (name, password))",
            ("2:64-2:80 password is kept as it is: keep a hash of it",),
        ),
        Invalid(
            "import logging, os\n\nlogging.debug('started with %s', dict(os.environ))",
            ("3:34-3:50 environ is written where others read it: leave it out",),
        ),
        Invalid(
            "def f(request):\n    log.error(json.dumps(dict(request.headers), indent=2))",
            ("2:15-2:58 headers is written where others read it: leave it out",),
        ),
        Invalid(
            "def f(api_key):\n    print(f'using {api_key}')",
            ("2:11-2:29 api_key is written where others read it: leave it out",),
        ),
        Invalid(
            "def f(self):\n    self.logger.debug('token: %s', self.access_token)",
            ("2:36-2:53 access_token is written where others read it: leave it out",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        if dotted.rpartition(".")[2] in _KEEPERS:
            self._check_kept(call, dotted.rpartition(".")[2])
            return
        function = call.func
        owner = getattr(function, "value", None)
        of_log = last_word(owner) in _LOGGERS or dotted.startswith("logging.")
        if dotted != "print" and not of_log:
            return
        for given in call.args:
            name = self._secret(given)
            if name is not None:
                # A shell calls the folder that it is in so, too.
                sure = Confidence.LOW if name.strip("_").lower() == "pwd" else None
                self.report(given, f"{name} is written where others read it: leave it out", confidence=sure)
                return

    def _check_kept(self, call: ast.Call, word: str) -> None:
        """A password is kept as it is, as far as its name and what was done to it show."""
        if word == "execute":
            statement = self.constant(call.args[0]) if call.args else None
            if not isinstance(statement, str) or not _STATEMENT.match(statement):
                return
        for given in call.args[1:] if word in {"execute", "set_cookie"} else call.args:
            name = self._secret(given)
            if name is not None and _PASSWORD.search(name) and not self._is_changed(call, name):
                self.report(given, f"{name} is kept as it is: keep a hash of it", confidence=Confidence.LOW)
                return

    def _is_changed(self, call: ast.Call, name: str) -> bool:
        """Tells whether the name is bound to what a function made of it."""
        values = self.facts.values(call, name)
        return any(value is not None and not isinstance(value, ast.Subscript) for value in values)

    def _secret(self, node: ast.expr) -> str | None:
        """The secret that becomes part of a text; one that is only asked for or tested does not."""
        pending: list[ast.expr] = list({node, self.facts.only_value(node)})
        while pending:
            part = pending.pop()
            if isinstance(part, ast.Name | ast.Attribute):
                name = last_word(part)
                if names_secret(name) or self.facts.origin(part) == "os.environ" or _is_headers(part):
                    return name
            elif isinstance(part, ast.Subscript) and isinstance(part.slice, ast.Constant):
                if names_secret(str(part.slice.value)):
                    return str(part.slice.value)
            elif isinstance(part, ast.Call):
                pending.extend(self._of_call(part))
            elif isinstance(
                part,
                ast.JoinedStr
                | ast.FormattedValue
                | ast.BinOp
                | ast.Tuple
                | ast.List
                | ast.Dict
                | ast.Starred,
            ):
                pending.extend(child for child in ast.iter_child_nodes(part) if isinstance(child, ast.expr))
        return None

    def _of_call(self, call: ast.Call) -> list[ast.expr]:
        word = last_word(call.func).lower()
        if any(hiding in word for hiding in _HIDING) or word not in {
            "str",
            "repr",
            "format",
            "decode",
            "join",
            "dumps",
            "dict",
        }:
            return []
        owner = [call.func.value] if isinstance(call.func, ast.Attribute) else []
        return [*owner, *call.args, *(keyword.value for keyword in call.keywords)]


def _is_headers(node: ast.expr) -> bool:
    """Tells whether an expression is all headers of a request: cookies and tokens are among them."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr in {"headers", "META"}
        and last_word(node.value) in _REQUESTS
    )
