"""How much of a file is read at most: files come from anywhere, and one of them must not take the machine."""

from __future__ import annotations

from pydantic import Field

from assistant.schema import Strict

MEGABYTE = 1024 * 1024


class ReadingLimits(Strict):
    """Bounds of one import; changed in `jimu.toml` under `[reading]` or by `JIMU_READING__…`."""

    largest_file_mb: int = Field(100, title="单个文件上限（MB）", ge=1)
    most_cells: int = Field(200_000, title="一份文件最多单元格数", ge=1)
    most_pages: int = Field(3000, title="一份文件最多页数", ge=1)
    most_members: int = Field(2000, title="压缩包最多文件数", ge=1)
    most_unpacked_mb: int = Field(500, title="解压后总大小上限（MB）", ge=1)
    largest_ratio: int = Field(200, title="压缩比上限（倍）", ge=2)
    deepest_archive: int = Field(2, title="压缩包最多嵌套层数", ge=1)
    most_pixels: int = Field(60_000_000, title="一张图片最多像素", ge=1)
    page_seconds: float = Field(600.0, title="一份 PDF 或扫描件最长秒数", ge=0)
    most_memory_mb: int = Field(6144, title="读 PDF 和扫描件最多用的内存（MB）", ge=512)
    office_seconds: int = Field(60, title="LibreOffice 转换一份文件最长秒数", ge=1)


DEFAULT_READING_LIMITS = ReadingLimits()
