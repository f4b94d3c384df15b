"""Config → publishers. A new one is a class behind `Publisher`, a function here and a line in `PUBLISHERS`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from briefing.wiring.registry import load_object
from briefing.wiring.secrets import read_secret
from feed.file_names import content_type

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.config import Config, Publish
    from feed.publishers.publisher import Publisher

PUBLIC = "public"
"""Published folder below the working folder; each show has its own below that."""


def show_address(config: Config, slug: str) -> str:
    """Return the public address of a show's folder."""
    return urljoin(config.newsroom.address, f"{slug}/")


def build_publisher(config: Config, slug: str, folder: Path) -> Publisher:
    """Return a show's publisher; raises `ConfigError` for a bucket whose keys or whose library are missing."""
    public = config.shows[slug].publish or config.newsroom.publish
    return PUBLISHERS[public.kind](public, slug, folder, show_address(config, slug))


def try_publisher(config: Config, slug: str) -> None:
    """Publish a small file and remove it; raises as `build_publisher`, and `PublishFailed`."""
    publisher = build_publisher(config, slug, config.folder)
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        publisher.put("briefing-check.json", Path(file.name), content_type(file.name))
    publisher.remove("briefing-check.json")


def _folder_publisher(_public: Publish, slug: str, folder: Path, address: str) -> Publisher:
    publisher: Publisher = load_object("feed.publishers.local_folder:FolderPublisher")(
        folder / PUBLIC / slug, address
    )
    return publisher


def _bucket_publisher(public: Publish, slug: str, _folder: Path, address: str) -> Publisher:
    publisher: Publisher = load_object("feed.publishers.s3_bucket:BucketPublisher")(
        public.bucket,
        f"{public.prefix}{slug}/",
        address,
        endpoint=public.endpoint,
        region=public.region,
        key=read_secret(public.key),
        secret=read_secret(public.secret),
    )
    return publisher


PUBLISHERS: dict[str, Callable[[Publish, str, Path, str], Publisher]] = {
    "folder": _folder_publisher,
    "s3": _bucket_publisher,
}
"""Publishers by the name that the configuration gives them."""
