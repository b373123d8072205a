"""What a page's own style sheet hides: by a rule of one class, id or element. Anything finer is let be."""

import re
from collections.abc import Iterator, Mapping

_SHEET = re.compile(r"<style\b[^>]{0,1000}>", re.IGNORECASE)
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,2000})\}")
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_VISIBLE = re.compile(r"display\s*:\s*(?!none)\w|visibility\s*:\s*visible", re.IGNORECASE)
_SIMPLE = re.compile(r"[.#]?[A-Za-z][\w-]*")
_CHOSEN = re.compile(r"<option\b[^<>]{0,500}\sselected\b")
MOST_CHARACTERS = 500_000
"""Style sheets of a page are looked at up to so many characters."""


def hidden_by_sheet(markup: str) -> frozenset[str]:
    """Selectors (``.class``, ``#id``, ``element``) whose elements the page's style sheets do not show."""
    sheets = list(_sheets(markup))
    if any("@" in sheet for sheet in sheets):
        return frozenset()  # rules for some media only: rather too much is read than too little
    rules = [rule for sheet in sheets for rule in _RULE.finditer(sheet)]
    shown = " ".join(rule[1] for rule in rules if _VISIBLE.search(rule[2]))
    hidden = (
        selector for rule in rules if _INVISIBLE.search(rule[2]) for selector in map(str.strip, rule[1].split(","))
    )
    return frozenset(selector for selector in hidden if _SIMPLE.fullmatch(selector) and selector not in shown)


def is_of(selectors: frozenset[str], name: str, attributes: Mapping[str, str]) -> bool:
    """Whether one of the selectors means this element."""
    if not selectors:
        return False
    own = {name, f"#{attributes.get('id', '').strip()}", *(f".{one}" for one in attributes.get("class", "").split())}
    return not own.isdisjoint(selectors)


def with_choices(markup: str) -> str:
    """The markup with the first option of each list of choices marked where none is: a reader sees that one."""
    lowered, pieces, start = markup.lower(), [], 0
    while (begins := lowered.find("<select", start)) >= 0:
        ends = lowered.find("</select", begins)
        ends = len(markup) if ends < 0 else ends
        first = lowered.find("<option", begins, ends)
        head = lowered[begins : lowered.find(">", begins) + 1]
        if first >= 0 and not _CHOSEN.search(lowered, begins, ends) and "multiple" not in head:
            place = first + len("<option")
            pieces.append(f"{markup[start:place]} selected")
            start = place
        pieces.append(markup[start:ends])
        start = ends
        if ends == len(markup):
            break
        pieces.append(markup[start : start + 1])
        start += 1
    return "".join((*pieces, markup[start:]))


def _sheets(markup: str) -> Iterator[str]:
    left, lowered = MOST_CHARACTERS, markup.lower()
    for begins in _SHEET.finditer(markup):
        ends = lowered.find("</style", begins.end())
        sheet = markup[begins.end() : ends if ends >= 0 else None][:left]
        left -= len(sheet)
        yield re.sub(r"/\*[^*]{0,5000}\*/", " ", sheet)
        if left <= 0:
            return
