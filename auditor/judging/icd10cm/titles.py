"""What titles say: "unspecified", and the side. Titles are those of the newest release."""

from auditor.judging.icd import CATEGORY, normal
from auditor.judging.icd10cm.table import releases, row_of, rows_below, title_of


def title(code: str) -> str | None:
    """The title of a code, without the meaning of a seventh character; None for a code whose title is not kept.

    Kept are those of chapter M, G43-G44, G50-G59, R07.8, R26, R29, R51 and S13-S39.
    """
    bare = normal(code).replace(".", "")
    return title_of(bare) or (title_of(bare[:-1].rstrip("X")) if _is_extended(bare) else None)


def unspecified(code: str) -> bool:
    """Whether the title of a code says "unspecified": of site, side, level or kind.

    Of a category: whether the titles of all billable codes below it do. False for a code that is not in the release.
    """
    bare = normal(code).replace(".", "")
    newest = len(releases()) - 1
    rows = [row for row in rows_below(bare) if row.last == newest] if len(bare) >= CATEGORY else []
    return bool(rows) and all(row.unspecified for row in rows)


def siblings_by_side(code: str) -> tuple[str, ...]:
    """For a billable code of an unspecified side: the codes of right, left and, where there is one, both sides.

    Such as ``M25.511`` and ``M25.512`` for ``M25.519``. Empty for any other code.
    """
    bare = normal(code).replace(".", "")
    row = row_of(bare)
    if not row or not row.sides:
        return ()
    place, _, characters = row.sides.partition(":")
    return tuple(normal(bare[: int(place)] + side + bare[int(place) + 1 :]) for side in characters)


def _is_extended(bare: str) -> bool:
    return len(bare) == 7 and row_of(bare) is not None
