"""Units of measure: one table of canonical names, other spellings and families; magnitudes; per-unit prices.

Canonical names follow FORM.md §6 (法定计量单位 and the classifiers in use): 百分比 → %, 平米 → 平方米, KM → 公里,
人/次 → 人次, 元每人每月 → 元/人·月. A unit keeps its magnitude (万人次); `quantities` applies it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from assistant.values.characters import plain_characters


class Unit(NamedTuple):
    """A canonical unit, how many of its family's base unit it is worth (None: not convertible), other spellings."""

    name: str
    family: str
    worth: Decimal | None
    aliases: tuple[str, ...] = ()


def _family(family: str, *rows: tuple[str, str, str]) -> tuple[Unit, ...]:
    return tuple(
        Unit(name, family, Decimal(worth) if worth else None, tuple(aliases.split())) for name, worth, aliases in rows
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


MEASURED = (
    *_family("金额", ("元", "1", "元人民币 人民币元 圆"), ("角", "0.1", "")),
    *_family("比率", ("%", "1", "百分比 百分率"), ("‰", "0.1", "千分比"), ("比例", "100", "")),
    *_family("百分点", ("个百分点", "1", "百分点")),
    *_family(
        "长度",
        ("米", "1", "m"),
        ("公里", "1000", "千米 km KM Km ㎞"),
        ("厘米", "0.01", "cm ㎝"),
        ("毫米", "0.001", "mm ㎜"),
    ),
    *_family(
        "面积",
        ("平方米", "1", "平米 平方 ㎡ m² m2 平方公尺"),
        ("平方公里", "1000000", "平方千米 km² km2 ㎢"),
        ("公顷", "10000", "hm² hm2"),
        # 15亩 = 1公顷
        ("亩", "666.6666666666667", ""),
    ),
    *_family("体积", ("立方米", "1", "立方 m³ m3"), ("升", "0.001", "L"), ("毫升", "0.000001", "mL ml")),
    *_family(
        "重量",
        ("千克", "1", "公斤 kg KG Kg ㎏"),
        ("吨", "1000", "t"),
        ("克", "0.001", "g"),
        ("斤", "0.5", "市斤"),
    ),
    *_family("电量", ("千瓦时", "1", "kWh kwh KWH"), ("兆瓦时", "1000", "MWh")),
    *_family("功率", ("千瓦", "1", "kW KW kw"), ("兆瓦", "1000", "MW")),
    *_family(
        "时长",
        ("秒", "1", "秒钟"),
        ("分钟", "60", ""),
        ("小时", "3600", "个小时 h"),
        ("天", "86400", "日 个自然日 自然日 日历天"),
        ("周", "604800", "个星期 星期"),
        ("个工作日", "", "工作日"),
        ("个月", "", "月 月份"),
        ("季度", "", "个季度 季"),
        ("学期", "", "个学期"),
        ("年", "", "周年 个年度"),
    ),
)

# Counted things: each is its own family, for 300人 and 300人次 are different targets.
_CLASSIFIERS = _words(
    """
    人 人次 户 户次 家 家次 个 个次 项 项次 件 件次 份 册 次 剂 剂次 场 场次 期 批 批次 台 台次 台套 套 辆 辆次 车次 车
    张 条 处 所 座 栋 幢 间 篇 种 起 宗 例 支 只 头 匹 羽 尾 株 棵 颗 根 块 片 面 幅 部 本 卷 页 字 款 门 节 堂
    课时 学时 学分 位 组 队 班 班次 对 双 把 口 眼 孔 盏 枚 桶 箱 袋 瓶 盒 包 层 级 类 档 档次 倍 分 村 乡 镇
    街道 社区 县 县区 区 市 省 校 生 学生 床 床位 柜 机柜 车位 站 站点 段 路段 标段 井 艘 架 趟 航班 人天 人日 人月
    人年 工日 台班 单 笔 票 席 桌 轮 轮次 回 届 案 亩次 吨公里 人公里 车公里 网格 居民 职工 师生 株次 船次 检次
    样 样品 批件 ℃ dB Mbps MB GB TB 岁
    """
)
_MISSPELT = {"名": "人", "人/次": "人次", "人·次": "人次", "个/人": "个", "周岁": "岁"}

UNITS: dict[str, Unit] = {
    **{name: Unit(name, name, Decimal(1)) for name in _CLASSIFIERS},
    **{unit.name: unit for unit in MEASURED},
}
_NAMES: dict[str, str] = {
    **{name: name for name in UNITS},
    **{alias: unit.name for unit in MEASURED for alias in unit.aliases},
    **_MISSPELT,
    **{f"{name[:-1]}(次)": name for name in _CLASSIFIERS if len(name) > 1 and name[-1] == "次"},
}

MAGNITUDES = {
    **{"万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "亿": 10**8},
    **{"千万": 10**7, "百万": 10**6, "万": 10**4, "千": 10**3, "百": 10**2},
}

# Below a stroke, time is a span and needs no 个: 元/人·月.
_DENOMINATORS = {"个月": "月", "人月": "人·月", "人年": "人·年", "人天": "人·天", "人日": "人·天"}
_TIMES = frozenset({"年", "月", "天", "周", "季度", "学期", "小时", "分钟"})


def _alternatives(names: Iterable[str]) -> str:
    """Longest first; a Latin symbol must not run on into a word or number (5mm, 3GB)."""
    ordered = sorted(names, key=len, reverse=True)
    return "|".join(
        re.escape(name) + ("(?![A-Za-z0-9])" if re.search("[A-Za-z0-9]$", name) else "") for name in ordered
    )


_NAME = _alternatives(_NAMES)
_MAGNITUDE = _alternatives(MAGNITUDES)
_HEAD = re.compile(
    rf" *(?:(?P<name>{_NAME})|(?P<magnitude>{_MAGNITUDE}) *(?P<of>{_NAME})|(?P<alone>[百千]?(?:万亿|万|亿)))"
)
_STROKE = "(?:[/·.、*] *每?|每)"
_PER = re.compile(rf" *(?:/ *每?|每) *\(?(?:{_NAME})(?: *{_STROKE} *(?:{_NAME}))*\)?| *\( *(?:每(?:{_NAME}) *)+\)")
_DENOMINATOR = re.compile(_NAME)
_EACH_OF = re.compile(rf"每个(?={_NAME})")
EACH = re.compile(rf"(?:每个?(?:{_NAME}) *)+")
"""每人每月, standing before an amount."""


def read_unit(text: str, at: int) -> tuple[str, int] | None:
    """Read a unit at a place of a plain text, bracketed or not: its canonical name and where it ends."""
    opening = re.compile(r" *\( *(?:单位:? *)?").match(text, at)
    if opening:
        inside = read_unit(text, opening.end()) if text[opening.end() : opening.end() + 1] != "(" else None
        closing = re.compile(r" *\)").match(text, inside[1]) if inside else None
        return (inside[0], closing.end()) if inside and closing else None
    head = _HEAD.match(text, at)
    if head is None:
        return None
    name = _NAMES[head["name"]] if head["name"] else head["alone"] or head["magnitude"] + _NAMES[head["of"]]
    per = _PER.match(text, head.end())
    return (priced_per(name, per[0]), per.end()) if per else (name, head.end())


def priced_per(unit: str, per: str) -> str:
    """Add denominators in any writing (每人每月, /人.月) to a canonical unit, persons before time: 元/人·月."""
    head, _, already = unit.partition("/")
    names = [*already.split("·"), *(_NAMES[name] for name in _DENOMINATOR.findall(_EACH_OF.sub("每", per)))]
    flat = [part for name in names if name for part in _DENOMINATORS.get(name, name).split("·")]
    ordered = dict.fromkeys(sorted(flat, key=_TIMES.__contains__))
    return f"{head}/{'·'.join(ordered)}"


@lru_cache(maxsize=4096)
def canonical_unit(text: str) -> str:
    """Return the canonical name of a unit in any spelling; an unknown one comes back as it stood, without blanks."""
    plain = plain_characters(text).strip().replace(" ", "")
    found = read_unit(plain, 0)
    return found[0] if found and found[1] == len(plain) else plain


def magnitude_of(unit: str) -> tuple[Decimal, str]:
    """Split the magnitude off a canonical unit: 万人次 → (10000, 人次); 千米 is a unit of its own."""
    head, stroke, per = unit.partition("/")
    if head not in UNITS:
        for name, worth in MAGNITUDES.items():
            if head.startswith(name):
                return Decimal(worth), head.removeprefix(name) + stroke + per
    return Decimal(1), unit


def unit_family(unit: str) -> str:
    """Return what a unit measures: 公里 and 米 → 长度, 万元/人·月 → 金额/人·月; 人 and 人次 stay apart."""
    _, bare = magnitude_of(canonical_unit(unit))
    head, stroke, per = bare.partition("/")
    return (UNITS[head].family if head in UNITS else head) + stroke + per
