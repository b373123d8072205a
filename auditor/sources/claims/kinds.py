"""Which kind of X12 transaction a file holds: its number (ST01) and its guide (ST03, else GS08)."""

from auditor.sources.claims.elements import element
from auditor.sources.claims.x12 import Segment

PROFESSIONAL = "005010X222"
_BY_GUIDE = {
    "X222": "a professional claim file (837P)",
    "X223": "an institutional claim file (837I)",
    "X224": "a dental claim file (837D)",
    "X098": "a professional claim file (837P) of the old version 4010",
    "X096": "an institutional claim file (837I) of the old version 4010",
}
_BY_NUMBER = {
    "270": "an eligibility inquiry (270)",
    "271": "an eligibility answer (271)",
    "276": "a claim status inquiry (276)",
    "277": "a claim status answer (277)",
    "278": "a request for review (278)",
    "820": "a premium payment (820)",
    "834": "an enrollment file (834)",
    "835": "a remittance advice (835)",
    "837": "a claim file (837) of another guide",
    "997": "an acknowledgment (997)",
    "999": "an acknowledgment (999)",
}
WANTED_837P = "give a professional claim file (837P, 005010X222)"
WANTED_835 = "give a remittance advice (835, 005010X221)"


def guide_of(start: Segment, group_guide: str) -> str:
    """The guide that a transaction follows: that of its ST segment, else that of its group."""
    return element(start.elements, 3) or group_guide


def is_837p(start: Segment, group_guide: str) -> bool:
    """Whether this transaction holds professional claims of version 5010."""
    return element(start.elements, 1) == "837" and guide_of(start, group_guide).startswith(PROFESSIONAL)


def is_835(start: Segment) -> bool:
    """Whether this transaction is a remittance advice."""
    return element(start.elements, 1) == "835"


def kind_of(start: Segment, group_guide: str) -> str:
    """What a transaction is, in words."""
    number, guide = element(start.elements, 1), guide_of(start, group_guide)
    if number == "837":
        return next((words for part, words in _BY_GUIDE.items() if part in guide), _BY_NUMBER["837"])
    return _BY_NUMBER.get(number, "an X12 file of another kind")
