"""The Excludes1 notes of the tabular list as lines of a table: who bears the note, and which codes it names.

Part of ``icd10cm_table.py``. Notes name codes in prose, as in "(S12.0-S12.3-, S22.0-)" or "(M51.- with fifth character
4)"; what is made of them is one of ``M512`` (this code and all below it), ``M543~M544`` (a range, both ends with all
below) and ``M51?4`` (any character at the question mark).
"""

import re
import xml.etree.ElementTree as ET
from bisect import bisect_left
from collections.abc import Iterator

CODE = re.compile(r"\b(?:[A-Z]\d[0-9A-Z]|QA\d)(?:\.[0-9A-Z]+)?")
DOTTED = re.compile(r"\b[A-Z]\d[0-9A-Z]\.[0-9A-Z]+")
"""Outside of parentheses only a code with a dot is one: "vitamin B12" names none."""
PARENTHESES = re.compile(r"\(([^()]*[A-Z]A?\d[^()]*)\)")
TO = re.compile(r"[.\s-]*-[\s-]*")
"""What stands between the two ends of a range, as in ``N39.3-N39.4-`` and ``Q70.0- -Q70.3-``."""
CLASSIFIED = re.compile(r"\bclassifi(?:ed|able) (?:in|to) ([A-Z]\d.*)")
ENDING = re.compile(r"\s*\.?\s*-?\s*with (?:\.|final characters -)([0-9]+)(?:-\.([0-9]+))?")
NTH = re.compile(r"\s*\.?\s*-?\s*with (\w+)[ -]character \.?([0-9A-Z])\b")
"""The two forms of "with": E08-E13 with .51-.52, I69. with final characters -92; M51.- with fifth character 4."""
PLACES = {"fifth": 4, "5th": 4, "sixth": 5, "6th": 5, "seventh": 6, "7th": 6}

LINKS = re.compile(
    r"\b(due to|(?<!classified )in|with|without|from|during|following|complicating|complicated by|associated with"
    r"|secondary to|caused by|resulting from|related to)\b"
)
"""Words that tie the excluded condition to another one."""

PLAIN = {
    *("a", "an", "and", "as", "by", "due", "for", "from", "in", "nec", "no", "not", "of", "or", "other"),
    *("specified", "the", "to", "unspecified", "with", "without"),
}
"""Words that tell no code from another; "no" is NOS, as words are kept without their s."""


Families = dict[str, list[set[str]]]


def bare(code: str | None) -> str:
    """A code without dot, dashes and spaces."""
    return re.sub(r"[^0-9A-Z]", "", code or "")


def note_lines(tabular: ET.Element, titles: dict[str, str], codes: set[str]) -> list[str]:
    """One line for each Excludes1 note that names a code of the release; the others name none that can be read."""
    lines, ordered, families = set(), sorted(codes), words_below(titles)
    for bearer, level, text in notes(tabular):
        targets = [target for target in targets_of(text) if exists(target, ordered)]
        if targets:
            flag = "c" * is_conditional(text, targets, titles, families)
            lines.add("\t".join((bearer, level, flag, " ".join(targets), " ".join(text.split()))))
    return sorted(lines)


def notes(tabular: ET.Element) -> Iterator[tuple[str, str, str]]:
    """Every Excludes1 note: its bearer (``M545``, ``M50-M54``), the bearer's level, its words."""
    for chapter in tabular.iter("chapter"):
        sections = [part.attrib["id"] for part in chapter.findall("section")]
        if sections:
            yield from notes_at(chapter, f"{sections[0][:3]}-{sections[-1][-3:]}", "chapter")
        for section in chapter.iter("section"):
            yield from notes_at(section, section.attrib["id"], "block")
        for diag in chapter.iter("diag"):
            name = bare(diag.findtext("name"))
            yield from notes_at(diag, name, "category" if len(name) == 3 else "code")


def notes_at(part: ET.Element, bearer: str, level: str) -> Iterator[tuple[str, str, str]]:
    """The notes of one part; those under a heading such as "myopathy in:" get it before their own words."""
    for listed in part.findall("excludes1"):
        heading = ""
        for note in listed:
            text = (note.text or "").strip()
            if text.endswith(":"):
                heading = text
            yield bearer, level, text if text == heading else f"{heading} {text}".strip()


