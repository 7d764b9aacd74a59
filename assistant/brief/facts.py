"""What a brief is: the request as given, and the facts read from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, ValidationError, field_validator, model_validator

from assistant.errors import BadBrief
from assistant.schema import Budget, ProjectKind, Strict, chinese_problems
from assistant.values import Value

RETURN_PERIOD = "年一遇"
"""The unit of 20年一遇, the flood a work has to stand."""

LONGEST_DESCRIPTION = 20_000
"""Characters; a proposal of forty pages. Longer texts are refused with a message, never cut silently."""

FactKind = Literal[
    "quantity",
    "rate",
    "unit_price",
    "money",
    "budget",
    "fiscal",
    "other_funds",
    "total_investment",
    "source",
    "duration",
    "deadline",
    "period",
]
KindOfWork = Literal["工程建设", "修缮改造", "设备购置", "信息化建设", "补助发放", "公共服务", "运行保障"]

FORM_KIND: Mapping[KindOfWork, ProjectKind] = {
    "工程建设": "工程基建",
    "修缮改造": "大型修缮",
    "设备购置": "大型购置",
    "信息化建设": "信息化建设",
    "补助发放": "面向公众服务",
    "公共服务": "面向公众服务",
    "运行保障": "内部管理",
}
"""The kind of work as the form names it (FORM.md §1, after 财预〔2021〕101号 附件1 二)."""


class BriefRequest(Strict):
    """The contract of `jimu draft --brief`; only `project_name` or `description` is required."""

    project_name: str = Field("", title="项目名称", max_length=200)
    department: str = Field("", title="主管部门", max_length=200)
    unit: str = Field("", title="实施单位", max_length=200)
    year: Annotated[int, Field(ge=2000, le=2100)] | None = Field(None, title="预算年度")
    budget_wan: Budget | None = Field(None, title="预算金额（万元）")
    attribute: str = Field("", title="项目属性", max_length=100)
    description: str = Field("", title="项目描述")
    generation: Literal["2015", "2021"] | None = Field(None, title="指标体系")

    @field_validator("project_name", "department", "unit", "attribute", "description", mode="before")
    @classmethod
    def _none_is_blank(cls, text: object) -> object:
        return "" if text is None else text

    @field_validator("description")
    @classmethod
    def _not_endless(cls, text: str) -> str:
        if len(text) > LONGEST_DESCRIPTION:
            raise ValueError(
                f"项目描述有 {len(text)} 字，超过 {LONGEST_DESCRIPTION} 字；"
                "请只留下与任务、数量、标准、时限、效果有关的部分"
            )
        return text

    @model_validator(mode="after")
    def _says_something(self) -> BriefRequest:
        if not self.project_name and not self.description:
            raise ValueError("没有项目名称，也没有项目描述；请至少写一句项目要做什么")
        return self


class Fact(Strict):
    """One thing the description says, with its quoted span.

    `label` is the phrase an indicator would be named by (道路硬化里程), `start`/`end` delimit `quote` in the
    description; facts from a given field have `source` set to that field's name instead.
    """

    id: str
    kind: FactKind
    label: str
    subject: str = ""
    value: Value
    quote: str
    source: str = "description"
    start: int = -1
    end: int = -1


class Conflict(Strict):
    """Two facts that cannot both hold."""

    label: str
    facts: tuple[Fact, ...]

    @property
    def question(self) -> str:
        """What to ask the unit."""
        said = "、".join(f"“{fact.quote}”" for fact in self.facts)
        return f"“{self.label}”在描述中有不同的数：{said}，以哪个为准？"


class Brief(Strict):
    """What was understood of a project."""

    request: BriefRequest
    facts: tuple[Fact, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    kind: KindOfWork | None = None
    year: int | None = None
    budget_wan: Decimal | None = None
    total_investment_wan: Decimal | None = None
    unread: tuple[str, ...] = ()
    """Clauses with a number that no fact took up: shown, never dropped."""
    beneficiaries: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Name and description, the words to search with."""
        return "\n".join(part for part in (self.request.project_name, self.request.description) if part)

    @property
    def runs_on(self) -> bool:
        """Whether the project goes beyond the budget year: then precedents' days of completion do not fit it."""
        months = [one.value.number for one in self.facts if one.kind == "duration" and one.value.unit == "个月"]
        long = any(number and number > 12 for number in months)
        return self.total_investment_wan is not None or self.ends_later or long

    @property
    def ends_later(self) -> bool:
        """Whether a date of the description lies after the budget year: then it completes nothing this year."""
        dates = [date for one in self.facts for date in (one.value.date, one.value.date_end) if date]
        return self.year is not None and any(date[:4].isdigit() and int(date[:4]) > self.year for date in dates)

    def of_later_years(self, fact: Fact) -> bool:
        """Whether a fact is a target of the whole project, not of the year: 三年累计造林, 到2026年底提高到43%."""
        if self.year is None or fact.kind in ("period", "deadline", "total_investment"):
            return False
        if re.match(r"[二两三四五六]年累计", fact.label):
            return self.runs_on
        said = re.search(r"[到至](20\d{2})年[底末]?[^，。；]*$", self.request.description[: fact.start + 8])
        return said is not None and int(said[1]) > self.year

    @property
    def form_kind(self) -> ProjectKind | None:
        """The kind of project as the form names it."""
        return FORM_KIND[self.kind] if self.kind else None


def request_from_data(data: object) -> BriefRequest:
    """A request from parsed JSON; raises `BadBrief` with one Chinese line per problem."""
    try:
        return BriefRequest.model_validate(data)
    except ValidationError as problem:
        raise BadBrief(*(line.removeprefix("整个内容 ") for line in chinese_problems(problem))) from problem
