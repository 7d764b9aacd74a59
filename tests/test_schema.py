"""The form as data: what fits, what does not, and how that is said."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from pydantic import ValidationError

from assistant.errors import BadTable
from assistant.schema import (
    LEVEL1,
    LEVEL2,
    Funds,
    Goal,
    Goals,
    Indicator,
    PastTable,
    PerformanceTable,
    Project,
    Unresolved,
    chinese_problems,
    table_from_data,
)
from assistant.values import parse_value

ROW = {"level1": "产出指标", "level2": "数量指标", "name": "培训人次"}
VALUES = (
    "≥300人次",
    "30-320元",
    "2026年10月31日前",
    "每月15日前",
    "优/良/中/差",
    "按月足额发放",
    "一等30元，二等20元",
    "0起",
)


def table(**changes: object) -> PerformanceTable:
    rows = tuple(Indicator(**ROW, id=f"r{at}", value=parse_value(text)) for at, text in enumerate(VALUES))  # type: ignore[arg-type]
    given: dict[str, object] = {"indicators": rows, "project": Project(name="干部培训"), "fiscal_year": 2026}
    return PerformanceTable.model_validate(given | changes)


def problems(data: object) -> tuple[str, ...]:
    with pytest.raises(BadTable) as refused:
        table_from_data(data, where="表")
    return refused.value.problems


def test_a_table_survives_json_unchanged() -> None:
    assert PerformanceTable.model_validate_json(table().model_dump_json()) == table()


def test_a_table_survives_plain_data_unchanged() -> None:
    assert table_from_data(json.loads(json.dumps(table().model_dump(mode="json")))) == table()


def test_the_empty_form_is_valid() -> None:
    assert table_from_data({}) == PerformanceTable()


def test_an_empty_amount_is_null_and_not_zero() -> None:
    funds = Funds()
    assert funds.total is None
    assert Funds(total=Decimal(0)).total == 0
    assert json.loads(funds.model_dump_json())["total"] is None


def test_money_keeps_its_decimals() -> None:
    assert Funds.model_validate({"total": "1234567890.1234"}).total == Decimal("1234567890.1234")
    assert json.loads(Funds(total=Decimal("45.50")).model_dump_json())["total"] == 45.5


def test_data_is_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        table().title = "另一张"  # type: ignore[misc]


def test_blanks_around_texts_are_taken_off() -> None:
    assert Project(name="  干部培训\n").name == "干部培训"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "整个内容 应当是一个对象"),
        ({"colour": "红"}, "colour 不认识的字段"),
        ({"fiscal_year": 1800}, "fiscal_year 应当不小于 2000，现在是 1800"),
        ({"fiscal_year": 2101}, "fiscal_year 应当不大于 2100，现在是 2101"),
        ({"fiscal_year": "今年"}, "fiscal_year 应当是整数，现在是 '今年'"),
        ({"form_generation": "2019"}, "form_generation 取值应当是 '2015', '2021', 'local' 之一"),
        ({"funds": [{"total": "NaN"}]}, "funds.0.total 应当是有限的数"),
        ({"funds": [{"total": "很多"}]}, "funds.0.total 应当是数"),
        ({"funds": {}}, "funds 应当是一个列表"),
        ({"indicators": [{"level1": "产出指标", "level2": "数量指标"}]}, "indicators.0.name 缺少这一项"),
        ({"indicators": [{**ROW, "name": " "}]}, "indicators.0.name 不能为空"),
        ({"indicators": [{**ROW, "name": "长" * 201}]}, "indicators.0.name 太长，最多 200"),
        ({"indicators": [{**ROW, "level1": "创新指标"}]}, "indicators.0.level1 取值应当是"),
        ({"indicators": [{**ROW, "weight": -2000}]}, "indicators.0.weight 应当不小于 -1000"),
        ({"indicators": [{**ROW, "weight": 2000}]}, "indicators.0.weight 应当不大于 1000"),
        ({"indicators": [{**ROW, "value": "≥300人次"}]}, "indicators.0.value 应当是一个对象"),
        ({"indicators": [ROW] * 1001}, "indicators 太长，最多 1000"),
        ({"project": {"period": {"start": "2026/1/1"}}}, "project.period.start 格式不对，日期请写成 2026-12-31"),
        ({"goals": {"annual": {"confidence": 2}}}, "goals.annual.confidence 应当不大于 1"),
        ({"title": 3}, "title 应当是文字"),
    ],
)
def test_a_wrong_field_gives_one_chinese_line_with_its_place(data: object, said: str) -> None:
    (problem,) = problems(data)
    assert problem.startswith(f"表：{said}")


def test_every_wrong_field_has_a_line_of_its_own() -> None:
    found = problems({"fiscal_year": 1800, "title": 3, "x": 1, "funds": [{"total": "很多"}]})
    assert [problem.removeprefix("表：").split()[0] for problem in found] == [
        "fiscal_year",
        "title",
        "funds.0.total",
        "x",
    ]


@pytest.mark.parametrize("amount", [10**20, "1e30", True, [], {}])
def test_no_problem_is_said_in_english(amount: object) -> None:
    (problem,) = problems({"funds": [{"total": amount}]})
    assert not any(word in problem for word in ("Input", "should", "digits", "valid"))


def test_a_long_wrong_value_is_not_repeated() -> None:
    with pytest.raises(ValidationError) as refused:
        PerformanceTable.model_validate({"fiscal_year": "很" * 5000})
    assert len(chinese_problems(refused.value)[0]) < 100


def past(*funds: Funds, goals: Goals | None = None) -> PastTable:
    return PastTable(id="甲", table=PerformanceTable(funds=funds, goals=goals or Goals()))


def test_the_budget_of_a_past_table_is_the_yearly_total_in_wan() -> None:
    assert past(Funds(total=Decimal(9), horizon="实施期"), Funds(total=Decimal(3))).budget_wan == 3
    assert past(Funds(total=Decimal(35000), unit="元")).budget_wan == Decimal("3.5")
    assert past(Funds()).budget_wan is None


def test_the_goal_text_joins_all_goals() -> None:
    goals = Goals(annual=Goal(text="年度"), overall=Goal(text="总体"), multi=(Goal(text="其一"), Goal(text=None)))
    assert past(goals=goals).goal_text == "年度\n总体\n其一"


def test_a_past_table_needs_an_id() -> None:
    with pytest.raises(ValidationError):
        PastTable(id="", table=PerformanceTable())


def test_what_is_unresolved_keeps_the_original() -> None:
    open_matter = Unresolved(field="indicators[3]", issue="对不上", raw={"name": "x", "page": 3})
    assert Unresolved.model_validate_json(open_matter.model_dump_json()) == open_matter


def test_the_levels_are_those_of_both_generations() -> None:
    assert LEVEL1 == ("成本指标", "产出指标", "效益指标", "满意度指标")
    assert len(LEVEL2) == len(set(LEVEL2)) == 12


def test_every_field_has_a_chinese_label() -> None:
    for model in (PerformanceTable, Project, Funds, Goal, Goals, Indicator, Unresolved, PastTable):
        for name, field in model.model_fields.items():
            assert field.title, f"{model.__name__}.{name}"
            assert any("\u4e00" <= letter <= "\u9fff" for letter in field.title)


def test_the_json_schema_names_every_field_in_chinese() -> None:
    schema = PerformanceTable.model_json_schema()
    assert schema["properties"]["indicators"]["title"] == "绩效指标"
    assert schema["additionalProperties"] is False
