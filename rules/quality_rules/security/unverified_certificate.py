"""The rule unverified-certificate."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import ASSIGNMENTS, AstRule, Invalid, Valid, last_word, targets_of
from quality_rules._called import Calls, argument, is_named, is_off

#: Argument or attribute → the value that turns the check off.
_SWITCHES = {
    "verify": False,
    "check_hostname": False,
    "verify_ssl": False,
    "ssl_verify": False,
    "validate_certs": False,
    "assert_hostname": False,
    "ssl": False,
}
#: Switches that mean this wherever they are, and those that mean many things.
_PLAIN_SWITCHES = frozenset(_SWITCHES) - {"verify", "ssl"}
#: Options of LDAP by which a bad certificate, or none, is good enough.
_LAX_LDAP = frozenset({"OPT_X_TLS_NEVER", "OPT_X_TLS_ALLOW"})
#: Clients that verify nothing unless they are given a context, and their modules.
_WITHOUT_CONTEXT = {"SMTP_SSL": "smtplib", "IMAP4_SSL": "imaplib", "POP3_SSL": "poplib", "FTP_TLS": "ftplib"}
#: What makes a context verify, or one of a server.
_OF_CONTEXTS = frozenset(
    {
        *("verify_mode", "check_hostname", "load_default_certs", "load_verify_locations", "load_cert_chain"),
        *("PROTOCOL_TLS_CLIENT", "PROTOCOL_TLS_SERVER", "set_default_verify_paths"),
    }
)
#: What a source with a finding has one of.
_WORDS = frozenset(
    {
        *(*_SWITCHES, *_LAX_LDAP, *_WITHOUT_CONTEXT, "cert_reqs", "CERT_NONE", "SSLContext", "starttls"),
        *("_create_unverified_context", "set_missing_host_key_policy", "VERIFY_NONE"),
    }
)
_MESSAGE = "the other side is not verified: anybody on the way can pose as it"


class UnverifiedCertificate(AstRule):
    """Nobody checks who answers a connection.

    ## What it does
    Reports `verify=False` and the like, `CERT_NONE`, `check_hostname = False`, contexts that verify nothing (`VERIFY_NONE`) or are never told to, SSH
    clients that accept any host key, LDAP that goes on without a certificate, and clients of mail and FTP that are
    given no context: theirs verifies nothing.

    ## Why is this bad
    A machine on the way can pose as the server, read everything and change it.

    ## Example
    ```python
    import requests

    requests.get(url, verify=False, timeout=5)
    ```

    ## Use instead
    ```python
    import requests

    requests.get(url, verify="company-ca.pem", timeout=5)
    ```

    ## References
    - [CWE-295: improper certificate validation](https://cwe.mitre.org/data/definitions/295.html)
    """

    dimension = "security"
    needs = _WORDS
    severity = Severity.WARNING
    cwe = 295
    equivalents = ("bandit:B323", "bandit:B501", "bandit:B507")

    VALID = (
        Valid(
            "import imaplib, ssl\n\ndef f(host):\n    return imaplib.IMAP4_SSL(host, ssl_context=ssl.create_default_context())",
            "A context that verifies",
        ),
        Valid("def f():\n    return connect(database, ssl=False)", "No client of HTTP"),
        Valid("def f(session, url):\n    return session.get(url, verify=True)"),
        Valid("import ssl\n\nNAMES = {ssl.CERT_NONE: 'none'}", "What it is called elsewhere"),
        Valid("MODES = {'off': SSL.VERIFY_NONE, 'on': SSL.VERIFY_PEER}", "What others choose from"),
        Valid("def f(token):\n    return check(token, verify=False)", "No connection"),
    )
    INVALID = (
        Invalid(
            "import ssl\n\ndef f(sock):\n    return ssl.SSLContext(ssl.PROTOCOL_TLS).wrap_socket(sock)",
            (
                "4:12-4:44 the other side is not verified: anybody on the way can pose as it (use ssl.create_default_context())",
            ),
        ),
        Invalid(
            "def f():\n    return aiohttp.TCPConnector(ssl=False)",
            (
                "2:33-2:42 the other side is not verified: anybody on the way can pose as it (remove ssl=False)",
            ),
        ),
        Invalid(
            "import ssl\n\nssl._create_default_https_context = ssl._create_unverified_context",
            (
                "3:37-3:67 the other side is not verified: anybody on the way can pose as it (use ssl.create_default_context)",
            ),
        ),
        Invalid(
            "def f(session, url):\n    return session.get(url, verify=False)",
            (
                "2:29-2:41 the other side is not verified: anybody on the way can pose as it (remove verify=False)",
            ),
        ),
        Invalid(
            "def f(context):\n    context.check_hostname = False\n    context.verify_mode = ssl.CERT_NONE",
            (
                "2:5-2:35 the other side is not verified: anybody on the way can pose as it (remove check_hostname = False)",
                "3:27-3:40 the other side is not verified: anybody on the way can pose as it (use CERT_REQUIRED)",
            ),
        ),
        Invalid(
            "def f():\n    return ssl._create_unverified_context()",
            (
                "2:12-2:44 the other side is not verified: anybody on the way can pose as it (use ssl.create_default_context)",
            ),
        ),
        Invalid(
            "import smtplib\n\ndef f(host):\n    server = smtplib.SMTP(host, timeout=9)\n    server.starttls()",
            (
                "5:5-5:22 the other side is not verified: anybody on the way can pose as it (pass ssl.create_default_context())",
            ),
        ),
        Invalid(
            "import ldap\n\nldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_NEVER)",
            (
                "3:46-3:66 the other side is not verified: anybody on the way can pose as it (use OPT_X_TLS_DEMAND)",
            ),
        ),
        Invalid(
            "from OpenSSL import SSL\n\ndef f():\n    context = SSL.Context(SSL.TLS_METHOD)\n    context.set_verify(SSL.VERIFY_NONE, accept)\n    return context",
            (
                "5:24-5:39 the other side is not verified: anybody on the way can pose as it (use VERIFY_PEER)",
            ),
        ),
        Invalid(
            "def f(client):\n    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())",
            (
                "2:5-2:65 the other side is not verified: anybody on the way can pose as it (use RejectPolicy and known hosts)",
            ),
        ),
    )

    def visit_keyword(self, node: ast.keyword) -> None:
        call = self.facts.parent(node)
        if (
            node.arg in _SWITCHES
            and isinstance(call, ast.Call)
            and self.facts.origins.constant(node.value) in (False, 0)
            and _connects(call, node.arg)
        ):
            # As bad as bandit holds it where it knows the library.
            self.report(node, f"{_MESSAGE} (remove {node.arg}=False)", severity=Severity.ERROR)
        elif (
            node.arg == "cert_reqs"
            and isinstance(node.value, ast.Constant)
            and node.value.value == "CERT_NONE"
        ):
            self.report(node, f"{_MESSAGE} (remove cert_reqs)")

    def visit_Assign(self, node: ast.Assign | ast.AnnAssign) -> None:
        for target in targets_of(node) if is_off(node.value) else ():
            if isinstance(target, ast.Attribute) and target.attr in {"verify", "check_hostname"}:
                self.report(node, f"{_MESSAGE} (remove {target.attr} = False)")

    visit_AnnAssign = visit_Assign

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self._check_chosen(node, node.attr)

    def visit_Name(self, node: ast.Name) -> None:
        """What is imported from its module."""
        if node.id in self.facts.imports:
            self._check_chosen(node, self.facts.imports[node.id].rpartition(".")[2])

    def _check_chosen(self, node: ast.Name | ast.Attribute, word: str) -> None:
        around = self.facts.parent(node)
        asked = isinstance(around, ast.Compare) or (isinstance(around, ast.Dict) and node in around.keys)
        if word == "CERT_NONE" and not asked:
            self.report(node, f"{_MESSAGE} (use CERT_REQUIRED)")
        elif word in _LAX_LDAP and not asked:
            self.report(node, f"{_MESSAGE} (use OPT_X_TLS_DEMAND)")
        elif word == "_create_unverified_context" and isinstance(around, ASSIGNMENTS):
            self.report(node, f"{_MESSAGE} (use ssl.create_default_context)")

    def leave_Module(self, _: ast.Module) -> None:
        calls = self.facts.derived(Calls)
        for call, dotted in calls.named({"_create_unverified_context"}):
            if is_named(dotted, "ssl._create_unverified_context"):
                self.report(call, f"{_MESSAGE} (use ssl.create_default_context)")
        for call, _dotted in calls.named({"set_missing_host_key_policy"}):
            chosen = [part for given in call.args for part in self.facts.within(self.facts.only_value(given))]
            if any(last_word(part) in {"AutoAddPolicy", "WarningPolicy"} for part in chosen):
                self.report(call, f"{_MESSAGE} (use RejectPolicy and known hosts)")
        for call, dotted in calls.named({"SSLContext"}):
            if is_named(dotted, "ssl.SSLContext") and self._stays_lax(call):
                self.report(
                    call, f"{_MESSAGE} (use ssl.create_default_context())", confidence=Confidence.MEDIUM
                )
        for call, dotted in calls.named({"starttls", *_WITHOUT_CONTEXT}):
            if _lacks_context(call, dotted):
                self.report(
                    call, f"{_MESSAGE} (pass ssl.create_default_context())", confidence=Confidence.MEDIUM
                )
        for call, _dotted in calls.named({"set_verify"}):
            self._check_mode(argument(call, 0, "mode"))

    def _check_mode(self, mode: ast.expr | None) -> None:
        """How a context of pyOpenSSL looks at certificates."""
        if mode is not None and last_word(self.facts.only_value(mode)) == "VERIFY_NONE":
            self.report(mode, f"{_MESSAGE} (use VERIFY_PEER)")

    def _stays_lax(self, call: ast.Call) -> bool:
        """Tells whether a context for clients is made that verifies nothing, and nothing around changes it."""
        scope = self.facts.within(self.facts.function(call) or self.facts.source.tree)
        words = {getattr(node, "attr", "") for node in scope}
        return words.isdisjoint(_OF_CONTEXTS)


def _lacks_context(call: ast.Call, dotted: str) -> bool:
    """Tells whether a client of mail or FTP is given nothing that would verify the server."""
    if dotted.rpartition(".")[2] == "starttls":
        return not call.args and not call.keywords and isinstance(call.func, ast.Attribute)
    module = _WITHOUT_CONTEXT.get(dotted.rpartition(".")[2])
    given = {keyword.arg for keyword in call.keywords}
    return dotted.partition(".")[0] == module and given.isdisjoint({"context", "ssl_context", None})


def _connects(call: ast.Call, switch: str) -> bool:
    """Tells whether a call is plausibly one of a client of HTTP: ``verify`` alone means many things."""
    word = last_word(call.func)
    verbs = {
        "get",
        "post",
        "put",
        "delete",
        "patch",
        "head",
        "options",
        "request",
        "Client",
        "AsyncClient",
        "send",
        "stream",
    }
    if switch == "ssl":
        return word in {"TCPConnector", "ws_connect"} or (word in verbs and len(call.args) > 0)
    return switch in _PLAIN_SWITCHES or word in verbs
