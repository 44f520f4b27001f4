"""The rule missing-loader."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import Invalid, Valid
from quality_rules._called import CallRule, spreads

_LOADS = frozenset({"yaml.load", "yaml.load_all"})


class MissingLoader(CallRule):
    """YAML is read without a loader.

    ## What it does
    Reports `yaml.load(text)` and `yaml.load_all(text)` with nothing but the text.

    ## Why is this bad
    PyYAML 6 asks for a loader: the call raises a `TypeError`. Before, it took one that makes any object that a text names.

    ## Example
    ```python
    import yaml

    def settings(file):
        return yaml.load(file)
    ```

    ## Use instead
    ```python
    import yaml

    def settings(file):
        return yaml.safe_load(file)
    ```

    ## References
    - [PyYAML documentation: loading YAML](https://pyyaml.org/wiki/PyYAMLDocumentation)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 2
    needs = frozenset({"load", "load_all"})
    equivalents = ("bandit:B506", "quality:unsafe-deserialization")

    VALID = (
        Valid("import yaml\n\nx = yaml.load(text, Loader=yaml.SafeLoader)\ny = yaml.safe_load(text)"),
        Valid("import yaml\n\nx = yaml.load(text, yaml.CSafeLoader)", "By its place"),
        Valid("import yaml\n\nx = yaml.load(text, **options)", "Nobody knows"),
        Valid("yaml = ruamel.yaml.YAML()\nx = yaml.load(text)", "Another library"),
        Valid("import json\n\nx = json.load(file)"),
    )
    INVALID = (
        Invalid(
            "import yaml\n\nx = yaml.load(text)",
            ("3:5-3:20 PyYAML refuses this: write yaml.safe_load",),
        ),
        Invalid(
            "from yaml import load_all\n\nx = list(load_all(stream=text))",
            ("3:10-3:31 PyYAML refuses this: write yaml.safe_load_all",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        given = len(call.args) + len(call.keywords)
        starred = any(isinstance(each, ast.Starred) for each in call.args)
        if (
            dotted in _LOADS
            and self.facts.may_be_module("yaml")
            and given == 1
            and not spreads(call)
            and not starred
        ):
            self.report(call, f"PyYAML refuses this: write yaml.safe_{dotted.rpartition('.')[2]}")
