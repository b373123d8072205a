"""The file: what it keeps between openings, that it names nobody, many writers, and what is said of a broken one."""

import sqlite3
import subprocess
import sys
from datetime import date
from itertools import islice
from pathlib import Path
from zlib import crc32

import pytest

from auditor.facts import NotePrint
from auditor.near_duplicates import Match, SeenNote, SeenNotes, SeenNotesError
from auditor.near_duplicates.opening import open_index

DAY = date(2026, 3, 4)
WORDS = tuple(range(2, 82, 2))


def note(name: str, patient: str = "", words: tuple[int, ...] = WORDS, day: date | None = DAY) -> SeenNote:
    return SeenNote(name, "Ilse Vantongeren, DC", patient or f"patient of {name}", day, NotePrint(words, (4, 6, -9)))


def test_notes_stay_between_openings(tmp_path: Path) -> None:
    file = tmp_path / "seen.sqlite"
    with SeenNotes(file) as seen:
        seen.add(note("first"))
    with SeenNotes(file) as seen:
        assert len(seen) == 1
        assert seen.like(note("later")) == (Match("first", DAY, 0.0),)
        seen.add(note("second"))
    with SeenNotes(file) as seen:
        assert {match.encounter_id for match in seen.like(note("later"))} == {"first", "second"}
    assert [path.name for path in tmp_path.iterdir()] == ["seen.sqlite"]


def test_the_same_note_is_kept_once(tmp_path: Path) -> None:
    file = tmp_path / "seen.sqlite"
    for _ in range(2):
        with SeenNotes(file) as seen:
            seen.add(note("first"))
            seen.add_many([note("first"), note("second"), note("second")])
            seen.add(note("first", day=None))
            assert len(seen) == 2
            assert len(seen.like(note("later"))) == 2


@pytest.mark.parametrize(
    "other", [note("first", words=(*WORDS, -7)), note("first", patient="another"), note("other", "patient of first")]
)
def test_another_note_of_the_same_name_is_kept(other: SeenNote) -> None:
    with SeenNotes() as seen:
        seen.add_many([note("first"), other])
        assert len(seen) == 2


def test_more_notes_than_a_transaction_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.near_duplicates.index.AT_ONCE", 3)
    with SeenNotes() as seen:
        seen.add_many(note(f"e{place}") for place in range(10))
        assert len(seen) == 10
        assert len(seen.like(note("later"))) == 10


def test_what_fails_midway_leaves_whole_transactions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.near_duplicates.index.AT_ONCE", 3)

    def notes() -> object:
        yield from (note(f"e{place}") for place in range(4))
        raise RuntimeError

    with SeenNotes(tmp_path / "seen.sqlite") as seen:
        with pytest.raises(RuntimeError):
            seen.add_many(notes())  # type: ignore[arg-type]
        assert len(seen) == 3
        seen.add_many(note(f"e{place}") for place in range(4))
        assert len(seen) == 4


@pytest.mark.parametrize("name", ["", "é\udc80", "a\0b", "x" * 5000])
def test_any_encounter_id_comes_back(name: str) -> None:
    with SeenNotes() as seen:
        seen.add(note(name, patient="\udc80x"))
        assert [match.encounter_id for match in seen.like(note("later"))] == [name]


def test_the_file_names_nobody(tmp_path: Path) -> None:
    words = ["lumbago", "zzyzxword", "sciatica", "qqzebulon"]
    hashes = tuple(2 + (crc32(word.encode()) >> 2) * 2 for word in words)
    number = -123_456_789
    told = SeenNote("enc-0001", "Wilhelmina Quackenbush DC", "Zebulon-40417", DAY, NotePrint((*hashes, number, *WORDS)))
    with SeenNotes(tmp_path / "seen.sqlite") as seen:
        seen.add(told)
        seen.like(told)
        files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    files["closed"] = (tmp_path / "seen.sqlite").read_bytes()
    held = b"".join(files.values())
    assert b"enc-0001" in held, "what stands in the file is seen here"
    for secret in ("wilhelmina", "quackenbush", "zebulon", "40417", *words):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert secret.encode(encoding) not in held.lower()
    assert str(number).encode() not in held
    for size in (4, 8):
        assert number.to_bytes(size, "little", signed=True) not in held
        assert b"".join(word.to_bytes(size, "little") for word in hashes) not in held, "no two words in their order"


def test_two_files_hash_a_name_differently(tmp_path: Path) -> None:
    found = []
    for name in ("one.sqlite", "two.sqlite"):
        with SeenNotes(tmp_path / name) as seen:
            seen.add(note("first"))
        connection = sqlite3.connect(tmp_path / name)
        found.append(connection.execute("SELECT provider, patient FROM notes JOIN bands ON note = id").fetchone())
        connection.close()
    assert found[0][0] != found[1][0]
    assert found[0][1] != found[1][1]


WRITER = """
import sys
from pathlib import Path
from auditor.facts import NotePrint
from auditor.near_duplicates import SeenNote, SeenNotes
file, name = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
with SeenNotes(file) as seen:
    for place in range(150):
        # every third is the same note in both
        told = f"both {place}" if place % 3 == 0 else f"{name} {place}"
        words = tuple(range(2 + 100 * place, 82 + 100 * place, 2))
        seen.add(SeenNote(told, "Dr. Q", told, None, NotePrint(words)))
"""


