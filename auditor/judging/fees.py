"""The fee that holds for a code: of the rows for this payer, contract, locality and date the most particular."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from auditor.judging.policy import plain
from auditor.records import Fee


@dataclass(frozen=True, slots=True)
class Place:
    """What tells which rows of a schedule hold for an encounter."""

    fits: Callable[[str], bool]
    """Whether a payer's name, as the schedule has it, is this encounter's payer."""
    contract: str | None
    locality: str | None
    on: date | None


@dataclass(frozen=True, slots=True)
class FeeSchedule:
    """A named list of fees."""

    name: str
    fees: tuple[Fee, ...]

    def fee(self, code: str, place: Place) -> Fee | None:
        """The fee of one unit; of several rows the one that says most about payer, contract and locality.

        Args:
            code: CPT or HCPCS code.
            place: payer, contract, locality and date of service. Without a date the newest row holds.
        """
        fitting = [fee for fee in self.fees if fee.code == code and _fits(fee, place)]
        return max(fitting, key=_particular, default=None)


def _fits(fee: Fee, place: Place) -> bool:
    return (
        (fee.payer is None or place.fits(fee.payer))
        and (fee.contract is None or _same(fee.contract, place.contract))
        and (fee.locality is None or _same(fee.locality, place.locality))
        and (place.on is None or fee.valid_from is None or fee.valid_from <= place.on)
        and (place.on is None or fee.valid_to is None or place.on <= fee.valid_to)
    )


def _same(one: str, other: str | None) -> bool:
    return other is not None and plain(one) == plain(other)


def _particular(fee: Fee) -> tuple[bool, bool, bool, date]:
    given = fee.contract is not None, fee.locality is not None, fee.payer is not None
    return (*given, fee.valid_from or date.min)


def merged(name: str, schedules: Iterable[FeeSchedule]) -> FeeSchedule:
    """Several schedules as one; of equally particular rows the first holds."""
    return FeeSchedule(name, tuple(fee for schedule in schedules for fee in schedule.fees))
