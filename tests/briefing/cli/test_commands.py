"""The commands, as a person runs them: real processes on a newsroom of their own."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import feedparser
import pytest

from tests.newsroom import furnished

SEEDS = Path(__file__).parents[3] / "seeds"
DAY = "2023-06-09"
STEPS = ("Gathering", "Writing the script", "Speaking", "Levelling", "Encoding", "Publishing")
"""What a run says when each of its long steps begins."""


def briefing(*arguments: str, home: Path, text: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    command = [sys.executable, "-m", "briefing.cli.app", *arguments]
    return subprocess.run(
        command,
        input=text,
        capture_output=True,
        text=True,
        check=False,
        cwd=home.parent,
        env=os.environ | more,
    )


def ran(*arguments: str, home: Path, **more: str) -> Any:  # noqa: ANN401 - whatever the command prints as JSON
    """Run a command that must succeed, and read its JSON."""
    done = briefing(*arguments, "--json", "--quiet", home=home, **more)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def made(home: Path) -> dict[str, object]:
    """Everything that a finished run leaves, in a form that can be compared."""
    public = home.parent / "var" / "public" / "demo"
    scripts = sorted((home.parent / "var" / "scripts" / "demo").iterdir())
    clips = sorted((home.parent / "cache" / "clips").rglob("*"))
    feed = feedparser.parse((public / "feed.xml").read_bytes())
    return {
        "scripts": [(path.name, path.read_text(encoding="utf-8")) for path in scripts],
        "clips": [path.name for path in clips if path.is_file()],
        "published": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in public.iterdir()},
        "items": [(item.id, item.enclosures[0].href, item.enclosures[0].length) for item in feed.entries],
    }


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What a run that nobody disturbs leaves."""
    home = furnished(tmp_path_factory.mktemp("calm"))
    ran("run", "--day", DAY, home=home, BRIEFING_CACHE=str(home.parent / "cache"))
    return made(home)


def test_a_run_makes_an_episode_and_a_second_one_changes_nothing(newsroom: Path) -> None:
    """From a page to a feed with one item whose audio is there; running again is harmless and leaves every byte."""
    standing = ran("run", "--day", DAY, home=newsroom)
    assert standing["stage"] == "published"
    assert 30 < standing["seconds"] < 120
    assert abs(standing["loudness"] + 16) <= 1
    assert standing["true_peak"] <= -2
    first = made(newsroom)
    items = first["items"]
    assert isinstance(items, list)
    assert len(items) == 1
    assert items[0][0] == standing["guid"]
    assert ran("run", "--day", DAY, home=newsroom) == standing
    assert made(newsroom) == first


@pytest.mark.parametrize("step", STEPS)
def test_a_run_that_is_killed_ends_with_the_same_episode(
    newsroom: Path, tmp_path: Path, calm: dict[str, object], step: str
) -> None:
    """SIGKILL at the beginning of any long step: the next run ends with the script, clips and item of a calm one."""
    command = [sys.executable, "-m", "briefing.cli.app", "run", "--day", DAY]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert any(line.startswith(step) for line in process.stderr)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    ran("run", "--day", DAY, home=newsroom)
    assert made(newsroom) == calm
    assert not [path for path in (tmp_path / "var").rglob(".*") if path.is_file()]


def test_an_edited_script_file_becomes_the_next_revision_on_the_air(newsroom: Path) -> None:
    """Only what changed is spoken again; the item keeps its guid and gets a new enclosure."""
    first = ran("run", "--day", DAY, home=newsroom)
    before = made(newsroom)
    path = newsroom.parent / first["script"]
    text = path.read_text(encoding="utf-8")
    assert "下次节目再会" in text
    path.write_text(text.replace("下次节目再会", "感谢您今天的收听"), encoding="utf-8")
    second = ran("run", "--day", DAY, home=newsroom)
    after = made(newsroom)
    assert second["script"].endswith("-r2.md")
    assert second["guid"] == first["guid"]
    assert isinstance(before["clips"], list)
    assert isinstance(after["clips"], list)
    assert len(set(after["clips"]) - set(before["clips"])) == 1
    assert isinstance(before["items"], list)
    assert isinstance(after["items"], list)
    assert [item[0] for item in after["items"]] == [item[0] for item in before["items"]]
    assert after["items"][0][1] != before["items"][0][1]


