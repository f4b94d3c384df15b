"""Files of the offline voice from a folder or an address of the operator's own."""

from __future__ import annotations

import hashlib
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefing.errors import AssetError
from briefing.storage import asset_places, downloads
from briefing.storage.downloads import Asset, Package

if TYPE_CHECKING:
    from collections.abc import Iterator

GONE = Package("pypi", "a-package-that-is-gone", "1.0")


def asset(path: str, content: bytes) -> Asset:
    """Return a file whose package nobody has any more."""
    return Asset(path, ((GONE, "member.bin"),), hashlib.sha256(content).hexdigest())


MODEL, SPEAKER = asset("kokoro/model.onnx", b"model"), asset("kokoro/voices/anna.bin", b"anna")


def fill(folder: Path, *, flat: bool = False) -> Path:
    """Put both files into a folder, as the cache has them or beside each other."""
    for one, content in ((MODEL, b"model"), (SPEAKER, b"anna")):
        path = folder / (Path(one.path).name if flat else one.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Serve a folder that holds both files."""
    handler = partial(QuietHandler, directory=str(fill(tmp_path / "served")))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class QuietHandler(SimpleHTTPRequestHandler):
    """Handler that writes no log."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        """Say nothing."""


@pytest.mark.parametrize("flat", [False, True])
def test_the_files_are_taken_from_a_folder(tmp_path: Path, *, flat: bool) -> None:
    """However they lie in it; no package is asked for."""
    place = fill(tmp_path / "usb", flat=flat)
    downloads.fetch(tmp_path / "cache", (MODEL, SPEAKER), place=str(place))
    assert (tmp_path / "cache" / SPEAKER.path).read_bytes() == b"anna"
    assert downloads.missing(tmp_path / "cache", (MODEL, SPEAKER)) == ()


def test_the_files_are_taken_from_an_address(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the operator's own network, named once in the environment."""
    monkeypatch.setenv(asset_places.VARIABLE, f"{address}/")
    downloads.fetch(tmp_path / "cache", (MODEL, SPEAKER))
    assert (tmp_path / "cache" / MODEL.path).read_bytes() == b"model"


def test_what_was_exported_can_be_taken_elsewhere(tmp_path: Path) -> None:
    """A machine with the network fills a folder for one without."""
    asset_places.export_assets(fill(tmp_path / "cache"), tmp_path / "usb", (MODEL, SPEAKER))
    assert asset_places.install_from(str(tmp_path / "usb"), tmp_path / "other", (MODEL, SPEAKER)) == ()
    assert (tmp_path / "other" / MODEL.path).read_bytes() == b"model"


def test_another_file_of_that_name_is_not_installed(tmp_path: Path) -> None:
    """The SHA-256 decides, not the name and not the place."""
    place = fill(tmp_path / "usb")
    (place / MODEL.path).write_bytes(b"modem")
    with pytest.raises(AssetError, match=r"kokoro/model\.onnx from .*usb has SHA-256 .* was not installed"):
        downloads.fetch(tmp_path / "cache", (MODEL,), place=str(place))
    assert not (tmp_path / "cache" / MODEL.path).exists()


def test_what_the_address_lacks_is_asked_of_the_registries(tmp_path: Path, address: str) -> None:
    """Nothing is installed under a wrong name, and nothing is passed over."""
    other = asset("kokoro/voices/other.bin", b"other")
    assert asset_places.install_from(address, tmp_path, (MODEL, other)) == (other,)


def test_a_place_that_is_none_names_all_three_ways(tmp_path: Path) -> None:
    """Registries, a folder, an address."""
    with pytest.raises(AssetError) as raised:
        downloads.fetch(tmp_path, (MODEL,), place=str(tmp_path / "nothing"))
    told = str(raised.value)
    assert "is no folder" in told
    assert all(way in told for way in ("registries", "--from FOLDER", "--export FOLDER", "--from URL"))