def test_two_processes_add_to_one_file(tmp_path: Path) -> None:
    file = tmp_path / "seen.sqlite"
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(file), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("left", "right")
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
    for writer in writers:
        _, complaint = writer.communicate(timeout=120)
        assert (writer.returncode, complaint) == (0, "")
    with SeenNotes(file) as seen:
        assert len(seen) == 50 + 2 * 100
        words = tuple(range(102, 182, 2))
        found = seen.like(SeenNote("later", "Dr. Q", "later", None, NotePrint(words)))
        assert {match.encounter_id for match in found} == {"left 1", "right 1"}


def a_text_file(file: Path) -> None:
    file.write_text("Patient: Zebulon Quackenbush, neck pain 4/10\n" * 200, encoding="utf-8")


def another_database(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE notes (zebulon TEXT)")
    connection.commit()
    connection.close()


def another_version(file: Path) -> None:
    SeenNotes(file).close()
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version=99")
    connection.close()


def cut_off(file: Path) -> None:
    filled(file)
    file.write_bytes(file.read_bytes()[:6000])


def overwritten(file: Path) -> None:
    filled(file)
    data = bytearray(file.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    file.write_bytes(data)


def without_tables(file: Path) -> None:
    filled(file)
    connection = sqlite3.connect(file)
    connection.executescript("DROP TABLE notes; DROP TABLE bands")
    connection.close()


def other_words(file: Path) -> None:
    filled(file)
    connection = sqlite3.connect(file)
    connection.execute("UPDATE notes SET words = x'7a656275'")
    connection.commit()
    connection.close()


def filled(file: Path) -> None:
    with SeenNotes(file) as seen:
        seen.add_many(note(f"e{place}") for place in range(200))


def a_folder(file: Path) -> None:
    file.mkdir()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (a_text_file, "no index of seen notes"),
        (another_database, "no index of seen notes"),
        (another_version, "another version"),
        (cut_off, "damaged"),
        (overwritten, "damaged"),
        (without_tables, "damaged"),
        (other_words, "damaged"),
        (a_folder, "cannot be opened"),
    ],
)
def test_a_broken_file_is_named_in_one_sentence(tmp_path: Path, spoil: object, told: str) -> None:
    file = tmp_path / "seen.sqlite"
    spoil(file)  # type: ignore[operator]
    before = file.read_bytes() if file.is_file() else b""

    def use() -> None:
        with SeenNotes(file) as seen:
            seen.like(note("later"))
            seen.add(note("later"))

    with pytest.raises(SeenNotesError, match=told) as caught:
        use()
    message = str(caught.value)
    assert message.startswith(f"{file}: ")
    assert "\n" not in message
    assert "zeb" not in message.lower()
    assert "give another file name" in message
    if spoil in (a_text_file, another_database, another_version):
        assert file.read_bytes() == before, "nothing is written to a file that is none"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SeenNotesError, match="make the folder"):
        SeenNotes(tmp_path / "nowhere" / "seen.sqlite")


def test_a_locked_file_says_wait(tmp_path: Path) -> None:
    file = tmp_path / "seen.sqlite"
    with SeenNotes(file, wait=0.05) as seen:
        writing = open_index(file, 0.05)
        writing.execute("BEGIN IMMEDIATE")
        with pytest.raises(SeenNotesError, match="wait until it has finished"):
            seen.add(note("first"))
        assert seen.like(note("first")) == (), "who only looks need not wait"
        writing.execute("ROLLBACK")
        writing.close()
        seen.add(note("first"))
        assert len(seen) == 1


def test_a_new_file_that_is_locked_says_wait(tmp_path: Path) -> None:
    file = tmp_path / "seen.sqlite"
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(SeenNotesError, match="wait until it has finished"):
        SeenNotes(file, wait=0.05)
    other.close()


def test_a_closed_index_is_a_fault_of_the_program() -> None:
    seen = SeenNotes()
    seen.close()
    with pytest.raises(sqlite3.ProgrammingError):
        len(seen)


def test_prints_of_real_notes() -> None:
    """A note with name, date and values changed is found; the other notes of its writer are not."""
    import json

    from auditor.reading.prints import note_print

    lines = (Path(__file__).parents[2] / "corpora" / "cc.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["encounter"]["text"] for line in islice(lines, 10)]
    prints = [note_print(text) for text in texts]
    telling = [place for place, one in enumerate(prints) if sum(item > 0 for item in one.must) >= 18]
    assert telling
    with SeenNotes() as seen:
        seen.add_many(SeenNote(f"cc-{at}", "Dr. Q", f"p{at}", DAY, one) for at, one in enumerate(prints))
        for at in telling:
            assert seen.like(SeenNote(f"cc-{at}", "Dr. Q", f"p{at}", DAY, prints[at])) == ()
            changed = texts[at].replace("4/10", "5/10").replace("03/12/2026", "04/16/2026")
            found = seen.like(SeenNote("copy", "Dr. Q", "another", DAY, note_print(changed)))
            assert [match.encounter_id for match in found] == [f"cc-{at}"]
