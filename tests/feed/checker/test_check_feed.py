"""The checker: one fault, one finding; nothing in a good feed."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed.checker import channel_parser, check_feed, rules
from feed.errors import InvalidFeed
from feed.model import Audio, Correction, Person, Soundbite
from feed.rss import feed_xml

if TYPE_CHECKING:
    from feed.model import Episode, Show

P = "<podcast:person"
PLACE = '<podcast:source uri="https://example.com/a.m4a"/>'
SELF = "https://example.com/demo/feed.xml"
NEXT = '<atom:link rel="next" href="https://example.com/demo/feed-2.xml"/>'

FAULTS = [
    ("channel-title", "<title>每日简报</title>\n    <link>", "<link>"),
    ("channel-description", "<description>每天早上，用几分钟听完本地要闻。</description>", ""),
    ("channel-language", "<language>zh-cn</language>", ""),
    ("language", "<language>zh-cn</language>", "<language>Chinese</language>"),
    (
        "channel-itunes:explicit",
        "<itunes:explicit>false</itunes:explicit>\n    <podcast:guid>",
        "<podcast:guid>",
    ),
    ("explicit", "<itunes:explicit>false</itunes:explicit>", "<itunes:explicit>no</itunes:explicit>"),
    ("category", 'text="News"', 'text="news"'),
    ("cover", 'cover-0123456789ab.jpg"/>', 'cover.jpeg"/>'),
    ("owner", "newsroom@example.com</itunes:email>", "nobody</itunes:email>"),
    ("podcast-guid", ">9b024349-ccf0-5f69-a609-6b82873eab3c<", ">demo<"),
    ("locked", ">yes</podcast:locked>", ">maybe</podcast:locked>"),
    (
        "ai-content",
        'purpose="ai-content">true</podcast:txt>\n    <podcast:updateFrequency',
        'purpose="verify">x</podcast:txt>\n    <podcast:updateFrequency',
    ),
    ("self-link", 'rel="self"', 'rel="via"'),
    ("item-title", "<title>2026年3月2日</title>", ""),
    ("item-guid", '<guid isPermaLink="false">6ba7b810-9dad-11d1-80b4-00c04fd430c8</guid>', ""),
    ("enclosure-length", 'length="40000"', 'length="0"'),
    ("enclosure-length", 'length="40000"', 'length="5:43"'),
    ("enclosure-type", 'type="audio/mpeg"', 'type="audio/mp3"'),
    ("enclosure-ending", '8c9758b2aafc.mp3"', '8c9758b2aafc"'),
    ("enclosure-url", '2026-03-02-morning-8c9758b2aafc.mp3"', '要闻.mp3"'),
    ("date", "Mon, 02 Mar 2026 07:00:00 +0800</pubDate>", "2026-03-02</pubDate>"),
    ("weekday", "Mon, 02 Mar 2026 07:00:00 +0800</pubDate>", "Tue, 02 Mar 2026 07:00:00 +0800</pubDate>"),
    ("duration", "<itunes:duration>61</itunes:duration>", "<itunes:duration>61.4</itunes:duration>"),
    ("duration", "<itunes:duration>61</itunes:duration>", "<itunes:duration>PT61S</itunes:duration>"),
    ("episode", "<itunes:episode>1</itunes:episode>", "<itunes:episode>0</itunes:episode>"),
    ("episode-type", ">full<", ">complete<"),
    ("transcript", 'type="text/vtt"', 'type=""'),
    ("chapters", "application/json+chapters", "application/json"),
    ("content-script", "<p>新桥", "<p onclick='x()'>新桥"),
    ("content-relative", 'href="https://example.com/a', 'href="/a'),
    ("title-markup", "<title>2026年3月2日</title>", "<title>&lt;b&gt;2026&lt;/b&gt;</title>"),
    ("title-length", "<title>2026年3月2日</title>", f"<title>{'长' * 86}</title>"),
    ("description-length", "<description>每天早上", f"<description>{'长' * 1334}每天早上"),
    ("description-length", "<description>新桥", f"<description>{'长' * 1334}新桥"),
    ("title-blanks", "<title>2026年3月2日</title>", "<title> 2026年3月2日</title>"),
    ("title-number", "<title>2026年3月2日</title>", "<title>第12期 早间新闻</title>"),
    ("title-number", "<title>2026年3月2日</title>", "<title>#12 早间新闻</title>"),
    ("title-number", "<title>2026年3月2日</title>", "<title>Ep. 12 早间新闻</title>"),
    ("xml", "<channel>", "<channel>&"),
    ("xml", "<channel>", "<channel><b>"),
    ("xml", "<channel>", "<channel>\x0b"),
    ("xml", "<channel>", "<channel><media:thumbnail/>"),
    ("version", 'version="2.0"', 'version="0.91"'),
    ("channel-link", "<link>https://example.com/demo/</link>\n    <desc", "<desc"),
    ("link", ">https://example.com/demo/</link>", ">/demo/</link>"),
    ("repeated-language", "<language>", "<language>zh-cn</language><language>"),
    (
        "repeated-itunes:explicit",
        "<itunes:explicit>",
        "<itunes:explicit>true</itunes:explicit><itunes:explicit>",
    ),
    ("repeated-guid", '<guid isPermaLink="false">', "<guid>https://example.com/1</guid><guid>"),
    ("repeated-enclosure", 'audio/mpeg"/>', "audio/mpeg\"/><enclosure url='https://example.com/b.mp3'/>"),
    ("language", "<language>zh-cn</language>", "<language>cn</language>"),
    ("language", "<language>zh-cn</language>", "<language>zh_CN</language>"),
    ("explicit", ">false</itunes:explicit>", ">clean</itunes:explicit>"),
    ("explicit", ">false</itunes:explicit>", ">False</itunes:explicit>"),
    ("category", 'text="News"', 'text="News &amp; Politics"'),
    ("subcategory", 'text="Daily News"', 'text="Daily news"'),
    ("subcategory", 'text="Daily News"', 'text="Books"'),
    ("cover", '<itunes:image href="https://example.com/demo/cover-0123456789ab.jpg"/>', ""),
    (
        "cover",
        '<itunes:image href="https://example.com/demo/cover',
        '<itunes:image href="https://example.com/封面',
    ),
    ("cover", '<itunes:image href="https://example.com/demo/cover', '<itunes:image href="cover'),
    ("image-title", "<title>每日简报</title>\n      <link>", "<title>简报</title>\n      <link>"),
    (
        "image-link",
        "<link>https://example.com/demo/</link>\n    </image>",
        "<link>https://a.cn/</link></image>",
    ),
    ("image-url", "<url>https://", "<url>//"),
    ("owner", "<itunes:email>newsroom@example.com</itunes:email>", ""),
    ("author", "<itunes:author>每日简报编辑部</itunes:author>", ""),
    ("type", ">episodic<", ">daily<"),
    ("block", "<itunes:type>", "<itunes:block>no</itunes:block><itunes:type>"),
    ("complete", "<itunes:type>", "<itunes:complete>true</itunes:complete><itunes:type>"),
    ("new-feed-url", "<itunes:type>", "<itunes:new-feed-url>feed2.xml</itunes:new-feed-url><itunes:type>"),
    ("build-date", "<lastBuildDate>Mon, 02 Mar 2026 07:00:00 +0800<", "<lastBuildDate>2026-03-02<"),
    ("podcast-guid", "<podcast:guid>9b024349-ccf0-5f69-a609-6b82873eab3c</podcast:guid>", ""),
    ("locked", '<podcast:locked owner="newsroom@example.com">yes</podcast:locked>', ""),
    ("locked-owner", ' owner="newsroom@example.com"', ""),
    ("medium", ">podcast</podcast:medium>", ">news</podcast:medium>"),
    ("ai-content", 'ai-content">true', 'ai-content">yes'),
    ("txt", '<podcast:txt purpose="ai', f'<podcast:txt>{"x" * 4001}</podcast:txt><podcast:txt purpose="ai'),
    ("update-frequency", "FREQ=DAILY", "daily"),
    ("person", ">晓伊</podcast:person>", "></podcast:person>"),
    ("person", ">晓伊</podcast:person>", f">{'长' * 129}</podcast:person>"),
    ("person-img", 'role="host"', 'role="host" img="/a.png"'),
    ("guid-permalink", '<guid isPermaLink="false">', "<guid>"),
    ("item-link", "<link>https://example.com/demo/2026", "<link>/demo/2026"),
    ("enclosure", "<enclosure url", "<closure url"),
    ("enclosure-https", '<enclosure url="https:', '<enclosure url="http:'),
    ("enclosure-url", '<enclosure url="https:', '<enclosure url="ftp:'),
    ("enclosure-small", 'length="40000"', 'length="343"'),
    ("enclosure-length", 'length="40000"', ""),
    ("enclosure-length", 'length="40000"', 'length="-40000"'),
    ("enclosure-type", ' type="audio/mpeg"/>', "/>"),
    ("enclosure-ending", ' type="audio/mpeg"', ' type="audio/x-m4a"'),
    ("date", "<pubDate>Mon, 02 Mar 2026 07:00:00 +0800</pubDate>", ""),
    ("date", "<pubDate>Mon, 02 Mar 2026 07:00:00", "<pubDate>Mon, 32 Mar 2026 07:00:00"),
    ("date-zone", "<pubDate>Mon, 02 Mar 2026 07:00:00 +0800", "<pubDate>Mon, 02 Mar 2026 07:00:00"),
    ("duration", "<itunes:duration>61</itunes:duration>", ""),
    ("duration", ">61</itunes:duration>", ">0</itunes:duration>"),
    ("duration", ">61</itunes:duration>", ">1:61</itunes:duration>"),
    ("episode", ">1</itunes:episode>", ">第1期</itunes:episode>"),
    ("season", "<itunes:season>2026<", "<itunes:season>0<"),
    ("transcript", 'type="text/vtt"', 'type="text/x-vtt"'),
    ("transcript-url", 'transcript url="https://example.com/demo/', 'transcript url="'),
    ("chapters-url", 'podcast:chapters url="https://example.com', 'podcast:chapters url="'),
    ("soundbite", "<podcast:person", '<podcast:soundbite startTime="1"/><podcast:person'),
    ("soundbite", "<podcast:person", '<podcast:soundbite startTime="50" duration="20"/><podcast:person'),
    ("psc", 'start="00:00:08.250"', 'start="8 s"'),
    ("psc", ' title="新桥通车"', ""),
    ("psc-order", 'start="00:00:08.250"', 'start="00:00:58.250"'),
    ("psc-end", 'start="00:00:50.000"', 'start="00:01:50.000"'),
    ("content-script", "<p>新桥", "<script>x()</script><p>新桥"),
    ("content-script", 'href="https://example.com/a', 'href="javascript:https://example.com/a'),
    ("content-script", "<description>新桥", "<description>&lt;iframe src=&quot;https://a.cn&quot;&gt;新桥"),
    (
        "namespace",
        "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "https://www.itunes.com/dtds/podcast-1.0.dtd",
    ),
    ("guid-version", "9b024349-ccf0-5f69-a609", "9b024349-ccf0-4f69-a609"),
    ("text-length", "<itunes:author>每日", f"<itunes:author>{'长' * 86}每日"),
    ("text-length", "<itunes:duration>", f"<itunes:title>{'长' * 86}</itunes:title><itunes:duration>"),
    ("title-show", "<title>2026年3月2日", "<title>每日简报2026年3月2日"),
    ("ai-notice", "本节目的语音由人工智能合成。", "本节目的语音很好听。"),
    ("page-link", "<atom:link", '<atom:link rel="next" href="feed-2.xml"/><atom:link'),
    ("page-link", "<atom:link", '<atom:link rel="hub" href="hub"/><atom:link'),
    ("page-loop", "<atom:link", f'<atom:link rel="next" href="{SELF}"/><atom:link'),
    ("page-repeated", "<atom:link", f"{NEXT}{NEXT}<atom:link"),
    ("update-text", 'rrule="FREQ=DAILY">每天', f'rrule="FREQ=DAILY">{"每天" * 65}'),
    (
        "soundbite-title",
        P,
        f'<podcast:soundbite startTime="1" duration="20">{"长" * 129}</podcast:soundbite>{P}',
    ),
    ("podcast-season", '<podcast:season name="2026年">2026<', "<podcast:season>今年<"),
    ("podcast-season", 'name="2026年"', f'name="{"长" * 129}"'),
    ("podcast-episode", "<podcast:episode>1<", "<podcast:episode>1a<"),
    ("podcast-episode", "<podcast:episode>1<", f'<podcast:episode display="{"长" * 33}">1<'),
    ("alternate-type", P, f"<podcast:alternateEnclosure>{PLACE}</podcast:alternateEnclosure>{P}"),
    ("alternate-source", P, f'<podcast:alternateEnclosure type="audio/mp4"/>{P}'),
    ("psc-first", 'start="00:00:00.000"', 'start="00:00:01.000"'),
    ("psc-few", '<psc:chapter start="00:00:50.000" title="尾声"/>', ""),
    ("chapters-apart", "<li>00:00:08", "<li>00:00:18"),
    ("xml", "<description>每天", "<description>\x0b每天"),
    ("xml", "a?x=1&amp;y=2", "a?x=1&y=2"),
    ("doctype", "<rss ", "<!DOCTYPE rss><rss "),
    ("namespace", "https://podcastindex.org/namespace/1.0", "http://podcastindex.org/namespace/1.0/"),
    ("encoding", "encoding='UTF-8'", "encoding='ISO-8859-1'"),
]  # fmt: skip - a table of faults reads best one a line


@pytest.fixture
def good(show: Show, first: Episode) -> str:
    """A feed without a fault."""
    return feed_xml.render_feed(show, [first]).decode()


@pytest.mark.parametrize(("rule", "old", "new"), FAULTS)
def test_one_fault_is_one_finding(good: str, rule: str, old: str, new: str) -> None:
    """Each breach is named by its rule, and nothing else is."""
    assert old in good
    first, last = good.index(old), good.rindex(old)
    # lastBuildDate says the newest episode's date before the item does; links and notes stand twice.
    start, end = (
        (last, last)
        if rule in {"weekday", "date", "xml"}
        else (first, last if rule in {"link", "ai-notice"} else first)
    )
    spoiled = good[:start] + good[start : end + len(old)].replace(old, new) + good[end + len(old) :]
    found = {finding.rule for finding in check_feed.check_podcast(spoiled.encode())}
    # A namespace that is spelled otherwise takes all of its elements away, another encoding all Chinese.
    assert rule in found if rule in {"namespace", "encoding"} else found == {rule}


def test_every_rule_has_a_feed_that_breaks_it() -> None:
    """A rule that is written down in the code is shown to find its fault."""
    code = "".join(path.read_text(encoding="utf-8") for path in Path(rules.__file__).parent.glob("*.py"))
    named = set(re.findall(r"node\.(?:error|warning)\(\s*\"([a-z-]+)\"", code))
    assert len(named) > 30
    assert named - {rule for rule, _old, _new in FAULTS} == {"self-address", "date-future", "items", "order"}


def test_a_feed_that_calls_itself_otherwise_is_found(good: str) -> None:
    """Apps that subscribed here would go and ask there."""
    assert check_feed.check_podcast(good.encode(), address="https://example.com/demo/feed.xml") == ()
    found = check_feed.check_podcast(good.encode(), address="https://example.org/feed.xml")
    assert [finding.rule for finding in found] == ["self-address"]


def test_a_date_that_is_to_come_is_found(good: str, first: Episode) -> None:
    """Apps drop it; a second later it is none."""
    early = first.published - timedelta(seconds=1)
    assert [finding.rule for finding in check_feed.check_podcast(good.encode(), now=early)] == ["date-future"]
    assert check_feed.check_podcast(good.encode(), now=first.published) == ()


def test_the_newest_episode_comes_first(show: Show, first: Episode, second: Episode) -> None:
    """Speakers play what stands first."""
    data = feed_xml.render_feed(show, [first, second]).decode()
    head, newer, older = data.split("<item>")
    turned = f"{head}<item>{older.partition('</item>')[0]}</item><item>{newer}</channel></rss>"
    assert [finding.rule for finding in check_feed.check_podcast(turned.encode())] == ["order"]


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_bytes_break_the_checker(data: bytes) -> None:
    """What comes from the net is answered by findings, never by a stack trace."""
    assert check_feed.check_podcast(data)


def test_a_feed_of_two_hundred_megabytes_is_not_parsed() -> None:
    """Size alone is a finding."""
    assert [
        finding.rule for finding in check_feed.check_podcast(bytes(channel_parser.MAX_FEED_BYTES + 1))
    ] == ["size"]


@pytest.mark.parametrize("data", [b"", b"hello", b"<html/>", b"<rss/>", "<rss".encode("utf-16")])
def test_what_is_no_feed_is_one_error(data: bytes) -> None:
    """Whatever comes in, the answer is a finding."""
    findings = check_feed.check_podcast(data)
    assert [finding.severity for finding in findings] == ["error"]


def test_a_document_type_is_refused_and_its_entities_are_not_resolved() -> None:
    """Neither a bomb nor a local file comes in through an entity."""
    data = b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><title>&a;</title></channel></rss>'
    assert [finding.rule for finding in check_feed.check_podcast(data)] == ["doctype"]


def test_a_repeated_guid_and_enclosure_are_found(good: str) -> None:
    """The second of two is what apps ignore."""
    start, end = good.index("<item>"), good.index("</item>") + len("</item>")
    twice = good[:end] + good[start:end] + good[end:]
    assert [finding.rule for finding in check_feed.check_podcast(twice.encode())] == [
        "guid-repeated",
        "enclosure-repeated",
        "title-repeated",
    ]


def test_equal_titles_of_one_day_are_an_error(good: str) -> None:
    """Programs sew two files of one title together, or skip the second; on another day it is another title."""
    start, end = good.index("<item>"), good.index("</item>") + len("</item>")
    evening = good[start:end].replace("6ba7b810", "7ba7b810").replace("-morning-", "-evening-")
    same_day = good[:end] + evening.replace("07:00:00", "18:00:00") + good[end:]
    [finding] = [one for one in check_feed.check_podcast(same_day.encode()) if one.severity == "error"]
    assert (finding.rule, finding.cure) == ("title-repeated", "name the edition or the lead in it")
    other_day = re.sub(r"(?s)(.*)02 Mar 2026", r"\g<1>01 Mar 2026", same_day)
    assert "title-repeated" not in {one.rule for one in check_feed.check_podcast(other_day.encode())}


def test_what_is_on_the_air_under_equal_titles_can_still_be_published(good: str) -> None:
    """Episodes keep their titles: a show with old twins must not fall silent."""
    start, end = good.index("<item>"), good.index("</item>") + len("</item>")
    evening = good[start:end].replace("6ba7b810", "7ba7b810").replace("-morning-", "-evening-")
    check_feed.refuse_feed((good[:end] + evening + good[end:]).encode())


def test_a_feed_with_an_error_is_not_published(good: str) -> None:
    """The sentence says where, what, by whose rule and the cure."""
    spoiled = good.replace('length="40000"', 'length="0"')
    with pytest.raises(
        InvalidFeed, match=r"has the enclosure length '0' \(RSS 2\.0\); write the file's bytes"
    ):
        check_feed.refuse_feed(spoiled.encode())
    check_feed.refuse_feed(good.encode())


def everything(show: Show, first: Episode) -> tuple[Show, Episode]:
    """A show and an episode with all that can be said of them."""
    whole = replace(
        first,
        soundbites=(Soundbite("要闻", timedelta(seconds=8.25), timedelta(seconds=20)),),
        m4a=Audio("a-0123456789ab.m4a", 400_000, timedelta(seconds=61)),
        short=Audio("b-0123456789ab.mp3", 400_000, timedelta(seconds=60)),
        corrections=(Correction(first.published + timedelta(hours=2), "新桥全长一点二公里，不是十二公里。"),),
    )
    return replace(show, persons=(Person("晓伊"),), hub="https://hub.example.com/"), whole


def test_nothing_is_found_where_nothing_is_wrong(show: Show, first: Episode, second: Episode) -> None:
    """A plain feed, one with everything, one whose newest episode was withdrawn."""
    now = second.published + timedelta(hours=3)
    rich, whole = everything(show, first)
    for told, episodes in (
        (show, [first]),
        (show, [second, first]),
        (rich, [second, whole]),
        (rich, [whole]),
    ):
        for name, data in feed_xml.render_feeds(told, episodes, 0):
            assert check_feed.check_podcast(data, now=now, address=told.address + name) == ()


def test_nothing_is_found_on_the_pages_of_a_long_archive(show: Show, first: Episode) -> None:
    """Each names the others and itself."""
    many = [
        replace(
            first,
            guid=str(uuid.uuid5(uuid.NAMESPACE_URL, str(number))),
            audio=f"{number}-{number:012x}.mp3",
            number=number,
            published=first.published + timedelta(days=number),
        )
        for number in range(1, 36)
    ]
    pages = feed_xml.render_feeds(show, many, 10)
    assert len(pages) > 2
    for name, data in pages:
        assert check_feed.check_podcast(data, now=many[-1].published, address=show.address + name) == ()


def test_a_show_that_lost_its_last_episode_is_only_empty(show: Show) -> None:
    """A warning: it goes out."""
    found = check_feed.check_podcast(feed_xml.render_feeds(show, [], 0)[0][1])
    assert [(one.rule, one.severity) for one in found] == [("items", "warning")]


def test_a_feed_that_declares_no_podcast_namespace_is_found() -> None:
    """PSP-1 wants three."""
    found = check_feed.check_podcast(b'<rss version="2.0"><channel/></rss>')
    missing = [one.message for one in found if one.rule == "namespace-missing"]
    assert missing == [f"does not declare the namespace of {name}" for name in ("itunes", "podcast", "atom")]


def test_a_finding_names_the_line(good: str) -> None:
    """Of the element that is wrong, not of its parent."""
    spoiled = good.replace(">full<", ">complete<")
    line = 1 + spoiled[: spoiled.index(">complete<")].count("\n")
    assert [(one.rule, one.line) for one in check_feed.check_podcast(spoiled.encode())] == [
        ("episode-type", line)
    ]