def test_a_script_that_cannot_be_read_is_refused_and_nothing_on_the_air_changes(newsroom: Path) -> None:
    """The person is told the line and the reason; their text stays where they wrote it."""
    standing = ran("run", "--day", DAY, home=newsroom)
    before = made(newsroom)
    path = newsroom.parent / standing["script"]
    spoiled = path.read_text(encoding="utf-8").replace("| 开场 |", "| 开厂 |")
    path.write_text(spoiled, encoding="utf-8")
    done = briefing("run", "--day", DAY, home=newsroom)
    assert done.returncode == 1
    assert "开厂" in done.stderr
    assert path.read_text(encoding="utf-8") == spoiled
    assert made(newsroom)["published"] == before["published"]


def test_the_stages_can_be_run_one_by_one(newsroom: Path) -> None:
    """Gather, draft, approve, render, publish: each takes the edition one stage further; a held one waits."""
    for command, stage in (
        ("gather", "gathered"),
        ("draft", "drafted"),
        ("hold", "held"),
        ("approve", "approved"),
        ("render", "voiced"),
        ("publish", "published"),
    ):
        done = briefing(command, "--day", DAY, home=newsroom)
        assert done.returncode == 0, done.stderr
        assert [row["stage"] for row in ran("status", home=newsroom)["editions"]] == [stage]


@pytest.mark.parametrize(
    ("day", "paper"), [("2024-11-15", "滨河日报"), ("2025-03-08", "云岭晚报"), ("2026-01-20", "海港新区报")]
)
def test_every_page_in_seeds_makes_a_script_that_credits_its_paper(
    newsroom: Path, day: str, paper: str
) -> None:
    """Another day is another paper, with its own name on the air."""
    assert len(ran("gather", "--day", day, home=newsroom)) >= 5
    assert briefing("draft", "--day", day, home=newsroom).returncode == 0
    written = newsroom.parent / "var" / "scripts" / "demo" / f"{day}-morning-r1.md"
    assert f"内容来自《{paper}》" in written.read_text(encoding="utf-8")


def test_a_held_edition_does_not_go_on_the_air(newsroom: Path) -> None:
    """`run` stops in front of it and says how to let it go."""
    for command in ("gather", "draft", "hold"):
        assert briefing(command, "--day", DAY, home=newsroom).returncode == 0
    done = briefing("run", "--day", DAY, home=newsroom)
    assert done.returncode == 1
    assert "briefing approve" in done.stderr


def test_a_day_without_pages_says_so(newsroom: Path) -> None:
    """Nothing is begun that cannot be finished."""
    done = briefing("run", "--day", "2001-01-01", home=newsroom)
    assert done.returncode == 1
    assert "no source of demo has an article of 2001-01-01" in done.stderr
    assert ran("status", home=newsroom)["editions"] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "--day", "9 June"), "'9 June' is no day; write it as YYYY-MM-DD"),
        (("run", "--show", "dmeo"), "dmeo is named; name a show with --show: demo"),
        (("run", "--config", "none.toml"), "none.toml does not exist; `briefing init` writes one"),
        (("extract", "none.txt"), "none.txt: cannot be read"),
        (("render", "--day", DAY), "has no script yet; run `briefing draft` first"),
        (("serve", "--demo"), "nothing is published in"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(newsroom: Path, arguments: tuple[str, ...], said: str) -> None:
    """Exit status 1, and on standard error one line that says what and where."""
    done = briefing(*arguments, home=newsroom)
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_init_writes_a_configuration_once(newsroom: Path, tmp_path: Path) -> None:
    """A file that is there is not overwritten."""
    assert briefing("init", "new.toml", home=newsroom).returncode == 0
    assert (tmp_path / "new.toml").read_text(encoding="utf-8").startswith("# 每日简报")
    again = briefing("init", "new.toml", home=newsroom)
    assert again.returncode == 1
    assert "exists already" in again.stderr


def test_read_prints_one_json_line_a_line(newsroom: Path) -> None:
    """Printed, spoken, pinyin and doubt, for each line that comes in."""
    done = briefing("read", "--json", home=newsroom, text="重庆2023年增长6.1%。\n\n长沙\n")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["spoken"] for row in rows] == ["重庆二零二三年增长百分之六点一。", "", "长沙"]
    assert rows[0]["pinyin"][:2] == ["chong2", "qing4"]
    assert rows[2] == {"printed": "长沙", "spoken": "长沙", "pinyin": ["chang2", "sha1"], "doubtful": []}


