"""The API as newsroom systems and the desk's pages use it: what a morning asks of it, and what hostile input gets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from briefing.desk.auth import user_accounts
from briefing.editions import edition_decisions, lease
from briefing.editorial import script
from briefing.editorial.rundown import SPEAKING_RATE
from tests.briefing.desk.conftest import HERE, KEY, PASSWORD, PEOPLE, approved, entered
from voices.model import Cue, Millis, Recording

if TYPE_CHECKING:
    import httpx2
    from fastapi.testclient import TestClient

    from tests.briefing.desk.conftest import Desk

API = "/desk/api/v1"
AT = f"{API}/shows/demo/editions/2023-06-09/morning"
NASTY = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>\u202e{{7*7}}"
"""Text that must never be more than text."""


def got(client: TestClient, path: str) -> Any:  # noqa: ANN401 - whatever the API gives
    """The answer to GET, which must succeed."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def edited(found: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    """A script in which a word of a sentence is another one."""
    assert old in json.dumps(found, ensure_ascii=False)
    made: dict[str, Any] = json.loads(json.dumps(found, ensure_ascii=False).replace(old, new))
    return made


def problem(answer: httpx2.Response) -> tuple[int, str]:
    """Status and sentence of a refusal, which has the one shape of all."""
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert {"type", "title", "status", "detail"} <= set(body)
    assert "\n" not in body["detail"]
    return body["status"], body["detail"]


def test_an_edition_at_a_glance(desk: Desk) -> None:
    """Its stage, what the clock will do and when, its length, and what needs a person."""
    found = got(desk.signed_in("viewer"), f"{API}/today")
    assert [(one["show"], one["day"], one["edition"], one["stage"]) for one in found] == [
        ("demo", "2023-06-09", "morning", "drafted")
    ]
    assert (found[0]["publishes"], found[0]["renders"]) == (
        "2023-06-09T07:00:00+08:00",
        "2023-06-09T06:40:00+08:00",
    )
    assert found[0]["seconds_left"] == 80 * 60
    assert found[0]["holds"] is False
    assert found[0]["next"]["act"] == "refresh"
    assert found[0]["target"] == pytest.approx(60)
    assert found[0]["revision"] == 1
    assert got(desk.signed_in("viewer"), AT) == found[0]


def test_a_length_is_at_the_pace_of_what_was_recorded_last(desk: Desk) -> None:
    """A server that runs for weeks measures again with each recording."""
    client, texts = desk.signed_in("editor"), {"texts": ["早上好早上好。"]}
    before = client.post(f"{API}/shows/demo/readings", json=texts).json()[0]["seconds"]
    context = desk.newsroom.show_context("demo")
    edition_decisions.approve(context, KEY, 1)
    said = Cue("晓伊", "早上好。", Millis(0), Millis(1500))
    path = desk.newsroom.folder / "recordings" / "a.mp3"
    context.store.recordings.save_recording(
        KEY, 1, Recording(path, 17, Millis(1500), -16.0, -1.5, (), (said,))
    )
    after = client.post(f"{API}/shows/demo/readings", json=texts).json()[0]["seconds"]
    assert after - before == pytest.approx(6 / 2 - 6 / SPEAKING_RATE)
    assert desk.newsroom.show_context("demo").settings.total == 120


def test_an_edition_that_is_worked_on_is_busy(desk: Desk) -> None:
    """Whoever does it: the clock, the command line, another server."""
    client = desk.signed_in("viewer")
    context = desk.newsroom.show_context("demo")
    with lease.held(context.store, str(KEY), context.now):
        assert got(client, AT)["busy"] is True
    assert got(client, AT)["busy"] is False


def test_a_script_is_read_and_written_with_its_revision(desk: Desk) -> None:
    """What was saved is the next revision, by the person's name, in the store and in the text file alike."""
    client = desk.signed_in("editor")
    found = got(client, f"{AT}/script")
    assert (found["revision"], found["author"], found["file_trouble"]) == (1, "每日简报", "")
    changed = edited(found["script"], "播送完了", "感谢您今天的收听")
    saved = client.put(f"{AT}/script", json={"base": 1, "script": changed})
    assert (saved.status_code, saved.json()["revision"], saved.json()["author"]) == (200, 2, PEOPLE["editor"])
    context = desk.newsroom.show_context("demo")
    newest = context.store.scripts.newest_script(KEY)
    assert newest
    assert newest.text == context.script_file(KEY, 2).read_text(encoding="utf-8")
    assert "感谢您今天的收听" in newest.text
    assert [one["revision"] for one in got(client, f"{AT}/revisions")] == [2, 1]
    assert got(client, f"{AT}/revisions/1")["script"] == found["script"]


