"""What tests of pages share: a browser, and pages in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import browser as driven

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for a file of tests: while it lives, nothing else in this thread can run asyncio's loop."""
    with driven.launched() as launched:
        yield launched


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on a desk; what goes wrong in its scripts or against its policy fails the test."""
    with driven.opened(browser.new_context(locale="zh-CN", viewport=driven.DESKTOP)) as page:
        yield page


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a small phone, 360 points wide, that is touched."""
    context = browser.new_context(
        locale="zh-CN", viewport=driven.PHONE, has_touch=True, is_mobile=True, device_scale_factor=2
    )
    with driven.opened(context) as page:
        yield page
