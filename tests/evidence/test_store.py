"""Bytes go in once and come out as they were; whatever happens to them afterwards is named."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import tempfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import effort
from tests.stages import only_stages
from tests.synthetic import transactions, write_api_csv
from whosbehind import Workspace
from whosbehind.errors import Fault, Mistake
from whosbehind.evidence import EvidenceStore
from whosbehind.intake import Added, AddOptions
from whosbehind.paths import Paths
from whosbehind.records import Receipt, Scope
from whosbehind.values import canonical_json, digest

MARCH = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
APRIL = dt.datetime(2026, 4, 2, tzinfo=dt.UTC)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "fy2024.csv"
    write_api_csv(path, transactions(5))
    return path


def add(workspace: Workspace, path: Path, options: AddOptions | None = None) -> Added:
    (added,) = workspace.add([path], options)
    return added


def blob_of(workspace: Workspace, added: Added) -> Path:
    return workspace.paths.blob(added.document_id)


def damage(workspace: Workspace) -> list[Path]:
    return [finding.path for finding in workspace.verify() if finding.is_damage]


def overwrite(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)


@given(st.binary(max_size=4096))
def test_bytes_come_out_of_the_store_as_they_went_in(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = EvidenceStore(Paths(Path(folder)))
        kept = store.keep(io.BytesIO(data))
        assert kept.document_id == hashlib.sha256(data).hexdigest()
        assert kept.size_bytes == len(data)
        with store.open(kept.document_id) as stream:
            assert stream.read() == data


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_text_that_no_mark_names_is_told_to_be_utf_8(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        kept = EvidenceStore(Paths(Path(folder))).keep(io.BytesIO(text.encode()))
        assert kept.text.encoding == "utf-8"


def test_a_character_cut_by_the_end_of_a_chunk_is_still_utf_8(tmp_path: Path) -> None:
    data = b"x" * ((1 << 20) - 1) + "é".encode()
    assert EvidenceStore(Paths(tmp_path)).keep(io.BytesIO(data)).text.encoding == "utf-8"


class Drops(io.BytesIO):
    """Bytes that come a few at a time, as from a slow pipe."""

    def __init__(self, data: bytes, at_once: int) -> None:
        super().__init__(data)
        self.at_once = at_once

    def read(self, size: int | None = -1) -> bytes:
        return super().read(self.at_once if size is None or size < 0 else min(size, self.at_once))


def trimmed_by_the_engine() -> frozenset[str]:
    every = "range(128, 1114112) WHERE range NOT BETWEEN 55296 AND 57343"
    found = duckdb.sql(f"SELECT range FROM {every} AND trim(chr(range::INTEGER)) = ''").fetchall()
    return frozenset(chr(code) for (code,) in found)


ODD_BLANKS = trimmed_by_the_engine()


@given(
    st.lists(st.sampled_from([*'a, \r\n\t"éÂ“€\u200b\u180e日🙂', *sorted(ODD_BLANKS)]) | st.characters(codec="utf-8")),
    st.integers(1, 5),
)
def test_what_is_told_of_a_text_is_the_same_however_its_bytes_come(letters: list[str], at_once: int) -> None:
    text = "".join(letters).replace("\0", "")
    with tempfile.TemporaryDirectory() as folder:
        store = EvidenceStore(Paths(Path(folder)))
        kept = store.keep(Drops(text.encode(), at_once))
        assert kept.text == store.keep(io.BytesIO(text.encode())).text
        assert kept.text.may_have_odd_blanks is not ODD_BLANKS.isdisjoint(text)


def test_of_text_in_another_encoding_it_is_not_said_that_it_has_no_odd_blanks(tmp_path: Path) -> None:
    for encoding in ("cp1252", "utf-16"):
        assert EvidenceStore(Paths(tmp_path)).keep(io.BytesIO("CAFÉ, \xa0".encode(encoding))).text.may_have_odd_blanks


def test_a_receipt_from_before_odd_blanks_were_looked_for_says_that_there_may_be_some(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    store = EvidenceStore(paths)
    kept = store.keep(io.BytesIO(b"a,b\n"))
    store.write_receipt(Receipt(kept.document_id, "a.csv", MARCH, "file", kept.size_bytes, kept.text))
    place = paths.receipt(kept.document_id, 1)
    entry = json.loads(place.read_bytes())
    del entry["seal"], entry["text"]["may_have_odd_blanks"]
    sealed = {**entry, "seal": digest(canonical_json(entry))}
    overwrite(place, json.dumps(sealed, indent=1, sort_keys=True, ensure_ascii=False).encode())
    (receipt,) = store.receipts()
    assert not kept.text.may_have_odd_blanks
    assert receipt.text.may_have_odd_blanks
    assert not list(store.verify())


def test_the_same_file_twice_is_one_document(workspace: Workspace, table: Path) -> None:
    first, second = add(workspace, table), add(workspace, table)
    assert (first.status, second.status) == ("added", "already here")
    assert first.document_id == second.document_id
    assert len(workspace.receipts()) == 1
    assert len(list(workspace.paths.receipts.iterdir())) == 1


def test_the_same_bytes_under_two_names_are_one_document_under_the_first(workspace: Workspace, table: Path) -> None:
    add(workspace, table)
    add(workspace, table.rename(table.with_name("copy.csv")))
    assert [receipt.file_name for receipt in workspace.receipts()] == ["fy2024.csv"]


def test_kept_bytes_may_not_be_written_to(workspace: Workspace, table: Path) -> None:
    assert blob_of(workspace, add(workspace, table)).stat().st_mode & 0o222 == 0


def test_a_folder_is_added_file_by_file_without_hidden_ones(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "feed"
    for name, text in {"b.txt": "b", "a.txt": "a", "deep/c.txt": "c", ".hidden": "h", ".git/d.txt": "d"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    assert [added.file_name for added in workspace.add([folder])] == ["a.txt", "b.txt", "c.txt"]


def test_a_stream_is_kept_under_the_name_it_is_given(workspace: Workspace, table: Path) -> None:
    (added,) = workspace.add_stream(io.BytesIO(table.read_bytes()), "from-a-pipe.csv")
    assert added.source is not None
    (receipt,) = workspace.receipts()
    assert (receipt.file_name, receipt.came_by) == ("from-a-pipe.csv", "stream")
    assert blob_of(workspace, added).read_bytes() == table.read_bytes()


def test_a_file_that_is_not_there_is_a_mistake(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Mistake, match=r"absent\.csv: there is no such file"):
        add(workspace, tmp_path / "absent.csv")


def test_a_link_that_leads_to_itself_is_a_mistake(workspace: Workspace, tmp_path: Path) -> None:
    loop = tmp_path / "loop.csv"
    loop.symlink_to(loop)
    with pytest.raises(Mistake, match=r"loop\.csv: the file cannot be opened"):
        add(workspace, loop)


def test_a_file_name_that_is_no_text_is_kept_as_text(workspace: Workspace, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(path)).write_text("x")
    assert add(workspace, Path(os.fsdecode(path))).file_name == "caf\ufffd.txt"
    assert not list(workspace.verify())


def test_a_day_of_receipt_in_the_future_is_refused(workspace: Workspace, table: Path) -> None:
    tomorrow = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    with pytest.raises(Mistake, match="lies in the future"):
        add(workspace, table, AddOptions(received_at=tomorrow))
    assert workspace.receipts() == []


def test_adding_again_with_a_scope_leaves_a_second_receipt_and_the_first_day(workspace: Workspace, table: Path) -> None:
    scope = Scope(("7012",), dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    add(workspace, table, AddOptions(received_at=MARCH))
    add(workspace, table, AddOptions(received_at=APRIL, scope=scope))
    (receipt,) = workspace.receipts()
    assert (receipt.received_at, receipt.scope) == (MARCH, scope)
    assert len(list(workspace.paths.receipts.iterdir())) == 2


def test_adding_again_without_a_word_leaves_the_scope_in_force(workspace: Workspace, table: Path) -> None:
    scope = Scope(("7012",), dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    add(workspace, table, AddOptions(received_at=MARCH, scope=scope))
    add(workspace, table, AddOptions(received_at=APRIL))
    assert [receipt.scope for receipt in workspace.receipts()] == [scope]


def test_adding_again_with_a_column_to_ignore_mends_what_was_not_read(workspace: Workspace, table: Path) -> None:
    header, *rows = table.read_text().splitlines()
    table.write_text("\n".join([header + ",Surprise", *(row + ",x" for row in rows)]) + "\n")
    before = add(workspace, table, AddOptions(received_at=MARCH))
    after = add(workspace, table, AddOptions(received_at=APRIL, ignored_columns=("Surprise",)))
    assert before.problem is not None
    assert after.problem is None
    (receipt,) = workspace.receipts()
    assert (receipt.received_at, receipt.problem, receipt.ignored_columns) == (MARCH, None, ("Surprise",))


def test_adding_again_with_a_source_is_heard_where_none_was_recognised(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("a,b\n1,2\n")
    assert add(workspace, path).problem is None
    add(workspace, path, AddOptions(source_id="usaspending_subawards"))
    (receipt,) = workspace.receipts()
    assert receipt.source_id == "usaspending_subawards"
    assert receipt.problem == "its layout is not that of usaspending_subawards"


def test_an_undisturbed_store_is_sound(workspace: Workspace, table: Path) -> None:
    add(workspace, table)
    assert list(workspace.verify()) == []


@settings(max_examples=effort(15, 200))
@given(st.data())
def test_any_changed_byte_of_a_document_is_named(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = EvidenceStore(Paths(Path(folder)))
        original = data.draw(st.binary(min_size=1, max_size=200))
        place = Paths(Path(folder)).blob(store.keep(io.BytesIO(original)).document_id)
        overwrite(place, flipped(original, data))
        assert place in [finding.path for finding in store.verify() if finding.is_damage]


@settings(max_examples=effort(25, 400))
@given(st.data())
def test_any_changed_byte_of_a_receipt_is_named(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder))
        store = EvidenceStore(paths)
        kept = store.keep(io.BytesIO(b"some bytes"))
        store.write_receipt(Receipt(kept.document_id, "a.csv", MARCH, "file", kept.size_bytes))
        place = paths.receipt(kept.document_id, 1)
        overwrite(place, flipped(place.read_bytes(), data))
        assert [finding.path for finding in store.verify() if finding.is_damage] == [place]


def flipped(original: bytes, data: st.DataObject) -> bytes:
    place = data.draw(st.integers(0, len(original) - 1))
    change = data.draw(st.integers(1, 255))
    return original[:place] + bytes([original[place] ^ change]) + original[place + 1 :]


def test_a_truncated_document_is_named(workspace: Workspace, table: Path) -> None:
    place = blob_of(workspace, add(workspace, table))
    overwrite(place, place.read_bytes()[:-1])
    assert damage(workspace) == [place]


def test_a_missing_document_is_named_and_adding_it_again_mends_it(workspace: Workspace, table: Path) -> None:
    place = blob_of(workspace, add(workspace, table))
    place.unlink()
    assert damage(workspace) == [place]
    add(workspace, table)
    assert damage(workspace) == []


def test_a_receipt_under_another_documents_name_is_named(workspace: Workspace, table: Path) -> None:
    added = add(workspace, table)
    moved = workspace.paths.receipt("0" * 64, 1)
    workspace.paths.receipt(added.document_id, 1).rename(moved)
    assert damage(workspace) == [moved]


def test_a_damaged_receipt_stops_the_build_with_one_line(workspace: Workspace, table: Path) -> None:
    place = workspace.paths.receipt(add(workspace, table).document_id, 1)
    overwrite(place, place.read_bytes()[:-9])
    with pytest.raises(Mistake, match="the receipt is damaged"):
        workspace.build()


def test_a_document_without_a_receipt_is_a_note_and_adding_it_again_completes_it(workspace: Workspace, table: Path) -> None:
    added = add(workspace, table)
    workspace.paths.receipt(added.document_id, 1).unlink()
    (note,) = workspace.verify()
    assert (note.path, note.is_damage) == (blob_of(workspace, added), False)
    assert add(workspace, table).is_new
    assert list(workspace.verify()) == []


def test_a_removed_receipt_is_noted_and_never_written_over(workspace: Workspace, table: Path) -> None:
    added = add(workspace, table, AddOptions(received_at=MARCH))
    add(workspace, table, AddOptions(received_at=APRIL, ignored_columns=("Award ID",)))
    workspace.paths.receipt(added.document_id, 1).unlink()
    (note,) = workspace.verify()
    assert (note.path.name, note.is_damage) == (f"{added.document_id}.1.json", False)
    second = workspace.paths.receipt(added.document_id, 2).read_bytes()
    add(workspace, table, AddOptions(ignored_columns=("NAICS Description",)))
    assert workspace.paths.receipt(added.document_id, 2).read_bytes() == second
    assert workspace.paths.receipt(added.document_id, 3).exists()


def test_a_changed_or_missing_table_of_the_lake_is_named(workspace: Workspace, table: Path) -> None:
    add(workspace, table)
    with only_stages("read", "settle", "account"):
        snapshot = workspace.build()
    changed, missing = (workspace.paths.files(snapshot, name)[0] for name in ("transactions", "documents"))
    overwrite(changed, flipped_at(changed.read_bytes(), 100))
    missing.unlink()
    assert sorted(damage(workspace)) == sorted([changed, missing])


def flipped_at(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def test_a_file_where_the_evidence_should_be_is_one_clear_fault(workspace: Workspace, table: Path) -> None:
    workspace.paths.blobs.parent.write_text("in the way")
    with pytest.raises(Fault, match="the disk cannot be used"):
        add(workspace, table)


def test_a_folder_that_holds_the_workspace_gives_only_what_lies_beside_it(workspace: Workspace) -> None:
    (workspace.paths.root.parent / "beside.txt").write_text("evidence", "utf-8")
    added = list(workspace.add([workspace.paths.root.parent]))
    assert [each.file_name for each in added] == ["beside.txt"]
