"""x"""

from typing import Any
from assistant.importers.pdf_page import Item


def read_picture(p: Any, n: int) -> list[Item]:
    return []
