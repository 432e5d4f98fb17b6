"""The command line: reads arguments, calls the API, renders what it answers."""

# Commands are listed in the order in which their modules are imported: that of the work.
from whosbehind.cli import evidence, answers, vendors, atlas, claims, accounts, site, content  # noqa: F401, I001
from whosbehind.cli.base import cli
from whosbehind.cli.main import main

__all__ = ["cli", "main"]
