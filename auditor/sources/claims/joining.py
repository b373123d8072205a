"""Several claims of one patient, date and provider: copies, replacements, claims taken back, and joining the rest."""

from collections.abc import Iterable, Sequence

from auditor.records import Claim, ClaimLine
from auditor.sources.claims.billed import BilledClaim
from auditor.sources.claims.rejecting import SegmentError

REPLACEMENT, VOID = "7", "8"
"""CLM05-3: this claim stands in place of an earlier one; this claim takes an earlier one back."""


def in_force(claims: Sequence[BilledClaim]) -> list[BilledClaim]:
    """The claims that stand, in order: copies left out, replaced ones and those taken back too.

    Raises:
        SegmentError: it is not clear which claim one replaces or takes back.
    """
    standing: list[BilledClaim] = []
    for claim in claims:
        if any(claim.claim == other.claim and claim.frequency == other.frequency for other in standing):
            continue
        if claim.frequency in (REPLACEMENT, VOID):
            standing = _without_earlier(standing, claim)
        standing.append(claim)
    return [claim for claim in standing if claim.frequency != VOID]


def _without_earlier(standing: list[BilledClaim], claim: BilledClaim) -> list[BilledClaim]:
    number = claim.claim.control_number
    if number is not None and any(other.claim.control_number == number for other in standing):
        return [other for other in standing if other.claim.control_number != number]
    if len(standing) > 1:
        raise SegmentError("one claim replaces or takes back another one, but it is not clear which; join them by hand")
    return []


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
