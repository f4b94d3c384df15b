"""The show's cover: its name in large Chinese characters on the colours of a morning. The home of Pillow.

Square, 3000 pixels, JPEG, RGB, without transparency (Apple: 1400 to 3000); readable at 60 pixels, where most
listeners see it, so it holds the name, one line and nothing else. The same words give the same bytes.
"""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from feed.errors import InvalidShow

if TYPE_CHECKING:
    from pathlib import Path

SIZE = 3000
MARGIN = 300
NIGHT, DAWN, SUN, PAPER = (16, 32, 58), (176, 58, 46), (244, 190, 96), (250, 246, 238)
ROW = 4
"""Characters a row: four make a square of a usual name, and stay readable when small."""

ROWS = 3
QUALITY = 88


def draw(title: str, subtitle: str, bold: Path, regular: Path) -> bytes:
    """A cover as JPEG bytes; `bold` and `regular` are font files with Chinese characters."""
    image = Image.new("RGB", (SIZE, SIZE), NIGHT)
    canvas = ImageDraw.Draw(image)
    _dawn(canvas)
    rows = _rows(title)
    _title(canvas, rows, bold)
    canvas.text((MARGIN, SIZE - MARGIN), subtitle[:20], font=_font(regular, 150), fill=PAPER, anchor="ls")
    held = io.BytesIO()
    image.save(held, "JPEG", quality=QUALITY, dpi=(72, 72), optimize=True)
    return held.getvalue()


def name(cover: bytes) -> str:
    """The file's name: a changed cover needs a new address, or directories keep the old one."""
    return f"cover-{hashlib.sha256(cover).hexdigest()[:12]}.jpg"


def _dawn(canvas: ImageDraw.ImageDraw) -> None:
    """A sun that rises over a red horizon."""
    horizon = round(SIZE * 0.74)
    canvas.ellipse((SIZE - 1250, horizon - 620, SIZE - 10, horizon + 620), fill=SUN)
    canvas.rectangle((0, horizon, SIZE, SIZE), fill=DAWN)
    canvas.rectangle((0, horizon, SIZE, horizon + 24), fill=PAPER)


def _rows(title: str) -> list[str]:
    """The title in at most three rows of about the same length."""
    title = title.strip()[: ROW * ROWS * 2]
    if not title:
        raise InvalidShow("the show has no title to draw; name it in the configuration")
    count = min(ROWS, -(-len(title) // ROW))
    length = -(-len(title) // count)
    return [title[start : start + length] for start in range(0, len(title), length)]


def _title(canvas: ImageDraw.ImageDraw, rows: list[str], bold: Path) -> None:
    """As large as the width and the sky allow, aligned on the left."""
    widest = max(map(len, rows))
    size = min((SIZE - 2 * MARGIN) // widest, 1750 // len(rows), 900)
    font = _font(bold, size)
    top = MARGIN + (1750 - size * len(rows)) // 2
    for number, row in enumerate(rows):
        canvas.text((MARGIN - size // 20, top + number * size), row, font=font, fill=PAPER, anchor="lt")


def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    try:
        return ImageFont.truetype(path, size)
    except OSError as error:
        raise InvalidShow(f"the cover's font {path} cannot be read: {error}; run `briefing fetch`") from error
