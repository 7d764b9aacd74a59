"""P: what may be published, and what may be changed after approval."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.beside import place_key
from assistant.checks.examples import example
from assistant.checks.fixes import Change, Fix, Where, automatic
from assistant.checks.money import totals_yuan, wan
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.view import Field, Table
from assistant.schema import Indicator, PerformanceTable
from assistant.values import equivalent

_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_CONTACT = re.compile(
    r"(?:联系人|填报人|负责人|经办人)\s*[:：]\s*[\u4e00-\u9fff×*]{1,4}|(?:联系|咨询)电话\s*[:：]?\s*\d"
    r"|(?:联系人|填报人|负责人|经办人)[\u4e00-\u9fff]{2,3}[，,、（(\s]{1,2}(?:电话)?\d{7}"
)
_SECRET = re.compile(
    "(?<!保守)(?:机密|绝密)(?!工作|文件销毁)|(?:^|[（(【\\[])秘密|秘密[★☆]|内部(?:资料|文件|使用|掌握)|不得外传|注意保存"
)


def masked(text: str) -> str:
    """Text with identity and telephone numbers covered, first and last digits kept."""
    hidden = _IDENTITY.sub(lambda found: found[0][:3] + "*" * 12 + found[0][-3:], text)
    return _MOBILE.sub(lambda found: found[0][:3] + "****" + found[0][-4:], hidden)


def _mask(table: Table, where: Where) -> Fix | None:
    path, text = table.text_at(where)
    return automatic(Change(field=path, before=text, after=masked(text))) if text else None


@rule(
    "P04",
    level="error",
    cite=["disclosure#whole", "henan-2022-4#28"],
    passes=[
        example(form={"form_kind": "公开表"}, text="公开表没有个人信息"),
        example(project={"contact": {"姓名": "张三", "电话": "13800000000"}}, text="申报表可以有联系人"),
    ],
    fails=[
        example(
            goal="完成待遇资格认证500人次，知晓率达到85%。联系人：张三，13800000000。",
            form={"form_kind": "公开表"},
            text="公开表写了联系人和手机号",
        ),
        example(
            project={"contact": {"姓名": "张三", "电话": "13800000000"}},
            form={"form_kind": "公开表"},
            text="公开表带联系人栏",
        ),
    ],
    fix=_mask,
)
def nothing_private_is_published(table: Table) -> Hits:
    """公开表含个人信息或涉密字样"""
    if table.form.form_kind != "公开表":
        return
    for where, text in table.texts:
        for pattern, what in (
            (_IDENTITY, "身份证号"),
            (_MOBILE, "手机号"),
            (_CONTACT, "联系人"),
            (_SECRET, "涉密字样"),
        ):
            found = pattern.search(text)
            if found:
                shown = masked(found[0].strip())
                yield Hit(where, f"公开表里有{what}（{shown}），公开前请删去", quote=shown)
                break
    if table.form.project.contact and any(table.form.project.contact.values()):
        yield Hit(Field("project.contact"), "公开表带着联系人信息，公开前请删去", quote="联系人")


@rule(
    "P05",
    level="warn",
    cite=["mof-2021-101#3.6", "henan-2022-4#26", "zhengzhou-goal#25"],
    passes=[example(approved=example(), text="与批复一致"), example()],
    fails=[
        example(value="≥400人次", approved=example(value="≥500人次"), text="批复≥500人次，现在≥400人次"),
        example(more=[("数量指标", "窗口接待人次", "≥900人次")], approved=example(), text="批复后加了一行"),
    ],
)
def approved_targets_stay(table: Table) -> Hits:
    """批复后目标被改动"""
    approved = table.beside.approved
    if approved is None:
        return
    before = {place_key(row): row for row in approved.indicators}
    common = sum(place_key(row.indicator) in before for row in table.rows)
    if common * 2 < len(table.rows):
        said = f"{len(table.rows)} 条指标里只有 {common} 条在批复表里；请先核对是不是给错了批复表"
        yield Hit(Field("indicators"), said, quote=approved.project.name or "")
        return
    for row in table.rows:
        was = before.pop(place_key(row.indicator), None)
        changes = list(_changes(was, row.indicator)) if was else ["批复表里没有这条指标"]
        if changes:
            said = f"“{row.indicator.name}”与批复不一致：{'；'.join(changes)}；确需调整的请按程序报批"
            yield Hit(row, said, quote=row.raw)
    for gone in before.values():
        said = f"批复的“{gone.name}”（{gone.value.raw if gone.value else ''}）不见了；确需调整的请按程序报批"
        yield Hit(Field("indicators"), said, quote=gone.name)
    yield from _money_changes(table, approved)


def _changes(was: Indicator, now: Indicator) -> Iterator[str]:
    if (was.value is None) != (now.value is None) or (
        was.value is not None and now.value is not None and not equivalent(was.value, now.value)
    ):
        old, new = (value.raw if value else "空" for value in (was.value, now.value))
        yield f"批复“{old}”，现在“{new}”"
    if was.weight != now.weight and was.weight is not None and now.weight is not None:
        yield f"权重批复 {was.weight:f}，现在 {now.weight:f}"


def _money_changes(table: Table, approved: PerformanceTable) -> Hits:
    was, now = (next(iter(totals_yuan(form.funds, "年度")), None) for form in (approved, table.form))
    if was is not None and now is not None and was != now:
        said = f"资金总额批复 {wan(was)}，现在 {wan(now)}；确需调整的请按程序报批"
        yield Hit(Field("funds"), said, quote=wan(now))
