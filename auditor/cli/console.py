"""What all commands share: one sentence for each fault, files written whole or not at all, colour where wanted."""

import os
import shutil
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, NoReturn, ParamSpec, TextIO, TypeVar

import typer

if TYPE_CHECKING:
    from auditor.records import Audit

UNREADABLE = 2
"""Exit code where something could not be read."""
INTERRUPTED = 130
PIPE_CLOSED = 141
WIDEST = 80
MOST_WARNINGS = 10
"""Warnings of one kind that are shown; the others are counted."""
_P = ParamSpec("_P")
_R = TypeVar("_R")


def complain(sentence: str) -> None:
    """Write one sentence to standard error."""
    typer.echo(f"auditor: {sentence}", err=True)


def fail(sentence: str) -> NoReturn:
    """Write one sentence to standard error and end with the exit code for what could not be read."""
    complain(sentence)
    raise typer.Exit(UNREADABLE)


def command(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Make a command end with a sentence, never a traceback: a traceback may quote the note."""

    @wraps(function)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            with sources_heard():
                result = function(*args, **kwargs)
            sys.stdout.flush()
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise
        except KeyboardInterrupt:
            complain("interrupted.")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(PIPE_CLOSED) from None
        except Exception as fault:  # noqa: BLE001 - whatever it is, its message may hold text of a note
            _fail_of_a_model(fault)
            fail(f"unexpected {type(fault).__name__} {_place(fault)}; please report this sentence, without the note.")
        return result

    return run


def _fail_of_a_model(fault: Exception) -> None:
    """End with the sentence of a model that must not be used; it names the file and the way out."""
    from auditor.models import ModelError

    if isinstance(fault, ModelError):
        fail(f"{fault}.")


def _place(fault: Exception) -> str:
    frames = extract_tb(fault.__traceback__)
    return f"in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else "somewhere"


@contextmanager
def sources_heard() -> Iterator[None]:
    """Show warnings about the input as one line each, a few of each kind; those of libraries stay silent."""
    heard: Counter[str] = Counter()

    def show(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        if not category.__module__.startswith("auditor."):
            return
        heard[category.__name__] += 1
        if heard[category.__name__] <= MOST_WARNINGS:
            complain(f"warning: {message}.")

    with warnings.catch_warnings():
        warnings.simplefilter("default")
        warnings.showwarning = show
        try:
            yield
        finally:
            if more := sum(count - MOST_WARNINGS for count in heard.values() if count > MOST_WARNINGS):
                complain(f"warning: {more} more of these were left out here.")


def exit_code(audits: "Iterable[Audit]") -> int:
    """1 where a finding of these audits is an error, else 0."""
    return int(any(finding.severity == "error" for audit in audits for finding in audit.findings))


def wants_colour() -> bool:
    """Whether standard output is a terminal that may be coloured (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Columns for text: those of the terminal, at most 80."""
    return min(WIDEST, shutil.get_terminal_size().columns) if sys.stdout.isatty() else WIDEST


def put_out(text: str, out: Path | None) -> None:
    """Write the text to a file, whole or not at all, or to standard output where there is none."""
    if out is None:
        sys.stdout.write(text)
        return
    try:
        write_whole(out, text)
    except OSError as fault:
        fail(f"{out}: it cannot be written ({(fault.strerror or 'fault').lower()}); choose another file for --out.")


def write_whole(path: Path, text: str) -> None:
    """Write a file such that it is there whole or not at all.

    Raises:
        OSError: it cannot be written; what stood there before still does.
    """
    if path.exists() and not path.is_file():
        path.write_text(text, encoding="utf-8", newline="")
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_text(text, encoding="utf-8", newline="")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
