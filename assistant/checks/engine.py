"""Runs the rules over a table or one row: silence where data is in doubt, the most specific finding, a stable order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from assistant.checks.beside import Beside
from assistant.checks.doubt import silenced
from assistant.checks.findings import Finding
from assistant.checks.fixes import Fix, row_at
from assistant.checks.registry import RULES, Hit, Rule
from assistant.checks.view import Row, Table, row_of, table_of
from assistant.dialects import dialect_of
from assistant.limits import DEFAULT_LIMITS, Limits
from assistant.policy import resolve
from assistant.schema import Generation, Indicator, PerformanceTable

# On one row only the most specific finding is reported. A name that is itself a value (N01) stands in no class (L).
SUPPRESSES: Mapping[str, frozenset[str]] = {
    "L01": frozenset({"V09"}),
    "N01": frozenset({"N02", "F11", "T02", "L02", "L03", "L04"}),
    "N11": frozenset({"N02", "C04", "L08"}),
    "L03": frozenset({"T02"}),
    "N07": frozenset({"N02", "V02", "N05"}),
    "C04": frozenset({"V01"}),
    "V08": frozenset({"V01", "T02"}),
    "V01": frozenset({"T02"}),
    "V09": frozenset({"V03"}),
    "V10": frozenset({"V03"}),
    "S01": frozenset({"N10"}),
    "V06": frozenset({"V07"}),
    "I01": frozenset({"V12"}),
    "I03": frozenset({"V06", "V03"}),
    "F09": frozenset({"F11", "N02", "N05", "N10", "L02", "L03", "L04", "L06", "L08", "L09"}),
    "F10": frozenset({"F11", "N02", "V01", "V02", "V08", "L02", "L03", "L04", "L06", "L08", "L09", "S02"}),
    "W05": frozenset({"N11", "L03", "L08"}),
    "C03": frozenset({"V05"}),
    "S02": frozenset({"V05", "V10", "V03"}),
    "S03": frozenset({"V03"}),
    "F11": frozenset({"T02"}),
}
_SECTIONS = ("title", "project", "funds", "goals", "indicators")
NO_BLANKS: Mapping[str, str] = MappingProxyType({})
_EMPTY = PerformanceTable.model_construct()


def check(
    table: PerformanceTable,
    *,
    blanks: Mapping[str, str] = NO_BLANKS,
    beside: Beside = Beside(),
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[Finding, ...]:
    """Every finding of every rule, in table order.

    `blanks` (row id → reason) are cells left 待填 on purpose; `beside` is what else was handed in (last year's table,
    the neighbours), `limits` are the thresholds that are our own defaults.
    """
    view = table_of(table, beside, limits)
    hits = [(rule, hit) for rule, hit in raw_hits(view) if not silenced(rule, hit, _path(rule, hit), view, blanks)]
    fired: dict[int, set[str]] = {}
    for rule, hit in hits:
        row = row_at(hit.where)
        if row:
            fired.setdefault(row.index, set()).add(rule.id)
    kept = [(rule, hit) for rule, hit in hits if not _suppressed(rule, fired.get(_position(hit), set()))]
    kept.sort(key=lambda pair: (_section(_path(*pair)), _position(pair[1]), pair[0].id))
    return tuple(_finding(rule, hit, view) for rule, hit in kept)


def row_findings(indicator: Indicator, generation: Generation) -> tuple[Finding, ...]:
    """What the single-row rules say of one indicator, without the table around it."""
    view = Table(_EMPTY, (row_of(indicator),), generation, dialect_of("", generation))
    hits = [(rule, hit) for rule in _single_row_rules() for hit in rule.check(view)]
    fired = {rule.id for rule, _ in hits}
    return tuple(_finding(rule, hit, view) for rule, hit in hits if not _suppressed(rule, fired))


def raw_hits(view: Table) -> Iterator[tuple[Rule, Hit]]:
    """What every rule says before silence and suppression."""
    for rule in RULES.values():
        for hit in rule.check(view):
            yield rule, hit


@cache
def _single_row_rules() -> tuple[Rule, ...]:
    return tuple(rule for _, rule in sorted(RULES.items()) if rule.single_row)


def _finding(rule: Rule, hit: Hit, view: Table) -> Finding:
    row = row_at(hit.where)
    fix = rule.fix(view, hit.where) if rule.fix else None
    return Finding.model_construct(
        rule=rule.id,
        level=hit.level or rule.level,
        title=rule.title,
        row_id=(row.indicator.id or None) if row else None,
        field=_path(rule, hit),
        quote=hit.quote,
        message=hit.message,
        basis=basis_of(rule, view.form.region),
        others=hit.others,
        fix=fix or (Fix(kind="ask", question=hit.message) if "____" in hit.message else None),
    )


def basis_of(rule: Rule, region: str | None) -> tuple[str, ...]:
    """The provisions behind a rule, as users of a region read them."""
    return _labels(rule.cite, region)


@cache
def _labels(refs: tuple[str, ...], region: str | None) -> tuple[str, ...]:
    return tuple(resolve(ref).label_for(region) for ref in refs)


def _suppressed(rule: Rule, fired: Iterable[str]) -> bool:
    return any(rule.id in SUPPRESSES.get(other, ()) for other in fired)


def _path(rule: Rule, hit: Hit) -> str:
    return hit.where.at(rule.cell).path if isinstance(hit.where, Row) else hit.where.path


def _position(hit: Hit) -> int:
    row = row_at(hit.where)
    return row.index if row else -1


def _section(path: str) -> int:
    return next((index for index, name in enumerate(_SECTIONS) if path.startswith(name)), len(_SECTIONS))
