"""Cases: what is told of a hidden table, and which tables must not be its precedents."""

from past_tables import ROWS, past_table

from assistant.schema import PastTable
from evals.drafting.cases import Outline, make_cases, request_of
from evals.drafting.cases import leak as outlines_leak


def leak(one: PastTable, other: PastTable) -> str | None:
    return outlines_leak(Outline.of(one), Outline.of(other))


OTHER_ROWS = (("数量指标", "道路硬化里程", "≥12公里"), ("质量指标", "工程验收合格率", "=100%"))


def test_no_row_of_the_hidden_table_is_told() -> None:
    told = request_of(past_table()).model_dump_json()
    assert "基层干部培训项目" in told and "30" in told
    assert "合格率" not in told and "满意度" not in told


def test_the_same_project_of_another_year_is_hidden() -> None:
    first = past_table("a", project_name="2022年度基层干部培训项目", year=2022)
    assert leak(first, past_table("b", project_name="基层干部培训项目", rows=OTHER_ROWS)) == "同一项目"


def test_the_same_project_elsewhere_is_a_fair_precedent() -> None:
    first = past_table("a", project_name="基层干部培训项目")
    assert leak(first, past_table("b", project_name="基层干部培训项目", region="四川省", rows=OTHER_ROWS)) is None


def test_another_table_of_the_unit_and_year_is_hidden() -> None:
    first, other = past_table("a", unit="县委党校"), past_table("b", unit="县委党校", rows=OTHER_ROWS)
    assert leak(first, other) == "同一单位同一年度"
    assert leak(first, past_table("c", unit="县委党校", year=2021, rows=OTHER_ROWS)) is None


def test_a_renamed_phase_of_the_project_is_hidden() -> None:
    first = past_table("a", project_name="产业园道路建设项目")
    assert leak(first, past_table("b", project_name="产业园道路建设项目二期", rows=OTHER_ROWS)) == "同一项目"


def test_what_is_not_told_may_be_the_same() -> None:
    first = past_table("a", unit="县委党校")
    nowhere = past_table("b", unit="[001]县委党校", year=None, region=None, rows=OTHER_ROWS)
    assert leak(first, nowhere) == "同一单位同一年度"


def test_a_copy_with_other_values_is_hidden() -> None:
    changed = tuple((level2, name, "≥1%") for level2, name, _ in ROWS)
    assert "照抄" in (leak(past_table("a"), past_table("b", unit="邻县", region="四川省", rows=changed)) or "")


def test_a_copied_table_is_hidden_wherever_it_stands() -> None:
    copied = past_table("b", unit="邻县中心", region="四川省", year=2021)
    assert "照抄" in (leak(past_table("a"), copied) or "")


def test_doubles_and_tables_without_rows_or_name_are_named_with_the_reason() -> None:
    tables = [
        past_table("a"),
        past_table("a", rows=OTHER_ROWS),
        past_table("b", project_name=None, goal=None, rows=OTHER_ROWS),
    ]
    made = make_cases(tables, [past_table("example", rows=OTHER_ROWS, region="四川省")])
    assert [case.id for case in made.cases] == ["a"]
    assert {one.id: one.why for one in made.skipped} == {
        "a": "编号重复，只用第一张",
        "b": "没有项目名称，也没有目标，无从起草",
    }


def test_the_same_content_under_two_ids_is_one_case() -> None:
    twin = past_table("b", project_name="基层干部培训项目a", unit="a中心")
    made = make_cases([past_table("a"), twin], [past_table("c", rows=OTHER_ROWS)])
    assert [one.id for one in made.skipped] == ["b"]


def test_one_table_alone_has_no_precedent_and_makes_no_case() -> None:
    made = make_cases([past_table("a")])
    assert not made.cases
    assert "没有可用的先例" in made.skipped[0].why