def targets_of(text: str) -> list[str]:
    """The codes a note names: ``M512`` (and all below), ``M543~M544`` (a range), ``M51?4`` (any character at ?)."""
    inside = " , ".join((*PARENTHESES.findall(text), *CLASSIFIED.findall(text)))
    outside = " , ".join(DOTTED.findall(CLASSIFIED.sub(" ", PARENTHESES.sub(" ", text))))
    named = f"{inside} , {outside}"
    found = list(CODE.finditer(named))
    targets: list[str] = []
    while found:
        first = last = found.pop(0)
        if found and TO.fullmatch(named[first.end() : found[0].start()]):
            last = found.pop(0)
        targets += targets_between(first.group(), last.group(), named[last.end() :])
    return targets


def targets_between(first: str, last: str, after: str) -> list[str]:
    """The targets of one code or range, narrowed by "with ..." behind it; none where that cannot be read."""
    whole = bare(first) if first == last else f"{bare(first)}~{bare(last)}"
    if not re.match(r"[\s.-]*with ", after):
        return [whole]
    ending, nth = ENDING.match(after), NTH.match(after)
    if first[0] != last[0] or len(first) < 3 or not (ending or nth):
        return []
    if last == first or len(last) > 3:
        families = [bare(first)]
    else:
        families = [f"{first[0]}{number:02}" for number in range(int(first[1:]), int(last[1:]) + 1)]
    return [narrowed(family, ending, nth) for family in families]


def narrowed(family: str, ending: re.Match[str] | None, nth: re.Match[str] | None) -> str:
    """A family with the further characters that a note asks for, ``?`` for those it leaves open."""
    if ending:
        gap = "?" if "final" in ending.group() else ""
        return "~".join(f"{family}{gap}{end}" for end in ending.groups() if end)
    if nth is None or nth.group(1) not in PLACES:
        return family
    return family.ljust(PLACES[nth.group(1)], "?") + nth.group(2)


def exists(target: str, ordered: list[str]) -> bool:
    """Whether a target stands for any billable code, of a sorted list of them."""
    low, _, high = target.partition("~")
    start = low.partition("?")[0]
    for code in ordered[bisect_left(ordered, start) :]:
        if high:
            return code[: len(high)] <= high
        if not code.startswith(start):
            return False
        if all(wanted in ("?", found) for wanted, found in zip(low, code.ljust(len(low)), strict=False)):
            return True
    return False


def is_conditional(text: str, targets: list[str], titles: dict[str, str], families: Families) -> bool:
    """Whether a note does not bind every use of the codes it names.

    It links two conditions by a word such as "due to", and the title of the code does not say that link: "lumbago due
    to disc displacement (M51.2-)". Or it means a part of the family only, and a word of it stands in the titles of some
    codes of the family, but not in the family's own: "rupture or displacement of lumbar disc (M51.-)".
    """
    said = PARENTHESES.sub(" ", text)
    links = set(LINKS.findall(said.lower()))
    return any(
        links - set(LINKS.findall(titles.get(target, "").lower()))
        or names_a_part(said, words(titles.get(target, "")), families.get(target, []))
        for target in targets
    )


def names_a_part(said: str, own: set[str], below: list[set[str]]) -> bool:
    """Whether words of a note tell some codes of a family from the others; "and other ..." means the whole family."""
    telling = set() if " other " in said else words(said) - own - PLAIN
    return any(any(word in title for title in below) and not all(word in title for title in below) for word in telling)


def words_below(titles: dict[str, str]) -> Families:
    """For each beginning of a code the words of the titles below it."""
    families: Families = {}
    for code, title in titles.items():
        for length in range(3, len(code)):
            families.setdefault(code[:length], []).append(words(title))
    return families


def words(title: str) -> set[str]:
    """The words of a title, in lower case and without the s of a plural."""
    return {word.removesuffix("s") for word in re.findall(r"[a-z]+", title.lower())}
