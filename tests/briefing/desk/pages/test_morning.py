"""A real morning at the desk: a browser, `briefing serve` as a process of its own, and everything that goes wrong at 5:40.

Each page is looked at on a laptop and on a phone, by day and by night; the pictures are kept in the folder that the
environment variable BRIEFING_SCREENSHOTS names.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
import uvicorn
from playwright.sync_api import expect

from briefing import config
from briefing.editions import edition_decisions, stages
from briefing.editorial import script
from briefing.model import Sentence
from briefing.server import assembly
from briefing.storage.store import opened
from briefing.wiring.show_contexts import build_newsroom, build_show_context
from tests import browser as driven
from tests.briefing.desk.conftest import KEY, PASSWORD, PEOPLE, Silence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from briefing.model import Script

HERE = "/desk/editions/demo/2023-06-09/morning"
LAPTOP, PHONE = (1280, 800), (390, 844)
PATIENCE = 30.0
"""Seconds in which a process on a busy machine must answer."""


@dataclass
class Server:
    """The desk on a newsroom of its own, beside what is published."""

    folder: Path
    port: int

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def script(self) -> Script:
        """The newest script, as the database has it."""
        described = config.load(self.folder / "briefing.toml")
        with opened(described.database, described.folder) as store:
            draft = store.scripts.newest_script(KEY)
        assert draft
        return script.parse(draft.text)

    def authors(self) -> list[str]:
        """Who saved each revision, oldest first."""
        described = config.load(self.folder / "briefing.toml")
        with opened(described.database, described.folder) as store:
            return [one.author for one in store.scripts.list_scripts(KEY)]


@dataclass
class Process(Server):
    """`briefing serve`, which can be killed and started again."""

    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        told = [
            "serve",
            "--only",
            "desk",
            "--only",
            "feed",
            "--config",
            str(self.folder / "briefing.toml"),
            "--port",
            str(self.port),
        ]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "briefing.cli.app", *told],
                env=os.environ | {"BRIEFING_CACHE": str(self.folder / "cache")},
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self.process.poll() is None, (self.folder / "server.log").read_text(encoding="utf-8")
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 0.2):
                return
        pytest.fail("the server does not answer")

    def kill(self) -> None:
        """As a power cut does."""
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()


@pytest.fixture(scope="module")
def newsroom(furnished_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The newsroom with a programme of three minutes, so that there are stories to put in order."""
    folder = tmp_path_factory.mktemp("newsroom") / "newsroom"
    shutil.copytree(furnished_desk, folder, symlinks=True)
    path = folder / "briefing.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("minutes = 1", "minutes = 3"), encoding="utf-8")
    described = config.load(path)
    with opened(described.database, described.folder) as store:
        stages.draft(build_show_context(described, "demo", store, described.folder), KEY, Silence())
    return folder


