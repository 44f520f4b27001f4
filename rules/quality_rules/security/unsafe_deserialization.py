"""The rule unsafe-deserialization."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid
from quality_rules._flow import Flow, FlowRule, Harm, Level

if TYPE_CHECKING:
    import ast

    from quality_rules._flow import Hit
    from quality_rules._flow._rule import Verdict


class UnsafeDeserialization(FlowRule):
    """Bytes from outside become objects.

    ## What it does
    Follows what a request, a connection, the command line or the environment brings to `pickle`, `marshal`, `shelve`,
    `yaml.load` without a safe loader, and the like.

    A file that the same text writes, or in a place that is written out, is the program's own, and so are the weights
    that a network loads: it is a note that whoever can write there runs code here.

    ## Why is this bad
    These formats can name any function to call while they are read, so their sender runs code here.

    ## Example
    ```python
    import pickle
    from flask import request

    def load():
        return pickle.loads(request.data)
    ```

    ## Use instead
    ```python
    import json
    from flask import request

    def load():
        return json.loads(request.data)
    ```

    ## References
    - [CWE-502: deserialization of untrusted data](https://cwe.mitre.org/data/definitions/502.html)
    - [Python documentation: pickle](https://docs.python.org/3/library/pickle.html)
    """

    cwe = 502
    effort = 30
    equivalents = ("bandit:B301", "bandit:B302", "bandit:B506", "bandit:B614")
    harm = Harm.OBJECTS
    message = "becomes objects, which can run code: exchange JSON"
    least = Level.LOCAL
    clears = ("bandit:B301", "bandit:B302", "bandit:B506")
    replaces = ("bandit:B301", "bandit:B302", "bandit:B614")
    by_parameter = (Severity.WARNING, Confidence.LOW)
    by_unseen = (Severity.WARNING, Confidence.LOW)

    VALID = (
        Valid(
            """
            import yaml

            def f(request):
                return yaml.load(request.body, Loader=yaml.SafeLoader)
            """,
            "A safe loader",
        ),
        Valid(
            """
            import pickle

            def f(path):
                with open(path, 'rb') as file:
                    return pickle.load(file)
            """,
            "A file of the program's own",
        ),
    )
    INVALID = (
        Invalid(
            """
            import pickle

            def keep(place, table):
                with open(place, 'wb') as stream:
                    pickle.dump(table, stream)

            def kept(place):
                with open(place, 'rb') as stream:
                    return pickle.load(stream)
            """,
            ("9:16-9:35 a file becomes objects, which can run code: exchange JSON",),
        ),
        Invalid(
            """
            import torch

            def restore(network, place):
                network.load_state_dict(torch.load(place)["weights"])
            """,
            ("4:29-4:46 place becomes objects, which can run code: exchange JSON",),
        ),
        Invalid(
            "import yaml\n\ndef f():\n    with open(PLACE) as file:\n        return yaml.load(file, Loader=yaml.Loader)",
            ("5:16-5:51 file becomes objects, which can run code: exchange JSON",),
        ),
        Invalid(
            """
            import pickle

            def serve(connection):
                data = connection.recv(4096)
                return pickle.loads(data)
            """,
            ("5:12-5:30 recv() becomes objects, which can run code: exchange JSON",),
        ),
        Invalid(
            """
            import base64, yaml

            def view(request):
                return yaml.load(base64.b64decode(request.COOKIES['state']))
            """,
            ("4:12-4:65 request.COOKIES becomes objects, which can run code: exchange JSON",),
        ),
    )

    def visit_Module(self, _: ast.Module) -> None:
        super().visit_Module(_)
        analysis = self.facts.derived(Flow)
        hits = {hit.node for hit in analysis.found.hits(self.harm)}
        for load in sorted(analysis.own_files, key=lambda load: (load.lineno, load.col_offset)):
            if load not in hits:
                told = f"a file {self.message}"
                self.report(load, told, severity=Severity.NOTE, confidence=Confidence.LOW)
                self.clear(load, self.replaces)

    def verdict(self, hit: Hit) -> Verdict:
        own = hit.taint.origin.level < Level.LOCAL and hit.node in self.facts.derived(Flow).own_files
        return (Severity.NOTE, Confidence.LOW) if own else super().verdict(hit)
