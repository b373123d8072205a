"""Word documents: what a reader of the page sees, and archives that are refused before they are parsed."""

import io
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from round_trip import SAMPLES, SECRET, check_any, original, reason_of, text_of, verdict

from auditor.sources.documents import docx_archive
from auditor.sources.documents.docx import docx_text, read_docx
from auditor.sources.records import UnreadableError

GOOD = (SAMPLES / "findings_table.docx").read_bytes()
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
HEADER = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(changed: dict[str, bytes], data: bytes = GOOD) -> bytes:
    """The sample with some of its parts put in anew."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in [*old.namelist(), *changed]:
            if name not in new.namelist():
                new.writestr(name, changed[name] if name in changed else old.read(name))
    return out.getvalue()


def document(body: str, *, before: str = "") -> bytes:
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document {NAMES}><w:body>{body}</w:body></w:document>'
    return packed({"word/document.xml": xml.encode()})


def run(text: str, marks: str = "") -> str:
    return f'<w:r><w:rPr>{marks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inside: str, marks: str = "") -> str:
    return f"<w:p><w:pPr>{marks}</w:pPr>{inside}</w:p>"


def table(*rows: list[str]) -> str:
    cells = ["".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "visit.docx"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["follow_up", "findings_table"])
def test_a_note_comes_back(name: str) -> None:
    text = text_of(read_docx, SAMPLES / f"{name}.docx")
    assert text == original(name)
    assert verdict(text) == verdict(original(name))


P = paragraph(run("x"))
TICKED = "<w:fldChar><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar>"
EMPTY = '<w:fldChar><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar>'
BOX = f"<w:txbxContent>{paragraph(run('in a box'))}</w:txbxContent>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(paragraph(run("L4 ") + run("tender")), "L4 tender", id="runs"),
        pytest.param(
            paragraph(run("a") + "<w:r><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r>"), "a\nb\tc", id="breaks"
        ),
        pytest.param(paragraph(run("L4\u00a0\u00ad6/10\u200b")), "L4 6/10", id="unseen characters"),
        pytest.param(paragraph(run("mid") + "<w:r><w:noBreakHyphen/></w:r>" + run("back")), "mid-back", id="hyphen"),
        pytest.param(
            paragraph(f"<w:del><w:r><w:delText>T4</w:delText></w:r></w:del><w:ins>{run('L4')}</w:ins>{run(' moved')}"),
            "L4 moved",
            id="tracked changes",
        ),
        pytest.param(paragraph(f"<w:del>{run('T4 ')}</w:del>{run('L4')}"), "L4", id="deleted run"),
        pytest.param(
            paragraph(f"<w:moveFrom>{run('T4')}</w:moveFrom><w:moveTo>{run('L4')}</w:moveTo>"), "L4", id="moved"
        ),
        pytest.param(paragraph(run("T4 ", "<w:vanish/>") + run("L4", '<w:vanish w:val="0"/>')), "L4", id="hidden"),
        pytest.param(paragraph(run("T4 ", "<w:strike/>") + run("L4")), "L4", id="struck"),
        pytest.param(paragraph("<w:r><w:instrText>PAGE</w:instrText></w:r>" + run("L4")), "L4", id="field code"),
        pytest.param(f"<w:sdt><w:sdtContent>{paragraph(run('L4'))}</w:sdtContent></w:sdt>", "L4", id="content control"),
        pytest.param(
            paragraph(f"<w:sdt><w:sdtContent>{run('L4')}</w:sdtContent></w:sdt>"), "L4", id="control in a line"
        ),
        pytest.param(
            P
            + paragraph(
                f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('T4')}</w:sdtContent></w:sdt>"
            ),
            "x",
            id="prompt",
        ),
        pytest.param(
            paragraph(f"<w:r>{TICKED}</w:r>{run('L4')}") + paragraph(f"<w:r>{EMPTY}</w:r>{run('T4')}"),
            "[x] L4\n[ ] T4",
            id="boxes to tick",
        ),
        pytest.param(
            paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run(" L4")), "☑ L4", id="symbol"
        ),
        pytest.param(
            paragraph(
                f"{run('L4')}<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{BOX}</wps:txbx></mc:Choice>"
                f"<mc:Fallback><v:textbox>{BOX}</v:textbox></mc:Fallback></mc:AlternateContent></w:r>"
            ),
            "L4\nin a box",
            id="text box, once",
        ),
        pytest.param(
            paragraph(run("L4"), '<w:numPr><w:numId w:val="1"/></w:numPr>')
            + paragraph(run("T4"), '<w:numPr><w:numId w:val="0"/></w:numPr>'),
            "- L4\nT4",
            id="items",
        ),
        pytest.param(
            paragraph(run("Plan"), '<w:pStyle w:val="Heading1"/><w:numPr><w:numId w:val="1"/></w:numPr>'),
            "Plan",
            id="numbered heading",
        ),
        pytest.param(
            table([paragraph(run("L4")), "<w:p/>", paragraph(run("tender"))]), "L4 |  | tender", id="empty cell"
        ),
        pytest.param(table([P + P, paragraph(run("y"))]), "x x | y", id="two lines in a cell"),
        pytest.param(table([paragraph(run("O:")), P * 5]), "O:\n" + "x\n" * 4 + "x", id="a table for layout"),
        pytest.param(table([table([P, paragraph(run("y"))]), paragraph(run("z"))]), "x | y\nz", id="nested table"),
        pytest.param(
            P + "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>T4</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            "x",
            id="deleted row",
        ),
    ],
)
def test_what_the_page_shows(tmp_path: Path, body: str, text: str) -> None:
    assert text_of(read_docx, saved(tmp_path, document(body))) == f"{text}\n"


def with_margins(section: str) -> bytes:
    """A document with a header and a footer, whose section holds ``section``."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old:
        relations = old.read("word/_rels/document.xml.rels").decode()
        types = old.read("[Content_Types].xml").decode()
    kinds = ("header", "footer")
    links = "".join(f'<Relationship Id="m{k}" Type="{RELATION}/{k}" Target="{k}9.xml"/>' for k in kinds)
    overrides = "".join(f'<Override PartName="/word/{k}9.xml" ContentType="{HEADER}.{k}+xml"/>' for k in kinds)
    body = f"{paragraph(run('Adjusted L4'))}<w:sectPr>{section}</w:sectPr>"
    return packed(
        {
            "word/_rels/document.xml.rels": relations.replace("</Relationships>", f"{links}</Relationships>").encode(),
            "[Content_Types].xml": types.replace("</Types>", f"{overrides}</Types>").encode(),
            "word/header9.xml": f"<w:hdr {NAMES}>{paragraph(run('Jane Roe 03/12/2026'))}</w:hdr>".encode(),
            "word/footer9.xml": f"<w:ftr {NAMES}>{paragraph(run('Signed: A. Doe, DC'))}</w:ftr>".encode(),
        },
        document(body),
    )


