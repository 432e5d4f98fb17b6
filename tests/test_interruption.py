"""Whatever stops a run, the evidence stays sound and the next run ends where an undisturbed one does."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.synthetic import latest_only, transactions, write_api_csv, write_api_json
from whosbehind import Workspace
from whosbehind.errors import ExitStatus, Fault
from whosbehind.intake import AddOptions

MOMENT = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
KILLS = 12
ADD = f"""
import datetime, pathlib, sys
from whosbehind import Workspace
from whosbehind.intake import AddOptions
print([added.status for added in Workspace(sys.argv[1]).add([pathlib.Path(sys.argv[2])], AddOptions(received_at={MOMENT!r}))])
"""
BUILD = "import sys, whosbehind; print(whosbehind.Workspace(sys.argv[1]).build().id)"


@dataclass(frozen=True)
class Undisturbed:
    """What files lead to when nothing comes between, and how long a process takes for it."""

    tables: Path
    large: Path
    evidence: dict[str, bytes]
    snapshot_id: str
    digests: dict[str, str]
    build_seconds: float


def start(script: str, workspace: Path, *arguments: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, str(workspace), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> str:
    output, errors = process.communicate()
    assert process.returncode == 0, errors
    return output.strip()


def kill_after(seconds: float, process: subprocess.Popen[str]) -> None:
    time.sleep(seconds)
    with process:
        process.kill()


def kill_once_it_writes(folder: Path, process: subprocess.Popen[str]) -> None:
    """End a process as soon as a file appears below a folder that was not there before."""
    before = set(folder.rglob("*.parquet"))
    with process:
        while process.poll() is None and set(folder.rglob("*.parquet")) <= before:
            time.sleep(0.01)
        process.kill()
    assert process.returncode == -signal.SIGKILL, "the run ended before it wrote anything"


def instants(seconds: float, number: int = KILLS) -> list[float]:
    """Moments spread over a run."""
    return [seconds * (place + 0.5) / number for place in range(number)]


def evidence_of(workspace: Workspace) -> dict[str, bytes]:
    """Every receipt with its text, every document with its size; a document's bytes are its name."""
    receipts = {path.name: path.read_bytes() for path in workspace.paths.receipts.glob("*")}
    return receipts | {path.name: str(path.stat().st_size).encode() for path in workspace.paths.blobs.glob("*/*")}


def add(workspace: Workspace, files: Path) -> None:
    for added in workspace.add([files], AddOptions(received_at=MOMENT)):
        assert added.problem is None


def assert_sound(workspace: Workspace) -> None:
    assert [finding for finding in workspace.verify() if finding.is_damage] == []


def assert_ends_alike(workspace: Workspace, undisturbed: Undisturbed) -> None:
    snapshot = workspace.build()
    assert (snapshot.id, dict(snapshot.digests)) == (undisturbed.snapshot_id, undisturbed.digests)
    assert list(workspace.verify()) == []


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    tables, large = tmp_path_factory.mktemp("tables"), tmp_path_factory.mktemp("large") / "large.bin"
    rows = list(transactions(3_000))
    write_api_csv(tables / "api.csv", rows)
    write_api_json(tables / "page.json", latest_only(rows[:200]))
    with large.open("wb") as stream:
        stream.writelines(os.urandom(1 << 20) for _ in range(32))
    workspace = Workspace.init(tmp_path_factory.mktemp("undisturbed") / "workspace")
    finish(start(ADD, workspace.paths.root, tables))
    started = time.perf_counter()
    snapshot_id = finish(start(BUILD, workspace.paths.root))
    seconds = time.perf_counter() - started
    snapshot = workspace.current()
    assert snapshot is not None
    assert snapshot.id == snapshot_id
    digests = dict(snapshot.digests)
    return Undisturbed(tables, large, evidence_of(workspace), snapshot_id, digests, seconds)


