"""`briefing feed check`, as a person calls it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from briefing.cli.app import main
from tests.briefing.net.server import page, serving

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

GOOD = "#EXTM3U\n#EXTINF:61,第一天\nhttps://example.com/a.mp3\n"
LONG = "https://example.com/" + "a" * 256


def test_a_good_file_is_status_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And says that there is nothing to say."""
    path = tmp_path / "playlist.m3u"
    path.write_text(GOOD)
    assert main(["feed", "check", str(path)]) == 0
    assert capsys.readouterr().err == "Findings: none\n"


def test_an_error_is_status_1_and_stands_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As JSON on standard output, or nothing at all where nobody listens."""
    path = tmp_path / "list"
    path.write_text(GOOD.replace("https:", "ftp:"))
    assert main(["feed", "check", str(path), "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == [
        {
            "rule": "m3u-url",
            "severity": "error",
            "place": "the file",
            "message": "has the address 'ftp://example.com/a.mp3'",
            "cure": "give an ASCII http(s) URL",
            "source": "M3U",
            "line": 3,
        }
    ]
    assert main(["feed", "check", str(path), "--quiet"]) == 1
    assert capsys.readouterr() == ("", "")


def test_a_warning_alone_is_status_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No directory refuses the file for it."""
    path = tmp_path / "xiaomusic.json"
    path.write_text(json.dumps([{"name": "每日简报", "musics": [{"name": "第一天", "url": LONG}]}]))
    assert main(["feed", "check", str(path), "--json"]) == 0
    assert [found["severity"] for found in json.loads(capsys.readouterr().out)] == ["warning"]


def test_what_cannot_be_had_is_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence says what to do; an address of this machine needs a word."""
    assert main(["feed", "check", str(tmp_path / "none.xml")]) == 2
    assert capsys.readouterr().err.endswith(
        "none.xml cannot be read: No such file or directory; check the path\n"
    )
    assert main(["feed", "check", "http://127.0.0.1:1/feed.xml"]) == 2
    assert "--allow-private" in capsys.readouterr().err
    assert main(["feed", "check", "http://127.0.0.1:1/feed.xml", "--allow-private"]) == 2
    assert "could not be fetched" in capsys.readouterr().err


def test_a_kind_can_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where name and content do not tell, a person does; one that there is not is told with those there are."""
    path = tmp_path / "speaker"
    path.write_text("<rss version='2.0'><channel><ttl>600</ttl></channel></rss>")
    assert main(["feed", "check", str(path), "--kind", "dingdang", "--json"]) == 0
    assert [found["rule"] for found in json.loads(capsys.readouterr().out)] == ["dingdang-items"]
    assert main(["feed", "check", str(path), "--kind", "radio"]) == 1
    assert "radio is named; name a kind with --kind: podcast, alexa" in capsys.readouterr().err


def test_an_address_is_fetched_and_its_server_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    """What the server does not do is found beside what is wrong in the file."""
    with serving({"/playlist.m3u": page(GOOD.replace("https:", "ftp:"), "audio/x-mpegurl")}) as site:
        url = site.url("/playlist.m3u")
        assert main(["feed", "check", url, "--allow-private", "--json"]) == 1
    assert [found["rule"] for found in json.loads(capsys.readouterr().out)] == ["m3u-url", "feed-validator"]
