"""Families 20, 22, 27, 33 and 40: whole departments, a column each place, a sheet each project, points only."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.make_import_fixtures.drawn import Break, C, Grid, Row, Words
from scripts.make_import_fixtures.fixture import Expected, Fixture, Line
from scripts.make_import_fixtures.shapes import across, tree


def fixtures() -> Iterator[Fixture]:
    """The fixtures of this file."""
    yield _department()
    yield _townships()
    yield _districts()
    yield _sheet_each()
    yield _scored_system()


def _department() -> Fixture:
    lines = [
        Line("数量", "开展执法检查", "≥", "120", "次"),
        Line("质量", "案件办结率", "≥", "95", "%"),
        Line("时效", "投诉受理及时率", "＝", "100", "%"),
        Line("社会", "市场秩序", "", "持续规范", ""),
        Line("满意", "企业满意度", "≥", "90", "%"),
    ]
    rows: list[Row] = [
        ["部门名称", C("区市场监督管理局", cols=6)],
        ["预算金额（万元）", C("2,346.80", cols=2), "其中：基本支出", "1,900.00", "项目支出", "446.80"],
        [C("年度重点工作任务", rows=3), C("任务名称", cols=2), C("主要内容", cols=2), C("预算金额（万元）", cols=2)],
        [C("日常监管", cols=2), C("开展双随机检查", cols=2), C("246.80", cols=2)],
        [C("食品安全", cols=2), C("开展食品抽检", cols=2), C("200.00", cols=2)],
        across("年度总体目标", "加强市场监管，优化营商环境。", 7),
        *tree(
            lines,
            lambda line: [line.name, line.sign, line.number, line.unit, ""],
            head=["一级指标", "二级指标", "三级指标", "计算符号", "目标值", "度量单位", "指标值说明"],
        ),
    ]
    header = {
        "unit": ["区市场监督管理局", None],
        "dept": ["区市场监督管理局", None],
        "project_name": ["区市场监督管理局", None],
    }
    header |= {
        "year": 2024,
        "total": [2346.8, None],
        "goal": "加强市场监管，优化营商环境。",
        "money_unit": ["万元", None],
    }
    note = "部门整体表：重点工作任务子表的金额不是指标值。"
    parts = [Words(("部门整体支出绩效目标表", "（2024年度）")), Grid(rows, (14, 16, 22, 14, 12, 12, 14))]
    return Fixture("20", "department_as_a_whole", "xlsx html", parts, (Expected(header, lines),), note=note)


TOWNS = ("合计", "城厢镇", "参内镇", "魁斗镇", "蓬莱镇", "金谷镇", "湖头镇", "湖上乡")


def _regional(lines: list[Line], values: dict[str, tuple[str, ...]], goal: str) -> list[Row]:
    return [
        across("总体目标", goal, 4 + len(TOWNS)),
        [*(C(name, rows=2) for name in ("一级指标", "二级指标", "三级指标", "指标解释")), C("指标值", cols=len(TOWNS))],
        list(TOWNS),
        *tree(lines, lambda line: [line.name, "—", *values[line.name]]),
    ]


def _townships() -> Fixture:
    """A total and seven townships, each with a column: the table's own target is the total."""
    lines = [
        Line("数量", "维修渠道长度", "≥", "35", "公里"),
        Line("质量", "工程验收合格率", "", "100", "%"),
        Line("满意", "受益群众满意度", "≥", "90", "%"),
    ]
    values = {
        "维修渠道长度": ("≥35公里", *(f"≥{one}公里" for one in (3, 4, 5, 6, 5, 7, 5))),
        "工程验收合格率": ("100%",) * 8,
        "受益群众满意度": ("≥90%",) * 8,
    }
    goal = "维修灌溉渠道，改善灌溉条件。"
    header = {"project_name": "小型农田水利设施维修", "year": 2022, "goal": goal}
    parts = [
        Words(("2022年小型农田水利设施维修绩效目标表（分区域）", "项目名称：小型农田水利设施维修")),
        Grid(_regional(lines, values, goal)),
    ]
    note = "每个乡镇一列：取“合计”列，各乡镇值不得连成一串；乡镇值应可在出处或待确认中找到。"
    return Fixture("22", "a_column_each_township", "xlsx html", parts, (Expected(header, lines),), note=note)


