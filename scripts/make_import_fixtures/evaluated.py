"""Families 28–30 and 37–39: tables filled in after the target was set – evaluated, monitored, changed, approved."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.make_import_fixtures.drawn import C, Grid, Row, Words
from scripts.make_import_fixtures.fixture import Expected, Fixture, Line
from scripts.make_import_fixtures.shapes import across, band, tree

CLINIC = [
    Line("数量", "开展家庭医生签约人数", "≥", "4600", "人", "4812人", "10"),
    Line("数量", "慢性病随访次数", "≥", "4", "次/年", "4次/年", "10"),
    Line("质量", "电子健康档案规范率", "≥", "90", "%", "93.5%", "10"),
    Line("时效", "补助资金到位及时率", "", "100", "%", "100%", "10"),
    Line("成本", "人均服务经费补助", "≤", "94", "元", "94元", "10"),
    Line("社会", "居民健康知识知晓率", "≥", "80", "%", "82%", "15"),
    Line("持续", "基层服务能力", "", "稳步提升", "", "达成预期指标", "15"),
    Line("满意", "签约居民满意度", "≥", "90", "%", "95%", "10"),
]
FUND_HEAD: Row = ["", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]


def fixtures() -> Iterator[Fixture]:
    """The fixtures of this file."""
    yield _self_evaluation()
    yield _self_evaluation_weight_first()
    yield _xinjiang()
    yield _transfer()
    yield _monitored()
    yield _changed()
    yield _changed_in_parts()
    yield _approved()


def _money(width: int, *amounts: tuple[str, ...]) -> list[Row]:
    labels = ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金")
    rows: list[Row] = [[C("项目资金\n（万元）", rows=5), *FUND_HEAD[:-1], C("得分", cols=width - 7)]]
    for label, numbers in zip(labels, amounts, strict=True):
        rows.append([label, *numbers[:-1], C(numbers[-1], cols=width - 7)])
    return rows


def _self_evaluation() -> Fixture:
    goal = "为辖区居民提供基本公共卫生服务。"
    amounts = [
        ("432.40", "432.40", "428.00", "10", "98.98%", "9.9"),
        ("432.40", "432.40", "428.00", "—", "98.98%", "—"),
        ("0", "0", "0", "—", "", "—"),
        ("0", "0", "0", "—", "", "—"),
    ]
    rows: list[Row] = [
        ["项目名称", C("基本公共卫生服务补助", cols=7)],
        ["主管部门", C("县卫生健康委员会", cols=3), "实施单位", C("棠梨镇中心卫生院", cols=3)],
        *_money(8, *amounts),
        [C("年度总体目标", rows=2), C("预期目标", cols=4), C("实际完成情况", cols=3)],
        [C(goal, cols=4), C("已为辖区居民提供基本公共卫生服务，各项指标完成较好。", cols=3)],
        *tree(
            CLINIC,
            lambda line: [line.name, line.value, line.actual, line.weight, line.weight, ""],
            head=[
                "一级指标",
                "二级指标",
                "三级指标",
                "年度指标值",
                "实际完成值",
                "分值",
                "得分",
                "偏差原因分析及改进措施",
            ],
        ),
        [C("总分", cols=5), "100", "99.9", ""],
    ]
    header = {
        "project_name": "基本公共卫生服务补助",
        "dept": "县卫生健康委员会",
        "unit": "棠梨镇中心卫生院",
        "year": 2023,
    }
    header |= {"total": 432.4, "fiscal": 432.4, "other": 0, "money_unit": "万元", "goal": goal}
    parts = [
        Words(("项目支出绩效自评表", "（2023年度）")),
        Grid(rows, (11, 13, 20, 12, 14, 8, 8, 14), (len(rows) - len(CLINIC) - 2,)),
        Words(("填报人：  联系电话：", "注：1.得分一档最高不能超过该指标分值上限。2.定性指标根据完成情况分为三档。")),
    ]
    note = "实际完成值不是指标值；资金取年初预算数或全年预算数（两者相同）；总分一行不是指标。"
    return Fixture("28", "self_evaluation", "xlsx docx html pdf png", parts, (Expected(header, CLINIC),), note=note)


def _self_evaluation_weight_first() -> Fixture:
    """分值 before 指标值, results with the sign of the target before them, numbers as numbers."""

    def cells(line: Line) -> Row:
        share = line.unit == "%" and not line.sign
        value = C(line.value, number=1, shown="0%") if share else line.value
        actual = f"{line.sign}{line.actual}" if line.number[0].isdigit() else line.actual
        return [
            C(line.weight, number=int(line.weight)),
            line.name,
            value,
            actual,
            C(line.weight, number=int(line.weight)),
        ]

    rows: list[Row] = [
        ["项目名称", C("家庭医生签约服务", cols=6)],
        ["主管部门", C("区卫健局", cols=2), "项目实施单位", C("区社区卫生服务管理中心", cols=3)],
        *tree(
            CLINIC,
            cells,
            head=["一级指标", "二级指标", "分值", "三级指标", "年度指标值（A）", "实际完成值（B）", "得分"],
            labels={line.place: _scored(line.place) for line in CLINIC},
        ),
        [C("合计", cols=2), C("90", number=90), "", "", "", C("90", number=90)],
    ]
    header = {"project_name": "家庭医生签约服务", "dept": "区卫健局", "unit": "区社区卫生服务管理中心", "year": 2022}
    parts = [Words(("2022年度项目支出绩效自评表",)), Grid(rows, (14, 18, 8, 26, 16, 16, 8))]
    note = "实际完成值前带同样的符号是系统导出的规则；分值列在前，不是指标值；xlsx 里 100% 存为 1。"
    return Fixture("28", "self_evaluation_weight_first", "xlsx html", parts, (Expected(header, CLINIC),), note=note)


def _scored(place: str) -> tuple[str, str]:
    first, second = {"满意": ("满意度指标（10分）", "服务对象满意度指标")}.get(place, ("", ""))
    if first:
        return first, second
    if place in ("社会", "持续"):
        return "效益指标（30分）", {"社会": "社会效益指标", "持续": "可持续影响指标"}[place]
    return "产出指标(50分)", f"{place}指标"


def _xinjiang() -> Fixture:
    lines = CLINIC[:1] + CLINIC[2:4] + CLINIC[5:6] + CLINIC[7:]
    head = ["一级指标", "二级指标", "三级指标", "指标值设置依据", "上年完成值", "年度指标值", "指标分值权重"]
    head += ["指标赋分规则", "佐证资料", "实际完成值", "完成率", "得分", "偏差原因"]
    rows: list[Row] = [
        ["项目名称", C("公共卫生服务项目", cols=12)],
        ["主管部门", C("市卫生健康委", cols=5), "实施单位", C("城关社区卫生服务中心", cols=6)],
        *tree(
            lines,
            lambda line: (
                [
                    *(line.name, "工作计划", "历史数据略", line.value, f"{line.weight}%", "按比例赋分", "工作资料"),
                    line.actual,
                    "100%",
                    line.weight,
                    "无",
                ]
            ),
            head=head,
        ),
    ]
    header = {"project_name": "公共卫生服务项目", "dept": "市卫生健康委", "unit": "城关社区卫生服务中心", "year": 2024}
    parts = [Words(("项目支出绩效自评表（2024年度）",)), Grid(rows)]
    return Fixture("29", "xinjiang_many_columns", "xlsx html", parts, (Expected(header, lines),))


def _transfer() -> Fixture:
    """Seven rows about managing the money stand before the indicators."""
    lines = [
        Line("数量", "资助困难群众参保人数", "≥", "6.8", "万人", "6.9万人"),
        Line("数量", "医疗救助人次", "", "不低于上年", "", "高于上年"),
        Line("质量", "重点救助对象符合规定的住院救助比例", "≥", "70", "%", "75%"),
        Line("时效", "一站式结算覆盖地区", "≥", "100", "%", "100%"),
        Line("社会", "困难群众就医负担", "", "有效缓解", "", "有效缓解"),
        Line("满意", "救助对象对社会救助实施的满意度", "≥", "85", "%", "92%"),
    ]
    managed = [
        "分配科学性",
        "下达及时性",
        "拨付合规性",
        "使用规范性",
        "执行准确性",
        "预算绩效管理情况",
        "支出责任履行情况",
    ]
    rows: list[Row] = [
        ["转移支付（项目）名称", C("中央财政医疗救助补助资金", cols=5)],
        ["中央主管部门", C("国家医疗保障局", cols=5)],
        ["地方主管部门", C("县医疗保障局", cols=2), "资金使用单位", C("县医疗保障局", cols=2)],
        [
            C("资金投入情况\n（万元）", rows=4),
            "",
            C("全年预算数（A）", cols=2),
            "全年执行数（B）",
            "预算执行率（B/A×100%）",
        ],
        ["年度资金总额：", C("2150", cols=2), "2150", "100%"],
        ["其中：中央财政资金", C("1800", cols=2), "1800", "100%"],
        ["地方资金", C("350", cols=2), "350", "100%"],
        [C("资金管理情况", rows=8), C("", cols=2), C("情况说明", cols=2), "存在问题和改进措施"],
        *([C(name, cols=2), C("符合要求", cols=2), "无"] for name in managed),
        [C("总体目标完成情况", rows=2), C("总体目标", cols=3), C("全年实际完成情况", cols=2)],
        [C("减轻困难群众医疗费用负担。", cols=3), C("困难群众应保尽保。", cols=2)],
        *tree(
            lines,
            lambda line: [line.name, line.value, line.actual, "无"],
            head=["一级指标", "二级指标", "三级指标", "指标值", "全年实际完成值", "未完成原因和改进措施"],
        ),
        across("说明", "请在此处简要说明各级监督检查中发现的问题，没有请填无。", 6),
    ]
    header = {
        "project_name": "中央财政医疗救助补助资金",
        "unit": "县医疗保障局",
        "year": 2023,
        "total": 2150,
        "fiscal": [1800, None],
    }
    header |= {
        "money_unit": "万元",
        "goal": "减轻困难群众医疗费用负担。",
        "dept": ["县医疗保障局", "国家医疗保障局", None],
    }
    parts = [Words(("中央对地方专项转移支付绩效目标自评表", "（2023年度）")), Grid(rows, (14, 16, 24, 14, 16, 18))]
    note = "资金管理七行不是指标；主管部门取地方、中央或不取均可。"
    return Fixture("30", "transfer_self_evaluation", "xlsx docx html", parts, (Expected(header, lines),), note=note)


def _monitored() -> Fixture:
    marks: Row = ["经费保障", "制度保障", "人员保障", "硬件条件保障", "其他", "原因说明"]
    rows: list[Row] = [
        ["项目名称", C("城乡社区健康服务", cols=15)],
        ["主管部门", C("县卫健委", cols=6), "实施单位", C("县疾控中心", cols=8)],
        [
            C(name, rows=2)
            for name in ("一级指标", "二级指标", "三级指标", "年度指标值", "1-7月执行情况", "全年预计完成情况")
        ]
        + [C("偏差原因分析", cols=6), C("完成目标可能性", cols=3), C("备注", rows=2)],
        [*marks, "确定能", "有可能", "完全不可能"],
        *tree(
            CLINIC, lambda line: [line.name, line.value, "进行中", line.actual, "", "", "", "", "", "", "√", "", "", ""]
        ),
    ]
    header = {"project_name": "城乡社区健康服务", "dept": "县卫健委", "unit": "县疾控中心", "year": 2024}
    parts = [Words(("项目支出绩效运行监控表", "（2024年度）")), Grid(rows)]
    return Fixture("37", "monitored", "xlsx html", parts, (Expected(header, CLINIC),))


def _changed() -> Fixture:
    """指标值 and 调整后指标值: what stands as target now is the changed one, where there is one."""
    before = {"开展家庭医生签约人数": "≥5000人", "居民健康知识知晓率": "≥85%"}
    rows: list[Row] = [
        ["项目名称", C("基本公共卫生服务", cols=5)],
        ["主管部门", C("市卫健委", cols=2), "实施单位", C("市妇幼保健院", cols=2)],
        *tree(
            CLINIC,
            lambda line: (
                ["修改" if line.name in before else "原有", line.name, before.get(line.name, line.value), line.value]
            ),
            head=["一级指标", "二级指标", "数据状态", "三级指标", "指标值", "调整后指标值"],
        ),
    ]
    header = {"project_name": "基本公共卫生服务", "dept": "市卫健委", "unit": "市妇幼保健院", "year": 2024}
    parts = [Words(("项目绩效目标调整表", "（2024年度）")), Grid(rows, (12, 16, 10, 26, 14, 16))]
    note = "调整表：有调整后指标值的取调整后。"
    return Fixture("38", "changed", "xlsx html", parts, (Expected(header, CLINIC),), note=note)


def _changed_in_parts() -> Fixture:
    before = {"开展家庭医生签约人数": "5000", "居民健康知识知晓率": "85"}
    rows: list[Row] = [
        ["项目名称", C("重点人群健康管理", cols=6)],
        *tree(
            CLINIC,
            lambda line: [line.name, line.sign or "定性", before.get(line.name, line.number), line.number, line.unit],
            head=["一级指标", "二级指标", "三级指标", "符号", "调整前值", "调整后值", "计量单位"],
        ),
    ]
    header = {"project_name": "重点人群健康管理", "year": 2023}
    parts = [Words(("2023年度项目支出绩效目标调整表",)), Grid(rows, (12, 16, 26, 8, 12, 12, 12))]
    note = "符号、值、单位分列，值取“调整后值”；符号列空或“定性”时没有符号。"
    return Fixture("38", "changed_split_value", "xlsx docx", parts, (Expected(header, CLINIC),), note=note)


def _approved() -> Fixture:
    goal = "完成年度基本公共卫生服务任务。"
    rows: list[Row] = [
        ["项目名称", C("基本公共卫生服务补助资金", cols=5)],
        ["主管部门", C("820001-区卫生健康局", cols=2), "实施单位", C("区卫生健康局本级", cols=2)],
        [C("项目资金\n（万元）", rows=4), C("年度资金总额：", cols=2), C("432.40", cols=3)],
        [C("其中：财政拨款", cols=2), C("400.00", cols=3)],
        [C("上年结转", cols=2), C("32.40", cols=3)],
        [C("其他资金", cols=2), C("", cols=3)],
        across("年度目标", goal, 6),
        *tree(
            CLINIC,
            lambda line: [line.name, line.value, line.weight],
            head=["一级指标", "二级指标", "三级指标", "指标值", "权重"],
            side="绩效指标",
        ),
        band("批复日期：2024年2月18日", 6),
    ]
    header = {
        "project_name": "基本公共卫生服务补助资金",
        "dept": "区卫生健康局",
        "unit": "区卫生健康局本级",
        "year": 2024,
    }
    header |= {"total": 432.4, "fiscal": 400, "money_unit": "万元", "goal": goal}
    parts = [Words(("项目支出绩效目标批复表", "（2024年度）")), Grid(rows, (10, 12, 16, 24, 14, 8))]
    return Fixture("39", "approved", "xlsx docx pdf png", parts, (Expected(header, CLINIC),))