def test_what_the_text_file_says_shows_at_the_desk(desk: Desk) -> None:
    """Neither way is the better one: the file is taken over, and one that is wrong is told and left alone."""
    client = desk.signed_in("editor")
    context = desk.newsroom.show_context("demo")
    path = context.script_file(KEY, 1)
    path.write_text(path.read_text(encoding="utf-8").replace("播送完了", "谢谢"), encoding="utf-8")
    found = got(client, f"{AT}/script")
    assert (found["revision"], found["author"]) == (2, "script file")
    assert "谢谢" in json.dumps(found, ensure_ascii=False)
    newest = context.script_file(KEY, 2)
    spoiled = newest.read_text(encoding="utf-8").replace("| 开场 |", "| 开厂 |")
    newest.write_text(spoiled, encoding="utf-8")
    again = got(client, f"{AT}/script")
    assert again["revision"] == 2
    assert "开厂" in again["file_trouble"]
    assert newest.read_text(encoding="utf-8") == spoiled


@pytest.mark.parametrize("way", ["save", "restore"])
def test_what_somebody_wrote_into_the_text_file_meanwhile_is_not_passed_over(desk: Desk, way: str) -> None:
    """The file is the second person: a page that was opened before gets both versions, whatever it wants to save."""
    client = desk.signed_in("editor")
    read = got(client, f"{AT}/script")["script"]
    context = desk.newsroom.show_context("demo")
    path = context.script_file(KEY, 1)
    path.write_text(path.read_text(encoding="utf-8").replace("播送完了", "谢谢"), encoding="utf-8")
    late = (
        client.put(f"{AT}/script", json={"base": 1, "script": edited(read, "欢迎收听", "您正在收听")})
        if way == "save"
        else client.post(f"{AT}/revisions/1/restore", json={"base": 1})
    )
    assert problem(late)[0] == 409
    body = late.json()
    assert (body["newest"]["revision"], body["newest"]["author"], body["conflicts"]) == (2, "script file", [])
    assert "谢谢" in json.dumps(body["merged"], ensure_ascii=False)


def test_a_new_draft_keeps_what_was_written_into_the_text_file(desk: Desk) -> None:
    """It is a revision of its own, which can be read and restored."""
    client = desk.signed_in("editor")
    context = desk.newsroom.show_context("demo")
    path = context.script_file(KEY, 1)
    path.write_text(path.read_text(encoding="utf-8").replace("播送完了", "谢谢"), encoding="utf-8")
    assert client.post(f"{AT}/compose").status_code == 202
    assert "谢谢" in json.dumps(got(client, f"{AT}/revisions/2"), ensure_ascii=False)


def test_a_save_that_comes_too_late_gets_both_versions_and_what_they_make(desk: Desk) -> None:
    """Nothing is overwritten; where the changes do not overlap, the proposal can be saved as it is."""
    first, second = desk.signed_in("editor"), desk.signed_in("chief")
    read = got(first, f"{AT}/script")["script"]
    first.put(f"{AT}/script", json={"base": 1, "script": edited(read, "播送完了", "谢谢")})
    mine = edited(read, "欢迎收听", "您正在收听")
    late = second.put(f"{AT}/script", json={"base": 1, "script": mine})
    status, sentence = problem(late)
    assert (status, late.json()["title"]) == (409, "别人已经改过这份稿子")
    assert "is at revision 2, the change was made to revision 1" in sentence
    assert late.json()["newest"]["revision"] == 2
    assert late.json()["mine"] == mine
    assert late.json()["conflicts"] == []
    both = edited(mine, "播送完了", "谢谢")
    assert late.json()["merged"] == both
    saved = second.put(f"{AT}/script", json={"base": 2, "script": late.json()["merged"]})
    assert (saved.status_code, saved.json()["revision"], saved.json()["script"]) == (200, 3, both)


