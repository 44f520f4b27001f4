"""The rule trust-boundary."""

from __future__ import annotations

from quality.model import Severity
from quality.rules import Invalid, Valid
from quality_rules._flow import FlowRule, Harm, Level


class TrustBoundary(FlowRule):
    """What a client sent is kept where the program keeps what it knows.

    ## What it does
    Follows what a request brings into the session, as a key or as a value, without any check on its way.

    ## Why is this bad
    What is in the session passes for checked: other code trusts a name, role or address that a client made up.

    ## Example
    ```python
    from flask import request, session

    def choose():
        session["role"] = request.form["role"]
    ```

    ## Use instead
    ```python
    from flask import request, session

    def choose():
        role = request.form["role"]
        if role not in {"reader", "writer"}:
            raise ValueError(role)
        session["role"] = role
    ```

    ## References
    - [CWE-501: trust boundary violation](https://cwe.mitre.org/data/definitions/501.html)
    """

    cwe = 501
    harm = Harm.SESSION
    message = "is kept in the session unchecked: check it first"
    least = Level.REMOTE
    mildest = Severity.WARNING

    VALID = (
        Valid("def f(request):\n    request.session['pages'] = int(request.GET['pages'])", "A number"),
        Valid(
            """
            from flask import request, session

            def login(db):
                row = db.execute("SELECT id FROM users WHERE name = ?", (request.form["name"],)).fetchone()
                session["user"] = row[0]
            """,
            "Out of the database",
        ),
        Valid("def f(request, user):\n    request.session['user'] = user.name", "The program's own"),
    )
    INVALID = (
        Invalid(
            """
            from flask import request, session

            def login(db):
                name = request.form["name"]
                db.execute("UPDATE users SET seen = 1 WHERE name = ?", (name,))
                session["user"] = name
            """,
            ("6:5-6:20 request.form is kept in the session unchecked: check it first",),
        ),
        Invalid(
            "def f(request):\n    request.session[request.POST['key']] = 1",
            ("2:5-2:41 request.POST is kept in the session unchecked: check it first",),
        ),
        Invalid(
            "import flask\n\ndef f():\n    flask.session['user'] = flask.request.form.get('user')",
            ("4:5-4:26 flask.request.form is kept in the session unchecked: check it first",),
        ),
    )
