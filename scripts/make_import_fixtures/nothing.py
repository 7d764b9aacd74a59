"""Files without targets: budget tables that only look alike, forms nobody filled in."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.make_import_fixtures.drawn import C, Grid, Row, Words
from scripts.make_import_fixtures.fixture import Expected, Fixture, Line
from scripts.make_import_fixtures.shapes import across, money_rows, tree

LEVELS = ("数量", "质量", "时效", "成本", "经济", "社会", "生态", "持续", "满意")


def fixtures() -> Iterator[Fixture]:
    """The fixtures of this file."""
    yield _income_and_spending()
    yield _three_costs()
    yield _purchases()
    yield _report()
    yield _blank_form()
    yield _printed_units()


def _income_and_spending() -> Fixture:
    rows: list[Row] = [
        [C("收入", cols=2), C("支出", cols=2)],
        ["项目", "本年预算", "项目", "本年预算"],
        ["一、一般公共预算拨款收入", "1,286.40", "一、一般公共服务支出", "980.20"],
        ["二、政府性基金预算拨款收入", "0.00", "二、社会保障和就业支出", "206.10"],
        ["三、事业收入", "0.00", "三、卫生健康支出", "100.10"],
        ["本年收入合计", "1,286.40", "本年支出合计", "1,286.40"],
    ]
    parts = [Words(("部门收支预算总表", "部门：县档案馆　单位：万元")), Grid(rows, (30, 14, 30, 14))]
    return Fixture("neg", "income_and_spending", "xlsx pdf docx", parts, (), "negative")


def _three_costs() -> Fixture:
    rows: list[Row] = [
        [C("合计", rows=2), C("因公出国（境）费", rows=2), C("公务用车购置及运行费", cols=3), C("公务接待费", rows=2)],
        ["小计", "公务用车购置费", "公务用车运行费"],
        ["15.60", "0.00", "12.00", "0.00", "12.00", "3.60"],
    ]
    parts = [
        Words(("一般公共预算“三公”经费支出表", "单位：万元")),
        Grid(rows),
        Words(
            ("说明：2024年“三公”经费预算15.60万元，与上年持平。本部门项目均按要求编制了绩效目标，详见绩效目标公开。",)
        ),
    ]
    return Fixture("neg", "three_costs", "xlsx html pdf", parts, (), "negative")


def _purchases() -> Fixture:
    rows: list[Row] = [
        ["序号", "项目名称", "采购品目", "计量单位", "数量", "指标文号", "金额（万元）"],
        ["1", "办公设备购置", "便携式计算机", "台", "12", "财预〔2024〕1号", "7.20"],
        ["2", "办公设备购置", "打印设备", "台", "4", "财预〔2024〕1号", "1.00"],
        ["", "合计", "", "", "16", "", "8.20"],
    ]
    parts = [Words(("政府采购预算表", "部门：县司法局")), Grid(rows)]
    return Fixture("neg", "purchases", "xlsx docx html", parts, (), "negative")


def _report() -> Fixture:
    written = """2024年部门预算情况说明
一、部门职责
负责全县档案的接收、保管和利用。
二、预算绩效目标设置情况
2024年本部门实行绩效目标管理的项目3个，涉及一般公共预算拨款86.50万元，绩效目标已随预算同步公开。
三、名词解释
绩效目标：是指预算资金计划在一定期限内达到的产出和效果。产出指标包括数量、质量、时效等。
"""
    return Fixture("neg", "explanation_of_the_budget", "txt", (), (), "negative", texts={"txt": written})


def _blank_form() -> Fixture:
    lines = [Line(place, f"指标{at}：") for place in LEVELS for at in (1, 2)]
    rows: list[Row] = [
        ["项目名称", C("", cols=4)],
        ["主管部门及代码", C("", cols=2), "实施单位", ""],
        *money_rows("项目资金\n（万元）", [("年度资金总额", ""), ("其中：财政拨款", ""), ("其他资金", "")], 5),
        across("年度目标", "目标1：\n目标2：\n……", 5),
        *tree(
            lines,
            lambda line: [line.name, ""],
            head=["一级指标", "二级指标", "三级指标", "指标值"],
            side="绩效指标",
        ),
    ]
    parts = [Words(("附件2", "项目支出绩效目标表", "（20××年度）")), Grid(rows, (12, 14, 18, 26, 14))]
    return Fixture(
        "blank", "central_form", "xlsx docx html", parts, (Expected({}, ()),), "blank", "空白表样：不得读出任何值。"
    )


def _printed_units() -> Fixture:
    """Units printed before anybody filled the number in."""
    lines = [
        Line("数量", "新增灌溉面积"),
        Line("数量", "衬砌渠道长度"),
        Line("质量", "工程验收合格率"),
        Line("满意", "受益群众满意度"),
    ]
    units = {"新增灌溉面积": "万亩", "衬砌渠道长度": "公里", "工程验收合格率": "≧   %", "受益群众满意度": "≧   %"}
    rows: list[Row] = [
        ["项目名称", C("水利发展资金", cols=3)],
        *tree(lines, lambda line: [line.name, units[line.name]], head=["一级指标", "二级指标", "三级指标", "指标值"]),
    ]
    header = {"project_name": ["水利发展资金", None], "year": [2020, None]}
    tables = (Expected(header, lines),)
    note = "指标值只有预印的单位、符号，没有数：这些行的值是空的。"
    return Fixture(
        "blank", "printed_units", "xlsx html", [Words(("2020年度项目绩效目标表",)), Grid(rows)], tables, "blank", note
    )