def test_an_add_that_is_killed_leaves_a_sound_store_and_the_next_completes_it(
    workspace: Workspace, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    started = time.perf_counter()
    finish(start(ADD, Workspace.init(tmp_path / "undisturbed").paths.root, undisturbed.large))
    for seconds in instants(time.perf_counter() - started):
        kill_after(seconds, start(ADD, workspace.paths.root, undisturbed.large))
        assert_sound(workspace)
    add(workspace, undisturbed.large)
    assert evidence_of(workspace) == evidence_of(Workspace(tmp_path / "undisturbed"))
    assert not any(workspace.paths.staging.iterdir())
    assert list(workspace.verify()) == []


def test_a_build_that_is_killed_again_and_again_ends_as_an_undisturbed_one(
    workspace: Workspace, undisturbed: Undisturbed
) -> None:
    add(workspace, undisturbed.tables)
    for seconds in instants(undisturbed.build_seconds, 6):
        kill_after(seconds, start(BUILD, workspace.paths.root))
        assert_sound(workspace)
    assert_ends_alike(workspace, undisturbed)
    assert not any(workspace.paths.spills.glob("*"))


def test_a_build_that_is_killed_once_is_completed_by_the_next(workspace: Workspace, undisturbed: Undisturbed) -> None:
    add(workspace, undisturbed.tables)
    kill_after(undisturbed.build_seconds * 0.8, start(BUILD, workspace.paths.root))
    assert_sound(workspace)
    assert_ends_alike(workspace, undisturbed)


def test_a_killed_build_leaves_the_snapshot_before_it_in_force(workspace: Workspace, undisturbed: Undisturbed) -> None:
    list(workspace.add_extract())
    before = workspace.build()
    add(workspace, undisturbed.tables)
    kill_once_it_writes(workspace.paths.lake, start(BUILD, workspace.paths.root))
    assert_sound(workspace)
    current = workspace.current()
    assert current is not None
    assert current.id == before.id


def test_two_builds_at_once_both_succeed_with_one_snapshot(workspace: Workspace, undisturbed: Undisturbed) -> None:
    add(workspace, undisturbed.tables)
    with start(BUILD, workspace.paths.root) as one, start(BUILD, workspace.paths.root) as other:
        assert [finish(one), finish(other)] == [undisturbed.snapshot_id] * 2
    assert_sound(workspace)


def test_two_adds_of_the_same_files_at_once_leave_one_receipt_each(workspace: Workspace, undisturbed: Undisturbed) -> None:
    root, tables = workspace.paths.root, undisturbed.tables
    with start(ADD, root, tables) as one, start(ADD, root, tables) as other:
        assert {finish(one), finish(other)} == {str(["added"] * 2), str(["already here"] * 2)}
    assert evidence_of(workspace) == undisturbed.evidence


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of eight megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("mounting a small disk needs the rights of root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(disk: Path, left: int) -> Path:
    """Use up the disk but for so many bytes."""
    ballast = disk / "ballast"
    room = os.statvfs(disk)
    with ballast.open("wb") as stream:
        stream.write(bytes(max(0, room.f_bavail * room.f_frsize - left)))
    return ballast


@pytest.mark.parametrize("left", [0, 2 << 20])
def test_an_add_on_a_full_disk_is_one_clear_fault_and_completes_with_room(
    small_disk: Path, undisturbed: Undisturbed, left: int
) -> None:
    workspace = Workspace.init(small_disk / "workspace")
    ballast = fill(small_disk, left)
    with pytest.raises(Fault, match="No space left on device") as caught:
        add(workspace, undisturbed.large)
    assert_is_one_line(caught.value)
    ballast.unlink()
    assert_sound(workspace)
    assert not any(workspace.paths.blobs.glob("*/*"))
    add(workspace, undisturbed.tables / "api.csv")
    assert list(workspace.verify()) == []


def test_a_build_on_a_full_disk_is_one_clear_fault_and_completes_with_room(small_disk: Path, tmp_path: Path) -> None:
    rows = list(transactions(300))
    write_api_csv(tmp_path / "api.csv", rows)
    undisturbed, workspace = Workspace.init(tmp_path / "undisturbed"), Workspace.init(small_disk / "workspace")
    add(undisturbed, tmp_path / "api.csv")
    add(workspace, tmp_path / "api.csv")
    expected = undisturbed.build()
    for left in (0, 20 << 10, 64 << 10):
        ballast = fill(small_disk, left)
        with pytest.raises(Fault) as caught:
            workspace.build()
        assert_is_one_line(caught.value)
        assert "space" in caught.value.what
        ballast.unlink()
        assert_sound(workspace)
    snapshot = workspace.build()
    assert (snapshot.id, dict(snapshot.digests)) == (expected.id, dict(expected.digests))


def assert_is_one_line(fault: Fault) -> None:
    assert fault.exit_status is ExitStatus.FAULT
    assert "\n" not in fault.line()
    assert fault.next
