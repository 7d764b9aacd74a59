"""Numbers as a spreadsheet shows them: 0.95 with the format 0% is 95%, 45292 with yyyy"年"m"月" is 2024年1月.

Of the format language everything forms use is read; a format nobody understands shows the plain number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from assistant.importers.date_formats import is_date_format, shown_date

_DIGITS = 15  # a spreadsheet keeps fifteen digits of a number
_GENERAL_WIDTH = 11  # characters the format General shows of a fraction
_LARGEST_PLACES = 30
_LONGEST_CODE = 255  # what Excel takes; a longer one is no format but an attack

BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    # What the Chinese edition has under the numbers left to the language.
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    **dict.fromkeys((32,), 'h"时"mm"分"'),
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
}
"""Formats a file names by number only."""

_SYSTEM_DATES = {"[$-F800]": BUILT_IN[31], "[$-F400]": "h:mm:ss"}
"""Formats that follow the settings of the computer, here the Chinese ones."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<blank>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式|通用格式)|(?P<number>[0#?][0#?,.]*|\.[0#?]+)|(?P<exponent>E[+-]0+)|(?P<percent>%)|(?P<text>@)"
    r"|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"^(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)$")


def shown_number(value: float | int | Decimal, code: str, *, epoch_1904: bool = False) -> str:
    """A number in a format; the sign, per cent, thousands and literal text of the format included."""
    exact = _exact(value)
    sections = _sections(code if 0 < len(code) <= _LONGEST_CODE else "General")
    section = _chosen(sections, exact)
    section = _SYSTEM_DATES.get(section[:8].upper(), section)
    if is_date_format(section):
        return shown_date(exact, section, epoch_1904=epoch_1904) or general(exact)
    if not section.strip():
        return ""
    own_sign = len(sections) > 1 and section is not sections[0] and exact < 0
    return _filled(section, abs(exact) if own_sign else exact)


def shown_text(text: str, code: str) -> str:
    """A text in a format: the part around @, when there is one."""
    sections = _sections(code if 0 < len(code) <= _LONGEST_CODE else "General")
    section = next((one for one in sections if "@" in one), None)
    if section is None or section == "@":
        return text
    return "".join(
        text if one.kind == "text" else one.text for one in _tokens(section) if one.kind in ("text", "literal")
    )


def general(value: Decimal) -> str:
    """A number in the format General: whole numbers in full, fractions to eleven characters."""
    if value == value.to_integral_value():
        return f"{value.quantize(Decimal(1)):f}" if abs(value) < Decimal(10) ** 20 else f"{value:E}"
    written = f"{value:f}"
    if len(written) <= _GENERAL_WIDTH + (value < 0):
        return written
    whole = len(str(int(abs(value))))
    if abs(value) < Decimal("0.0001"):
        return f"{float(value):.6g}".upper()
    places = max(0, _GENERAL_WIDTH - 1 - whole)
    return _plain_zeros(f"{_rounded(value, places):f}")


@dataclass(frozen=True)
class _Piece:
    kind: str
    text: str


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[str, ...]:
    """A format's parts between semicolons outside quotes: positive; negative; zero; text."""
    parts, current = [], ""
    for found in _TOKEN.finditer(code):
        if found["other"] == ";":
            parts.append(current)
            current = ""
        else:
            current += found[0]
    return (*parts, current)


@lru_cache(maxsize=2048)
def _tokens(section: str) -> tuple[_Piece, ...]:
    pieces = []
    for found in _TOKEN.finditer(section):
        kind, text = str(found.lastgroup), found[0]
        if kind in ("quoted", "escaped"):
            pieces.append(_Piece("literal", found[kind]))
        elif kind == "blank":
            pieces.append(_Piece("literal", " "))
        elif kind == "bracket":
            pieces.append(_Piece("literal", _currency(found[kind])))
        elif kind == "other":
            pieces.append(_Piece("literal", text))
        elif kind != "fill":
            pieces.append(_Piece(kind, text))
    return tuple(pieces)


