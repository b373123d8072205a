"""``auditor schema``: the JSON Schema of what goes in and what comes out."""

import json
from typing import Annotated, Literal

import typer

from auditor.cli.console import command


@command
def schema(
    record: Annotated[Literal["encounter", "audit"], typer.Argument(help="What goes in, or what comes out.")],
) -> None:
    """Print the JSON Schema of an encounter or an audit."""
    from auditor.records import Audit, Encounter

    model = Encounter if record == "encounter" else Audit
    typer.echo(json.dumps(model.model_json_schema(), indent=2, ensure_ascii=False))
