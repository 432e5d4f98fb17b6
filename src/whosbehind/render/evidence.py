"""What became of files and rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from whosbehind.render.terminal import remark, say, show_csv, show_json, show_table
from whosbehind.values import count

if TYPE_CHECKING:
    from whosbehind.intake import Added
    from whosbehind.records import Snapshot


def show_added(added: Sequence[Added], next_command: str) -> None:
    """What became of the files that were added; what is wrong with one goes to standard error."""
    if not added:
        return
    shown = [
        {
            "name": each.file_name,
            "status": each.status,
            "source": each.source.title if each.source else "no layout known; kept as it is",
            "size": each.size_bytes,
        }
        for each in added[:40]
    ]
    show_table({"name": "file", "status": "status", "size": "bytes", "source": "layout"}, shown)
    if len(added) > 40:
        say(f"… and {count(len(added) - 40, 'more file')}.")
    for each in added:
        if each.problem:
            remark(f"error: {each.file_name}: {each.problem}. It is kept as evidence and not read.{_mend(each.problem)}")
    if any(each.is_new for each in added):
        say(f"Next: {next_command}")


def _mend(problem: str) -> str:
    if "unknown column" in problem or "unknown key" in problem or "lacks the column" in problem:
        return " If it is not needed, add the file again with --ignore-column NAME; if the publisher changed the layout, tell us."
    return ""


def show_build(documents: Sequence[Mapping[str, Any]], snapshot: Snapshot, output: str, next_command: str) -> None:
    """What became of each document's rows, and what a reader should know."""
    counts = ("row_count", "taken_count", "set_aside_count", "rejected_count")
    columns = ("file_name", "status", *counts, "obligated_usd")
    if output == "json":
        show_json(
            {
                "snapshot": snapshot.id,
                "documents": [{key: each[key] for key in columns} for each in documents],
                "notes": snapshot.notes,
            }
        )
        return
    if output == "csv":
        show_csv(columns, documents)
        return
    read = sorted((each for each in documents if each["status"] == "read"), key=lambda each: str(each["file_name"]))
    total = {"file_name": f"all {len(read)} read", **{key: sum(each[key] for each in read) for key in counts}}
    total["obligated_usd"] = sum(each["obligated_usd"] or 0 for each in read)
    headings = {
        "file_name": "document",
        "row_count": "rows",
        "taken_count": "taken",
        "set_aside_count": "set aside",
        "rejected_count": "rejected",
    }
    show_table({**headings, "obligated_usd": "obligated"}, [*read[:30], total] if len(read) > 1 else read)
    for note in snapshot.notes:
        say(f"· {note}")
    say(f"Snapshot {snapshot.id}. Next: {next_command}", style="dim")
