"""Whatever stops a run, the evidence stays sound and the next run ends where an undisturbed one does."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from tests.effort import effort
from tests.synthetic import latest_only, transactions, write_api_csv, write_api_json
from whosbehind import Workspace
from whosbehind.errors import ExitStatus, Fault
from whosbehind.intake import AddOptions

MOMENT = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
NEVER = 0
# Each run is a process of its own, forked from one that has done nothing but import this module.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__, "ibis.backends.duckdb"])


@dataclass(frozen=True)
class Undisturbed:
    """What files lead to when nothing comes between, and how often a run touches the workspace on the way."""

    tables: Path
    large: Path
    evidence: dict[str, bytes]
    snapshot_id: str
    digests: dict[str, str]
    touches: int


def add(root: Path, files: Path) -> list[str]:
    found = list(Workspace(root).add([files], AddOptions(received_at=MOMENT)))
    assert [added.problem for added in found] == [None] * len(found)
    return [added.status for added in found]


def add_stream(root: Path, file: Path) -> None:
    with file.open("rb") as stream:
        list(Workspace(root).add_stream(stream, "large.bin"))


def build(root: Path) -> str:
    return Workspace(root).build().id


class Run:
    """A task in a process of its own, which ends itself, as the power would, when a given touch of the workspace is due.

    To touch is to open, rename or remove a file of it. So a test says where a run is killed, however fast the machine is.
    """

    def __init__(self, task: Callable[..., object], root: Path, *arguments: Path, touch: int = NEVER) -> None:
        self._told, telling = PROCESSES.Pipe(duplex=False)
        self.process = PROCESSES.Process(target=_run, args=(telling, touch, task, root, *arguments))
        self.process.start()
        telling.close()

    def result(self) -> Any:
        """What the task gave, once it is done."""
        return self._end()[0]

    def touches(self) -> int:
        """How often it touched the workspace, once it is done."""
        return int(self._end()[1])

    def assert_killed(self) -> None:
        self.process.join()
        assert self.process.exitcode == -signal.SIGKILL

    def _end(self) -> Any:
        told = self._told.recv()
        self.process.join()
        assert self.process.exitcode == 0
        return told


def _run(telling: Connection, touch: int, task: Callable[..., object], root: Path, *arguments: Path) -> None:
    touched = 0

    def watch(event: str, details: tuple[object, ...]) -> None:
        nonlocal touched
        if event in {"open", "os.rename", "os.remove", "os.mkdir"} and str(details[0]).startswith(str(root)):
            touched += 1
            if touched == touch:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    telling.send((task(root, *arguments), touched))


def spread(touches: int, kills: int) -> list[int]:
    """Places spread over a run, the last first: a later run has less left to do, and must be killed earlier to be killed."""
    return [max(1, round(touches * (place + 0.5) / kills)) for place in reversed(range(kills))]


def evidence_of(workspace: Workspace) -> dict[str, bytes]:
    """Every receipt with its text, every document with its size; a document's bytes are its name."""
    receipts = {path.name: path.read_bytes() for path in workspace.paths.receipts.glob("*")}
    return receipts | {path.name: str(path.stat().st_size).encode() for path in workspace.paths.blobs.glob("*/*")}


def assert_sound(workspace: Workspace) -> None:
    assert [finding for finding in workspace.verify() if finding.is_damage] == []


def assert_ends_alike(workspace: Workspace, undisturbed: Undisturbed) -> None:
    snapshot = workspace.build()
    assert (snapshot.id, dict(snapshot.digests)) == (undisturbed.snapshot_id, undisturbed.digests)
    assert list(workspace.verify()) == []


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    tables, large = tmp_path_factory.mktemp("tables"), tmp_path_factory.mktemp("large") / "large.bin"
    rows = list(transactions(300))
    write_api_csv(tables / "api.csv", rows)
    write_api_json(tables / "page.json", latest_only(rows[:100]))
    large.write_bytes(os.urandom(12 << 20))
    workspace = Workspace.init(tmp_path_factory.mktemp("undisturbed") / "workspace")
    add(workspace.paths.root, tables)
    touches = Run(build, workspace.paths.root).touches()
    snapshot = workspace.current()
    assert snapshot is not None
    return Undisturbed(tables, large, evidence_of(workspace), snapshot.id, dict(snapshot.digests), touches)


