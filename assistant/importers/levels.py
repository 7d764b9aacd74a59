"""Where a row stands, from what is written in its level columns; what the vocabulary cannot say is left to a person."""

from __future__ import annotations

from assistant.dialects import LEVELS, level1_of, level2_of, parents
from assistant.importers.matrix import plain
from assistant.schema import Level1, Level2

# 财预〔2020〕10号 附2 and some provinces list satisfaction among the benefits.
_SATISFACTION_IN_BENEFIT = ("效益指标", "服务对象满意度指标")


def place_of(written1: str, written2: str) -> tuple[Level1, Level2] | str:
    """The two levels of a row, or why they cannot be told (Chinese)."""
    level1, level2 = level1_of(written1), level2_of(written2)
    if level2 is None and level1 == "满意度指标" and not written2:
        level2 = "服务对象满意度指标"  # the only second level there is
    if level2 is None:
        known = f"（一级指标写的是“{written1}”）" if written1 else ""
        return f"二级指标“{written2}”不在词表，需要人工归类" if written2 else f"没有写二级指标{known}，需要人工归类"
    if level1 == "成本指标" and level2 == "成本指标":
        level2 = "经济成本指标"
    if level1 is None and len(parents(level2)) == 1:
        level1 = parents(level2)[0]
    in_some_form = level1 is not None and any(level2 in levels.get(level1, ()) for levels in LEVELS.values())
    if level1 is None or not (in_some_form or (level1, level2) == _SATISFACTION_IN_BENEFIT):
        return f"一级指标“{written1 or '空'}”与二级指标“{level2}”对不上，需要人工归类"
    return level1, level2


def is_level(text: str) -> bool:
    """Whether a text, white space aside, is the name of a level."""
    return level1_of(plain(text)) is not None or level2_of(plain(text)) is not None


def goes_with(written1: str, written2: str) -> bool:
    """Whether a second level may stand under a first one; levels nobody knows contradict nothing.

    Satisfaction under benefit counts as a contradiction here: it is asked of levels carried down from above only.
    """
    one, two = level1_of(plain(written1)), level2_of(plain(written2))
    return one is None or two is None or one in parents(two) or (one, two) == ("成本指标", "成本指标")
