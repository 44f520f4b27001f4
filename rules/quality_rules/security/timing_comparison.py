"""The rule timing-comparison."""

from __future__ import annotations

import ast
import re

from quality.model import Confidence, Severity, cached_property
from quality.rules import AstRule, Invalid, Valid, body_of, last_word, name_words, parameters
from quality_rules._called import Calls, called_word
from quality_rules.security._secrets import names_secret

_DIGESTS = frozenset({"digest", "hexdigest"})
_MAKING = frozenset({"make", "generate", "compute", "create", "calculate", "sign"})
#: Functions that write a text in other letters, or put one together.
_WRITTEN = frozenset(
    {
        "b64encode",
        "urlsafe_b64encode",
        "hexlify",
        "encode",
        "decode",
        "format",
        "join",
        "lower",
        "str",
        "bytes",
    }
)
#: More parts of a text are not looked at.
_MOST_PARTS = 20
_SECRETS = frozenset({"token", "signature", "hmac", "mac", "digest"})
#: What a function is called that does nothing but sign, and what its result is compared with.
_SIGNING = frozenset({"sign", "hmac", "mac"})
#: What a request holds that its sender wrote.
_SENT = frozenset(
    [
        "headers",
        "GET",
        "POST",
        "args",
        "form",
        "json",
        "values",
        "cookies",
        "COOKIES",
        "query_params",
        "META",
        "params",
    ]
)
#: Where a program keeps what it knows, and the beginnings of functions that compare with it.
_KEEPERS = frozenset({"self", "cls", "settings", "config", "app", "conf", "environ", "current_app"})
_COMPARING = re.compile(r"_*(?:check|verify|auth|valid|is_|has_|require|login)")
#: Secrets that a record keeps, and last words of names of what is compared with them.
_OF_RECORD = re.compile(
    r"(?:^|_)(?:(?:reset|access|auth|api|session|csrf|confirmation|verification|activation|invite|login)_(?:token|key|code)|secret|otp)$"
)
_GIVEN = frozenset(
    {
        "token",
        "key",
        "code",
        "secret",
        "otp",
        "given",
        "provided",
        "supplied",
        "candidate",
        "submitted",
        "received",
    }
)
_SIGNATURES = frozenset({"sig", "signature", "signatures", "hmac", "mac", "signed"})


