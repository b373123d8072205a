"""JSON Lines: one encounter a line, or one labelled encounter (``{"encounter": …, "gold": …}``) a line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from auditor.sources.build import build
from auditor.sources.decoding import numbered_lines, open_text
from auditor.sources.guard import guarded
from auditor.sources.records import MAX_RECORD_CHARACTERS, Item, Rejected, UnreadableError, reject


@guarded
def read_lines(path: Path, name: str) -> Iterator[Item]:
    """Read encounters from JSON Lines (.jsonl). An encounter without an id is called ``name`` and its line."""
    anything = False
    for line, data in objects(path):
        anything = True
        if isinstance(data, Rejected):
            yield data
        else:
            yield build(unlabelled(data), str(path), line, f"{name}-{line}")
    if not anything:
        raise UnreadableError("the file is empty; give one encounter a line")


def objects(path: Path) -> Iterator[tuple[int, Any]]:
    """The JSON value of each line that is not blank, with its number, or a rejection in its place.

    Raises:
        OSError: the file cannot be read.
        UnreadableError: it is no text.
    """
    with open_text(path, newline=None) as stream:
        for number, line in numbered_lines(stream):
            if line is None:
                limit = f"{MAX_RECORD_CHARACTERS:,}"
                yield number, reject(str(path), number, f"the line is longer than {limit} characters; shorten the note")
            elif line.strip("\ufeff\0 \t\r\n"):
                yield number, _value(line.strip("\ufeff\0 \t\r\n"), path, number)


def loads(text: str) -> Any:  # noqa: ANN401 - any JSON value
    """The value of a JSON text.

    Raises:
        ValueError: it is no JSON, or has numbers that JSON does not know.
    """
    try:
        return json.loads(text, parse_constant=_no_number)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def unlabelled(data: Any) -> Any:  # noqa: ANN401 - any JSON value
    """The encounter of a labelled encounter; anything else as it is."""
    if isinstance(data, dict) and "encounter" in data and "text" not in data:
        return data["encounter"]
    return data


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _value(line: str, path: Path, number: int) -> Any:  # noqa: ANN401 - any JSON value
    try:
        return loads(line)
    except ValueError:
        fault = "this line is no complete JSON, perhaps it is cut off; export the record again"
        return reject(str(path), number, fault)
