"""All that a plugin's own tests need for a start."""

from __future__ import annotations

import quality_example

from quality.testing import check_plugin


def test_the_plugin_keeps_the_contract() -> None:
    check_plugin(quality_example)
