"""The checker: one fault, one finding; nothing in a good feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feed import check, rss
from feed.errors import InvalidShow

if TYPE_CHECKING:
    from feed.model import Episode, Show

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
    ("enclosure-ending", '0a1b2c3d4e5f.mp3"', '0a1b2c3d4e5f"'),
    ("enclosure-url", '2026-03-02-morning-0a1b2c3d4e5f.mp3"', '要闻.mp3"'),
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
    ("xml", "<channel>", "<channel>&"),
]  # fmt: skip - a table of faults reads best one a line


@pytest.fixture
def good(show: Show, first: Episode) -> str:
    """A feed without a fault."""
    return rss.render(show, [first]).decode()


@pytest.mark.parametrize(("rule", "old", "new"), FAULTS)
def test_one_fault_is_one_finding(good: str, rule: str, old: str, new: str) -> None:
    """Each breach is named by its rule, and nothing else is."""
    assert old in good
    place = good.rindex(old) if rule in {"weekday", "date"} else good.index(old)
    spoiled = good[:place] + new + good[place + len(old) :]
    assert {finding.rule for finding in check.check(spoiled.encode())} == {rule}


@pytest.mark.parametrize("data", [b"", b"hello", b"<html/>", b"<rss/>", "<rss".encode("utf-16")])
def test_what_is_no_feed_is_one_error(data: bytes) -> None:
    """Whatever comes in, the answer is a finding."""
    findings = check.check(data)
    assert [finding.severity for finding in findings] == ["error"]


def test_a_document_type_is_refused_and_its_entities_are_not_resolved() -> None:
    """Neither a bomb nor a local file comes in through an entity."""
    data = b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><title>&a;</title></channel></rss>'
    assert [finding.rule for finding in check.check(data)] == ["doctype"]


def test_a_repeated_guid_and_enclosure_are_found(good: str) -> None:
    """The second of two is what apps ignore."""
    start, end = good.index("<item>"), good.index("</item>") + len("</item>")
    twice = good[:end] + good[start:end] + good[end:]
    assert [finding.rule for finding in check.check(twice.encode())] == [
        "guid-repeated",
        "enclosure-repeated",
    ]


def test_a_feed_with_an_error_is_not_published(good: str) -> None:
    """The sentence says where, what, by whose rule and the cure."""
    spoiled = good.replace('length="40000"', 'length="0"')
    with pytest.raises(
        InvalidShow, match=r"has the enclosure length '0' \(RSS 2\.0\); write the file's bytes"
    ):
        check.refuse(spoiled.encode())
    check.refuse(good.encode())
