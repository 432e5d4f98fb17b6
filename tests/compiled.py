"""Ibis compiles each shape of query once in a test process, instead of once in every build.

Most of the time of a small build is the compilation of the same thirty expressions into SQL. Between
two builds they differ in the names that Ibis draws for tables, which is all that is exchanged here.
What runs is the SQL that Ibis compiled; with `WHOSBEHIND_THOROUGH=1` it compiles every time anew.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

import ibis.expr.operations as ops
from ibis.backends.duckdb import Backend
from ibis.common.graph import Node

DRAWN = "ibis_"  # how the names begin that Ibis draws; each is drawn once
compile_anew = Backend.compile


@dataclass
class Shape:
    """An expression but for the names drawn for its tables, which are listed in the order they are met."""

    names: list[str] = field(default_factory=list)
    nodes: list[Hashable] = field(default_factory=list)
    _places: dict[Node, int] = field(default_factory=dict)

    @staticmethod
    def of(expression: Any) -> Shape:
        shape = Shape()
        shape._place(expression.as_table().op())
        return shape

    def template(self, sql: str) -> str:
        """The SQL with a mark in place of each name."""
        for place, name in enumerate(self.names):
            sql = sql.replace(name, f"\0{place}\0")
        return sql

    def filled(self, template: str) -> str:
        for place, name in enumerate(self.names):
            template = template.replace(f"\0{place}\0", name)
        return template

    def _place(self, node: Node) -> int:
        """Where a node stands among the nodes; what it is made of comes before it."""
        if node not in self._places:
            parts = self._table(node) if _is_drawn(node) else tuple(map(self._part, node.args))
            self._places[node] = len(self.nodes)
            self.nodes.append((type(node), parts))
        return self._places[node]

    def _table(self, table: Any) -> tuple[Hashable, ...]:
        self.names.append(table.name)
        return (self._part(table.schema), self._part(getattr(table, "namespace", None)), len(self.names))

    def _part(self, part: Any) -> Hashable:
        if isinstance(part, Node):
            return ("node", self._place(part))
        if isinstance(part, tuple):
            return tuple(map(self._part, part))
        if isinstance(part, Mapping):
            return tuple((key, self._part(value)) for key, value in part.items())
        return (type(part), part)


def _is_drawn(node: Node) -> bool:
    return isinstance(node, ops.DatabaseTable | ops.InMemoryTable) and node.name.startswith(DRAWN)


_templates: dict[Hashable, str] = {}


def compile_once(backend: Any, expression: Any, /, **options: Any) -> str:
    """What `compile_anew` gives, from memory where an expression of the same shape was compiled before."""
    if any(options.values()):
        return str(compile_anew(backend, expression, **options))
    shape = Shape.of(expression)
    key = tuple(shape.nodes)
    if key not in _templates:
        _templates[key] = shape.template(compile_anew(backend, expression))
    return shape.filled(_templates[key])


def compile_each_shape_once() -> None:
    """From now on, in this process."""
    Backend.compile = compile_once
