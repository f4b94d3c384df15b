"""Where a show goes out: the newsroom's place or its own, and what a person is told of one that cannot be had."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from briefing import config
from briefing.cli.checking.publishing_checks import check_publishing
from briefing.errors import ConfigError
from briefing.wiring.publishers import build_publisher
from feed.publishers.local_folder import FolderPublisher
from feed.publishers.s3_bucket import BucketPublisher
from tests.feed.publishers import bucket

if TYPE_CHECKING:
    from pathlib import Path

BUCKET = f'kind = "s3"\nbucket = "{bucket.BUCKET}"\nkey = "RADIO_KEY"\nsecret = "RADIO_SECRET"\nregion = "us-east-1"'


def newsroom(folder: Path, publish: str, show: str = "") -> config.Config:
    """The sample with another table `newsroom.publish`, and one of the show's own if it is given."""
    text = (
        config.sample().read_text(encoding="utf-8").replace("http://127.0.0.1:8000/", "https://example.com/")
    )
    before, _, after = text.partition("[newsroom.publish]")
    own = f"[shows.demo.publish]\n{show}\n" if show else ""
    path = folder / "briefing.toml"
    rest = after.partition("[desk]")[2]
    path.write_text(f"{before}[newsroom.publish]\n{publish}\n{own}[desk]{rest}", encoding="utf-8")
    return config.load(path)


def keyed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The keys where the configuration says."""
    monkeypatch.setenv("RADIO_KEY", bucket.KEY)
    monkeypatch.setenv("RADIO_SECRET", bucket.SECRET)


def test_a_bucket_is_tried_and_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check puts a file and takes it away again; the keys come from the environment."""
    keyed(monkeypatch)
    with bucket.serving() as endpoint:
        described = newsroom(tmp_path, f'{BUCKET}\nprefix = "radio/"\nendpoint = "{endpoint}"')
        [found] = check_publishing(described)
        listed = bucket.client(endpoint).list_objects_v2(Bucket=bucket.BUCKET)
    assert found == ("publishing of demo", "ok", "files can be put for https://example.com/demo/", "")
    assert "Contents" not in listed


def test_a_bucket_that_does_not_answer_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Found the day before, with the key of the configuration that is to be mended."""
    keyed(monkeypatch)
    monkeypatch.setattr("feed.publishers.s3_bucket.MAX_TRIES", 1)
    [found] = check_publishing(newsroom(tmp_path, f'{BUCKET}\nendpoint = "http://127.0.0.1:9"'))
    assert (found.state, found.cure) == ("error", "mend `newsroom.publish`, or `shows.demo.publish`")
    assert "s3://radio/demo/briefing-check.json cannot be written" in found.sentence


def test_keys_that_are_not_set_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the name of their environment variable."""
    monkeypatch.delenv("RADIO_KEY", raising=False)
    with pytest.raises(ConfigError, match="RADIO_KEY"):
        build_publisher(newsroom(tmp_path, BUCKET), "demo", tmp_path)


def test_a_bucket_without_its_library_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is an extra: a newsroom with a folder needs none of it."""
    monkeypatch.delitem(sys.modules, "feed.publishers.s3_bucket")
    monkeypatch.setitem(sys.modules, "boto3", None)
    with pytest.raises(ConfigError, match=r"pip install 'briefing\[s3\]'"):
        build_publisher(newsroom(tmp_path, BUCKET), "demo", tmp_path)


def test_a_show_may_go_out_elsewhere_than_the_newsroom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own table stands for the whole of the newsroom's."""
    keyed(monkeypatch)
    described = newsroom(tmp_path, BUCKET, 'kind = "folder"')
    assert isinstance(build_publisher(described, "demo", tmp_path), FolderPublisher)
    assert isinstance(build_publisher(newsroom(tmp_path, BUCKET), "demo", tmp_path), BucketPublisher)


def test_an_address_that_speakers_do_not_take_is_told(tmp_path: Path) -> None:
    """A warning: podcasts do without https, Alexa does not."""
    described = newsroom(tmp_path, 'kind = "folder"')
    plain = described.model_copy(
        update={"newsroom": described.newsroom.model_copy(update={"address": "http://radio.example/"})}
    )
    assert [(one.name, one.state) for one in check_publishing(plain)] == [
        ("publishing of demo", "ok"),
        ("speakers of demo", "warn"),
    ]
