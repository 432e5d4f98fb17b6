"""The figure: a number that can open its rows. Everything that prints money renders this one object."""

from whosbehind.figures.answer import answer, rows_behind
from whosbehind.figures.authorizations import Authorizations, AuthorizedProduct, authorizations, authorized_products
from whosbehind.figures.explain import Explained, explain
from whosbehind.figures.figure import ROW_COLUMNS, Alternative, Amount, Figure, Group, Row, Window
from whosbehind.figures.impact import Change, impact
from whosbehind.figures.question import GROUPINGS, Question
from whosbehind.figures.reported import FactQuestion, ReportedFact, reported
from whosbehind.figures.select import Lake
from whosbehind.figures.unexplained import Unexplained, unexplained

__all__ = [
    "GROUPINGS",
    "ROW_COLUMNS",
    "Alternative",
    "Amount",
    "Authorizations",
    "AuthorizedProduct",
    "Change",
    "Explained",
    "FactQuestion",
    "Figure",
    "Group",
    "Lake",
    "Question",
    "ReportedFact",
    "Row",
    "Unexplained",
    "Window",
    "answer",
    "authorizations",
    "authorized_products",
    "explain",
    "impact",
    "reported",
    "rows_behind",
    "unexplained",
]
