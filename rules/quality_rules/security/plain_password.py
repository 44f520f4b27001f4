"""The rule plain-password."""

from __future__ import annotations

import ast
import re

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, last_word
from quality_rules._words import words

_PASSWORD = re.compile(
    r"(?:user_?|plain_?|input_?|given_?)?(?:password|passwd|passphrase|pwd|pw)", re.IGNORECASE
)
#: Words of names that hold what a client sent.
_GIVEN = words("form request req data body payload args kwargs params json cleaned_data")
#: Names of what is neither stored nor given: objects that compare themselves, and settings.
_ELSE = words("self cls other config settings options url dsn")
_AGAIN = re.compile(r"confirm|again|repeat|verif|new|old|second|2$|_?re(?:type|enter)", re.IGNORECASE)
#: Words of names of tables of people.
_TABLES = words("users accounts logins credentials passwords members customers admins")
#: What makes a column of a table.
_COLUMN = re.compile(r"(?i)(?:column|field)$")


class PlainPassword(AstRule):
    """A stored password is compared as it was given.

    ## What it does
    Reports `==` and `!=` between the password of a stored user, or what a table of users holds, and a password that was
    given. Two entries of one form, settings, and hashes are left out.

    ## Why is this bad
    The comparison only works when passwords are kept readable. Who gets to read the table has them all, and those that
    people use elsewhere too.

    ## Example
    ```python
    def login(users, name, password):
        user = users.find(name)
        return user.password == password
    ```

    ## Use instead
    ```python
    from werkzeug.security import check_password_hash

    def login(users, name, password):
        user = users.find(name)
        return check_password_hash(user.password_hash, password)
    ```

    ## References
    - [CWE-256: plaintext storage of a password](https://cwe.mitre.org/data/definitions/256.html)
    """

    dimension = "security"
    confidence = Confidence.MEDIUM
    cwe = 256
    effort = 30

    VALID = (
        Valid("def f(form):\n    return form.password.data == form.confirm.data", "Two entries of one form"),
        Valid("def f(user, password):\n    return user.password == digest(password)", "A hash"),
        Valid("def f(self, other):\n    return self.password == other.password", "Two of a kind"),
        Valid("def f(self, password):\n    return self.password == password", "Its own"),
        Valid("def f(password, password_again):\n    return password == password_again"),
    )
    INVALID = (
        Invalid(
            """
            class User(Base):
                password = Column(String(255))

                def check(self, password):
                    return self.password == password
            """,
            ("5:16-5:41 the stored password is readable: keep a slow, salted hash and check that",),
        ),
        Invalid(
            "def f(form, user):\n    if user and user.password == form['password']:\n        return user",
            ("2:17-2:50 the stored password is readable: keep a slow, salted hash and check that",),
        ),
        Invalid(
            "def f(form, user):\n    text = form.cleaned_data['password']\n    return text == user.password",
            ("3:12-3:33 the stored password is readable: keep a slow, salted hash and check that",),
        ),
        Invalid(
            "def f(users, name, password):\n    return users[name] != password",
            ("2:12-2:35 the stored password is readable: keep a slow, salted hash and check that",),
        ),
        Invalid(
            "def f(row, request):\n    return row['password'] == request.form.get('password')",
            ("2:12-2:59 the stored password is readable: keep a slow, salted hash and check that",),
        ),
    )

    def visit_Compare(self, node: ast.Compare) -> None:
        if len(node.ops) != 1 or not isinstance(node.ops[0], (ast.Eq, ast.NotEq)):
            return
        left, right = node.left, node.comparators[0]
        for stored, given in ((left, right), (right, left)):
            if not _is_stored(stored) and not self._is_of_record(stored):
                continue
            if _is_given(given) or _is_given(self.facts.only_value(given)):
                self.report(node, "the stored password is readable: keep a slow, salted hash and check that")
                return

    def _is_of_record(self, node: ast.expr) -> bool:
        """Tells whether an expression is the password of an object whose class has it as a column of a table."""
        if not isinstance(node, ast.Attribute) or not _is_password(node.attr) or _owner(node) != "self":
            return False
        method = self.facts.function(node)
        kind = self.facts.class_of(method) if method is not None else None
        columns = filter(_is_column, kind.body if kind is not None else ())
        names = (
            each for column in columns for each in self.facts.within(column) if isinstance(each, ast.Name)
        )
        return any(each.id == node.attr for each in names)


def _is_column(field: ast.stmt) -> bool:
    """Tells whether a statement of a class binds a column of a table."""
    value = field.value if isinstance(field, ast.Assign | ast.AnnAssign) else None
    return isinstance(value, ast.Call) and _COLUMN.search(last_word(value.func)) is not None


def _is_stored(node: ast.expr) -> bool:
    """Tells whether an expression is the password of somebody known, or an entry of a table of people."""
    if isinstance(node, ast.Attribute):
        return _owner(node) not in _GIVEN | _ELSE and _is_password(node.attr)
    key, place = _looked_up(node)
    if key is None or place is None:
        return False
    if isinstance(key, ast.Constant):
        owner = _owner(node) if isinstance(place, ast.Attribute) else last_word(place)
        return _GIVEN.isdisjoint({owner, last_word(place)}) and owner not in _ELSE and _is_password(key.value)
    return last_word(place) in _TABLES


def _is_given(node: ast.expr) -> bool:
    """Tells whether an expression is a password that was just given."""
    if isinstance(node, ast.Name):
        return _is_password(node.id)
    if isinstance(node, ast.Attribute):
        if node.attr == "data" and isinstance(node.value, ast.Attribute):
            node = node.value
        return _owner(node) in _GIVEN and _is_password(node.attr)
    key, place = _looked_up(node)
    is_password = isinstance(key, ast.Constant) and _is_password(key.value)
    return is_password and place is not None and (last_word(place) in _GIVEN or _owner(place) in _GIVEN)


def _looked_up(node: ast.expr) -> tuple[ast.expr | None, ast.expr | None]:
    """The key and the container of ``container[key]`` or ``container.get(key)``."""
    if isinstance(node, ast.Subscript):
        return node.slice, node.value
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "get"
        and node.args
    ):
        return node.args[0], node.func.value
    return None, None


def _owner(node: ast.expr) -> str:
    """The name of what an attribute belongs to."""
    while isinstance(node, ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return last_word(node.value) if isinstance(node, ast.Attribute) else last_word(node)


def _is_password(name: object) -> bool:
    return (
        isinstance(name, str)
        and _PASSWORD.fullmatch(name[:40]) is not None
        and _AGAIN.search(name[:40]) is None
    )
