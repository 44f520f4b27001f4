"""What the name of a function that is not seen says of it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from quality.rules import name_words
from quality_rules._flow._values import ALL, TEXT_HARMS, Harm

_ESCAPED: Final = TEXT_HARMS | Harm.SQL | Harm.LDAP | Harm.XPATH | Harm.PATTERN
_QUOTED: Final = Harm.COMMAND | Harm.SQL | Harm.REDIRECT | Harm.REQUEST | Harm.HTML | Harm.HEADER | Harm.LOG

#: The words of a function by which it says that its result is harmless.
_TRUSTED: Final[dict[str, int]] = {
    **dict.fromkeys(
        ("sanitize", "sanitise", "sanitized", "sanitizer", "clean", "cleaned", "scrub", "scrubbed", "purify"),
        ALL,
    ),
    **dict.fromkeys(("safe", "safely", "secure", "validate", "validated", "slugify"), ALL),
    **dict.fromkeys(("check", "checked", "verify", "verified", "valid", "whitelist", "allowlist"), ALL),
    "escaper": int(TEXT_HARMS),
    "urlencode": _QUOTED,
    "quoted": Harm.COMMAND | Harm.SQL,
    "url": int(Harm.REDIRECT),
    "reverse": int(Harm.REDIRECT),
    "translate": int(Harm.HTML),
    "render": int(Harm.HTML),
}
#: Words of functions that tell whether something may be used.
_TELLING: Final = frozenset(
    {
        *("valid", "validate", "safe", "secure", "sane", "legal", "clean", "check", "verify", "acceptable"),
        *("allow", "allows", "allowed", "permitted", "approved", "authorized", "whitelisted", "whitelist"),
        *("allowlist", "allowlisted", "trusted", "within", "inside", "contained", "subpath", "subdir"),
        *("subdirectory", "subfolder"),
    }
)
#: What ``is_in_…`` asks about when it asks where a file is.
_AREAS: Final = frozenset(
    {"curdir", "dir", "directory", "folder", "jail", "root", "rootdir", "sandbox", "tree", "workdir", "cwd"}
)
#: Words of functions that tell that something may not be used.
_WARNING: Final = frozenset(
    {
        *("invalid", "unsafe", "illegal", "forbidden", "blocked", "blacklisted", "blocklisted", "denied"),
        *("suspicious", "malicious", "dangerous", "disallowed", "banned", "outside", "escapes", "traversal"),
        *("private", "internal", "loopback"),
    }
)
#: Words of functions that ask what something is, and of those that ask whether it is there.
_ASKING: Final = frozenset({"is", "can", "may", "matches", "allowed"})
_THERE: Final = frozenset({"exists", "file", "dir", "none", "empty", "instance", "directory", "callable"})
#: Words of functions that raise unless their argument is fit.
_CHECKING: Final = frozenset(
    {
        "check",
        "validate",
        "verify",
        "ensure",
        "sanitize",
        "sanitise",
        "assert",
        "require",
        "enforce",
        "reject",
    }
)

_SHELL: Final = frozenset({"shell", "cmd", "command"})
_PLACES: Final = frozenset({"path", "paths", "filepath", "filename", "pathname", "filesystem"})
_OPENING: Final = frozenset({"open", "read", "write", "save", "load", "send", "serve", "delete", "remove"})
_MADE: Final = frozenset({"dir", "dirs", "directory", "directories", "folder", "exists"})


@lru_cache(4096)
def trusted(name: str) -> int:
    """Bits of the harms that a function's name says its result cannot do."""
    harms = 0
    for word in name_words(name):
        harms |= _TRUSTED.get(word, 0)
        if word.endswith(("escape", "escaped")) or word.startswith("escape"):
            harms |= 0 if "unescape" in word else _ESCAPED
        elif word.endswith("quote") and word != "unquote":
            harms |= _QUOTED
    if harms and not _SHELL.isdisjoint(name_words(name)):
        harms |= Harm.COMMAND
    return harms


def tells_fitness(name: str) -> bool:
    """Tells whether a function by its name says yes to what may be used."""
    found = name_words(name)
    tells = not _TELLING.isdisjoint(found) or ("in" in found and not _AREAS.isdisjoint(found))
    return tells and _WARNING.isdisjoint(found)


def asks_for_kind(name: str) -> bool:
    """Tells whether a function by its name asks what a value is, and not only whether it is there."""
    found = name_words(name)
    return not _ASKING.isdisjoint(found) and _THERE.isdisjoint(found)


def tells_danger(name: str) -> bool:
    """Tells whether a function by its name says yes to what may not be used."""
    return not _WARNING.isdisjoint(name_words(name))


@lru_cache(4096)
def opens_file(name: str) -> bool:
    """Tells whether a function by its name opens, sends or removes a file that it is told the name of."""
    found = name_words(name)
    return name in {"fopen", "open_file"} or ("file" in found and not _OPENING.isdisjoint(found))


def finds_file(name: str) -> bool:
    """Tells whether a function by its name returns where a file is."""
    return not _PLACES.isdisjoint(name_words(name))


def checks(name: str) -> bool:
    """Tells whether a function by its name raises unless its argument is fit; ``ensure_dir`` makes one."""
    found = name_words(name)
    return not _CHECKING.isdisjoint(found) and ("ensure" not in found or _MADE.isdisjoint(found))
