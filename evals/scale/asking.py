"""The stages that ask a filled data folder: searches, filtered ones, drafts, and the command line from its start."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

from assistant.cli.opening import progress_bar
from assistant.drafting import draft_offline
from assistant.precedents import Filter, PastTables
from assistant.retrieval.embedding import PackagedEncoder
from assistant.retrieval.index import open_index
from assistant.retrieval.search import Searcher
from evals.labelled import shipped_tables
from evals.scale.filling import Figures
from evals.speed import peak_mb
from evals.thousand import briefs

HITS = 10
QUESTIONS = 60
DRAFTS = 45
STARTS = 5
ROOT = Path(__file__).parents[2]

FILTERS: Mapping[str, Filter] = {
    "years_most": Filter(years=(2019, 2024)),
    "generation": Filter(generation="2021"),
    "year": Filter(years=(2023, 2023)),
    "region": Filter(region="湖南"),
    "field": Filter(field="义务教育"),
    "year_region_field": Filter(years=(2022, 2023), region="湖南", field="义务教育"),
}
"""From about two thirds of all tables down to a handful."""


def questions() -> tuple[list[str], list[str], list[str]]:
    """Project names, descriptions and indicator names to search for, spread over the fields."""
    told = [past for past in shipped_tables() if past.goal_text and past.table.project.name and past.table.indicators]
    some = told[:: max(1, len(told) // QUESTIONS)][:QUESTIONS]
    return (
        [past.table.project.name or "" for past in some],
        [past.goal_text or "" for past in some],
        ["服务对象满意度", *(past.table.indicators[len(past.id) % 3].name for past in some[1:])],
    )


def timed(what: str, asked: Sequence[str], ask: Callable[[str], object]) -> Figures:
    """Milliseconds of asking each: median, 95th percentile, slowest; the first question is asked once before."""
    ask(asked[0])
    spent = []
    with progress_bar() as progress:
        for done, one in enumerate(asked, start=1):
            began = time.perf_counter()
            ask(one)
            spent.append(1_000 * (time.perf_counter() - began))
            progress(what, done, len(asked))
    spent.sort()
    return {
        f"{what}_p50_ms": median(spent),
        f"{what}_p95_ms": spent[int(0.95 * len(spent))],
        f"{what}_slowest_ms": spent[-1],
    }


def ask_searcher(work: Path, _number: int) -> Figures:
    """Searches in a process that stays, as the web application would make them."""
    store = PastTables.open(work / "home")
    began = time.perf_counter()
    searcher = Searcher(store, open_index(work / "home", store, PackagedEncoder()))
    found: Figures = {"opened_seconds": time.perf_counter() - began}
    projects, descriptions, names = questions()
    began = time.perf_counter()
    searcher.tables(projects[0], HITS)
    found["first_search_seconds"] = time.perf_counter() - began
    mixed = [*projects, *descriptions]
    found |= timed("tables", mixed, lambda text: searcher.tables(text, HITS))
    found |= timed("rows", names, lambda text: searcher.rows(text, HITS))
    for name, where in FILTERS.items():
        let_through = store.matching(where) or frozenset()
        found[f"tables_{name}_share"] = len(let_through) / store.counts().tables
        found |= timed(f"tables_{name}", mixed, lambda text, where=where: searcher.tables(text, HITS, where))  # type: ignore[misc]
        found |= timed(f"rows_{name}", names, lambda text, where=where: searcher.rows(text, HITS, where))  # type: ignore[misc]
    found["filtered_worst_p95_ms"] = max(
        found[f"{kind}_{name}_p95_ms"] for kind in ("tables", "rows") for name in FILTERS
    )
    return found | {"search_peak_mb": peak_mb()}


def ask_drafts(work: Path, _number: int) -> Figures:
    """Whole drafts, one after the other; the first, which reads the model, is not counted."""
    store = PastTables.open(work / "home")
    searcher = Searcher(store, open_index(work / "home", store, PackagedEncoder()))
    spent = []
    with progress_bar() as progress:
        for done, request in enumerate(briefs(DRAFTS), start=1):
            began = time.perf_counter()
            draft_offline(request, searcher)
            spent.append(time.perf_counter() - began)
            progress("起草", done, DRAFTS)
    later = sorted(spent[1:])
    return {
        "draft_p50_seconds": median(later),
        "draft_p95_seconds": later[int(0.95 * len(later))],
        "draft_slowest_seconds": later[-1],
        "draft_peak_mb": peak_mb(),
    }


def start_to_search(work: Path, _number: int) -> Figures:
    """`jimu search` on the command line from its start to its end; files lie in the system's cache after the first."""
    spent = []
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(STARTS + 1):
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "assistant", "search", "老旧小区改造", "--json"],
            cwd=ROOT,
            env={**kept, "JIMU_HOME": str(work / "home"), "PYTHONPYCACHEPREFIX": str(work / "compiled")},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        spent.append(time.perf_counter() - began)
    return {"start_first_seconds": spent[0], "start_to_search_seconds": median(spent[1:])}
