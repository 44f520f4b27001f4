"""The ``quality`` command.

``_app`` is the group, with its errors and exit codes. Each command has the file of its name: ``_audit``, ``_calibrate``, ``_check``
(``report`` too), ``_compare``, ``_explain``, ``_fix``, ``_rewards``, ``_schema``, ``_score``, ``_serve``; ``_select`` has ``rank``,
``pairs`` and ``filter``, ``_catalogue`` has ``rules``, ``plugins`` and ``profiles``. What they share: ``_options``, ``_samples`` (files of
samples in and out), ``_output`` (where results go) and ``_stats`` (``--stats``).
"""

from __future__ import annotations


def main() -> None:
    """Runs the command and exits with its code."""
    from quality.cli._app import run  # importing this package stays cheap

    raise SystemExit(run())


__all__ = ["main"]
