"""The rule unencrypted-login."""

from __future__ import annotations

import ast
import re

from quality.model import Confidence
from quality.rules import Invalid, Valid, last_word, targets_of
from quality_rules._called import CallRule, argument
from quality_rules.security._secrets import names_secret

_VERBS = frozenset({"get", "post", "put", "delete", "patch", "head", "options", "request"})
#: Servers on the same machine, or in the same small network.
_NEAR = re.compile(
    r"http://(?:localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|\[|[\w-]{1,60}(?:[:/]|$))", re.IGNORECASE
)
#: A secret as a part of an address.
_SECRET_IN_QUERY = re.compile(
    r"[?&](?:access_?|auth_?|api_?)?(?:token|key|password|passwd|secret)=", re.IGNORECASE
)
_MESSAGE = "the password can be read on its way: {remedy}"


class UnencryptedLogin(CallRule):
    """A password or key is sent so that everybody on the way can read it.

    ## What it does
    Reports requests of `http://` addresses that are given `auth`, the header `Authorization` or a password, in the address too, and
    logins at a mail server before `starttls()`.

    Servers on the same machine or without a domain are fine.

    ## Why is this bad
    Nothing hides what is sent. Whoever owns a machine on the way has the password.

    ## Example
    ```python
    import smtplib

    def send(host, user, password, message):
        with smtplib.SMTP(host, 587) as server:
            server.login(user, password)
            server.send_message(message)
    ```

    ## Use instead
    ```python
    import smtplib
    import ssl

    def send(host, user, password, message):
        with smtplib.SMTP(host, 587) as server:
            server.starttls(context=ssl.create_default_context())
            server.login(user, password)
            server.send_message(message)
    ```

    ## References
    - [CWE-319: cleartext transmission of sensitive information](https://cwe.mitre.org/data/definitions/319.html)
    - [CWE-523: unprotected transport of credentials](https://cwe.mitre.org/data/definitions/523.html)
    """

    dimension = "security"
    cwe = 319
    confidence = Confidence.MEDIUM
    needs = frozenset({"login", *_VERBS})

    VALID = (
        Valid("import requests\n\nrequests.get('https://a.example/', auth=(user, key), timeout=5)"),
        Valid("import requests\n\nrequests.get('http://a.example/', timeout=5)", "Nothing secret"),
        Valid(
            "import requests\n\nrequests.get('http://localhost:80/', auth=(user, key), timeout=5)",
            "The same machine",
        ),
        Valid(
            "import requests\n\nrequests.get('http://proxy/', auth=(user, key), timeout=5)",
            "The same network",
        ),
        Valid(
            "import smtplib\n\ndef f(user, key):\n    with smtplib.SMTP_SSL('a.example') as server:\n        server.login(user, key)"
        ),
        Valid("def f(session, user, key):\n    session.login(user, key)"),
    )
    INVALID = (
        Invalid(
            "import requests\n\ndef f(token, n):\n    url = f'http://a.example/?token={token}&n={n}'\n    requests.get(url, timeout=5)",
            ("5:5-5:33 the password can be read on its way: ask the server by https",),
        ),
        Invalid(
            "import requests\n\nAPI = 'http://a.example/'\n\ndef f(login):\n    return requests.get(f'{API}users', auth=login)",
            ("6:12-6:51 the password can be read on its way: ask the server by https",),
        ),
        Invalid(
            "import requests\n\ndef f(user, key):\n    url = 'http://a.example/'\n    return requests.get(url, auth=(user, key), timeout=5)",
            ("5:12-5:58 the password can be read on its way: ask the server by https",),
        ),
        Invalid(
            "import requests\n\nrequests.post('http://a.example/', headers={'Authorization': key}, timeout=5)",
            ("3:1-3:78 the password can be read on its way: ask the server by https",),
        ),
        Invalid(
            "import requests\n\ndef f(user, password):\n    requests.post('http://a.example/', json={'u': user, 'p': password}, timeout=5)",
            ("4:5-4:83 the password can be read on its way: ask the server by https",),
        ),
        Invalid(
            "import smtplib\n\ndef f(user, key):\n    server = smtplib.SMTP('a.example', 25)\n    server.login(user, key)",
            ("5:5-5:28 the password can be read on its way: call starttls() before",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        owner, _, word = dotted.rpartition(".")
        if word == "login":
            if self._is_plain_mail(call):
                self.report(call, _MESSAGE.format(remedy="call starttls() before"))
        elif owner in {"requests", "httpx"} and self._is_plain_request(call, word):
            self.report(call, _MESSAGE.format(remedy="ask the server by https"))

    def _is_plain_request(self, call: ast.Call, word: str) -> bool:
        url = argument(call, int(word == "request"), "url")
        text = self._beginning(url) if url is not None else ""
        if not text.lower().startswith("http://") or _NEAR.match(text):
            return False
        headers = argument(call, -1, "headers")
        table = self.facts.display(headers) if headers is not None else None
        names = table.keys if isinstance(table, ast.Dict) else []
        told = any(isinstance(name, ast.Constant) and name.value == "Authorization" for name in names)
        told = told or _SECRET_IN_QUERY.search(self._written(url)) is not None
        return told or argument(call, -1, "auth") is not None or self._sends_secret(call)

    def _written(self, url: ast.expr | None) -> str:
        """What is written out of an address."""
        parts = self.facts.within(self.facts.only_value(url)) if url is not None else ()
        return " ".join(
            part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)
        )

    def _sends_secret(self, call: ast.Call) -> bool:
        """Tells whether a request carries what is a secret by its name."""
        for given in (argument(call, -1, "data"), argument(call, -1, "json"), argument(call, -1, "params")):
            form = self.facts.display(given) if given is not None else None
            for key, value in zip(form.keys, form.values, strict=True) if isinstance(form, ast.Dict) else ():
                words = (getattr(key, "value", ""), last_word(value))
                if any(isinstance(word, str) and names_secret(word) for word in words):
                    return True
        return False

    def _beginning(self, url: ast.expr) -> str:
        """What an address begins with, as far as it is written out."""
        node = self.facts.only_value(url)
        while isinstance(node, ast.BinOp):
            node = node.left
        if isinstance(node, ast.JoinedStr) and node.values:
            node = node.values[0]
        if isinstance(node, ast.FormattedValue):
            node = node.value
        value = self.constant(node)
        return value if isinstance(value, str) else ""

    def _is_plain_mail(self, call: ast.Call) -> bool:
        """Tells whether a mail server gets a password over a connection that its function leaves as it is."""
        server, function = getattr(call.func, "value", None), self.facts.function(call)
        if function is None or not isinstance(server, ast.Name):
            return False
        inside = self.facts.within(function)
        made = [
            value
            for part in inside
            for place, value in _bindings(part)
            if isinstance(place, ast.Name) and place.id == server.id
        ]
        plain = [
            isinstance(each, ast.Call) and self.facts.origin(each.func) == "smtplib.SMTP" for each in made
        ]
        switched = any(isinstance(part, ast.Attribute) and part.attr == "starttls" for part in inside)
        return bool(plain) and all(plain) and not switched


def _bindings(node: ast.AST) -> list[tuple[ast.expr | None, ast.expr | None]]:
    """What a part of a statement binds, with what."""
    if isinstance(node, ast.withitem):
        return [(node.optional_vars, node.context_expr)]
    return [(target, getattr(node, "value", None)) for target in targets_of(node)]
