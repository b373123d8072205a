"""What is wrong in a claim file, said by its place: one bad claim never stops the rest."""

from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from auditor.sources.guard import why
from auditor.sources.records import Rejected, UnreadableError, printable, reject

Given = ParamSpec("Given")
Found = TypeVar("Found")


class SegmentError(ValueError):
    """A segment or a row that cannot be read; the message says what is wrong and never quotes it."""


def reject_at(source: str, position: str, what: str) -> Rejected:
    """Reject what stands at ``position`` (such as ``segment 812``) for the fault ``what``."""
    source = printable(source)
    return Rejected(source, None, f"{source}, {position}: {what}.")


def guarded(
    reader: Callable[Concatenate[Path, Given], Iterator[Found | Rejected]],
) -> Callable[Concatenate[Path, Given], Iterator[Found | Rejected]]:
    """Make a reader of claims yield a rejection where the whole file cannot be opened or read."""

    @wraps(reader)
    def safe(path: Path, /, *args: Given.args, **names: Given.kwargs) -> Iterator[Found | Rejected]:
        try:
            if "\0" in str(path):
                raise UnreadableError("this is no path of a file; check its name")
            yield from reader(path, *args, **names)
        except UnreadableError as fault:
            yield reject(str(path), None, str(fault))
        except OSError as fault:
            yield reject(str(path), None, why(fault))

    return safe
