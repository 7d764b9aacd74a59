"""The systems measured side by side; a new one is one entry in `SYSTEMS`.

What a person would do without Jimu stands beside it: copy the nearest table, by words or by meaning, or write the
indicators most tables have. Every system returns a `Draft`, so that all are judged by the same scorers.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.brief import BriefRequest
from assistant.dialects import DEFAULT_DIALECT, LEVELS, generation_for, translate_level
from assistant.drafting import Draft, DraftRow, Engine, Evidence, draft_offline
from assistant.model import ChatModel
from assistant.precedents import PastRow, PastTables, plain_name
from assistant.retrieval.index import Index
from assistant.retrieval.kinds import Hits
from assistant.retrieval.search import Searcher
from assistant.schema import Funds, Generation, Goal, Goals, Indicator, Level2, PerformanceTable, Project
from assistant.values import Value, parse_value, render
from evals.drafting.bare_model import draft_bare


class Counted:
    """A chat model that counts what it is asked, so that a system need not say what it costs."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model
        self.name = model.name
        self.calls = 0

    @property
    def tokens(self) -> int | None:
        """Tokens so far, as the model counts them."""
        return self._model.tokens

    def ask(self, system: str, user: str) -> str:
        """The reply, counted."""
        self.calls += 1
        return self._model.ask(system, user)


@dataclass(frozen=True)
class Stock:
    """The past tables a system may look at: the store, its index, and which tables are visible for this case."""

    store: PastTables
    index: Index
    visible: frozenset[str]
    model: Counted | None = None

    @property
    def searcher(self) -> Searcher:
        """Jimu's own search over the visible tables."""
        return Searcher(self.store, self.index, visible=self.visible)

    def seeing(self, visible: frozenset[str]) -> Stock:
        """The same stock with other tables visible."""
        return replace(self, visible=visible)


@dataclass(frozen=True)
class Suggested:
    """What a system made of a request and what it cost: seconds, model calls, tokens (None where nobody says)."""

    draft: Draft
    seconds: float
    calls: int = 0
    tokens: int | None = None


@dataclass(frozen=True)
class System:
    """A way to draft and its Chinese title.

    `simple` ones are what Jimu has to beat; those that see precedents `borrows`.
    """

    title: str
    make: Callable[[BriefRequest, Stock], Draft]
    simple: bool = False
    needs_model: bool = False
    borrows: bool = True

    def suggest(self, request: BriefRequest, stock: Stock) -> Suggested:
        """Draft one request, timed by the clock, its calls and tokens counted."""
        model = stock.model
        calls, tokens = (model.calls, model.tokens) if model else (0, None)
        began = time.perf_counter()
        draft = self.make(request, stock)
        seconds = time.perf_counter() - began
        if model is None:
            return Suggested(draft, seconds)
        used = None if model.tokens is None else model.tokens - (tokens or 0)
        return Suggested(draft, seconds, model.calls - calls, used)


def copy_by_words(request: BriefRequest, stock: Stock) -> Draft:
    """The rows of the table nearest by BM25, as they stand."""
    return _copied(request, stock, stock.index.tables_by_words)


def copy_by_meaning(request: BriefRequest, stock: Stock) -> Draft:
    """The rows of the table nearest by the sentence vectors, as they stand."""

    def near(query: str, n: int) -> Hits:
        return stock.index.tables_by_vector(stock.index.embed([query])[0], n)

    return _copied(request, stock, near)


def most_frequent(request: BriefRequest, stock: Stock) -> Draft:
    """For each class as many names as a table has on average, those most tables bear, with their commonest value."""
    generation = _generation(request)
    names: dict[Level2, dict[str, list[PastRow]]] = defaultdict(lambda: defaultdict(list))
    for row in stock.store.rows_of_tables(sorted(stock.visible)):
        names[_class_in(row, generation)][plain_name(row.name)].append(row)
    rows = []
    for level2 in (level2 for level2s in LEVELS[generation].values() for level2 in level2s):
        borne = names[level2]
        wanted = round(sum(map(len, borne.values())) / max(1, len(stock.visible)))
        commonest = sorted(borne, key=lambda name: (-len({row.table_id for row in borne[name]}), name))
        rows += [_most_usual(borne[name], generation) for name in commonest[:wanted]]
    return _draft(request, generation, rows, "most_frequent")