def test_condense_keeps_within_the_budget(newsroom: Path) -> None:
    """Every article of the page within its Han characters, each sentence with what it rests on."""
    page = str(SEEDS / "yuzhong-2023-06-09.txt")
    done = briefing("condense", page, "--budget", "120", "--place", "渝中区", "--json", home=newsroom)
    assert done.returncode == 0, done.stderr
    articles = json.loads(done.stdout)
    assert len(articles) == 7
    for article in articles:
        assert sum("\u4e00" <= char <= "\u9fff" for char in article["text"]) <= 120
        assert all(sentence["rests_on"] for sentence in article["sentences"])


REVIEWED = """---
show: demo
day: 2023-06-09
edition: morning
title: 每日简报
---

## 南湖公园
[story-1 | 新闻 | 晓伊 | a1]

6月7日，南湖公园开放。

公园有36个停车位。
"""


def test_review_prints_marks_and_rewrites(newsroom: Path) -> None:
    """For a person as lines, for a program as JSON, from a file or standard input; what is no script is refused."""
    path = newsroom.parent / "script.md"
    path.write_text(REVIEWED, "utf-8")
    done = briefing("review", str(path), home=newsroom)
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        [
            "## 南湖公园",
            "6月7日，南湖公园开放。",
            "    日期没换（6月7日） → 前天，南湖公园开放。",
            "有提醒的句子：1",
        ],
    )
    (reviewed,) = json.loads(briefing("review", "-", "--json", home=newsroom, text=REVIEWED).stdout)
    assert reviewed["advice"] == [{"mark": "日期没换", "words": "6月7日", "rewrite": "前天，南湖公园开放。"}]
    missing = briefing("review", "nowhere.md", home=newsroom)
    assert missing.returncode == 1
    assert "nowhere.md cannot be read as a script" in missing.stderr


def test_condense_takes_what_extract_takes(newsroom: Path) -> None:
    """A web page is condensed as a newspaper page is, its days told from the day that it prints."""
    text = "云岭市图书馆新馆1月8日起向市民开放，每天早上9点到晚上9点可以免费借书。新馆总面积3.2万平方米，藏书120万册。"
    page = newsroom.parent / "library.html"
    page.write_text(
        "<!doctype html><html lang=zh><head><meta charset=utf-8><title>云岭市图书馆新馆开放</title></head>"
        "<body><article><h1>云岭市图书馆新馆开放</h1><p>2026年1月8日 来源：云岭晚报</p>"
        f"<p>{text}</p><p>{text}</p></article></body></html>",
        "utf-8",
    )
    done = briefing("condense", str(page), "--budget", "60", "--json", home=newsroom)
    assert done.returncode == 0, done.stderr
    (article,) = json.loads(done.stdout)
    assert article["title"] == "云岭市图书馆新馆开放"
    assert "图书馆新馆" in article["text"]


def test_an_added_word_is_read_so_from_then_on(newsroom: Path) -> None:
    """`lexicon add`, then `say`, `list` and `test` show it; the sound is written as WAV; a wrong entry changes nothing."""
    assert "dan1 zhi4 yuan3" in briefing("say", "单志远", home=newsroom).stdout.replace("shan4", "dan1")
    added = briefing("lexicon", "add", "单志远", "chan2 zhi4 yuan3", home=newsroom)
    assert added.returncode == 0, added.stderr
    wrong = briefing("lexicon", "add", "单志远", "chan2 zhi4", home=newsroom)
    assert wrong.returncode == 1
    assert "has 3 Han characters but 2 syllables" in wrong.stderr
    listed = json.loads(briefing("lexicon", "list", "--json", home=newsroom).stdout)
    assert [(one["word"], one["pinyin"]) for one in listed] == [("单志远", ["chan2", "zhi4", "yuan3"])]
    used = json.loads(briefing("lexicon", "test", "记者单志远报道", "--json", home=newsroom).stdout)
    assert used["pinyin"] == ["ji4", "zhe3", "chan2", "zhi4", "yuan3", "bao4", "dao4"]
    assert [one["word"] for one in used["entries"]] == ["单志远"]
    said = briefing("say", "单志远来了。", "--out", "said.wav", home=newsroom)
    assert said.returncode == 0, said.stderr
    assert "chan2 zhi4 yuan3 lai2 le5" in said.stdout
    assert (newsroom.parent / "said.wav").read_bytes().startswith(b"RIFF")
