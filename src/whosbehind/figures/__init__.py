"""The figure: a number that can open its rows. Everything that prints money renders this one object."""

from whosbehind.figures.answer import answer, rows_behind
from whosbehind.figures.figure import ROW_COLUMNS, Amount, Figure, Group, Window
from whosbehind.figures.question import GROUPINGS, Question
from whosbehind.figures.select import Lake

__all__ = ["GROUPINGS", "ROW_COLUMNS", "Amount", "Figure", "Group", "Lake", "Question", "Window", "answer", "rows_behind"]
