"""The columns of CSV files as the user names them with ``--map``, and their memory in a small file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from auditor.cli.console import complain, fail, write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.sources.columns import Columns

REMEMBERED = "columns.toml"


def columns_of(entries: Sequence[str]) -> Columns:
    """The map of these entries; ends with a sentence where one is none."""
    from auditor.sources.claims import COLUMNS as CLAIM_FIELDS
    from auditor.sources.columns import columns_given
    from auditor.sources.csv_file import COLUMNS as NOTE_FIELDS
    from auditor.sources.records import UnreadableError

    try:
        return columns_given(entries, dict.fromkeys((*NOTE_FIELDS, *CLAIM_FIELDS)))
    except UnreadableError as fault:
        fail(f"--map {fault}.")


def remember(columns: Columns, folder: Path) -> None:
    """Write the map beside the reports, where there is one, and tell of headings that no file had.

    Raises:
        OSError: the file cannot be written.
    """
    if not columns.headings:
        return
    for heading in columns.unused():
        complain(f"warning: no file has the column {heading!r} of --map.")
    write_whole(folder / REMEMBERED, columns.toml())
    typer.echo(f"Columns remembered: --map {folder / REMEMBERED}")