def test_the_same_words_changed_twice_are_a_conflict(desk: Desk) -> None:
    """Both versions are shown; the one that is saved stays until a person decides."""
    first, second = desk.signed_in("editor"), desk.signed_in("chief")
    read = got(first, f"{AT}/script")["script"]
    first.put(f"{AT}/script", json={"base": 1, "script": edited(read, "播送完了", "谢谢")})
    late = second.put(f"{AT}/script", json={"base": 1, "script": edited(read, "播送完了", "再见")})
    (conflict,) = late.json()["conflicts"]
    assert conflict["what"] == "sentences"
    assert ["播送完了" in line for line in conflict["base"]] == [True]
    assert (
        ["再见" in line for line in conflict["mine"]]
        == ["谢谢" in line for line in conflict["theirs"]]
        == [True]
    )
    assert late.json()["merged"] == late.json()["newest"]["script"]


def test_an_older_revision_is_compared_and_restored(desk: Desk) -> None:
    """A restored one is a revision of its own, so that nothing is ever undone for good."""
    client = desk.signed_in("editor")
    read = got(client, f"{AT}/script")["script"]
    client.put(f"{AT}/script", json={"base": 1, "script": edited(read, "播送完了", "谢谢")})
    changes = got(client, f"{AT}/revisions/2/changes?since=1")
    (changed,) = [one for one in changes if one["how"] != "same"]
    (line,) = [pieces for pieces in changed["lines"] if len(pieces) > 1]
    assert "".join(piece["text"] for piece in line if piece["how"] != "ins").endswith(
        "播送完了，下次节目再会。"
    )
    assert "".join(piece["text"] for piece in line if piece["how"] != "del").endswith("谢谢，下次节目再会。")
    late = client.post(f"{AT}/revisions/1/restore", json={"base": 1})
    assert problem(late)[0] == 409
    restored = client.post(f"{AT}/revisions/1/restore", json={"base": 2})
    assert (restored.json()["revision"], restored.json()["script"]) == (3, read)
    assert problem(client.get(f"{AT}/revisions/9")) == (404, f"{KEY} has no revision 9 of its script")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"segments": []}, "the script has no segment; keep at least one"),
        ({"anchor": "谁"}, "is read by '谁', who is no anchor here; name one of 晓伊、云希"),
        ({"sentences": []}, "says nothing; write a sentence or drop it"),
        ({"sentences": [{"text": "。"}]}, "has a sentence with no word in it; write one or remove it"),
        ({"sentences": [{"text": "重{chóng庆。"}]}, "is no mark"),
        ({"id": " "}, "has the id ' '; give each segment one of its own"),
        ({"kind": "weather"}, "input should be"),
        ({"colour": "red"}, "extra inputs are not permitted"),
    ],
)
def test_a_script_that_cannot_be_spoken_is_refused_whole(
    desk: Desk, change: dict[str, Any], reason: str
) -> None:
    """One sentence says which segment and what to do; the newest revision stays the newest."""
    client = desk.signed_in("editor")
    found = got(client, f"{AT}/script")["script"]
    if "segments" in change:
        found |= change
    else:
        found["segments"][1] |= change
    status, sentence = problem(client.put(f"{AT}/script", json={"base": 1, "script": found}))
    assert status == 422
    assert reason in sentence
    assert got(client, f"{AT}/script")["revision"] == 1


