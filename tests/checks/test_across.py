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
