"""``auditor codes``: the reference of all checks, or of one."""

from __future__ import annotations

import json
from difflib import get_close_matches
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.cli.code_families import families
from auditor.cli.console import command, fail, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from auditor.judging.checks import Check

_INDENT = 20
_LABEL = 10


@command
def codes(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="One code, such as SUB102, to explain it.")
    ] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the whole reference page, CHECKS.md.")] = False,
) -> None:
    """List all checks by family, or explain one."""
    from auditor.judging import all_checks

    checks = all_checks()
    if markdown:
        from auditor.cli.codes_page import page

        typer.echo(page(checks), nl=False)
    elif code is None:
        typer.echo("\n".join(_table(checks)))
    else:
        typer.echo("\n".join(_explained(_find(code, checks))))


def _find(code: str, checks: Mapping[str, Check]) -> Check:
    wanted = code.strip().upper()
    if wanted not in checks:
        near = get_close_matches(wanted, checks, n=4, cutoff=0.5)
        hint = f"did you mean {', '.join(sorted(near))}?" if near else "run auditor codes for a list of them."
        fail(f"there is no code {code!r}; {hint}")
    return checks[wanted]


def _table(checks: Mapping[str, Check]) -> Iterator[str]:
    for place, (title, members) in enumerate(families(checks)):
        yield f"\n{title}" if place else title
        for check in members:
            first, *rest = wrap(check.says, width() - _INDENT) or [""]
            yield f"  {check.code:8}{check.severity:10}{first}"
            yield from (" " * _INDENT + line for line in rest)


def _explained(check: Check) -> Iterator[str]:
    yield from wrap(f"{check.code}  {check.severity}: {check.says}", width())
    yield ""
    about = {
        "element": check.element or "none, the claim",
        "invites": check.carc or "no denial code",
        "source": check.source,
        "remedy": check.remedy,
    }
    for label, words in about.items():
        yield from _labelled(label, words)
    for label, example in (("fails", check.fails[0]), ("passes", check.passes[0])):
        yield ""
        for place, line in enumerate(example.text.splitlines()):
            yield from _labelled("" if place else label, line)
        for name, value in example.given.items():
            shown = value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
            yield from _labelled("", f"{name}: {shown}")


def _labelled(label: str, words: str) -> Iterator[str]:
    for place, line in enumerate(wrap(words, width() - _LABEL) or [""]):
        yield f"{'' if place else label:{_LABEL}}{line}".rstrip()
