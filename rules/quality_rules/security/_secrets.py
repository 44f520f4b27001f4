"""Which names and texts are secrets."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from quality.model import is_function
from quality.rules import decorators, last_word

if TYPE_CHECKING:
    from quality.rules import Facts

_NAME = re.compile(
    r"(?:^|_)(?:pass(?:word|wd|phrase)|pwd|secret|api_?key|private_?key|secret_?key|access_?key|auth_?key|signing_?key"
    r"|encryption_?key|(?:auth|access|api|bearer|refresh|secret|session|reset|csrf)_?token|credentials?)s?(?:_?\d+)?$",
    re.IGNORECASE,
)
#: Names of what is derived from a secret, or says something of it.
_ABOUT = re.compile(
    r"(?:hash|hashed|file|path|url|name|field|label|id|len|length|regex|pattern|env|type|prompt|form)s?$",
    re.IGNORECASE,
)
#: Words in front of a secret that make it a question or an action.
_ASKING = re.compile(r"(?:update|change|is|has|no|needs?|use|show|check|reset|forgot|require|allow|with)_")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
#: Texts that stand for a secret that is still to come.
_PLACEHOLDER = re.compile(
    r"[\s<>{}$%*\[\]]|^x+$|^\.+$|your|example|placeholder|change.?me|dummy|redacted|none|null|^todo|://|^/|\.(?:pem|key|crt|cer|p12|pfx|jks)$"
    # Paths, numbers of objects in a directory, names of what a module has.
    r"|^[a-z]:\\|^\d+(?:\.\d+){3,20}$|^\w+(?:\.\w+){1,20}:\w+$",
    re.IGNORECASE,
)
#: Keys of well-known services, and private keys.
_KEY = re.compile(
    r"\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bsk_live_[A-Za-z0-9]{16,64}\b|\bxox[abp]-[A-Za-z0-9-]{10,72}\b"
    r"|\bAIza[0-9A-Za-z_-]{35}\b|-----BEGIN (?:RSA |EC |OPENSSH |DSA )?PRIVATE KEY-----(?:\s|\\n)*(?:Proc-Type|[A-Za-z0-9+/]{16})"
)
#: What each of them has: to look for words is faster than to match.
_KEY_MARKS = ("AKIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "sk_live_", "xox", "AIza", "PRIVATE KEY-----")
_SHORTEST = 4
#: Beginnings of what stands for no secret, or says where it is.
_NO_SECRET = ("none", "null", "<", "{", "$", "/", "~", "file:", "http:", "https:", "your", "not ")
#: A URL with a password in it, and passwords that stand for one.
_URL = re.compile(r"[a-z][a-z0-9+.-]{1,20}://[^\s:/@{}%<>$]{1,60}:([^\s@/{}%<>$*]{3,80})@[\w.-]")
_EXAMPLE_PASSWORDS = re.compile(
    r"(?i)pass(?:word|wd|w|code|phrase)?\d{0,3}|pwd|pw|secret|user(?:name)?|x+|guest|token|\.+"
)
_BEARER = re.compile(r"(?:Bearer|Basic|Token|token) ([A-Za-z0-9+/=._-]{16,400})")

#: The name of a function that a test runner calls.
_TEST = re.compile(r"test(?:_|[A-Z]|$)")


def is_of_test(facts: Facts, node: ast.AST) -> bool:
    """Tells whether code is part of a test, or of what is set up for tests: the accounts in it are made for them."""
    for above in facts.ancestors(node):
        if is_function(above) and (_TEST.match(above.name) or "fixture" in decorators(above)):
            return True
        if isinstance(above, ast.ClassDef) and any(
            last_word(base).endswith("TestCase") for base in above.bases
        ):
            return True
    return False


def names_secret(name: str) -> bool:
    """Tells whether a name is one of a password, key or token."""
    return _names_secret(name[-80:])


@lru_cache(maxsize=4096)
def _names_secret(name: str) -> bool:
    snake = _HUMP.sub("_", name).lower()
    about = _ABOUT.search(snake) is not None or _ASKING.match(snake) is not None
    return not about and _NAME.search(snake) is not None


def is_secret(text: object, name: str) -> bool:
    """Tells whether a text may be a secret: not empty, no sentence, no template and no copy of its name."""
    if isinstance(text, bytes):
        text = text[:200].decode("latin-1")
    if not isinstance(text, str) or len(text) < _SHORTEST:
        return False
    if len(set(text)) == 1 and not text.isdigit():
        return False  # nothing yet, as bytes that are all zero
    words = re.sub(r"[^a-z0-9]", "", text[:200].lower())
    is_copy = words and words in re.sub(r"[^a-z0-9]", "", name.lower())
    return not is_copy and not names_secret(text[:200]) and _PLACEHOLDER.search(text[:200]) is None


def lets_in(text: object) -> bool:
    """Tells whether a text that is taken for a missing secret works as one, however plainly it is a stopgap."""
    return isinstance(text, str) and text.strip() != "" and not text.lower().startswith(_NO_SECRET)


def holds_password(text: object) -> bool:
    """Tells whether a text is a URL that holds a password."""
    found = _URL.match(text[:400]) if isinstance(text, str) and "@" in text else None
    return found is not None and not _EXAMPLE_PASSWORDS.fullmatch(found[1]) and is_secret(found[1], "")


def is_authorization(text: object) -> bool:
    """Tells whether a text is what a header says to be let in."""
    found = _BEARER.fullmatch(text[:500]) if isinstance(text, str) else None
    return found is not None and is_secret(found[1], "") and any(map(str.isdigit, found[1]))


def is_key(text: object) -> bool:
    """Tells whether a text is plainly a key."""
    if not isinstance(text, str):
        return False
    start = text[:5_000]
    return any(map(start.__contains__, _KEY_MARKS)) and _KEY.search(start) is not None
