"""What every office format writes: the form as a clean grid, the lists behind it, the table it carries."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.carried import with_identity
from assistant.exporters.form import Form
from assistant.exporters.grid import Grid, map_texts
from assistant.exporters.layouts import Layout, form_grid, layout_of, on_paper
from assistant.exporters.open_matters import open_matters_page
from assistant.exporters.pages import Page, map_page
from assistant.exporters.sources import sources_page
from assistant.exporters.texts import Cleaner
from assistant.exporters.unprinted import is_public, unprinted_page
from assistant.schema import PerformanceTable

AUTHOR = "Jimu 绩目"


@dataclass(frozen=True)
class Prepared:
    """Nothing in it needs cleaning any more; `carried` is the table as it was given, under an id."""

    title: str
    grid: Grid
    pages: tuple[Page, ...]
    carried: PerformanceTable


def prepared(form: Form, layout: str | None = None) -> Prepared:
    """The form in the layout asked for; None = the one of the table's dialect."""
    chosen = layout_of(form, layout)
    paper = on_paper(form, chosen)
    clean = Cleaner()
    grid = map_texts(form_grid(paper, chosen), clean)
    sources, rest = (map_page(page, clean) for page in (sources_page(paper), unprinted_page(paper, chosen)))
    own_notes = _own_notes(form, paper, chosen)
    open_matters = map_page(open_matters_page(paper, own_notes), clean)
    if clean.notes:
        open_matters = map_page(open_matters_page(paper, [*own_notes, *clean.notes]), Cleaner())
    pages = tuple(page for page in (sources, open_matters, rest) if page.rows)
    return Prepared(clean(form.table.title, "标题"), grid, pages, with_identity(form.table))


def _own_notes(form: Form, paper: Form, layout: Layout) -> list[str]:
    """What the form itself changes on the way to paper."""
    unit = paper.dialect.money_unit
    printed = [block.funds for block in layout.money(paper.table, paper.dialect)]
    notes = [
        f"{funds.horizon}资金（{funds.scope}）原以{funds.unit}填报，表内已换算为{unit}"
        for funds in printed
        if funds and funds.unit != unit
    ]
    if is_public(form) and form.table.project.contact:
        notes.append("公开表不带联系人和电话，已略去")
    return [*notes, *_moves(form, paper)]


def _moves(form: Form, paper: Form) -> list[str]:
    """Rows that stand under another level than in the table; their weights are left as they are."""
    moved = [
        f"“{old.name}”由{old.level1}／{old.level2}移到{new.level1}／{new.level2}"
        for old, new in zip(form.table.indicators, paper.table.indicators, strict=True)
        if (old.level1, old.level2) != (new.level1, new.level2)
    ]
    if not moved:
        return []
    weighted = any(row.weight is not None for row in form.table.indicators)
    weights = "；权重没有重新分配，请核对各一级指标的分值" if weighted else ""
    return [f"按{paper.dialect.label}的指标体系填列：{'；'.join(moved)}{weights}"]
