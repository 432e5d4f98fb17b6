"""Money as it flows: bands from agencies through recipients to companies, each as wide as its money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from whosbehind.site.drawing.picture import Picture, element

WIDTH, TOP, BOTTOM, BLOCK = 1040.0, 12.0, 12.0, 12.0
# Where the blocks of each column begin.
COLUMNS = (96.0, 430.0, 790.0)
# The height that all money shares, and the room between two blocks, in which the label of a thin one still has its line.
HEIGHT, GAP = 420.0, 20.0
# Characters of a label in each column.
LONGEST = (12, 32, 26)
Place = tuple[int, str]
# The top of a band where it leaves the agency, reaches and leaves the recipient, and reaches the company.
Tops = tuple[float, float, float, float]


@dataclass(frozen=True)
class Band:
    """Money that passes three blocks, an agency, a recipient and a company; `route` is its class."""

    path: tuple[str, str, str]
    amount: Decimal
    route: str

    @property
    def places(self) -> tuple[Place, Place, Place]:
        """Its blocks, each with its column: one name can stand in two of them."""
        agency, recipient, company = self.path
        return (0, agency), (1, recipient), (2, company)


# A band with its tops and its width.
Placed = tuple[Band, Tops, float]


@dataclass(frozen=True)
class Block:
    """An agency, recipient or company of the drawing: its place and its height, which is that of its bands."""

    left: float
    top: float
    height: float


@dataclass(frozen=True)
class Layout:
    """Where everything is drawn."""

    blocks: Mapping[Place, Block]
    bands: Sequence[Placed]
    height: float


def sankey(bands: Sequence[Band], labels: Mapping[str, str]) -> Picture:
    """The drawing of bands; what is nothing, or was taken back on the whole, has no width and is not drawn."""
    made = layout(bands)
    routes = dict.fromkeys(each.route for each, *_ in made.bands)
    groups = (_of_route(route, [each for each in made.bands if each[0].route == route]) for route in routes)
    blocks = (_block(place, each, labels) for place, each in made.blocks.items())
    return Picture(WIDTH, made.height, Markup("").join((_hatching(), *groups, *blocks)), tuple(sorted(routes)))


def layout(bands: Sequence[Band]) -> Layout:
    """The places of blocks and bands: the bands of a block make its height on either side."""
    drawn = [each for each in bands if each.amount > 0]
    columns = ordered(drawn)
    sums = _sums(drawn)
    scale = HEIGHT / float(max(sum((each.amount for each in drawn), Decimal(0)), Decimal(1)))
    tallest = HEIGHT + GAP * max((len(column) - 1 for column in columns), default=0)
    blocks: dict[Place, Block] = {}
    for column in columns:
        top = TOP + (tallest - HEIGHT - GAP * (len(column) - 1)) / 2
        for place in column:
            blocks[place] = Block(COLUMNS[place[0]], top, float(sums[place]) * scale)
            top += blocks[place].height + GAP
    return Layout(blocks, _placed(drawn, columns, blocks, scale), TOP + tallest + BOTTOM)


def ordered(bands: Sequence[Band]) -> list[list[Place]]:
    """The blocks of each column from top to bottom, so that few bands cross."""
    import fast_sugiyama

    sums = _sums(bands)
    places = sorted(sums, key=lambda place: (place[0], -sums[place], place[1]))
    number = {place: at for at, place in enumerate(places)}
    edges = sorted({(number[one], number[next_]) for each in bands for one, next_ in _steps(each)})
    found: dict[Place, tuple[int, float]] = {}
    for part, (positions, *_) in enumerate(fast_sugiyama.from_edges(edges) if edges else ()):
        found |= {places[int(at)]: (part, x) for at, (x, _) in positions}
    return [
        sorted((place for place in places if place[0] == column), key=lambda place: (*found[place], place)) for column in range(3)
    ]


def _steps(band: Band) -> list[tuple[Place, Place]]:
    first, middle, last = band.places
    return [(first, middle), (middle, last)]


def _sums(bands: Sequence[Band]) -> dict[Place, Decimal]:
    sums: dict[Place, Decimal] = defaultdict(Decimal)
    for each in bands:
        for place in each.places:
            sums[place] += each.amount
    return dict(sums)


def _placed(bands: Sequence[Band], columns: list[list[Place]], blocks: Mapping[Place, Block], scale: float) -> list[Placed]:
    """Each band with its place at each of its blocks."""
    rank = {place: at for column in columns for at, place in enumerate(column)}
    # The columns by which the bands of a block are in order, on its side that faces the nearer of them.
    sides = ((0, (1, 2)), (1, (0, 2)), (1, (2, 0)), (2, (1, 0)))
    tops = [_stacked(bands, blocks, rank, column, keys, scale) for column, keys in sides]
    return [
        (each, (tops[0][at], tops[1][at], tops[2][at], tops[3][at]), float(each.amount) * scale) for at, each in enumerate(bands)
    ]


def _stacked(
    bands: Sequence[Band],
    blocks: Mapping[Place, Block],
    rank: Mapping[Place, int],
    column: int,
    keys: tuple[int, int],
    scale: float,
) -> dict[int, float]:
    """The top of each band, by its number, at one side of its block in a column."""
    tops = {place: block.top for place, block in blocks.items()}
    found = {}
    for at, each in sorted(enumerate(bands), key=lambda pair: ([rank[pair[1].places[key]] for key in keys], pair[0])):
        place = each.places[column]
        found[at] = tops[place]
        tops[place] += float(each.amount) * scale
    return found


def _hatching() -> Markup:
    """The pattern of money that goes through resellers, told apart by more than its colour."""
    stripe = element("path", {"class": "stripe", "d": "M-1 1 L1 -1 M0 6 L6 0 M5 7 L7 5"})
    ground = element("rect", {"class": "ground", "width": 6, "height": 6})
    pattern = element("pattern", {"id": "hatch", "width": 6, "height": 6, "patternUnits": "userSpaceOnUse"}, ground + stripe)
    return element("defs", {}, pattern)


def _of_route(route: str, bands: Sequence[Placed]) -> Markup:
    """All bands of a route; those through resellers are hatched."""
    fill = Markup(' fill="url(#hatch)"') if route == "reseller" else Markup("")
    return element("g", {"class": route}, Markup("").join(_band(tops, width, fill) for _, tops, width in bands))


def _band(tops: Tops, width: float, fill: Markup) -> Markup:
    """A band from agency to recipient and on to the company, behind the recipient's block."""
    path = _ribbon(COLUMNS[0] + BLOCK, tops[0], COLUMNS[1], tops[1], width) + _ribbon(
        COLUMNS[1] + BLOCK, tops[2], COLUMNS[2], tops[3], width
    )
    return Markup('<path class="band"{} d="{}"/>').format(fill, path)


def _ribbon(left: float, start: float, right: float, end: float, width: float) -> str:
    middle = (left + right) / 2
    width = max(width, 0.4)
    return (
        f"M{left:g} {start:.1f}C{middle:g} {start:.1f} {middle:g} {end:.1f} {right:g} {end:.1f}v{width:.2f}"
        f"C{middle:g} {end + width:.1f} {middle:g} {start + width:.1f} {left:g} {start + width:.1f}z"
    )


def _block(place: Place, block: Block, labels: Mapping[str, str]) -> Markup:
    """A block with its name: of agencies to the left of it, of all others to the right."""
    column, name = place
    middle = block.top + block.height / 2 + 5
    left = block.left - 8 if column == 0 else block.left + BLOCK + 6
    anchor = "end" if column == 0 else "start"
    rect = element("rect", {"class": "block", "x": block.left, "y": block.top, "width": BLOCK, "height": max(block.height, 1.0)})
    text = _short(labels.get(name, name), LONGEST[column])
    return rect + element("text", {"class": "over", "x": left, "y": middle, "text_anchor": anchor}, text)


def _short(label: str, longest: int) -> str:
    return label if len(label) <= longest else f"{label[: longest - 1].rstrip()}…"