def _currency(bracket: str) -> str:
    """[$¥-804] shows ¥; colours, conditions and languages show nothing."""
    return bracket[1:].partition("-")[0] if bracket.startswith("$") else ""


def _exact(value: float | int | Decimal) -> Decimal:
    exact = value if isinstance(value, Decimal) else Decimal(f"{value:.{_DIGITS}g}")
    return exact if exact.is_finite() else Decimal(0)


def _chosen(sections: tuple[str, ...], value: Decimal) -> str:
    """The section for a number, by its own condition or by sign."""
    conditions = [(_condition(one), one) for one in sections[:3]]
    if any(one for one, _ in conditions):
        return next((section for one, section in conditions if one is None or _holds(one, value)), sections[0])
    if value < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if value == 0 and len(sections) > 2 else sections[0]


def _condition(section: str) -> tuple[str, Decimal] | None:
    for found in _TOKEN.finditer(section):
        match = _CONDITION.match(found["bracket"] or "")
        if match and match[2].count(".") <= 1 and match[2].strip("-.") and not match[2].endswith("."):
            return match[1], Decimal(match[2])
    return None


def _holds(condition: tuple[str, Decimal], value: Decimal) -> bool:
    sign, limit = condition
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">": value > limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[sign]


def _filled(section: str, value: Decimal) -> str:
    pieces = _tokens(section)
    kinds = [one.kind for one in pieces]
    if "number" not in kinds:
        return "".join(general(value) if one.kind in ("general", "text") else one.text for one in pieces)
    at = kinds.index("number")
    if "/" in "".join(one.text for one in pieces if one.kind == "literal") and kinds.count("number") > 1:
        return general(value)  # a fraction (# ?/?): shown as a decimal number
    exponent = next((one.text for one in pieces if one.kind == "exponent"), "")
    scaled = value * Decimal(100) ** kinds.count("percent")
    written = _scientific(scaled, pieces[at].text, exponent) if exponent else _number(scaled, pieces[at].text)
    sign = "-" if scaled < 0 and written.strip("0.,") else ""
    body = "".join(
        written if place == at else "" if one.kind in ("number", "exponent") else one.text
        for place, one in enumerate(pieces)
    )
    return (sign + body).strip(" ")


def _number(value: Decimal, pattern: str) -> str:
    """Digits as 0 # ? , . ask for, without sign."""
    whole, _, fraction = pattern.partition(".")
    trailing = len(whole) - len(whole.rstrip(",")) if not fraction else len(fraction) - len(fraction.rstrip(","))
    fraction = fraction.replace(",", "")[:_LARGEST_PLACES]
    rounded = abs(_rounded(value / Decimal(1000) ** trailing, len(fraction)))
    digits, _, decimals = f"{rounded:f}".partition(".")
    least = sum(one == "0" for one in whole)
    digits = digits.lstrip("0").rjust(least, "0") if least or digits.strip("0") else ""
    if "," in whole.rstrip(","):
        digits = f"{int(digits):,}".rjust(least, "0") if digits else digits
    needed = len(fraction.rstrip("#?"))
    while len(decimals) > needed and decimals.endswith("0"):
        decimals = decimals[:-1]
    point = "." if decimals or ("." in pattern and needed) else ""
    return digits + point + decimals


def _scientific(value: Decimal, pattern: str, exponent: str) -> str:
    places = len(pattern.partition(".")[2])
    digits, _, power = f"{abs(value) or Decimal(0).scaleb(-places):.{places}E}".partition("E")
    sign = power[0] if power[0] == "-" or exponent[1] == "+" else ""
    return f"{digits}E{sign}{power[1:].rjust(len(exponent) - 2, '0')}"


def _rounded(value: Decimal, places: int) -> Decimal:
    if value.adjusted() + places > 27:
        return value
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _plain_zeros(written: str) -> str:
    return written.rstrip("0").rstrip(".") if "." in written else written
