"""Scanned pages: rules found in the picture give the cells, recognised texts fill them [door: opencv]."""

from __future__ import annotations

import struct
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.errors import UnreadableFile
from assistant.importers.document import Document
from assistant.importers.lattice import Drawn, Lattice, Segment, TooManyLines, lattices
from assistant.importers.ocr import LONGEST_SIDE, Word, ocr_missing, recognised
from assistant.importers.pages import Item, Line, parts_of
from assistant.importers.stitching import stitched
from assistant.reading_limits import DEFAULT_READING_LIMITS, ReadingLimits

_DAMAGED = "图片已损坏或不完整，请重新扫描或下载"
_BROKEN = (OSError, EOFError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, struct.error)
"""What Pillow raises, by format, on damaged files."""
_SURE = 0.85
"""Confidence below which a person should look at the original."""
_LONG_SIDE = 842.0
"""Points to which the longer side of every picture is scaled: coordinates are as on A4."""
_LARGEST_TILT = 8.0
"""Degrees; lines that lean more are no rules of a crooked scan."""
_LEVEL = 0.05
_STRONGEST = 20
"""Rules that decide how crooked a page is."""
_NARROWEST, _LOWEST = 20.0, 12.0
"""Points: less than any column or row of a form, more than a stroke of a character."""
_LONG = 200.0
"""Points: a rule this long need not end at others, as in tables without a border at their sides."""
_THICKEST = 5.0
_TOUCH = 3.0
"""Points: rules this close are one, or touch."""
_OVERHANG = 0.6
"""Of its height: how far a text may reach into the next cell and still belong to one."""


def read_scan(path: Path, limits: ReadingLimits = DEFAULT_READING_LIMITS) -> Document:
    """The tables and texts of a picture file, one page a frame; raises `UnreadableFile`."""
    if ocr_missing():
        raise UnreadableFile(path, f"是图片；{ocr_missing()}")
    deadline = time.monotonic() + limits.page_seconds
    pages: list[list[Item]] = []
    notes: list[str] = []
    with _opened(path, limits) as picture:
        kind = str(picture.format or "").lower()
        for number in range(1, _frames(path, picture, limits) + 1):
            if time.monotonic() >= deadline:
                notes.append(f"读到第 {number} 页时超过 {limits.page_seconds:g} 秒的上限，从这一页起没有读")
                break
            pages.append(read_picture(_frame(path, picture, number, limits), number, notes))
    return Document(kind, stitched(parts_of(pages)), notes=tuple(notes))


def read_picture(picture: Any, number: int, notes: list[str]) -> list[Item]:
    """The tables and lines of one page's picture (PIL, RGB; reduced where it is huge), from top to bottom."""
    import numpy
    from PIL import ImageOps

    if max(picture.size) > LONGEST_SIDE:
        picture = ImageOps.contain(picture, (LONGEST_SIDE, LONGEST_SIDE))
    page = _upright(numpy.asarray(picture))
    scale = _LONG_SIDE / max(page.shape[:2])
    try:
        found = lattices(_rules(page, scale), _TOUCH)
    except TooManyLines:
        notes.append(f"第 {number} 页的线条过多，没有按表格读，只取了文字")
        found = []
    inside: list[dict[int, list[Word]]] = [{} for _ in found]
    outside = []
    for word in (scaled for one in recognised(page) for scaled in _in_cells(_scaled(one, scale), found)):
        place = _place(word, found)
        if place is None:
            outside.append(word)
        else:
            inside[place[0]].setdefault(place[1], []).append(word)
    if not outside and not any(inside):
        notes.append(f"第 {number} 页的图片里没有认出文字")
    placed: list[tuple[float, Item]] = [
        (lattice.ys[0], _drawn(lattice, cells, number, ordinal))
        for ordinal, (lattice, cells) in enumerate(zip(found, inside, strict=True), start=1)
    ]
    placed += [(line[0].top, Line(" ".join(word.text for word in line))) for line in _lines(outside)]
    return [item for _, item in sorted(placed, key=lambda one: one[0])]


@contextmanager
def _opened(path: Path, limits: ReadingLimits) -> Iterator[Any]:
    """The picture, not decoded yet; what is too large or no picture is refused."""
    from PIL import Image, UnidentifiedImageError

    if not path.exists() or not path.stat().st_size:
        raise UnreadableFile(path, "文件不存在或是空的（0 字节），请重新扫描或下载")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(path)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as problem:
        raise UnreadableFile(path, _too_large(limits)) from problem
    except UnidentifiedImageError as problem:
        raise UnreadableFile(path, "不是能识别的图片，请检查后缀名，或另存为 PNG、JPG 后重试") from problem
    except _BROKEN as problem:
        raise UnreadableFile(path, _DAMAGED) from problem
    with picture:
        yield picture


def _frames(path: Path, picture: Any, limits: ReadingLimits) -> int:
    """How many pages a picture file has."""
    try:
        frames = int(getattr(picture, "n_frames", 1))
    except _BROKEN as problem:
        raise UnreadableFile(path, _DAMAGED) from problem
    if frames > limits.most_pages:
        raise UnreadableFile(path, f"有 {frames} 页，超过 {limits.most_pages} 页的上限，请拆分后再导入")
    return frames


def _too_large(limits: ReadingLimits) -> str:
    return f"图片过大（超过 {limits.most_pixels // 10_000} 万像素），请降低分辨率（200–300 dpi 即可）后重试"