def test_an_add_that_is_killed_leaves_a_sound_store_and_the_next_completes_it(
    workspace: Workspace, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    other = Workspace.init(tmp_path / "undisturbed")
    touches = Run(add, other.paths.root, undisturbed.large).touches()
    for touch in spread(touches, effort(4, touches)):
        Run(add, workspace.paths.root, undisturbed.large, touch=touch).assert_killed()
        assert_sound(workspace)
    add(workspace.paths.root, undisturbed.large)
    assert evidence_of(workspace) == evidence_of(other)
    assert not any(workspace.paths.staging.iterdir())
    assert list(workspace.verify()) == []


def test_an_add_that_is_killed_amid_a_document_keeps_nothing_of_it(
    workspace: Workspace, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    run = Run(add_stream, workspace.paths.root, tmp_path / "pipe")
    with (tmp_path / "pipe").open("wb") as pipe:
        pipe.write(undisturbed.large.read_bytes())  # ends when all is read but for the little that a pipe holds
        pipe.flush()
        run.process.kill()
        run.assert_killed()
    assert_sound(workspace)
    assert workspace.receipts() == []
    assert not any(workspace.paths.blobs.glob("*/*"))
    add(workspace.paths.root, undisturbed.large)
    assert not any(workspace.paths.staging.iterdir())
    assert list(workspace.verify()) == []


def test_a_build_that_is_killed_again_and_again_ends_as_an_undisturbed_one(
    workspace: Workspace, undisturbed: Undisturbed
) -> None:
    add(workspace.paths.root, undisturbed.tables)
    for touch in spread(undisturbed.touches, effort(2, 24)):
        Run(build, workspace.paths.root, touch=touch).assert_killed()
        assert_sound(workspace)
    assert_ends_alike(workspace, undisturbed)
    assert not any(workspace.paths.spills.glob("*"))


def test_a_killed_build_leaves_the_snapshot_before_it_in_force_and_the_next_completes_it(
    workspace: Workspace, undisturbed: Undisturbed
) -> None:
    add(workspace.paths.root, undisturbed.tables / "api.csv")
    before = workspace.build()
    add(workspace.paths.root, undisturbed.tables / "page.json")
    Run(build, workspace.paths.root, touch=undisturbed.touches // 2).assert_killed()
    assert_sound(workspace)
    current = workspace.current()
    assert current is not None
    assert current.id == before.id
    assert_ends_alike(workspace, undisturbed)


def test_two_builds_at_once_both_succeed_with_one_snapshot(workspace: Workspace, undisturbed: Undisturbed) -> None:
    add(workspace.paths.root, undisturbed.tables)
    one, other = (Run(build, workspace.paths.root) for _ in range(2))
    assert [one.result(), other.result()] == [undisturbed.snapshot_id] * 2
    assert_sound(workspace)


def test_two_adds_of_the_same_files_at_once_leave_one_receipt_each(workspace: Workspace, undisturbed: Undisturbed) -> None:
    one, other = (Run(add, workspace.paths.root, undisturbed.tables) for _ in range(2))
    assert sorted([one.result(), other.result()]) == [["added"] * 2, ["already here"] * 2]
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
        add(workspace.paths.root, undisturbed.large)
    assert_is_one_line(caught.value)
    ballast.unlink()
    assert_sound(workspace)
    assert not any(workspace.paths.blobs.glob("*/*"))
    add(workspace.paths.root, undisturbed.tables / "api.csv")
    assert list(workspace.verify()) == []


def test_a_build_on_a_full_disk_is_one_clear_fault_and_completes_with_room(small_disk: Path, tmp_path: Path) -> None:
    rows = list(transactions(300))
    write_api_csv(tmp_path / "api.csv", rows)
    undisturbed, workspace = Workspace.init(tmp_path / "undisturbed"), Workspace.init(small_disk / "workspace")
    add(undisturbed.paths.root, tmp_path / "api.csv")
    add(workspace.paths.root, tmp_path / "api.csv")
    expected = undisturbed.build()
    for left in effort((0, 64 << 10), (0, 20 << 10, 40 << 10, 64 << 10)):
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
