"""Groups and control words of an RTF document, cut down to what is text before striprtf sees it.

Names of control words are those of the Rich Text Format Specification 1.9.1. Hidden, deleted and struck text, pictures
and binary data are left out; headers stay, text boxes and footers are put behind the text. striprtf knows none of this.
"""

import re
from dataclasses import dataclass

from auditor.sources.documents.limits import MAX_MARKUP_BYTES, Deadline, Length, broken
from auditor.sources.records import UnreadableError

MAX_NESTED_GROUPS = 200
"""Deepest nesting of groups; Word writes less than twenty."""
ROW_BEGINS, CELL_ENDS, ROW_ENDS = "\ue000", "\ue001", "\ue002"
"""Stand in the text that comes out of striprtf for the marks of table rows."""
_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)
_CHECK_EVERY = 10_000
_LEFT_OUT = frozenset(
    [
        *("pict", "objdata", "themedata", "colorschememapping", "stylesheet", "listtable", "listoverridetable", "info"),
        *("rsidtbl", "datastore", "latentstyles", "generator", "xmlnstbl", "revtbl", "fldinst", "colortbl", "shprslt"),
        *(
            "nonshppict",
            "comment",
            "annotation",
            "ftnsep",
            "ftnsepc",
            "aftnsep",
            "aftnsepc",
            "pnseclvl",
            "pn",
            "nonesttables",
        ),
    ]
)
_UNSEEN = frozenset(["v", "deleted", "strike", "striked"])
_STAY_UNSEEN = frozenset(["par", "line", "sect", "page", "f", "uc", "deff", "ansicpg"])
_HEADERS = frozenset(["header", "headerf", "headerl", "headerr"])
_BEHIND = frozenset(["footer", "footerf", "footerl", "footerr", "shptxt", "dptxbxtext"])
_ROWS = {"trowd": ROW_BEGINS, "cell": CELL_ENDS, "row": ROW_ENDS}
_LINES = frozenset(["nestcell", "nestrow"])
_NEEDLESS = frozenset(["field", "pntext", "listtext", "upr"])
"""striprtf leaves out these groups, or looks for links in them without a bound; their text is text."""
_FALLBACKS = frozenset("01234")
"""So many bytes may stand behind a character for readers without Unicode; more would swallow the text."""
_LONGEST_FONT = 500


@dataclass(slots=True)
class _Group:
    """An open group: where its tokens go (None: nowhere), what makes its text unseen, what is written at its end."""

    out: list[str] | None
    unseen: frozenset[str] = frozenset()
    end: str = ""


class RtfGroups:
    """Cuts down one RTF document.

    Args:
        text: The document, one character a byte.
        deadline: When it must be done.
    """

    def __init__(self, text: str, deadline: Deadline) -> None:
        self._text = text
        self._deadline = deadline
        self._length = Length()
        self._size = 0
        self._body: list[str] = []
        self._fonts: list[str] = []
        self._behind: list[str] = []
        self._groups = [_Group(self._body)]

    def visible(self) -> str:
        """The document with only what is text in it, as RTF.

        Raises:
            UnreadableError: a group is not closed, groups are nested too deep, there is too much, or the time is over.
        """
        place = count = 0
        while place < len(self._text) and (token := _TOKEN.match(self._text, place)):
            count += 1
            if count % _CHECK_EVERY == 0:
                self._deadline.check()
            place = token.end() + self._take(token)
            if len(self._groups) == 1 and token["brace"]:
                break
        if len(self._groups) > 1 or not self._body:
            raise broken("RTF document")
        return "".join(["{", *_safe_fonts(self._fonts), *self._body, *self._behind, "}"])

    def _take(self, token: re.Match[str]) -> int:
        """Take one token; the number of bytes to skip behind it."""
        group = self._groups[-1]
        if brace := token["brace"]:
            self._open() if brace == "{" else self._close()
        elif word := token["word"]:
            return self._word(group, word, token["number"])
        elif token["sign"] == "*":
            group.out = None
        elif not group.unseen and group.out is not None:
            self._length.add(len(token["text"] or ""))
            self._write(group.out, _escaped(token))
        return 0

    def _open(self) -> None:
        group = self._groups[-1]
        if len(self._groups) > MAX_NESTED_GROUPS:
            raise UnreadableError(
                f"groups are nested more than {MAX_NESTED_GROUPS} deep; export the document as plain text (.txt)"
            )
        self._write(group.out, "{")
        self._groups.append(_Group(group.out, group.unseen))

    def _close(self) -> None:
        group = self._groups.pop()
        if group.end:
            self._write(group.out, group.end)
        self._write(self._groups[-1].out, "}")

    def _word(self, group: _Group, word: str, number: str | None) -> int:
        if word == "bin":
            return max(int(number or 0), 0)
        if word in _LEFT_OUT:
            group.out = None
        elif word in _UNSEEN:
            group.unseen = group.unseen - {word} if number == "0" else group.unseen | {word}
        elif word == "plain":
            group.unseen = frozenset()
        elif word == "fonttbl":
            group.out, group.end = self._fonts, "}"
            self._write(self._fonts, "{\\fonttbl ")
        elif word in _BEHIND:
            group.out, group.end = self._behind, "\\par }"
            self._write(self._behind, "{")
        elif word in _HEADERS:
            group.end = "\\par "
        elif word not in _NEEDLESS and (not group.unseen or word in _STAY_UNSEEN):
            self._write(group.out, _written(word, number))
        return 0

    def _write(self, out: list[str] | None, token: str) -> None:
        if out is None:
            return
        self._size += len(token)
        if self._size > MAX_MARKUP_BYTES:
            raise UnreadableError("the document has far more marks than a note; export it as plain text (.txt)")
        out.append(token)


def _escaped(token: re.Match[str]) -> str:
    if text := token["text"]:
        return text if text.isascii() else "".join(one if one.isascii() else f"\\'{ord(one):02x}" for one in text)
    return "" if token.group().isspace() or token.group() == "\\" else token.group()


def _written(word: str, number: str | None) -> str:
    if word in _ROWS:
        return f"{{\\uc0\\u{ord(_ROWS[word])} }}"
    if word in _LINES:
        return "\\line "
    if word == "u":
        code = int(number or 0) % 0x10000
        return f"\\u{0xFFFD if not code or chr(code) in _ROWS.values() else code} "
    if word == "uc" and (number or "") not in _FALLBACKS:
        return ""
    return f"\\{word}{number or ''} "


def _safe_fonts(fonts: list[str]) -> list[str]:
    """The table of fonts with one font a line; none where one is so long that striprtf's search would take too long."""
    lines = re.split(r"(?=\{)|(?<=;)", "".join(fonts))
    return ["\n".join(lines)] if all(len(line) <= _LONGEST_FONT for line in lines) else []
