"""Optical character recognition, an optional extra that runs offline [door: rapidocr]."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What one file may cost."""

    max_pages: int = 3000
    max_pixels: int = 60_000_000
    max_seconds: float = 600.0


def ocr_missing() -> str:
    """What to install where recognition is not installed, else empty."""
    return '要识别图片，请安装：pip install "jimu-assistant[ocr]"'
