"""Codes as written on claims, brought to one form, and the regions that an ICD-10-CM code names.

The one place where claim codes are normalised. The decoder is data: sources are the ICD-10-CM tabular list, April 2026
release, and rulebook §8.2-8.3. It holds musculoskeletal codes only (chapters M and S): headaches (G44, R51), plexus
disorders (G54) and the like name no spinal region here.
"""

from collections.abc import Sequence

from auditor.anatomy import ICD_REGION, regions_of_code
from auditor.records import Claim, ClaimLine

SITE = {
    "1": ("cervical",),
    "2": ("cervical",),
    "3": ("cervical", "thoracic"),
    "4": ("thoracic",),
    "5": ("thoracic", "lumbar"),
    "6": ("lumbar",),
    "7": ("lumbar", "sacral"),
    "8": ("sacral", "pelvic"),
}
"""Regions by the site character of the dorsopathies; 0 and 9 (unspecified, multiple) name none."""

SITE_FAMILIES = (
    *("M40.0", "M40.1", "M40.20", "M40.29", "M40.3", "M40.4", "M40.5"),
    *("M41.0", "M41.11", "M41.12", "M41.2", "M41.3", "M41.4", "M41.5", "M41.8"),
    *("M42.0", "M42.1", "M43.0", "M43.1", "M43.2", "M43.5X", "M43.8X", "M45.", "M45.A"),
    *("M46.0", "M46.2", "M46.3", "M46.4", "M46.5", "M46.8", "M46.9"),
    *("M47.01", "M47.02", "M47.1", "M47.2", "M47.81", "M47.89"),
    *("M48.0", "M48.1", "M48.2", "M48.3", "M48.4", "M48.5", "M48.8X", "M49.8"),
    *("M51.0", "M51.1", "M51.2", "M51.3", "M51.4", "M51.8"),
    *("M53.2X", "M53.8", "M54.0", "M54.1"),
)
"""Beginnings of codes whose next character is the site."""

CATEGORY = 3
"""Characters of a code before its dot."""

NAMED = {
    "M43.6": ("cervical",),
    "M46.1": ("sacral", "pelvic"),
    "M50": ("cervical",),
    "M53.0": ("cervical",),
    "M53.1": ("cervical",),
    "M53.3": ("sacral",),
    "M54.2": ("cervical",),
    "M54.3": ("lumbar",),
    "M54.4": ("lumbar",),
    "M54.5": ("lumbar",),
    "M54.6": ("thoracic",),
    "M54.81": ("cervical",),
    "M62.830": ("thoracic", "lumbar"),
    "M62.85": ("lumbar",),
    "M79.12": ("cervical",),
    "S13.4": ("cervical",),
    "S16.1": ("cervical",),
    "S23.3": ("thoracic",),
    "S29.012": ("thoracic",),
    "S33.5": ("lumbar",),
    "S33.6": ("pelvic",),
    "S33.8": ("lumbar", "pelvic"),
    "S33.9": ("lumbar", "pelvic"),
    "S39.012": ("lumbar",),
    "S39.013": ("pelvic",),
}
"""Regions by the beginning of codes that have no site character."""


def normal(code: str) -> str:
    """An ICD-10-CM code in upper case with its dot: ``m9901`` is ``M99.01``. A bare category gets none."""
    bare = "".join(code.split()).replace(".", "").upper()
    return f"{bare[:CATEGORY]}.{bare[CATEGORY:]}" if len(bare) > CATEGORY else bare


def in_words(names: Sequence[str], last: str = "and") -> str:
    """Names of regions or codes as they stand in a sentence: ``cervical, lumbar and rib cage``."""
    plain = [name.replace("_", " ") for name in names]
    return f" {last} ".join([", ".join(plain[:-1]), plain[-1]] if len(plain) > 1 else plain)


def modifiers_of(line: ClaimLine) -> frozenset[str]:
    """The modifiers of a line, in upper case."""
    return frozenset(modifier.strip().upper() for modifier in line.modifiers)


def pointed(claim: Claim, line: ClaimLine) -> tuple[str, ...]:
    """The diagnoses that a line points to, in its own order; pointers out of range are left out."""
    codes = tuple(normal(code) for code in claim.diagnoses)
    return tuple(codes[place - 1] for place in line.pointers if 1 <= place <= len(codes))


def diagnoses_of(claim: Claim, line: ClaimLine) -> tuple[str, ...]:
    """The diagnoses that a line points to; all of the claim where it points to none of them (verdicts §5)."""
    return pointed(claim, line) or tuple(normal(code) for code in claim.diagnoses)


def is_subluxation(code: str, families: tuple[str, ...]) -> bool:
    """Whether a code is a spinal subluxation code, head to pelvis, of one of the families that the payer takes."""
    plain = normal(code)
    return any(plain == family + site[-1] for family in families for site in ICD_REGION)


def regions_named(code: str) -> tuple[str, ...]:
    """The spinal regions that a musculoskeletal code may stand for; a code of two sites stands for either, once.

    Source: rulebook §8.1-8.3. M99.04 stands for the sacroiliac joint too (verdicts §4). Empty where it names none.
    """
    plain = normal(code)
    if subluxation := regions_of_code(plain):
        return subluxation
    for family in SITE_FAMILIES:
        if plain.startswith(family) and (regions := SITE.get(plain[len(family) : len(family) + 1])):
            return regions
    return next((regions for beginning, regions in NAMED.items() if plain.startswith(beginning)), ())
