"""Scores: how often the judgements agree with labels that people made, and where they do not."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from whosbehind.atlas import Atlas, content_files, load_atlas, ownerships
from whosbehind.attribution import Reader, attribute, is_counted
from whosbehind.engine import records_table
from whosbehind.errors import Mistake
from whosbehind.paths import Paths
from whosbehind.tables import MENTIONS, OWNERSHIP
from whosbehind.values import Confidence, RecipientKind, Role, Route, clean_name
from whosbehind.vendors import Families, Recipient, Resolved, Resolver, link
from whosbehind.workspace import Workspace

Resolve = Callable[[Iterable[str], dt.date | None], list[Resolved]]

_TEXTS = {
    "recipient_name": "Recipient Name",
    "description": "Transaction Description",
    "psc_name": "Product/Service Description",
    "naics_name": "NAICS Description",
}
# What a line of labels must have, and each company in it.
_NEEDED = ("id", "companies", "Recipient Name", "Transaction Description", "Action Date")
_COMPANY = ("company", "role", "certainty", "route", "span")


@dataclass(frozen=True)
class Miss:
    """One disagreement: what was judged or missed, in which record."""

    label_id: str
    kind: str
    organisation: str
    words: str
    record: str


@dataclass
class Score:
    """Counts of agreement over labelled records or pairs."""

    what: str
    has_routes: bool = False
    records: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0
    routes_right: int = 0
    misses: list[Miss] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of judgements that the labels confirm."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of labels that were judged."""
        return _share(self.right, self.right + self.missed)

    @property
    def route(self) -> float:
        """Share of confirmed judgements with the labelled route."""
        return _share(self.routes_right, self.right)

    @property
    def route_text(self) -> str:
        """The share of right routes to print; empty where labels have none."""
        return f"{self.route:.3f}" if self.has_routes else ""

    def reaches(self, precision: float, recall: float) -> bool:
        """Whether both shares are at least so high."""
        return self.precision >= precision and self.recall >= recall

    def listed(self) -> list[dict[str, str]]:
        """Each difference as a row."""
        return [{"what": self.what, **miss.__dict__} for miss in self.misses]

    def as_json(self) -> dict[str, Any]:
        """Counts, shares and differences."""
        counts = {name: getattr(self, name) for name in ("what", "records", "right", "wrong", "missed", "precision", "recall")}
        return {**counts, "route": self.route if self.has_routes else None, "differences": self.listed()}


def score_file(folder: Path, path: Path, as_of: dt.date | None) -> list[Score]:
    """Score a file of labels: transactions (`.jsonl`) or pairs of names (`.csv`).

    Raises Mistake if it is neither.
    """
    paths = Paths(folder)
    if path.suffix == ".jsonl":
        atlas = load_atlas(content_files(paths.content))
        labels = read_labels(path)
        main = [label for label in labels if not _is_trap(label)]
        traps = [label for label in labels if _is_trap(label)]
        return [score_attributions(atlas, each, what) for what, each in (("transactions", main), ("traps", traps)) if each]
    pairs = read_pairs(path)
    resolve = Workspace(folder).resolve if paths.marker.exists() else _without_evidence(paths)
    return score_pairs(pairs, resolve, as_of)


def read_pairs(path: Path) -> list[dict[str, str]]:
    """Labelled pairs of names.

    Raises Mistake if the columns are not those of a file of pairs.
    """
    reader = csv.DictReader(io.StringIO(_text(path), newline=""))
    rows = [{name: cell or "" for name, cell in row.items()} for row in reader]
    known = set(reader.fieldnames or ())
    if not ({"name_a", "name_b", "same_entity"} <= known or {"name1", "name2", "is_match"} <= known):
        raise Mistake(
            "this is no file of labelled pairs.",
            where=path.name,
            next="It needs the columns name_a, name_b, same_entity and same_family, or name1, name2 and is_match.",
        )
    if not rows:
        raise Mistake("there are no labels.", where=path.name, next="Give each pair a row.")
    return rows


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Mistake(f"the file is not UTF-8: {error.reason}.", where=path.name, next="Save it as UTF-8.") from error


