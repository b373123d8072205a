"""A pack's TOML text to its rules; everything wrong with it is one sentence that names file, rule and way out."""

import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from auditor.judging.rule_shapes import normalised
from auditor.judging.rules import KINDS, Pack, Rule, RuleExample

_PACK = {"name", "title", "extends", "names", "unless"}
_RULE = {
    "id", "kind", "value", "check", "severity", "source", "says", "valid_from", "valid_to", "verified", "fails",
    "passes",
}  # fmt: skip
_NEEDED = ("id", "kind", "value", "source", "says")
_WEIGHTS = ("info", "warning", "error")


class PackError(ValueError):
    """A pack that cannot be used; the message names file, rule and way out."""


def parse_pack(text: str, file: str) -> Pack:
    """The pack that a TOML text holds.

    Args:
        text: the file's text.
        file: what to call it in messages.

    Raises:
        PackError: it is no TOML, a field is unknown, lacking or of a wrong shape, a date is none, or two rules of one
            kind hold on the same day or leave days between them.
    """
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise PackError(f"{file}: this is no TOML ({fault}); correct the line") from None
    except (RecursionError, ValueError):
        raise PackError(
            f"{file}: it is nested too deeply, or a number is too long; write it as the packs shown"
        ) from None
    about = given.get("pack")
    if not isinstance(about, dict) or set(given) - {"pack", "rule"}:
        raise PackError(f"{file}: a pack is one [pack] and its [[rule]] tables; write no other table")
    _refuse_unknown(about, _PACK, f"{file}, [pack]")
    for name in ("name", "title"):
        if not isinstance(about.get(name), str) or not about[name].strip():
            raise PackError(f"{file}, [pack]: the field {name} is missing; write it as text")
        _refuse_unprintable(about[name], f"{file}, [pack], {name}")
    rules = given.get("rule", [])
    if not isinstance(rules, list) or not all(isinstance(item, dict) for item in rules):
        raise PackError(f"{file}: rules are written as [[rule]] tables")
    parsed = tuple(_rule(fields, about["name"], file) for fields in rules)
    _refuse_doubles(parsed, file)
    return Pack(
        name=about["name"],
        title=about["title"],
        extends=_text_or_none(about, "extends", file),
        names=_texts(about, "names", file),
        unless=_texts(about, "unless", file),
        rules=parsed,
        file=file,
    )


def _rule(fields: dict[str, Any], pack: str, file: str) -> Rule:
    place = f"{file}, rule {_shown(fields.get('id'))}"
    _refuse_unknown(fields, _RULE, place)
    if missing := [name for name in _NEEDED if name not in fields]:
        raise PackError(f"{place}: the field {missing[0]} is missing")
    for name in ("id", "kind", "source", "says"):
        if not isinstance(fields[name], str) or not fields[name].strip():
            raise PackError(f"{place}: the field {name} must be text")
        _refuse_unprintable(" ".join(fields[name].split()), f"{place}, {name}")
    kind = KINDS.get(fields["kind"])
    if kind is None:
        raise PackError(f"{place}: there is no kind of rule {fields['kind']}; the kinds are {', '.join(sorted(KINDS))}")
    if not kind.fits(fields["value"]):
        raise PackError(f"{place}: the value must be {kind.written}")
    if not isinstance(fields.get("verified", True), bool):
        raise PackError(f"{place}: verified must be true or false")
    for name in ("valid_from", "valid_to"):
        if name in fields and type(fields[name]) is not date:
            raise PackError(f"{place}: {name} must be a date such as 2026-05-12, without quotes")
    rule = Rule(
        pack=pack,
        id=fields["id"],
        kind=fields["kind"],
        value=normalised(fields["value"]) if kind.code else fields["value"],
        check=_check(fields, place),
        severity=_severity(fields, place),
        source=" ".join(fields["source"].split()),
        says=" ".join(fields["says"].split()),
        valid_from=fields.get("valid_from"),
        valid_to=fields.get("valid_to"),
        verified=fields.get("verified", True),
        fails=_examples(fields.get("fails"), place, "fails"),
        passes=_examples(fields.get("passes"), place, "passes"),
    )
    if rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
        raise PackError(f"{place}: it ends on {rule.valid_to}, before it begins")
    return rule


