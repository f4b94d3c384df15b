"""The pages as the server makes them: what they show, to whom, and that no text on them is ever markup."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from briefing.editions import edition_decisions, lease, stages
from briefing.editorial import script
from briefing.model import Sentence
from tests.briefing.desk.conftest import KEY, PEOPLE, Desk, Silence
from voices.errors import VoiceUnavailable

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from briefing.model import Script

HERE = "/desk/editions/demo/2023-06-09/morning"
HOSTILE = "</script><img src=x onerror=alert(1)>{{ 7*7 }}"


def shown(client: TestClient, address: str = HERE) -> dict[str, Any]:
    """What a page tells its scripts."""
    found = re.search(
        r'<script type="application/json" id="page">(.*?)</script>', client.get(address).text, re.DOTALL
    )
    assert found
    page: dict[str, Any] = json.loads(found[1])
    return page


def rewritten(desk: Desk, said: Script, author: str = "测试") -> None:
    """Save a script as the next revision."""
    context = desk.newsroom.show_context("demo")
    base = context.store.editions.find_standing(KEY).revision
    edition_decisions.save(context, KEY, script.dump(said), base=base, author=author)


def newest(desk: Desk) -> Script:
    """The newest script."""
    draft = desk.newsroom.store.scripts.newest_script(KEY)
    assert draft
    return script.parse(draft.text)


def test_today_says_where_each_edition_stands(desk: Desk) -> None:
    """Stage, time left, length, who saved last, and what happens by itself."""
    text = desk.signed_in("viewer").get("/desk/").text
    for told in (
        "2023年6月9日",
        "星期五",
        "05:40",
        "每日简报 早间",
        "待审",
        "07:00",
        "还有 1 小时 20 分",
        "第 1 版",
    ):
        assert told in text
    assert "没有人批准，07:00就照最新一版播出。" in text


def test_today_is_another_day_after_midnight(desk: Desk) -> None:
    """The day is the show's, and an edition that nobody began is there too."""
    desk.clock.now = datetime(2023, 6, 9, 16, 30, tzinfo=UTC)  # 00:30 on the 10th in Shanghai
    text = desk.signed_in("viewer").get("/desk/").text
    assert "2023年6月10日" in text
    assert "还没开始" in text


def test_an_edition_that_is_worked_on_says_so(desk: Desk) -> None:
    """The clock and the command line show no steps at the desk: Today and the script say that they are at it."""
    client, context = desk.signed_in("viewer"), desk.newsroom.show_context("demo")
    with lease.held(context.store, str(KEY), context.now):
        assert ["正在处理这一期" in client.get(page).text for page in ("/desk/", HERE)] == [True, True]
    assert ["正在处理这一期" in client.get(page).text for page in ("/desk/", HERE)] == [False, False]


def test_the_past_says_how_often_each_episode_was_fetched_where_the_newsroom_counts(desk: Desk) -> None:
    """All days together; without counting there is no column for it."""
    for day in (9, 9, 10):
        desk.newsroom.store.downloads.count_download("demo", "2023-06-09-morning", date(2023, 6, day))
    assert "下载" not in desk.signed_in("viewer").get("/desk/past").text
    described = desk.newsroom.config
    config = described.model_copy(update={"newsroom": described.newsroom.model_copy(update={"counts": True})})
    text = Desk(replace(desk.newsroom, config=config), desk.clock).signed_in("viewer").get("/desk/past").text
    assert '<th scope="col">下载</th>' in text
    assert '<td class="number">3</td>' in text


def test_the_script_page_tells_its_scripts_what_they_need(desk: Desk) -> None:
    """The script itself, its revision, who reads, how fast, how long it should be."""
    page = shown(desk.signed_in("editor"))
    assert (page["revision"], page["stage"], page["user"]) == (1, "drafted", PEOPLE["editor"])
    assert page["anchors"] == ["晓伊", "云希"]
    assert [one["id"] for one in page["script"]["segments"]] == [one.id for one in newest(desk).segments]
    assert page["path"] == "/api/v1/shows/demo/editions/2023-06-09/morning"
    assert (page["writable"], page["draft"]) == (True, None)
    assert [one["what"] for one in page["deeds"]] == ["approve", "hold"]


def test_who_only_looks_cannot_write(desk: Desk) -> None:
    """The page offers nothing that the API would refuse."""
    page = shown(desk.signed_in("viewer"))
    assert (page["writable"], page["deeds"]) == (False, [])


