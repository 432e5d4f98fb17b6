"""What a table and its columns are, and the columns many tables share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Type(StrEnum):
    """The type of a column.

    `USD` is DECIMAL(18,2) in US dollars, `SHARE` DECIMAL(4,3) from 0 to 1, `NUMBER` DECIMAL(24,4),
    `QUANTITY` DECIMAL(38,12) in the unit stated beside it.
    """

    TEXT = "text"
    USD = "usd"
    DAY = "date"
    INTEGER = "integer"
    FLAG = "boolean"
    SHARE = "share"
    NUMBER = "number"
    QUANTITY = "quantity"

    @property
    def sql(self) -> str:
        """The engine's name of the type."""
        return _SQL[self]

    @property
    def ibis(self) -> str:
        """The name of the type in an Ibis schema."""
        return _IBIS[self]


_SQL = {
    Type.TEXT: "VARCHAR",
    Type.USD: "DECIMAL(18,2)",
    Type.DAY: "DATE",
    Type.INTEGER: "BIGINT",
    Type.FLAG: "BOOLEAN",
    Type.SHARE: "DECIMAL(4,3)",
    Type.NUMBER: "DECIMAL(24,4)",
    Type.QUANTITY: "DECIMAL(38,12)",
}

_IBIS = {
    Type.TEXT: "string",
    Type.USD: "decimal(18,2)",
    Type.DAY: "date",
    Type.INTEGER: "int64",
    Type.FLAG: "boolean",
    Type.SHARE: "decimal(4,3)",
    Type.NUMBER: "decimal(24,4)",
    Type.QUANTITY: "decimal(38,12)",
}


@dataclass(frozen=True)
class Column:
    """One column: its name, type and what a reader should know."""

    name: str
    type: Type
    meaning: str


@dataclass(frozen=True)
class Table:
    """One table: its grain, key and columns."""

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    def names(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name.

        Raises KeyError if the table has none.
        """
        return {column.name: column for column in self.columns}[name]

    def schema(self) -> dict[str, str]:
        """Column names with the types Ibis knows them by."""
        return {column.name: column.type.ibis for column in self.columns}


TEXT, USD, DAY, INTEGER, FLAG, SHARE = Type.TEXT, Type.USD, Type.DAY, Type.INTEGER, Type.FLAG, Type.SHARE

CITATION = (
    Column("document_id", TEXT, "SHA-256 of the document the row was read from"),
    Column(
        "row",
        INTEGER,
        "place in the document: the line a spreadsheet shows (the header is row 1), or the index in a JSON list (from 0)",
    ),
)

UNREAD = Column("unread", TEXT, "`column=value` for each value of this row that could not be read; they are in `rejects` too")
