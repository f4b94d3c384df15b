"""The pages in a real browser: they play, they follow what is spoken, and they shut nobody out."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest
from playwright.sync_api import expect

from feed import file_names
from feed.episode_names import page_name
from feed.model import Chapter, Correction, Cue
from feed.publishers.local_folder import FolderPublisher
from tests import browser as driven
from tests.feed.airing import on_air
from voices.audio import ffmpeg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from feed.model import Episode, Show

LENGTH = 61
STORY = "新桥今天通车，全长一点二公里，是跨江的第三座桥，沿江两岸的居民从此步行十分钟就能到达对岸。"


class Site(NamedTuple):
    """A server with a show: its address, and the page of its episode."""

    address: str
    episode: str


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A minute that really plays."""
    path = tmp_path_factory.mktemp("sound") / "minute.mp3"
    tone = f"sine=frequency=220:duration={LENGTH}"
    told = [ffmpeg.ffmpeg_path(), "-v", "error", "-f", "lavfi", "-i", tone, "-b:a", "48k", str(path)]
    subprocess.run(told, check=True)
    return path


def long(first: Episode, sound: Path) -> Episode:
    """An episode of several screens, with a correction."""
    said = [("晓伊", "早上好，欢迎收听每日简报。本节目由人工智能合成播报。", 0.4, 8)]
    said += [("云希", STORY, at, at + 2) for at in range(8, 50, 2)]
    said += [("晓伊", "再见。", 50, LENGTH)]
    spans = [
        (name, text, timedelta(seconds=start), timedelta(seconds=end)) for name, text, start, end in said
    ]
    return replace(
        first,
        audio=file_names.audio_name("2026-03-02-morning", sound),
        size=sound.stat().st_size,
        duration=timedelta(seconds=LENGTH),
        chapters=(
            Chapter("开场", timedelta(0)),
            Chapter("新桥通车", timedelta(seconds=8), "https://example.com/a?x=1&y=2"),
            Chapter("尾声", timedelta(seconds=50)),
        ),
        cues=tuple(Cue(*span) for span in spans),
        corrections=(Correction(first.published + timedelta(hours=2), "新桥全长一点二公里，不是十二公里。"),),
    )


@pytest.fixture
def site(
    tmp_path: Path,
    show: Show,
    first: Episode,
    second: Episode,
    sound: Path,
    served: Callable[[Path], AbstractContextManager[str]],
) -> Iterator[Site]:
    """A show with an episode that can be heard, an older one and one that was withdrawn."""
    with served(tmp_path / "public") as address:
        here = replace(show, address=f"{address}demo/")
        folder = FolderPublisher(tmp_path / "public" / "demo", here.address)
        newest = long(first, sound)
        older = replace(second, number=3, published=first.published - timedelta(days=1))
        gone = replace(first, audio=f"gone-{'0' * 12}.mp3")
        on_air(
            folder,
            here,
            [newest, older],
            sound,
            files=lambda episode: {episode.audio: sound},
            withdrawn=(gone,),
        )
        yield Site(here.address, here.address + page_name(newest))


PAGES = ("", "episode", "gone.html", "../")