def test_what_is_not_saved_is_kept_for_its_writer_alone(desk: Desk) -> None:
    """It waits for the next login, half-written sentences and all, and is gone when a revision is made of it."""
    client = desk.signed_in("editor")
    assert problem(client.get(f"{AT}/draft"))[0] == 404
    read = got(client, f"{AT}/script")["script"]
    half = edited(read, "播送完了，下次节目再会。", "")
    kept = client.put(f"{AT}/draft", json={"base": 1, "script": half})
    assert kept.status_code == 200
    assert desk.signed_in("chief").get(f"{AT}/draft").status_code == 404
    again = desk.signed_in("editor")
    assert got(again, f"{AT}/draft") == {"base": 1, "script": half, "saved": "2023-06-08T21:40:00Z"}
    assert got(again, f"{AT}/script")["revision"] == 1
    again.put(f"{AT}/script", json={"base": 1, "script": edited(read, "播送完了", "谢谢")})
    assert again.get(f"{AT}/draft").status_code == 404
    client.put(f"{AT}/draft", json={"base": 2, "script": half})
    assert client.delete(f"{AT}/draft").status_code == 204
    assert client.get(f"{AT}/draft").status_code == 404


def test_only_what_was_read_is_approved(desk: Desk) -> None:
    """An editor approves a revision; one that has changed since, in the file too, is not approved with it."""
    client = desk.signed_in("editor")
    assert approved(client).json()["stage"] == "approved"
    context = desk.newsroom.show_context("demo")
    path = context.script_file(KEY, 1)
    path.write_text(path.read_text(encoding="utf-8").replace("播送完了", "谢谢"), encoding="utf-8")
    late = approved(client)
    assert problem(late) == (409, f"the script of {KEY} is at revision 2, not 1; read it before you decide")
    assert got(client, AT)["stage"] == "drafted"
    edition_decisions.approve(context, KEY)
    assert got(client, AT)["stage"] == "approved"


def test_an_edition_is_held_and_released(desk: Desk) -> None:
    """What is released waits for approval again; what is not held cannot be released."""
    client = desk.signed_in("editor")
    assert problem(client.post(f"{AT}/release")) == (
        409,
        f"{KEY} is drafted, not held; there is nothing to release",
    )
    assert client.post(f"{AT}/hold").json()["stage"] == "held"
    assert client.post(f"{AT}/release").json()["stage"] == "drafted"


def test_an_article_that_is_pushed_is_in_the_pool_at_once(desk: Desk) -> None:
    """A newsroom system needs a token with one scope and one request; sending it again replaces it."""
    secret = user_accounts.add_token(desk.newsroom.store, "cms", ["articles:write"], desk.clock())
    program = desk.client()
    program.headers["authorization"] = f"Bearer {secret}"
    body = {
        "title": f"新桥通车{NASTY}",
        "text": f"第一段。\n\n{NASTY}\n第三段。",
        "source": "编辑部",
        "url": "https://news.example/1",
        "published": "2023-06-09T05:30:00",
    }
    pushed = program.post(f"{API}/shows/demo/articles", json=body)
    assert pushed.status_code == 201
    assert pushed.json()["published"] == "2023-06-09T05:30:00+08:00"
    assert pushed.json()["paragraphs"] == ["第一段。", NASTY.replace("\u202e", ""), "第三段。"]
    assert program.post(f"{API}/shows/demo/articles", json=body).json()["id"] == pushed.json()["id"]
    client = desk.signed_in("viewer")
    title = f"新桥通车{NASTY}".replace("\u202e", "")
    found = [one for one in got(client, f"{AT}/articles") if one["id"] == pushed.json()["id"]]
    assert [(one["title"], one["used_in"]) for one in found] == [(title, [])]
    listed = got(client, f"{AT}/rundown")
    everywhere = [one["title"] for one in listed["stories"] + listed["dropped"]]
    assert title in everywhere
    assert ("cms", "add article") in [
        (one["who"], one["what"]) for one in got(desk.signed_in("chief"), f"{API}/audit")
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"url": "javascript:alert(1)"}, "string should match pattern"),
        ({"url": "file:///etc/passwd"}, "string should match pattern"),
        ({"url": "https://a.example/\r\nX: y"}, "string should match pattern"),
        ({"text": " \n "}, "the article has no text; send its paragraphs, one a line"),
        ({"title": ""}, "string should have at least 1 character"),
        ({"published": "0001-01-01T00:00:00+14:00"}, "the article is of 1"),
        ({"title": "\ud800"}, "valid"),
        ({"extra": 1}, "extra inputs are not permitted"),
    ],
)
def test_an_article_that_cannot_be_used_is_refused_whole(
    desk: Desk, change: dict[str, Any], reason: str
) -> None:
    """No address that a browser would run, no text that is none."""
    client = desk.signed_in("editor")
    body = json.dumps({"title": "新桥通车", "text": "新桥今天通车。"} | change)
    headers = {"content-type": "application/json"}
    status, sentence = problem(client.post(f"{API}/shows/demo/articles", content=body, headers=headers))
    assert status == 422
    assert reason in sentence


