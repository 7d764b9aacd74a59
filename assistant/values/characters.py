"""One sign, one character: full-width, LaTeX, HTML and OCR forms become plain ones, and no character moves.

Every replacement keeps its length (the rest is filled with blanks), so a place found in the plain text is the same
place in the original.
"""

from __future__ import annotations

import re
from html import unescape

# U+FF0C (，) stays: it separates, while an ASCII comma may group thousands.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != 0xFF0C}
_LOOKALIKES = str.maketrans(
    {
        "≧": "≥", "⩾": "≥", "≮": "≥", "⋝": "≥", "≦": "≤", "⩽": "≤", "≯": "≤", "⋜": "≤",
        "═": "=", "﹦": "=", "＝": "=", "﹥": ">", "﹤": "<", "›": ">", "‹": "<",
        "﹪": "%", "％": "%", "\u00a0": " ", "\u3000": " ", "\u2003": " ", "\t": " ", "\r": " ",
        "−": "-", "–": "-", "—": "-", "―": "-", "‐": "-", "‑": "-", "〜": "~", "∼": "~", "•": "·", "・": "·", "⋅": "·",
        "○": "〇", "貳": "二",
    }
)  # fmt: skip
_TABLE = _FULL_WIDTH | _LOOKALIKES

_LATEX = {
    r"\geqslant": "≥", r"\geqq": "≥", r"\geq": "≥", r"\ge": "≥", r"\leqslant": "≤", r"\leqq": "≤", r"\leq": "≤",
    r"\le": "≤", r"\gt": ">", r"\lt": "<", r"\%": "%", r"\sim": "~", r"\cdot": "·",
}  # fmt: skip
_LATEX_PATTERN = re.compile("|".join(re.escape(form) + ("" if form == r"\%" else "(?![a-z])") for form in _LATEX))
_LATEX_WRAPPER = re.compile(r"\\(?:text|mathrm|mathbf|rm)\b|[${}]")
_ENTITY = re.compile(r"&#?\w{2,8};")

_COMPOUND_SIGNS = (
    (re.compile(r"[>〉] *=|= *>|≥ *="), "≥"),
    (re.compile(r"[<〈] *=|= *<|≤ *="), "≤"),
    (re.compile(r"= *="), "="),
    # Alone, these are the marks of a document title (〈…〉), except where a cell begins with one.
    (re.compile(r"\A〉"), ">"),
    (re.compile(r"\A〈(?!.*〉)"), "<"),
)


def plain_characters(text: str) -> str:
    """Return `text` with every sign, digit and bracket in its plain form, each character in its old place."""
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    if "\\" in text:
        text = _LATEX_PATTERN.sub(_latex, text)
        text = _LATEX_WRAPPER.sub(lambda found: " " * len(found[0]), text)
    text = text.translate(_TABLE)
    if "=" in text or "〉" in text or "〈" in text:
        for pattern, sign in _COMPOUND_SIGNS:
            text = pattern.sub(lambda found, sign=sign: _padded(sign, found[0]), text)  # type: ignore[misc]
    return text


def _entity(found: re.Match[str]) -> str:
    character = unescape(found[0])
    return _padded(character, found[0]) if len(character) == 1 else found[0]


def _latex(found: re.Match[str]) -> str:
    # A percent sign ends a number, so its blank goes before it; other signs begin one.
    return " %" if found[0] == r"\%" else _padded(_LATEX[found[0]], found[0])


def _padded(character: str, form: str) -> str:
    return character.ljust(len(form))


TAG = re.compile("</?[A-Za-z][^<>]{0,200}>")
"""A tag of HTML left in a cell; < and > as signs of a value are none."""
