"""Pictures of pages as tables and text."""

from __future__ import annotations

from typing import Any

from assistant.importers.pdf_page import Item


def read_picture(picture: Any, number: int) -> list[Item]:
    """The tables and lines of a picture of a page."""
    raise NotImplementedError(f"{picture} {number}")