def jimu_offline(request: BriefRequest, stock: Stock) -> Draft:
    """Jimu without a model, as `jimu draft` makes it."""
    return draft_offline(request, stock.searcher)


def jimu_blind(request: BriefRequest, stock: Stock) -> Draft:
    """Jimu with no precedent at all: what the description and the usual rows of the form do by themselves."""
    return draft_offline(request, stock.seeing(frozenset()).searcher)


def bare_model(request: BriefRequest, stock: Stock) -> Draft:
    """The configured chat model, told the project and the form but no precedents."""
    if stock.model is None:
        raise ValueError("this system is only asked where a model is configured")
    generation = _generation(request)
    rows = draft_bare(request, generation, stock.model)
    return _draft(request, generation, (DraftRow(id="", indicator=row, origin="model") for row in rows), "bare_model")


SYSTEMS: Mapping[str, System] = {
    "copy_words": System("照抄最近的表（词语 BM25）", copy_by_words, simple=True),
    "copy_meaning": System("照抄最近的表（语义向量）", copy_by_meaning, simple=True),
    "frequent": System("每类最常见的指标", most_frequent, simple=True),
    "jimu_offline": System("绩目（不用模型）", jimu_offline),
    "jimu_blind": System("绩目（不看先例，对照）", jimu_blind, borrows=False),
    "bare_model": System("对话模型，不给先例", bare_model, needs_model=True, borrows=False),
}
OURS, CONTROL = "jimu_offline", "jimu_blind"
BASELINES = tuple(name for name, system in SYSTEMS.items() if system.simple)


def _copied(request: BriefRequest, stock: Stock, near: Callable[[str, int], Hits]) -> Draft:
    query = " ".join(part for part in (request.project_name, request.unit, request.description) if part)
    hits = near(query, len(stock.visible) + 64)  # more than can be hidden beside them
    nearest = next((key for key, _ in hits if key in stock.visible), None)
    rows = stock.store.rows_of_tables([nearest]) if nearest else []
    generation: Generation = "2021" if any(row.level1 == "成本指标" for row in rows) else "2015"
    return _draft(request, generation, [_copy(row, row.value, generation) for row in rows], "copy")


def _generation(request: BriefRequest) -> Generation:
    return request.generation or generation_for(request.year)


def _class_in(row: PastRow, generation: Generation) -> Level2:
    return translate_level(row.level2, generation)[1]


def _most_usual(rows: Sequence[PastRow], generation: Generation) -> DraftRow:
    values = Counter(render(row.value) for row in rows if row.value)
    usual = max(values, key=lambda text: (values[text], text)) if values else None
    bearer = next((row for row in rows if row.value and render(row.value) == usual), rows[0])
    return _copy(bearer, parse_value(usual) if usual else None, generation)


def _copy(row: PastRow, value: Value | None, generation: Generation) -> DraftRow:
    level1, level2 = translate_level(row.level2, generation)
    said = render(value) if value else ""
    evidence = Evidence(kind="precedent", ref=row.id, quote=f"{row.name} {said}".strip(), value=said or None)
    indicator = Indicator(level1=level1, level2=level2, name=row.name, value=value)
    return DraftRow(id="", indicator=indicator, origin="precedent", evidence=(evidence,))


def _draft(request: BriefRequest, generation: Generation, rows: Iterable[DraftRow], name: str) -> Draft:
    numbered = tuple(
        row.model_copy(update={"id": f"r{place}", "indicator": row.indicator.model_copy(update={"id": f"r{place}"})})
        for place, row in enumerate(rows, start=1)
    )
    table = PerformanceTable(
        form_generation=generation,
        form_dialect=DEFAULT_DIALECT[generation],
        fiscal_year=request.year,
        project=Project(name=request.project_name or None, dept=request.department or None, unit=request.unit or None),
        funds=() if request.budget_wan is None else (Funds(total=request.budget_wan),),
        goals=Goals(annual=Goal(text=request.description or None)),
        indicators=tuple(row.indicator for row in numbered),
    )
    return Draft(table=table, rows=numbered, engine=Engine(name=name, seconds=0.0))
