"""A real browser on loopback: Chromium, driven by Playwright, and axe-core for what the blind and the keyboard need.

The fixtures are in `tests/conftest.py`. Chromium is Debian's package `chromium`; the npm packages of `tests/web` are
fetched once into the cache, each checked by the lock file's digest.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.storage import downloads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

WEB = Path(__file__).parent / "web"
"""Which npm packages the tests use, in which versions."""

CACHE = downloads.folder() / "web"
"""Where they are kept: in the user's cache, also when a newsroom of a test has a cache of its own."""

DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 740}
SERIOUS = ("serious", "critical")
"""The impacts of axe-core that shut somebody out."""

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    # Nothing but this machine is looked up: a page that needs the world would fail here.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser during a block; a missing one is a failure that names the package, never a skip."""
    program = shutil.which("chromium")
    assert program, "chromium is not installed; install the Debian package chromium"
    # Only who wants a browser needs its driver: the fixtures are collected with every test.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - see above

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(context: BrowserContext) -> Iterator[Page]:
    """A page of a context; at the end of the block no script of it may have failed and no policy been broken."""
    troubles: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    try:
        yield page
    finally:
        context.close()
    assert troubles == []


def node_packages() -> Path:
    """The folder with the `node_modules` of `tests/web`; fetched once for each state of the lock file."""
    lock = (WEB / "package-lock.json").read_bytes()
    kept = CACHE / hashlib.sha256(lock).hexdigest()[:16]
    if not kept.is_dir():
        npm = shutil.which("npm")
        assert npm, "npm is not installed; install Node.js with npm"
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent, prefix=".fetch-") as scratch:
            for name in ("package.json", "package-lock.json"):
                shutil.copy(WEB / name, scratch)
            # Without the scripts of the packages: what is fetched is read, never run by npm.
            told = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
            subprocess.run(told, cwd=scratch, check=True, timeout=300)
            Path(scratch).replace(kept)
            Path(scratch).mkdir()
    return kept


def node(script: Path, *arguments: str) -> object:
    """What a script of `tests/web` prints as JSON, run by Node.js with the npm packages."""
    program = shutil.which("node")
    assert program, "node is not installed; install Node.js"
    packages = {"NODE_PATH": str(node_packages() / "node_modules")}
    done = subprocess.run(
        [program, script, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=os.environ | packages,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def barriers(page: Page) -> list[str]:
    """What axe-core finds on a page that shuts somebody out, each with the elements that it is about."""
    source = node_packages() / "node_modules" / "axe-core" / "axe.min.js"
    page.evaluate(source.read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {one['help']} ({', '.join(str(node['target']) for node in one['nodes'])})"
        for one in found["violations"]
        if one["impact"] in SERIOUS
    ]