def test_sentences_are_read_and_words_are_learnt(desk: Desk) -> None:
    """Spoken form, pinyin and doubt; a word that is added counts from the next sentence on, also by the command line."""
    client = desk.signed_in("editor")
    (said,) = client.post(
        f"{API}/shows/demo/readings", json={"texts": ["单志远2023年来重{chóng}庆。"]}
    ).json()
    assert said["spoken"] == "单志远二零二三年来重庆。"
    assert said["pinyin"][-2:] == ["chong2", "qing4"]
    assert said["seconds"] > 2
    added = client.post(f"{API}/lexicon", json={"word": "单志远", "pinyin": "chan2 zhi4 yuan3"})
    assert added.status_code == 201
    (again,) = client.post(f"{API}/shows/demo/readings", json={"texts": ["单志远来了。"]}).json()
    assert again["pinyin"][:3] == ["chan2", "zhi4", "yuan3"]
    assert [one["word"] for one in got(client, f"{API}/lexicon")] == ["单志远"]
    (wrong,) = client.post(f"{API}/shows/demo/readings", json={"texts": ["重{x}庆"]}).json()
    assert "is no mark" in wrong["trouble"]
    bad = client.post(f"{API}/lexicon", json={"word": "单志远", "pinyin": "chan2"})
    assert problem(bad) == (422, "lexicon: '单志远' has 3 Han characters but 1 syllables")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/shows/dmeo/editions", 404),
        ("/shows/demo/editions/2023-06-09/evening", 404),
        ("/shows/demo/editions/2023-02-30/morning", 404),
        ("/shows/demo/editions/yesterday/morning", 422),
        ("/shows/..%2f..%2fetc/editions", 404),
        ("/shows/demo/editions/2023-06-09/..%2f..%2fmorning/script", 404),
        ("/shows/demo%00/editions", 422),
        ("/shows/demo%0d%0aX-Evil:1/editions", 422),
        ("/nothing", 404),
    ],
)
def test_an_address_of_nothing_is_a_problem(desk: Desk, path: str, status: int) -> None:
    """Whatever stands in it, it leads to no file and no other route, and makes no header."""
    answer = desk.signed_in("chief").get(f"{API}{path}")
    assert problem(answer)[0] == status
    assert "x-evil" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/desk/static/../app.py", "/desk/static/..%2fapp.py", "/desk/static/%2e%2e/people.py"]
)
def test_nothing_but_what_is_meant_for_browsers_is_served(desk: Desk, path: str) -> None:
    """The folder of static files ends at its edge."""
    assert desk.client().get(path).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:8000.evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"x-csrf-token": ""},
        {"x-csrf-token": "0" * 64},
        {"x-csrf-token": "ä" * 64},
    ],
)
def test_a_request_that_our_page_did_not_send_changes_nothing(desk: Desk, headers: dict[str, str]) -> None:
    """Forged by another site, with or without the proof; reading is harmless."""
    client = desk.signed_in("editor")
    encoded = {name.encode(): value.encode() for name, value in headers.items()}
    refused = client.post(f"{AT}/hold", headers=encoded)
    assert problem(refused)[0] == 403
    assert got(client, AT)["stage"] == "drafted"
    assert (
        client.post(f"{AT}/hold", headers={"origin": HERE, "sec-fetch-site": "same-origin"}).status_code
        == 200
    )


