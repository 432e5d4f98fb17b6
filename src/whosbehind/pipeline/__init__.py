"""The pipeline: what each stage reads and writes, and how a build computes only what is missing.

Parts that belong to one document are named by the digest of their recipe and
inputs, so they are found again; tables over all documents are named by the
digest of their bytes. A snapshot lists the files that belong together.
"""

from whosbehind.pipeline.build import Build, file_digest
from whosbehind.pipeline.judging_stages import NAMES
from whosbehind.pipeline.stages import STAGES, Stage, build_key, read_snapshot, run_build, snapshot_json

__all__ = ["NAMES", "STAGES", "Build", "Stage", "build_key", "file_digest", "read_snapshot", "run_build", "snapshot_json"]