def _districts() -> Fixture:
    """Seven counties and no total: no single target; nothing may be made up."""
    counties = ("新罗区", "永定区", "漳平市", "上杭县", "武平县", "长汀县", "连城县")
    lines = [Line("数量", "扶持民族村数量"), Line("质量", "项目验收合格率"), Line("满意", "受益群众满意度")]
    values = {
        "扶持民族村数量": ("2个", "3个", "1个", "2个", "2个", "2个", "2个"),
        "项目验收合格率": (">=95%",) * 7,
        "受益群众满意度": (">=90%",) * 7,
    }
    rows: list[Row] = [
        [*(C(name, rows=2) for name in ("一级指标", "二级指标", "三级指标", "指标解释")), C("区域目标值", cols=7)],
        list(counties),
        *tree(lines, lambda line: [line.name, "—", *values[line.name]]),
    ]
    header = {"project_name": "少数民族发展资金", "year": 2023}
    note = "七个县区各一列、没有合计：不得取第一列，也不得连写；三行的值列入待确认并列出各县区的值。"
    about = [line.name for line in lines]
    parts = [Words(("2023年少数民族发展资金区域绩效目标表", "项目名称：少数民族发展资金")), Grid(rows)]
    return Fixture("33", "a_column_each_county", "xlsx html", parts, (Expected(header, lines, about),), "torn", note)


def _sheet_each() -> Fixture:
    """A list of sheets first, then one project a sheet; one of the projects has not been filled in."""
    projects = [
        (
            "非税收入征管经费",
            "8",
            [("数量", "非税票据检查", "≥", "40", "户"), ("满意", "缴款单位满意度", "≥", "90", "%")],
        ),
        ("会计培训", "12.6", [("数量", "培训会计人员", "≥", "300", "人次"), ("质量", "考核合格率", "≥", "95", "%")]),
        ("国库支付系统维护", "30", [("数量", "维护系统", "=", "1", "套"), ("时效", "故障修复时间", "≤", "4", "小时")]),
    ]
    parts: list[Break | Words | Grid] = [
        Break("目录"),
        Words(("2024年部门预算项目绩效目标表",)),
        Grid([["序号", "表名"], *([str(at), one[0]] for at, one in enumerate(projects, start=1))]),
    ]
    tables = []
    for at, (name, total, written) in enumerate(projects, start=1):
        lines = [Line(*one) for one in written]
        rows: list[Row] = [
            ["项目名称", C(name, cols=3)],
            ["主管部门", "县财政局", "实施单位", "县财政局"],
            ["年度资金总额（万元）", total, "其中：财政拨款", total],
            *tree(lines, lambda line: [line.name, line.value], head=["一级指标", "二级指标", "三级指标", "指标值"]),
        ]
        parts += [Break(f"附表{at}"), Words(("项目支出绩效目标表", "（2024年度）")), Grid(rows, (14, 18, 24, 16))]
        header = {"project_name": name, "dept": "县财政局", "unit": "县财政局", "year": 2024}
        tables.append(Expected(header | {"total": float(total), "fiscal": float(total), "money_unit": "万元"}, lines))
    return Fixture("27", "a_sheet_each_project", "xlsx pdf", parts, tables)


def _scored_system() -> Fixture:
    """A system of evaluation points: no target column at all, so no value may come out of the points."""
    rows: list[Row] = [
        ["一级指标", "二级指标", "三级指标", "分值", "指标解释", "指标说明", "评分标准", "评价意见", "得分"]
    ]
    groups = [
        ("A决策(20分)", "A1项目立项", ["A101立项依据充分性", "A102立项程序规范性"]),
        ("B过程(20分)", "B1组织实施", ["B101管理制度健全性", "B102制度执行有效性"]),
        ("C产出(30分)", "C1产出数量", ["C101竞赛项目完成率"]),
        ("D效益(30分)", "D4满意度", ["D402参赛选手满意度"]),
    ]
    for first, second, names in groups:
        for place, name in enumerate(names):
            lead: list[C | str] = [C(first, rows=len(names)), C(second, rows=len(names))] if not place else []
            rows.append([*lead, name, "5", "考察内容", "评价要点", "满足得5分，否则酌情扣分", "资料齐全", "4.5"])
    lines = [Line("数量", "竞赛项目完成率"), Line("效益满意", "参赛选手满意度")]
    header = {"project_name": "职业技能竞赛经费", "year": 2023}
    about = ["立项依据充分性", "立项程序规范性", "管理制度健全性", "制度执行有效性"]
    parts = [
        Words(("职业技能竞赛经费项目绩效评价指标体系（2023年度）",)),
        Words(("项目名称：职业技能竞赛经费",)),
        Grid(rows, (10, 12, 16, 6, 12, 12, 18, 12, 6), (0,)),
    ]
    note = "评价指标体系没有目标值列：分值、得分、评分标准都不是指标值；决策、过程不是目标表的一级指标，列入待确认。"
    return Fixture("40", "evaluation_system", "docx html pdf", parts, (Expected(header, lines, about),), "torn", note)
