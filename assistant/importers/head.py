"""The head of one form: project, money, goals and title, from its labels and the text above it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from assistant.importers.json_table import NO_SUCH_CELL
from assistant.importers.labels import MONEY, Label, Labelled
from assistant.importers.matrix import one_line, plain
from assistant.importers.whole_table import NOT_STATED
from assistant.schema import Funds, Goal, Goals, Period, Project, Unresolved

_AMOUNT = re.compile(r"^(-?\d+(?:\.\d+)?)(万元|亿元|元|万)?$")
_CODE = re.compile(r"^(?:[\[【(（]?(\d{3,9})[\]】)）]?[-—_]?)(?=[\u4e00-\u9fff])")
_TITLE = re.compile(r"绩效.{0,12}表|项目申报表|目标.{0,6}表")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_YEAR_ALONE = re.compile(r"20\d{2}年度|^[（(]?20\d{2}年[）)]?$")
_A_DATE = re.compile(r"日期|时间|20\d{2}[-./年]\d{1,2}")
_DATE = re.compile(r"(20\d{2})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_ABSENT = {
    "name": "project.name",
    "dept": "project.dept",
    "unit": "project.unit",
    "period": "project.period",
    "total": "funds",
    "fiscal": "funds[0].fiscal",
    "carryover": "funds[0].carryover",
    "special_account": "funds[0].special_account",
    "unit_fund": "funds[0].unit_fund",
    "other": "funds[0].other",
    "annual": "goals.annual.text",
    "overall": "goals.overall.text",
}
Horizon = Literal["年度", "实施期"]
Scope = Literal["本级", "本级和市县"]


@dataclass
class Head:
    """What the head of a form says, and what a person has to settle about it."""

    title: str = ""
    year: int | None = None
    project: Project = field(default_factory=Project)
    funds: tuple[Funds, ...] = ()
    goals: Goals = field(default_factory=Goals)
    two_column: bool = False
    unresolved: list[Unresolved] = field(default_factory=list)


def head_of(found: Sequence[Labelled], lines: Iterable[str]) -> Head:
    """The head from the labels of a form (those in the form before those in the text above) and the lines above it."""
    head = Head()
    lines = [line.strip() for line in lines if line.strip()]
    head.title = next((plain(line) for line in reversed(lines) if _TITLE.search(plain(line)) and len(line) < 80), "")
    head.year = _year(found, head.title, lines)
    head.project = _project(found, head.unresolved)
    head.funds = _funds(found, head)
    head.goals = _goals(found)
    head.two_column = any(one.scope == "本级和市县" for one in head.funds)
    seen = {one.label for one in found}
    if {"start", "end"} & seen:
        seen.add("period")
    if head.goals.annual.text:
        seen.add("annual")
    head.unresolved += [
        Unresolved(field=path, issue=NO_SUCH_CELL) for label, path in _ABSENT.items() if label not in seen
    ]
    return head


def _first(found: Iterable[Labelled], label: Label) -> str | None:
    return next((one.text for one in found if one.label == label and one.text), None)


def _year(found: Sequence[Labelled], title: str, lines: Sequence[str]) -> int | None:
    """The budget year: what a label or the title says, else 2024年度 in a line; dates of filling in are none."""
    near = [plain(line) for line in reversed(lines) if len(line) < 60]
    alone = [line for line in near if _YEAR_ALONE.search(line)]
    rest = [line for line in near if not _A_DATE.search(line)]
    for text in (_first(found, "year") or "", title, *alone, *rest):
        match = _YEAR.search(unicodedata.normalize("NFKC", text))
        if match and 2000 <= int(match[1]) <= 2100:
            return int(match[1])
    return None


def _project(found: Sequence[Labelled], unresolved: list[Unresolved]) -> Project:
    dept, dept_code = _with_code(_first(found, "dept"))
    unit, unit_code = _with_code(_first(found, "unit"))
    name = _one_line(_first(found, "name"))
    if name and len(name) > 200:
        unresolved.append(Unresolved(field="project.name", issue="项目名称太长，只留下前 200 字", raw={"name": name}))
    code = _one_line(_first(found, "code"))
    return Project(
        name=name[:200] if name else None,
        code=code if code and len(code) <= 40 else None,
        parent_name=_one_line(_first(found, "parent_name")),
        category=_one_line(_first(found, "category")),
        attribute=_one_line(_first(found, "attribute")),
        dept=dept,
        dept_code=dept_code,
        unit=unit,
        unit_code=unit_code,
        period=_period(found),
        basis=_first(found, "basis"),
        overview=_first(found, "overview"),
    )


def _one_line(text: str | None) -> str | None:
    return one_line(text) or None if text else None


def _with_code(written: str | None) -> tuple[str | None, str | None]:
    """219-某某局 and [015001]某某局: the code apart from the name."""
    name = _one_line(written)
    match = _CODE.match(name) if name else None
    return (name[match.end() :], match[1]) if name and match else (name, None)


def _period(found: Sequence[Labelled]) -> Period:
    start, end = _first(found, "start"), _first(found, "end")
    text = _one_line(_first(found, "period")) or ("至".join(filter(None, (start, end))) or None)
    dates = [f"{int(y):04d}-{int(m):02d}-{int(d):02d}" for y, m, d in _DATE.findall(text or "")]
    sound = [one for one in dates if 1 <= int(one[5:7]) <= 12 and 1 <= int(one[8:]) <= 31]
    both = len(sound) == 2 and len(dates) == 2
    return Period(text=text, start=sound[0] if both else None, end=sound[1] if both else None)


def _goals(found: Sequence[Labelled]) -> Goals:
    annual, overall = _first(found, "annual"), _first(found, "overall")
    if annual is None and overall is not None and not any(one.label == "annual" for one in found):
        return Goals(annual=Goal(text=overall))  # 总体目标 alone: the only goal the form asks for
    return Goals(annual=Goal(text=annual), overall=Goal(text=overall) if overall else None)


def _funds(found: Sequence[Labelled], head: Head) -> tuple[Funds, ...]:
    """The money blocks: a label of the total opens one, the labels under it in its column belong to it."""
    money = [one for one in found if one.label in MONEY]
    if not money:
        return ()
    unit, stated = _money_unit(found)
    blocks: list[tuple[Labelled | None, dict[str, Any]]] = []
    for one in money:
        block = next((cells for total, cells in reversed(blocks) if total and total.column == one.column), None)
        if one.label == "total" and (block is None or "total" in block):
            if any((_horizon(other), _scope(other)) == (_horizon(one), _scope(one)) for other, _ in blocks if other):
                continue  # the same total said twice (表头 and 预算执行情况)
            block = {}
            blocks.append((one, block))
        if block is None:
            block = blocks[-1][1] if blocks else {}
            if not blocks:
                blocks.append((None, block))
        if one.label not in block:
            block[one.label] = _amount(one, unit, head.unresolved)
    if not stated and any(amount is not None for _, cells in blocks for amount in cells.values()):
        head.unresolved.append(Unresolved(field="funds[0].unit", issue="没有写金额单位，按万元读入，请核对"))
    alone = len(blocks) == 1 and blocks[0][0] is not None and not re.search("中期|实施期", blocks[0][0].words)
    made = [
        Funds(unit=unit, horizon="年度" if alone else _horizon(total), scope=_scope(total), **cells)
        for total, cells in blocks
    ]
    return tuple(sorted(made, key=lambda one: one.horizon != "年度"))


def _money_unit(found: Sequence[Labelled]) -> tuple[Literal["万元", "元"], bool]:
    said = [one.text for one in found if one.label == "money_unit"]
    said += [
        one.words for one in found if one.label in MONEY or (one.label == "side" and re.search("资金|预算", one.words))
    ]
    said += [one.text for one in found if one.label in MONEY]
    for text in said:
        if "万元" in text or re.search(r"\d万$", text):
            return "万元", True
        if re.search(r"[(（:：\d]元|^元", text):
            return "元", True
    return "万元", False


def _horizon(total: Labelled | None) -> Horizon:
    return "实施期" if total and re.search(r"中期|实施期|项目总|总投资|项目资金总额", total.words) else "年度"


def _scope(total: Labelled | None) -> Scope:
    return "本级和市县" if total and "市县" in total.words else "本级"


def _amount(one: Labelled, unit: str, unresolved: list[Unresolved]) -> Decimal | None:
    text = unicodedata.normalize("NFKC", plain(one.text)).replace(",", "").replace("，", "")
    if text in ("", "-", "/", "—", "无"):
        return None
    match = _AMOUNT.match(text)
    if match is None or len(match[1]) > 17:
        unresolved.append(
            Unresolved(field=f"funds[0].{one.label}", issue=NOT_STATED, raw={one.label: one.text, "label": one.words})
        )
        return None
    number = Decimal(match[1])
    written = {"万": "万元", None: unit}.get(match[2], match[2])
    in_yuan = number * {"元": 1, "万元": 10_000, "亿元": 100_000_000}[str(written)]
    return number if written == unit else in_yuan / (10_000 if unit == "万元" else 1)
