"""The cover: what directories ask of it, and the same bytes for the same words."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from briefing.storage import downloads
from feed.errors import InvalidFeed
from feed.rss import cover

FONTS = [downloads.folder() / asset.path for asset in downloads.FONTS]


@pytest.mark.parametrize(
    "title",
    ["每日简报", "新", "渝中区早间新闻播报", "一个长得几乎放不下的节目名称到底会怎么样呢", "News 2026"],
)
def test_a_cover_is_what_apple_asks_for(title: str) -> None:
    """Square, 3000 pixels, RGB JPEG, 72 dpi, well under a megabyte."""
    drawn = cover.draw_cover(title, "每日简报编辑部", *FONTS)
    with Image.open(io.BytesIO(drawn)) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (3000, 3000))
        assert image.info["dpi"] == (72, 72)
    assert len(drawn) < 500_000


def test_the_title_stands_inside_the_margins() -> None:
    """The outermost columns of the sky hold no letter, however long the title."""
    with Image.open(io.BytesIO(cover.draw_cover("渝中区早间新闻播报", "", *FONTS))) as image:
        left = image.crop((0, 0, 200, 2000)).convert("L").histogram()
        right = image.crop((2800, 0, 3000, 1500)).convert("L").histogram()
    assert sum(left[80:]) == 0
    assert sum(right[80:]) == 0


def test_the_same_words_give_the_same_name_and_others_another() -> None:
    """A changed cover gets a new address."""
    one, other = cover.draw_cover("每日简报", "甲", *FONTS), cover.draw_cover("每日简报", "乙", *FONTS)
    assert cover.cover_name(one) == cover.cover_name(cover.draw_cover("每日简报", "甲", *FONTS))
    assert cover.cover_name(one) != cover.cover_name(other)
    assert cover.cover_name(one).startswith("cover-")
    assert cover.cover_name(one).endswith(".jpg")


def test_a_show_without_a_title_is_refused() -> None:
    """An empty cover is none."""
    with pytest.raises(InvalidFeed, match="has no title to draw"):
        cover.draw_cover("  ", "", *FONTS)


def test_a_font_that_cannot_be_read_names_the_command() -> None:
    """A missing font is fetched with one command."""
    missing = FONTS[0].with_name("none.otf")
    with pytest.raises(InvalidFeed, match="briefing fetch"):
        cover.draw_cover("每日简报", "", missing, missing)


def test_the_picture_inside_a_recording_is_small() -> None:
    """Listeners load it before the first sound: 600 pixels and 50 kB at most, whatever the cover is like."""
    drawn = cover.draw_cover("每日简报", "编辑部", *FONTS)
    noise = Image.effect_noise((3000, 3000), 100).convert("RGB")
    buffer = io.BytesIO()
    noise.save(buffer, "PNG")
    for picture in (drawn, buffer.getvalue()):
        small = cover.shrink_cover(picture)
        with Image.open(io.BytesIO(small)) as image:
            assert (image.format, image.mode) == ("JPEG", "RGB")
            assert image.width == image.height <= 600
        assert len(small) <= 50_000


def test_a_cover_that_is_no_picture_is_named() -> None:
    """Before hours of speaking, not in a player."""
    with pytest.raises(InvalidFeed, match="the cover cannot be read"):
        cover.shrink_cover(b"\xff\xd8\xff made up")
