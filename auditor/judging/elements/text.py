"""Whether the text can be read as a note at all (verdicts §4, TXT901)."""

from collections.abc import Iterator

from auditor.judging.case import Case
from auditor.judging.checks import Defect, check, searched

_WHY = {
    "empty": "The note is empty.",
    "not_english": "The text is not an English note.",
    "cut_off": "The note seems to be cut off at its end.",
}


@check(
    "TXT901",
    "warning",
    "the note is empty, not English text, or cut off",
    source="verdicts §4",
    remedy="Is this the whole note, as text?",
    fails=[
        "   ",
        "これは英語ではない記録です。患者は腰が痛いと言っています。今日は腰椎を調整しました。次回は来週の月曜日です。",
    ],
    passes=["O: L4 restricted and tender.\nP: Adjusted L4."],
)
def unreadable(case: Case) -> Iterator[Defect]:
    """A text in which nothing can be found because it is no note."""
    if case.facts.readable:
        yield Defect(_WHY[case.facts.readable], searched=searched(case, "text", "words of a note"))
