"""Headers and footers that stand on every page of a document: kept once, so that they break no sentence."""

import re
from collections.abc import Sequence
from itertools import pairwise

MOST_LINES = 4
"""So many lines of a header or footer are looked at."""
_PAGE_NUMBER = re.compile(r"\bpage\s+\d+(?:\s*(?:of|/)\s*\d+)?", re.IGNORECASE)
_PAGE = re.compile(r"\W*(?:page|pg\.?|p\.)?\s*\d+\s*(?:(?:of|/)\s*\d+)?\W*", re.IGNORECASE)


def without_repeats(pages: Sequence[str]) -> list[str]:
    """The pages, each header but the first left out and each footer but the last, and numbers of pages between them.

    A header or footer is what the neighbouring page begins or ends with too, word for word but for "page 1 of 2".
    """
    split = [page.split("\n") for page in pages]
    heads = [_alike(split[place], split[place - 1]) if place else 0 for place in range(len(split))]
    feet = [_alike(page[::-1], after[::-1]) for page, after in pairwise(split)]
    kept = []
    for place, page in enumerate(split):
        last = place == len(split) - 1
        lines = page[heads[place] : len(page) - (0 if last else feet[place])]
        while lines and not last and _PAGE.fullmatch(lines[-1]):
            lines = lines[:-1]
        kept.append("\n".join(lines))
    return kept


def _alike(page: Sequence[str], other: Sequence[str]) -> int:
    """How many lines at the beginning of two pages are the same but for the page's number; not all of a page."""
    count = 0
    for one, two in zip(page[:MOST_LINES], other[:MOST_LINES], strict=False):
        if _PAGE_NUMBER.sub("page", one) != _PAGE_NUMBER.sub("page", two):
            break
        count += 1
    return count if count < min(len(page), len(other)) else 0
