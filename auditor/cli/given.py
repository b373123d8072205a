"""What the user says about a note on the command line: the claim, the payer, dates, earlier notes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.cli.console import complain, fail

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from auditor.records import Claim, EarlierNote, Encounter, VisitType
    from auditor.sources import Item

STDIN = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What holds for every note of the command; None and an empty list say nothing."""

    claim: Claim | None = None
    payer: str | None = None
    provider: str | None = None
    visit: VisitType | None = None
    date_of_service: date | None = None
    care_started: date | None = None
    earlier: tuple[EarlierNote, ...] = ()
    contract: str | None = None
    locality: str | None = None

    def said_of(self, encounter: Encounter) -> Encounter:
        """The encounter with what is given in place of its own fields."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return encounter.model_copy(update={name: value for name, value in fields.items() if value})


def read_notes(names: Sequence[str]) -> tuple[list[Encounter], int]:
    """The encounters in these files (``-``: standard input), and how many could not be read; complains of each."""
    from auditor.records import Encounter
    from auditor.sources import unique

    items = list(unique(item for name in dict.fromkeys(names) for item in _items(name)))
    encounters = [item for item in items if isinstance(item, Encounter)]
    for item in items:
        if not isinstance(item, Encounter):
            complain(item.reason)
    return encounters, len(items) - len(encounters)


def _items(name: str) -> Iterable[Item]:
    import sys

    from auditor.sources import read
    from auditor.sources.text import read_stream

    return read_stream(sys.stdin.buffer) if name == STDIN else read(Path(name))


def earlier_notes(names: Sequence[str]) -> tuple[EarlierNote, ...]:
    """The earlier notes in these files; ends with a sentence where one cannot be read."""
    from auditor.records import EarlierNote

    encounters, faults = read_notes(names)
    if faults:
        fail("without the earlier notes the audit would be another one; correct --earlier.")
    return tuple(EarlierNote(date_of_service=item.date_of_service, text=item.text) for item in encounters)


def real_day(option: str, value: str | None) -> date | None:
    """The date given with an option; ends with a sentence where there is no such date."""
    from datetime import date

    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        fail(f"{option} {value}: there is no such date; write it as YYYY-MM-DD, such as 2026-03-04.")


def claim_given(file: Path | None, cpt: Sequence[str], modifier: Sequence[str], dx: Sequence[str]) -> Claim | None:
    """The claim given as a file or in codes; ends with a sentence where it is none."""
    from auditor.records import EncounterError
    from auditor.sources.claim_words import claim_of, with_modifiers

    if file is not None and (cpt or dx):
        fail("give the claim either with --claim or with --cpt and --dx, not both.")
    try:
        if file is None:
            return claim_of(cpt, dx, modifiers=modifier)
        claim = _claim_in(file)
        return claim.model_copy(update={"lines": tuple(with_modifiers(claim.lines, modifier))})
    except EncounterError as fault:
        fail(f"{file or 'the claim'}: {fault}.")


def _claim_in(file: Path) -> Claim:
    from auditor.records import EncounterError, parse_encounter
    from auditor.sources.guard import why
    from auditor.sources.json_file import json_value
    from auditor.sources.records import UnreadableError

    try:
        data = json_value(file)
    except OSError as fault:
        fail(f"{file}: {why(fault)}.")
    except UnreadableError as fault:
        fail(f"{file}: {fault}.")
    claim = data.get("claim", data) if isinstance(data, dict) else None
    if not isinstance(claim, dict) or not {"lines", "diagnoses"} & set(claim):
        raise EncounterError('this is no claim; write it as {"diagnoses": ["M99.01"], "lines": [{"cpt": "98940"}]}')
    return parse_encounter({"text": "", "claim": claim}).claim or fail(f"{file}: the claim is empty.")