def place(site: Site, name: str) -> str:
    """The address of a page of the site."""
    return site.episode if name == "episode" else site.address + name


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_shuts_anybody_out(site: Site, page: Page, tmp_path: Path, name: str, scheme: str) -> None:
    """Nothing serious for axe-core, by day and by night."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(place(site, name))
    page.screenshot(path=tmp_path / f"{scheme}.png", full_page=True)
    assert driven.barriers(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_shows_all_of_a_page(site: Site, phone: Page, tmp_path: Path, name: str) -> None:
    """Nothing sticks out at 360 points, the type is large and airy, and what is touched is large enough."""
    phone.goto(place(site, name))
    phone.screenshot(path=tmp_path / "phone.png", full_page=True)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    assert driven.barriers(phone) == []
    style = phone.evaluate(
        "(({fontSize, lineHeight}) => [fontSize, lineHeight])(getComputedStyle(document.body))"
    )
    size, line = (float(value.removesuffix("px")) for value in style)
    assert size >= 16
    assert line >= 1.7 * size
    small = phone.evaluate(
        "[...document.querySelectorAll('.stamp, .apps a, label')].map(one => one.getBoundingClientRect())"
        ".filter(box => box.height > 0 && (box.height < 24 || box.width < 24)).length"
    )
    assert small == 0


def test_a_line_is_never_too_long_to_read(site: Site, page: Page) -> None:
    """At most forty-five characters on the widest screen."""
    page.set_viewport_size({"width": 2560, "height": 1200})
    page.goto(site.episode)
    text = page.locator(".turn").first
    width, size = text.evaluate("one => [one.clientWidth, parseFloat(getComputedStyle(one).fontSize)]")
    assert 30 <= width / size <= 45


PLAYS = """() => new Promise((done) => {
    const audio = document.querySelector("audio");
    const look = () => !audio.paused && audio.readyState > 2 && done(audio.currentTime);
    audio.addEventListener("timeupdate", look);
    look();
})"""


def playing(page: Page) -> float:
    """Wait until the sound plays; where it is."""
    at: float = page.evaluate(PLAYS)
    return at


def test_a_time_stamp_plays_from_there_and_the_sentence_is_marked(site: Site, page: Page) -> None:
    """When the sound moves on, so does the mark; when it stops there is none."""
    page.goto(site.episode)
    page.get_by_role("link", name="从0:08开始播放").click()
    assert 8 <= playing(page) < 12
    expect(page.locator(".spoken")).to_have_count(1)
    expect(page.locator(".spoken")).to_contain_text("新桥今天通车")
    page.evaluate("document.querySelector('audio').currentTime = 52")
    expect(page.locator(".spoken")).to_have_text("再见。")
    expect(page.locator("[aria-current=true]")).to_have_text("再见。")
    expect(page.locator(".spoken")).to_be_in_viewport()
    page.evaluate("document.querySelector('audio').pause()")
    expect(page.locator(".spoken")).to_have_count(0)


def test_who_scrolls_away_is_left_alone(site: Site, page: Page) -> None:
    """The mark moves on, the page does not; the box says so and turns it on again."""
    page.goto(site.episode)
    page.get_by_role("link", name="从0:00开始播放").click()
    playing(page)
    box = page.get_by_label("文字稿跟随播放")
    expect(box).to_be_checked()
    page.mouse.wheel(0, 50)
    expect(box).not_to_be_checked()
    page.evaluate("document.querySelector('audio').currentTime = 52")
    expect(page.locator(".spoken")).to_have_text("再见。")
    expect(page.locator(".spoken")).not_to_be_in_viewport()
    box.check()
    page.evaluate("document.querySelector('audio').currentTime = 30")
    expect(page.locator(".spoken")).to_be_in_viewport()


def test_the_keyboard_is_enough(site: Site, page: Page) -> None:
    """Tab reaches the stamps, whose focus is seen; Enter plays."""
    page.goto(site.episode)
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.at") == "8.0":
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert float(outline.removesuffix("px")) >= 2
    page.keyboard.press("Enter")
    assert 8 <= playing(page) < 12


def test_each_story_links_to_its_source_and_the_correction_is_read_first(site: Site, page: Page) -> None:
    """Where it comes from stands below it; what was wrong stands above everything."""
    page.goto(site.episode)
    source = page.get_by_role("link", name="原文：新桥通车")
    expect(source).to_have_attribute("href", "https://example.com/a?x=1&y=2")
    note = page.get_by_role("region", name="更正")
    expect(note).to_contain_text("更正（2026年3月2日09:00）：新桥全长一点二公里，不是十二公里。")
    above = page.evaluate(
        "document.querySelector('.corrections').getBoundingClientRect().bottom"
        " < document.querySelector('.turn').getBoundingClientRect().top"
    )
    assert above


def test_who_wants_no_motion_sees_none(site: Site, page: Page) -> None:
    """The mark jumps, and so does the page."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(site.episode)
    assert page.locator(".said").first.evaluate("one => getComputedStyle(one).transitionDuration") == "0s"


def test_without_scripts_everything_can_be_read_and_heard(site: Site, browser: Browser) -> None:
    """The stamps open the sound at their moment; nothing offers what does not work."""
    context = browser.new_context(java_script_enabled=False)
    with driven.opened(context) as page:
        page.goto(site.episode)
        expect(page.get_by_text("再见。")).to_be_visible()
        expect(page.get_by_label("文字稿跟随播放")).to_be_hidden()
        stamp = page.get_by_role("link", name="从0:08开始播放")
        expect(stamp).to_have_attribute("href", re.compile(r"2026-03-02-morning-[0-9a-f]{12}\.mp3#t=8\.0"))


def test_the_shows_page_leads_to_the_episode(site: Site, page: Page) -> None:
    """From the list of shows to the sound in two steps."""
    page.goto(f"{site.address}../")
    page.get_by_role("link", name="每日简报").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("每日简报")
    page.get_by_role("link", name="阅读文字稿").click()
    assert page.url == site.episode