def test_hostile_text_is_text_on_every_page(desk: Desk) -> None:
    """Titles, sentences and authors of a hostile script come out escaped, in markup and in data."""
    said = newest(desk)
    story = said.segments[2]
    hostile = replace(story, title=HOSTILE, sentences=(Sentence(HOSTILE.replace("{{ 7*7 }}", "")),))
    segments = (*said.segments[:2], hostile, *said.segments[3:])
    rewritten(desk, replace(said, segments=segments), author=HOSTILE)
    client = desk.signed_in("chief")
    for address in ("/desk/", HERE, f"{HERE}/history", f"{HERE}/programme", "/desk/past", "/desk/log"):
        text = client.get(address).text
        assert "<img" not in text
        assert "49" not in re.findall(r"onerror=alert\(1\)(?:&gt;|>)(\S+)", text)
    assert html.escape(HOSTILE) in client.get(f"{HERE}/history").text
    assert shown(client)["script"]["segments"][2]["title"] == HOSTILE


def test_what_a_person_did_not_save_is_there_again(desk: Desk) -> None:
    """For that person only."""
    client = desk.signed_in("editor")
    said = shown(client)["script"]
    said["title"] = "写到一半"
    client.put(f"/desk{shown(client)['path']}/draft", json={"base": 1, "script": said})
    assert shown(client)["draft"]["script"]["title"] == "写到一半"
    assert shown(desk.signed_in("chief"))["draft"] is None


def test_what_was_taken_down_can_come_back(desk: Desk) -> None:
    """Segments of the revisions before are told, each as it was last."""
    said = newest(desk)
    rewritten(desk, replace(said, segments=(*said.segments[:3], *said.segments[4:])))
    segments = desk.signed_in("editor").get(f"{HERE}/earlier").json()["segments"]
    earlier = {one["id"]: one["title"] for one in segments}
    assert earlier[said.segments[3].id] == said.segments[3].title


def test_versions_are_listed_and_compared(desk: Desk) -> None:
    """The two newest by default; the older sentence struck, the newer one marked."""
    said = newest(desk)
    closing = said.segments[-1]
    other = replace(closing, sentences=(*closing.sentences[:-1], Sentence("明天见。")))
    rewritten(desk, replace(said, segments=(*said.segments[:-1], other)), author="王编辑")
    text = desk.signed_in("viewer").get(f"{HERE}/history").text
    assert "第 1 版 → 第 2 版" in text
    assert "王编辑" in text
    assert "<ins>" in text
    assert "data-restore" not in text
    assert 'data-restore="1"' in desk.signed_in("editor").get(f"{HERE}/history").text


def test_the_whole_programme_is_there_once_it_is_recorded(desk: Desk) -> None:
    """Before that the page says so; then with chapters, what is said, its picture, and a file that can be sought in."""
    client = desk.signed_in("viewer")
    assert "还没有录制" in client.get(f"{HERE}/programme").text
    assert client.get(f"{HERE}/programme.mp3").status_code == 404
    context = desk.newsroom.show_context("demo")
    edition_decisions.approve(context, KEY)
    stages.render(context, KEY, Silence())
    text = client.get(f"{HERE}/programme").text
    assert "已录制" in text
    assert text.count('class="passage"') == len(newest(desk).segments)
    assert html.escape(newest(desk).segments[0].sentences[0].text) in text
    part = client.get(f"{HERE}/programme.mp3", headers={"range": "bytes=0-99"})
    assert (part.status_code, len(part.content), part.headers["content-type"]) == (206, 100, "audio/mpeg")
    picture = client.get(f"{HERE}/programme.svg")
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert picture.text.startswith("<svg ")


def test_the_past_and_the_log(desk: Desk) -> None:
    """Everybody sees the past; the log is the chief's."""
    assert HERE in desk.signed_in("viewer").get("/desk/past").text
    assert desk.signed_in("editor").get("/desk/log").status_code == 403
    assert "登录" in desk.signed_in("chief").get("/desk/log").text


def test_readings_are_told_with_what_can_be_chosen(desk: Desk) -> None:
    """For many sentences at once."""
    client = desk.signed_in("viewer")
    answer = client.post("/desk/shows/demo/choices", json={"texts": ["重庆。", "重{x}"]}).json()["readings"]
    assert [one["say"] for one in answer[0]["choices"]] == ["chóng"]
    assert answer[1]["fault"]


