"""The checker of what stands beside the feed: transcripts, chapters, what speakers fetch. One fault, one finding."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed.checker import check_feed, detect
from feed.errors import InvalidFeed
from feed.rss import json_chapters, transcript

if TYPE_CHECKING:
    from feed.model import Episode

NOW = datetime(2026, 3, 3, 0, 0, tzinfo=UTC)

GOOD = {
    "vtt": """WEBVTT

NOTE made up

1
00:00.400 --> 00:07.500
<v 晓伊>早上好，欢迎收听。

00:00:08.250 --> 00:00:49.000 align:start
<v 云希>新桥今天通车，1 &lt; 2。
""",
    "srt": """1
00:00:00,400 --> 00:00:07,500
早上好，
欢迎收听。

2
00:00:08,250 --> 00:00:49,000
新桥今天通车。
""",
    "transcript": json.dumps(
        {
            "version": "1.0.0",
            "segments": [
                {"speaker": "晓伊", "startTime": 0.4, "endTime": 7.5, "body": "早上好。"},
                {"speaker": "云希", "startTime": 8.25, "endTime": 49.0, "body": "新桥今天通车。"},
            ],
        },
        ensure_ascii=False,
        indent=1,
    ),
    "chapters": json.dumps(
        {
            "version": "1.2.0",
            "chapters": [
                {"startTime": 0, "title": "开场"},
                {"startTime": 8.25, "title": "新桥通车", "url": "https://example.com/a", "endTime": 49},
                {"startTime": 50, "title": "尾声", "location": {"name": "渝中", "geo": "geo:29.5,106.5"}},
            ],
        },
        ensure_ascii=False,
        indent=1,
    ),
    "alexa": json.dumps(
        [
            {
                "uid": f"urn:uuid:{day}",
                "updateDate": f"2026-03-0{day}T23:00:00Z",
                "titleText": f"第{day}天",
                "mainText": "",
                "streamUrl": f"https://example.com/{day}.mp3",
                "redirectionUrl": f"https://example.com/{day}.html",
            }
            for day in (2, 1)
        ],
        ensure_ascii=False,
        indent=1,
    ),
    "dingdang": json.dumps(
        [
            {
                "guid": f"g{day}",
                "category": "综合",
                "pubDate": f"2026-03-0{day}T23:00:00Z",
                "title": f"第{day}天",
                "description": "新桥通车。",
                "streamUrl": f"https://example.com/{day}.mp3",
            }
            for day in (2, 1)
        ],
        ensure_ascii=False,
        indent=1,
    ),
    "iflyos": json.dumps(
        [
            {
                "id": f"g{day}",
                "pubDate": f"2026-03-0{day}T07:00:00+08:00",
                "invalidDate": f"2026-03-0{day}T23:59:59+08:00",
                "title": f"第{day}天",
                "sourceName": "每日简报",
                "language": "ch",
                "streamUrl": f"https://example.com/{day}.mp3",
            }
            for day in (2, 1)
        ],
        ensure_ascii=False,
        indent=1,
    ),
    "xiaomusic": json.dumps(
        [{"name": "每日简报", "musics": [{"name": "第一天", "url": "http://192.168.1.2/a.mp3"}]}],
        ensure_ascii=False,
        indent=1,
    ),
    "latest": json.dumps(
        {
            "show": "每日简报",
            "episode": {"audio": {"url": "https://example.com/a.mp3", "bytes": 5, "seconds": 6}},
        },
        ensure_ascii=False,
        indent=1,
    ),
    "m3u": "#EXTM3U\n#EXTINF:61,第一天\nhttps://example.com/a.mp3\n",
}
"""A file without a fault of each kind, made up."""

RSS = """<rss version="2.0"><channel><title>每日简报</title><ttl>600</ttl>
<item><guid isPermaLink="false">g1</guid><title>第一天</title><description>新桥通车。</description>
<enclosure url="https://example.com/a.mp3" length="40000" type="audio/mpeg"/></item>
</channel></rss>"""

FAULTS = [
    ("vtt", "vtt-header", "WEBVTT", "WEBVT", 1),
    ("vtt", "vtt-time", "00:00:08.250", "00:00:08,250", 9),
    ("vtt", "vtt-span", "00:07.500", "00:00.400", 6),
    ("vtt", "vtt-order", "00:00:08.250", "00:00:00.250", 9),
    ("vtt", "vtt-overlap", "00:00:08.250", "00:00:07.250", 9),
    ("vtt", "vtt-text", "<v 晓伊>早上好，欢迎收听。\n", "", 6),
    ("vtt", "vtt-markup", "&lt;", "<", 10),
    ("vtt", "vtt-markup", "新桥今天", "新桥-->今天", 10),
    ("vtt", "vtt-line", "新桥今天", "新桥今天" * 20, 10),
    ("srt", "srt-block", "00:00:08,250", "00:00:08.250", 6),
    ("srt", "srt-block", "2\n", "二\n", 6),
    ("srt", "srt-span", "00:00:07,500", "00:00:00,400", 2),
    ("srt", "srt-order", "00:00:08,250", "00:00:00,250", 7),
    ("srt", "srt-overlap", "00:00:08,250", "00:00:07,250", 7),
    ("srt", "srt-line", "早上好，", "早上好，\n早上好，", 2),
    ("srt", "srt-line", "新桥今天", "新桥今天" * 9, 7),
    ("srt", "srt-text", "早上好，\n欢迎收听。\n", "", 2),
    ("transcript", "transcript-version", '"version"', '"v"', 0),
    ("transcript", "transcript-time", "49.0", "4.0", 10),
    ("transcript", "transcript-time", '"startTime": 0.4', '"startTime": "0.4"', 4),
    ("transcript", "transcript-body", "早上好。", " ", 4),
    ("transcript", "transcript-speaker", "云希", "", 10),
    ("transcript", "transcript-order", "8.25", "0.25", 10),
    ("transcript", "json", "}", "", 10),
    ("chapters", "chapters-version", "1.2.0", "2", 0),
    ("chapters", "chapters-start", '"startTime": 50', '"startTime": "50"', 14),
    ("chapters", "chapters-span", '"endTime": 49', '"endTime": 8', 8),
    ("chapters", "chapters-title", "新桥通车", "", 8),
    ("chapters", "chapters-link", "https://example.com/a", "javascript:x()", 8),
    ("chapters", "chapters-location", '"geo"', '"place"', 14),
    ("chapters", "chapters-order", '"startTime": 50', '"startTime": 5', 14),
    ("chapters", "chapters-first", '"startTime": 0', '"startTime": 1', 4),
    ("chapters", "json", '"chapters"', '"parts"', 0),
    ("alexa", "alexa-guid", "urn:uuid:1", "", 10),
    ("alexa", "alexa-repeated", "urn:uuid:1", "urn:uuid:2", 10),
    ("alexa", "alexa-title", "第2天", "", 2),
    ("alexa", "alexa-long", "第2天", "长" * 256, 2),
    ("alexa", "alexa-long", '"mainText": ""', f'"mainText": "{"长" * 4501}"', 2),
    ("alexa", "alexa-markup", '"mainText": ""', '"mainText": "<speak>早</speak>"', 2),
    ("alexa", "alexa-text", '"mainText"', '"text"', 2),
    ("alexa", "alexa-date", "2026-03-02T23:00:00Z", "2026-03-03T07:00:00+08:00", 2),
    ("alexa", "alexa-date", "2026-03-02T23:00:00Z", "2026-03-32T23:00:00Z", 2),
    ("alexa", "alexa-future", "2026-03-02T23:00:00Z", "2026-03-03T00:00:01Z", 2),
    ("alexa", "alexa-order", "2026-03-02", "2026-02-28", 10),
    ("alexa", "alexa-https", "https://example.com/2.mp3", "http://example.com/2.mp3", 2),
    ("alexa", "alexa-url", "https://example.com/2.mp3", "https://example.com/要闻.mp3", 2),
    ("alexa", "alexa-link", "https://example.com/2.html", "2.html", 2),
    ("dingdang", "dingdang-category", "综合", "新闻", 2),
    ("dingdang", "dingdang-long", "第2天", "长" * 101, 2),
    ("dingdang", "dingdang-long", "新桥通车。", "长" * 501, 2),
    ("dingdang", "dingdang-title", "第2天", "", 2),
    ("dingdang", "dingdang-guid", "g2", "", 2),
    ("dingdang", "dingdang-date", "2026-03-02T23:00:00Z", "昨天", 2),
    ("dingdang", "dingdang-https", "https://example.com/2.mp3", "http://example.com/2.mp3", 2),
    ("dingdang", "dingdang-markup", "新桥通车。", "<b>新桥</b>通车。", 2),
    ("iflyos", "iflyos-long", "第2天", "长" * 31, 2),
    ("iflyos", "iflyos-expiry", "2026-03-02T23:59:59+08:00", "2026-03-02T06:59:59+08:00", 2),
    ("iflyos", "iflyos-expiry", "2026-03-02T23:59:59+08:00", "晚上", 2),
    ("iflyos", "iflyos-language", '"ch"', '"zh-cn"', 2),
    ("iflyos", "iflyos-empty", '"streamUrl"', '"url"', 2),
    ("iflyos", "iflyos-order", "2026-03-02T07", "2026-02-27T07", 11),
    ("xiaomusic", "xiaomusic-list", '"musics"', '"songs"', 2),
    ("xiaomusic", "xiaomusic-name", "第一天", "", 2),
    ("xiaomusic", "xiaomusic-url", "http://192.168.1.2/a.mp3", "a.mp3", 2),
    ("xiaomusic", "xiaomusic-long", "a.mp3", f"{'a' * 240}.mp3", 2),
    ("latest", "latest-audio", '"audio"', '"sound"', 0),
    ("latest", "latest-url", "https://example.com/a.mp3", "a.mp3", 0),
    ("latest", "latest-length", '"bytes": 5', '"bytes": 0', 0),
    ("m3u", "m3u-header", "#EXTM3U\n", "", 1),
    ("m3u", "m3u-url", "https://example.com/a.mp3", "a.mp3", 3),
    ("m3u", "m3u-info", "#EXTINF:61", "#EXTINF:一分钟", 2),
]
"""Kind, rule, what is replaced by what, and the line that the finding names."""


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_file_is_recognised_and_has_no_finding(kind: str) -> None:
    """Nothing is found where nothing is wrong; what it is, is seen in it."""
    data = GOOD[kind].encode()
    assert detect.detect_kind(data) == kind
    assert check_feed.check_file(data, kind, now=NOW) == ()


@pytest.mark.parametrize(("kind", "rule", "old", "new", "line"), FAULTS)
def test_one_fault_is_one_finding(kind: str, rule: str, old: str, new: str, line: int) -> None:
    """Each breach is named by its rule, with the line of what is wrong."""
    assert old in GOOD[kind]
    found = check_feed.check_file(GOOD[kind].replace(old, new, 1).encode(), kind, now=NOW)
    assert [(one.rule, one.line) for one in found] == [(rule, line)]


def test_texts_and_sounds_are_not_mixed() -> None:
    """Alexa takes a feed of the one or of the other."""
    items = json.loads(GOOD["alexa"])
    items[0] |= {"mainText": "新桥通车。", "streamUrl": ""}
    found = check_feed.check_file(json.dumps(items).encode(), "alexa", now=NOW)
    assert [one.rule for one in found] == ["alexa-mixed"]


def test_an_item_without_text_and_sound_is_found() -> None:
    """There is nothing to play."""
    one = json.loads(GOOD["alexa"])[0]
    del one["streamUrl"]
    assert [found.rule for found in check_feed.check_file(json.dumps(one).encode(), "alexa")] == [
        "alexa-empty"
    ]
    one = json.loads(GOOD["dingdang"])[0]
    del one["streamUrl"], one["description"]
    assert [found.rule for found in check_feed.check_file(json.dumps([one]).encode(), "dingdang")] == [
        "dingdang-empty"
    ]


def test_more_items_than_are_read_is_a_warning() -> None:
    """The sixth is never heard."""
    one = json.loads(GOOD["alexa"])[0]
    six = [one | {"uid": str(number)} for number in range(6)]
    found = check_feed.check_file(json.dumps(six).encode(), "alexa", now=NOW)
    assert [(one.rule, one.severity) for one in found] == [("alexa-items", "warning")]
    assert [one.rule for one in check_feed.check_file(b"[]", "alexa")] == ["alexa-items"]


def test_two_chapters_are_too_few_for_apple() -> None:
    """From three on they are shown."""
    two = json.loads(GOOD["chapters"])
    del two["chapters"][2]
    assert [one.rule for one in check_feed.check_file(json.dumps(two).encode(), "chapters")] == [
        "chapters-few"
    ]


def test_a_transcript_that_names_nobody_is_found() -> None:
    """Apple shows the speakers."""
    nobody = GOOD["vtt"].replace("<v 晓伊>", "").replace("<v 云希>", "")
    assert [one.rule for one in check_feed.check_file(nobody.encode(), "vtt")] == ["vtt-speaker"]


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("dingdang-ttl", "<ttl>600</ttl>", ""),
        ("dingdang-ttl", "<ttl>600</ttl>", "<ttl>10分</ttl>"),
        ("dingdang-guid", '<guid isPermaLink="false">g1</guid>', ""),
        ("dingdang-title", "<title>第一天</title>", ""),
        ("dingdang-long", "第一天", "长" * 101),
        ("dingdang-long", "新桥通车。", "长" * 501),
        ("dingdang-markup", "新桥通车。", "&lt;p&gt;新桥通车。"),
        ("dingdang-https", "https://example.com/a.mp3", "http://example.com/a.mp3"),
        ("dingdang-url", "https://example.com/a.mp3", "a.mp3"),
        ("xml", "</rss>", ""),
    ],
)
def test_the_rss_of_a_speaker_has_rules_of_its_own(rule: str, old: str, new: str) -> None:
    """Those of podcasts do not hold for it."""
    assert check_feed.check_file(RSS.encode(), "dingdang") == ()
    found = check_feed.check_file(RSS.replace(old, new, 1).encode(), "dingdang")
    assert [one.rule for one in found] == [rule]


def test_equal_names_of_a_playlist_are_an_error() -> None:
    """Of two, xiaomusic keeps one."""
    songs = json.loads(GOOD["xiaomusic"])
    songs[0]["musics"] *= 2
    found = check_feed.check_file(json.dumps(songs).encode(), "xiaomusic")
    assert [(one.rule, one.severity) for one in found] == [("xiaomusic-repeated", "error")]


def test_every_rule_of_these_files_has_a_file_that_breaks_it() -> None:
    """A rule that is written down in the code is shown to find its fault."""
    folder = Path(check_feed.__file__).parent / "rules"
    code = "".join((folder / f"{name}_rules.py").read_text() for name in ("transcript", "chapter", "speaker"))
    named = {
        part
        for part in code.split('"')
        if part.startswith(("vtt-", "transcript-", "chapters-", "xiaomusic-", "latest-", "m3u-"))
    }
    tried = {rule for _kind, rule, *_ in FAULTS} | {
        "chapters-few",
        "vtt-speaker",
        "chapters-apart",
        "xiaomusic-repeated",
    }
    assert named - tried == {"transcript-empty"}


def test_what_we_write_ourselves_has_no_fault(first: Episode) -> None:
    """The writers and the checker agree, however long a sentence is."""
    assert check_feed.check_file(transcript.render_vtt(first.cues).encode(), "vtt") == ()
    assert check_feed.check_file(transcript.render_srt(first.cues).encode(), "srt") == ()
    assert check_feed.check_file(transcript.render_json(first.cues).encode(), "transcript") == ()
    assert check_feed.check_file(json_chapters.render_chapters(first.chapters).encode(), "chapters") == ()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("alexa.xml", "alexa"),
        ("https://example.com/demo/dingdang.xml?x=1", "dingdang"),
        ("feed.xml", "podcast"),
        ("a.chapters.json", "chapters"),
        ("a.srt", "srt"),
        ("page.html", "podcast"),
    ],
)
def test_a_name_tells_what_a_file_is(name: str, kind: str) -> None:
    """RSS for a speaker looks like a podcast's; its name says whose it is."""
    assert detect.detect_kind(b"<rss/>", name) == kind


