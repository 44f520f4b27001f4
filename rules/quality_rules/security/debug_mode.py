"""The rule debug-mode."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import AstRule, Invalid, Valid
from quality_rules._called import Calls, is_config, is_named, is_on

if TYPE_CHECKING:
    from quality.model import Source

#: Names that settings of Django have beside DEBUG.
_SETTINGS = frozenset(
    {"INSTALLED_APPS", "ALLOWED_HOSTS", "MIDDLEWARE", "ROOT_URLCONF", "SECRET_KEY", "TEMPLATES"}
)
_MESSAGE = "debug mode shows code and lets visitors run it: read the switch from the environment"


class DebugMode(AstRule):
    """A web application is started in debug mode.

    ## What it does
    Reports `debug=True` where an application is made or run, `app.debug = True`, `bottle.debug(True)`, and `DEBUG = True`
    in settings of Django and Flask.

    ## Why is this bad
    The debugger shows code, variables and settings to every visitor, and Flask's runs what they type.

    ## Example
    ```python
    app.run(debug=True)
    ```

    ## Use instead
    ```python
    app.run(debug=os.environ.get("APP_DEBUG") == "1")
    ```

    ## References
    - [CWE-489: active debug code](https://cwe.mitre.org/data/definitions/489.html)
    - [CWE-215: sensitive information in debugging code](https://cwe.mitre.org/data/definitions/215.html)
    """

    dimension = "security"
    cwe = 215
    equivalents = ("bandit:B201",)

    VALID = (
        Valid("app.run(debug=False)"),
        Valid("DEBUG = True\n\ndef f():\n    print(DEBUG)", "No settings of a site"),
        Valid("solver.run(model, debug=True)", "No application"),
    )
    INVALID = (
        Invalid(
            "app.config.update(DEBUG=True)",
            (
                "1:19-1:29 debug mode shows code and lets visitors run it: read the switch from the environment",
            ),
        ),
        Invalid(
            "from flask import Flask\n\nserver = Flask(__name__)\nserver.run(host='0.0.0.0', debug=True)",
            (
                "4:28-4:38 debug mode shows code and lets visitors run it: read the switch from the environment",
            ),
        ),
        Invalid(
            "DEBUG = True\nINSTALLED_APPS = []",
            (
                "1:1-1:13 debug mode shows code and lets visitors run it: read the switch from the environment",
            ),
        ),
        Invalid(
            "app.config['DEBUG'] = True",
            (
                "1:1-1:27 debug mode shows code and lets visitors run it: read the switch from the environment",
            ),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.mentions("debug", "DEBUG")

    def visit_Module(self, module: ast.Module) -> None:
        del module
        applications = {"app", "application", *self._applications()}
        for call, dotted in self.facts.derived(Calls).named(
            {"run", "run_app", "Flask", "FastAPI", "Starlette", "Application"}
        ):
            owner, _, word = dotted.rpartition(".")
            if (
                word != "run"
                or owner in applications
                or is_named(owner, "app", "uvicorn", "socketio", "bottle")
            ):
                self._check(call)
        self._check_settings()
        for node, targets, value in self.facts.assignments:
            if is_on(value) and any(self._is_switch(target, applications) for target in targets):
                self.report(node, _MESSAGE)

    def _check_settings(self) -> None:
        """Calls that turn it on."""
        calls = self.facts.derived(Calls)
        for call, dotted in calls.named({"debug"}):
            if dotted == "bottle.debug" and is_on(call.args[0] if call.args else None):
                self.report(call, _MESSAGE)
        for call, _ in calls.named({"update", "from_mapping"}):
            for keyword in call.keywords if is_config(call) else ():
                if keyword.arg == "DEBUG" and is_on(keyword.value):
                    self.report(keyword, _MESSAGE)

    def _applications(self) -> set[str]:
        frameworks = {"Flask", "Quart", "Bottle", "Sanic"}
        return {
            target.id
            for _, targets, value in self.facts.assignments
            for target in targets
            if isinstance(target, ast.Name)
            and isinstance(value, ast.Call)
            and self.facts.origin(value.func).rpartition(".")[2] in frameworks
        }

    def _check(self, call: ast.Call) -> None:
        for keyword in call.keywords:
            if is_on(keyword.value) and keyword.arg in {"debug", "use_debugger"}:
                self.report(keyword, _MESSAGE)

    def _is_switch(self, target: ast.expr, applications: set[str]) -> bool:
        if isinstance(target, ast.Attribute):
            return target.attr == "debug" and self.facts.origin(target.value) in applications
        if isinstance(target, ast.Subscript):
            key = isinstance(target.slice, ast.Constant) and target.slice.value == "DEBUG"
            return key and self.facts.origin(target.value).endswith("config")
        return (
            isinstance(target, ast.Name)
            and target.id == "DEBUG"
            and not _SETTINGS.isdisjoint(self.facts.bound)
        )
