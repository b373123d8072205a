"""What is new in a note: nothing of today's text is lost, what is said to be the same is the same, and it stays fast."""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.reports.differences import Piece, differences
from auditor.reports.differences_shown import differences_markup, differences_text

WORDS = st.sampled_from(
    ["pain", "4/10", "3/10", "L4", "C5.", ",", " ", "\n", "\r\n", "\t", "restricted", "the", "-", "«", "\ud800"]
)
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(WORDS, max_size=40).map("".join), st.lists(WORDS, max_size=40).map(" ".join)
)


def joined(pieces: tuple[Piece, ...], *kinds: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


def bare(text: str) -> str:
    return "".join(text.split())


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_both_texts_stand_in_the_pieces(earlier: str, today: str) -> None:
    pieces = differences(earlier, today)
    assert joined(pieces, "same", "new") == today
    assert bare(joined(pieces, "same", "gone")) == bare(earlier)
    assert all(piece.text for piece in pieces)
    assert all(one.kind != other.kind for one, other in pairwise(pieces))
    assert ("new", "gone") not in {(one.kind, other.kind) for one, other in pairwise(pieces)}


@settings(deadline=None)
@given(TEXTS)
def test_a_text_differs_in_nothing_from_itself(text: str) -> None:
    assert {piece.kind for piece in differences(text, text)} <= {"same"}
    assert {piece.kind for piece in differences(text, "\n " + text.replace(" ", "\n  "))} <= {"same"}


@pytest.mark.parametrize(
    ("earlier", "today", "shown"),
    [
        ("Pain 6/10, sharp.", "Pain 4/10, sharp.", "Pain [-6/10-] {+4/10+}, sharp."),
        ("L4 restricted.", "L4 restricted and tender.", "L4 restricted {+and tender+}."),
        ("L4 tender, C5 tender.", "L4 tender.", "L4 tender[-, C5 tender-]."),
        ("DOS 03/02/2026 x", "DOS 03/05/2026 x", "DOS [-03/02/2026-] {+03/05/2026+} x"),
        ("date 1\nsame", "date 2\nsame", "date [-1-] {+2+}\nsame"),
        ("", "all new", "{+all new+}"),
        ("all gone", "", "[-all gone-]"),
    ],
)
def test_shown_without_colour(earlier: str, today: str, shown: str) -> None:
    assert differences_text(differences(earlier, today), 80, False).strip() == shown


def test_long_unchanged_stretches_are_shortened() -> None:
    same = " ".join(f"w{n}" for n in range(30))
    ends = "w0 w1 w2 w3 w4 w5 … w24 w25 w26 w27 w28 w29"
    told = differences_text(differences(f"a {same} b", f"x {same} y"), 200, False)
    assert told == f"[-a-] {{+x+}} {ends} [-b-] {{+y+}}\n"
    assert differences_text(differences(f"a {same}", f"x {same}"), 200, False) == f"[-a-] {{+x+}} {ends[:17]} …\n"
    assert differences_text(differences(f"{same} a", f"{same} x"), 200, False) == f" {ends[18:]} [-a-] {{+x+}}\n"
    assert differences_text(differences(same, same), 200, False) == f"{ends}\n"


@pytest.mark.parametrize(("count", "shortened"), [(12, False), (13, True)])
def test_short_unchanged_stretches_stay_whole(count: int, shortened: bool) -> None:
    same = " ".join(f"w{n}" for n in range(count))
    assert ("…" in differences_text(differences(f"a {same} b", f"x {same} y"), 200, False)) == shortened


@pytest.mark.parametrize("width", [40, 60, 80])
@pytest.mark.parametrize("colour", [False, True])
def test_within_the_width_and_harmless(width: int, colour: bool) -> None:
    hostile = "a\x1b]0;owned\x07 b\x9b31m \u202eevil [bold red]x[/] :smile: " + "z" * 100
    told = differences_text(differences("calm " * 20, hostile * 2), width, colour)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", told)
    assert max(map(len, plain.splitlines())) <= width
    assert not set(plain) & {"\x1b", "\x07", "\x9b", "\u202e"}
    assert ("\x1b[" in told) == colour
    assert "[bold red]x[/]" in plain.replace("\n", "") or width == 40


def test_colour_has_no_brackets() -> None:
    told = differences_text(differences("Pain 6/10.", "Pain 4/10."), 80, True)
    assert "[-" not in told
    assert re.search(r"\x1b\[[0-9;]*31m6/10", told)
    assert re.search(r"\x1b\[[0-9;]*32m4/10", told)


def test_on_the_page_nothing_becomes_markup() -> None:
    told = str(differences_markup(differences("<b>6/10</b> & x", "<b>4/10</b> & x")))
    assert told == "&lt;b&gt;<del>6/10</del> <ins>4/10</ins>&lt;/b&gt; &amp; x"


LONG = [f"word{n % 997}" for n in range(30_000)]
LINES = "\n".join(" ".join(LONG[n : n + 12]) for n in range(0, len(LONG), 12))


@pytest.mark.parametrize(
    ("earlier", "today"),
    [
        (LINES, LINES.replace("word500 ", "else ")),
        (" ".join(LONG), " ".join(reversed(LONG))),
        ("a " * 100_000, "b " + "a " * 99_000),
        ("a\n" * 100_000, "b\n" + "a\n" * 99_000 + "b"),
        ("x" * 200_000, "y" * 200_000),
        (". " * 100_000, "\n" * 200_000),
    ],
    ids=["lines", "reversed", "one word", "one line", "one long word", "blank"],
)
def test_long_texts_take_no_time(earlier: str, today: str) -> None:
    start = time.process_time()
    pieces = differences(earlier, today)
    assert time.process_time() - start < 5
    assert joined(pieces, "same", "new") == today


def test_long_texts_are_still_compared_word_by_word_where_they_changed() -> None:
    changed = LINES.replace("word500 ", "else ")
    pieces = differences(LINES, changed)
    assert {piece.text.strip() for piece in pieces if piece.kind == "new"} == {"else"}
    assert {piece.text.strip() for piece in pieces if piece.kind == "gone"} == {"word500"}
