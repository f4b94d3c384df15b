"""Wishes of an editor in a browser: a menu, both versions side by side, taken or not, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.briefing.desk.pages.test_morning import newsroom, sat_down, seated, server  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.briefing.desk.pages.test_morning import Server


def count_of(page: Page, story: str) -> int:
    """Sentences of a story."""
    return page.locator(f'.segment[data-id="{story}"] .sentence').count()


def test_a_story_is_shortened_when_the_proposal_is_taken(browser: Browser, server: Server) -> None:  # noqa: F811 - the fixture
    """Not before; and one step of undo brings it back."""
    with seated(browser, server, "editor") as page:
        sat_down(page, server)
        stories = page.locator(".segment.story")
        longest = max(
            range(stories.count()), key=lambda place: stories.nth(place).locator(".sentence").count()
        )
        name = stories.nth(longest).get_attribute("data-id")
        assert name
        before = count_of(page, name)

        for button in ("不用", "采用"):
            stories.nth(longest).get_by_role("button", name="更多").click()
            page.get_by_role("menuitem", name="改写这一条…").click()
            page.get_by_role("menuitem", name="短些").click()
            expect(page.locator("dialog .proposal")).to_contain_text("改后")
            assert count_of(page, name) == before
            page.locator("dialog").get_by_role("button", name=button, exact=True).click()
            expect(page.locator("dialog")).to_have_count(0)

        assert count_of(page, name) < before
        page.get_by_role("button", name="撤销").click()
        assert count_of(page, name) == before


def test_without_a_model_only_what_needs_none_is_offered(browser: Browser, server: Server) -> None:  # noqa: F811 - the fixture
    """短些 and 长些, of a sentence by keyboard and pointer."""
    with seated(browser, server, "editor") as page:
        sat_down(page, server)
        page.locator(".segment.story .sentence").last.focus()
        page.locator(".sentence.chosen .tools").get_by_role("button", name="改写").click()

        assert page.get_by_role("menuitem").all_inner_texts() == ["短些", "长些"]
