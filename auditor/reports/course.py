"""The course of care of one patient as the reports show it: episodes, their visits, their measures.

All decisions about what is shown stand here and in ``course_series``; the reports only lay out.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from auditor.records import Audit, Disposition, Encounter, EpisodePlace, Finding, NoteNovelty, PlanInForce, Severity
from auditor.reports.course_measures import Measured, measured
from auditor.reports.course_series import Series, series
from auditor.reports.wording import SEVERITIES, by_severity

Pair = tuple[Encounter, Audit]

EPISODE_CODES = "EPI"
"""What the codes of findings across visits begin with."""


@dataclass(frozen=True, slots=True)
class Treated:
    """A region treated, with the levels adjusted in it."""

    region: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """An earlier note that a visit's note repeats; ``earlier`` is None where that note is not at hand."""

    today: str
    earlier: str | None


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit.

    Attributes:
        place: in its episode as shown, from 1.
        number: as the auditor counts it, by all notes that are known.
        id: of the encounter.
        date: of service.
        kind: ``initial``, ``subsequent``, ``re_examination`` or ``discharge``.
        score: 0 to 100.
        disposition: ``hold``, ``review`` or ``ready``.
        treated: regions treated, spinal ones first.
        billed: spinal CMT code on the claim.
        supported: the code that the note supports.
        measures: in the note's order.
        codes: codes of the findings of each severity, the gravest first; each code once.
        across: the findings across visits, the gravest first.
        plan: the plan in force.
        novelty: how much of the note is new.
        repeated: the earlier note that it repeats.
    """

    place: int
    number: int
    id: str
    date: date | None
    kind: str
    score: int
    disposition: Disposition
    treated: tuple[Treated, ...]
    billed: str | None
    supported: str | None
    measures: tuple[Measured, ...]
    codes: tuple[tuple[Severity, tuple[str, ...]], ...]
    across: tuple[Finding, ...]
    plan: PlanInForce | None = None
    novelty: NoteNovelty | None = None
    repeated: Repeated | None = None


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode of care; ``began_with`` is None where the auditor placed the visit in none.

    ``closed`` tells whether it ends with a discharge note, ``closed_on`` its date; ``last`` whether it is the newest.
    """

    number: int
    started: date | None
    began_with: str | None
    visits: tuple[Visit, ...]
    series: tuple[Series, ...]
    closed: bool
    closed_on: date | None
    last: bool


@dataclass(frozen=True, slots=True)
class Course:
    """All episodes of one patient, oldest first."""

    episodes: tuple[Episode, ...]

    @property
    def visits(self) -> tuple[Visit, ...]:
        """The visits of all episodes."""
        return tuple(visit for episode in self.episodes for visit in episode.visits)


def course(pairs: Sequence[Pair]) -> Course:
    """The course of care of one patient.

    Args:
        pairs: each encounter of the patient with its audit, in any order.

    Returns:
        Episodes by the day on which they started; a visit that the auditor placed in none is an episode of its own.
        The same pairs in another order give the same course.
    """
    ordered = sorted(pairs, key=_order)
    groups: dict[object, list[Pair]] = {}
    for number, pair in enumerate(ordered):
        place = pair[1].episode
        groups.setdefault(("started", place.started) if place else number, []).append(pair)
    shown = [encounter.date_of_service for encounter, _ in ordered if encounter.date_of_service]
    several = enumerate(groups.values(), start=1)
    return Course(tuple(_episode(number, found, ordered, shown, number == len(groups)) for number, found in several))


def _order(pair: Pair) -> tuple[bool, date, str, str, str]:
    encounter, audit = pair
    day = encounter.date_of_service
    return (day is None, day or date.max, encounter.id, encounter.text, repr(audit))


def _episode(number: int, found: list[Pair], everything: list[Pair], shown: Iterable[date], last: bool) -> Episode:
    visits = tuple(_visit(place, pair, everything) for place, pair in enumerate(found, start=1))
    closing = [visit for visit in visits if visit.kind == "discharge"]
    first = found[0][1].episode
    return Episode(
        number=number,
        started=first.started if first else visits[0].date,
        began_with=first.began_with if first else None,
        visits=visits,
        series=series([(visit.date, visit.measures) for visit in visits], shown),
        closed=bool(closing),
        closed_on=closing[-1].date if closing else None,
        last=last,
    )


def _visit(place: int, pair: Pair, everything: list[Pair]) -> Visit:
    encounter, audit = pair
    episode = audit.episode
    return Visit(
        place=place,
        number=episode.visit_number if episode else place,
        id=encounter.id,
        date=encounter.date_of_service,
        kind=episode.kind if episode else audit.visit,
        score=audit.score,
        disposition=audit.disposition,
        treated=_treated(audit),
        billed=audit.region_check.billed,
        supported=audit.region_check.supported_code,
        measures=measured(audit),
        codes=_codes(audit),
        across=tuple(finding for finding in by_severity(audit) if finding.code.startswith(EPISODE_CODES)),
        plan=episode.plan if episode else None,
        novelty=episode.novelty if episode else None,
        repeated=_repeated(encounter, episode, everything),
    )


def _treated(audit: Audit) -> tuple[Treated, ...]:
    levels = {fact.region: fact.treated_levels for fact in audit.facts.regions}
    return tuple(Treated(region, levels.get(region, ())) for region in audit.region_check.treated)


def _codes(audit: Audit) -> tuple[tuple[Severity, tuple[str, ...]], ...]:
    found = {
        severity: tuple(dict.fromkeys(finding.code for finding in audit.findings if finding.severity == severity))
        for severity in SEVERITIES
    }
    return tuple((severity, codes) for severity, codes in found.items() if codes)


def _repeated(encounter: Encounter, episode: EpisodePlace | None, everything: list[Pair]) -> Repeated | None:
    """The note that it repeats, by its date; of several of that date the one that it is most like."""
    novelty = episode.novelty if episode else None
    if novelty is None or novelty.repeats == "no":
        return None
    notes = [(other.date_of_service, other.text) for other, _ in everything if other is not encounter]
    notes += [(note.date_of_service, note.text) for note in encounter.earlier]
    texts = [text for on, text in notes if on == novelty.against]
    today = Counter(encounter.text.split())
    likest = max(sorted(texts), key=lambda text: (today & Counter(text.split())).total(), default=None)
    return Repeated(encounter.text, likest)
