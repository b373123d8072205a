"""``auditor policies``: lists rule packs, shows one, tells two apart, and tries a user's own."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.cli.console import command, fail, width
from auditor.cli.given import real_day
from auditor.cli.rules_in_use import packs_at_hand

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from auditor.judging.policy import Policies
    from auditor.judging.rules import Pack, Rule

UNVERIFIED = "UNVERIFIED: nobody could read this rule in its own source"
_INDENT = 4
_NAME = 19


@command
def policies(
    pack: Annotated[str | None, typer.Argument(metavar="[PACK]", help="A pack to show, such as noridian.")] = None,
    diff: Annotated[str | None, typer.Option(metavar="PACK", help="Show how this other one differs from it.")] = None,
    date: Annotated[str | None, typer.Option(metavar="DATE", help="Date of service; else the newest rules.")] = None,
    policies: Annotated[
        Path | None, typer.Option(metavar="DIR", help="A folder with packs of your own: they are checked first.")
    ] = None,
) -> None:
    """List the rule packs, show one, or show how two differ.

    With --policies every example of your own packs is run; ends with 2 where one does not do what it stands for.
    """
    day = real_day("--date", date)
    known = packs_at_hand(policies)
    if policies is not None:
        _try_examples(known)
    if diff is not None and pack is None:
        fail("--diff needs a pack to begin with; write auditor policies PACK --diff OTHER.")
    if pack is None:
        lines = _list(known, day)
    elif diff is None:
        lines = _shown(known, _find(known, pack), day)
    else:
        lines = _differences(known, _find(known, pack), _find(known, diff), day)
    typer.echo("\n".join(lines))


def _try_examples(known: Policies) -> None:
    from auditor.auditor import Auditor
    from auditor.cli.console import UNREADABLE, complain
    from auditor.judging.policy import built_in
    from auditor.pack_examples import faults

    own = [pack for name, pack in known.packs.items() if name not in built_in().packs]
    wrong = list(faults(Auditor(policies=known), own))
    for sentence in wrong:
        complain(f"{sentence}.")
    if wrong:
        raise typer.Exit(UNREADABLE)
    rules = sum(len(pack.rules) for pack in own)
    typer.echo(f"{len(own)} packs of your own with {rules} rules: every example does what it stands for.\n")


def _find(known: Policies, name: str) -> Pack:
    if name not in known.packs:
        fail(f"there is no pack {name!r}; the packs are {', '.join(known.names)}.")
    return known.packs[name]


def _list(known: Policies, day: date | None) -> Iterator[str]:
    from auditor.judging.policy import in_force

    for name in known.names:
        pack = known.packs[name]
        own = list(in_force(pack, day))
        unread = sum(not rule.verified for rule in own)
        indent = "  " * (len(known.chain(name)) - 1)
        notes = f"{len(own)} rule{'s' * (len(own) != 1)}" + (f", {unread} UNVERIFIED" if unread else "")
        yield f"{indent + name:{_NAME}} {pack.title} ({notes})"
    yield ""
    yield "A pack further in takes the place of what it stands under. auditor policies PACK shows its rules."


def _shown(known: Policies, pack: Pack, day: date | None) -> Iterator[str]:
    yield f"{pack.name}  {pack.title}"
    above = [one.name for one in known.chain(pack.name)[:-1]]
    if above:
        yield f"extends {', '.join(reversed(above))}"
    if pack.names:
        yield from wrap(f"holds for payers whose names begin with: {', '.join(pack.names)}", width())
    yield f"rules for a service of {day}" if day else "the newest rules (--date shows those of a date of service)"
    policy = known.policy_for(pack.name if pack.name != "base" else None, day)
    for rule in sorted(policy.rules.values(), key=lambda rule: (rule.pack != pack.name, rule.check, rule.id)):
        yield ""
        yield from _rule(rule, inherited=rule.pack != pack.name)


def _rule(rule: Rule, *, inherited: bool) -> Iterator[str]:
    yield f"{rule.check}  {rule.pack}/{rule.id}" + ("  (inherited)" if inherited else "")
    yield from _indented(rule.says)
    weight = rule.severity or "as the check says"
    yield from _indented(f"value {_value(rule)}; severity {weight}; dates of service {_span(rule)}")
    yield from _indented(f"source: {rule.source}")
    if not rule.verified:
        yield from _indented(UNVERIFIED)


def _indented(words: str) -> list[str]:
    return wrap(words, width(), initial_indent=" " * _INDENT, subsequent_indent=" " * _INDENT)


def _span(rule: Rule) -> str:
    return f"{rule.valid_from or 'any'} to {rule.valid_to or 'now'}"


def _value(rule: Rule) -> str:
    if isinstance(rule.value, list):
        return ", ".join("-".join(item) if isinstance(item, list) else str(item) for item in rule.value)
    if isinstance(rule.value, dict):
        return "; ".join(
            f"{name}: {' '.join(item) if isinstance(item, list) else item}" for name, item in rule.value.items()
        )
    return "yes" if rule.value is True else str(rule.value)


def _differences(known: Policies, one: Pack, other: Pack, day: date | None) -> Iterator[str]:
    """What holds under one pack only, under the other only, and what both rule in their own way."""
    ours, theirs = (known.policy_for(None if p.name == "base" else p.name, day).rules for p in (one, other))
    when = f"for a service of {day}" if day else "by the newest rules"
    yield f"{one.name} (-) and {other.name} (+), {when}"
    changed = [key for key in dict.fromkeys((*ours, *theirs)) if ours.get(key) != theirs.get(key)]
    for key in sorted(changed):
        yield ""
        for sign, rule in (("-", ours.get(key)), ("+", theirs.get(key))):
            if rule is None:
                yield f"{sign} {key[1] or key[0]}: no rule"
            else:
                yield f"{sign} {rule.check}  {rule.pack}/{rule.id}: {_value(rule)}" + _weight(rule)
                yield from _indented(rule.source + ("" if rule.verified else f"; {UNVERIFIED}"))
    if not changed:
        yield "No rule differs."


def _weight(rule: Rule) -> str:
    return f" ({rule.severity})" if rule.severity and rule.kind != "severity" else ""
