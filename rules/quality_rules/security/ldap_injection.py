"""The rule ldap-injection."""

from __future__ import annotations

from quality.rules import Invalid, Valid
from quality_rules._flow import FlowRule, Harm


class LdapInjection(FlowRule):
    """A value from outside becomes part of an LDAP filter.

    ## What it does
    Follows what comes from outside, or into a function, to the filter or base of an LDAP search. Values through
    `escape_filter_chars` are fine.

    ## Why is this bad
    Whoever chooses the value chooses which entries are found, or passes a login without the password.

    ## Example
    ```python
    def find(connection, name):
        return connection.search_s(BASE, SCOPE, "(uid=" + name + ")")
    ```

    ## Use instead
    ```python
    from ldap.filter import escape_filter_chars

    def find(connection, name):
        return connection.search_s(BASE, SCOPE, "(uid=" + escape_filter_chars(name) + ")")
    ```

    ## References
    - [CWE-90: LDAP injection](https://cwe.mitre.org/data/definitions/90.html)
    """

    cwe = 90
    harm = Harm.LDAP
    message = "becomes part of an LDAP filter: escape it with escape_filter_chars"

    VALID = (
        Valid(
            """
            def find(connection, text):
                return connection.search_s(BASE, SCOPE, text)
            """,
            "The caller's filter",
        ),
    )
    INVALID = (
        Invalid(
            """
            def f(connection, request):
                return connection.search_s(BASE, SCOPE, f"(uid={request.GET['name']})")
            """,
            ("2:12-2:76 request.GET becomes part of an LDAP filter: escape it with escape_filter_chars",),
        ),
    )
