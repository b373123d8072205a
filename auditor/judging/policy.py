"""Which rules hold for a payer on a date of service: packs that extend one another, those in the package and a user's.

A nearer pack's rule takes the place of one of the same kind further off (contractor before Medicare before base).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from itertools import chain, product
from pathlib import Path
from typing import Any

from auditor.judging.pack_file import PackError, parse_pack
from auditor.judging.rules import KINDS, WEIGHT, Pack, Rule

BASE = "base"
MOST_PAYERS = 1_000
"""Payers' names whose packs are remembered."""
MOST_BYTES = 1_000_000
"""Largest file of a pack."""


@dataclass(frozen=True)
class Policy:
    """The rules of one payer on one date of service."""

    packs: tuple[str, ...]
    """Names of the packs, the base first."""
    rules: Mapping[tuple[str, str], Rule]

    def rule(self, kind: str) -> Rule | None:
        """The rule of this kind; None where there is none."""
        return self.rules.get((kind, ""))

    def value(self, kind: str, default: Any = None) -> Any:  # noqa: ANN401 - as the kind says
        """The value of the rule of this kind, or ``default``."""
        rule = self.rule(kind)
        return default if rule is None else rule.value

    def codes(self, kind: str) -> tuple[str, ...]:
        """The codes or modifiers that the rule of this kind lists; none where there is no such rule."""
        return tuple(self.value(kind, ()))

    def weight(self, check: str) -> Rule | None:
        """The rule that makes a check weigh more."""
        return self.rules.get(("severity", check))


@dataclass(frozen=True)
class Policies:
    """All packs at hand, by name."""

    packs: Mapping[str, Pack]
    _known: dict[tuple[str, date | None], Policy] = field(default_factory=dict, compare=False, repr=False)
    _of_payer: dict[str, Pack] = field(default_factory=dict, compare=False, repr=False)

    def pack_of(self, payer: str | None) -> Pack:
        """The pack for a payer's name: the one that it is the name of, else the longest that it begins with, else base.

        A pack's own short name must stand alone: "Palmetto Mutual Auto" is no Medicare contractor.
        """
        said = plain(payer)
        if said not in self._of_payer:
            if len(self._of_payer) >= MOST_PAYERS:
                self._of_payer.clear()
            self._of_payer[said] = self._found(said)
        return self._of_payer[said]

    def _found(self, said: str) -> Pack:
        own = (pack for pack in self.packs.values() if plain(pack.name) == said)
        named = (pack for name, pack in self._patterns if _begins(said, name) and not self._unless(pack, said))
        return next(chain(own, named), self.packs[BASE])

    @cached_property
    def _patterns(self) -> list[tuple[str, Pack]]:
        """Beginnings of payers' names, the longest first, each with its pack."""
        pairs = [(plain_pattern(name), pack) for pack in self.packs.values() for name in pack.names]
        return sorted(pairs, key=lambda pair: -len(pair[0]))

    def _unless(self, pack: Pack, said: str) -> bool:
        """Whether a word makes the name another payer's: for this pack, or for one that it extends."""
        return any(set(one.unless) & set(said.split()) for one in self.chain(pack.name))

    def policy_for(self, payer: str | None, on: date | None) -> Policy:
        """The rules of a payer on a date of service; without a date the newest of each kind that are still in force."""
        key = (self.pack_of(payer).name, on)
        if key not in self._known:
            self._known[key] = self._resolved(*key)
        return self._known[key]

    def chain(self, name: str) -> tuple[Pack, ...]:
        """A pack and those that it extends, the base first."""
        line = [self.packs[name]]
        while (above := line[-1].extends) is not None:
            line.append(self.packs[above])
        return tuple(reversed(line))

    def _resolved(self, name: str, on: date | None) -> Policy:
        chain = self.chain(name)
        rules: dict[tuple[str, str], Rule] = {}
        for pack in chain:
            for rule in in_force(pack, on):
                rules[rule.key] = _as_heavy(rule, rules.get(rule.key))
        return Policy(tuple(pack.name for pack in chain), rules)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of all packs, each after the one that it extends."""
        return tuple(sorted(self.packs, key=lambda name: [pack.name for pack in self.chain(name)]))


def in_force(pack: Pack, on: date | None) -> Iterator[Rule]:
    """The rules of a pack on a date of service; without a date those that are still in force."""
    for rule in pack.rules:
        if rule.valid_to is None if on is None else rule.holds_on(on):
            yield rule


def plain(payer: str | None) -> str:
    """A payer's name in lower case, without what stands between words: "Medicare (Noridian)" is "medicare noridian"."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in (payer or "").lower()).split())


