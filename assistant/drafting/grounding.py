"""The guard: every number, date and unit on the form traces to evidence; what does not is blanked and listed.

It does not trust the drafter: quotes are looked up again in the brief, precedents in the store, cites in the
policy documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from assistant.brief import Brief
from assistant.drafting.draft import Draft, DraftRow, Evidence, Rejected
from assistant.policy import resolve
from assistant.precedents.store import PastRow
from assistant.values import NumberSpan, Value, find_values, render

FindRow = Callable[[str], PastRow | None]


@dataclass(frozen=True)
class Ground:
    """What numbers may be traced to."""

    fields: Mapping[str, str]
    find_row: FindRow
    year: int | None

    @classmethod
    def of(cls, brief: Brief, find_row: FindRow) -> Ground:
        """The ground of one brief: its given fields as text, and the store of past rows."""
        given = brief.request.model_dump()
        fields = {name: str(text) for name, text in given.items() if text not in (None, "")}
        if brief.request.budget_wan is not None:
            fields["budget_wan"] = f"{format(brief.request.budget_wan, 'f')}万元"
        if brief.request.year is not None:
            fields["year"] = f"{brief.request.year}年"
        return cls(fields, find_row, brief.year)


def guard(draft: Draft, ground: Ground) -> Draft:
    """The draft with every untraceable value blanked, every untraceable name or goal sentence removed, all listed."""
    kept: list[DraftRow] = []
    rejected = list(draft.rejected)
    for row in draft.rows:
        if (stray := _stray_in_name(row, ground)) is not None:
            rejected.append(Rejected(row=row.indicator.name, why=f"名称中的“{stray}”找不到依据，整行未采用"))
            continue
        value = row.indicator.value
        if value is not None and not _traced(value, row.evidence, ground):
            rejected.append(Rejected(row=f"{row.indicator.name} {render(value)}", why="指标值找不到依据，已改为待填"))
            row = _blanked(row)
        kept.append(row)
    goal, dropped = _ground_goal(draft.table.goals.annual.text or "", kept, ground)
    rejected += [Rejected(row=sentence, why="目标文字中的数找不到依据，已删去这一句") for sentence in dropped]
    annual = draft.table.goals.annual.model_copy(update={"text": goal or None})
    table = draft.table.model_copy(
        update={
            "indicators": tuple(row.indicator for row in kept),
            "goals": draft.table.goals.model_copy(update={"annual": annual}),
        }
    )
    return draft.model_copy(update={"table": table, "rows": tuple(kept), "rejected": tuple(rejected)})


def holds(evidence: Evidence, ground: Ground) -> bool:
    """Whether a piece of evidence really stands where it says it does."""
    if evidence.kind == "brief":
        return evidence.quote in ground.fields.get(evidence.ref, "")
    if evidence.kind == "precedent":
        row = ground.find_row(evidence.ref)
        if row is None or row.name not in evidence.quote:
            return False
        return evidence.value is None or (row.value is not None and render(row.value) == evidence.value)
    try:
        return resolve(evidence.ref).label in evidence.quote
    except KeyError:
        return False


def _traced(value: Value, evidence: Iterable[Evidence], ground: Ground) -> bool:
    """Whether every number of a value stands in evidence that holds, with the same unit; and its words where it has none."""
    sound = [one for one in evidence if one.kind != "policy" and one.value is not None and holds(one, ground)]
    said = [span for one in sound for span in find_values(one.quote if one.kind == "brief" else one.value or "")]
    wanted = find_values(render(value))
    if not wanted:
        return any(render(value) in (one.value or "") for one in sound)
    return all(any(_same(span, other, ground.year) for other in said) for span in wanted)


def _same(wanted: NumberSpan, said: NumberSpan, year: int | None) -> bool:
    if wanted.kind == "date" or said.kind == "date":
        return _same_date(wanted.date, said.date, year)
    bounds = (said.number, said.number_max)
    whole = (wanted.number, wanted.number_max) == bounds
    one_end = wanted.number_max is None and wanted.number in bounds
    return (whole or one_end) and wanted.unit == said.unit


def _same_date(wanted: str | None, said: str | None, year: int | None) -> bool:
    """The same day; a precedent's or an unstated year may be replaced only by the year of the brief."""
    if not wanted or not said:
        return wanted == said
    if wanted == said:
        return True
    day = wanted.partition("-")[2] if not wanted.startswith("-") else wanted[2:]
    said_day = said.partition("-")[2] if not said.startswith("-") else said[2:]
    return bool(day) and day == said_day and year is not None and wanted.startswith(str(year))


def _stray_in_name(row: DraftRow, ground: Ground) -> str | None:
    """A number in a row's name that neither the brief nor a cited precedent's name has."""
    wanted = [span.text for span in find_values(row.indicator.name)]
    sources = [*ground.fields.values(), *(one.quote for one in row.evidence if holds(one, ground))]
    return next((text for text in wanted if not any(text in source for source in sources)), None)


def _blanked(row: DraftRow) -> DraftRow:
    return row.model_copy(
        update={
            "indicator": row.indicator.model_copy(update={"value": None}),
            "value_basis": None,
            "blank_reason": "原来的值找不到依据，没有采用",
            "question": row.question or f"“{row.indicator.name}”的目标值是多少？依据是什么？",
        }
    )


def _ground_goal(goal: str, rows: Iterable[DraftRow], ground: Ground) -> tuple[str, list[str]]:
    """The goal without the sentences that hold a number from nowhere, and those sentences."""
    said = [span for text in ground.fields.values() for span in find_values(text)]
    said += [span for row in rows if row.indicator.value for span in find_values(render(row.indicator.value))]
    names = [row.indicator.name for row in rows]
    kept, dropped = [], []
    for sentence in goal.split("。"):
        stray = [span for span in find_values(_without(sentence, names)) if not _stands(span, said, ground)]
        (dropped if stray else kept).append(sentence)
    return "。".join(kept), [sentence for sentence in dropped if sentence]


def _stands(span: NumberSpan, said: Iterable[NumberSpan], ground: Ground) -> bool:
    if span.date is not None and ground.year is not None and span.date == str(ground.year):
        return True
    return any(_same(span, other, ground.year) for other in said)


def _without(sentence: str, names: Iterable[str]) -> str:
    """Names were checked with their rows; 第三代社保卡 in a goal is not a number of its own."""
    for name in sorted(names, key=len, reverse=True):
        sentence = sentence.replace(name, "　")
    return sentence

