"""F, row by row: does each row have both halves, a name and a value, and do they say something?"""

from __future__ import annotations

import re

from assistant.checks.examples import example
from assistant.checks.fixes import Change, Fix, Where, automatic, removal, remove_row, row_at
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.view import Field, Table
from assistant.checks.words import FILLER, NEG, any_of

_REVERSE = re.compile(any_of(NEG))


def _without_placeholder(table: Table, where: Where) -> Fix | None:
    row = row_at(where)
    if row is not None:
        return automatic(removal(row))
    rows = table.form.empty_template_rows
    return automatic(*(Change(field=f"empty_template_rows[{i}]", before=text) for i, text in enumerate(rows)))


@rule(
    "F09",
    level="warn",
    cite=["tool#practice"],
    passes=[example()],
    fails=[
        example("指标2：", "", level2="生态效益指标"),
        example(form={"empty_template_rows": ["效益/生态/指标1"]}, text="空着的“指标1：”没有删"),
    ],
    cell="name",
    fix=_without_placeholder,
)
def no_template_row_is_left(table: Table) -> Hits:
    """空白占位行"""
    for row in table.rows:
        if row.is_placeholder and row.value is None:
            said = f"“{row.written}”是空着的占位行，请删去"
            yield Hit(row, said, quote=row.written)
    empty = table.form.empty_template_rows
    if empty:
        said = f"表里还有 {len(empty)} 处空白占位行（{'、'.join(empty[:4])}），请删去"
        yield Hit(Field("empty_template_rows"), said, quote=empty[0])


@rule(
    "F10",
    level="error",
    cite=["tool#practice"],
    passes=[example("安全事故发生次数", "=0次")],
    fails=[
        example("不涉及", "无", level2="生态效益指标"),
        example("生态环境影响程度", "不涉及", level2="生态效益指标", cells={"weight": 5}),
    ],
    cell="name",
    reads=("value",),
    single_row=True,
    fix=remove_row,
)
def rows_say_something(table: Table) -> Hits:
    """用“无”“不涉及”充当指标"""
    for row in table.rows:
        named = row.name in FILLER
        if named or (row.raw in FILLER and not (row.raw == "0项" and _REVERSE.search(row.name))):
            quote = row.indicator.name if named else row.raw
            weighted = row.indicator.weight is not None
            more = "，它的权重要并到别的指标" if weighted else ""
            yield Hit(
                row if named else row.at("value"),
                f"“{quote}”不是指标；不涉及就不设，请删去这一行{more}",
                quote=quote,
                level="error" if weighted else "warn",
            )


@rule(
    "F11",
    level="error",
    cite=["mof-2020-10#a2.indicator.2", "tool#system"],
    passes=[example()],
    fails=[example("设备验收合格率", "", level2="质量指标")],
    reads=("value",),
    single_row=True,
)
def every_name_has_a_value(table: Table) -> Hits:
    """有指标名称，没有指标值"""
    for row in table.rows:
        if row.value is None and not row.is_placeholder:
            yield Hit(row, f"“{row.indicator.name}”没有指标值，请填：____", quote=row.indicator.name)


@rule(
    "F12",
    level="error",
    cite=["tool#system"],
    passes=[example()],
    fails=[example("指标2：", "=100%")],
    cell="name",
    reads=("value",),
    single_row=True,
)
def every_value_has_a_name(table: Table) -> Hits:
    """有指标值，没有指标名称"""
    for row in table.rows:
        if row.value is not None and row.is_placeholder:
            yield Hit(row, f"“{row.raw}”没有对应的指标名称，请补上名称，或核对是否错行", quote=row.raw)
    for one in table.form.unresolved:
        value = str((one.raw or {}).get("value") or "").strip()
        if value and one.field.startswith("indicators[") and not str((one.raw or {}).get("name") or "").strip():
            said = f"“{value[:40]}”没有对应的指标名称，请补上名称，或核对是否错行"
            yield Hit(Field("indicators"), said, quote=value[:40])