def _shown(name: Any) -> str:  # noqa: ANN401 - a value of a TOML file
    return name if isinstance(name, str) and name.isprintable() else "without an id"


def _check(fields: dict[str, Any], place: str) -> str:
    fixed = KINDS[fields["kind"]].check
    named = fields.get("check", fixed)
    if named is None:
        raise PackError(f'{place}: a rule of the kind severity names its check, such as check = "PRT204"')
    if not isinstance(named, str) or (fixed and named != fixed):
        raise PackError(f"{place}: the kind {fields['kind']} is read by the check {fixed}; leave the field check out")
    return named


def _severity(fields: dict[str, Any], place: str) -> Any:  # noqa: ANN401 - one of three words
    given = fields["value"] if fields["kind"] == "severity" else fields.get("severity")
    if given is not None and given not in _WEIGHTS:
        raise PackError(f"{place}: severity must be error, warning or info")
    return given


def _examples(given: Any, place: str, which: str) -> tuple[RuleExample, ...]:  # noqa: ANN401 - a value of a TOML file
    if not isinstance(given, list) or not given:
        raise PackError(f'{place}: an example that {which} is missing; write {which} = [{{ note = "…" }}]')
    if not all(isinstance(item, dict) and isinstance(item.get("note"), str) for item in given):
        raise PackError(f"{place}: each example of {which} needs a note as text")
    if any("text" in item for item in given):
        raise PackError(f"{place}: an example has its text under note; leave the field text out")
    return tuple(RuleExample(item["note"], {k: v for k, v in item.items() if k != "note"}) for item in given)


def _refuse_unprintable(text: str, place: str) -> None:
    if not text.isprintable():
        raise PackError(f"{place}: it must be one line without control characters")


def _refuse_unknown(fields: dict[str, Any], known: Iterable[str], place: str) -> None:
    if unknown := sorted(set(fields) - set(known)):
        raise PackError(f"{place}: the field {unknown[0]} is unknown; the fields are {', '.join(sorted(known))}")


def _refuse_doubles(rules: tuple[Rule, ...], file: str) -> None:
    ids = [rule.id for rule in rules]
    if twice := next((name for name in ids if ids.count(name) > 1), None):
        raise PackError(f"{file}: two rules have the id {twice}; give each its own")
    for key in dict.fromkeys(rule.key for rule in rules):
        same = sorted((rule for rule in rules if rule.key == key), key=lambda rule: rule.valid_from or date.min)
        for older, newer in pairwise(same):
            _refuse_unless_adjoining(older, newer, file)


def _refuse_unless_adjoining(older: Rule, newer: Rule, file: str) -> None:
    start = newer.valid_from or date.min
    if older.valid_to is None or older.valid_to >= start:
        raise PackError(
            f"{file}: the rules {older.id} and {newer.id} hold on the same days; close the older with valid_to"
        )
    if older.valid_to + timedelta(days=1) != start:
        raise PackError(f"{file}: between the rules {older.id} and {newer.id} there are days without a rule")


def _texts(fields: dict[str, Any], name: str, file: str) -> tuple[str, ...]:
    given = fields.get(name, [])
    if not isinstance(given, list) or not all(isinstance(item, str) and item.strip() for item in given):
        raise PackError(f"{file}, [pack]: {name} must be a list of texts")
    return tuple(item.lower() for item in given)


def _text_or_none(fields: dict[str, Any], name: str, file: str) -> str | None:
    given = fields.get(name)
    if given is not None and not isinstance(given, str):
        raise PackError(f"{file}, [pack]: {name} must be text")
    return given