def test_a_file_of_no_kind_says_so() -> None:
    """The cure names the option."""
    assert detect.detect_kind(b"hello") == ""
    found = check_feed.check_file(b"hello", "")
    assert [(one.rule, one.cure) for one in found] == [("kind", "name its kind with --kind")]
    assert [one.rule for one in check_feed.check_file("早".encode("gb18030"), "vtt")] == ["encoding"]


@given(st.sampled_from(detect.KINDS), st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_break_the_checker(kind: str, data: bytes) -> None:
    """What comes from the net is answered by findings, never by a stack trace."""
    assert isinstance(detect.detect_kind(data), str)
    assert isinstance(check_feed.check_file(data, kind, now=NOW), tuple)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["uid", "musics", "chapters", "segments", "startTime", "data", "episode", "url"]),
            inner,
        )
    ),
)


@given(st.sampled_from(detect.KINDS), JSON)
def test_no_json_breaks_the_checker(kind: str, value: object) -> None:
    """Whatever stands where a list, a text or a number should."""
    data = json.dumps(value).encode()
    assert isinstance(detect.detect_kind(data), str)
    assert isinstance(check_feed.check_file(data, kind, now=NOW), tuple)


def test_an_address_without_https_keeps_no_show_off_the_air() -> None:
    """Only some speakers refuse it."""
    check_feed.refuse_files(
        [("alexa.json", GOOD["alexa"].replace("https://example.com/2.mp3", "http://a.cn/2.mp3").encode())]
    )


def test_files_beside_the_feed_are_refused_like_the_feed() -> None:
    """What is wrong does not go out; pages and pictures pass."""
    check_feed.refuse_files([("a.vtt", GOOD["vtt"].encode()), ("a.html", b"<p>"), ("cover.jpg", b"\xff\xd8")])
    with pytest.raises(InvalidFeed, match=r"alexa\.json is not published: item 1 has no titleText \(Alexa\)"):
        check_feed.refuse_files([("alexa.json", GOOD["alexa"].replace("第2天", "").encode())])
