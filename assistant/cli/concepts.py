"""`jimu search --concepts` and `jimu concepts`: the 指标库, what is usual for its concepts, their correction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.echo import say
from assistant.errors import BadInput
from assistant.precedents.concepts import SLICES, Concept, ConceptLibrary, band_label
from assistant.precedents.decisions import decisions, merge_concepts, rename_concept, split_concept
from assistant.precedents.spread import Summary, spread

if TYPE_CHECKING:
    from assistant.retrieval.search import Searcher
    from assistant.settings import Settings

_HITS = 40  # indicator names looked at for a text: several names lead to one concept
_NAMES_SHOWN = 5


def concepts_like(searcher: Searcher, text: str | None, count: int, by: str | None) -> dict[str, Any]:
    """Concepts whose names are like a text, without one the commonest, as JSON data."""
    library = ConceptLibrary(searcher.store)
    if text:
        keys = [hit.text_key for hit in searcher.rows(text, _HITS)]
        places = {key: place for place, key in enumerate(keys)}
        known = library.of_texts(keys)
        ids = [known[text] for text in sorted(known, key=lambda text: (places[text[0]], text[1]))]
        found = library.get(ids)[:count]
    else:
        found = library.commonest(count)
    return {"query": text or "", "concepts": [concept_data(library, concept, by) for concept in found]}


def concept_data(library: ConceptLibrary, concept: Concept, by: str | None = None) -> dict[str, Any]:
    """A concept and what is usual for it."""
    usual = library.usual(concept)
    data: dict[str, Any] = {
        "id": concept.id,
        "name": concept.name,
        "level2": concept.level2,
        "slot": concept.pattern.slot or None,
        "formula": concept.formula or None,
        "rows": concept.rows,
        "projects": concept.projects,
        "settled": concept.settled,
        "direction": usual.direction or None,
        "unit_family": usual.family or None,
        "statistics": statistics_data(usual.values),
        "names": _ranked(usual.names),
        "fields": _ranked(usual.fields),
    }
    if by is not None:
        parts = {key: spread(counts) for key, counts in sorted(library.values(concept, by).items())}
        data["by"] = {
            band_label(key) if by == "money" and key.isdigit() else key: statistics_data(one)
            for key, one in parts.items()
        }
    return data


def statistics_data(summary: Summary | None) -> dict[str, Any] | None:
    """Statistics as JSON data; None when nothing can be compared."""
    if summary is None:
        return None
    return {
        "n": summary.n,
        "min": float(summary.minimum),
        "q1": float(summary.lower),
        "median": float(summary.median),
        "q3": float(summary.upper),
        "max": float(summary.maximum),
        "mode": None if summary.mode is None else float(summary.mode),
        "unit": summary.unit,
    }


def show_concepts(found: dict[str, Any]) -> None:
    """Print concepts, one block each."""
    concepts = found["concepts"]
    click.echo(f"指标概念 {len(concepts)} 个：" if concepts else "没有相近的指标概念")
    for one in concepts:
        click.echo(f"  {one['name']}　{one['level2']}　{one['projects']} 个项目、{one['rows']} 行　编号 {one['id']}")
        names = [f"{name['name']}×{name['uses']}" for name in one["names"][:_NAMES_SHOWN]]
        more = f" 等 {len(one['names'])} 种" if len(one["names"]) > _NAMES_SHOWN else ""
        click.echo(f"    写法：{'、'.join(names)}{more}")
        if one["statistics"]:
            click.echo(f"    常见值：{one['direction'] or ''}{_spread(one['statistics'])}")
        if one["formula"]:
            click.echo(f"    算法：{one['formula']}（通行算法，仅供参考）")
        fields = [f"{field['name']}×{field['uses']}" for field in one["fields"][:_NAMES_SHOWN]]
        click.echo(f"    领域：{'、'.join(fields)}{' 等' if len(one['fields']) > _NAMES_SHOWN else ''}")
        for part, statistics in one.get("by", {}).items():
            click.echo(f"      {part}：{_spread(statistics) if statistics else '没有可比的数'}")


def _spread(one: dict[str, Any]) -> str:
    mode = "" if one["mode"] is None else f"，最常见 {one['mode']:g}"
    middle = f"中位 {one['median']:g}（中间一半 {one['q1']:g}–{one['q3']:g}）"
    return f"{middle}，最小 {one['min']:g}，最大 {one['max']:g}{mode} {one['unit']}，n={one['n']}"


def _ranked(counts: Any) -> list[dict[str, Any]]:
    return [{"name": name, "uses": counts[name]} for name in sorted(counts, key=lambda one: (-counts[one], one))]


@click.group("concepts")
def concepts_group() -> None:
    """更正指标概念：合并、拆分、改名；更正在以后收录新表时一直有效。"""


@concepts_group.command()
@click.argument("names", nargs=-1, required=True, metavar="概念 概念…")
@click.pass_obj
def merge(settings: Settings, names: Sequence[str]) -> None:
    """把几个概念合成一个，沿用第一个的名称。概念写名称、编号或其中一个指标名。"""
    concept = merge_concepts(_library(settings).store, names)
    say(f"已合并为“{concept.name}”（{concept.id}）：{concept.projects} 个项目、{concept.rows} 行")


@concepts_group.command()
@click.argument("name", metavar="概念")
@click.argument("names", nargs=-1, required=True, metavar="指标名…")
@click.pass_obj
def split(settings: Settings, name: str, names: Sequence[str]) -> None:
    """从一个概念里把这些指标名拆出去，另成一个概念。"""
    searcher = _library(settings)
    concept = ConceptLibrary(searcher.store).called(name)
    made = split_concept(searcher.store, concept, names, searcher.text_vectors)
    say(f"已从“{concept.name}”拆出“{made.name}”（{made.id}）：{made.projects} 个项目、{made.rows} 行")


@concepts_group.command()
@click.argument("name", metavar="概念")
@click.argument("new", metavar="新名称")
@click.pass_obj
def rename(settings: Settings, name: str, new: str) -> None:
    """给一个概念改名。"""
    store = _library(settings).store
    concept = ConceptLibrary(store).called(name)
    say(f"“{concept.name}”已改名为“{rename_concept(store, concept, new).name}”（{concept.id}）")


@concepts_group.command()
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_obj
def log(settings: Settings, *, as_json: bool) -> None:
    """列出做过的更正。"""
    import json

    made = decisions(settings.store)
    if as_json:
        click.echo(json.dumps([{"at": one.at, **one.what} for one in made], ensure_ascii=False, indent=2))
        return
    for one in made or ():
        what = one.what
        if "merged" in what:
            said = f"把{'、'.join(what['merged'])}并入“{what['into']}”"
        elif "split" in what:
            said = f"从“{what['from']}”拆出{'、'.join(what['split'])}"
        else:
            said = f"把“{what['renamed']}”改名为“{what['to']}”"
        click.echo(f"{one.at}　{said}（{what['id']}）")
    if not made:
        click.echo("还没有更正过指标概念")


def slice_of(by: str | None) -> str | None:
    """The slice a Chinese option names; `BadInput` for an unknown one."""
    if by is None:
        return None
    found = next((key for key, label in SLICES.items() if by in (key, label)), None)
    if found is None:
        raise BadInput(f"--by {by} 不认识，可用：{'、'.join(SLICES.values())}")
    return found


def _library(settings: Settings) -> Searcher:
    from assistant.cli.opening import open_searcher

    return open_searcher(settings)
