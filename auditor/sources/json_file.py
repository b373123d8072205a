"""JSON: one encounter, or a list of them, in one file."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from auditor.sources.build import build
from auditor.sources.decoding import open_text
from auditor.sources.jsonl import loads, unlabelled
from auditor.sources.records import MAX_RECORD_CHARACTERS, Item, Rejected, UnreadableError, printable


def encounters(data: Any, path: Path, name: str) -> Iterator[Item]:  # noqa: ANN401 - any JSON value
    """The encounter, or the list of them, that the value of a JSON file is.

    Raises:
        UnreadableError: the list is empty.
    """
    if not isinstance(data, list):
        yield build(unlabelled(data), str(path), None, name)
        return
    if not data:
        raise UnreadableError("the list is empty; put encounters into it")
    for place, record in enumerate(data, 1):
        item = build(unlabelled(record), f"{path}, record {place}", None, f"{name}-{place}")
        yield replace(item, source=printable(str(path))) if isinstance(item, Rejected) else item


def json_value(path: Path) -> Any:  # noqa: ANN401 - any JSON value
    """The value that a JSON file holds.

    Raises:
        OSError: the file cannot be read.
        UnreadableError: it is no text, too long, or no JSON.
    """
    with open_text(path, newline=None) as stream:
        text = stream.read(MAX_RECORD_CHARACTERS + 1)
    if len(text) > MAX_RECORD_CHARACTERS:
        limit = f"{MAX_RECORD_CHARACTERS:,}"
        raise UnreadableError(f"the file is longer than {limit} characters; write it as JSON Lines (.jsonl)")
    try:
        return loads(text)
    except ValueError:
        raise UnreadableError("this is no complete JSON, perhaps it is cut off; export the file again") from None