def moved_in(newsroom: Path, folder: Path) -> int:
    """Copy the newsroom to a folder, for an address that is free; returns its port."""
    shutil.copytree(newsroom, folder, symlinks=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    path = folder / "briefing.toml"
    text = path.read_text(encoding="utf-8").replace("127.0.0.1:8000", f"127.0.0.1:{port}")
    path.write_text(text, encoding="utf-8")
    return port


@pytest.fixture
def process(newsroom: Path, tmp_path: Path) -> Iterator[Process]:
    """The desk as people start it, in a process of its own."""
    made = Process(tmp_path / "newsroom", moved_in(newsroom, tmp_path / "newsroom"))
    made.start()
    yield made
    made.kill()


@pytest.fixture
def server(newsroom: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The desk in a thread of this process, which is there at once."""
    made = Server(tmp_path / "newsroom", moved_in(newsroom, tmp_path / "newsroom"))
    monkeypatch.setenv("BRIEFING_CACHE", str(made.folder / "cache"))
    described = config.load(made.folder / "briefing.toml")
    with opened(described.database, described.folder) as store:
        built = build_newsroom(described, store, described.folder)
        settings = uvicorn.Config(assembly.build_app(built), port=made.port, log_level="error")
        running = uvicorn.Server(settings)
        thread = threading.Thread(target=running.run)
        thread.start()
        while not running.started:
            thread.join(0.02)
            assert thread.is_alive()
        yield made
        running.should_exit = running.force_exit = True
        thread.join()


@contextmanager
def seated(
    browser: Browser, server: Server, who: str, size: tuple[int, int] = LAPTOP, *, dark: bool = False
) -> Iterator[Page]:
    """Somebody who has signed in with a browser of that size; errors of the page's own scripts fail the test."""
    context = browser.new_context(
        locale="zh-CN",
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        has_touch=size == PHONE,
        is_mobile=size == PHONE,
    )
    troubles: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(f"{server.address}/desk/login")
    page.get_by_label("名字").fill(PEOPLE[who])
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    try:
        yield page
    finally:
        context.close()
    assert troubles == []


def sat_down(page: Page, server: Server) -> None:
    """Open the script."""
    page.goto(server.address + HERE)
    expect(page.locator(".sentence").first).to_be_visible()


def titles(page: Page) -> list[str]:
    """The segments' titles, in order."""
    found: list[str] = page.locator(".segment .name").evaluate_all("all => all.map((one) => one.value)")
    return found


def sentence(page: Page, text: str) -> Locator:
    """The first sentence that holds this text, found by its key from then on."""
    key = page.locator(".sentence").filter(has_text=text).first.get_attribute("data-key")
    return page.locator(f'.sentence[data-key="{key}"]')


def written(page: Page, text: str, new: str) -> None:
    """Write a sentence anew."""
    one = sentence(page, text)
    one.focus()
    page.keyboard.press("Enter")
    one.locator("textarea").fill(new)
    page.keyboard.press("Escape")


def saved(page: Page, revision: int) -> None:
    """Save, and wait until it is."""
    page.keyboard.press("Control+s")
    expect(page.locator("#kept")).to_have_text(f"已存为第 {revision} 版")


def decided(page: Page, label: str) -> None:
    """Press what the edition's button says, and again what the question says."""
    page.locator("#deeds").get_by_role("button", name=label).click()
    page.locator("dialog").get_by_role("button", name=label).click()
    if label == "批准":
        confirmed(page)


def confirmed(page: Page) -> None:
    """Confirm each grave finding, if the server names any; the sample has too few articles for its length."""
    expect(page.locator(".confirm").or_(page.locator(".chip.approved")).first).to_be_visible()
    for box in page.locator(".confirm input").all():
        box.check()
    if page.locator(".confirm").count():
        page.get_by_role("button", name="都确认，批准").click()


def test_a_morning(browser: Browser, process: Process) -> None:
    """Reorder by hand and by keys, mend a number and a reading, hear it, approve, record, publish: the feed has it."""
    with seated(browser, process, "chief") as page:
        page.get_by_role("link", name="往期").click()
        page.get_by_role("link", name="每日简报 早间").click()
        expect(page.locator(".sentence").first).to_be_visible()
        before = titles(page)
        first, second = before[2:4]

        page.locator(".segment .handle").nth(3).focus()
        page.keyboard.press("Alt+ArrowUp")
        assert titles(page)[2:4] == [second, first]
        page.get_by_role("button", name="撤销").click()
        assert titles(page) == before

        dragged(page, 1, 0)
        assert titles(page)[:4] == [before[1], before[0], first, second]

        written(page, "早上好", "早上好，新项目有128个，来自重庆。")
        one = sentence(page, "来自重庆")
        one.focus()
        page.keyboard.press("r")
        page.get_by_role("button", name=re.compile(r"^重\s*chóng")).click()
        page.get_by_role("button", name="zhòng", exact=True).click()
        page.get_by_role("button", name="就这样读").click()
        expect(one.get_by_role("button", name=re.compile(r"^重\s*zhòng\s*，已标注"))).to_be_visible()

        one.focus()
        page.keyboard.press(" ")
        expect(one).to_have_class(re.compile("playing"))
        expect(page.locator("#player")).to_be_hidden(timeout=PATIENCE * 1000)

        saved(page, 3)
        assert process.script().segments[1].sentences[0].text == "早上好，新项目有128个，来自重{zhòng}庆。"
        decided(page, "批准")
        expect(page.locator(".chip", has_text="已批准")).to_be_visible()
        decided(page, "现在录制")
        page.wait_for_url("**/programme", timeout=PATIENCE * 1000)
        expect(page.locator(".chip", has_text="已录制")).to_be_visible()
        page.locator(".cue").nth(2).click()
        page.wait_for_function("document.querySelector('audio').currentTime > 0")
        decided(page, "现在播出")
        expect(page.locator(".chip", has_text="已播出")).to_be_visible(timeout=PATIENCE * 1000)

    feed = urllib.request.urlopen(f"{process.address}/demo/feed.xml").read().decode()  # noqa: S310 - the test's own server
    assert feed.count("<item>") == 1
    audio = re.search(r'<enclosure url="([^"]+)"', feed)
    assert audio
    assert urllib.request.urlopen(audio[1]).read(3) == b"ID3"  # noqa: S310 - the test's own server
    assert first in feed


def dragged(page: Page, start: int, to: int) -> None:
    """Drag a segment by its handle before another."""
    handle = page.locator(".segment .handle").nth(start)
    # Readings and findings come after the page and move what is below them: a place is only worth something at rest.
    page.wait_for_load_state("networkidle")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    handle.hover()
    box, target = handle.bounding_box(), page.locator(".segment").nth(to).bounding_box()
    assert box
    assert target
    page.mouse.move(box["x"] + 8, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 8, box["y"] - 10, steps=3)
    page.mouse.move(box["x"] + 8, max(160, target["y"] + 4), steps=5)
    page.mouse.up()


def test_slight_marks_under_a_sentence_are_accepted_or_silenced(browser: Browser, server: Server) -> None:
    """While somebody writes: a rewrite by a click, which can be undone; a silenced mark stays silent after a reload."""
    with seated(browser, server, "editor") as page:
        sat_down(page, server)
        one = page.locator(".segment.story .sentence").first
        key = one.get_attribute("data-key")
        one = page.locator(f'.sentence[data-key="{key}"]')
        one.focus()
        page.keyboard.press("Enter")
        one.locator("textarea").fill("6月7日，她来到渝中区。")
        advice = one.locator(".advice")
        expect(advice).to_contain_text("日期没换（6月7日）")
        expect(advice).to_contain_text("谁？（她）")
        advice.get_by_role("button", name="改成“前天，她来到渝中区。”").click()
        expect(one.locator(".words")).to_contain_text("前天，她来到渝中区。")
        expect(advice).not_to_contain_text("日期没换")
        advice.get_by_role("button", name="谁？：不用提醒").click()
        expect(advice).to_have_count(0)
        saved(page, 3)
        page.reload()
        expect(page.locator(".sentence", has_text="前天，她来到").first).to_be_visible()
        page.wait_for_load_state("networkidle")
        expect(page.locator(".sentence", has_text="前天，她来到").first.locator(".advice")).to_have_count(0)
        assert driven.barriers(page) == []


def test_two_editors_who_change_different_places_lose_nothing(browser: Browser, server: Server) -> None:
    """Whoever saves second is told, and both changes are in the next revision."""
    with seated(browser, server, "editor") as first, seated(browser, server, "chief") as second:
        sat_down(first, server)
        sat_down(second, server)
        written(first, "早上好", "早上好，这里是每日简报。")
        written(second, "下次节目再会", "感谢收听，明天见。")
        saved(first, 3)
        expect(second.locator("#banner")).to_contain_text("别人保存了第 3 版")
        saved(second, 4)
        expect(second.locator(".toast")).to_contain_text("互不相干的修改已经合并")
    texts = [one.text for part in server.script().segments for one in part.sentences]
    assert "早上好，这里是每日简报。" in texts
    assert "感谢收听，明天见。" in texts
    assert server.authors()[2:] == [PEOPLE["editor"], PEOPLE["chief"]]


@pytest.mark.parametrize(
    ("choice", "kept"), [("我的", "早上好，我是主编。"), (PEOPLE["editor"], "早上好，我是编辑。")]
)
def test_two_editors_who_change_the_same_place_choose(
    browser: Browser, server: Server, choice: str, kept: str
) -> None:
    """Both versions are shown; the one that is not chosen is still among the revisions."""
    with seated(browser, server, "editor") as first, seated(browser, server, "chief") as second:
        sat_down(first, server)
        sat_down(second, server)
        written(first, "早上好", "早上好，我是编辑。")
        written(second, "早上好", "早上好，我是主编。")
        written(second, "下次节目再会", "感谢收听，明天见。")
        saved(first, 3)
        second.keyboard.press("Control+s")
        dialog = second.locator("dialog")
        expect(dialog).to_contain_text("早上好，我是编辑。")
        expect(dialog).to_contain_text("早上好，我是主编。")
        dialog.get_by_text(choice, exact=True).click()
        dialog.get_by_role("button", name="按所选的保存").click()
        expect(second.locator("#kept")).to_have_text("已存为第 4 版")
    said = server.script()
    assert said.segments[0].sentences[0].text == kept
    assert said.segments[-1].sentences[-1].text == "感谢收听，明天见。"


def test_a_killed_server_loses_nothing(browser: Browser, process: Process) -> None:
    """What was written while it was dead waits on the device, and goes out when it is back; so does a save."""
    with seated(browser, process, "editor") as page:
        sat_down(page, process)
        written(page, "早上好", "早上好，第一处。")
        expect(page.locator("#kept")).to_contain_text("草稿已存")
        process.kill()
        written(page, "下次节目再会", "感谢收听，第二处。")
        expect(page.locator("#banner")).to_contain_text("连不上服务器")
        page.keyboard.press("Control+s")
        expect(page.locator("#kept")).to_have_text("存在这台设备上")
        process.start()
        page.get_by_role("button", name="现在重试").click()
        expect(page.locator("#kept")).to_have_text("已存为第 3 版")
        expect(page.locator("#banner")).to_be_hidden()
    texts = [one.text for part in process.script().segments for one in part.sentences]
    assert "早上好，第一处。" in texts
    assert "感谢收听，第二处。" in texts


def test_a_closed_laptop_loses_nothing(browser: Browser, server: Server) -> None:
    """What was written and not saved is there on another device, and can be thrown away there."""
    with seated(browser, server, "editor") as page:
        sat_down(page, server)
        written(page, "早上好", "早上好，写到一半。")
        expect(page.locator("#kept")).to_contain_text("草稿已存")
    with seated(browser, server, "editor", PHONE) as page:
        sat_down(page, server)
        expect(page.locator(".toast")).to_contain_text("还没保存的修改")
        expect(sentence(page, "写到一半")).to_be_visible()
        page.get_by_role("button", name="不要了").click()
        page.get_by_role("button", name="丢掉").click()
        expect(page.locator(".sentence").filter(has_text="写到一半")).to_have_count(0)
    assert server.authors() == ["每日简报", "每日简报"]


def test_a_minute_without_network_changes_nothing(browser: Browser, server: Server) -> None:
    """The page says so, takes what is written, and sends it by itself when the network is back."""
    with seated(browser, server, "editor") as page:
        sat_down(page, server)
        page.context.set_offline(True)
        written(page, "早上好", "早上好，在地铁里。")
        page.keyboard.press("Control+s")
        expect(page.locator("#banner")).to_contain_text("连不上服务器")
        page.context.set_offline(False)
        expect(page.locator("#kept")).to_have_text("已存为第 3 版", timeout=PATIENCE * 1000)
    assert server.script().segments[0].sentences[0].text == "早上好，在地铁里。"


def test_a_save_that_waited_for_the_network_is_put_together_with_what_came_meanwhile(
    browser: Browser, server: Server
) -> None:
    """Two people, one of them in a tunnel: both changes are in the script, and nobody has to press anything again."""
    with seated(browser, server, "editor") as away, seated(browser, server, "chief") as other:
        sat_down(away, server)
        sat_down(other, server)
        away.context.set_offline(True)
        written(away, "早上好", "早上好，在隧道里。")
        away.keyboard.press("Control+s")
        expect(away.locator("#banner")).to_contain_text("连不上服务器")
        written(other, "下次节目再会", "感谢收听，明天见。")
        saved(other, 3)
        away.context.set_offline(False)
        expect(away.locator("#kept")).to_have_text("已存为第 4 版", timeout=PATIENCE * 1000)
        expect(away.locator("#banner")).to_be_hidden()
    said = server.script()
    assert said.segments[0].sentences[0].text == "早上好，在隧道里。"
    assert said.segments[-1].sentences[-1].text == "感谢收听，明天见。"


def test_a_second_tab_that_saves_takes_nothing_from_the_first(browser: Browser, server: Server) -> None:
    """Both are of one person and one device: what the first has not saved is still there when it is closed and opened."""
    with seated(browser, server, "editor") as page:
        sat_down(page, server)
        written(page, "早上好", "早上好，第一页。")
        expect(page.locator("#kept")).to_contain_text("草稿已存")
        second = page.context.new_page()
        sat_down(second, server)
        second.get_by_role("button", name="不要了").wait_for()
        second.locator("#undo").click()
        written(second, "下次节目再会", "感谢收听，第二页。")
        saved(second, 3)
        sat_down(page, server)
        expect(sentence(page, "第一页")).to_be_visible()


SLOW = """const Real = Date; const slow = 3600000;
globalThis.Date = class extends Real {
  constructor(...told) { if (told.length) super(...told); else super(Real.now() - slow); }
  static now() { return Real.now() - slow; }
};"""
"""A device whose clock is an hour behind."""


def test_a_clock_that_is_wrong_does_not_bring_older_words_back(browser: Browser, server: Server) -> None:
    """What was written without a network is newer than the server's draft, whatever the device believes."""
    with seated(browser, server, "editor") as page:
        page.add_init_script(SLOW)
        sat_down(page, server)
        written(page, "早上好", "早上好，写了一半。")
        expect(page.locator("#kept")).to_contain_text("草稿已存")
        page.context.set_offline(True)
        written(page, "写了一半", "早上好，写完了。")
        expect(page.locator("#banner")).to_contain_text("连不上服务器")
        page.goto("about:blank")
        page.context.set_offline(False)
        sat_down(page, server)
        expect(sentence(page, "写完了")).to_be_visible()


def test_everything_can_be_done_by_keys(browser: Browser, server: Server) -> None:
    """Go, write, split, join, pause, move, take down and bring back, undo: no pointer is needed."""
    with seated(browser, server, "editor") as page:
        sat_down(page, server)
        sentence(page, "早上好").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Home")
        for _ in range(4):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        expect(page.locator(".segment").first.locator(".sentence").nth(1)).to_be_visible()
        page.keyboard.press("Home")
        page.keyboard.press("Backspace")
        page.keyboard.press("Escape")
        assert page.locator("#script").inner_text().count("早上好，欢迎收听") == 1
        page.keyboard.press("j")
        page.keyboard.press("Alt+ArrowUp")
        expect(page.locator(".sentence").first).to_contain_text("今天是")
        page.keyboard.press("Delete")
        expect(page.locator(".sentence").first).to_contain_text("早上好")
        page.keyboard.press("Control+z")
        page.keyboard.press("Control+z")
        expect(page.locator(".sentence").first).to_contain_text("早上好")
        page.keyboard.press("?")
        expect(page.get_by_role("heading", name="快捷键")).to_be_visible()
        page.keyboard.press("Escape")
        more = page.locator(".segment").nth(2).get_by_role("button", name="更多")
        more.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("End")
        page.keyboard.press("Enter")
        expect(page.locator(".toast")).to_contain_text("已撤下")
        expect(page.locator("#tray")).to_be_visible()
        page.locator("#tray summary").press("Enter")
        page.get_by_role("button", name="放回").press("Enter")
        expect(page.locator("#tray")).to_be_hidden()
        saved(page, 3)


def test_an_article_of_the_day_can_be_taken_in(browser: Browser, server: Server) -> None:
    """Condensed, with its source beside it."""
    with seated(browser, server, "editor") as page:
        sat_down(page, server)
        count = len(titles(page))
        page.get_by_role("button", name="从今天的其他稿件里选").click()
        page.get_by_role("button", name="选用").first.click()
        expect(page.locator(".segment")).to_have_count(count + 1)
        expect(page.locator("aside.source mark.now").first).to_be_visible()


def test_a_word_goes_into_the_lexicon_and_is_read_so_everywhere(browser: Browser, server: Server) -> None:
    """Without a mark in the script."""
    with seated(browser, server, "editor") as page:
        sat_down(page, server)
        written(page, "早上好", "早上好，这里是重庆。")
        one = sentence(page, "这里是重庆")
        one.focus()
        page.keyboard.press("r")
        one.get_by_role("button", name=re.compile(r"^重\s*chóng")).click()
        choice = page.get_by_role("dialog")
        choice.get_by_role("button", name="zhòng", exact=True).click()
        choice.get_by_label("记进词典").check()
        expect(choice.get_by_label("词", exact=True)).to_have_value("重庆")
        expect(choice.get_by_label("整个词的读音")).to_have_value("zhòng qìng")
        choice.get_by_role("button", name="就这样读").click()
        expect(one.get_by_role("button", name=re.compile(r"^重\s*zhòng$"))).to_be_visible()
    assert "重庆" in (server.folder / "var" / "lexicon.toml").read_text(encoding="utf-8")


SIGHTS = {
    "login": "/desk/login",
    "today": "/desk/",
    "script": HERE,
    "history": f"{HERE}/history",
    "programme": f"{HERE}/programme",
    "past": "/desk/past",
    "log": "/desk/log",
    "password": "/desk/password",
}


def shown(page: Page, name: str, size: tuple[int, int], *, dark: bool) -> list[str]:
    """Keep a picture of the page, and tell what is wrong with it: what shuts somebody out, what stands out at the side."""
    kept = os.environ.get("BRIEFING_SCREENSHOTS")
    if kept:
        whole = name in SIGHTS and name != "script"
        page.screenshot(path=f"{kept}/{name}-{size[0]}{'-dark' if dark else ''}.png", full_page=whole)
    wide: bool = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    # Each colour and each width is judged once.
    found = driven.barriers(page) if dark == (size == PHONE) else []
    return [f"{name}: {trouble}" for trouble in [*found, *(["wider than the window"] if wide else [])]]


@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_every_page_shuts_nobody_out_and_fits(
    browser: Browser, server: Server, size: tuple[int, int], *, dark: bool
) -> None:
    """No serious finding of axe-core, nothing wider than the window; dialogs, menus and choices too."""
    recorded(server)
    troubles = []
    with seated(browser, server, "chief", size, dark=dark) as page:
        for name, address in SIGHTS.items():
            if name == "login":
                continue
            page.goto(server.address + address)
            if name == "script":
                expect(page.locator(".mark").first).to_be_visible()
            troubles += shown(page, name, size, dark=dark)
        sat_down(page, server)
        opening = sentence(page, "早上好")
        opening.locator(".words").click()
        troubles += shown(page, "writing", size, dark=dark)
        page.keyboard.press("Escape")
        page.keyboard.press("r")
        page.locator(".sentence.chosen .mark").first.click()
        troubles += shown(page, "reading", size, dark=dark)
        page.keyboard.press("Escape")
        page.locator(".segment").nth(2).get_by_role("button", name="更多").click()
        troubles += shown(page, "menu", size, dark=dark)
        page.get_by_role("menuitem", name="看原文").click()
        expect(page.locator(".source mark").first).to_be_visible()
        troubles += shown(page, "source", size, dark=dark)
        page.keyboard.press("Escape")
        page.get_by_role("button", name="从今天的其他稿件里选").click()
        expect(page.get_by_role("button", name="选用").first).to_be_visible()
        troubles += shown(page, "pool", size, dark=dark)
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        troubles += shown(page, "keys", size, dark=dark)
        page.keyboard.press("Escape")
        opening.get_by_role("button", name="听这一句").click()
        expect(page.locator("#player")).to_be_visible()
        troubles += shown(page, "listening", size, dark=dark)
    assert troubles == []


def recorded(server: Server) -> None:
    """Record the programme, and change a sentence of the script before that, so that every page has something to show."""
    described = config.load(server.folder / "briefing.toml")
    with opened(described.database, described.folder) as store:
        context = build_show_context(described, "demo", store, described.folder)
        said = server.script()
        opening = said.segments[0]
        other = replace(
            opening, sentences=(Sentence("早上好，单于在重{zhòng}庆。{停0.5}"), *opening.sentences[1:])
        )
        text = script.dump(replace(said, segments=(other, *said.segments[1:])))
        edition_decisions.save(context, KEY, text, base=2, author=PEOPLE["editor"])
        edition_decisions.approve(context, KEY)
        stages.render(context, KEY, Silence())


def test_hostile_articles_are_words(browser: Browser, server: Server) -> None:
    """Titles and texts that want to be markup are shown as they are written, and nothing of them runs."""
    hostile = "<img src=x onerror=document.title='taken'><script>document.title='taken'</script>"
    described = config.load(server.folder / "briefing.toml")
    with opened(described.database, described.folder) as store:
        articles = store.articles.list_articles(KEY)
        evil = replace(
            articles[0], id="evil", title=hostile, paragraphs=(hostile,), source=hostile, byline=hostile
        )
        store.articles.push_articles(KEY.show, [evil], [KEY])
        said = server.script()
        story = replace(
            said.segments[2], title=hostile, sentences=(Sentence(hostile, (hostile,)),), articles=("evil",)
        )
        text = script.dump(replace(said, segments=(*said.segments[:2], story, *said.segments[3:])))
        edition_decisions.save(
            build_show_context(described, "demo", store, described.folder), KEY, text, base=2, author=hostile
        )
    with seated(browser, server, "chief") as page:
        for address in ("/desk/", HERE, f"{HERE}/history", "/desk/past"):
            page.goto(server.address + address)
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            assert "taken" not in page.title()
        sat_down(page, server)
        expect(page.locator("aside.source h3")).to_have_text(hostile)
        page.locator(".segment").nth(2).get_by_role("button", name="更多").click()
        page.get_by_role("menuitem", name="撤下这一段").click()
        page.get_by_role("button", name="从今天的其他稿件里选").click()
        expect(page.locator(".pool strong").filter(has_text="onerror")).to_be_visible()
        assert page.locator("img, script:not([src]):not([type='application/json'])").count() == 0
        assert "taken" not in page.title()
