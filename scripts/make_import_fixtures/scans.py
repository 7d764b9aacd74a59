"""Draw a fixture as a 200-dpi scan: the printed pages as grey pictures, a little turned, a little dirty."""

from __future__ import annotations

import random
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

from scripts.make_import_fixtures.drawn import Part
from scripts.make_import_fixtures.printed import write_pdf

_DPI = "200"
_GREYS = 8
_TURN = 0.3
_SPECKS = 250


def write_scan(parts: list[Part], path: Path) -> None:
    """The first page as a picture. Needs pdftoppm."""
    with tempfile.TemporaryDirectory() as folder:
        printed, page = Path(folder) / "printed.pdf", Path(folder) / "page"
        write_pdf(parts, printed)
        command = ["pdftoppm", "-r", _DPI, "-gray", "-singlefile", "-png", str(printed), str(page)]
        subprocess.run(command, check=True)  # noqa: S603 – a fixed command
        picture = Image.open(page.with_suffix(".png")).convert("L")
    picture = picture.rotate(_TURN, resample=Image.Resampling.BICUBIC, fillcolor=255)
    dice = random.Random(path.name)  # noqa: S311 – the same dirt on every run
    for _ in range(_SPECKS):
        picture.putpixel((dice.randrange(picture.width), dice.randrange(picture.height)), 120)
    used = picture.point(lambda grey: 255 if grey < 128 else 0).getbbox() or (0, 0, *picture.size)
    picture = picture.crop((0, 0, picture.width, min(picture.height, used[3] + 120)))
    picture.quantize(_GREYS).save(path, optimize=True, dpi=(200, 200))
