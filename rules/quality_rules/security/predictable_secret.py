"""The rule predictable-secret."""

from __future__ import annotations

import ast
import re

from quality.model import Confidence
from quality.rules import ASSIGNMENTS, Invalid, Valid, last_word, targets_of, with_defaults
from quality_rules._called import CallRule

_SECRET_WORDS = re.compile(
    r"(?:^|_)(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|key|otp|nonce|salt|csrf|session(?:_?id)?|cookie|captcha"
    r"|verification|reset|auth|remember|iv)(?:s|$|_)",
    re.IGNORECASE,
)
_OTHER_WORDS = re.compile(
    r"tokeni[sz]|keyboard|keyword|sort_?key|primary_?key|keys?_?(?:path|frame)", re.IGNORECASE
)

#: Names of functions that look for a secret, or ask for it, and make none.
_ASKING = re.compile(r"^_*(?:find|select|pick|choose|lookup|search)_|(?:^|_)auth$", re.IGNORECASE)
#: No secret has so few values.
_GUESSED = 1000
#: Functions that say what time it is, and which process this is: their digest is no harder to guess than they are.
_MOMENTS = frozenset({"time", "time_ns", "now", "utcnow", "today", "getpid", "monotonic", "perf_counter"})
_MODULES = frozenset({"time", "datetime", "os", "date"})
#: What is a secret whatever it is made of, and not the key of a table.
_TOKENS = re.compile(
    r"(?:^|_)(?:pass(?:word|wd|phrase|code)|secret|token|otp|csrf|session_?id|api_?key|reset_?(?:code|key))s?$",
    re.IGNORECASE,
)
#: What nobody guesses makes a digest a secret.
_UNGUESSED = re.compile(r"secret|key|salt|pepper|urandom|uuid4|random|entropy|pass", re.IGNORECASE)
#: Codes that are sent to somebody, who has to type them.
_CODES = re.compile(r"(?:^|_)(?:code|pin)s?$", re.IGNORECASE)


