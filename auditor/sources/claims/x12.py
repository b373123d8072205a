"""The segments of an X12 file, read through x12sdk's streaming segment reader, whose faults are met here."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from auditor.sources.claims.delimiters import Delimiters, HeaderError
from auditor.sources.claims.whole_segments import LONGEST_SEGMENT, WholeSegments
from auditor.sources.decoding import open_text
from auditor.sources.records import UnreadableError

if TYPE_CHECKING:
    from x12sdk.io import X12SegmentReader

NOT_INSTALLED = (
    'claim files need x12sdk, which is not installed; in the folder of the project: python -m pip install ".[claims]"'
)


class Segment(NamedTuple):
    """One segment.

    Attributes:
        position: Its place in the file, counted from 1; empty segments do not count.
        name: Its name in upper case, or ``TOO_LONG`` or ``BROKEN_OFF`` where it could not be read.
        elements: Its name and its elements, so that ``elements[1]`` is the first element.
        component: What parts the components of an element in this interchange.
        repetition: What parts the repetitions of an element in this interchange.
    """

    position: int
    name: str
    elements: list[str]
    component: str
    repetition: str


def segments(path: Path) -> Iterator[Segment]:
    """All segments of all interchanges of a file, in order and in bounded memory.

    Raises:
        UnreadableError: this is no X12 file, or x12sdk is not installed.
        OSError: it cannot be opened.
    """
    reader = _segment_reader()
    with open_text(path, newline=None) as stream:
        parted: list[Delimiters] = []
        whole = WholeSegments(stream, lambda found: _tell(reader, parted, found))
        try:
            whole.begin()
        except HeaderError as fault:
            raise UnreadableError(str(fault)) from None
        # The reader opens files in the locale's encoding, reads the environment and looks for a header at once when it
        # is entered, so it is given its stream instead.
        reader._x12_stream = whole  # type: ignore[assignment]
        reader._buffer_size = LONGEST_SEGMENT
        position = 0
        for name, elements in reader.segments():
            if name := name.strip():
                position += 1
                yield Segment(position, name, elements, parted[0].component, parted[0].repetition)


def _tell(reader: "X12SegmentReader", parted: list[Delimiters], found: Delimiters) -> None:
    from x12sdk.models import X12Delimiters

    parted[:] = [found]
    reader.delimiters = X12Delimiters.model_construct(
        element_separator=found.element,
        repetition_separator=found.repetition,
        segment_terminator=found.segment,
        component_separator=found.component,
    )


def _segment_reader() -> "X12SegmentReader":
    try:
        return _import_reader()("")
    except ImportError:
        raise UnreadableError(NOT_INSTALLED) from None


def _import_reader() -> "type[X12SegmentReader]":
    """Import x12sdk without its ``load_dotenv()``: claims are read the same whatever .env file is about."""
    import dotenv

    load = dotenv.load_dotenv
    dotenv.load_dotenv = lambda *_, **__: False
    try:
        from x12sdk.io import X12SegmentReader
    finally:
        dotenv.load_dotenv = load
    return X12SegmentReader
