"""`jimu eval coverage`: for how many rows of a table not seen is there something to learn from?

The ceiling of all drafting: a row of a hidden table is covered when a concept of the other tables bears a like name, or
would bear one with the project's own things in its slot. Like is what the calibrated measure of names says
(`drafting/names.py`); for a sample of rows of published tables readers said it too (`labels/coverage.json`).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from assistant.brief import Brief, understand
from assistant.drafting.usual import fillings
from assistant.errors import BadInput
from assistant.precedents import PastTables, plain_name, text_key
from assistant.precedents.concepts import Concept, ConceptLibrary, class_of
from assistant.schema import Indicator, Level2, PastTable
from evals.drafting.cases import Case, make_cases
from evals.drafting.names import SAME, likeness
from evals.indexed import indexed
from evals.intervals import estimate
from evals.labelled import LABELS, read_tables, shipped_tables
from evals.report import Grid, Prose, Report
from evals.suites import Asked

WAYS: Mapping[str, str] = {
    "named": "先例里有同义名称（同一二级指标下）",
    "adapted": "加上把概念的空位换成本项目的对象",
    "anywhere": "再算上放在别的二级指标下的（真表常放错）",
}
_SHOWN = 200


@dataclass(frozen=True)
class Known:
    """A concept with its names and the tables that bear each."""

    concept: Concept
    names: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Seen:
    """A concept as a case may see it: its class, the names others bear, and those the project's things would make."""

    level2: Level2
    names: Sequence[str]
    filled: Sequence[str]


@dataclass(frozen=True)
class Covered:
    """A row of a hidden table, and by which of `WAYS` it is covered first; "" when by none."""

    id: str
    level2: str
    name: str
    way: str
    by: str


def run(asked: Asked) -> Report:
    """Share of rows covered, by table and over all rows. Raises `BadInput` when the tables make no case."""
    tables, unread = read_tables(asked.data) if asked.data else (shipped_tables(), [])
    made = make_cases(tables, shipped_tables() if asked.data and not asked.alone else ())
    if not made.cases:
        raise BadInput(f"{asked.data or '自带的表'} 里没有能用来评测的表")
    with indexed(made.stock, asked.progress) as (store, _):
        known = _known(made.stock, store)
        found: list[Covered] = []
        for done, case in enumerate(made.cases, start=1):
            found += covered(case, known)
            asked.progress("覆盖率", done, len(made.cases))
    return _report(found, len(made.cases), [(one.path.name, "；".join(one.problems)) for one in unread])


def covered(case: Case, known: Sequence[Known]) -> Iterator[Covered]:
    """Every row of a case with what covers it."""
    brief = understand(case.request)
    mine = [seen for one in known if (seen := _seen(one, case, brief)).names]
    for place, row in enumerate(case.past.table.indicators, start=1):
        at = class_of(row.level2)
        of_class = [one for one in mine if one.level2 == at]
        by = {"named": _like(row, [name for one in of_class for name in one.names])}
        by["adapted"] = by["named"] or _like(row, [name for one in of_class for name in one.filled])
        by["anywhere"] = by["adapted"] or _like(row, [name for one in mine for name in (*one.names, *one.filled)])
        way = next((way for way in WAYS if by[way]), "")
        yield Covered(f"{case.id}#{place}", row.level2, row.name, way, by["anywhere"])


def _seen(one: Known, case: Case, brief: Brief) -> Seen:
    names = [name for name, tables in one.names.items() if tables - case.hidden.keys()]
    return Seen(class_of(one.concept.level2), names, fillings(one.concept.pattern, brief))


def _like(row: Indicator, names: Iterable[str]) -> str:
    best, found = SAME, ""
    for name in names:
        alike = likeness(row.name, name)
        if alike >= best:
            best, found = alike, name
    return found


def _known(stock: Sequence[PastTable], store: PastTables) -> list[Known]:
    """Every concept with its names and where they stand."""
    concepts = ConceptLibrary(store)
    keys = {row.name: text_key(row.name) for past in stock for row in past.table.indicators}
    home_of = concepts.of_texts(keys.values())
    homes: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for past in stock:
        for row in past.table.indicators:
            homes[home_of[keys[row.name], row.level2]][plain_name(row.name)].add(past.id)
    return [
        Known(one, {name: frozenset(tables) for name, tables in homes[one.id].items()})
        for one in concepts.get(sorted(homes))
    ]


def _report(found: Sequence[Covered], cases: int, unread: Sequence[tuple[str, str]]) -> Report:
    tables: dict[str, list[Covered]] = defaultdict(list)
    for one in found:
        tables[one.id.rpartition("#")[0]].append(one)
    shares = {way: [_share(rows, way) for rows in tables.values()] for way in WAYS}
    over_tables = {way: mean for way, values in shares.items() if (mean := estimate(values))}
    over_rows = {way: _share(found, way) for way in WAYS}
    lines = [(WAYS[way], f"{over_rows[way]:.3f}", str(over_tables[way])) for way in over_tables]
    about = f"{cases} 张表、{len(found)} 行；先例是其余的表和自带的示例，同一项目、同一单位同年和照抄的表不算。"
    parts: list[Grid | Prose] = [Prose("", about), Grid("覆盖率", ("怎样算覆盖", "各行", "各表平均"), lines)]
    judged = _judged({one.id: one.way for one in found})
    if judged is not None:
        parts.append(judged[0])
    missing = [(one.id, one.level2, one.name) for one in found if not one.way]
    parts.append(Grid(f"没有覆盖的行（{len(missing)}）", ("行", "二级指标", "名称"), missing[:_SHOWN], words=True))
    if unread:
        parts.append(Grid(f"没有读出的文件（{len(unread)}）", ("文件", "原因"), unread, words=True))
    figures = {
        "suite": "coverage",
        "tables": cases,
        "rows": len(found),
        "over_rows": {way: round(share, 4) for way, share in over_rows.items()},
        "over_tables": {way: one.data() for way, one in over_tables.items()},
        "by_hand": judged[1] if judged else None,
    }
    headline = {f"covered_{way}": one for way, one in over_tables.items()}
    reasons = [asdict(one) for one in found]
    return Report("覆盖率：没见过的表，有多少行有先例可学", figures, headline, parts, reasons)


def _share(rows: Sequence[Covered], way: str) -> float:
    """The share covered by a way or one before it."""
    ways = list(WAYS)
    enough = ways[: ways.index(way) + 1]
    return sum(one.way in enough for one in rows) / len(rows)


def _judged(ways: Mapping[str, str]) -> tuple[Grid, dict[str, object]] | None:
    """What people said of a sample of the same rows; None when none of them is here."""
    labels = json.loads((LABELS / "coverage.json").read_text(encoding="utf-8"))["rows"]
    said = {one["row"]: one["covered"] for one in labels if one["row"] in ways}
    if not said:
        return None
    measured = {row: bool(ways[row]) for row in said}
    both = sum(measured[row] == said[row] for row in said)
    mean = estimate([float(one) for one in said.values()])
    lines = [
        ("人工判断有同义概念且适用", f"{mean}"),
        ("这些行用程序判断（任一种覆盖）", f"{sum(measured.values()) / len(said):.3f}"),
        ("程序与人工一致", f"{both / len(said):.3f}"),
    ]
    figures = {"rows": len(said), "covered": None if mean is None else mean.data(), "agree": round(both / len(said), 4)}
    return Grid(f"人工抽查 {len(said)} 行", ("判断", "份额"), lines), figures
