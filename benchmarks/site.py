"""How long a workspace takes to publish, cold and with nothing new, beside merely copying the files that come of it.

    python benchmarks/site.py WORKSPACE

Prints seconds, the ratio to the copy, memory, and what of the site's own limits was not kept.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMITS = {"index.html": 150_000, "es/index.html": 150_000}
LARGEST = 300_000
SECONDS, MEGABYTES = 180, 2_000


def main(workspace: Path) -> None:
    """Publish twice, copy once, and say what it took."""
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "site"
        cold = _published(workspace, out)
        again = _published(workspace, out)
        begun = time.perf_counter()
        shutil.copytree(out, Path(place) / "copy")
        copied = time.perf_counter() - begun
        files = [path for path in out.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files) / 1e6
        large = [path for path in files if path.suffix == ".html" and path.stat().st_size > _limit(path.relative_to(out))]
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    print(f"{len(files):,} files, {size:,.0f} MB")
    print(f"copying them: {copied:.1f} s")
    print(f"publishing:   {cold:.1f} s, {cold / copied:.1f} times the copy (limit {SECONDS} s)")
    print(f"nothing new:  {again:.1f} s, {again / cold:.2f} of the first time")
    print(f"largest process: {memory:,.0f} MB (limit {MEGABYTES:,} MB, two processes)")
    print(f"pages over their limit: {len(large)}")


def _limit(page: Path) -> int:
    return LIMITS.get(page.as_posix(), LARGEST)


def _published(workspace: Path, out: Path) -> float:
    command = [sys.executable, "-m", "whosbehind", "-w", str(workspace), "publish", str(out)]
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(Path(sys.argv[1]))