def plain_pattern(name: str) -> str:
    """A pack's name for payers, plain; a star stands for any words between two others."""
    return " * ".join(plain(part) for part in name.split("*"))


def _begins(said: str, name: str) -> bool:
    head, star, tail = name.partition(" * ")
    if star:
        return said.startswith(f"{head} ") and f" {tail} " in f"{said[len(head) :]} "
    return said == name or said.startswith(f"{name} ")


def _as_heavy(rule: Rule, before: Rule | None) -> Rule:
    """A rule that weighs no less than the one whose place it takes."""
    if before is None or before.severity is None or WEIGHT[before.severity] <= WEIGHT[rule.severity or "info"]:
        return rule
    return replace(rule, severity=before.severity)


@cache
def built_in() -> Policies:
    """The packs of the package."""
    folder = files("auditor.judging").joinpath("policies")
    texts = {item.name: item.read_text("utf-8") for item in folder.iterdir() if item.name.endswith(".toml")}
    return Policies(_by_name(parse_pack(texts[name], name) for name in sorted(texts)))


def with_folder(folder: Path) -> Policies:
    """The packs of the package and those of a user's folder.

    Raises:
        PackError: a file is no pack, takes the name of another one, or extends one that is not there.
        OSError: the folder or a file cannot be read.
    """
    if not (found := pack_files(folder)):
        raise PackError(f"{folder}: there is no pack in this folder; put TOML files there (auditor policies shows how)")
    return Policies(_by_name([*built_in().packs.values(), *(parse_pack(_text(item), str(item)) for item in found)]))


def pack_files(folder: Path) -> list[Path]:
    """The files of packs in a folder, by name.

    Raises:
        OSError: the folder cannot be read.
    """
    return sorted(item for item in folder.iterdir() if item.suffix.lower() == ".toml" and item.is_file())


def _text(file: Path) -> str:
    if file.stat().st_size > MOST_BYTES:
        raise PackError(f"{file}: a pack is at most {MOST_BYTES:,} bytes; split it")
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise PackError(f"{file}: this is no UTF-8 text; save it as UTF-8") from None


def _by_name(packs: Iterable[Pack]) -> dict[str, Pack]:
    named: dict[str, Pack] = {}
    for pack in packs:
        if pack.name in named:
            other = named[pack.name].file
            raise PackError(f"{pack.file}: {other} has the name {pack.name} already; choose another, and extend it")
        named[pack.name] = pack
    for pack in named.values():
        _refuse_unless_it_ends_in_the_base(pack, named)
    for pack in named.values():
        _refuse_looser(pack, named)
    _refuse_shared_names(named)
    return named


def _refuse_looser(pack: Pack, named: Mapping[str, Pack]) -> None:
    """Packs may be stricter than what they extend, never looser (verdicts, preface)."""
    above = named.get(pack.extends or "")
    while above is not None:
        for rule, before in product(pack.rules, above.rules):
            if rule.key != before.key or not _on_the_same_days(rule, before):
                continue
            if KINDS[rule.kind].looser(before.value, rule.value) or _as_heavy(rule, before) is not rule:
                other = f"{before.pack}/{before.id}"
                raise PackError(
                    f"{pack.file}, rule {rule.id}: it asks for less than {other}; a pack may only be stricter"
                )
        above = named.get(above.extends or "")


def _on_the_same_days(one: Rule, other: Rule) -> bool:
    starts = [rule.valid_from or date.min for rule in (one, other)]
    ends = [rule.valid_to or date.max for rule in (one, other)]
    return max(starts) <= min(ends)


def _refuse_shared_names(named: Mapping[str, Pack]) -> None:
    seen: dict[str, Pack] = {}
    for pack in named.values():
        for name in {plain(pack.name), *map(plain_pattern, pack.names)}:
            if not plain(name):
                raise PackError(f"{pack.file}: a name must hold letters or digits")
            if name in seen and seen[name] is not pack:
                raise PackError(f"{pack.file}: payers of the name {name} go to the pack {seen[name].name} already")
            seen[name] = pack


def _refuse_unless_it_ends_in_the_base(pack: Pack, named: Mapping[str, Pack]) -> None:
    seen = [pack.name]
    while seen[-1] != BASE:
        above = named[seen[-1]].extends
        if above is None or above not in named:
            raise PackError(f'{pack.file}: it must extend a pack that is there, such as extends = "base"')
        if above in seen:
            raise PackError(f"{pack.file}: the packs {' and '.join(sorted(seen))} extend one another")
        seen.append(above)
