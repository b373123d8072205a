"""The scoreboard in plain lines, and as plain data."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from auditor.benchmark.intervals import Estimate, Figures
from auditor.benchmark.scoreboard import HEADLINES, Results

_MAIN = ("f1", "agreement")
_SECOND = ("exact", "kappa")


def lines(systems: Mapping[str, Results]) -> Iterator[str]:
    """The scoreboard of one or more systems over the same notes.

    Args:
        systems: results by the system's name; the first is compared with the others.
    """
    for name, one in systems.items():
        yield from _tasks(name, one)
    for name, one in systems.items():
        yield from _styles(name, one)
    for name, one in systems.items():
        yield from _rest(name, one)


def plain(systems: Mapping[str, Results]) -> dict[str, Any]:
    """The scoreboard as plain data, without the single answers."""
    return {name: {k: v for k, v in asdict(one).items() if k != "comparisons"} for name, one in systems.items()}


def _tasks(name: str, one: Results) -> Iterator[str]:
    yield f"{name:24} {'notes':>6}  {'F1 or agreement':24} {'exact or kappa':24}"
    for task, figures in one.tasks.items():
        main, second = (_named(figures, names) for names in (_MAIN, _SECOND))
        yield f"{task:24} {figures.notes:6}  {main:24} {second:24}".rstrip()
    yield ""


def _named(figures: Figures, names: tuple[str, ...]) -> str:
    return next((_shown(figures.estimates[name]) for name in names if name in figures.estimates), "")


def _shown(estimate: Estimate) -> str:
    return f"{estimate.value:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]"


def _styles(name: str, one: Results) -> Iterator[str]:
    yield f"{name + ', by style':24} {'notes':>6}" + "".join(f"{head:>10}" for head, _, _ in HEADLINES)
    for style, tasks in one.styles.items():
        cells = (tasks[task].estimates[figure].value for _, task, figure in HEADLINES)
        yield f"{style:24} {tasks['visit'].notes:6}" + "".join(f"{cell:10.3f}" for cell in cells)
    yield ""


def _rest(name: str, one: Results) -> Iterator[str]:
    coverage = one.coverage
    yield name
    if one.twins is not None and one.twins_by_task is not None:
        hits = sum(right for right, _ in one.twins_by_task.values())
        pairs = sum(count for _, count in one.twins_by_task.values())
        yield f"  twins, both right      {hits} of {pairs}  {_shown(one.twins)}"
        by_task = (f"{task} {right}/{count}" for task, (right, count) in one.twins_by_task.items())
        yield from _wrapped(list(by_task))
    yield (
        f"  region verdict         answered {coverage.answered} ({coverage.share:.3f}), possible {coverage.possible},"
        f" cannot tell {coverage.cannot_tell}; right of the answered {_shown(coverage.right)}"
    )
    per_ten = 10 * one.false_findings / one.clean_notes if one.clean_notes else 0.0
    yield f"  clean notes            {one.clean_notes}, false findings {one.false_findings} ({per_ten:.2f} in 10 notes)"
    yield ""


def _wrapped(words: list[str], width: int = 110) -> Iterator[str]:
    line = ""
    for word in words:
        if line and len(line) + len(word) + 2 > width:
            yield f"    {line}"
            line = ""
        line = f"{line}, {word}" if line else word
    if line:
        yield f"    {line}"