def test_the_proof_of_one_session_is_none_in_another(desk: Desk) -> None:
    """Also when both are of one person."""
    first, second = desk.signed_in("editor"), desk.signed_in("editor")
    second.headers["x-csrf-token"] = first.headers["x-csrf-token"]
    assert second.post(f"{AT}/hold").status_code == 403


def test_headers_of_proxies_count_only_behind_one(desk: Desk) -> None:
    """Who asks, by what name and by which protocol is not for the client to say."""
    client = desk.client()
    told = {"x-forwarded-for": "10.0.0.1", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https"}
    client.headers.update(told)
    assert entered(client, PEOPLE["editor"], "wrong") == 401
    assert entered(client, PEOPLE["editor"], PASSWORD) == 303
    assert {one.place for one in desk.newsroom.store.desk.list_entries(2)} == {"testclient"}
    answer = client.get("/desk/login")
    assert answer.headers["location"] == "/desk/"


def test_more_than_a_programme_is_not_read_at_once(desk: Desk) -> None:
    """Many sentences within their limit are refused together, before any is read."""
    client, many = desk.signed_in("viewer"), ["和" * 100] * 201
    refused = client.post(f"{API}/shows/demo/readings", json={"texts": many})
    told = "`body.texts`: value error, 20100 characters are too many at once; ask for 20000 at most"
    assert (refused.status_code, refused.json()["detail"]) == (422, told)
    assert client.post("/desk/shows/demo/choices", json={"texts": many}).status_code == 422


def test_a_sentence_that_never_ends_is_neither_read_nor_saved(desk: Desk) -> None:
    """Reading takes time with the square of the length: nobody stops the desk with one of thousands of characters."""
    client, endless = desk.signed_in("editor"), "和" * 601
    [read] = client.post(f"{API}/shows/demo/readings", json={"texts": [endless]}).json()
    assert read["trouble"] == "the sentence has 601 characters; split it below 600"
    chosen = client.post("/desk/shows/demo/choices", json={"texts": [endless]}).json()["readings"]
    assert [one["fault"] for one in chosen] == ["这一句太长，请拆成600字以内的几句"]
    found = got(client, f"{AT}/script")["script"]
    found["segments"][0]["sentences"][0]["text"] = endless
    status, sentence = problem(client.put(f"{AT}/script", json={"base": 1, "script": found}))
    assert (status, "has a sentence of 601 characters" in sentence) == (422, True)


def test_too_much_is_not_even_read(desk: Desk) -> None:
    """A body beyond four megabytes, or JSON as deep as a well, is refused."""
    client = desk.signed_in("editor")
    headers = {"content-type": "application/json"}
    much = client.put(f"{AT}/script", content=b" " * (4 * 1024 * 1024 + 1), headers=headers)
    assert much.status_code == 413
    assert much.headers["x-content-type-options"] == "nosniff"
    assert problem(much) == (413, "the request is larger than 4 MB; send less at once")
    deep = client.put(f"{AT}/script", content=b"[" * 200_000, headers=headers)
    assert problem(deep)[0] in {400, 422}


def test_hostile_text_stays_text_from_the_page_to_the_air(desk: Desk) -> None:
    """Markup, quotes, bidi marks and template braces come back as they were written, in the API and in the file."""
    client = desk.signed_in("editor")
    found = got(client, f"{AT}/script")["script"]
    hostile = "<script>alert(1)</script>“x”&<img src=x onerror=alert(1)>\u202e好"
    found["segments"][1]["title"] = hostile
    found["segments"][1]["sentences"][0] = {"text": hostile, "rests_on": [hostile], "anchor": ""}
    saved = client.put(f"{AT}/script", json={"base": 1, "script": found})
    assert saved.json()["script"] == found
    newest = desk.newsroom.store.scripts.newest_script(KEY)
    assert newest
    assert script.parse(newest.text).segments[1].title == hostile
    assert "\u202e" not in newest.text
