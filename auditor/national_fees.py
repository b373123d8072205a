"""The fee schedules that come with the package."""

from functools import cache
from importlib.resources import files

from auditor.judging.fees import FeeSchedule
from auditor.sources.fee_table import parse_fees

NATIONAL = "medicare-national-2026"


@cache
def national_fees() -> FeeSchedule:
    """The national Medicare amounts of 2026 (rulebook §12): 98940 to 98942, no other payer, no other year."""
    file = files("auditor.judging").joinpath("fee_schedules", f"{NATIONAL}.csv")
    return FeeSchedule("Medicare national 2026", parse_fees(file.read_text("utf-8").splitlines()))
