"""Facts as the audit record shows them: one entry for each region, criterion, image and measure."""

from auditor.anatomy import REGIONS, level_order, region_of
from auditor.facts import Facts, Goal, Plan, Role, Signature
from auditor.judging.case import Case
from auditor.records import (
    AuditFacts,
    Duration,
    Evidence,
    Frequency,
    ImageFact,
    MeasureFact,
    PartFact,
    PlanFact,
    RegionFact,
    Section,
    SignatureFact,
)
from auditor.records import Goal as GoalRecord

_HIDDEN = (Role.MENTIONED, Role.NORMAL)


def record_facts(case: Case, signature: Signature) -> AuditFacts:
    """The facts of a case as the record shows them.

    Args:
        case: the case, for the regions treated.
        signature: the signature as judged against the date of service.
    """
    facts = case.facts
    return AuditFacts(
        sections=tuple(Section(name=s.name, start=s.start, end=s.end) for s in facts.sections),
        regions=_regions(case),
        part=_part(facts),
        images=tuple(
            ImageFact(
                modality=i.modality,
                date=i.taken,
                shows_subluxation=i.shows_subluxation,
                regions=i.regions,
                evidence=(i.evidence,),
            )
            for i in facts.images
        ),
        measures=tuple(
            MeasureFact(
                instrument=m.instrument,
                value=m.value,
                previous=m.previous,
                unit=m.unit,
                region=m.region,
                about=m.about,
                evidence=(m.evidence,),
            )
            for m in facts.measures
        ),
        plan=_plan(facts.plan),
        signature=SignatureFact(
            status=signature.status,  # type: ignore[arg-type]
            kind=signature.kind,
            signer=signature.signer,
            credential=signature.credential,
            signed_on=signature.signed_on,
            evidence=signature.evidence,
        ),
    )


def _regions(case: Case) -> tuple[RegionFact, ...]:
    roles: dict[str, dict[str, None]] = {}
    levels: dict[str, set[str]] = {}
    evidence: dict[str, dict[int, Evidence]] = {}
    for item in (*case.facts.mentions, *case.treated_places):
        for region in item.regions:
            roles.setdefault(region, {})
            if item.role not in _HIDDEN:
                roles[region][item.role.value] = None
            levels.setdefault(region, set()).update(level for level in item.levels if region_of(level) == region)
            evidence.setdefault(region, {})[item.evidence.start] = item.evidence
    return tuple(
        RegionFact(
            region=region,
            roles=tuple(role.value for role in Role if role.value in roles[region]),
            levels=tuple(sorted(levels[region], key=level_order)),
            treated_levels=case.treated_levels.get(region, ()),
            evidence=tuple(evidence[region].values()),
        )
        for region in REGIONS
        if region in roles
    )


def _part(facts: Facts) -> tuple[PartFact, ...]:
    found: dict[tuple[str, str | None], tuple[dict[str, None], dict[tuple[int, int], Evidence]]] = {}
    for item in facts.part:
        for region in item.regions or (None,):
            levels, evidence = found.setdefault((item.criterion, region), ({}, {}))
            levels.update(dict.fromkeys(level for level in item.levels if region and region_of(level) == region))
            evidence.setdefault((item.evidence.start, item.evidence.end), item.evidence)
    order: dict[str | None, int] = {None: -1, **{region: place for place, region in enumerate(REGIONS)}}
    return tuple(
        PartFact(criterion=criterion, region=region, levels=tuple(levels), evidence=tuple(evidence.values()))  # type: ignore[arg-type]
        for (criterion, region), (levels, evidence) in sorted(
            found.items(), key=lambda row: ("PART".index(row[0][0]), order[row[0][1]])
        )
    )


def _plan(plan: Plan) -> PlanFact:
    frequency, duration = plan.frequency, plan.duration
    return PlanFact(
        frequency=Frequency(times=frequency.times, per=frequency.per, every=frequency.every) if frequency else None,
        duration=Duration(value=duration.value, unit=duration.unit) if duration else None,
        goals=tuple(_goal(goal) for goal in plan.goals),
        refers_to_plan=bool(plan.refers),
        evidence=plan.evidence,
    )


def _goal(goal: Goal) -> GoalRecord:
    return GoalRecord(text=goal.text, objective=goal.objective)
