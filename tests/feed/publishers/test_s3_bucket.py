"""The bucket: types, what is sent again and what is not, and what a person is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from feed.errors import PublishFailed
from tests.feed.airing import on_air
from tests.feed.publishers import bucket

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from feed.model import Episode, Show


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """A server with a bucket."""
    with bucket.serving() as address:
        yield address


def head(endpoint: str, key: str) -> dict[str, Any]:
    """What the server says of an object."""
    found: dict[str, Any] = bucket.client(endpoint).head_object(Bucket=bucket.BUCKET, Key=key)
    return found


def test_a_show_goes_out_with_types_and_how_long_to_keep_it(
    endpoint: str, show: Show, first: Episode, recording: Path
) -> None:
    """What changes is asked for again soon, what never changes never; every byte is there."""
    on_air(bucket.publisher(endpoint, "whole/"), show, [first], recording)
    stem = "whole/2026-03-02-morning-8c9758b2aafc"
    forever, briefly = "public, max-age=31536000, immutable", "public, max-age=300"
    told = {
        key: (head(endpoint, key)["ContentType"], head(endpoint, key)["CacheControl"])
        for key in (
            f"{stem}.mp3",
            f"{stem}.vtt",
            f"{stem}.chapters.json",
            "whole/feed.xml",
            "whole/latest.json",
        )
    }
    assert told == {
        f"{stem}.mp3": ("audio/mpeg", forever),
        f"{stem}.vtt": ("text/vtt; charset=utf-8", briefly),
        f"{stem}.chapters.json": ("application/json+chapters; charset=utf-8", briefly),
        "whole/feed.xml": ("application/rss+xml; charset=utf-8", briefly),
        "whole/latest.json": ("application/json; charset=utf-8", "no-cache"),
    }
    held = bucket.client(endpoint).get_object(Bucket=bucket.BUCKET, Key=f"{stem}.mp3")["Body"].read()
    assert held == recording.read_bytes()


def test_what_is_there_already_is_not_sent_again(endpoint: str, recording: Path) -> None:
    """The object keeps its time; other bytes of the same length are sent."""
    there = bucket.publisher(endpoint, "again/")
    there.put("a.mp3", recording, "audio/mpeg")
    object_key = {"Bucket": bucket.BUCKET, "Key": "again/a.mp3"}
    # A mark that a second sending would wipe out.
    bucket.client(endpoint).put_object_tagging(
        **object_key, Tagging={"TagSet": [{"Key": "seen", "Value": "1"}]}
    )
    there.put("a.mp3", recording, "audio/mpeg")
    assert bucket.client(endpoint).get_object_tagging(**object_key)["TagSet"] != []
    recording.write_bytes(recording.read_bytes()[::-1])
    there.put("a.mp3", recording, "audio/mpeg")
    assert bucket.client(endpoint).get_object_tagging(**object_key)["TagSet"] == []


def test_more_files_than_one_answer_lists_are_all_seen(
    endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server lists so many at a time; what lies deeper, or beside the prefix, is none of the show's."""
    monkeypatch.setenv("MOTO_S3_DEFAULT_MAX_KEYS", "2")
    client = bucket.client(endpoint)
    for key in [*(f"many/{n}.mp3" for n in range(5)), "many/deeper/a.mp3", "manyfold.mp3"]:
        client.put_object(Bucket=bucket.BUCKET, Key=key, Body=b"")
    assert len(client.list_objects_v2(Bucket=bucket.BUCKET, Prefix="many")["Contents"]) == 2
    assert bucket.publisher(endpoint, "many/").names() == {f"{n}.mp3" for n in range(5)}


def test_a_bucket_that_is_not_there_is_named(endpoint: str, recording: Path) -> None:
    """One sentence with the place, the server's reason, and what to do; no key in it."""
    missing = bucket.publisher(endpoint, bucket="nobodys")
    with pytest.raises(
        PublishFailed, match=r"s3://nobodys/demo/a\.mp3 cannot be written: .*NoSuchBucket.*what was published"
    ) as told:
        missing.put("a.mp3", recording, "audio/mpeg")
    assert bucket.SECRET not in str(told.value)
    with pytest.raises(PublishFailed, match="s3://nobodys/demo/ cannot be listed"):
        missing.names()


def test_a_server_that_is_away_is_said(recording: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the tries that are worth it, in one sentence."""
    monkeypatch.setattr("feed.publishers.s3_bucket.MAX_TRIES", 1)
    away = bucket.publisher("http://127.0.0.1:9")
    with pytest.raises(PublishFailed, match="cannot be written: Could not connect to the endpoint URL"):
        away.put("a.mp3", recording, "audio/mpeg")
