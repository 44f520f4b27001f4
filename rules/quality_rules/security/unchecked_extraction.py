"""The rule unchecked-extraction."""

from __future__ import annotations

import ast
import re

from quality.model import Confidence, cached_property
from quality.rules import Invalid, Valid, last_word
from quality_rules._called import CallRule, argument, called_word, is_named, spreads
from quality_rules._flow import tells_fitness

_CHECKS = frozenset(
    {
        "realpath",
        "abspath",
        "resolve",
        "is_relative_to",
        "commonpath",
        "commonprefix",
        "safe_join",
        "relative_to",
        "extraction_filter",
    }
)
#: The filter that lets everything pass.
_TRUSTING = "fully_trusted_filter"
#: Names of tar archives.
_TAR = re.compile(r"(?:^|_)tar(?:$|[_\d]|file|ball|gz)|tar$")


class UncheckedExtraction(CallRule):
    """An archive decides where its files go.

    ## What it does
    Reports `extractall` and `extract` of tar archives without `filter` and without a look at the names, and
    `shutil.unpack_archive`. Names of an archive that are joined to a folder and opened are reported, too. `zipfile`'s own
    methods are safe.

    ## Why is this bad
    A name such as `../../home/user/.bashrc`, or a link, leads out of the folder, and any file can be overwritten.

    ## Example
    ```python
    import tarfile

    with tarfile.open("upload.tar") as archive:
        archive.extractall("data")
    ```

    ## Use instead
    ```python
    import tarfile

    with tarfile.open("upload.tar") as archive:
        archive.extractall("data", filter="data")
    ```

    ## References
    - [CWE-22: path traversal](https://cwe.mitre.org/data/definitions/22.html)
    - [Python documentation: extraction filters](https://docs.python.org/3/library/tarfile.html#extraction-filters)
    """

    dimension = "security"
    cwe = 22
    confidence = Confidence.MEDIUM
    equivalents = ("bandit:B202", "quality:path-traversal")
    needs = frozenset(
        {"extractall", "extract", "unpack_archive", "namelist", "getmembers", "getnames", "infolist"}
    )

    VALID = (
        Valid(
            "def f(archive: zipfile.ZipFile):\n    with zipfile.ZipFile(p) as z:\n        z.extractall('d')",
            "Safe itself",
        ),
        Valid("def f(tar):\n    tar.extractall('d', members=safe_members(tar))", "Chosen members"),
        Valid(
            "def f(tar):\n    tar.extraction_filter = tarfile.data_filter\n    tar.extractall('d')",
            "The archive has a filter",
        ),
        Valid(
            "def f(tar, folder):\n    for m in tar:\n        if not is_within_directory(folder, m.name):\n"
            "            raise ValueError(m)\n        tar.extract(m, folder)",
            "Each name is looked at",
        ),
        Valid(
            "def f(tar):\n    try:\n        tar.extractall('d', filter='data')\n    except TypeError:\n        tar.extractall('d')",
            "It has none in an older Python",
        ),
        Valid(
            "def f(tar):\n    if any('..' in m.name for m in tar):\n        raise ValueError\n    tar.extractall('d')",
            "No name leads up",
        ),
        Valid("def f(start_fmt):\n    return start_fmt.extract('d')", "No archive by its name"),
        Valid("def f(text):\n    return soup.extract(text)", "No archive"),
    )
    INVALID = (
        Invalid(
            "def f(tar):\n    tar.extraction_filter = tarfile.fully_trusted_filter\n    tar.extractall('d')",
            (
                "3:5-3:24 the archive decides where its files go: pass filter='data', or compare each path with the folder",
            ),
        ),
        Invalid(
            "def f(path):\n    tar = tarfile.open(path)\n    for m in tar:\n        tar.extract(m, 'd')",
            (
                "4:9-4:28 the archive decides where its files go: pass filter='data', or compare each path with the folder",
            ),
        ),
        Invalid(
            """
            def f(z, folder):
                for name in z.namelist():
                    with open(os.path.join(folder, name), 'wb') as file:
                        file.write(z.read(name))
            """,
            (
                "2:17-2:29 the archive decides where its files go: pass filter='data', or compare each path with the folder",
            ),
        ),
        Invalid(
            """
            def f(self, folder):
                members = self.archive.getmembers()
                for member in members:
                    with open(os.path.join(folder, member.name), 'wb') as file:
                        file.write(self.archive.extractfile(member).read())
            """,
            (
                "2:15-2:40 the archive decides where its files go: pass filter='data', or compare each path with the folder",
            ),
        ),
        Invalid(
            "import shutil\n\nshutil.unpack_archive(upload, 'data')",
            (
                "3:1-3:38 the archive decides where its files go: pass filter='data', or compare each path with the folder",
            ),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        scope = self.facts.function(call) or self.facts.source.tree
        if scope not in self._scopes:
            self._scopes[scope] = self._look_around(scope)
        words, checked = self._scopes[scope]
        if checked:
            return
        word = dotted.rpartition(".")[2]
        if word == "unpack_archive":
            risky = is_named(dotted, "shutil.unpack_archive") and argument(call, -1, "filter") is None
        elif word in {"extractall", "extract"}:
            risky = self._is_tar(call, words)
        else:
            risky = self._is_joined(call)
        if risky:
            self.report(
                call,
                "the archive decides where its files go: pass filter='data', or compare each path with the folder",
            )

    @cached_property
    def _scopes(self) -> dict[ast.AST, tuple[set[str], bool]]:
        return {}

    def _look_around(self, scope: ast.AST) -> tuple[set[str], bool]:
        """The names and attributes in a function, or in the source, and whether they check where files go."""
        nodes = self.facts.within(scope)
        words = {last_word(node) for node in nodes}
        if _TRUSTING in words:
            return words, False
        checks = bool(words & _CHECKS) or any(map(tells_fitness, words))
        return words, checks or any(_filters(node) or self._looks_for_way_up(node) for node in nodes)

    def _looks_for_way_up(self, node: ast.AST) -> bool:
        """Tells whether something is compared with ``..``."""
        way_up = isinstance(node, ast.Constant) and node.value in {"..", "../"}
        return way_up and isinstance(self.facts.parent(node), ast.Compare)

    def _is_tar(self, call: ast.Call, words: set[str]) -> bool:
        owner = called_word(call.func.value).lower() if isinstance(call.func, ast.Attribute) else ""
        named = _TAR.search(owner) is not None or (
            not words & {"ZipFile", "zipfile", "rarfile"} and bool(words & {"tarfile", "TarFile"})
        )
        checked = any(keyword.arg in {"filter", "members"} for keyword in call.keywords) or spreads(call)
        return named and not checked

    def _is_joined(self, call: ast.Call) -> bool:
        """Names of the archive that become paths: a loop over them joins and opens."""
        loop = self._loops.get(call)
        called = self.facts.inside(loop, ast.Call) if loop is not None else ()
        return {"join", "open"} <= set(map(called_word, called))

    @cached_property
    def _loops(self) -> dict[ast.expr, ast.For]:
        """What a loop is over → the loop."""
        return {self.facts.only_value(loop.iter): loop for loop in self.facts.of(ast.For)}


def _filters(node: ast.AST) -> bool:
    """Tells whether a call has a filter: where another has none, the first is not there in an older Python."""
    return isinstance(node, ast.keyword) and node.arg == "filter"
