"""I: was the table read and typed cleanly? Marks left by a converter, characters of another script, torn columns."""

from __future__ import annotations

import html
import re
import unicodedata

from assistant.checks.examples import example
from assistant.checks.fixes import Change, Fix, Option, Where, automatic, proposed, row_at, value_change
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.view import Field, Row, Table
from assistant.checks.words import ORG_TAIL, SAMPLE_MARK, SHORT_ORG, any_of
from assistant.values.characters import TAG

_MARKUP = re.compile(
    TAG.pattern + r"|&(?:[a-z]{2,8}|#\d{1,6});|\\(?:geq|leq|ge|le|%)(?![A-Za-z])|\$|\*\*[^*\s][^*]{0,100}\*\*"
)
_LATEX = {r"\geq": "≥", r"\ge": "≥", r"\leq": "≤", r"\le": "≤", r"\%": "%"}
_LATEX_WORD = re.compile(r"\\(?:geq|leq|ge|le|%)\s?")
_SAMPLE = re.compile(rf"[（(]?\s*(?:{any_of(SAMPLE_MARK)})\s*[)）]?")
_WIDE = str.maketrans({"％": "%", "＝": "=", "－": "-", "≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤", "＞": ">", "＜": "<"})
_IRREGULAR = re.compile(
    "[％＝－≧≦⩾⩽＞＜０-９]|[><]\\s?=|(?<=[\u4e00-\u9fff]),\\s?(?=[\u4e00-\u9fff])"
    "|(?<=[\u4e00-\u9fff])(?<!定性)(?<!定量)[ \u3000\u00a0]+(?=[\u4e00-\u9fff])"
    "|[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_SPACED = re.compile(r"[≥≤=<>]\s+\d|\d\s+[%％元人次个件份天户家亩公]")
_ORG = re.compile(f"(?:{any_of(ORG_TAIL)})$")
_INSIDE = re.compile("(?:[股科组]|(?<!办公)室)$")
_SHORT = re.compile(f"(?:{any_of(SHORT_ORG)})$")
_BOUNDED = re.compile("(?<!增长)(?<!收益)(?<!增幅)(?<!周转)(?<!回报)(?:率|满意度|比例|占比|比重)$")
_TWO_FOR_SIGN = re.compile(r"^=?2(\d{1,3}(?:\.\d+)?)[%％]$")
_GLUED = re.compile(r"\d{1,3}[%％]2\d{1,3}[%％]")
_COUNT = re.compile(r"^2(\d{2,})(?:\.\d+)?\D")
_MOSTLY = 3


def cleaned(text: str) -> str:
    """Text without markup: entities resolved, tags gone, LaTeX signs as characters."""
    plain = html.unescape(TAG.sub("", text))
    plain = _LATEX_WORD.sub(lambda found: _LATEX[found[0].strip()], plain)
    return re.sub(r"\*\*([^*\s][^*]{0,100})\*\*", r"\1", plain).replace("$", "").strip()


def regular(text: str) -> str:
    """Text with one character for each sign, and without blanks inside Chinese."""
    plain = text.translate(_WIDE)
    plain = re.sub("[０-９]", lambda found: unicodedata.normalize("NFKC", found[0]), plain)
    plain = re.sub(r">\s?=", "≥", re.sub(r"<\s?=", "≤", plain))
    plain = re.sub("(?<=[\u4e00-\u9fff]),\\s?(?=[\u4e00-\u9fff])", "，", plain)
    plain = re.sub("(?<=[\u4e00-\u9fff])[ \u3000\u00a0]+(?=[\u4e00-\u9fff])", "", plain)
    plain = re.sub(r"(?<=[≥≤=<>])\s+(?=\d)|(?<=\d)\s+(?=[%元人次个件份天户家亩公])", "", plain)
    return re.sub("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", "", plain)


def _clean(table: Table, where: Where) -> Fix | None:
    path, text = table.text_at(where)
    return automatic(Change(field=path, before=text, after=cleaned(text)))


def _regularise(table: Table, where: Where) -> Fix | None:
    path, text = table.text_at(where)
    return automatic(Change(field=path, before=text, after=regular(text)))


def _without_sample_mark(table: Table, where: Where) -> Fix | None:
    path, text = table.text_at(where)
    return automatic(Change(field=path, before=text, after=_SAMPLE.sub("", text).strip() or "项目支出绩效目标表"))


def _sign_for_two(table: Table, where: Where) -> Fix | None:  # noqa: ARG001
    row = row_at(where)
    if row is None or not isinstance(where, Row) or not row.raw.lstrip("=").startswith("2"):
        return None
    after = "≥" + row.raw.lstrip("=")[1:]
    return proposed([Option(says=f"首位的 2 本是 ≥，改为 {after}", changes=(value_change(row, after),))])


@rule(
    "I01",
    level="warn",
    cite=["tool#practice"],
    passes=[example(), example("细颗粒物平均浓度", "≤35微克/立方米", level2="生态效益指标")],
    fails=[
        example("按期认证率", r"$\geq 98\%$", level2="时效指标"),
        example("**资格认证人次**", "≥500人次"),
        example("资格认证&nbsp;人次", "≥500人次"),
        example(
            goal="<p>全年完成待遇资格认证500人次，知晓率达到85%，举办宣传活动12场，群众满意。</p>", text="目标带<p>"
        ),
    ],
    fix=_clean,
    despite_doubt=True,
)
def no_markup_is_left(table: Table) -> Hits:
    """残留标记"""
    for where, text in table.texts:
        found = _MARKUP.search(text)
        if found:
            yield Hit(where, f"“{text[:40]}”里残留标记“{found[0]}”，公开后不可读；请清除", quote=text[:200])


@rule(
    "I02",
    level="warn",
    cite=["tool#practice"],
    passes=[example(form={"title": "2026年项目支出绩效目标表"}, text="2026年项目支出绩效目标表")],
    fails=[example(form={"title": "2026年项目支出绩效目标表（公开表样）"}, text="标题带“（公开表样）”")],
    fix=_without_sample_mark,
    despite_doubt=True,
)
def title_is_not_a_sample(table: Table) -> Hits:
    """标题残留样表字样"""
    for path, label, text in (
        ("title", "标题", table.form.title),
        ("project.name", "项目名称", table.form.project.name or ""),
    ):
        found = _SAMPLE.search(text) if path == "title" else re.search("[（(](?:样表|表样|示例|模板)[)）]", text)
        if found:
            said = f"{label}里有“{found[0].strip('（）() ')}”字样，像是直接套用样表；请删去"
            yield Hit(Field(path), said, quote=text)


@rule(
    "I03",
    level="warn",
    cite=["tool#practice"],
    passes=[example("按期认证率", "≥92%", level2="时效指标"), example("产值增长率", "=210%", level2="经济效益指标")],
    fails=[
        example("按期认证率", "292%", level2="时效指标"),
        example("资格认证合格率95%295%", "≥95%", level2="质量指标"),
    ],
    reads=("value",),
    fix=_sign_for_two,
)
def the_sign_was_not_read_as_two(table: Table) -> Hits:
    """≥ 被识别成 2"""
    signed = sum(
        row.value is not None and row.value.operator == "≥" and row.value.operator_explicit for row in table.rows
    )
    for row in table.rows:
        two = _TWO_FOR_SIGN.fullmatch(row.raw)
        if two and float(two[1]) <= 100 and _BOUNDED.search(row.name):
            said = f"“{row.raw}”超过百分之百，可能是“≥{row.raw.lstrip('=')[1:]}”识别错了；请对照原件"
            yield Hit(row, said, quote=row.raw)
        elif _GLUED.search(row.written):
            said = f"名称“{row.indicator.name}”末尾粘着指标值，其中的 2 可能是 ≥；请对照原件拆开"
            yield Hit(row.at("name"), said, quote=row.indicator.name)
        elif _lone_count(row) and signed >= _MOSTLY and sum(_lone_count(one) for one in table.rows) == 1:
            said = f"别的行都有 ≥，只有“{row.raw}”没有，首位的 2 可能是 ≥ 识别错了；请对照原件"
            yield Hit(row, said, quote=row.raw, level="advice")


def _lone_count(row: Row) -> bool:
    """A count without a sign, beginning with 2, of a kind nobody would state without one (2280次)."""
    found = row.value is not None and row.value.kind == "number" and row.value.operator is None and not row.is_money
    found = found and row.family != "比率"
    count = _COUNT.match(row.raw) if found else None
    return bool(count and not count[1].startswith("0") and not row.indicator.level2.startswith("时效"))


@rule(
    "I04",
    level="advice",
    cite=["tool#practice", "tool#system"],
    passes=[example("按期认证率", "≥95%", level2="时效指标")],
    fails=[
        example("按期认证率", ">=95％", level2="时效指标"),
        example("参保登记,资格认证及时率", "≥98%", level2="时效指标"),
    ],
    fix=_regularise,
    despite_doubt=True,
)
def signs_are_regular(table: Table) -> Hits:
    """符号与字符不规范"""
    for where, text in table.texts:
        if not where.path.endswith((".name", ".value")) or where.row is None:
            continue
        found = _IRREGULAR.search(text) or (where.path.endswith(".value") and _SPACED.search(text)) or None
        if found:
            shown = found[0].strip() or "多余的空格或不可见字符"
            yield Hit(where, f"“{text[:40]}”里的“{shown}”不规范，请统一为 {regular(text)[:40]}", quote=text[:200])


@rule(
    "I05",
    level="error",
    cite=["tool#practice"],
    passes=[example()],
    fails=[
        example(
            form={"unresolved": [{"field": "values", "issue": "19 个名称对 23 个值", "surplus_min": 2}]},
            text="19 个名称、23 个值",
        ),
        example(
            "参保率",
            "3人",
            level2="社会效益指标",
            cells={"provenance": {"alignment_confidence": 0.9}},
            more=[],
            text="名称和值分列，错行",
        ),
    ],
    despite_doubt=True,
)
def names_and_values_stand_side_by_side(table: Table) -> Hits:
    """名称列与指标值列数目或类型对不上"""
    for one in table.form.unresolved:
        if one.field.startswith("values") or one.surplus_min or one.surplus_max:
            issue = re.split("[；。;]", one.issue)[0]
            said = f"名称和指标值分在两处，对不上：{issue}；请先对照原件，能确定的行照常判断，其余不判断"
            yield Hit(Field("indicators"), said, quote=one.field)
            return
    paired = [row for row in table.rows if "alignment_confidence" in (row.indicator.provenance or {})]
    if len(paired) >= _MOSTLY and all(row.value is None for row in paired):
        said = f"{len(paired)} 个名称没有一个有指标值，像是缺了半页；请先补齐原件，不能据此判断单位漏填"
        yield Hit(Field("indicators"), said)
        return
    crossed = [row for row in paired if _crossed(row)]
    if len(crossed) > 1 or (crossed and len(paired) == 1):
        shown = "、".join(f"{row.indicator.name}｜{row.raw}" for row in crossed[:3])
        said = f"名称和指标值像是错了行（{shown}）；请先对照原件"
        yield Hit(Field("indicators"), said, quote=crossed[0].raw)


_RATE_NAME = re.compile("(?:率|占比|比例|满意度)$")
_COUNT_NAME = re.compile("(?:人数|人次|户数|次数|场次|份数|数量|面积|里程)$")


def _crossed(row: Row) -> bool:
    if row.value is None or row.value.kind in ("text", "multiple"):
        return False
    if _RATE_NAME.search(row.name):
        return row.family != "比率" and bool(row.value.unit or row.value.kind == "date")
    return bool(_COUNT_NAME.search(row.name)) and (row.family in ("比率", "金额") or row.value.kind == "date")


@rule(
    "I06",
    level="warn",
    cite=["tool#practice", "zhengzhou-goal#a2-2.name"],
    passes=[example(), example(project={"unit": "县第一中学"}, text="实施单位：县第一中学")],
    fails=[
        example(project={"dept": "原州区人力资源和社会保障"}, text="主管部门：原州区人力资源和社会保障"),
        example(project={"unit": "原州区社保中心"}, text="实施单位：原州区社保中心"),
    ],
    despite_doubt=True,
)
def offices_are_named_in_full(table: Table) -> Hits:
    """机构名称截断或简称"""
    for cell, label in (("dept", "主管部门"), ("unit", "实施单位")):
        name = re.sub(r"^[\[\d\-—_\]]+|\s+|[（(][^（）()]*[)）]$", "", getattr(table.form.project, cell) or "")
        if not name or "**" in name:
            continue  # F02 says it
        where = Field(f"project.{cell}")
        if _SHORT.search(name):
            yield Hit(where, f"{label}“{name}”是简称，请写法定全称：____", quote=name)
        elif _INSIDE.search(name):
            yield Hit(where, f"{label}“{name}”是内设机构，请填独立的预算单位：____", quote=name)
        elif not _ORG.search(name):
            yield Hit(where, f"{label}“{name}”不像完整的机构名称，可能被截断；请写全称：____", quote=name)
