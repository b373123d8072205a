"""One encounter as judging sees it: facts, earlier facts, claim and payer, and the region lists drawn from them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, wraps
from typing import Any, TypeVar

from auditor.anatomy import (
    EXTRASPINAL,
    SPINAL,
    SPINAL_CMT,
    code_by_count,
    in_order,
    level_order,
    region_of,
)
from auditor.facts import Facts, Mention, Role, Treatment, TreatmentKind
from auditor.judging.policy import Policies, Policy, built_in
from auditor.records import Abn, Claim, ClaimLine, Evidence, SimilarNote

T = TypeVar("T")

NOTED = (Role.COMPLAINT, Role.FINDING, Role.DIAGNOSIS, Role.TREATED)
"""Roles that make a region one of the note, for the diagnosis codes (verdicts §5)."""


@dataclass(frozen=True, slots=True)
class EarlierFacts:
    """What an earlier note of the same patient says."""

    date_of_service: date | None
    facts: Facts
    initial: bool | None = None
    """Whether it is an initial visit, where somebody says; None: as the note tells."""


@dataclass(frozen=True)
class Case:
    """Everything a check may look at. ``earlier`` runs from the oldest to the newest note."""

    facts: Facts
    visit: str
    payer: str | None = None
    provider: str | None = None
    date_of_service: date | None = None
    care_started: date | None = None
    claim: Claim | None = None
    abn: Abn | None = None
    earlier: tuple[EarlierFacts, ...] = field(default=())
    similar: tuple[SimilarNote, ...] = field(default=())
    """Notes of other patients that this one repeats, as far as they were searched for."""
    policies: Policies = field(default_factory=built_in, compare=False, repr=False)
    reached: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What was worked out so far: several checks ask for the same verdict, episode, comparison."""

    @property
    def initial(self) -> bool:
        """Whether this is the first visit of an episode."""
        return self.visit == "initial"

    @property
    def payer_words(self) -> str:
        """The payer as a sentence about its rules calls it."""
        return "Medicare" if "medicare" in self.policy.packs else "this payer"

    @cached_property
    def policy(self) -> Policy:
        """The rules of this payer on the date of service."""
        return self.policies.policy_for(self.payer, self.date_of_service)

    @cached_property
    def treated_places(self) -> tuple[Mention, ...]:
        """Every place that today's treatment statements name or point to."""
        return tuple(place for treatment in self.facts.treatments for place in treatment.places)

    @cached_property
    def treated(self) -> tuple[str, ...]:
        """Spinal regions manipulated today, for certain, in anatomical order."""
        return self._spinal(region for place in self.treated_places for region in place.regions)

    @cached_property
    def treated_extraspinal(self) -> tuple[str, ...]:
        """Extraspinal regions manipulated today."""
        named = {region for place in self.treated_places for region in place.regions}
        return tuple(region for region in EXTRASPINAL if region in named)

    @cached_property
    def possible(self) -> tuple[str, ...]:
        """Regions that the wording leaves open and that are not treated for certain."""
        return self._spinal(
            region for place in self.treated_places for region in place.possible if region not in self.treated
        )

    @cached_property
    def treated_levels(self) -> dict[str, tuple[str, ...]]:
        """Levels adjusted today by the region they stand under (a junction joint stands under its upper region)."""
        levels: dict[str, set[str]] = {region: set() for region in self.treated}
        for place in self.treated_places:
            for level in place.levels:
                home = region_of(level)
                under = home if home in place.regions or not place.regions else place.regions[0]
                levels.setdefault(under, set()).add(level)
        return {region: tuple(sorted(names, key=level_order)) for region, names in levels.items()}

    @cached_property
    def normal(self) -> frozenset[str]:
        """Regions whose examination is stated to be normal today."""
        return frozenset(region for region, _ in self.facts.normal)

    @cached_property
    def subluxated(self) -> frozenset[str]:
        """Regions with a stated subluxation, dysfunction, fixation, restriction or misalignment."""
        stated = {region for item in self.facts.subluxations for region in item.regions}
        stated |= {region for item in self.facts.part if item.segmental for region in item.regions}
        return frozenset(stated)

    @cached_property
    def subluxated_levels(self) -> frozenset[str]:
        """Levels that the note calls subluxated, dysfunctional, fixated, restricted or misaligned."""
        stated = {level for item in self.facts.subluxations for level in item.levels}
        stated |= {level for item in self.facts.part if item.segmental for level in item.levels}
        return frozenset(stated)

    @cached_property
    def supported(self) -> tuple[str, ...]:
        """Treated regions whose subluxation is documented (verdicts §2)."""
        return tuple(
            region
            for region in self.treated
            if region not in self.normal
            and (self.treated_levels.get(region) or region in self.treated_joints or region in self.subluxated)
        )

    @cached_property
    def treated_joints(self) -> frozenset[str]:
        """Regions in which a joint was adjusted that is named, and has no level (costotransverse, costovertebral)."""
        return frozenset(region for place in self.treated_places if place.joint for region in place.regions)

    @cached_property
    def noted(self) -> frozenset[str]:
        """Spinal regions of the note: they hurt, have a finding, are diagnosed or treated, and are not normal."""
        named = {region for item in self.facts.mentions if item.role in NOTED for region in item.regions}
        named |= {region for item in self.facts.part for region in item.regions}
        return frozenset((named | self.subluxated) - self.normal | set(self.treated)) & frozenset(SPINAL)

    @cached_property
    def treated_code(self) -> str | None:
        """CMT code by count of treated regions."""
        return code_by_count(len(self.treated), len(self.treated_extraspinal))

    @cached_property
    def supported_code(self) -> str | None:
        """CMT code by count of supported regions; 98943 where only extraspinal regions were manipulated."""
        return code_by_count(len(self.supported), 0 if self.treated else len(self.treated_extraspinal))

    @cached_property
    def spinal_lines(self) -> tuple[ClaimLine, ...]:
        """The claim's lines with a spinal CMT code."""
        return tuple(line for line in self.lines if line.cpt in SPINAL_CMT)

    def number(self, line: ClaimLine | None) -> int | None:
        """The place of a line on the claim, counted from 1; None for no line."""
        return next((place for place, one in enumerate(self.lines, 1) if one is line), None)

    @property
    def lines(self) -> tuple[ClaimLine, ...]:
        """All lines of the claim; empty without a claim."""
        return self.claim.lines if self.claim else ()

    @cached_property
    def billed(self) -> str | None:
        """The spinal CMT code billed; the higher one where there are two."""
        return max((line.cpt for line in self.spinal_lines), default=None)

    @property
    def billed_line(self) -> ClaimLine | None:
        """The line with that code, the first of several."""
        return next((line for line in self.spinal_lines if line.cpt == self.billed), None)

    @cached_property
    def verdict(self) -> str:
        """The region verdict: billed spinal CMT code against the supported one."""
        if self.billed is None:
            return "not_billed"
        if not self.supported:
            return "unsupported"
        supported = code_by_count(len(self.supported)) or ""
        if self.billed == supported:
            return "match"
        return "overcoded" if self.billed > supported else "undercoded"

    @cached_property
    def unnamed(self) -> tuple[Treatment, ...]:
        """Treatment statements that name no region: a bare count, full spine, a code, nothing."""
        bare = (TreatmentKind.COUNT, TreatmentKind.FULL_SPINE, TreatmentKind.CODE, TreatmentKind.UNNAMED)
        return tuple(item for item in self.facts.treatments if item.kind in bare)

    @cached_property
    def treatment_evidence(self) -> tuple[Evidence, ...]:
        """Every statement of today's manipulation."""
        return tuple(item.evidence for item in self.facts.treatments)

    def evidence_of_treated(self, region: str) -> tuple[Evidence, ...]:
        """Where the note says that this region was manipulated today."""
        return tuple(place.evidence for place in self.treated_places if region in place.regions)

    @staticmethod
    def _spinal(regions: Iterable[str]) -> tuple[str, ...]:
        return tuple(region for region in in_order(regions) if region in SPINAL)


def once(judge: Callable[[Case], T]) -> Callable[[Case], T]:
    """Let something be worked out once for each case, however many checks ask."""
    name = f"{judge.__module__}.{judge.__qualname__}"

    @wraps(judge)
    def remembered(case: Case) -> T:
        if name not in case.reached:
            case.reached[name] = judge(case)
        result: T = case.reached[name]
        return result

    return remembered
