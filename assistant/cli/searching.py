"""`jimu search`: similar tables and indicators with scores, value statistics and sources."""

from __future__ import annotations

import re
from typing import Any

import click

from assistant.cli.concepts import statistics_data
from assistant.errors import BadInput
from assistant.precedents.spread import spread
from assistant.precedents.store import Filter
from assistant.retrieval.search import RowHit, Searcher, TableHit
from assistant.schema import ORIGIN_LABELS
from assistant.values import render

LONGEST_QUERY = 500


def filter_of(years: str | None, region: str | None, field: str | None, generation: str | None) -> Filter:
    """The filter the options describe."""
    span: tuple[int, int] | None = None
    if years is not None:
        found = re.fullmatch(r"(\d{4})(?:\s*[-—~至]\s*(\d{4}))?", years.strip())
        if found is None:
            raise BadInput(f"--year {years} 看不懂，请写成 2023 或 2021-2024")
        span = (int(found[1]), int(found[2] or found[1]))
    return Filter(years=span, region=region, field=field, generation=generation)


def find(searcher: Searcher, text: str, count: int, where: Filter) -> dict[str, Any]:
    """Tables and indicators like a text, as JSON data."""
    query = text.strip()[:LONGEST_QUERY]
    tables = searcher.tables(query, count, where)
    rows = searcher.rows(query, count, where)
    counted = searcher.store.counted([hit.text_key for hit in rows], where)
    projects = searcher.store.facts({row.table_id for hit in rows for row in hit.rows})
    return {
        "query": query,
        "tables": [
            {
                "id": hit.id,
                "score": round(hit.score, 4),
                "why": _why(hit),
                "project_name": hit.facts.project_name,
                "unit": hit.facts.unit,
                "year": hit.facts.year,
                "field": hit.facts.field,
                "origin": ORIGIN_LABELS.get(hit.facts.origin, hit.facts.origin),
                "source": hit.facts.source,
            }
            for hit in tables
        ],
        "indicators": [
            {
                "name": hit.name,
                "score": round(hit.score, 4),
                "why": _why(hit),
                "statistics": statistics_data(spread(counted.get(hit.text_key, {}))),
                "total": hit.total,
                "rows": [
                    {
                        "id": row.id,
                        "level1": row.level1,
                        "level2": row.level2,
                        "value": render(row.value) if row.value else None,
                        "project_name": projects[row.table_id].project_name,
                        "unit": projects[row.table_id].unit,
                        "year": projects[row.table_id].year,
                    }
                    for row in hit.rows
                ],
            }
            for hit in rows
        ],
    }


def _why(hit: TableHit | RowHit) -> str:
    places = {"词语": hit.words_rank, "语义": hit.vector_rank, "重排": hit.reranked}
    return "、".join(f"{what}第 {place} 位" for what, place in places.items() if place)


def show(found: dict[str, Any]) -> None:
    """Print search results."""
    click.echo("相似的表：" if found["tables"] else "没有相似的表")
    for hit in found["tables"]:
        year = hit["year"] or "年份不详"
        click.echo(f"  {hit['project_name']}｜{hit['unit']}｜{year}｜{hit['origin']}｜{hit['id']}（{hit['why']}）")
    click.echo("相似的指标：" if found["indicators"] else "没有相似的指标")
    for hit in found["indicators"]:
        click.echo(f"  {hit['name']}{_spread(hit['statistics'])}")
        for row in hit["rows"][:3]:
            year = row["year"] or "年份不详"
            where = f"{row['project_name']}｜{row['unit']}｜{year}｜{row['id']}"
            click.echo(f"    {row['level2']} {row['value'] or '（无值）'}　{where}")


def _spread(stats: dict[str, Any] | None) -> str:
    if stats is None:
        return ""
    return f"　n={stats['n']} 最小 {stats['min']:g} 中位 {stats['median']:g} 最大 {stats['max']:g} {stats['unit']}"
