"""The rule insecure-default."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, with_defaults
from quality_rules._asked import has_defaults
from quality_rules._called import is_off, is_on
from quality_rules._words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode
    from quality.rules import Facts

#: Switches that protect, and those that take protection away.
_PROTECTING = words("""
    verify_ssl ssl_verify verify_tls tls_verify verify_cert verify_certs verify_certificate verify_certificates validate_cert
    validate_certs check_hostname ssl_check_hostname verify_hostname verify_signature
    """)
_WEAKENING = words("""
    allow_pickle trust_remote_code ssl_insecure insecure_ssl insecure_skip_verify skip_tls_verify skip_ssl_verify
    disable_ssl_verification disable_ssl disable_tls
    """)
#: What somebody may, by the names of fields and keys.
_RIGHTS = words(
    "admin is_admin isadmin is_staff is_superuser superuser authenticated is_authenticated logged_in authorized"
    " is_authorized allowed is_allowed permitted can_edit can_delete"
)
_KNOWN = frozenset({"authenticated", "is_authenticated", "logged_in"})
#: Beginnings of names of functions that write, and words of those that say what they are.
_WRITING = ("save", "write", "dump")
_SAYS_SO = ("insecure", "unverified", "unsafe")
#: Words of which a text with a finding has one.
_TELLING = (
    *(*_RIGHTS, "verif", "check_hostname", "allow_pickle", "validate_cert", "trust_remote", "insecure"),
    "disable_",
)
#: What looks something up, with a default.
_LOOKING_UP = frozenset({"get", "getattr"})


class InsecureDefault(AstRule):
    """A function or class is insecure unless its caller knows better.

    ## What it does
    Reports parameters and fields of classes that switch the verification of certificates, hosts or signatures and are off by
    default, and those that allow objects to be made of files (`allow_pickle`), or code from elsewhere to run, and are on. So
    are rights that somebody has where nothing says so: `session.get("is_admin", True)`.

    ## Why is this bad
    Most callers never name the switch. Those who need the insecure way can ask for it. What is missing must not open a door.

    ## Example
    ```python
    def load(path, allow_pickle=True):
        return numpy.load(path, allow_pickle=allow_pickle)
    ```

    ## Use instead
    ```python
    def load(path, allow_pickle=False):
        return numpy.load(path, allow_pickle=allow_pickle)
    ```

    ## References
    - [CWE-1188: initialization with an insecure default](https://cwe.mitre.org/data/definitions/1188.html)
    """

    dimension = "security"
    severity = Severity.WARNING
    confidence = Confidence.MEDIUM
    cwe = 1188
    effort = 5

    VALID = (
        Valid("def connect(host, *, verify_ssl=True):\n    return open_to(host, verify_ssl)"),
        Valid("def load(path, allow_pickle=False):\n    return read(path, allow_pickle)"),
        Valid("def restore(path, verify=False):\n    return read(path)", "Verifies something else"),
        Valid("def save(path, array, allow_pickle=True):\n    write(path, array)", "Nothing is read"),
        Valid(
            "def unverified_context(check_hostname=False):\n    return Context(check_hostname)", "It says so"
        ),
        Valid("def f(session):\n    return session.get('is_admin', False)"),
        Valid("def f(user):\n    return getattr(user, 'is_authenticated', True)", "Another kind of user"),
        Valid("def f():\n    verify_ssl = False\n    return verify_ssl", "No default"),
    )
    INVALID = (
        Invalid(
            "def f(session):\n    return session.get('is_admin', True)",
            ("2:36-2:40 who has no is_admin is taken for one who may: let the default be False",),
        ),
        Invalid(
            "def f(user):\n    return getattr(user, 'is_staff', True)",
            ("2:38-2:42 who has no is_staff is taken for one who may: let the default be False",),
        ),
        Invalid(
            "def load(file, mmap_mode=None, allow_pickle=True):\n    return read(file, mmap_mode, allow_pickle)",
            ("1:32-1:44 callers who do not know of allow_pickle are at risk: let the default be False",),
        ),
        Invalid(
            "def connect(host, *, verify_ssl: bool = False):\n    return open_to(host, verify_ssl)",
            ("1:22-1:38 callers who do not know of verify_ssl are at risk: let the default be True",),
        ),
        Invalid(
            "@dataclass\nclass Settings:\n    host: str\n    ssl_verify: bool = False",
            ("4:5-4:29 callers who do not know of ssl_verify are at risk: let the default be True",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether there is a default, and one of the words."""
        given = has_defaults(facts) or facts.of(ast.ClassDef) or not _LOOKING_UP.isdisjoint(facts.mentioned)
        return bool(given) and facts.source.mentions(*_TELLING)

    def visit_Call(self, call: ast.Call) -> None:
        """A look-up of a right, with what counts when it is not there."""
        is_lookup = isinstance(call.func, ast.Attribute) and call.func.attr == "get"
        given = (
            call.args if is_lookup else call.args[1:] if self.facts.is_builtin(call.func, "getattr") else []
        )
        name = self.facts.origins.constant(given[0]) if len(given) == 2 else None  # noqa: PLR2004 - a name and a default
        # An object without that field may be one of another kind, which is nobody only where it says so.
        rights = _RIGHTS if is_lookup else _RIGHTS - _KNOWN
        if isinstance(name, str) and name.lower() in rights and is_on(self.facts.only_value(given[1])):
            told = f"who has no {name} is taken for one who may: let the default be False"
            self.report(given[1], told)

    def visit_FunctionDef(self, node: FunctionNode) -> None:
        name = node.name.lower().strip("_")
        if any(word in name for word in _SAYS_SO):
            return
        for place, default in with_defaults(node.args):
            if place.arg != "allow_pickle" or not name.startswith(_WRITING):
                self._check(place, place.arg, default)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for field in _fields(node):
            if isinstance(field.target, ast.Name) and field.value is not None:
                self._check(field, field.target.id, field.value)

    def _check(self, node: ast.AST, name: str, default: ast.AST | None) -> None:
        word = name.lower().strip("_")
        protects = word in _PROTECTING and is_off(default)
        if protects or (word in _WEAKENING and is_on(default)):
            self.report(node, f"callers who do not know of {name} are at risk: let the default be {protects}")


def _fields(node: ast.ClassDef) -> Iterator[ast.AnnAssign]:
    return (statement for statement in node.body if isinstance(statement, ast.AnnAssign))
