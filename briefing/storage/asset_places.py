"""Files of the offline voice from a folder or a web address of the operator's, where a package is gone.

Every file is checked by the same SHA-256, wherever it came from. A folder may hold the files as the cache does
(`kokoro/voices/zf_xiaoxiao.bin`), or all beside each other; an address holds them as the cache does.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import AssetError
from briefing.net import http_client
from briefing.net.http_client import Limits, Refused, Unreachable
from briefing.storage.atomic_file import PUBLIC_FILE, open_atomic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.storage.downloads import Asset

VARIABLE = "BRIEFING_FILES"
"""Environment variable that names the folder or the address for every command."""

FETCH_LIMITS = Limits(seconds=900.0, size=256 * 1024 * 1024)

WAYS = (
    "the same files can be had in three ways: the package registries (`briefing fetch` with the network), a folder "
    "(`briefing fetch --from FOLDER`, filled on another machine by `briefing fetch --export FOLDER`), or a web address "
    f"(`briefing fetch --from URL`, or the environment variable {VARIABLE} for either)"
)
"""Sentence for whoever lacks a file."""


def configured_place() -> str:
    """Return the folder or address that the environment names, or nothing."""
    return os.environ.get(VARIABLE, "").strip()


def install_from(place: str, cache: Path, assets: Sequence[Asset]) -> tuple[Asset, ...]:
    """Put the files that a folder or an address has into the cache; returns those that it has not.

    Raises `AssetError` for a folder that is none, a server that cannot be reached, and a file with another SHA-256.
    """
    if not place.startswith(("http://", "https://")) and not Path(place).is_dir():
        raise AssetError(f"{place} is no folder; name one that holds the files: {WAYS}")
    lacking = []
    for asset in assets:
        content = _read_asset(place, asset)
        if content is None:
            lacking.append(asset)
        else:
            _install_content(content, asset, place, cache)
    return tuple(lacking)


def export_assets(cache: Path, target: Path, assets: Sequence[Asset]) -> None:
    """Copy the files of the cache into a folder, as `install_from` takes them; raises `AssetError`."""
    for asset in assets:
        try:
            _install_content((cache / asset.path).read_bytes(), asset, str(cache), target)
        except OSError as error:
            raise AssetError(f"{asset.path} cannot be copied to {target}: {error}") from error


def _read_asset(place: str, asset: Asset) -> bytes | None:
    """Return a file's bytes, or None where the place has none of that name."""
    if place.startswith(("http://", "https://")):
        return _download_asset(f"{place.rstrip('/')}/{asset.path}")
    paths = (Path(place) / asset.path, Path(place) / Path(asset.path).name)
    path = next((path for path in paths if path.is_file()), None)
    try:
        return path.read_bytes() if path else None
    except OSError as error:
        raise AssetError(f"{path} cannot be read: {error}; see that it may be") from error


def _download_asset(url: str) -> bytes | None:
    try:
        # The operator names the address: it may be one of his own network.
        answer = http_client.get(url, {}, FETCH_LIMITS, private=True)
    except (Refused, Unreachable) as error:
        raise AssetError(f"{url} cannot be fetched: {error}; {WAYS}") from error
    return answer.content if answer.status == 200 else None  # noqa: PLR2004 - HTTP's own number


def _install_content(content: bytes, asset: Asset, place: str, cache: Path) -> None:
    digest = hashlib.sha256(content).hexdigest()
    if digest != asset.sha256:
        raise AssetError(
            f"{asset.path} from {place} has SHA-256 {digest} instead of {asset.sha256}: it was not installed; "
            "it is damaged or another version"
        )
    with open_atomic(cache / asset.path, PUBLIC_FILE) as file:
        file.write(content)
