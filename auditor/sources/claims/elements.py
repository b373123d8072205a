"""The values in the elements of X12 segments: dates, amounts, codes, names."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from auditor.sources.claims.rejecting import SegmentError

_AMOUNT = re.compile(r"-?([0-9]{1,15}(\.[0-9]{0,9})?|\.[0-9]{1,9})")
_DAY = re.compile(r"[0-9]{8}")
_CODE = re.compile(r"[0-9]{5}|[A-Z][0-9]{4}|[0-9]{4}[A-Z]")
_MODIFIER = re.compile(r"[A-Z0-9]{2}")
_NPI = re.compile(r"[0-9]{10}")


def element(elements: Sequence[str], place: int) -> str:
    """The element at ``place``, counted from 1, without blanks around it; empty where there is none."""
    return elements[place].strip() if place < len(elements) else ""


def amount(elements: Sequence[str], place: int, name: str) -> Decimal:
    """The number in the element at ``place``, which the guide calls ``name``.

    Raises:
        SegmentError: there is none.
    """
    text = element(elements, place)
    if not _AMOUNT.fullmatch(text):
        raise SegmentError(f"{name} is no number; export the claim again")
    return Decimal(text)


def amount_or_zero(elements: Sequence[str], place: int, name: str) -> Decimal:
    """As :func:`amount`, but an element that is empty counts as nothing.

    Raises:
        SegmentError: something else than a number stands there.
    """
    return amount(elements, place, name) if element(elements, place) else Decimal(0)


def day(text: str, name: str) -> date:
    """The date written as CCYYMMDD in the element that the guide calls ``name``.

    Raises:
        SegmentError: there is no such date.
    """
    if _DAY.fullmatch(text):
        try:
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError:
            pass
    raise SegmentError(f"{name} is no date; export the claim again")


def one_day(elements: Sequence[str], name: str) -> date:
    """The day of a DTP segment, written as D8 or as a period (RD8) of one day.

    Raises:
        SegmentError: there is no such date, or the period has several days.
    """
    text = element(elements, 3)
    if element(elements, 2) != "RD8":
        return day(text, name)
    first, _, last = text.partition("-")
    begins, ends = day(first.strip(), name), day(last.strip(), name)
    if begins != ends:
        raise SegmentError(f"{name} is a period of several days, so the visit is not known; bill each day on its own")
    return begins


class Procedure(NamedTuple):
    """A CPT or HCPCS code with its modifiers."""

    code: str
    modifiers: tuple[str, ...]


def procedure(text: str, component: str, name: str) -> Procedure:
    """The code and modifiers in the composite element (``HC:98941:AT``) that the guide calls ``name``.

    Raises:
        SegmentError: it is coded by something else, or it is no code.
    """
    kind, code, *rest = (part.strip() for part in f"{text}{component}".upper().split(component))
    if kind != "HC":
        raise SegmentError(f"{name} is not coded by CPT or HCPCS (HC); such claims are not read")
    if not _CODE.fullmatch(code):
        raise SegmentError(f"{name} holds no CPT or HCPCS code; export the claim again")
    modifiers = tuple(part for part in rest[:4] if part)
    if not all(_MODIFIER.fullmatch(modifier) for modifier in modifiers):
        raise SegmentError(f"{name} holds a modifier that is none; export the claim again")
    return Procedure(code, modifiers)


def person_name(elements: Sequence[str]) -> str:
    """The name in an NM1 segment: ``LAST, FIRST`` of a person, the name of an organization without commas."""
    last, first = element(elements, 3), element(elements, 4)
    if element(elements, 2) == "2":
        return " ".join(last.replace(",", " ").split())
    return f"{last}, {first}" if last and first else last


def npi(elements: Sequence[str]) -> str:
    """The National Provider Identifier in an NM1 segment; empty where there is none."""
    found = element(elements, 9) if element(elements, 8) == "XX" else ""
    return found if _NPI.fullmatch(found) else ""


def known(*names: str | None) -> tuple[str, ...]:
    """Those of the names that are there, each once."""
    return tuple(dict.fromkeys(name for name in names if name))
