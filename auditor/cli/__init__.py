"""The command line: one file a command. Nothing heavy is imported before a command runs."""

import sys
from typing import Annotated

import typer

from auditor.cli.audit import audit
from auditor.cli.benchmark import benchmark
from auditor.cli.check import check
from auditor.cli.codes import codes
from auditor.cli.episode import episode
from auditor.cli.evaluate import evaluate
from auditor.cli.policies import policies
from auditor.cli.schema import schema
from auditor.cli.spans import app as spans

__all__ = ["app", "main"]

app = typer.Typer(
    name="auditor",
    help="Audit chiropractic SOAP notes: six documentation elements and the claim, with the evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for one in (check, audit, episode, codes, policies, schema, evaluate, benchmark):
    app.command()(one)
app.add_typer(spans, name="spans")


def _version(wanted: bool) -> None:
    if wanted:
        from auditor import __version__

        typer.echo(f"auditor {__version__}")
        raise typer.Exit


@app.callback()
def _start(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Audit chiropractic SOAP notes: six documentation elements and the claim, with the evidence."""


def main() -> None:
    """Run the command line; the console script's entry."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(**({"errors": "replace"} if stream.isatty() else {"encoding": "utf-8"}))
    app(prog_name="auditor")
