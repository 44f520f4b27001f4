"""``quality schema``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from quality.cli._options import output_option
from quality.cli._output import write_result

if TYPE_CHECKING:
    from pathlib import Path


@click.command("schema")
@output_option
def schema_command(*, output: Path | None) -> None:
    """Prints the JSON Schema of 'quality check --format json' and of 'quality score' lines."""
    from quality.schema import json_schema

    write_result(json.dumps(json_schema(), indent=2, sort_keys=True) + "\n", output)
