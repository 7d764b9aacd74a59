"""Between tables, against last year and against what was approved."""

from assistant.checks import check
from assistant.checks.beside import Beside, neighbourhoods
from assistant.checks.examples import example
from assistant.schema import PerformanceTable

CARDS = "全年制作和补换社会保障卡800张，制卡合格率达到99%以上，持卡群众领卡更方便，单张制卡成本不超过25元。"


def named(table_id: str, **changes) -> PerformanceTable:
    return example(form={"table_id": table_id}, **changes).table()


def test_tables_of_one_department_and_year_are_neighbours() -> None:
    tables = [named("a"), named("b"), named("c", project={"dept": "县民政局"})]
    found = neighbourhoods(tables)
    assert [one.neighbours and len(one.neighbours.tables) for one in found] == [2, 2, None]


def test_a_department_cut_off_at_the_page_edge_is_still_the_same() -> None:
    tables = [named("a"), named("b", project={"dept": "县人力资源和社会保障"})]
    assert all(one.neighbours for one in neighbourhoods(tables))


def test_tables_without_a_department_are_nobodys_neighbours() -> None:
    tables = [named(name, project={"dept": None, "unit": None}) for name in "ab"]
    assert not any(one.neighbours for one in neighbourhoods(tables))


def test_a_copied_header_names_the_table_it_equals() -> None:
    tables = [named("a"), named("b", goal=CARDS)]
    findings = [check(table, beside=beside) for table, beside in zip(tables, neighbourhoods(tables), strict=True)]
    for mine, other in ((findings[0], "b"), (findings[1], "a")):
        assert {one.rule: one.others for one in mine}["X03"] == (other,)


def test_two_parts_of_one_project_may_share_its_name() -> None:
    tables = [named("a"), named("b")]
    found = check(tables[0], beside=neighbourhoods(tables)[0])
    assert not {"X01", "X03"} & {one.rule for one in found}


def test_history_rules_keep_silent_without_history() -> None:
    assert not {"V18", "V19", "P05", "C08"} & {one.rule for one in check(example().table())}


def test_a_reversed_indicator_may_fall_and_must_not_rise() -> None:
    last = example("有效投诉次数", "≤5次", level2="服务对象满意度指标").table()
    for value, rules in (("≤3次", set()), ("≤9次", {"V18"})):
        now = example("有效投诉次数", value, level2="服务对象满意度指标").table()
        found = {one.rule for one in check(now, beside=Beside(last_year=last))}
        assert found & {"V18"} == rules


def test_the_same_name_in_two_classes_is_not_a_change() -> None:
    table = example(more=[("社会效益指标", "待遇资格认证人次", "≥400人次")]).table()
    assert "P05" not in {one.rule for one in check(table, beside=Beside(approved=table))}


def test_a_shorter_time_limit_is_not_looser() -> None:
    for now, last, rules in (("≤5日", "≤10日", set()), ("≤10日", "≤5日", {"V18"})):
        before = example("业务办结时长", last, level2="时效指标").table()
        found = check(example("业务办结时长", now, level2="时效指标").table(), beside=Beside(last_year=before))
        assert {one.rule for one in found} & {"V18"} == rules


def test_tables_whose_goals_are_split_in_the_same_way_are_one_project() -> None:
    goals = {"annual": {"text": "完成认证500人次。"}, "multi": [{"text": "认证准确率98%"}, {"text": "宣传12场"}]}
    tables = [named("a"), named("b")]
    tables = [PerformanceTable.model_validate({**table.model_dump(), "goals": goals}) for table in tables]
    found = check(tables[0], beside=neighbourhoods(tables)[0])
    assert not {"X01", "X03"} & {one.rule for one in found}


def test_a_finding_between_a_thousand_tables_names_the_first_of_them() -> None:
    tables = [named(f"t{number}", goal=CARDS if number % 2 else None) for number in range(1000)]
    found = {one.rule: one for one in check(tables[-1], beside=neighbourhoods(tables)[-1])}
    assert 0 < len(found["X02"].others) <= 20
