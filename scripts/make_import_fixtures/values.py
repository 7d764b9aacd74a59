"""Section D: every way a value is written; and the same form as Excel 2003 XML and Word 2003 XML."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scripts.make_import_fixtures.drawn import C, Grid, Row, Words
from scripts.make_import_fixtures.fixture import Expected, Fixture, Line
from scripts.make_import_fixtures.shapes import money_rows, tree

HEAD: Row = ["一级指标", "二级指标", "三级指标", "指标值"]
WRITTEN: list[tuple[str, str, str]] = [
    ("数量", "栽植苗木", ">=17600株"),
    ("数量", "购置书架", "10套"),
    ("数量", "接待咨询", "735人次"),
    ("数量", "人均日接诊", "470人/天"),
    ("数量", "分类补助人数", "1600人、200人"),
    ("数量", "服务群众", "约5.5万人次"),
    ("数量", "作业道维护里程(公里)", "30"),
    ("质量", "差错率", "小于0.9‰"),
    ("质量", "一次合格率", "不低于95%"),
    ("质量", "空置率", "15%及其以下"),
    ("质量", "产值增长倍数", "≥2倍"),
    ("质量", "执行标准", "严格执行相关制度规定"),
    ("时效", "开工日期", "2021年12月31日"),
    ("时效", "完成期限", "2023年底"),
    ("时效", "集中整治", "9月前"),
    ("时效", "资金到位", "12月底到位"),
    ("时效", "实施期间", "2020年1月--2020年11月"),
    ("时效", "服务期", "2023.07-2024.01"),
    ("时效", "检查频次", "1次/月"),
    ("时效", "办结时限", "≤7工作日"),
    ("时效", "响应时间", "5分钟"),
    ("成本", "补助单价", "<=475元/亩"),
    ("成本", "人员费用", "530元/人*月"),
    ("成本", "苗木单价", "28.40/株"),
    ("成本", "成本控制", "不超预算"),
    ("经济", "分红比例", "头三年每年返还本金10%，此后每年按本金的5%分红"),
    ("社会", "政策知晓度", "提高"),
    ("社会", "服务水平", "不低于上年度水平"),
    ("生态", "环境面貌", "持续改善"),
    ("持续", "长效机制", "基本建立"),
    ("持续", "改善河道水质，恢复沿岸植物。", ""),
    ("满意", "群众满意度", "≧90%"),
]


def fixtures() -> Iterator[Fixture]:
    """The fixtures of this file."""
    yield _every_value()
    yield _typed_cells()
    yield _old_office()
    yield _money_words()


def _every_value() -> Fixture:
    lines = [Line(place, name, "", value, "") for place, name, value in WRITTEN]
    rows: list[Row] = [
        ["项目名称", C("指标值写法大全", cols=3)],
        HEAD,
        *tree(lines, lambda line: [line.name, line.value]),
    ]
    header = {"project_name": "指标值写法大全", "year": 2023}
    parts = [Words(("项目支出绩效目标表", "（2023年度）")), Grid(rows, (14, 20, 30, 24))]
    return Fixture("d01", "every_value", "xlsx docx html pdf", parts, (Expected(header, lines),))


def _typed_cells() -> Fixture:
    """Numbers, shares and dates as a spreadsheet keeps them; a reader must see what the screen shows."""
    cells = [
        (Line("数量", "培训人数", "", "1200", ""), C("1200", number=1200)),
        (Line("数量", "改造面积", "", "3,498.50", ""), C("3,498.50", number=3498.5, shown="#,##0.00")),
        (Line("质量", "合格率", "", "95", "%"), C("95%", number=0.95, shown="0%")),
        (Line("质量", "完好率", "", "98.50", "%"), C("98.50%", number=0.985, shown="0.00%")),
        (Line("质量", "验收通过率", "", "100", "%"), C("100%", number=1, shown="0%")),
        (
            Line("时效", "完成日期", "", "2024年10月31日", ""),
            C("", number=date(2024, 10, 31), shown='yyyy"年"m"月"d"日"'),
        ),
        (Line("时效", "启动日期", "", "2024-03-01", ""), C("", number=date(2024, 3, 1), shown="yyyy-mm-dd")),
        (Line("时效", "拨付日期", "", "2024/6/30", ""), C("", number=date(2024, 6, 30), shown="yyyy/m/d")),
        (Line("成本", "项目成本", "", "86.5万元", ""), C("86.5万元", number=86.5, shown='0.0"万元"')),
        (Line("满意", "满意度", "≥", "90", "%"), C("≥90%", number=0.9, shown='"≥"0%')),
    ]
    lines = [line for line, _ in cells]
    drawn = {line.name: cell for line, cell in cells}
    rows: list[Row] = [
        ["项目名称", C("表格数字格式", cols=3)],
        [
            "年度资金总额（万元）",
            C("86.50", number=86.5, shown="0.00"),
            "其中：财政拨款",
            C("86.50", number=86.5, shown="0.00"),
        ],
        HEAD,
        *tree(lines, lambda line: [line.name, drawn[line.name]]),
    ]
    header = {"project_name": "表格数字格式", "year": 2024, "total": 86.5, "fiscal": 86.5, "money_unit": "万元"}
    parts = [Words(("项目支出绩效目标表", "（2024年度）")), Grid(rows, (14, 20, 30, 24))]
    return Fixture("d02", "numbers_with_formats", "xlsx", parts, (Expected(header, lines),))


def _old_office() -> Fixture:
    """Named .xls and .doc by the budget system, but Office 2003 XML inside; sign, value and unit in one cell."""
    lines = [
        Line("数量", "维护网点数量", "≥", "86", "个"),
        Line("数量", "升级终端", "", "120", "台"),
        Line("质量", "网络可用率", "≥", "99.5", "%"),
        Line("时效", "故障处理时间", "≤", "4", "小时"),
        Line("成本", "项目或定额成本控制率", "=", "100", "%"),
        Line("社会", "保障业务开展", "", "有效保障", ""),
        Line("满意", "使用人员满意度", "≥", "90", "%"),
    ]
    rows: list[Row] = [
        ["项目名称", C("业务专网维护", cols=4)],
        ["主管部门", C("县税源办", cols=2), "实施单位", "县税源办"],
        *money_rows("项目资金（万元）", [("年度资金总额", "46.00"), ("其中：财政拨款", "46.00"), ("其他资金", "")], 5),
        ["年度目标", C("保障业务专网安全稳定运行。", cols=4)],
        *tree(
            lines,
            lambda line: [line.name, line.value],
            head=HEAD,
            side="绩\n效\n指\n标",
        ),
    ]
    header = {"project_name": "业务专网维护", "dept": "县税源办", "unit": "县税源办", "year": 2023, "total": 46}
    header |= {"fiscal": 46, "money_unit": "万元", "goal": "保障业务专网安全稳定运行。"}
    parts = [Words(("项目绩效目标申报表", "（2023年度）")), Grid(rows)]
    return Fixture("39", "office_2003_xml", "xls doc", parts, (Expected(header, lines),))


def _money_words() -> Fixture:
    """The amount is said in words with its parts; no unit in the label."""
    lines = [Line("数量", "建设高标准农田", "≥", "3200", "亩"), Line("满意", "农户满意度", "≥", "90", "%")]
    rows: list[Row] = [
        ["项目名称", C("高标准农田建设", cols=3)],
        ["资金总额", C("854万元（其中高标准农田建设600万元，畅通工程254万元）", cols=3)],
        HEAD,
        *tree(lines, lambda line: [line.name, line.value]),
    ]
    header = {"project_name": "高标准农田建设", "year": 2022, "total": [854, None], "money_unit": ["万元", None]}
    note = "金额写在文字里：可读出 854 万元，读不准时列入待确认。"
    parts = [Words(("2022年度项目绩效目标表",)), Grid(rows, (14, 20, 30, 24))]
    return Fixture("d03", "money_in_words", "docx html", parts, (Expected(header, lines),), "torn", note)
