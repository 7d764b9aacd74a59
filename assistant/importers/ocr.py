"""Text recognition, an optional extra that runs offline on the models its package carries [door: rapidocr]."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

INSTALL = '要识别图片，请安装：pip install "jimu-assistant[ocr]"'
_WEAKEST = 0.3
"""Confidence below which a text is taken for a speck of dirt."""
LONGEST_SIDE = 3600
"""Pixels to which larger pictures are reduced first: A4 at 300 dpi."""


@dataclass(frozen=True)
class Word:
    """A recognised text, mostly a whole line, with its confidence from 0 to 1 and its box in pixels."""

    text: str
    score: float
    left: float
    top: float
    right: float
    bottom: float
    pieces: tuple[Word, ...] = ()
    """The same text in smaller pieces, each with a box of its own."""


def ocr_missing() -> str:
    """What to install where recognition is not installed, else empty."""
    return "" if all(find_spec(name) for name in ("rapidocr", "onnxruntime", "cv2")) else INSTALL


def recognised(picture: Any) -> list[Word]:
    """All texts of a picture (an array of rows, columns and three colours)."""
    found = _engine()(picture, use_cls=False, return_word_box=True)
    if found.boxes is None or found.txts is None:
        return []
    words = []
    for box, text, score, pieces in zip(found.boxes, found.txts, found.scores, found.word_results, strict=True):
        parts = tuple(_word(one_text, one_score, one_box) for one_text, one_score, one_box in pieces)
        words.append(_word(text, score, box, parts))
    return words


def _word(text: str, score: float, box: Any, pieces: tuple[Word, ...] = ()) -> Word:
    across, down = [float(x) for x, _ in box], [float(y) for _, y in box]
    return Word(text, float(score), min(across), min(down), max(across), max(down), pieces)


@cache
def _engine() -> Any:
    """The recogniser, loaded once; only models inside the package are named, so nothing is fetched."""
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.text_score": _WEAKEST,
        }
    )
