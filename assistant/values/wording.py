"""Qualitative values: the wording, and the scale it may name (财预〔2021〕101号 附件1 一（二）3: 好、一般、差)."""

from __future__ import annotations

import re

GRADES = frozenset(
    "/".join(
        (
            "优秀/优/良好/良/中等/中/合格/不合格/差/较差/很好/好/较好/一般/不好/高/较高/低/较低/大/较大/小/较小/强/较强/弱/较弱",
            "显著/较显著/不显著/明显/较明显/不明显/有效/较有效/无效/及时/较及时/不及时/健全/较健全/不健全/是/否/有/无",
            "非常满意/满意/较满意/比较满意/基本满意/不满意/达标/基本达标/部分达标/不达标/未达标",
            "完成/基本完成/部分完成/未完成/达成/部分达成/未达成",
        )
    ).split("/")
)
_PLACEHOLDER = re.compile(r"(?:指标|目标)?[0-9]*[:：]?[\s/\\\-_—–…·.xX×□○〇?？*＊、，,。;；]*")
_QUALITATIVE = re.compile(r"(?:定性(?:指标)?[\s:：,，]*)+(?=\S)")
_BETWEEN_GRADES = re.compile(r"[/／、，,；;|\s]+|或")
_RUN_TOGETHER = re.compile("[优良中差好高低]{3,4}")
_STEPS = re.compile("[二三四五2-5]个?(?:档次|档|等级|等次|级)?$")
_IN_BRACKETS = re.compile(r"[(（]([^()（）]+)[)）]$")


def is_placeholder(cell: str) -> bool:
    """Tell whether a cell is blank or holds template marks only: /, ……, ×××, 指标1：."""
    return _PLACEHOLDER.fullmatch(cell) is not None and not cell.isdigit()


def without_marker(cell: str) -> str:
    """Drop the word 定性 that only says which kind of value follows."""
    found = _QUALITATIVE.match(cell)
    return cell[found.end() :] if found else cell


def grades_of(wording: str) -> tuple[str, ...] | None:
    """Return the steps of the scale a wording names (优/良/中/差, 提升（显著、一般）), None if it names none."""
    bracketed = _IN_BRACKETS.search(wording)
    for candidate in (wording, bracketed[1] if bracketed else ""):
        steps = _STEPS.sub("", candidate.strip(" 。"))
        pieces = tuple(steps) if _RUN_TOGETHER.fullmatch(steps) else tuple(_BETWEEN_GRADES.split(steps))
        if is_scale(pieces):
            return pieces
    return None


def is_scale(names: tuple[str, ...]) -> bool:
    """Tell whether the names are the steps of a grading scale."""
    return len(names) > 1 and len(set(names)) == len(names) and GRADES.issuperset(names)