class TimingComparison(AstRule):
    """A signature or secret is compared so that the time tells how much of it is right.

    ## What it does
    Reports `==` and `!=` between something that is given and the result of `hmac`, or of a function that returns
    one, or by its name makes a token, a signature or the like, or between a signature and what `sign()` returns.
    Words before it and other letters change nothing. So are comparisons of a key or token that the program keeps with one
    out of a request, or a record keeps with one that decides whether an error is raised, and questions whether a signature
    begins with what is given, or holds it.

    ## Why is this bad
    The comparison stops at the first difference. Who can measure it finds the signature one character at a time. And every
    signature begins with an empty text.

    ## Example
    ```python
    import hmac

    def is_genuine(key, body, signature):
        return hmac.new(key, body, "sha256").hexdigest() == signature
    ```

    ## Use instead
    ```python
    import hmac

    def is_genuine(key, body, signature):
        return hmac.compare_digest(hmac.new(key, body, "sha256").hexdigest(), signature)
    ```

    ## References
    - [CWE-208: observable timing discrepancy](https://cwe.mitre.org/data/definitions/208.html)
    """

    dimension = "security"
    severity = Severity.WARNING
    confidence = Confidence.MEDIUM
    cwe = 208

    needs = frozenset({ast.Compare, "startswith", "endswith"})

    VALID = (
        Valid("def f(a, b):\n    return a.hexdigest() == b", "No signature"),
        Valid("import hmac\n\ndef f(n):\n    return hmac.digest_size == n"),
        Valid("def f(a, b):\n    return sign(a) == sign(b)", "Plus or minus"),
        Valid(
            "def f(self, api_key):\n    if api_key != self.api_key:\n        self.open(api_key)",
            "Another account",
        ),
        Valid("def f(request):\n    return request.GET['page'] == settings.API_KEY_PAGE", "No secret"),
        Valid(
            "def f(page, token):\n    if page.next_token != token:\n        raise ValueError",
            "A place in a list",
        ),
        Valid("def check(token):\n    return token == self.last_token", "What was read last"),
        Valid(
            "def f(key, body):\n    return hmac.new(key, body).hexdigest().startswith('00')", "A fixed text"
        ),
    )
    INVALID = (
        Invalid(
            """
            import hmac

            def f(key, body, given):
                expected = hmac.new(key, body, 'sha256').hexdigest()
                return expected.startswith(given)
            """,
            ("5:12-5:38 a part of the signature passes: use hmac.compare_digest",),
        ),
        Invalid(
            "import hmac\n\ndef f(key, body, given):\n    return given in hmac.new(key, body, 'sha256').hexdigest()",
            ("4:12-4:62 a part of the signature passes: use hmac.compare_digest",),
        ),
        Invalid(
            "def f(self, user, token):\n    return token == self._make_token(user)",
            ("2:12-2:43 the time tells how much of the signature is right: use hmac.compare_digest",),
        ),
        Invalid(
            "def f(self, request):\n    return request.headers.get('X-Token') == self.auth_token",
            ("2:12-2:61 the time tells how much of the secret is right: use hmac.compare_digest",),
        ),
        Invalid(
            """
            def f(request):
                given = request.args["key"]
                if given != os.environ["API_KEY"]:
                    abort(403)
            """,
            ("3:8-3:38 the time tells how much of the secret is right: use hmac.compare_digest",),
        ),
        Invalid(
            "def confirm(user, token):\n    if user.reset_token != token:\n        raise PermissionError\n    user.active = True",
            ("2:8-2:33 the time tells how much of the secret is right: use hmac.compare_digest",),
        ),
        Invalid(
            "def check_token(token):\n    return token == API_TOKEN",
            ("2:12-2:30 the time tells how much of the secret is right: use hmac.compare_digest",),
        ),
        Invalid(
            "def verify(self, message, sig):\n    return sig == self.sign(message)",
            ("2:12-2:37 the time tells how much of the signature is right: use hmac.compare_digest",),
        ),
        Invalid(
            """
            import hmac

            def f(key, body, given):
                expected = hmac.new(key, body, 'sha256').hexdigest()
                if expected != given:
                    raise PermissionError
            """,
            ("5:8-5:25 the time tells how much of the signature is right: use hmac.compare_digest",),
        ),
        Invalid(
            """
            import base64, hmac

            def is_from_shop(secret, message, header):
                seal = hmac.new(secret, message, "sha256")
                wanted = "v1," + base64.b64encode(seal.digest()).decode()
                return header == wanted
            """,
            ("6:12-6:28 the time tells how much of the signature is right: use hmac.compare_digest",),
        ),
        Invalid(
            """
            import hmac

            def seal(key, body):
                return hmac.new(key, body, "sha256").digest()

            def is_genuine(key, body, given):
                return seal(key, body) == given
            """,
            ("7:12-7:36 the time tells how much of the signature is right: use hmac.compare_digest",),
        ),
    )

    def visit_Module(self, _: ast.Module) -> None:
        for call, _dotted in self.facts.derived(Calls).named(("startswith", "endswith")):
            if isinstance(call.func, ast.Attribute) and call.args:
                self._check_part(call, call.func.value, call.args[0])

    def visit_Compare(self, node: ast.Compare) -> None:
        if len(node.ops) > 1:
            return
        if isinstance(node.ops[0], (ast.In, ast.NotIn)):
            self._check_part(node, node.comparators[0], node.left)
        if not isinstance(node.ops[0], (ast.Eq, ast.NotEq)):
            return
        left, right = node.left, node.comparators[0]
        if isinstance(left, ast.Constant) or isinstance(right, ast.Constant):
            return
        signed = self._is_signature(left) or self._is_signature(right)
        if signed or _signs(left, right) or _signs(right, left):
            self.report(node, "the time tells how much of the signature is right: use hmac.compare_digest")
        else:
            self._check_secret(node, left, right)
            self._check_secret(node, right, left)
            if isinstance(node.ops[0], ast.NotEq):
                self._check_record(node, left, right)
                self._check_record(node, right, left)

    def _check_part(self, node: ast.expr, whole: ast.expr, given: ast.expr) -> None:
        """A text that is given is looked for in a signature."""
        text = self.facts.only_value(whole)
        is_one = isinstance(text, ast.Call) and (self._is_digest(text) or called_word(text) in self._sealing)
        if is_one and isinstance(given, ast.Name | ast.Attribute | ast.Subscript | ast.Call):
            self.report(node, "a part of the signature passes: use hmac.compare_digest")

    def _check_secret(self, node: ast.Compare, kept: ast.expr, given: ast.expr) -> None:
        """A secret that the program keeps is compared with what somebody sends."""
        if not _is_kept(kept):
            return
        message = "the time tells how much of the secret is right: use hmac.compare_digest"
        if _is_sent(self.facts.only_value(given)):
            self.report(node, message)
        elif isinstance(given, ast.Name) and self._is_checked(given):
            self.report(node, message, confidence=Confidence.LOW)

    def _check_record(self, node: ast.Compare, kept: ast.expr, given: ast.expr) -> None:
        """``if user.reset_token != token: raise``: the record keeps it, and who asks is refused."""
        above = self.facts.parent(node)
        if not isinstance(above, ast.If) or not isinstance(above.body[-1], ast.Raise):
            return
        if (
            isinstance(kept, ast.Attribute)
            and isinstance(kept.value, ast.Name)
            and isinstance(given, ast.Name)
        ):
            function = self.facts.function(node)
            secret = _OF_RECORD.search(kept.attr) is not None and given.id.rpartition("_")[2] in _GIVEN
            if secret and function is not None and given.id in parameters(function):
                message = "the time tells how much of the secret is right: use hmac.compare_digest"
                self.report(node, message, confidence=Confidence.LOW)

    def _is_checked(self, given: ast.Name) -> bool:
        """Tells whether a name is a secret that a function which compares such is given."""
        function = self.facts.function(given)
        if function is None or given.id not in parameters(function):
            return False
        secret = names_secret(given.id) or given.id in _GIVEN
        return secret and _COMPARING.match(function.name) is not None

    def _is_signature(self, node: ast.expr) -> bool:
        """Tells whether an expression is a signature, or one with something before or behind it or in other letters."""
        pending = [node]
        for _ in range(_MOST_PARTS):
            if not pending:
                return False
            part = self.facts.only_value(pending.pop())
            if isinstance(part, ast.Call) and self._makes_signature(part):
                return True
            pending += _parts(part)
        return False

    @cached_property
    def _sealing(self) -> frozenset[str]:
        """The functions of the module that do nothing but return what hmac makes."""
        found = set()
        for function in self.facts.functions:
            match body_of(function):
                case [ast.Return(value=ast.Call() as made)] if self._is_digest(made):
                    found.add(function.name)
        return frozenset(found)

    def _makes_signature(self, node: ast.Call) -> bool:
        name = called_word(node)
        if _makes_secret(name) or self.facts.origin(node.func) == "hmac.digest":
            return True
        if isinstance(node.func, ast.Name) and node.func.id in self._sealing:
            return True
        return self._is_digest(node)

    def _is_digest(self, node: ast.Call) -> bool:
        """Tells whether a call reads what hmac has made."""
        if not isinstance(node.func, ast.Attribute) or node.func.attr not in _DIGESTS:
            return False
        made = self.facts.only_value(node.func.value)
        return isinstance(made, ast.Call) and self.facts.origin(made.func) in {"hmac.new", "hmac.HMAC"}


