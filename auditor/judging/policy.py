"""Which rules hold for a payer on a date of service: packs that extend one another, those in the package and a user's.

A nearer pack's rule takes the place of one of the same kind further off (contractor before Medicare before base).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from auditor.judging.pack_file import PackError, parse_pack
from auditor.judging.rules import Pack, Rule

BASE = "base"
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

    def pack_of(self, payer: str | None) -> Pack:
        """The pack for a payer's name: the one that it is the name of, else the longest that it begins with, else base.

        A pack's own short name must stand alone: "Palmetto Mutual Auto" is no Medicare contractor.
        """
        said = plain(payer)
        best, length = self.packs[BASE], -1
        for pack in self.packs.values():
            if said == plain(pack.name):
                return pack
            for name in pack.names:
                if length < len(name) and _begins(said, name) and not set(pack.unless) & set(said.split()):
                    best, length = pack, len(name)
        return best

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
            rules |= {rule.key: rule for rule in in_force(pack, on)}
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


def _begins(said: str, name: str) -> bool:
    return said == name or said.startswith(f"{name} ")


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
    found = sorted(item for item in folder.iterdir() if item.suffix.lower() == ".toml" and item.is_file())
    if not found:
        raise PackError(f"{folder}: there is no pack in this folder; put TOML files there (auditor policies shows how)")
    return Policies(_by_name([*built_in().packs.values(), *(parse_pack(_text(item), str(item)) for item in found)]))


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
    return named


def _refuse_unless_it_ends_in_the_base(pack: Pack, named: Mapping[str, Pack]) -> None:
    seen = [pack.name]
    while seen[-1] != BASE:
        above = named[seen[-1]].extends
        if above is None or above not in named:
            raise PackError(f'{pack.file}: it must extend a pack that is there, such as extends = "base"')
        if above in seen:
            raise PackError(f"{pack.file}: the packs {' and '.join(sorted(seen))} extend one another")
        seen.append(above)
