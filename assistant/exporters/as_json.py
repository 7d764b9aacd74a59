"""The table, or the table with everything that travels with it, as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from assistant.exporters.form import Form


def json_bytes(form: Form, _layout: str | None = None) -> bytes:
    """A bare table is written as the table alone, so that it reads back as one; a layout concerns paper only."""
    text = json.dumps(_content(form), ensure_ascii=False, indent=2) + "\n"
    # A lone surrogate cannot be UTF-8; its backslash form is the JSON escape of the same character.
    return text.encode("utf-8", "backslashreplace")


def _content(form: Form) -> dict[str, Any]:
    table = form.table.model_dump(mode="json")
    rest = {
        "blanks": {key: asdict(blank) for key, blank in form.blanks.items()},
        "sources": [asdict(source) for source in form.sources],
        "questions": list(form.questions),
        "findings": list(form.findings),
    }
    return {"table": table, **rest} if any(rest.values()) else table
