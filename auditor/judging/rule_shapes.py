"""What values of rules look like, and which of two values asks for less: a nearer pack may only ask for more."""

from datetime import date
from typing import Any

MOST = 10_000
"""Largest number that a rule may name: days, pointers."""


def are_codes(value: Any) -> bool:  # noqa: ANN401 - a value of a TOML file
    """Whether it is a list of texts with something in it."""
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) and item for item in value)


def is_true(value: Any) -> bool:  # noqa: ANN401 - a value of a TOML file
    """Whether it is the word true."""
    return value is True


def is_count(value: Any) -> bool:  # noqa: ANN401 - a value of a TOML file
    """Whether it is a positive whole number that is not absurd."""
    return type(value) is int and 0 < value <= MOST


def are_replacements(value: Any) -> bool:  # noqa: ANN401 - a value of a TOML file
    """Whether it is a table from text to text."""
    return isinstance(value, dict) and bool(value) and all(isinstance(item, str) and item for item in value.values())


def are_pairs(value: Any) -> bool:  # noqa: ANN401 - a value of a TOML file
    """Whether it is a list of pairs of different texts."""
    pairs = isinstance(value, list) and bool(value)
    return pairs and all(are_codes(item) and len(set(item)) == len(item) == 2 for item in value)


def are_placements(value: Any) -> bool:  # noqa: ANN401 - a value of a TOML file
    """Whether it is a table from text to lists of texts."""
    return isinstance(value, dict) and bool(value) and all(are_codes(item) for item in value.values())


def is_day(value: Any) -> bool:  # noqa: ANN401 - a value of a TOML file
    """Whether it is a date."""
    return type(value) is date


def are_days(value: Any) -> bool:  # noqa: ANN401 - a value of a TOML file
    """Whether it is a list of dates."""
    return isinstance(value, list) and bool(value) and all(map(is_day, value))


def is_time_rule(value: Any) -> bool:  # noqa: ANN401 - a value of a TOML file
    """Whether it names one of the two ways to count units of time."""
    return value in ("cms", "midpoint")


def is_weight(value: Any) -> bool:  # noqa: ANN401 - a value of a TOML file
    """Whether it is a severity that weighs more than a remark."""
    return value in ("error", "warning")


def never(before: Any, now: Any) -> bool:  # noqa: ANN401 - values of TOML files
    """No value of this kind asks for less than another."""
    return False


def fewer(before: Any, now: Any) -> bool:  # noqa: ANN401 - values of TOML files
    """Whether something of a list or table is left out."""
    if isinstance(before, dict):
        return any(name not in now or fewer(_listed(before[name]), _listed(now[name])) for name in before)
    return any(item not in now for item in before)


def more(before: Any, now: Any) -> bool:  # noqa: ANN401 - values of TOML files
    """Whether something is added to a list or table."""
    return fewer(now, before)


def greater(before: int, now: int) -> bool:
    """Whether the number has grown."""
    return now > before


def other_families(before: list[str], now: list[str]) -> bool:
    """Whether a family is left out, or another than M99.1 added (a profile may list that one, verdicts §4)."""
    return fewer(before, now) or bool(set(now) - set(before) - {"M99.1"})


def normalised(value: Any) -> Any:  # noqa: ANN401 - a value of a TOML file
    """Codes and modifiers in capitals, as claims are read; other values as they are."""
    if isinstance(value, list):
        return [normalised(item) for item in value]
    if isinstance(value, dict):
        return {name.upper(): normalised(item) for name, item in value.items()}
    return value.upper() if isinstance(value, str) else value


def _listed(value: Any) -> Any:  # noqa: ANN401 - values of TOML files
    return value if isinstance(value, list) else [value]
