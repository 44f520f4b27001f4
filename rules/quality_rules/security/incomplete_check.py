"""The rule incomplete-check."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, last_word, name_words
from quality_rules._asked import has_membership
from quality_rules._called import Calls
from quality_rules._words import words

if TYPE_CHECKING:
    from quality.rules import Facts

_DOTS = frozenset({"../", "/../", "..\\", "/..", "./", "../../"})
_PATH_CHECKS = frozenset(
    {
        "isabs",
        "realpath",
        "abspath",
        "resolve",
        "is_relative_to",
        "commonpath",
        "is_absolute",
        "safe_join",
        "basename",
        "secure_filename",
    }
)
_SITE = re.compile(
    r"(?:https?:/?/?)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|edu|gov|example|dev|co)", re.IGNORECASE
)
#: A dot of a host's name that a pattern reads as any character, and what shows that a pattern is of hosts.
_ANY_DOT = re.compile(
    r"(?<![\\\[*])\.(?=(?:[a-z0-9-]{1,60}\\?\.){0,4}(?:com|org|net|io|edu|gov|example|dev)(?:\b|$))"
)
_OF_HOSTS = re.compile(r"https?\??:|://|@|^\^?\(?(?:[\w-]+|\[[^\]]{1,20}\][+*])\\?\.", re.IGNORECASE)
_MATCHING = frozenset({"re.compile", "re.match", "re.search", "re.fullmatch"})
_URL_WORDS = frozenset(
    {
        "url",
        "uri",
        "link",
        "href",
        "redirect_url",
        "next_url",
        "target_url",
        "referer",
        "referrer",
        "host",
        "domain",
        "netloc",
        "hostname",
        "origin",
    }
)
#: Those that may name more than a host, and names of what is looked for in them.
_WHOLE_URLS = _URL_WORDS - {"host", "domain", "origin"}
_SITES = frozenset({"domain", "host", "hostname", "allowed_domain", "allowed_host", "trusted_domain"})
#: Ends of names of files that a machine runs, and that a server does: who names some of both means to keep them out.
_RUN_HERE = frozenset(["exe", "dll", "bat", "cmd", "msi", "com", "scr"])
_RUN_BY_SERVER = frozenset(["php", "phtml", "php5", "jsp", "asp", "aspx", "cgi", "sh"])
#: Others that such a list may name.
_RUN_TOO = frozenset(["js", "html", "py", "pl", "ps1", "vbs", "jar"])
#: Longer patterns are not looked at.
_LONGEST = 500
#: More ends are not looked at.
_MOST_ENDS = 40
#: Words in the name of a folder that a path has to be in.
_FOLDERS = frozenset(
    {"root", "base", "basedir", "dir", "directory", "folder", "destination", "dest", "workdir", "prefix"}
)
#: What makes a path absolute.
_ABSOLUTE = frozenset({"abspath", "realpath", "resolve"})
_ALIKE = "folders whose names begin alike pass: use os.path.commonpath"
#: Functions and methods that look for a text.
_LOOKING = words("commonprefix endswith startswith replace compile match search fullmatch")


class IncompleteCheck(AstRule):
    """A check of a path or URL looks at a piece of it only.

    ## What it does
    Reports tests for `../` in a path in functions that never make it absolute or look whether it is, removal of `../`,
    and tests whether a host's name is anywhere in a URL or at its beginning without the slash behind it, or fits a pattern
    whose dots stand for any character. As notes, whether an absolute path starts with that of a folder, without the
    slash behind it, `os.path.commonprefix()` compared with a folder, and lists of the kinds of files that are kept out.

    ## Why is this bad
    `/etc/passwd` has no `../`, `....//` leaves one when it is removed, and `https://evil.example/?a.example` contains every name. `/srv/files-of-others` begins with `/srv/files`.

    ## Example
    ```python
    def read(path):
        if "../" in path:
            raise ValueError(path)
        return open(path).read()
    ```

    ## Use instead
    ```python
    def read(path):
        full = os.path.realpath(os.path.join(ROOT, path))
        if not full.startswith(ROOT + os.sep):
            raise ValueError(path)
        return open(full).read()
    ```

    ## References
    - [CWE-22: path traversal](https://cwe.mitre.org/data/definitions/22.html)
    - [CWE-20: improper input validation](https://cwe.mitre.org/data/definitions/20.html)
    """

    dimension = "security"
    confidence = Confidence.MEDIUM
    cwe = 20

    VALID = (
        Valid("def f(path):\n    return '../' not in path and not os.path.isabs(path)"),
        Valid("def f(path):\n    return '/../' not in path and not path.startswith('../')", "Both"),
        Valid("def f(url):\n    return url.startswith('https://a.example.com/')"),
        Valid("def f(text):\n    return 'a.example.com' in text", "Not a URL by its name"),
        Valid(
            """
            def f(root, name):
                path = os.path.realpath(os.path.join(root, name))
                return path.startswith(root + os.sep) and path != os.path.commonprefix([root, name])
            """,
            "With the separator",
        ),
        Valid(
            """
            def f(root, name):
                root = os.path.join(os.path.abspath(root), "")
                path = os.path.abspath(os.path.join(root, name))
                return path.startswith(root)
            """,
            "The separator is in the folder's path",
        ),
        Valid(
            """
            def f(directory, name):
                folder = os.path.abspath(directory)
                folder += os.sep
                return os.path.abspath(folder + name).startswith(folder)
            """,
            "The separator was added",
        ),
        Valid("def f(name):\n    return name.endswith(('.sh', '.bash'))", "One kind"),
        Valid("def f(name):\n    return name.endswith(('.exe', '.png'))", "Not for what is run"),
        Valid("def f(end):\n    return end in ('.py', '.ps1')", "What modules are written in"),
        Valid("import re\n\ndef f(url):\n    return re.fullmatch(r'https://[a-z]+\\.example\\.com/.*', url)"),
        Valid("import re\n\ndef f(text):\n    return re.search(r'.*example', text)", "No host"),
        Valid("def f(names, prefix):\n    return [n for n in names if n.startswith(prefix)]", "No paths"),
    )
    INVALID = (
        Invalid(
            "def f(name):\n    return not name.lower().endswith(('.php', '.exe', '.sh'))",
            ("2:16-2:62 other kinds of files pass: name those that are let in",),
        ),
        Invalid(
            """
            BAD = {"exe", "bat", "php", "js"}

            def f(name):
                if name.rpartition(".")[2] in BAD:
                    raise ValueError(name)
            """,
            ("4:8-4:38 other kinds of files pass: name those that are let in",),
        ),
        Invalid(
            """
            def f(directory, name):
                path = os.path.realpath(os.path.join(directory, name))
                if os.path.commonprefix([path, directory]) != directory:
                    raise ValueError(name)
                return path
            """,
            ("3:8-3:60 folders whose names begin alike pass: use os.path.commonpath",),
        ),
        Invalid(
            """
            def f(directory, name):
                folder = os.path.abspath(directory)
                path = os.path.abspath(os.path.join(folder, name))
                if not path.startswith(folder):
                    raise ValueError(name)
                return path
            """,
            ("4:12-4:35 folders whose names begin alike pass: use os.path.commonpath",),
        ),
        Invalid(
            """
            def f(folder, name):
                path = (folder / name).resolve()
                return str(path).startswith(str(folder.resolve()))
            """,
            ("3:12-3:55 folders whose names begin alike pass: use os.path.commonpath",),
        ),
        Invalid(
            "def f(path):\n    return open(path.replace('../', ''))",
            (
                "2:17-2:40 absolute paths and other spellings pass: make the path absolute and compare it with its folder",
            ),
        ),
        Invalid(
            "import re\n\ndef f(url):\n    return re.match(r'https://[a-z]+.example\\.com/', url)",
            ("4:12-4:58 a dot of this pattern stands for any character: put a backslash before it",),
        ),
        Invalid(
            "import re\n\ndef f(host):\n    return re.match(r'.*.example.com', host)",
            ("4:12-4:45 a dot of this pattern stands for any character: put a backslash before it",),
        ),
        Invalid(
            "def f(url):\n    return 'example.com' in url",
            ("2:12-2:32 other sites can hold this text: compare the host of urllib.parse.urlsplit",),
        ),
        Invalid(
            "def f(url, domain):\n    return domain in url",
            ("2:12-2:25 other sites can hold this text: compare the host of urllib.parse.urlsplit",),
        ),
        Invalid(
            "def f(url):\n    return url.startswith('https://example.com')",
            ("2:12-2:49 other sites can hold this text: compare the host of urllib.parse.urlsplit",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether a text is looked for in another, or a pattern in a text."""
        return not _LOOKING.isdisjoint(facts.vocabulary) or has_membership(facts)

    def visit_Compare(self, node: ast.Compare) -> None:
        if len(node.ops) != 1:
            return
        if isinstance(node.ops[0], ast.Eq | ast.NotEq) and "commonprefix" in self.facts.vocabulary:
            self._check_prefix(node)
        if not isinstance(node.ops[0], ast.In | ast.NotIn):
            return
        left, right = node.left, node.comparators[0]
        self._check_kinds(node, right)
        text = left.value if isinstance(left, ast.Constant) else None
        if text in _DOTS:
            if self._never_absolute(node) and not self._looks_at_beginning(node):
                self._report_path(node)
        elif last_word(right) in _WHOLE_URLS:
            named = isinstance(text, str) and _SITE.fullmatch(text)
            if named or last_word(left) in _SITES:
                self._report_url(node)

    def _check_kinds(self, node: ast.Compare | ast.Call, ends: ast.expr) -> None:
        """``name.endswith((".php", ".exe"))``: those who look for both look for what may not come in."""
        listed = self.facts.origins.value(ends)
        parts = listed.elts[:_MOST_ENDS] if isinstance(listed, ast.Tuple | ast.List | ast.Set) else []
        kinds = {str(part.value).lower().lstrip(".") for part in parts if isinstance(part, ast.Constant)}
        if kinds & _RUN_HERE and kinds & _RUN_BY_SERVER and kinds <= _RUN_HERE | _RUN_BY_SERVER | _RUN_TOO:
            self._note(node, "other kinds of files pass: name those that are let in")

    def _check_prefix(self, node: ast.Compare) -> None:
        """``commonprefix`` compares letters, and was made for no paths."""
        sides = [self.facts.only_value(side) for side in (node.left, *node.comparators)]
        others = [last_word(side) for side in (node.left, *node.comparators)]
        common = [isinstance(side, ast.Call) and last_word(side.func) == "commonprefix" for side in sides]
        for is_common, other in zip(common, reversed(others), strict=True):
            if is_common and self._is_folder(other):
                self._note(node, _ALIKE)

    def _note(self, node: ast.AST, message: str) -> None:
        """Half a check is better than none, which may cost nothing."""
        self.report(node, message, severity=Severity.NOTE, confidence=Confidence.LOW)

    def _is_absolute(self, node: ast.expr) -> bool:
        """Whether it is an absolute path as functions give it, which ends with no separator."""
        value = self.facts.only_value(node)
        if (
            isinstance(value, ast.Call)
            and last_word(value.func) in {"str", "fspath"}
            and len(value.args) == 1
        ):
            value = self.facts.only_value(value.args[0])
        return isinstance(value, ast.Call) and last_word(value.func) in _ABSOLUTE

    def _is_folder(self, name: str) -> bool:
        return not _FOLDERS.isdisjoint(name_words(name))

    def leave_Module(self, _: ast.Module) -> None:
        for call, dotted in self.facts.derived(Calls).named(("compile", "match", "search", "fullmatch")):
            if dotted in _MATCHING and call.args:
                of_host = len(call.args) > 1 and last_word(call.args[1]) in _SITES
                self._check_pattern(call, self.facts.origins.constant(call.args[0]), of_host=of_host)

    def visit_Call(self, node: ast.Call) -> None:
        function = node.func
        if not isinstance(function, ast.Attribute) or not node.args:
            return
        if function.attr == "endswith":
            self._check_kinds(node, node.args[0])
        if (
            function.attr == "startswith"
            and self._is_absolute(function.value)
            and self._is_absolute(node.args[0])
        ):
            self._note(node, _ALIKE)
        text = self.facts.origins.constant(node.args[0])
        if not isinstance(text, str):
            return
        if function.attr == "replace" and text in {"../", "..\\"} and self._never_absolute(node):
            self._report_path(node)
        elif function.attr in {"startswith", "endswith"} and last_word(function.value) in _URL_WORDS:
            begins = function.attr == "startswith" and "://" in text
            if (begins or function.attr == "endswith") and _SITE.fullmatch(text):
                self._report_url(node)

    def _check_pattern(self, node: ast.Call, text: object, *, of_host: bool) -> None:
        """``https://www.example.com`` fits ``https://wwwXexample.com``, which somebody else may own."""
        if (
            isinstance(text, str)
            and len(text) <= _LONGEST
            and "\n" not in text
            and (of_host or _OF_HOSTS.search(text))
            and _ANY_DOT.search(text)
        ):
            self._note(node, "a dot of this pattern stands for any character: put a backslash before it")

    def _never_absolute(self, node: ast.AST) -> bool:
        function = self.facts.function(node)
        scope = self.facts.within(function) if function is not None else []
        return function is not None and not any(last_word(part) in _PATH_CHECKS for part in scope)

    def _looks_at_beginning(self, node: ast.AST) -> bool:
        """Tells whether the function looks at how a path begins, too."""
        function = self.facts.function(node)
        calls = (
            (part for part in self.facts.within(function) if isinstance(part, ast.Call)) if function else ()
        )
        return any(
            last_word(call.func) in {"startswith", "lstrip"}
            and call.args
            and isinstance(call.args[0], ast.Constant)
            and call.args[0].value in {"..", "../", "/"}
            for call in calls
        )

    def _report_path(self, node: ast.AST) -> None:
        self.report(
            node,
            "absolute paths and other spellings pass: make the path absolute and compare it with its folder",
        )

    def _report_url(self, node: ast.AST) -> None:
        self.report(
            node,
            "other sites can hold this text: compare the host of urllib.parse.urlsplit",
            confidence=Confidence.LOW,
        )
