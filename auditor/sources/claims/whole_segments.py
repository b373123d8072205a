"""A stream in front of x12sdk's segment reader: it hands out whole segments only, in bounded memory.

``X12SegmentReader`` (x12sdk 2.2) reads on one character at a time until a terminator comes, deletes newlines before it
splits (also where the newline is the terminator), takes the delimiters of the first interchange for all, and wants the
header at the first character. It asks its stream only for ``seek`` and ``read``, so the cure stands here.
"""

import re
from collections.abc import Callable
from typing import TextIO

from auditor.sources.claims.delimiters import (
    BLANK,
    LONGEST_HEADER,
    NO_X12,
    Delimiters,
    HeaderError,
    begins_interchange,
    delimiters_of,
)

LONGEST_SEGMENT = 65_536
"""Longest segment that is read, in characters; the longest that the guides allow has a few thousand."""
TERMINATOR = "\ud801"
"""Stands in for a newline that ends segments. No text that was decoded holds a lone surrogate."""
TOO_LONG = "\ud802"
"""Name of the segment that stands in for one that is too long."""
BROKEN_OFF = "\ud803"
"""Name of the segment that stands in for what is left where an interchange cannot be read."""
_NEXT = f"{{}}[{BLANK}]*(?=ISA[^A-Za-z0-9{BLANK}])"
_END_OF_FILE = BLANK + "\x1a"
"""What may stand after the last segment; DOS ended text files with 1A hex."""


class WholeSegments:
    """Gives text that always ends with a segment terminator, and each interchange's delimiters before its text."""

    def __init__(self, stream: TextIO, tell: Callable[[Delimiters], None]) -> None:
        """Read from ``stream``; ``tell`` is told the delimiters of each interchange before its first text."""
        self._stream, self._tell = stream, tell
        self._text = ""
        self._ended = False
        self._delimiters: Delimiters | None = None
        self._next: re.Pattern[str] | None = None
        self.closed = False

    def seek(self, place: int) -> int:
        """Stay: the stream is read once."""
        return place

    def close(self) -> None:
        """Close the file."""
        self._stream.close()
        self.closed = True

    def begin(self) -> None:
        """Read the first header.

        Raises:
            HeaderError: this is no X12 file.
        """
        self._fill(LONGEST_HEADER)
        if not self._text:
            raise HeaderError(NO_X12)
        self._header()

    def read(self, size: int) -> str:
        """The next whole segments, about ``size`` characters; nothing at the end."""
        self._fill(min(size, LONGEST_SEGMENT))
        if begins_interchange(self._text):
            try:
                self._header()
            except HeaderError:
                return self._give_up()
        return self._cut()

    def _fill(self, size: int) -> None:
        """Take text until there are ``size`` characters to look at, white space before an interchange left out."""
        while len(self._text) < size and not self._ended:
            more = self._stream.read(LONGEST_SEGMENT)
            self._ended = not more
            self._text = (self._text + more.replace("\0", " ")).lstrip(BLANK)

    def _header(self) -> None:
        found = delimiters_of(self._text)
        self._delimiters = found
        self._next = re.compile(_NEXT.format(re.escape(found.segment)))
        shown = TERMINATOR if found.segment == "\n" else found.segment
        self._tell(Delimiters(found.element, found.component, shown, found.repetition))

    def _cut(self) -> str:
        """Cut off what is whole: up to the next interchange, else up to the last terminator."""
        assert self._delimiters is not None
        assert self._next is not None
        if not self._text:
            return ""
        end = self._delimiters.segment
        if follows := self._next.search(self._text):
            given = self._given(self._take(follows.start() + 1))
            self._text = self._text.lstrip(BLANK)
            return given
        if (last := self._text.rfind(end)) >= 0:
            return self._given(self._take(last + 1))
        if self._ended:
            last_segment = self._take(len(self._text)).rstrip(_END_OF_FILE)
            return self._given(last_segment + end) if last_segment else ""
        return self._given(self._skip())

    def _take(self, size: int) -> str:
        taken, self._text = self._text[:size], self._text[size:]
        return taken

    def _skip(self) -> str:
        """Leave out a segment without an end in sight; what stands in for it."""
        assert self._delimiters is not None
        end = self._delimiters.segment
        while not self._ended and end not in self._text:
            self._text = self._stream.read(LONGEST_SEGMENT)
            self._ended = not self._text
        self._take(self._text.find(end) + 1 or len(self._text))
        return TOO_LONG + end

    def _given(self, text: str) -> str:
        assert self._delimiters is not None
        end = self._delimiters.segment
        if text.find(end) > LONGEST_SEGMENT:
            text = TOO_LONG + text[text.find(end) :]
        return text.replace("\n", TERMINATOR) if end == "\n" else text

    def _give_up(self) -> str:
        """End here: nobody knows where the segments of this interchange end."""
        assert self._delimiters is not None
        self._text, self._ended = "", True
        return self._given(BROKEN_OFF + self._delimiters.segment)