def _signs(made: ast.expr, given: ast.expr) -> bool:
    """Tells whether one side signs, and the other is called a signature: alone, the word can mean plus or minus."""
    by_name = isinstance(made, ast.Call) and name_words(called_word(made)) <= _SIGNING
    return by_name and not _SIGNATURES.isdisjoint(name_words(called_word(given)))


def _parts(node: ast.expr) -> list[ast.expr]:
    """What a text is put together of, or was before it was written in other letters."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        return [node.left, node.right]
    if isinstance(node, ast.JoinedStr):
        return node.values
    if isinstance(node, ast.FormattedValue | ast.Await):
        return [node.value]
    if isinstance(node, ast.Call) and called_word(node) in _WRITTEN:
        owner = [node.func.value] if isinstance(node.func, ast.Attribute) else []
        return [*owner, *node.args]
    return node.elts if isinstance(node, ast.Tuple) else []


def _makes_secret(name: str) -> bool:
    """Tells whether a function by its name makes what nobody else can make."""
    found = name_words(name)
    return not _MAKING.isdisjoint(found) and not _SECRETS.isdisjoint(found)


def _is_kept(node: ast.expr) -> bool:
    """Tells whether an expression is a secret of the program, and no password: those are kept as hashes."""
    if isinstance(node, ast.Call) and called_word(node) in {"get", "getenv"} and node.args:
        name, owner = getattr(node.args[0], "value", ""), node.func
        kept = called_word(node) == "getenv" or last_word(getattr(owner, "value", None)) in _KEEPERS
    elif isinstance(node, ast.Subscript):
        name, kept = getattr(node.slice, "value", ""), last_word(node.value) in _KEEPERS
    elif isinstance(node, ast.Attribute):
        name, kept = node.attr, last_word(node.value) in _KEEPERS
    else:
        name = node.id if isinstance(node, ast.Name) else ""
        kept = name.isupper()
    return kept and isinstance(name, str) and names_secret(name) and "pass" not in name.lower()


def _is_sent(node: ast.expr) -> bool:
    """Tells whether an expression is something out of a request."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
        return last_word(node.func.value) in _SENT
    return isinstance(node, ast.Subscript) and last_word(node.value) in _SENT
