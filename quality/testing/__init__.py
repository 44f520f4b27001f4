"""For authors of plugins: one call in a test holds a plugin to its contract.

Whole ``_plugins``, with their ``_analyzers`` on ``_sources`` to stumble over, the ``_cases`` of their rules, and ``_renderers``.

::

    import my_plugin
    from quality.testing import check_plugin

    def test_my_plugin_keeps_the_contract():
        check_plugin(my_plugin)

``check_plugin`` runs the other checks on everything that the plugin brings. They raise an ``AssertionError``
that lists all problems at once.
"""

from quality.rules import check_case, check_example, rule_cases, run_rule
from quality.testing._analyzers import check_analyzer
from quality.testing._cases import check_cases
from quality.testing._plugins import HEAVY_MODULES, check_import, check_plugin
from quality.testing._renderers import check_renderer
from quality.testing._sources import SOURCES

__all__ = [
    "HEAVY_MODULES",
    "SOURCES",
    "check_analyzer",
    "check_case",
    "check_cases",
    "check_example",
    "check_import",
    "check_plugin",
    "check_renderer",
    "rule_cases",
    "run_rule",
]
