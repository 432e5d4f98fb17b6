"""What the command line shows."""

from whosbehind.render.atlas import show_changes, show_flows, show_trace
from whosbehind.render.claims import show_changed_findings, show_findings
from whosbehind.render.content import show_corrections, show_impact, show_scores
from whosbehind.render.evidence import show_added, show_build
from whosbehind.render.figures import show_explained, show_figure, show_unexplained
from whosbehind.render.profiles import show_profile
from whosbehind.render.terminal import (
    FLEXIBLE,
    NARROWEST,
    fitted_widths,
    progress,
    remark,
    say,
    show_csv,
    show_json,
    show_rows,
    show_table,
)
from whosbehind.render.vendors import show_pair, show_resolved

__all__ = [
    "FLEXIBLE",
    "NARROWEST",
    "fitted_widths",
    "progress",
    "remark",
    "say",
    "show_added",
    "show_build",
    "show_changed_findings",
    "show_changes",
    "show_corrections",
    "show_csv",
    "show_explained",
    "show_figure",
    "show_findings",
    "show_flows",
    "show_impact",
    "show_json",
    "show_pair",
    "show_profile",
    "show_resolved",
    "show_rows",
    "show_scores",
    "show_table",
    "show_trace",
    "show_unexplained",
]
