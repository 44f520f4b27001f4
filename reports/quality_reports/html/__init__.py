"""The report as one HTML file that needs no network.

``_page`` makes the ``_view`` that ``templates/`` fill in: the ``_hero`` on top, ``_bars``, ``_charts`` (a ``_treemap`` and a ``_scatter``),
``_tables``, ``_rules``, ``_troubles``, and ``_sources`` in ``_blocks`` of lines. ``_code`` is where source text becomes markup,
``_links`` lead within the page, ``_scale`` has colours and numbers.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quality.model import Report

__all__ = ["HtmlRenderer"]


class HtmlRenderer:
    """Renders one self-contained page.

    Text of the sources is escaped by Jinja2 or ``_code``, and the page's content security policy allows no
    script and no style but its own two, by their hashes, and no connection at all.
    """

    id = "html"
    description = "One self-contained page with charts, tables and the sources with their findings."

    def render(self, report: Report) -> str:
        """Renders the report."""
        from jinja2 import Environment, PackageLoader, StrictUndefined  # only this format needs it
        from markupsafe import Markup  # comes with jinja2

        from quality_reports.html._page import build  # needs markupsafe

        environment = Environment(
            loader=PackageLoader("quality_reports.html"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        style, script = _asset("report.css"), _asset("report.js")
        page = environment.get_template("report.html.j2").render(
            page=build(report),
            style=Markup(style),  # noqa: S704 - the package's own file
            script=Markup(script),  # noqa: S704 - the package's own file
            policy=_policy(style, script),
        )
        return page.rstrip("\n") + "\n"


def _asset(name: str) -> str:
    return files("quality_reports.html").joinpath("templates", name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
