"""The check of whole plugins, their renderers, rules and imports."""

from __future__ import annotations

import dataclasses
import importlib
from pathlib import Path
from types import SimpleNamespace

import pytest
from quality_fakes import METRICS, RULE, FakeAnalyzer, fake_renderer, plugin

from quality.model import Report
from quality.rules import AstRule, Invalid, Valid, catalogue
from quality.testing import check_import, check_plugin, check_renderer


def problems(check, *arguments: object) -> str:
    with pytest.raises(AssertionError) as caught:
        check(*arguments)
    return str(caught.value)


def bring(**hooks) -> object:
    return plugin("p", **hooks).plugin


class NoPrint(AstRule):
    """Output is printed.

    ## What it does
    Looks for print.

    ## Why is this bad
    It is loud.

    ## Example
    ```python
    print(1)
    ```

    ## Use instead
    ```python
    log(1)
    ```
    """

    dimension = "clarity"
    VALID = (Valid("log(1)"),)
    INVALID = (Invalid("print(1)", ("1:1-1:9 print() is loud",)),)

    def visit_Call(self, node) -> None:
        if getattr(node.func, "id", "") == "print":
            self.report(node, "print() is loud")


class Wrong(NoPrint):
    __doc__ = NoPrint.__doc__
    INVALID = (Invalid("print(1)", ("1:1-1:9 another message",)),)


def test_a_good_plugin_passes() -> None:
    check_plugin(
        bring(
            quality_analyzers=lambda: [FakeAnalyzer()],
            quality_rules=lambda: [RULE, *catalogue([NoPrint], "fake")],
            quality_metrics=lambda: METRICS,
            quality_renderers=lambda: [fake_renderer("plain")],
        )
    )


def test_a_plugin_without_marked_hooks_is_caught() -> None:
    assert "marked with @hookimpl" in problems(check_plugin, SimpleNamespace(quality_rules=lambda: [RULE]))


def test_a_hook_that_does_not_fit_is_caught() -> None:
    assert "quality_rulez" in problems(check_plugin, bring(quality_rulez=lambda: []))


def test_a_duplicate_id_is_caught() -> None:
    assert "twice" in problems(check_plugin, bring(quality_rules=lambda: [RULE, RULE]))


def test_a_bad_analyzer_is_caught() -> None:
    bad = bring(quality_analyzers=lambda: [FakeAnalyzer(version="")], quality_rules=lambda: [RULE])
    assert "its version is empty" in problems(check_plugin, bad)


def test_a_rule_that_breaks_its_own_case_is_caught() -> None:
    bad = bring(quality_rules=lambda: catalogue([Wrong], "fake"))
    assert "another message" in problems(check_plugin, bad)


def test_a_rule_without_a_reason_is_caught() -> None:
    bad = bring(quality_rules=lambda: [dataclasses.replace(RULE, why="")])
    assert "rule 'fake:pass' needs a title" in problems(check_plugin, bad)


def test_all_problems_come_at_once() -> None:
    bad = bring(
        quality_analyzers=lambda: [FakeAnalyzer(version="")],
        quality_renderers=lambda: [fake_renderer("Loud")],
        quality_metrics=lambda: [dataclasses.replace(METRICS[0], id="bare")],
    )
    text = problems(check_plugin, bad)
    assert "version is empty" in text
    assert "lower case" in text
    assert "'bare'" in text


def test_a_light_module_passes_the_import_check() -> None:
    check_import("quality.testing")


def test_a_module_that_imports_a_heavy_one_is_caught() -> None:
    assert "importing csv imports re" in problems(check_import, "csv", ["re", "pylint"])


def test_a_module_that_does_not_import_is_caught() -> None:
    assert "does not import: ModuleNotFoundError" in problems(check_import, "no_such_module_at_all")


def test_a_plugin_module_is_imported_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "eager_plugin.py").write_text("import radon\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    eager_plugin = importlib.import_module("eager_plugin")
    assert "imports radon" in problems(check_plugin, eager_plugin)


def renderer(render, **changes: object) -> object:
    return SimpleNamespace(**{"id": "fake", "description": "For tests.", "render": render, **changes})


def test_a_good_renderer_passes() -> None:
    check_renderer(fake_renderer("plain"))


def sources_of(report: Report) -> str:
    return report.sources[0].path + "\n"


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (object(), "lacks id, description or render"),
        (renderer(lambda report: "\n", id="Two Words"), "one word in lower case"),
        (renderer(lambda report: "\n", description=""), "its description is empty"),
        (renderer(lambda report: "no newline"), "ends with a newline"),
        (renderer(lambda report: None), "ends with a newline, got None"),
        (renderer(lambda report: f"{id(report)}\n"), "different texts"),
        (renderer(sources_of), "raises on a report of 0 sources: IndexError"),
        (renderer(lambda report: report.rules.clear() or "\n"), "changes the report"),
    ],
)
def test_a_bad_renderer_is_caught(bad: object, says: str) -> None:
    assert says in problems(check_renderer, bad)
