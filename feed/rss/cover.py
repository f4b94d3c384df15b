"""Cover of a show: its name in large Chinese characters over a horizon. Home of Pillow.

Square, 3000 pixels, JPEG, RGB, without transparency (Apple: 1400 to 3000); readable at 60 pixels, where most
listeners see it, so it holds the name, one line and nothing else. The same words give the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import re
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from feed import plain_text
from feed.errors import InvalidFeed
from feed.model import COVER_PIXELS

if TYPE_CHECKING:
    from pathlib import Path

SIDE_PIXELS = COVER_PIXELS
MARGIN = 280
SKY = (430, 1880)
"""Top and bottom of the title's area, in pixels."""

HORIZON = 2320
NIGHT, DAWN, SUN, PAPER = (15, 30, 55), (178, 56, 44), (245, 189, 92), (250, 246, 238)
MAX_FONT_PIXELS = 900
LEADING = 1.16
"""From row to row, in heights of a character."""

MAX_ROWS = 3
GAIN = 1.1
"""A row more must make the characters so much larger to be worth it."""

MAX_TITLE_CHARS = 48
QUALITY = 88
MAX_EMBEDDED_PIXELS = 600
MAX_EMBEDDED_BYTES = 50_000
EMBEDDED_QUALITIES = (85, 75, 60)
"""JPEG qualities for the picture in a recording; the first that is small enough is taken."""

_WORDS = re.compile(r"(?:[㐀-鿿豈-﫿][，。！？：；、）》”’…]*|[^\s㐀-鿿豈-﫿]+)\s*")
"""Unbreakable units: a Han character with its punctuation, a word of another script."""


def draw_cover(title: str, subtitle: str, bold: Path, regular: Path) -> bytes:
    """Return a cover as JPEG bytes; `bold` and `regular` are font files with Chinese characters.

    Raises `InvalidFeed` for a title without a character, and for a font that cannot be read.
    """
    image = Image.new("RGB", (SIDE_PIXELS, SIDE_PIXELS), NIGHT)
    canvas = ImageDraw.Draw(image)
    _draw_horizon(canvas)
    _draw_title(canvas, plain_text.single_line(title)[:MAX_TITLE_CHARS], bold)
    _draw_subtitle(canvas, plain_text.single_line(subtitle)[:MAX_TITLE_CHARS], regular)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=QUALITY, dpi=(72, 72), optimize=True)
    return buffer.getvalue()


def shrink_cover(cover: bytes) -> bytes:
    """Return a cover for the inside of a recording, which is downloaded before its first sound.

    A JPEG of at most 600 pixels a side and 50 kB. Raises `InvalidFeed` for bytes that are no picture.
    """
    try:
        with Image.open(io.BytesIO(cover), formats=("JPEG", "PNG")) as image:
            small = image.convert("RGB")
    except (OSError, ValueError, SyntaxError) as error:
        raise InvalidFeed(f"the cover cannot be read: {error}; give a JPEG or a PNG") from error
    side = MAX_EMBEDDED_PIXELS
    while True:
        small.thumbnail((side, side))
        for quality in EMBEDDED_QUALITIES:
            buffer = io.BytesIO()
            small.save(buffer, "JPEG", quality=quality, optimize=True)
            if buffer.tell() <= MAX_EMBEDDED_BYTES:
                return buffer.getvalue()
        side = side * 3 // 4


def cover_name(cover: bytes) -> str:
    """Return the file's name with a hash: directories keep a cover whose address is unchanged."""
    return f"cover-{hashlib.sha256(cover).hexdigest()[:12]}.jpg"


def _draw_horizon(canvas: ImageDraw.ImageDraw) -> None:
    """Draw a double rule at the top, and half a sun on a red horizon."""
    right = SIDE_PIXELS - MARGIN
    canvas.rectangle((MARGIN, 240, right, 262), fill=PAPER)
    canvas.rectangle((MARGIN, 286, right, 291), fill=PAPER)
    canvas.ellipse((right - 760, HORIZON - 380, right, HORIZON + 380), fill=SUN)
    canvas.rectangle((0, HORIZON, SIDE_PIXELS, SIDE_PIXELS), fill=DAWN)
    canvas.rectangle((0, HORIZON, SIDE_PIXELS, HORIZON + 22), fill=PAPER)


def _draw_title(canvas: ImageDraw.ImageDraw, title: str, bold: Path) -> None:
    """Draw the title as large as fits, aligned on the left, in the middle of the sky."""
    if not title:
        raise InvalidFeed("the show has no title to draw; name it in the configuration")
    rows, size = _largest_fit(title, _load_font(bold, 1000))
    font, step = _load_font(bold, size), round(size * LEADING)
    middle = sum(SKY) / 2 - step * (len(rows) - 1) / 2
    for number, row in enumerate(rows):
        canvas.text((MARGIN - size // 20, middle + number * step), row, font=font, fill=PAPER, anchor="lm")


def _largest_fit(title: str, measure: ImageFont.FreeTypeFont) -> tuple[list[str], int]:
    """Return the rows and the font size that fill the sky best; prefer fewer rows."""
    best: tuple[list[str], int] = ([], 0)
    for count in range(1, MAX_ROWS + 1):
        rows = _balanced_rows(title, count, measure)
        widest = max(1, *(measure.getlength(row) for row in rows)) / 1000
        high = (SKY[1] - SKY[0]) / (1 + LEADING * (len(rows) - 1))
        size = int(min((SIDE_PIXELS - 2 * MARGIN) / widest, high, MAX_FONT_PIXELS))
        if size > best[1] * GAIN:
            best = rows, size
    return best


def _balanced_rows(title: str, count: int, measure: ImageFont.FreeTypeFont) -> list[str]:
    """Break the title into at most `count` rows of similar width, between words."""
    limit = measure.getlength(title) / count
    while len(rows := _fill_rows(_WORDS.findall(title), limit, measure)) > count:
        limit *= 1.05
    return rows


def _fill_rows(words: list[str], limit: float, measure: ImageFont.FreeTypeFont) -> list[str]:
    rows = [""]
    for word in words:
        if rows[-1] and measure.getlength((rows[-1] + word).rstrip()) > limit:
            rows.append("")
        rows[-1] += word
    return [row.strip() for row in rows]


def _draw_subtitle(canvas: ImageDraw.ImageDraw, subtitle: str, regular: Path) -> None:
    """Draw one line in the red area, smaller if it is long."""
    font = _load_font(regular, 150)
    if wide := font.getlength(subtitle):
        font = _load_font(regular, max(60, int(min(1, (SIDE_PIXELS - 2 * MARGIN) / wide) * 150)))
    canvas.text((MARGIN, (HORIZON + SIDE_PIXELS) / 2), subtitle, font=font, fill=PAPER, anchor="lm")


def _load_font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    try:
        return ImageFont.truetype(path, size)
    except OSError as error:
        raise InvalidFeed(f"the cover's font {path} cannot be read: {error}; run `briefing fetch`") from error