def test_a_sentence_can_be_heard(desk: Desk) -> None:
    """As a WAV file; not by a request that another site made."""
    client = desk.signed_in("viewer")
    answer = client.post("/desk/shows/demo/speech", json={"anchor": "晓伊", "text": "早上好。"})
    assert (answer.status_code, answer.headers["content-type"], answer.content[:4]) == (
        200,
        "audio/wav",
        b"RIFF",
    )
    del client.headers["x-csrf-token"]
    forged = client.post("/desk/shows/demo/speech", json={"anchor": "晓伊", "text": "早上好。"})
    assert forged.status_code == 403


def test_an_article_of_the_day_is_told_in_a_few_sentences(desk: Desk) -> None:
    """As a segment that rests on it, not longer than a story of the show may be."""
    told = {name for one in newest(desk).segments for name in one.articles}
    article = next(
        one
        for one in desk.newsroom.store.articles.list_articles(KEY)
        if one.id not in told and len(one.text) > 200
    )
    segment = desk.signed_in("editor").post(f"{HERE}/articles/{article.id}/told").json()
    assert segment["articles"] == [article.id]
    assert segment["kind"] == "story"
    assert 0 < len("".join(one["text"] for one in segment["sentences"])) < len(article.text)
    assert all(one["rests_on"] for one in segment["sentences"])


@pytest.mark.parametrize(
    "address",
    [
        "/desk/editions/none/2023-06-09/morning",
        "/desk/editions/demo/2023-02-31/morning",
        "/desk/editions/demo/2023-06-09/noon",
    ],
)
def test_an_edition_that_cannot_be_is_not_found(desk: Desk, address: str) -> None:
    """A page says so."""
    answer = desk.signed_in("viewer").get(address)
    assert answer.status_code == 404
    assert "回到今天" in answer.text


def test_what_needs_a_person_is_found_anew_for_each_revision(desk: Desk) -> None:
    """A claim that no source bears out is told with its place; without the segment it is gone."""
    said = newest(desk)
    story = said.segments[2]
    wrong = replace(story, sentences=(Sentence("活动吸引了98765人参加。"),))
    rewritten(desk, replace(said, segments=(*said.segments[:2], wrong, *said.segments[3:])))
    client = desk.signed_in("viewer")
    told = client.get(f"{HERE}/needs").text
    assert "98765" in told
    assert f'data-segment="{story.id}"' in told
    rewritten(desk, said)
    assert "98765" not in client.get(f"{HERE}/needs").text


@pytest.mark.parametrize(
    ("route", "body", "status", "sentence"),
    [
        (f"{HERE}/articles/gone/told", None, 404, "6月9日早间的稿件里已经没有这一篇；请重新打开稿件列表。"),
        (
            "/desk/shows/demo/speech",
            {"anchor": "晓伊", "text": "……"},
            422,
            "这一句没有可念的字；请写几个字。",
        ),
        ("/desk/shows/demo/choices", {"texts": []}, 422, "请求里“句子”至少要有 1 项。"),
        (f"{HERE}/nowhere", {}, 404, "没有这个地址，可能已被移走；请回到今天。"),
    ],
)
def test_a_refusal_that_a_script_asked_for_is_json_with_its_own_sentence(
    desk: Desk, route: str, body: dict[str, object] | None, status: int, sentence: str
) -> None:
    """Seen: 别人刚刚改过 for an article that is gone, since the page could not read the answer."""
    answer = desk.signed_in("editor").post(route, json=body, headers={"accept": "application/json"})
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["sentence"]) == (status, sentence)


def test_a_voice_that_fails_is_told_as_a_voice_that_fails(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen: 连不上服务器 for a voice's 503."""

    def refuse(*_: object) -> None:
        raise VoiceUnavailable("the voice service has a fault (status 503) (5 tries)")

    monkeypatch.setattr("briefing.desk.editing.preview.stream_wav", refuse)
    body = {"anchor": "晓伊", "text": "早上好。"}
    answer = desk.signed_in("viewer").post(
        "/desk/shows/demo/speech", json=body, headers={"accept": "application/json"}
    )
    assert (answer.status_code, answer.json()["sentence"]) == (
        503,
        "语音服务自己出错（503）；稍后会再试。",
    )
    assert answer.json()["detail"] == "the voice service has a fault (status 503) (5 tries)"
