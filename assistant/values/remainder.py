"""What may stand around the one measure of a cell for the cell to be a number or a date rather than a sentence.

A number counts when it is the predicate: nothing follows it (参训学员满意率达93%以上), or only the short thing
it counts (至少全年完成3次宣讲, 100%合格). When a clause goes on after it, or it is a standard to act by
(按照1000元/人…兑付), the cell is wording that mentions a number. 达到, 完成, 为 carry no sign and are dropped;
the rest is kept as `text`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.values.measures import Measure
from assistant.values.signs import LEADING
from assistant.values.value import Operator

_LONGEST_LEAD, _LONGEST_TAIL, _LONGEST_LABEL = 40, 15, 8

_EDGE = " 。.;；,，、!！:：\n"
_LINK = re.compile(r"(?:达到|达|为|是|实现|完成|保持在|保持|应当|应|须|需|共计|合计|总计|[共计]|[ :：,，、。;；=])\Z")
_DATE_LINK = re.compile(r"(?:截至|截止|于|在|到|至|为|[ :：,，、。;；])\Z")
_STANDARD_TO_ACT_BY = re.compile(r"严格|根据|依据|依照|参照|遵照|按照|按(?![时期质量月季年日需])|其中|[×*±#≥≤=<>]")
_NEVER_BEFORE = re.compile(r"(?:[第前A-Za-z_/+\-^%]|方案|附件|编号|序号|[目指]标|文号)\Z")
_CLAUSE_GOES_ON = re.compile(
    r"[,，;；。:：、×*±_+\-^#≥≤=<>%()/A-Za-z]|[给向由把将按以之]|进行|用于|标准|执行|根据|对(?!外)|比例"
)
_DONE = re.compile(
    "全面|全部|基本|完成|到位|竣工|完工|结束|结项|发放|支付|拨付|支出|兑付|验收|交付|投入|建成|开工|启动|实施|上报|提交"
    "|报送|达|通过|开展|下达|办结|正式"
)
_UNKNOWN_UNIT = re.compile(r"(?P<unit>[一-鿿]{1,3})?(?P<per>(?:/[一-鿿]{1,4})+)?")
_NO_UNIT = re.compile("[达合完到覆无不有均各左以内外前后上下的起止好优良每余多约及或]")


@dataclass(frozen=True)
class Remainder:
    """The understood rest of a cell: its wording, a sign or unit that the measure itself did not have."""

    text: str = ""
    operator: Operator | None = None
    unit: str = ""


def around(cell: str, measure: Measure) -> Remainder | None:
    """Return what stands around the measure of a plain cell, None if that makes the cell a sentence."""
    lead, tail = cell[: measure.start].lstrip(_EDGE), cell[measure.end :].rstrip(_EDGE).lstrip(" ")
    if lead.endswith("(") and tail.startswith(")"):
        lead, tail = lead[:-1], tail[1:]
    return _around_date(lead, tail, measure) if measure.kind == "date" else _around_number(lead, tail, measure)


def _around_number(lead: str, tail: str, measure: Measure) -> Remainder | None:
    operator = None
    if measure.operator is None and (word := next((word for word in LEADING if lead.startswith(word)), None)):
        operator, lead = LEADING[word], lead.removeprefix(word)
    name = _without(_LINK, lead)
    if not name and tail and (unit := _unknown_unit(tail, measure)):
        return Remainder(unit=unit, operator=operator)
    if not _may_precede(lead) or not _may_follow(tail):
        return None
    if measure.chinese and tail and not (operator or measure.operator or measure.unit == "%"):
        return None  # 建立两个平台 describes, 开展两次 counts
    if not measure.unit and not measure.operator and (tail or (name and not _is_label(name, lead))):
        return None  # 5G, 12345热线
    return Remainder(text=_without(_LINK, _squeezed(name + tail)), operator=operator)


def _around_date(lead: str, tail: str, measure: Measure) -> Remainder | None:
    name = _without(_DATE_LINK, lead)
    if not _may_precede(lead) or not _may_follow(tail):
        return None
    if tail and not (_DONE.match(tail) or measure.operator == "≤"):
        return None  # 2022年度任务
    return Remainder(text=_squeezed(name + tail))


def _may_precede(lead: str) -> bool:
    return (
        len(lead) <= _LONGEST_LEAD
        and not _STANDARD_TO_ACT_BY.search(lead)
        and not _NEVER_BEFORE.search(lead)
        and lead.count("(") == lead.count(")")
    )


def _may_follow(tail: str) -> bool:
    return len(tail) <= _LONGEST_TAIL and not _CLAUSE_GOES_ON.search(tail)


def _is_label(name: str, lead: str) -> bool:
    """新罗区2, 数量：3 – a short name directly before a bare number."""
    return len(name) <= _LONGEST_LABEL and (name != lead or re.fullmatch("[一-鿿]+", name) is not None)


def _unknown_unit(tail: str, measure: Measure) -> str:
    """Take a short word that ends the cell as a unit nobody listed: =3摞, 1000元/孤儿."""
    found = _UNKNOWN_UNIT.fullmatch(tail)
    known = measure.kind != "number" or measure.chinese or (measure.unit and found and found["unit"])
    if found is None or known or _NO_UNIT.search(found["unit"] or ""):
        return ""
    head, per = measure.unit or found["unit"] or "", (found["per"] or "").replace("/", "·")
    if not head or not per:
        return head if found["unit"] else ""
    return head + ("" if "/" in head else "/") + (per if "/" in head else per[1:])


def _without(link: re.Pattern[str], text: str) -> str:
    while found := link.search(text):
        text = text[: found.start()]
    return text


def _squeezed(text: str) -> str:
    return text.replace(" ", "")
