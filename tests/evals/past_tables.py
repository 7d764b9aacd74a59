"""Small past tables for the tests of the evals."""

from __future__ import annotations

from pathlib import Path

from assistant.importers.json_table import table_from_json
from assistant.schema import PastTable

Row = tuple[str, str, str | None]

ROWS: tuple[Row, ...] = (
    ("数量指标", "培训人次", "≥600人次"),
    ("质量指标", "培训考核合格率", "≥95%"),
    ("时效指标", "培训完成时间", "2023年11月30日前"),
    ("服务对象满意度指标", "参训人员满意度", "≥90%"),
)
_LEVEL1 = {"服务对象满意度指标": "满意度指标", "社会效益指标": "效益指标"}


def flat_table(table_id: str = "t1", *, rows: tuple[Row, ...] = ROWS, **said: object) -> dict[str, object]:
    """A past table of four rows about training in the flat format; any key may be given."""
    return {
        "id": table_id,
        "year": 2023,
        "region": "河南省",
        "project_name": f"基层干部培训项目{table_id}",
        "department": "县委组织部",
        "unit": f"{table_id}中心",
        "budget_wan": 30,
        "goal": "培训基层干部600人次，资金30万元。",
        "indicators": [
            {"level1": _LEVEL1.get(level2, "产出指标"), "level2": level2, "name": name, "value": value}
            for level2, name, value in rows
        ],
        **said,
    }


def past_table(table_id: str = "t1", *, rows: tuple[Row, ...] = ROWS, **said: object) -> PastTable:
    """The same, read as the product reads it."""
    return table_from_json(flat_table(table_id, rows=rows, **said), Path("test.json"))
