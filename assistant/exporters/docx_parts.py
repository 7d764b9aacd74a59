"""The parts of a Word document beside its text: fonts and styles, the page number, the table it carries."""

from __future__ import annotations

from xml.sax.saxutils import escape

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Pt, Twips
from docx.styles.style import ParagraphStyle

from assistant.carried import CARRIED_NAMESPACE
from assistant.exporters.word_table import CAPTION, FILLED, GAP, HEADED, LABEL, TITLE, element

SONG, FANG = "宋体", "仿宋"
_FONTS = ((SONG, "SimSun", "roman"), (FANG, "FangSong", "modern"))
_LINE = 13.5 / 10.5  # points of a line for a point of the font
_UNWANTED = (
    RELATIONSHIP_TYPE.CUSTOM_XML,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.FONT_TABLE,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
    RELATIONSHIP_TYPE.THUMBNAIL,
)
_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_STORE = (
    '<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" '
    'ds:itemID="{6A4E1C52-9B0D-4E6C-8F35-2D7B9C1A4E60}"><ds:schemaRefs>'
    f'<ds:schemaRef ds:uri="{CARRIED_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)
_WORD_2013 = "15"


def clear_template(document: WordDocument) -> None:
    """Take out what python-docx's template brings and the form does not need; speak Chinese, in today's Word."""
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype in _UNWANTED]:
            del rels[key]
    styles = document.styles.element
    for style in [one for one in styles.style_lst if one.get(qn("w:default")) is None]:
        styles.remove(style)
    settings = document.settings.element
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for one in settings.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), _WORD_2013)


def set_fonts(document: WordDocument, size: float) -> None:
    """宋体 for what is printed on the form, 仿宋 for what is filled in, and the Latin names of both."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    run[:] = [
        _fonts(SONG),
        element("sz", val=21),
        element("szCs", val=21),
        element("lang", val="en-US", eastAsia="zh-CN"),
    ]
    spacing = element("spacing", before=0, after=0, line=240, lineRule="auto")
    defaults.find(f"{qn('w:pPrDefault')}/{qn('w:pPr')}")[:] = [spacing]
    _style(document, LABEL, SONG, size)
    _style(document, FILLED, FANG, size)
    _style(document, HEADED, SONG, size, bold=True)
    title = _style(document, TITLE, SONG, 16, bold=True)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(4)
    captions = _style(document, CAPTION, SONG, size)
    captions.paragraph_format.space_after = Pt(3)
    for place, side in ((0.5, WD_TAB_ALIGNMENT.CENTER), (1.0, WD_TAB_ALIGNMENT.RIGHT)):
        captions.paragraph_format.tab_stops.add_tab_stop(Twips(int(9890 * place)), side)
    gap = _style(document, GAP, SONG, 1)
    gap.paragraph_format.line_spacing = Pt(0.1)
    _declare_fonts(document)


def page_number(section: Section) -> None:
    """第 N 页 in the middle below; the only field of the document, and made of nothing a file brought."""
    paragraph = section.footer.paragraphs[0]
    if section.footer.is_linked_to_previous or not paragraph.text:
        section.footer.is_linked_to_previous = False
        paragraph = section.footer.paragraphs[0]
        paragraph.style, paragraph.alignment = CAPTION, WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run("第 ")
        paragraph._p.append(element("fldSimple", element("r", element("t")), instr=" PAGE "))
        paragraph.add_run(" 页")


def carry(document: WordDocument, table_json: str) -> None:
    """The table as a custom XML part, which office programs keep and never show."""
    text = f'<jimu xmlns="{CARRIED_NAMESPACE}">{escape(table_json)}</jimu>'
    item = _part(document, "/customXml/item1.xml", CONTENT_TYPE.XML, text)
    item.relate_to(
        _part(document, "/customXml/itemProps1.xml", _PROPERTIES, _STORE), RELATIONSHIP_TYPE.CUSTOM_XML_PROPS
    )
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)


def _part(document: WordDocument, name: str, kind: str, xml: str) -> Part:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return Part(PackURI(name), kind, (head + xml).encode(), document.part.package)


def _fonts(name: str) -> BaseOxmlElement:
    return element("rFonts", ascii=name, eastAsia=name, hAnsi=name, cs=name)


def _style(document: WordDocument, name: str, font: str, size: float, *, bold: bool = False) -> ParagraphStyle:
    made: ParagraphStyle = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made.font.size, made.font.bold = Pt(size), bold or None
    made.element.get_or_add_rPr().insert(0, _fonts(font))
    made.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    made.paragraph_format.line_spacing = Pt(round(size * _LINE, 1))
    return made


def _declare_fonts(document: WordDocument) -> None:
    fonts = (
        element(
            "font",
            element("altName", val=latin),
            element("charset", val="86"),
            element("family", val=family),
            name=name,
        )
        for name, latin, family in _FONTS
    )
    blob = serialize_part_xml(element("fonts", *fonts))
    part = Part(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)
