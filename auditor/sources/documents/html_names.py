"""Elements of HTML, and of the narrative of C-CDA, by what a reader of the page sees of them."""

import re
from collections.abc import Mapping


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


VOID = _names("area base br col embed hr img input link meta param source track wbr")
"""Elements without an end (HTML Standard, 13.1.2)."""
DROPPED = _names(
    "head script style template title noscript svg math object iframe canvas audio video button datalist del s strike"
)
"""What is not shown, is no text, or was struck out."""
BLOCKS = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hr html legend main menu nav ol p pre search section summary table tbody td"
    " textarea tfoot th thead tr ul li paragraph list item"
)
"""Elements that begin and end a line; the last three are those of C-CDA (CDA release 2, NarrativeBlock)."""
ITEMS = frozenset(["li", "item"])
CELLS = frozenset(["td", "th"])
VERBATIM = frozenset(["pre", "textarea", "listing", "xmp"])
"""Elements whose line ends and blanks are shown."""
ENDS: Mapping[str, frozenset[str]] = {
    "li": frozenset(["li"]),
    "item": frozenset(["item"]),
    "dt": frozenset(["dt", "dd"]),
    "dd": frozenset(["dt", "dd"]),
    "td": frozenset(["td", "th"]),
    "th": frozenset(["td", "th"]),
    "tr": frozenset(["tr", "td", "th"]),
    "tbody": frozenset(["thead", "tbody", "tr", "td", "th"]),
    "tfoot": frozenset(["thead", "tbody", "tr", "td", "th"]),
    "option": frozenset(["option"]),
    "p": frozenset(["p"]),
}
"""Open elements that an element ends as it begins (HTML Standard, 13.1.2.4)."""
WALLS = _names("table ul ol menu list dl select div section article")
"""Elements that no element inside them ends."""
_INVISIBLE = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_KEPT_LINES = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_WRITTEN_FIELDS = frozenset(["", "text", "search", "tel", "number", "date", "time", "datetime-local", "month", "week"])


def is_hidden(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element with these attributes is not shown, was struck out or deleted, or was not chosen."""
    style = attributes.get("style", "")
    return (
        name in DROPPED
        or "hidden" in attributes
        or (name == "option" and "selected" not in attributes)
        or attributes.get("revised", "").lower() == "delete"
        or _INVISIBLE.search(style) is not None
        or _STRUCK.search(style) is not None
    )


def is_verbatim(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether the element shows its line ends."""
    return name in VERBATIM or _KEPT_LINES.search(attributes.get("style", "")) is not None


def field_text(attributes: Mapping[str, str]) -> str:
    """What a field (``input``) shows: what was written into it, or its box; nothing for buttons and secrets."""
    kind = attributes.get("type", "").lower()
    if kind in {"checkbox", "radio"}:
        return "[x] " if "checked" in attributes else "[ ] "
    return attributes.get("value", "") if kind in _WRITTEN_FIELDS else ""
