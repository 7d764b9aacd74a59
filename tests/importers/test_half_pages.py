"""A form cut down the middle: names come first, values later; what order and kind do not settle stays open."""

from pathlib import Path

import pytest

from assistant.errors import BadTable, UnreadableFile
from assistant.importers.half_pages import read_text
from assistant.importers.runs import pair_in_order

LEFT = """2024年河东县部门项目支出预算绩效目标表（公开）

项目名称\t\t农村道路养护经费\t
主管部门\t\t河东县交通运输局\t实施单位
项目属性\t\t其他运转类\t项目期
项目资金 (万元)\t\t年度资金总额（含本级和市县）\t年度资金总额（含2
\t\t其中：财政拨款\t其中：财政拨款
\t\t其他资金\t其他资金
绩效目标\t\t年度总体绩效目标（含本级和市县）\t年度绩效目标（含2 用于全县农村道路
绩效指标\t一级指标\t二级指标\t三级指标
\t产出指标\t数量指标\t指标1：日常养护里程
\t\t\t指标2：
\t\t质量指标\t指标1：道路养护合格率
\t\t成本指标\t指标1：日常养护成本
\t效益指标\t可持续\t指标1：管护机构到位率
\t\t影响指\t指标2：
\t\t标
\t满意度 指标\t服务对\t指标1：沿线村民满意度
\t\t象\t指标2：
.....
"""
RIGHT = """F表样)

河东县公路养护中心\t
一年期\t
本级)\t120\t
次\t120\t
<p>本级) 日常养护，里程286公里，养护合格率95%以上，保障群众出行畅通安全。</p>\t
指标值
286公里
≥95%
≤4200元/公里
≥98%
≥90%
"""


def only(text: str):
    (past,) = read_text(text, Path("半页.txt"))
    return past.table


def test_names_and_values_of_equal_number_are_paired_in_order() -> None:
    table = only(LEFT + "\n" + RIGHT)
    shown = [(row.level2, row.name, row.value and row.value.raw) for row in table.indicators]
    assert shown == [
        ("数量指标", "日常养护里程", "286公里"),
        ("质量指标", "道路养护合格率", "≥95%"),
        ("成本指标", "日常养护成本", "≤4200元/公里"),
        ("可持续影响指标", "管护机构到位率", "≥98%"),
        ("服务对象满意度指标", "沿线村民满意度", "≥90%"),
    ]
    assert not any(one.field == "values" for one in table.unresolved)


def test_the_header_is_put_together_from_both_halves() -> None:
    table = only(LEFT + "\n" + RIGHT)
    assert (table.project.name, table.project.dept) == ("农村道路养护经费", "河东县交通运输局")
    assert (table.project.unit, table.project.period.text) == ("河东县公路养护中心", "一年期")
    assert (table.fiscal_year, table.region, table.form_dialect) == (2024, "河东县", "ningxia_public_2col")
    assert [(funds.scope, funds.total, funds.fiscal) for funds in table.funds] == [
        ("本级", 120, 120),
        ("本级和市县", None, None),
    ]
    assert table.title.endswith("（公开表样）") and len(table.empty_template_rows) == 3


def test_a_goal_in_two_halves_is_kept_whole_and_marked_doubtful() -> None:
    goal = only(LEFT + "\n" + RIGHT).goals.annual
    assert goal.text and "用于全县农村道路" in goal.text and "里程286公里" in goal.text and "<p>" not in goal.text
    assert goal.reconstructed and goal.confidence is not None and goal.confidence < 0.8


def test_a_lost_right_half_leaves_values_open() -> None:
    table = only(LEFT)
    assert all(row.value is None for row in table.indicators)
    assert {"values", "project.unit", "funds.*"} <= {one.field for one in table.unresolved}


def test_surplus_values_are_counted_and_what_is_certain_is_kept() -> None:
    table = only(LEFT + "\n" + RIGHT.replace("≥95%\n", "≥95%\n≥95%\n≥95%\n"))
    (doubt,) = [one for one in table.unresolved if one.field == "values"]
    assert doubt.surplus_max == 2
    assert [row.value and row.value.raw for row in table.indicators][:3] == ["286公里", "≥95%", "≤4200元/公里"]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "这是一份通知，没有表。", "三级指标\n指标值\n100%", LEFT.split("绩效指标", maxsplit=1)[0]]
)
def test_a_text_without_a_table_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFile, match="没有找到绩效目标表"):
        read_text(text, Path("通知.txt"))


def test_what_order_and_kind_do_not_decide_stays_open() -> None:
    pairing = pair_in_order(["知晓率", "覆盖率"], ["≥80%", "≥85%", "≥90%"])
    assert pairing.settled(0) is None and set(pairing.possible[0]) == {0, 1} and pairing.surplus == 1


def test_one_value_for_two_names_is_left_to_a_person() -> None:
    pairing = pair_in_order(["培训人数", "参训人数"], ["≥5人"])
    assert pairing.settled(0) is None and pairing.possible == ((0,), (0,)) and pairing.surplus == 0


@pytest.mark.parametrize("change", [("农村道路养护经费", "农" * 201), ("次\t120", "次\t" + "9" * 20)])
def test_cells_that_fit_no_form_are_refused_by_name(change: tuple[str, str]) -> None:
    with pytest.raises(BadTable, match="第 1 张表"):
        only((LEFT + "\n" + RIGHT).replace(*change))


def test_two_names_on_one_line_are_two_rows() -> None:
    table = only(LEFT.replace("指标1：日常养护里程", "指标1：日常养护里程\t指标2：桥梁养护座数") + "\n" + RIGHT)
    assert [row.name for row in table.indicators][:2] == ["日常养护里程", "桥梁养护座数"]


def test_kinds_pull_names_to_their_values() -> None:
    names, values = ["参保人数", "参保率", "缴费标准"], ["19万人", "100%", "100%", "185元"]
    pairing = pair_in_order(names, values)
    assert [pairing.settled(place) for place in range(3)] == ["19万人", "100%", "185元"]


def test_nothing_against_nothing() -> None:
    assert pair_in_order([], []).surplus == 0 and pair_in_order(["甲"], []).settled(0) is None
