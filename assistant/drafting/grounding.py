"""The guard: every number, date and unit on the form traces to evidence; what does not is blanked and listed.

It does not trust the drafter: quotes are looked up again in the brief, precedents in the store, cites in the
policy documents.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.brief import Brief
from assistant.drafting.draft import Draft, DraftRow, Evidence, Rejected
from assistant.policy import resolve
from assistant.precedents.store import PastRow
from assistant.values import NumberSpan, Value, find_values, render

_YUAN = {"元": 1, "千元": 1000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
"""Money that may be written either way; of any other unit the very unit must be said."""

_NOTHING = re.compile(r"不(得)?(再)?(发生|出现)|杜绝|无|零")
"""Words that say zero: 不发生重大森林火灾."""
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
        value, stray = row.indicator.value, _stray_in_name(row, ground)
        if stray is not None:
            rejected.append(Rejected(row=row.indicator.name, why=f"名称中的“{stray}”找不到依据，整行未采用"))
        elif value is not None and not _traced(value, row.evidence, ground):
            rejected.append(Rejected(row=f"{row.indicator.name} {render(value)}", why="指标值找不到依据，已改为待填"))
            kept.append(_blanked(row))
        else:
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
    except LookupError:
        return False


def _traced(value: Value, evidence: Iterable[Evidence], ground: Ground) -> bool:
    """Whether every number of a value stands with its unit in evidence that holds; its words where it has none."""
    sound = [one for one in evidence if one.kind != "policy" and one.value is not None and holds(one, ground)]
    texts = [one.quote if one.kind == "brief" else one.value or "" for one in sound]
    said = [_Said(span, text) for text in texts for span in find_values(text)]
    wanted = find_values(render(value))
    if not wanted:
        return any(render(value) in (one.value or "") for one in sound)
    nothing = any(one.kind == "brief" and _NOTHING.search(one.quote) for one in sound)
    return all(
        (nothing and span.number == 0) or any(_same(span, other, ground.year) for other in said) for span in wanted
    )


@dataclass(frozen=True)
class _Said:
    """A number where it was said, with the words around it."""

    span: NumberSpan
    text: str


def _same(wanted: NumberSpan, said: _Said, year: int | None) -> bool:
    span = said.span
    if wanted.kind == "date" or span.kind == "date":
        return _same_date(wanted.date, span.date, year)
    if wanted.number == 0 == span.number:  # 变质比例为0 is 0%, whatever the unit
        return True
    if wanted.unit in _YUAN and span.unit in _YUAN:  # 35,600,000元 is 3560万元
        return _within(_in_yuan(wanted), _in_yuan(span))
    numbers = _within((wanted.number, wanted.number_max), (span.number, span.number_max))
    return numbers and _same_unit(wanted.unit or "", span.unit or "", said.text)


def _within(wanted: tuple[Decimal, Decimal | None], said: tuple[Decimal, Decimal | None]) -> bool:
    """The same number or range, or one end of the range said."""
    return wanted == said or (wanted[1] is None and wanted[0] in said)


def _in_yuan(span: NumberSpan) -> tuple[Decimal, Decimal | None]:
    scale = _YUAN[span.unit]
    return span.number * scale, None if span.number_max is None else span.number_max * scale


def _same_unit(wanted: str, said: str, text: str) -> bool:
    """每批次检测费900元 is 900元/批次: a denominator may stand in the words before the number."""
    if wanted == said:
        return True
    base, _, per = wanted.partition("/")
    return (
        base == said
        and bool(per)
        and all(
            f"每{part}" in text or f"{part}均" in text or f"年{part}均" in text or _yearly(part, text)
            for part in per.split("·")
        )
    )


def _yearly(part: str, text: str) -> bool:
    return part == "年" and bool(re.search(r"年[人户生亩]均|每[人户生亩]每年", text))


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
    texts = [*ground.fields.values(), *(render(row.indicator.value) for row in rows if row.indicator.value)]
    said = [_Said(span, text) for text in texts for span in find_values(text)]
    names = [row.indicator.name for row in rows]
    kept: list[str] = []
    dropped: list[str] = []
    for sentence in goal.split("。"):
        stray = [span for span in find_values(_without(sentence, names)) if not _stands(span, said, ground)]
        (dropped if stray else kept).append(sentence)
    return "。".join(kept), [sentence for sentence in dropped if sentence]


def _stands(span: NumberSpan, said: Iterable[_Said], ground: Ground) -> bool:
    if span.date is not None and ground.year is not None and span.date == str(ground.year):
        return True
    return any(_same(span, other, ground.year) for other in said)


def _without(sentence: str, names: Iterable[str]) -> str:
    """Names were checked with their rows; 第三代社保卡 in a goal is not a number of its own."""
    for name in sorted(names, key=len, reverse=True):
        sentence = sentence.replace(name, "　")
    return sentence