class PredictableSecret(CallRule):
    """A secret is made by a generator that can be predicted.

    ## What it does
    Reports functions of `random` whose result gets the name of a secret, or that are called in a function with such a
    name: passwords, tokens, keys, codes, salts, session ids. `uuid.uuid1`, which is the time and the machine, is
    no better, nor is a digest of nothing but the time and what is known, nor a code of so many digits that is drawn with `randint`. `random.SystemRandom`, `uuid.uuid4` and `secrets` are fine, and so are functions that find a secret which there
    is already (`find_key`) or ask for one (`basic_auth`), and names that stand for a function of `random` only where a better one
    is missing.

    ## Why is this bad
    Who sees some results of `random` can compute all others.

    ## Example
    ```python
    import random

    def make_token():
        return "".join(random.choice("0123456789abcdef") for _ in range(32))
    ```

    ## Use instead
    ```python
    import secrets

    def make_token():
        return secrets.token_hex(16)
    ```

    ## References
    - [CWE-330: insufficiently random values](https://cwe.mitre.org/data/definitions/330.html)
    - [Python documentation: secrets](https://docs.python.org/3/library/secrets.html)
    """

    dimension = "security"
    cwe = 330
    equivalents = ("bandit:B311",)
    needs = frozenset(
        [
            "random",
            "randint",
            "randrange",
            "choice",
            "choices",
            "sample",
            "getrandbits",
            "randbytes",
            "uniform",
            "shuffle",
            "gauss",
            "normalvariate",
            "triangular",
            "uuid1",
            *_MOMENTS,
        ]
    )

    VALID = (
        Valid("import random\n\ncolour = random.choice(COLOURS)"),
        Valid("import random\n\ntoken = random.SystemRandom().choice(LETTERS)", "The system's generator"),
        Valid("import random\n\nsecret_number = random.randint(1, 100)", "A game"),
        Valid(
            "import random\n\nMOST = 100\n\ndef play(low=1):\n    secret = random.randint(low, MOST)\n    return secret",
            "So is this one",
        ),
        Valid(
            "import hashlib, time\n\ntoken = hashlib.sha256(f'{SECRET}{time.time()}'.encode()).hexdigest()",
            "Nobody guesses the other part",
        ),
        Valid("import hashlib, time\n\nname = hashlib.sha256(str(time.time()).encode()).hexdigest()"),
        Valid("import random\n\ncode = random.randint(0, 5000)", "No code of so many digits"),
        Valid("import secrets\n\ntoken = secrets.choice(LETTERS)"),
        Valid("import random\n\ndef find_key(keys):\n    return random.choice(keys)", "One that there is"),
        Valid(
            "import random\n\ndef basic_auth(user):\n    user['color'] = random.randint(0, 99999)",
            "It asks for one",
        ),
        Valid(
            """
            try:
                from secrets import randbits
            except ImportError:
                from random import getrandbits as randbits

            def make_nonce():
                return str(randbits(64))
            """,
            "The better one comes first",
        ),
    )
    INVALID = (
        Invalid(
            "import hashlib, time\n\ndef start(user):\n    session_id = hashlib.sha256((user.name + str(time.time())).encode()).hexdigest()\n    return session_id",
            (
                "4:50-4:61 session_id is the digest of time.time(), which can be guessed: use the module secrets",
            ),
        ),
        Invalid(
            "import random\n\ndef send(user):\n    code = str(random.randint(100000, 999999))\n    user.mail(code)",
            ("4:16-4:46 random.randint() makes code, and can be predicted: use the module secrets",),
        ),
        Invalid(
            "import random\n\ndef make(low=1, high=10**6):\n    secret = random.randint(low, high)\n    return secret",
            ("4:14-4:39 random.randint() makes secret, and can be predicted: use the module secrets",),
        ),
        Invalid(
            "def f():\n    otp = random.randint(100000, 999999)\n    return otp",
            ("2:11-2:41 random.randint() makes otp, and can be predicted: use the module secrets",),
        ),
        Invalid(
            "import random\n\nclass A:\n    def g(self):\n        self.session_id = str(random.random())",
            ("5:31-5:46 random.random() makes session_id, and can be predicted: use the module secrets",),
        ),
        Invalid(
            "import random\n\ndef make_token():\n    letters = random.choices(LETTERS, k=20)\n    return ''.join(letters)",
            ("4:15-4:44 random.choices() makes make_token, and can be predicted: use the module secrets",),
        ),
        Invalid(
            "import random\n\ndef find_user(users):\n    users['token'] = random.getrandbits(64)",
            ("4:22-4:44 random.getrandbits() makes token, and can be predicted: use the module secrets",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        if dotted.rpartition(".")[2] in _MOMENTS:
            self._check_digest(call, dotted)
            return
        if (not dotted.startswith("random.") and dotted not in {"uuid.uuid1", "uuid1"}) or self._is_small(
            call
        ):
            return
        names = self._names(call)
        named = next((name for name in names if self._is_secret(name)), None)
        if named is None and self._is_code(call):
            named = next((name for name in names if _CODES.search(name)), None)
        if named is not None and not self._is_second_choice(call.func):
            self.report(call, f"{dotted}() makes {named}, and can be predicted: use the module secrets")

    def _check_digest(self, call: ast.Call, dotted: str) -> None:
        """A secret that is the digest of the time."""
        if dotted.rpartition(".")[0].rpartition(".")[2] not in _MODULES:
            return
        digest = next((above for above in self.facts.ancestors(call) if self._is_digest(above)), None)
        named = next((name for name in self._names(call) if _TOKENS.search(name)), None)
        if digest is not None and named is not None and not _UNGUESSED.search(ast.unparse(digest)):
            told = f"{named} is the digest of {dotted}(), which can be guessed: use the module secrets"
            self.report(call, told, confidence=Confidence.LOW)

    def _is_digest(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and self.facts.origin(node.func).startswith("hashlib.")

    def _is_code(self, call: ast.Call) -> bool:
        """Tells whether a whole number of so many digits is drawn."""
        ends = [self._end(each) for each in call.args]
        return len(ends) == 2 and all(isinstance(end, int) for end in ends) and str(ends[1]).strip("9") == ""  # noqa: PLR2004

    def _is_secret(self, name: str) -> bool:
        return _SECRET_WORDS.search(name) is not None and _OTHER_WORDS.search(name) is None

    def _names(self, call: ast.Call) -> list[str]:
        """Names of what the result becomes, and of the functions around it that may give it."""
        found: list[str] = []
        for above in self.facts.ancestors(call):
            if isinstance(above, ASSIGNMENTS):
                found.extend(name for target in targets_of(above) for name in _target_names(target))
            elif isinstance(above, ast.AugAssign):
                found.extend(_target_names(above.target))
            elif isinstance(above, ast.Call) and getattr(above.func, "attr", "").endswith("_cookie"):
                found.append("cookie")
            elif isinstance(above, ast.keyword):
                found.append(above.arg or "")
            elif isinstance(above, ast.FunctionDef | ast.AsyncFunctionDef):
                found += [] if _ASKING.search(above.name) else [above.name]
        return found

    def _is_small(self, call: ast.Call) -> bool:
        """Tells whether a whole number is drawn that anybody guesses: one of a game, and no secret."""
        ends = [self._end(each) for each in call.args]
        drawn = getattr(call.func, "attr", "") in {"randint", "randrange"}
        return drawn and bool(ends) and all(isinstance(end, int) and end <= _GUESSED for end in ends)

    def _end(self, written: ast.expr) -> object:
        """An end of a range, as it is written, or as a parameter has it that nobody gives."""
        function = self.facts.function(written)
        if isinstance(written, ast.Name) and isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            defaults = {place.arg: default for place, default in with_defaults(function.args)}
            written = defaults.get(written.id) or written
        return self.facts.origins.constant(written)

    def _is_second_choice(self, function: ast.expr) -> bool:
        """Tells whether a name is that of another import, too, which comes before this one."""
        if not isinstance(function, ast.Name):
            return False
        imports = self.facts.of(ast.ImportFrom)
        origins = [
            each.module
            for each in imports
            for alias in each.names
            if function.id in {alias.asname, alias.name}
        ]
        return bool(origins) and origins[0] == "secrets"


def _target_names(target: ast.expr) -> list[str]:
    if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
        return [str(target.slice.value)]
    return [last_word(target)]