def score_pairs(pairs: Sequence[Mapping[str, str]], resolve: Resolve, as_of: dt.date | None) -> list[Score]:
    """Whether pairs labelled one entity, or one family, resolve to one, and no others do."""
    first, second = ("name_a", "name_b") if "name_a" in pairs[0] else ("name1", "name2")
    kinds = [("entities", "same_entity" if "same_entity" in pairs[0] else "is_match", "vendor_id")]
    kinds += [("families", "same_family", "family_id")] if "same_family" in pairs[0] else []
    found = resolve([pair[side] for side in (first, second) for pair in pairs], as_of)
    sides = (found[: len(pairs)], found[len(pairs) :])
    scores = []
    for what, column, field_name in kinds:
        score = Score(what, records=len(pairs))
        for pair, left, right in zip(pairs, *sides, strict=True):
            one = getattr(left, field_name)
            is_same, is_labelled = one is not None and one == getattr(right, field_name), pair[column].lower() in ("1", "true")
            score.right += is_same and is_labelled
            score.wrong += is_same and not is_labelled
            score.missed += is_labelled and not is_same
            if is_same != is_labelled:
                kind = "not labelled one" if is_same else "missed"
                score.misses.append(Miss(what, kind, str(one), pair[first], pair[second]))
        scores.append(score)
    return scores


def _without_evidence(paths: Paths) -> Resolve:
    """Resolving by names and the atlas alone."""
    atlas = load_atlas(content_files(paths.content))
    families = Families(atlas.aliases(), ownerships(atlas))

    def resolve(names: Iterable[str], as_of: dt.date | None) -> list[Resolved]:
        listed = list(names)
        found = link(Recipient(own, own) for own in sorted(set(listed)))
        vendors = [
            {"recipient_id": each.id, "recipient_name": each.name, "vendor_id": own.vendor_id} for each, own in found.items()
        ]
        resolver = Resolver(vendors, (), families, lambda _: RecipientKind.ORGANISATION)
        return [resolver.resolve(name, as_of or dt.datetime.now(dt.UTC).date()) for name in listed]

    return resolve


def read_labels(path: Path) -> list[dict[str, Any]]:
    """Labelled transactions, one JSON object a line.

    Raises Mistake naming the line that is none.
    """
    found = []
    for number, line in enumerate(io.StringIO(_text(path)), 1):
        try:
            found.append(_label(line))
        except (KeyError, TypeError, ValueError) as error:
            raise Mistake(
                "this line is no labelled transaction.",
                where=f"{path.name}, line {number}",
                next=f"Each line is a JSON object with {', '.join(_NEEDED)}; each company has {', '.join(_COMPANY)}.",
            ) from error
    if not found:
        raise Mistake("there are no labels.", where=path.name, next="Give each labelled transaction a line.")
    return found


def _label(line: str) -> dict[str, Any]:
    """A line of labels; KeyError, TypeError or ValueError where it is none."""
    entry = json.loads(line)
    dt.date.fromisoformat(entry["Action Date"])
    _ = [entry[name] for name in _NEEDED], [each[name] for each in entry["companies"] for name in _COMPANY]
    return {**entry}


def score_attributions(atlas: Atlas, labels: Sequence[Mapping[str, Any]], what: str = "transactions") -> Score:
    """Judge the labelled records afresh and compare: supplied, certain or probable, one judgement a family.

    Labels that are unsure count neither way; nor does a direct attribution to a recipient the
    labels do not speak of. An organisation answers to its id, its name and all its aliases.
    """
    judged = _judged(atlas, labels)
    keys = _keys(atlas)
    score = Score(what, has_routes=True, records=len(labels))
    for label in labels:
        _compare(score, label, judged.get(label["id"], []), keys)
    return score


