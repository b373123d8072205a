"""The date of service: which of a note's dates may be it."""

import re
from datetime import date

from auditor.facts import ServiceDate
from auditor.reading.document import Reading
from auditor.reading.plain.dates import WrittenDate

_DOS_LABEL = re.compile(
    r"(?:\b(?:date of service|d\.?o\.?s\.?|service date|visit date|date of visit|date seen|encounter date|exam date|date of exam\w*|treatment date|today'?s date|date of (?:initial |first )?treatment|date)\b\W{0,4}|\b(?:visit|seen|encounter|treated|examined|note|re-?exam\w*|evaluation|exam)\W{1,3}(?:on\W)?)$",
    re.IGNORECASE,
)
_NOT_SERVICE = re.compile(
    r"\b(?:d\.?o\.?b\.?|birth|born|print|printed|exported|faxed|fax|received|injur\w*|onset|accident|d\.?o\.?i\.?|doa|loss|since|opened|last|started|initial(?!\s+(?:eval|exam|visit|consult|assess|treatment))|first seen|care began|prior|previous|scanned|generated|created|surgery|x-?rays?|mri|films?|next|return|(?:next|follow-?up|f/u|return) appt|(?:next|follow-?up|return|no|missed) appointment|plan of care|poc|signed|re-?exam due|due|expires|exp|as of|mva|from|authorized|referr\w*)\b[^\n;|]{0,18}\Z",
    re.IGNORECASE,
)


_DATE_OF_PAPER = re.compile(
    r"\b(?:print|printed|report|fax|scan|export|birth|injury|onset|accident) date\W{0,4}$", re.IGNORECASE
)


def service_dates(reading: Reading, signature_spans: list[tuple[int, int]]) -> list[ServiceDate]:
    """Dates that may be the date of service: labelled as such first, then any that no other label takes.

    The time stamp of a signature, a date of birth, injury, printing or of an earlier visit is none.
    """
    labelled: list[ServiceDate] = []
    others: list[ServiceDate] = []
    for written in reading.dates:
        if any(start <= written.start < end for start, end in signature_spans):
            continue
        lead = reading.plain[max(0, written.start - 40) : written.start]
        if _DATE_OF_PAPER.search(lead) or (_NOT_SERVICE.search(lead) and not _DOS_LABEL.search(lead)):
            continue
        for day in _days(written):
            item = ServiceDate(day, reading.evidence(written.start, written.end))
            (labelled if _DOS_LABEL.search(lead) or written.start < 120 else others).append(item)
    return labelled + others


def _days(written: WrittenDate) -> list[date]:
    days = [written.day] if written.day else []
    if written.other and written.other != written.day:
        days.append(written.other)
    return days
