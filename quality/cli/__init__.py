"""The ``quality`` command."""

from __future__ import annotations


def main() -> None:
    """Runs the command and exits with its code."""
    from quality.cli._app import run  # importing this package stays cheap

    raise SystemExit(run())


__all__ = ["main"]
