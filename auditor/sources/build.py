"""Plain data to an encounter, or to a rejection with one sentence: what every reader of records shares."""

from datetime import date
from typing import Any

from auditor.records import EncounterError, parse_encounter
from auditor.sources.decoding import too_long, writable
from auditor.sources.records import MAX_CHARACTERS, Item, printable, reject

DATES = ("date_of_service", "care_started")
LONGEST_ID = 200


def build(data: Any, source: str, line: int | None, default_id: str) -> Item:  # noqa: ANN401 - anything may come in
    """Make an encounter of one record's plain data; ``default_id`` is used where it has none."""
    record_id = None
    try:
        if not isinstance(data, dict):
            raise EncounterError('this record is no JSON object; write it as {"id": …, "text": …}')
        fields = {name: _writable(value) for name, value in data.items() if value is not None}
        record_id = fields["id"] = _id(fields.get("id"), default_id)
        if "text" not in fields:
            raise EncounterError("the field text is missing; put the note there")
        _check_length(fields["text"], "text")
        _check_earlier(fields.get("earlier"))
        fields |= {name: real_date(fields[name], name) for name in DATES if name in fields}
        return parse_encounter(fields, default_id=default_id)
    except EncounterError as fault:
        return reject(source, line, str(fault), record_id)
    except RecursionError:
        return reject(source, line, "this record is nested too deeply; export it again", record_id)


def real_date(value: Any, field: str) -> Any:  # noqa: ANN401 - judged by the record where it is no text
    """The date that ``value`` writes; values other than text are left to the record.

    Raises:
        EncounterError: there is no such date.
    """
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value.strip().removesuffix("T00:00:00"))
    except ValueError:
        fault = "there is no such date; write it as YYYY-MM-DD, such as 2026-03-04"
        raise EncounterError(f"field {field}: {fault}") from None


def _id(value: Any, default_id: str) -> str:  # noqa: ANN401 - anything may come in
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is not None and not isinstance(value, str):
        raise EncounterError("field id: it must be text or a whole number; put it in quotation marks")
    name = printable(value or "").strip() or printable(default_id)
    if len(name) > LONGEST_ID:
        raise EncounterError(f"field id: it is longer than {LONGEST_ID} characters; shorten it")
    return name


def _check_length(value: Any, field: str) -> None:  # noqa: ANN401 - anything may come in
    if not isinstance(value, str):
        raise EncounterError(f"field {field}: it must be text; put the note there in quotation marks")
    if len(value) > MAX_CHARACTERS:
        raise EncounterError(f"field {field}: {too_long()}")


def _check_earlier(notes: Any) -> None:  # noqa: ANN401 - anything may come in
    for place, note in enumerate(notes if isinstance(notes, list) else ()):
        if isinstance(note, dict) and "text" in note:
            _check_length(note["text"], f"earlier.{place}.text")


def _writable(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """The value with all text in it made such that it can be written as UTF-8."""
    if isinstance(value, str):
        return writable(value)
    if isinstance(value, list):
        return [_writable(item) for item in value]
    if isinstance(value, dict):
        return {writable(name): _writable(item) for name, item in value.items()}
    return value