def _frame(path: Path, picture: Any, number: int, limits: ReadingLimits) -> Any:
    """One page of a picture file, decoded."""
    from PIL import Image, ImageOps

    try:
        picture.seek(number - 1)
        if picture.width * picture.height > limits.most_pixels:
            raise UnreadableFile(path, _too_large(limits))
        frame = ImageOps.exif_transpose(picture).convert("RGBA" if picture.has_transparency_data else "RGB")
    except Image.DecompressionBombError as problem:
        raise UnreadableFile(path, _too_large(limits)) from problem
    except _BROKEN as problem:
        raise UnreadableFile(path, f"第 {number} 页的{_DAMAGED}") from problem
    if frame.mode == "RGB":
        return frame
    return Image.alpha_composite(Image.new("RGBA", frame.size, "white"), frame).convert("RGB")


def _upright(page: Any) -> Any:
    """The picture turned so that its long rules run straight across; unchanged where it has none."""
    import cv2
    import numpy

    small = cv2.resize(page, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    height, width = page.shape[:2]
    bars = cv2.morphologyEx(_ink(small), cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (width // 100, 1)))
    lean = numpy.radians(_LARGEST_TILT)
    found = cv2.HoughLines(
        bars, 1, numpy.pi / 3600, width // 10, min_theta=numpy.pi / 2 - lean, max_theta=numpy.pi / 2 + lean
    )
    if found is None:
        return page
    tilt = float(numpy.degrees(numpy.median(found[:_STRONGEST, 0, 1]))) - 90
    if abs(tilt) < _LEVEL:
        return page
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), tilt, 1.0)
    return cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))


def _ink(page: Any) -> Any:
    """Where the picture is dark against its surroundings, as 255."""
    import cv2

    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    return cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)


def _rules(page: Any, scale: float) -> list[Segment]:
    """The straight rules of an upright page, in points, without strokes of characters: a rule ends at other rules."""
    segments = _bars(page, scale, True) + _bars(page, scale, False)
    while True:
        across = [one for one in segments if one.horizontal]
        down = [one for one in segments if not one.horizontal]
        kept = [one for one in segments if _is_held(one, down if one.horizontal else across)]
        if len(kept) == len(segments):
            return kept
        segments = kept


def _bars(page: Any, scale: float, horizontal: bool) -> list[Segment]:
    """Dark bars across or down the page."""
    import cv2

    thick = cv2.getStructuringElement(cv2.MORPH_RECT, (1, 3) if horizontal else (3, 1))
    least = int((_NARROWEST if horizontal else _LOWEST) / scale)
    long = cv2.getStructuringElement(cv2.MORPH_RECT, (least, 1) if horizontal else (1, least))
    bars = cv2.morphologyEx(cv2.dilate(_ink(page), thick), cv2.MORPH_OPEN, long)
    segments = []
    for left, top, width, height, _ in cv2.connectedComponentsWithStats(bars)[2][1:]:
        start, span, at, depth = (left, width, top, height) if horizontal else (top, height, left, width)
        if depth * scale <= _THICKEST:
            middle = float(at + depth / 2) * scale
            segments.append(Segment(horizontal, middle, float(start) * scale, float(start + span) * scale))
    return segments


def _is_held(rule: Segment, others: Sequence[Segment]) -> bool:
    """Whether a rule is long, or ends at other rules on both sides."""
    if rule.end - rule.start >= _LONG:
        return True
    crossing = [one.at for one in others if one.start - _TOUCH <= rule.at <= one.end + _TOUCH]
    return all(any(abs(at - end) <= _TOUCH + 1 for at in crossing) for end in (rule.start, rule.end))


def _scaled(word: Word, scale: float) -> Word:
    box = (word.left * scale, word.top * scale, word.right * scale, word.bottom * scale)
    return Word(word.text, word.score, *box, pieces=tuple(_scaled(piece, scale) for piece in word.pieces))


def _in_cells(word: Word, found: Sequence[Lattice]) -> list[Word]:
    """The word, or its pieces by cell where recognition read on over a rule."""
    place = _place(word, found)
    if place is None:
        return [word]
    left, _, right, _ = found[place[0]].box(found[place[0]].slots[place[1]])
    reach = _OVERHANG * (word.bottom - word.top)
    if word.left >= left - reach and word.right <= right + reach:
        return [word]
    groups: list[tuple[object, list[Word]]] = []
    for piece in word.pieces:
        where = _place(piece, found)
        if not groups or groups[-1][0] != where:
            groups.append((where, []))
        groups[-1][1].append(piece)
    return [_together(pieces) for _, pieces in groups] or [word]


def _together(pieces: Sequence[Word]) -> Word:
    return Word(
        "".join(piece.text for piece in pieces),
        min(piece.score for piece in pieces),
        pieces[0].left,
        pieces[0].top,
        pieces[-1].right,
        pieces[-1].bottom,
    )


def _place(word: Word, found: Sequence[Lattice]) -> tuple[int, int] | None:
    """Which table, and which cell of it, the middle of a word lies in."""
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    for table, lattice in enumerate(found):
        slot = lattice.slot_at(x, y)
        if slot is not None:
            return table, slot
    return None


def _drawn(lattice: Lattice, cells: dict[int, list[Word]], page: int, ordinal: int) -> Drawn:
    texts, doubts = [], []
    for index in range(len(lattice.slots)):
        words = cells.get(index, [])
        texts.append("\n".join(" ".join(word.text for word in line) for line in _lines(words)))
        weakest = min((word.score for word in words), default=1.0)
        doubts.append(f"扫描件识别把握不大（{weakest:.0%}），请对照原件" if weakest < _SURE else "")
    return Drawn(lattice, tuple(texts), tuple(doubts), f"第 {page} 页第 {ordinal} 个表格（扫描识别）", page)


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words as lines from top to bottom, each from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda one: one.top + one.bottom):
        first = lines[-1][0] if lines else None
        if first and (word.top + word.bottom) / 2 <= first.top + 0.75 * (first.bottom - first.top):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda one: one.left) for line in lines]