def _judged(atlas: Atlas, labels: Iterable[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    reader, owned = Reader(atlas.aliases(), atlas.around), ownerships(atlas)
    families = Families(atlas.aliases(), owned)
    records = [_record(label) for label in labels]
    mentions = [mention for record in records for mention in (*_of_recipient(record, families), *reader.mentions(record))]
    table = attribute(
        records_table(mentions, MENTIONS.schema()), records_table([each.__dict__ for each in owned], OWNERSHIP.schema())
    )
    found: dict[str, list[dict[str, Any]]] = {}
    heads = table.filter(is_counted(table) & (table.organisation_id == table.family_id))
    for row in heads.order_by("transaction_id", "organisation_id").to_pyarrow().to_pylist():
        found.setdefault(row["transaction_id"], []).append(row)
    return found


def _of_recipient(record: Mapping[str, Any], families: Families) -> Iterator[dict[str, Any]]:
    """The mention in the recipient's name, judged by the name alone: labels come without other evidence."""
    known = families.organisation(record["recipient_name"])
    if known:
        entry = {"named_id": known[0], "field": "recipient_name", "matched": known[1], "starts_at": 0, "ends_at": len(known[1])}
        yield {
            **{name: record[name] for name in ("transaction_id", "action_date")},
            **entry,
            "confidence": str(Confidence.CERTAIN),
            "role": str(Role.SUPPLIED),
        }


def _record(label: Mapping[str, Any]) -> dict[str, Any]:
    texts = {name: label.get(column) or "" for name, column in _TEXTS.items()}
    return {**texts, "transaction_id": label["id"], "action_date": dt.date.fromisoformat(label["Action Date"])}


def _keys(atlas: Atlas) -> dict[str, set[str]]:
    """Every spelling by which a label may mean an organisation, cleaned."""
    return {
        each.id: {
            _key(text)
            for text in (
                each.id,
                each.name,
                *(alias.text for alias in each.all_aliases()),
                *(text for product in each.products for text in (product.id, product.name)),
            )
        }
        for each in atlas.organisations.values()
    }


def _compare(score: Score, label: Mapping[str, Any], judged: Sequence[Mapping[str, Any]], keys: Mapping[str, set[str]]) -> None:
    companies = label["companies"]
    wanted = [each for each in companies if each["role"] == Role.SUPPLIED and each["certainty"] != "unsure"]
    neither = {_key(each) for each in label.get("ignore_direct", ())}
    neither |= {_key(name) for each in companies if each["certainty"] == "unsure" for name in _names(each)}
    met: list[Mapping[str, Any]] = []
    for row in judged:
        own = keys[row["organisation_id"]]
        company = next((each for each in wanted if own & {_key(name) for name in _names(each)}), None)
        if company is not None:
            if company not in met:
                met.append(company)
                score.right += 1
                score.routes_right += row["route"] == company["route"]
                if row["route"] != company["route"]:
                    score.misses.append(_miss(label, f"route is {company['route']}", row["organisation_id"], row["matched"]))
        elif not own & neither and (row["route"] != Route.DIRECT or row["field"] != "recipient_name"):
            score.wrong += 1
            score.misses.append(_miss(label, "not labelled", row["organisation_id"], row["matched"]))
    for company in wanted:
        if company not in met:
            score.missed += 1
            score.misses.append(_miss(label, "missed", company["company"], company["span"]))


def _names(company: Mapping[str, Any]) -> Iterator[str]:
    yield company["company"]
    yield from company.get("accept_also") or ()


def _key(name: str) -> str:
    return clean_name(name.replace("_", " "))


def _miss(label: Mapping[str, Any], kind: str, organisation: str, words: str) -> Miss:
    record = f"{label['Recipient Name']} | {label['Transaction Description'] or ''}"
    return Miss(label["id"], kind, organisation, words, record)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _is_trap(label: Mapping[str, Any]) -> bool:
    """Whether a label was chosen to mislead, and so says nothing of how common errors are."""
    return bool(label.get("stratum") == "T" or label.get("trap"))
