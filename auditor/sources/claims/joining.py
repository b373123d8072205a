"""Several claims of one patient, date and provider: copies, replacements, claims taken back, and joining the rest."""

from collections.abc import Iterable, Sequence

from auditor.records import Claim, ClaimLine
from auditor.sources.claims.billed import BilledClaim
from auditor.sources.claims.rejecting import SegmentError

UNCLEAR = "one claim replaces or takes back another one, but it is not clear which; join them by hand"
REPLACEMENT, VOID = "7", "8"
"""CLM05-3: this claim stands in place of an earlier one; this claim takes an earlier one back."""


def in_force(claims: Sequence[BilledClaim]) -> list[BilledClaim]:
    """The claims that stand, in order: copies left out, replaced ones and those taken back too.

    A claim that replaces or takes back another one does so wherever it stands, for files may be given in any order.

    Raises:
        SegmentError: it is not clear which claim one replaces or takes back.
    """
    once = _without_copies(claims)
    changes = [claim for claim in once if claim.frequency in (REPLACEMENT, VOID)]
    first = [claim for claim in once if claim not in changes]
    for number in dict.fromkeys(claim.claim.control_number for claim in changes):
        own = [claim for claim in first if number is not None and claim.claim.control_number == number]
        if not own and len(first) > 1:
            raise SegmentError(UNCLEAR)
        first = [claim for claim in first if claim not in (own or first)]
    return [claim for claim in once if claim in first or claim in _last_changes(changes)]


def _without_copies(claims: Sequence[BilledClaim]) -> list[BilledClaim]:
    once: list[BilledClaim] = []
    for claim in claims:
        if not any(_is_copy(claim, other) for other in once):
            once.append(claim)
    return once


def _is_copy(claim: BilledClaim, other: BilledClaim) -> bool:
    """Whether a claim was sent again. Two equal rows of one table are two services, wherever they stand in it."""
    rows_of_one_table = claim.source == other.source and claim.position.startswith("line ")
    return claim.claim == other.claim and claim.frequency == other.frequency and not rows_of_one_table


def _last_changes(changes: Sequence[BilledClaim]) -> list[BilledClaim]:
    """Of each control number the last replacement; none where it was taken back."""
    last: dict[str | None, BilledClaim] = {}
    taken_back = {claim.claim.control_number for claim in changes if claim.frequency == VOID}
    for claim in changes:
        last[claim.claim.control_number] = claim
    return [claim for number, claim in last.items() if number not in taken_back]


def join(claims: Sequence[Claim]) -> Claim:
    """One claim with the lines of all in order; diagnoses are put together and pointers follow them.

    Raises:
        SegmentError: a pointer points to no diagnosis, so it cannot follow.
    """
    if len(claims) == 1:
        return claims[0]
    diagnoses = tuple(dict.fromkeys(code for claim in claims for code in claim.diagnoses))
    numbers = {claim.control_number for claim in claims}
    return Claim(
        diagnoses=diagnoses,
        lines=tuple(line for claim in claims for line in _renumbered(claim, diagnoses)),
        control_number=numbers.pop() if len(numbers) == 1 else None,
    )


def pointed(claim: Claim) -> bool:
    """Whether every pointer of the claim points to one of its diagnoses."""
    return all(1 <= pointer <= len(claim.diagnoses) for line in claim.lines for pointer in line.pointers)


def _renumbered(claim: Claim, diagnoses: Sequence[str]) -> Iterable[ClaimLine]:
    places = {place: diagnoses.index(code) + 1 for place, code in enumerate(claim.diagnoses, 1)}
    if not pointed(claim):
        raise SegmentError("these claims cannot be joined, for a line points to a diagnosis that is not there")
    for line in claim.lines:
        pointers = tuple(dict.fromkeys(places[pointer] for pointer in line.pointers))
        yield line.model_copy(update={"pointers": pointers})