@pytest.mark.parametrize(
    ("kind", "more", "text"),
    [
        ("default", "", "Jane Roe 03/12/2026\nAdjusted L4\nSigned: A. Doe, DC\n"),
        ("first", "<w:titlePg/>", "Jane Roe 03/12/2026\nAdjusted L4\nSigned: A. Doe, DC\n"),
        ("first", "", "Adjusted L4\n"),
    ],
)
def test_headers_and_footers(tmp_path: Path, kind: str, more: str, text: str) -> None:
    section = f'<w:headerReference w:type="{kind}" r:id="mheader"/><w:footerReference w:type="{kind}" r:id="mfooter"/>'
    assert text_of(read_docx, saved(tmp_path, with_margins(section + more))) == text


def nested(depth: int) -> str:
    body = P
    for _ in range(depth):
        body = table([body])
    return body


def test_nested_tables_are_bounded(tmp_path: Path) -> None:
    assert text_of(read_docx, saved(tmp_path, document(nested(8)))) == "x\n"
    assert "nested more than 8 deep" in reason_of(read_docx, saved(tmp_path, document(nested(9))))
    assert "nested more than 8 deep" in reason_of(read_docx, saved(tmp_path, document(nested(60))))


LAUGHS = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
ENTITY = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hostname">{LAUGHS}]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "[Content_Types].xml", "word/new.rels"])
def test_entities_are_refused(tmp_path: Path, name: str, encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{ENTITY}<w:document {NAMES}><w:body>&x;&j;</w:body></w:document>'
    data = packed({name: xml.encode(encoding)})
    assert "declares a document type" in reason_of(read_docx, saved(tmp_path, data))


def test_entities_are_not_resolved_even_where_the_check_is_passed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text(SECRET)
    entity = ENTITY.replace("/etc/hostname", str(tmp_path / "secret"))
    monkeypatch.setattr(docx_archive, "_check_part", lambda _: None)
    for body in (
        paragraph(f"<w:r><w:t>L4 &x;&j;</w:t></w:r>{run('tender')}"),
        paragraph(run("L4"), '<w:x w:y="&j;"/>'),
    ):
        try:
            text = docx_text(document(body, before=entity))
        except UnreadableError:
            continue
        assert SECRET not in text
        assert len(text) < 100


def zipped(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def encrypted() -> bytes:
    data = bytearray(zipped(("word/document.xml", b"x")))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


MANY = zipped(*((f"word/{n}.bin", b"") for n in range(2_001)))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "the file is empty", id="empty"),
        pytest.param(GOOD[: len(GOOD) // 2], "broken or cut off", id="truncated"),
        pytest.param(GOOD[:-30], "broken or cut off", id="end missing"),
        pytest.param(b"%PDF-1.7", "but seems to be a PDF document", id="PDF"),
        pytest.param(b"S: low back pain", "this is no Word document", id="text"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "asks for a password; save it as .docx", id="old or encrypted"
        ),
        pytest.param(encrypted(), "asks for a password; save it without", id="encrypted entry"),
        pytest.param(zipped(("xl/workbook.xml", b"<x/>")), "this ZIP archive is no Word document", id="spreadsheet"),
        pytest.param(zipped(("word/document.xml", b"<x/>")), "broken or cut off", id="nothing else in it"),
        pytest.param(packed({"word/document.xml": b"<w:document"}), "broken or cut off", id="broken XML"),
        pytest.param(packed({"word/document.xml": b"<x/>"}), "broken or cut off", id="other XML"),
        pytest.param(document(""), "no text in the document", id="no text"),
        pytest.param(document(paragraph(run("L4 " * 70_000))), "more than 200,000 characters", id="long"),
        pytest.param(document(paragraph(run("    ") * 250_000)), "more than 200,000 characters", id="blanks"),
        pytest.param(document("<w:altChunk/>"), "holds another one inside", id="another document inside"),
        pytest.param(document("<w:sdt>" * 300 + "</w:sdt>" * 300), "broken or cut off", id="deep"),
        pytest.param(MANY, "more than 2,000 parts", id="many parts"),
        pytest.param(packed({"word/document.xml": b" " * 20_000_001}), "unpacks to far more", id="large part"),
        pytest.param(
            packed({f"word/media/{n}.png": bytes(45_000_000) for n in range(5)}), "unpacks to far more", id="zip bomb"
        ),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    assert len(data) < 2_000_000
    assert says in reason_of(read_docx, saved(tmp_path, data))


def test_a_bomb_is_refused_before_anything_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("it was unpacked"))
    assert "2,000" in reason_of(read_docx, saved(tmp_path, MANY))


def test_a_size_that_is_a_lie_does_not_help(tmp_path: Path) -> None:
    data = zipped(("word/document.xml", b" " * 30_000_000))
    lie = data.replace((30_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lie != data
    assert "broken or cut off" in reason_of(read_docx, saved(tmp_path, lie))


def test_a_document_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(UnreadableError, match="longer than 0 seconds"):
        docx_text(GOOD, seconds=0)


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    assert 'pip install ".[documents]"' in reason_of(read_docx, SAMPLES / "follow_up.docx")


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    check_any(read_docx, ".docx", data)
    check_any(read_docx, ".docx", b"PK\x03\x04" + data)


@settings(max_examples=100, deadline=None)
@given(place=st.integers(0, len(GOOD) - 1), bytes_=st.binary(min_size=1, max_size=12), cut=st.integers(0, 40))
def test_a_damaged_file(place: int, bytes_: bytes, cut: int) -> None:
    check_any(read_docx, ".docx", GOOD[:place] + bytes_ + GOOD[place + cut :])


TAGS = "p r t tbl tr tc sdt sdtContent del ins sym br txbxContent pPr numPr numId pStyle sectPr headerReference"


@settings(max_examples=150, deadline=None)
@given(
    tags=st.lists(st.sampled_from(TAGS.split()), max_size=12), name=st.sampled_from(["document", "styles", "settings"])
)
@example(tags=["sectPr", "headerReference"], name="document")
def test_any_elements(tags: list[str], name: str) -> None:
    inside = "".join(f"<w:{tag}>" for tag in tags) + SECRET + "".join(f"</w:{tag}>" for tag in reversed(tags))
    xml = f"<w:{name} {NAMES}><w:body>{inside}</w:body></w:{name}>"
    check_any(read_docx, ".docx", packed({f"word/{name}.xml": xml.encode()}))
