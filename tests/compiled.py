"""Ibis compiles each shape of query once in a test process, instead of once in every build.

Most of the time of a small build is the compilation of the same thirty expressions into SQL. Between
two builds they differ in the names that Ibis draws for tables and in the digests of documents, which
is all that is exchanged here. What runs is the SQL that Ibis compiled; with `WHOSBEHIND_THOROUGH=1` it compiles every time anew.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ibis.backends.duckdb import Backend
from ibis.common.graph import Node
from ibis.expr.operations.relations import SelfReference
from ibis.formats import TableProxy

DRAWN = re.compile("ibis_[a-z_]+_[a-z2-7]{26}|[0-9a-f]{64}")  # by chance, no such name or digest stands in SQL
compile_anew = Backend.compile


@dataclass
class Shape:
    """An expression but for drawn names and digests, which are listed in the order they are met."""

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
            told = node.args[:1] if isinstance(node, SelfReference) else node.args  # its second argument only counts up
            parts = tuple(self._part(part) for part in told if not isinstance(part, Backend | TableProxy))
            self._places[node] = len(self.nodes)
            self.nodes.append((type(node), parts))
        return self._places[node]

    def _part(self, part: Any) -> Hashable:
        if isinstance(part, Node):
            return ("node", self._place(part))
        if isinstance(part, tuple):
            return tuple(map(self._part, part))
        if isinstance(part, Mapping):
            return tuple((key, self._part(value)) for key, value in part.items())
        if isinstance(part, str) and DRAWN.fullmatch(part):
            if part not in self.names:
                self.names.append(part)
            return ("name", self.names.index(part))
        return (type(part), part)


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
