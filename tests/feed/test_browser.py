"""The pages in a real browser: they play, they follow what is spoken, and they shut nobody out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from feed.folder import Folder
from tests.browser import barriers
from tests.feed.airing import on_air

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Page

    from feed.model import Episode, Show


@pytest.fixture
def site(
    tmp_path: Path,
    show: Show,
    first: Episode,
    recording: Path,
    served: Callable[[Path], AbstractContextManager[str]],
) -> Iterator[str]:
    """The address of a show with one episode."""
    with served(tmp_path / "public") as address:
        here = replace(show, address=f"{address}demo/")
        folder = Folder(tmp_path / "public" / "demo", here.address)
        on_air(folder, here, [first], recording)
        yield here.address


def test_the_shows_page_shuts_nobody_out(page: Page, site: str) -> None:
    """Nothing serious for axe-core."""
    page.goto(site)
    assert page.title() == "每日简报"
    assert barriers(page) == []
