"""A Chinese TrueType font to embed: the characters needed, cut from Noto Sans CJK with quadratic outlines."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from zlib import crc32

from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont as EmbeddedFont

_NOTO = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
_SIMPLIFIED = 2


@cache
def embedded_font(characters: str) -> str:
    """Register the font for these characters; its name. Needs fonts-noto-cjk."""
    old = TTFont(_NOTO, fontNumber=_SIMPLIFIED)
    cutter = subset.Subsetter(subset.Options(layout_features=[], name_IDs=[], notdef_outline=True))
    cutter.populate(text=characters)
    cutter.subset(old)
    glyphs, outlines = {}, old.getGlyphSet()
    for name in old.getGlyphOrder():
        pen = TTGlyphPen(None)
        outlines[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        glyphs[name] = pen.glyph()
    name = f"NotoFixture{crc32(characters.encode())}"  # reportlab knows fonts by their inner name
    stream = BytesIO()
    _built(old, glyphs, name).save(stream)
    stream.seek(0)
    pdfmetrics.registerFont(EmbeddedFont(name, stream))
    return name


def _built(old: TTFont, glyphs: dict[str, object], name: str) -> FontBuilder:
    new = FontBuilder(old["head"].unitsPerEm, isTTF=True)
    new.setupGlyphOrder(old.getGlyphOrder())
    new.setupCharacterMap(old.getBestCmap())
    new.setupGlyf(glyphs)
    new.setupHorizontalMetrics({glyph: old["hmtx"][glyph] for glyph in old.getGlyphOrder()})
    new.setupHorizontalHeader(ascent=old["hhea"].ascent, descent=old["hhea"].descent)
    new.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name})
    new.setupOS2()
    new.setupPost()
    new.updateHead(created=0, modified=0)
    new.font.recalcTimestamp = False
    return new
