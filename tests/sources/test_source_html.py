"""HTML: what the page shows comes back, what it hides does not; encodings, nesting and time."""

import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from round_trip import SAMPLES, check_any, original, reason_of, text_of, verdict

from auditor.sources.documents.html import html_text, read_html
from auditor.sources.records import UnreadableError

GOOD = (SAMPLES / "findings_table.html").read_bytes()


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "visit.html"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["follow_up", "findings_table"])
def test_a_note_comes_back(name: str) -> None:
    text = text_of(read_html, SAMPLES / f"{name}.html")
    assert text == original(name)
    assert verdict(text) == verdict(original(name))


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        pytest.param("<p>L4 is\n  <b>tender</b><p>L5", "L4 is tender\nL5", id="blocks"),
        pytest.param("L4<br>L5<br/>T4</br>T5", "L4\nL5\nT4\nT5", id="line breaks"),
        pytest.param("<div>O:<div>L4</div>tail</div>", "O:\nL4\ntail", id="blocks in blocks"),
        pytest.param("70&deg;&nbsp;C&#50;&amp;&lt;L&#x34;&gt; ad&shy;just", "70° C2&<L4> adjust", id="entities"),
        pytest.param("<ul><li>L4<li>L5<ul><li>T4</ul></ul>", "- L4\n- L5\n- T4", id="lists"),
        pytest.param("<ol><li><p>L4</p><p>more</p></li></ol>", "- L4\nmore", id="an item of two paragraphs"),
        pytest.param("<table><tr><th>a<th>b<tr><td>1<td>2</table>x", "a | b\n1 | 2\nx", id="table"),
        pytest.param("<table><tr><td>L4</td><td></td><td>tender</td></tr></table>", "L4 |  | tender", id="empty cell"),
        pytest.param(
            "<table><tr><td>L4<br>L5</td><td>tender</td></tr></table>", "L4 L5 | tender", id="lines in a cell"
        ),
        pytest.param("<table><tr><td>O:</td><td>" + "<p>x" * 4 + "</table>", "O:\nx\nx\nx\nx", id="a table for layout"),
        pytest.param("<table><tr><td><table><tr><td>a<td>b</table><td>c</table>", "a | b\nc", id="nested table"),
        pytest.param("<pre>S:  x\n\nO: y\n  z</pre>w", "S:  x\n\nO: y\n  z\nw", id="verbatim"),
        pytest.param('<div style="white-space:pre-wrap">S: x\nO: y</div>', "S: x\nO: y", id="kept lines"),
        pytest.param("<style>T4</style><script>T4 < T5</script><head><title>T4</title></head>L4", "L4", id="left out"),
        pytest.param("<!-- T4 --><![if x]>L4<![endif]><?xml T5?>", "L4", id="comments"),
        pytest.param("<p hidden>T4<b>T5</b></p>L4", "L4", id="hidden"),
        pytest.param("<p hidden>T4<p>L4", "L4", id="hidden, its end left out"),
        pytest.param('<div style="color:red; DISPLAY : none">T4<br>T5</div>L4', "L4", id="not displayed"),
        pytest.param("<del>T4</del><s>T5</s><ins>L4</ins>", "L4", id="deleted"),
        pytest.param('<span style="text-decoration: line-through">T4</span>L4', "L4", id="struck"),
        pytest.param('<content revised="delete">T4</content><content>L4</content>', "L4", id="deleted in C-CDA"),
        pytest.param(
            "<text><list><item>L4</item><item><caption>T4</caption>x</item></list><paragraph>P</paragraph></text>",
            "- L4\n- T4\nx\nP",
            id="C-CDA",
        ),
        pytest.param('<div xmlns="http://www.w3.org/1999/xhtml"><p/>L4<p>T4</p></div>', "L4\nT4", id="XHTML of FHIR"),
        pytest.param("<x:p>L4</x:p><x:p>T4</x:p>", "L4\nT4", id="names with a prefix"),
        pytest.param(
            "Pain <input value='6/10'> <input type=hidden value=T4><input type=button value=T5>",
            "Pain 6/10",
            id="fields",
        ),
        pytest.param("<input type=checkbox checked>L4 <input type=checkbox>L5", "[x] L4 [ ] L5", id="boxes"),
        pytest.param("Side: <select><option>left<option selected>right</select>", "Side: right", id="choice"),
        pytest.param("<textarea>S: x\nO: y</textarea>", "S: x\nO: y", id="a field of lines"),
        pytest.param("</p></td></table>L4<td>x</td></b>", "L4\nx", id="ends without beginnings"),
        pytest.param("<table><tr><td>L4", "L4", id="no ends"),
        pytest.param("L4 < L5 & T4 &unknown; <", "L4 < L5 & T4 &unknown; <", id="signs that are no marks"),
    ],
)
def test_what_the_page_shows(markup: str, text: str) -> None:
    assert html_text(markup) == f"{text}\n"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("<p>70° “L4” é</p>".encode(), id="utf-8"),
        pytest.param("<p>70° “L4” é</p>".encode("utf-8-sig"), id="utf-8 with mark"),
        pytest.param("<p>70° “L4” é</p>".encode("utf-16"), id="utf-16"),
        pytest.param("<p>70° “L4” é</p>".encode("cp1252"), id="nothing named"),
        pytest.param(
            '<meta charset="iso-8859-1"><p>70° “L4” é</p>'.encode("cp1252"), id="latin-1, as browsers read it"
        ),
        pytest.param(
            "<meta content='text/html; charset=macintosh'><p>70° “L4” é</p>".encode("mac-roman"), id="macintosh"
        ),
        pytest.param('<meta charset="utf-16"><p>70° “L4” é</p>'.encode(), id="utf-16 named in bytes"),
        pytest.param('<meta charset="hex"><p>70° “L4” é</p>'.encode(), id="no encoding of text"),
        pytest.param('<meta charset="nowhere"><p>70° “L4” é</p>'.encode(), id="no encoding"),
        pytest.param('<?xml version="1.0" encoding="windows-1252"?><p>70° “L4” é</p>'.encode("cp1252"), id="XML"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes) -> None:
    assert text_of(read_html, saved(tmp_path, data)) == "70° “L4” é\n"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "the file is empty", id="empty"),
        pytest.param(GOOD[: len(GOOD) * 9 // 10], "broken or cut off", id="truncated"),
        pytest.param(b"S: low back pain", "there is no element of HTML in it", id="text"),
        pytest.param(b"%PDF-1.7", "seems to be a PDF document", id="PDF"),
        pytest.param(bytes(range(256)) * 10, "binary file", id="binary"),
        pytest.param(b"<p> </p><img src=x>", "no text in the document", id="no text"),
        pytest.param(b"<p>" + b"L4 " * 70_000, "more than 200,000 characters", id="long"),
        pytest.param(b"<b>" * 501 + b"L4", "nested more than 500 deep", id="deep"),
        pytest.param(b"<p>L4" + b" " * 10_000_000, "larger than 10 MB", id="large"),
        pytest.param(b"<p>L4<![nonsense[x", "broken or cut off", id="odd declaration"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    assert says in reason_of(read_html, saved(tmp_path, data))


@pytest.mark.parametrize("mark", ["<a ", "<!--", "</", "<?", "<a b='", "<a/", "<"])
def test_marks_without_an_end_do_not_take_for_ever(mark: str) -> None:
    start = time.monotonic()
    with pytest.raises(UnreadableError):
        html_text(mark * (600_000 // len(mark)), seconds=1)
    assert time.monotonic() - start < 15


def test_nesting_that_is_allowed() -> None:
    assert html_text("<div>" * 400 + "L4" + "</div>" * 400) == "L4\n"


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    check_any(read_html, ".html", data)
    check_any(read_html, ".html", b"<p>qqzebulonqq " + data)


SHOWN = "<table> <tr> <td> <th> </td> </tr> </table> <ul> <li> </li> </ul> <p> </p> <p/> <pre> </pre> <br> <b>"
HIDDEN = r"<div hidden> </div> <select> <option> <s> </s> <![ <! </ <? &# &#xd800; &#0; L4"
PIECES = [*SHOWN.split(" "), *HIDDEN.split(" "), "\r", "\n", "\0", "\x85", " "]


@settings(max_examples=400, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=25))
@example(pieces=["<tr>", "<td>", "<tr>", "</td>", "</tr>", "</tr>"])
def test_any_pieces(pieces: list[str]) -> None:
    check_any(read_html, ".html", ("<p>qqzebulonqq" + "".join(pieces)).encode())


@settings(max_examples=300, deadline=None)
@given(pieces=st.lists(st.sampled_from(SHOWN.split(" ")), max_size=15))
def test_shown_text_is_never_lost(pieces: list[str]) -> None:
    text = html_text("".join(f"{piece}word{place}." for place, piece in enumerate(pieces)) + "end")
    assert all(f"word{place}." in text for place in range(len(pieces)))
