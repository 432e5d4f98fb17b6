"""Archives: what they hold becomes documents; what could harm is refused whole."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tempfile
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import effort
from tests.stages import only_stages
from tests.synthetic import transactions, write_api_csv
from whosbehind import Workspace
from whosbehind.errors import Mistake
from whosbehind.evidence import ArchiveLimits, open_members
from whosbehind.intake import Added


@pytest.fixture
def rows(tmp_path: Path) -> bytes:
    path = tmp_path / "rows.csv"
    write_api_csv(path, transactions(5))
    return path.read_bytes()


def add(workspace: Workspace, data: bytes, name: str = "archive.zip") -> list[Added]:
    return list(workspace.add_stream(io.BytesIO(data), name))


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data, compress_type=method)
    return target.getvalue()


def raw_zip(name: bytes, data: bytes, *, packed: bytes | None = None, size: int | None = None, flags: int = 0) -> bytes:
    """A zip of one stored or deflated member whose headers say what they are told to say."""
    body = data if packed is None else packed
    method = 0 if packed is None else 8
    shared = struct.pack(
        "<HHHHHLLLHH", 20, flags, method, 0, 33, zlib.crc32(data), len(body), len(data) if size is None else size, len(name), 0
    )
    local = b"PK\x03\x04" + shared + name + body
    listed = b"PK\x01\x02" + struct.pack("<H", 20) + shared + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + name
    return local + listed + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(listed), len(local), 0)


def assert_refused(workspace: Workspace, data: bytes, reason: str, name: str = "archive.zip") -> None:
    """The archive itself is kept, its result says why nothing was taken from it, and nothing else happened."""
    (added,) = add(workspace, data, name)
    assert reason in (added.problem or "")
    assert added.status == "not read"
    assert [receipt.document_id for receipt in workspace.receipts()] == [added.document_id]
    assert [path.name for path in workspace.paths.blobs.glob("*/*")] == [added.document_id]
    assert list(workspace.verify()) == []
    assert not any(workspace.paths.staging.iterdir())


def test_the_members_of_a_zip_become_documents_and_the_zip_is_kept(workspace: Workspace, rows: bytes) -> None:
    archive = zipped(("folder/", b""), ("folder/a.csv", rows), ("readme.txt", b"read me"))
    added = add(workspace, archive)
    assert [(each.file_name, each.status) for each in added] == [("a.csv", "added"), ("readme.txt", "added")]
    assert added[0].source is not None
    receipts = {receipt.file_name: receipt for receipt in workspace.receipts()}
    assert set(receipts) == {"a.csv", "readme.txt", "archive.zip"}
    assert receipts["a.csv"].archive_id == receipts["archive.zip"].document_id
    assert workspace.paths.blob(receipts["archive.zip"].document_id).read_bytes() == archive
    assert workspace.paths.blob(receipts["a.csv"].document_id).read_bytes() == rows


def test_a_gz_holds_one_document_named_without_its_ending(workspace: Workspace, rows: bytes) -> None:
    (added,) = add(workspace, gzip.compress(rows), "fy2024.csv.gz")
    assert (added.file_name, added.problem) == ("fy2024.csv", None)
    assert workspace.paths.blob(added.document_id).read_bytes() == rows


def test_rows_from_an_archive_count_as_those_of_a_file(workspace: Workspace, rows: bytes) -> None:
    add(workspace, zipped(("a.csv", rows)))
    with only_stages("read", "settle"):
        workspace.build()
    assert len(workspace.table("transactions")) == 5


def test_an_archive_of_a_known_file_adds_no_second_document(workspace: Workspace, rows: bytes) -> None:
    add(workspace, rows, "a.csv")
    (again,) = add(workspace, zipped(("b.csv", rows)))
    assert again.status == "already here"


def test_an_archive_from_a_stream_says_so(workspace: Workspace, rows: bytes) -> None:
    add(workspace, zipped(("a.csv", rows)))
    assert {receipt.file_name: receipt.came_by for receipt in workspace.receipts()} == {
        "a.csv": "archive",
        "archive.zip": "stream",
    }


def test_an_empty_zip_is_kept(workspace: Workspace) -> None:
    assert add(workspace, zipped()) == []
    assert len(workspace.receipts()) == 1


def test_an_office_document_is_kept_whole(workspace: Workspace) -> None:
    book = zipped(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>"))
    (added,) = add(workspace, book, "book.xlsx")
    assert (added.file_name, added.problem, len(workspace.receipts())) == ("book.xlsx", None, 1)


@pytest.mark.parametrize(
    "name", ["../a.csv", "a/../../b.csv", "/etc/a.csv", "C:/a.csv", "C:\\a.csv", "..\\a.csv", "\\a.csv", ".", ""]
)
def test_a_path_that_leads_outside_is_refused(workspace: Workspace, tmp_path: Path, name: str) -> None:
    before = sorted(tmp_path.rglob("*.csv"))
    assert_refused(workspace, raw_zip(name.encode(), b"x"), "a path that leads outside")
    assert sorted(tmp_path.rglob("*.csv")) == before


def test_one_bad_path_refuses_the_good_files_beside_it(workspace: Workspace, rows: bytes) -> None:
    assert_refused(workspace, zipped(("a.csv", rows), ("../b.csv", rows)), "'../b.csv'")


def test_a_link_is_refused(workspace: Workspace) -> None:
    link = zipfile.ZipInfo("passwords")
    link.external_attr = 0o120777 << 16
    assert_refused(workspace, zipped((link, b"/etc/passwd")), "it holds a link: 'passwords'")


def test_an_encrypted_member_is_refused(workspace: Workspace) -> None:
    assert_refused(workspace, raw_zip(b"secret.csv", b"x" * 40, flags=1), "it is encrypted: 'secret.csv'")


def test_a_bomb_is_refused_by_what_it_claims(workspace: Workspace) -> None:
    assert_refused(workspace, zipped(("zeros.csv", bytes(64 << 20))), "more than 250 times its size")


def test_many_members_that_share_their_bytes_are_a_bomb(workspace: Workspace) -> None:
    """Each member alone keeps the limits; together they claim more than the archive can hold."""
    data = bytes(6 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    shared = struct.pack("<HHHHHLLLHH", 20, 0, 8, 0, 33, zlib.crc32(data), len(packed), len(data), 1, 0)
    local = b"PK\x03\x04" + shared + b"a" + packed
    listed = (b"PK\x01\x02" + struct.pack("<H", 20) + shared + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + b"a") * 400
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 400, 400, len(listed), len(local), 0)
    assert_refused(workspace, local + listed + end, "more than 250 times its size")


def test_a_gz_bomb_is_refused_while_it_unpacks(workspace: Workspace) -> None:
    bomb = gzip.compress(bytes(64 << 20))
    assert_refused(workspace, bomb, "it unpacks to more than 16,777,216 bytes", "zeros.csv.gz")


def test_a_header_that_lies_about_its_size_is_refused(workspace: Workspace) -> None:
    data = bytes(64 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    assert_refused(workspace, raw_zip(b"small.csv", data, packed=packed, size=100), "the archive is damaged")


def test_too_many_members_are_refused(workspace: Workspace) -> None:
    archive = zipped(*((f"{number}.txt", b"x") for number in range(10_001)), method=zipfile.ZIP_STORED)
    assert_refused(workspace, archive, "it holds 10,001 files; the limit is 10,000")


def test_an_archive_inside_an_archive_is_kept_and_not_opened(workspace: Workspace, rows: bytes) -> None:
    inner, beside = add(workspace, zipped(("inner.zip", zipped(("a.csv", rows))), ("b.txt", b"b")))
    assert "an archive inside an archive" in (inner.problem or "")
    assert beside.problem is None
    assert {receipt.file_name for receipt in workspace.receipts()} == {"inner.zip", "b.txt", "archive.zip"}
    assert list(workspace.verify()) == []


@pytest.mark.parametrize("kept", [10, 60, 200, -1, -30])
def test_a_truncated_zip_is_refused(workspace: Workspace, rows: bytes, kept: int) -> None:
    assert_refused(workspace, zipped(("a.csv", rows))[:kept], "the archive is damaged")


@pytest.mark.parametrize("kept", [10, 60, 200, -1, -9])
def test_a_truncated_gz_is_refused(workspace: Workspace, rows: bytes, kept: int) -> None:
    assert_refused(workspace, gzip.compress(rows)[:kept], "the archive is damaged", "a.csv.gz")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_with_a_changed_byte_is_refused(workspace: Workspace, rows: bytes, method: int) -> None:
    archive = bytearray(zipped(("a.csv", rows), method=method))
    archive[100] ^= 0xFF
    assert_refused(workspace, bytes(archive), "the archive is damaged")


def test_a_gz_with_a_wrong_checksum_is_refused(workspace: Workspace, rows: bytes) -> None:
    archive = bytearray(gzip.compress(rows))
    archive[-6] ^= 1
    assert_refused(workspace, bytes(archive), "the archive is damaged", "a.csv.gz")


def test_a_damaged_member_leaves_the_sound_one_before_it(workspace: Workspace, rows: bytes) -> None:
    archive = bytearray(zipped(("a.csv", rows), ("b.csv", b"spoilt" * 9), method=zipfile.ZIP_STORED))
    archive[archive.index(b"spoilt")] ^= 1
    sound, damaged = add(workspace, bytes(archive))
    assert (sound.file_name, sound.problem) == ("a.csv", None)
    assert damaged.file_name == "archive.zip"
    assert "the archive is damaged" in (damaged.problem or "")
    assert list(workspace.verify()) == []


@pytest.mark.parametrize("pack", [bz2.compress, lzma.compress])
def test_an_archive_of_another_kind_is_kept_unread(workspace: Workspace, rows: bytes, pack: object) -> None:
    assert callable(pack)
    (added,) = add(workspace, pack(rows), "a.csv.other")
    assert (added.source, added.problem) == (None, None)


def test_limits_can_be_set_tighter() -> None:
    archive = zipped(("a.txt", b"a"), ("b.txt", b"b"))
    with pytest.raises(Mistake, match="it holds 2 files; the limit is 1"):
        list(open_members(io.BytesIO(archive), "zip", "a.zip", len(archive), ArchiveLimits(members=1)))


SOUND = {
    "zip": zipped(("a.csv", b"one,two\n1,2\n" * 20), ("folder/b.txt", b"text")),
    "gz": gzip.compress(b"one,two\n1,2\n" * 20),
}


@settings(max_examples=effort(40, 400))
@given(st.sampled_from(sorted(SOUND)), st.data())
def test_whatever_happened_to_an_archive_is_told_in_one_line(kind: str, data: st.DataObject) -> None:
    archive = bytearray(SOUND[kind])
    for place in data.draw(st.lists(st.integers(4, len(archive) - 1), min_size=1, max_size=4)):
        archive[place] = data.draw(st.integers(0, 255))
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.init(Path(folder) / "workspace")
        for added in add(workspace, bytes(archive), f"archive.{kind}"):
            assert "\n" not in (added.problem or "")
        assert not [finding for finding in workspace.verify() if finding.is_damage]
