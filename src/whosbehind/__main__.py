"""`python -m whosbehind` is the command line."""

from whosbehind.cli import main

main()
