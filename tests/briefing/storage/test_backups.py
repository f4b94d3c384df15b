"""Backups, what is restored from them, what may go, and databases of earlier versions."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import tarfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config as Alembic

from briefing import config
from briefing.cli import app
from briefing.editions import cleanup
from briefing.errors import ConfigError, KeepingFailed
from briefing.model import EditionKey, Stage
from briefing.storage import archives, backups
from briefing.storage.store import HEAD, MIGRATIONS, opened
from briefing.wiring.show_contexts import build_show_context
from tests.briefing.cli.test_commands import DAY, ran
from tests.newsroom import furnished

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefing.editions.show_context import ShowContext
    from tests.databases import Cluster

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
KEY = EditionKey("demo", date(2026, 1, 5), "morning")


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its name there; the database's own working files do not count."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in {"briefing.db", "briefing.db-wal", "briefing.db-shm"}
    }


def rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    engine = sa.create_engine(url)
    with engine.connect() as db:
        names = sorted(sa.inspect(db).get_table_names())
        found = {name: [tuple(row) for row in db.execute(sa.text(f"SELECT * FROM {name}"))] for name in names}  # noqa: S608 - the database's own names
    engine.dispose()
    return found


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A newsroom that has made an edition, with a lexicon of its show, and its backup."""
    home = furnished(tmp_path_factory.mktemp("newsroom"))
    (home.parent / "words").mkdir()
    words = '[words]\n"单志远" = "shan4 zhi4 yuan3"\n'
    (home.parent / "words" / "demo.toml").write_text(words, encoding="utf-8")
    text = home.read_text(encoding="utf-8")
    home.write_text(text.replace('lexicon = ""', 'lexicon = "words/demo.toml"'), encoding="utf-8")
    cache = str(home.parent / "cache")
    ran("run", "--day", DAY, home=home, BRIEFING_CACHE=cache)
    archive = home.parent / "briefing.tar.gz"
    assert ran("backup", str(archive), home=home, BRIEFING_CACHE=cache)["database"]
    return home, archive


def test_a_newsroom_is_restored_as_it_was(saved: tuple[Path, Path], tmp_path: Path) -> None:
    """On an empty machine: configuration, lexicon, scripts, every published byte and every row; and it goes on the air."""
    home, archive = saved
    before, tables = files(home.parent / "var"), rows(f"sqlite:///{home.parent}/var/briefing.db")
    new = tmp_path / "briefing.toml"
    done = ran("restore", str(archive), home=new)
    assert new.read_bytes() == home.read_bytes()
    assert (tmp_path / "words" / "demo.toml").is_file()
    assert done["folder"] == str(tmp_path / "var")
    kept = {name: data for name, data in before.items() if name.split("/")[0] in {"scripts", "public"}}
    # Packed copies are made again by the next publishing.
    kept = {name: data for name, data in kept.items() if not name.endswith(".gz")}
    assert files(tmp_path / "var") == kept
    assert rows(f"sqlite:///{tmp_path}/var/briefing.db") == tables
    standing = ran("run", "--day", DAY, home=new, BRIEFING_CACHE=str(home.parent / "cache"))
    assert standing["stage"] == "published"
    assert not list(tmp_path.glob(".restoring*"))


def test_nothing_is_restored_over_what_is_there(saved: tuple[Path, Path]) -> None:
    """A working folder that holds something is refused, and stays as it is."""
    home, archive = saved
    before = files(home.parent / "var")
    with pytest.raises(KeepingFailed, match="is not empty; move it away first: nothing was overwritten"):
        backups.restore(archive, home)
    assert files(home.parent / "var") == before


def test_a_backup_is_taken_while_somebody_writes(tmp_path: Path, newsroom: Path) -> None:
    """The copy of the database is whole and of one moment, although a transaction is open."""
    configuration = config.load(newsroom)
    with opened(configuration.database, configuration.folder) as store:
        store.shows.load_guid("demo", "guid-1")
        with closing(sqlite3.connect(configuration.folder / "briefing.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("UPDATE shows SET guid = 'half'")
            assert store.copy_to(tmp_path / "copy.db")
            other.execute("ROLLBACK")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("SELECT guid FROM shows").fetchone() == ("guid-1",)


def test_secrets_and_hidden_files_stay_out(newsroom: Path, tmp_path: Path) -> None:
    """No environment, nothing half written, no link to elsewhere; what lies elsewhere is named."""
    configuration = config.load(newsroom)
    public = configuration.folder / "public" / "demo"
    public.mkdir(parents=True)
    (public / "feed.xml").write_text("<rss/>")
    (public / ".feed.xml").write_text("half")
    (public / "passwd").symlink_to("/etc/passwd")
    show = configuration.shows["demo"].model_copy(update={"lexicon": "/etc/hostname"})
    configuration = configuration.model_copy(update={"shows": {"demo": show}})
    with opened(configuration.database, configuration.folder) as store:
        kept = backups.backup(configuration, newsroom, store, tmp_path / "b.tar", NOW)
    with tarfile.open(tmp_path / "b.tar") as archive:
        names = archive.getnames()
    assert names == [
        "configuration/briefing.toml",
        "work/briefing.db",
        "work/public/demo/feed.xml",
        "manifest.json",
    ]
    assert kept.left_out == ("/etc/hostname",)


def test_a_database_of_another_kind_is_left_to_its_own_program(
    postgres: Cluster, newsroom: Path, tmp_path: Path
) -> None:
    """The backup holds everything else, and knows that it has no database."""
    configuration = config.load(newsroom)
    with postgres.database() as url, opened(url, configuration.folder) as store:
        kept = backups.backup(configuration, newsroom, store, tmp_path / "b.tar", NOW)
    assert (kept.files, kept.database) == (1, False)


def archive_of(path: Path, members: dict[str, bytes], manifest: dict[str, object] | None = None) -> Path:
    """A hand-made archive."""
    if manifest is not None:
        members = members | {"manifest.json": json.dumps(manifest).encode()}
    with tarfile.open(path, "w") as archive:
        for name, data in members.items():
            about = tarfile.TarInfo(name)
            about.size = len(data)
            archive.addfile(about, io.BytesIO(data))
    return path


EMPTY = {"form": 1, "files": []}
LEXICON = "work/lexicon.toml"


def whole_archive(path: Path, members: dict[str, bytes]) -> Path:
    """A hand-made archive whose manifest proves its files."""
    listed = [{"name": name, "sha256": hashlib.sha256(data).hexdigest()} for name, data in members.items()]
    return archive_of(path, members, {"form": 1, "files": listed})


def test_an_archive_does_not_choose_its_working_folder(newsroom: Path, tmp_path: Path) -> None:
    """Its own configuration would put it anywhere; one that lies there already is believed."""
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    settings = newsroom.read_text(encoding="utf-8").replace('folder = "var"', f'folder = "{elsewhere}"')
    archive = whole_archive(tmp_path / "b.tar", {"configuration/briefing.toml": settings.encode()})
    for named in (str(elsewhere), "../elsewhere", ".ssh", "."):
        other = newsroom.read_text(encoding="utf-8").replace('folder = "var"', f'folder = "{named}"')
        evil = whole_archive(tmp_path / "evil.tar", {"configuration/briefing.toml": other.encode()})
        with pytest.raises(KeepingFailed, match="names the working folder"):
            backups.restore(evil, home / "briefing.toml")
    assert not elsewhere.exists()
    assert list(home.iterdir()) == []
    (home / "briefing.toml").write_text(settings, encoding="utf-8")
    assert backups.restore(archive, home / "briefing.toml").folder == elsewhere


def test_only_files_that_the_configuration_names_are_put_beside_it(newsroom: Path, tmp_path: Path) -> None:
    """A lexicon that no show reads may be read by another program."""
    members = {"configuration/briefing.toml": newsroom.read_bytes(), "configuration/pyproject.toml": b"x"}
    archive = whole_archive(tmp_path / "b.tar", members)
    with pytest.raises(KeepingFailed, match=r"holds pyproject\.toml, which the configuration does not name"):
        backups.restore(archive, tmp_path / "home" / "briefing.toml")
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_links_and_devices_are_refused(kind: bytes, tmp_path: Path) -> None:
    """Whatever they point to."""
    with tarfile.open(tmp_path / "b.tar", "w") as archive:
        about = tarfile.TarInfo("work/lexicon.toml")
        about.type, about.linkname = kind, "../../../etc/passwd"
        archive.addfile(about)
    with pytest.raises(KeepingFailed, match="which no backup does"):
        backups.restore(tmp_path / "b.tar", tmp_path / "briefing.toml")


def test_a_name_that_comes_twice_is_refused(tmp_path: Path) -> None:
    """The second would replace what was proved."""
    with tarfile.open(tmp_path / "b.tar", "w") as archive:
        for data in (b"one", b"two"):
            about = tarfile.TarInfo("work/lexicon.toml")
            about.size = len(data)
            archive.addfile(about, io.BytesIO(data))
    with pytest.raises(KeepingFailed, match="is no whole backup"):
        backups.restore(tmp_path / "b.tar", tmp_path / "briefing.toml")


def test_sizes_and_counts_have_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small archive that says it holds petabytes, one of very many files, one with a header of megabytes."""
    about = tarfile.TarInfo("work/briefing.db")
    about.size = 2**50
    (tmp_path / "large.tar").write_bytes(about.tobuf(tarfile.GNU_FORMAT) + b"\0" * 1024)
    with pytest.raises(KeepingFailed, match="does not fit"):
        backups.restore(tmp_path / "large.tar", tmp_path / "briefing.toml")
    about = tarfile.TarInfo("x")
    about.type, about.size = tarfile.XHDTYPE, 2**32
    (tmp_path / "header.tar").write_bytes(about.tobuf(tarfile.GNU_FORMAT) + b"\0" * 1024)
    with pytest.raises(KeepingFailed, match="is no whole backup"):
        backups.restore(tmp_path / "header.tar", tmp_path / "briefing.toml")
    monkeypatch.setattr(archives, "MAX_FILES", 3)
    many = {f"work/public/demo/{number}.mp3": b"x" for number in range(4)}
    with pytest.raises(KeepingFailed, match="more than 3 files"):
        backups.restore(whole_archive(tmp_path / "many.tar", many), tmp_path / "briefing.toml")


def test_what_is_restored_is_private_and_what_is_published_is_not(newsroom: Path, tmp_path: Path) -> None:
    """Whatever the umask is; the archive itself is private too."""
    (newsroom.parent / "var" / "public" / "demo").mkdir(parents=True)
    (newsroom.parent / "var" / "public" / "demo" / "feed.xml").write_text("<rss/>")
    configuration, before = config.load(newsroom), os.umask(0)
    try:
        with opened(configuration.database, configuration.folder) as store:
            backups.backup(configuration, newsroom, store, tmp_path / "b.tar.gz", NOW)
        backups.restore(tmp_path / "b.tar.gz", tmp_path / "home" / "briefing.toml")
    finally:
        os.umask(before)
    var = tmp_path / "home" / "var"
    assert {
        name: (tmp_path / name).stat().st_mode & 0o777 for name in ("b.tar.gz", "home/briefing.toml")
    } == {
        "b.tar.gz": 0o600,
        "home/briefing.toml": 0o600,
    }
    assert {
        name: (var / name).stat().st_mode & 0o777
        for name in ("briefing.db", "public", "public/demo/feed.xml", ".")
    } == {
        "briefing.db": 0o600,
        "public": 0o755,
        "public/demo/feed.xml": 0o644,
        ".": 0o711,
    }


@pytest.mark.parametrize(
    ("members", "manifest", "said"),
    [
        ({}, None, "is no backup"),
        ({"../../evil": b"x"}, EMPTY, "is no whole backup"),
        ({"/etc/evil": b"x"}, EMPTY, "is no whole backup: it holds '/etc/evil'"),
        ({"configuration/.ssh/authorized_keys": b"x"}, EMPTY, "authorized_keys', which no backup does"),
        ({"configuration/.profile.toml": b"x"}, EMPTY, "which no backup does"),
        ({"configuration/run.sh": b"x"}, EMPTY, "which no backup does"),
        ({"work/public/demo/../../x": b"x"}, EMPTY, "which no backup does"),
        ({"work/public/demo/deep/x.mp3": b"x"}, EMPTY, "which no backup does"),
        ({"work/other.db": b"x"}, EMPTY, "which no backup does"),
        ({"work/lexicon.toml": b"x"}, EMPTY, "is no whole backup: work/lexicon.toml is missing or was added"),
        (
            {},
            {"form": 1, "files": [{"name": LEXICON, "sha256": "0"}]},
            "lexicon.toml is missing or was added",
        ),
        ({LEXICON: b"x"}, {"form": 1, "files": [{"name": LEXICON, "sha256": "0"}]}, "toml was changed"),
        ({"manifest.json": b"[" * 100_000}, None, "its manifest is nested too deep"),
        ({}, {"form": 2, "files": []}, "is a backup of a later version"),
        ({}, {"form": 1}, "is no whole backup"),
    ],
)
def test_an_archive_that_is_not_what_was_saved_is_refused(
    tmp_path: Path, members: dict[str, bytes], manifest: dict[str, object] | None, said: str
) -> None:
    """With the reason, and nothing is written anywhere."""
    path = archive_of(tmp_path / "b.tar", members, manifest)
    (tmp_path / "home" / "deep").mkdir(parents=True)
    with pytest.raises(KeepingFailed, match=said):
        backups.restore(path, tmp_path / "home" / "deep" / "briefing.toml")
    assert [one.name for one in tmp_path.rglob("*") if one.is_file()] == ["b.tar"]


@pytest.mark.parametrize("data", [b"", b"not an archive", b"\x1f\x8b\x08broken"])
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    """A cut or foreign file, in one sentence."""
    (tmp_path / "b.tar.gz").write_bytes(data)
    with pytest.raises(KeepingFailed, match="is no whole backup"):
        backups.restore(tmp_path / "b.tar.gz", tmp_path / "briefing.toml")


def test_a_backup_that_cannot_be_written_leaves_the_old_one(newsroom: Path, tmp_path: Path) -> None:
    """The folder is named, and nothing half is left."""
    configuration = config.load(newsroom)
    target = tmp_path / "no such folder" / "b.tar"
    with (
        opened(configuration.database, configuration.folder) as store,
        pytest.raises(KeepingFailed, match="cannot be written"),
    ):
        backups.backup(configuration, newsroom, store, target, NOW)


# What may go


@pytest.fixture
def context(newsroom: Path) -> Iterator[ShowContext]:
    """The sample show's context on the 2nd of March."""
    configuration = config.load(newsroom)
    with opened(configuration.database, configuration.folder) as store:
        made = build_show_context(configuration, "demo", store, configuration.folder)
        yield replace(made, now=lambda: NOW)


def put(path: Path, days: float, text: str = "x") -> Path:
    """A file that was written so many days ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    then = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (then, then))
    return path


def gone(context: ShowContext) -> dict[str, str]:
    """What may go, and why, by name."""
    public = context.folder / "public" / "demo"
    return {one.path.name: one.why for one in cleanup.found(context, public, cleanup.Keep())}


def test_recordings_go_when_their_day_is_long_over_or_they_were_replaced(context: ShowContext) -> None:
    """Thirty days; two for a revision that a newer one has replaced. Files of other names are nobody's."""
    recordings = context.folder / "recordings" / "demo"
    today = EditionKey("demo", NOW.date(), "morning")
    context.store.editions.move_edition(today, Stage.GATHERED)
    for base in (0, 1):
        context.store.scripts.save_script(today, f"r{base + 1}", base=base, author="a", saved=NOW)
    put(recordings / "2026-01-05-morning-r1.mp3", 56)
    put(recordings / "2026-01-05-morning-r1-speakers.mp3", 56)
    put(recordings / "2026-02-02-morning-r1.m4a", 28)
    put(recordings / "2026-03-02-morning-r1.mp3", 2.5)
    put(recordings / "2026-03-02-morning-r2.mp3", 2.5)
    put(recordings / "jingle.mp3", 500)
    put(recordings / ".2026-03-02-morning-r2.mp3", 1.5)
    put(recordings / ".2026-03-02-morning-r3.mp3", 0.5)
    assert gone(context) == {
        "2026-01-05-morning-r1-speakers.mp3": "its day is long over",
        "2026-01-05-morning-r1.mp3": "its day is long over",
        "2026-03-02-morning-r1.mp3": "a newer revision took its place",
        ".2026-03-02-morning-r2.mp3": "it was never finished",
    }


def test_a_script_goes_only_when_every_word_is_in_the_store(context: ShowContext) -> None:
    """What somebody changed in the file stays, however old."""
    old = EditionKey("demo", date(2025, 1, 6), "morning")
    context.store.editions.move_edition(old, Stage.GATHERED)
    context.store.scripts.save_script(old, "one", base=0, author="a", saved=NOW)
    context.store.scripts.save_script(old, "two", base=1, author="a", saved=NOW)
    put(context.script_file(old, 1), 400, "one")
    put(context.script_file(old, 2), 400, "two, and changed")
    put(context.script_file(KEY, 1), 56, "one")
    assert gone(context) == {"2025-01-06-morning-r1.md": "it is in the database"}


def test_tidying_says_what_goes_and_frees_it(newsroom: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """First only in words, then in deeds."""
    old = put(newsroom.parent / "var" / "recordings" / "demo" / "2020-01-05-morning-r1.mp3", 56)
    asked = ["tidy", "--config", str(newsroom), "--json", "--quiet"]
    assert app.main([*asked, "--dry-run"]) == 0
    assert [one["file"] for one in json.loads(capsys.readouterr().out)] == [str(old)]
    assert old.exists()
    assert app.main(asked) == 0
    assert [one["bytes"] for one in json.loads(capsys.readouterr().out)] == [1]
    assert not old.exists()


# Databases of earlier versions


@pytest.mark.parametrize("revision", ["0001", "sources", "feed", "desk", "clock"])
def test_an_old_database_comes_to_this_version_and_loses_nothing(
    database: str, tmp_path: Path, revision: str
) -> None:
    """Every row of every table that an earlier version had is there after the store was opened."""
    engine = sa.create_engine(database)
    with engine.begin() as db:
        settings = Alembic(attributes={"connection": db})
        settings.set_main_option("script_location", str(MIGRATIONS))
        command.upgrade(settings, revision)
        for statement in OLD:
            db.exec_driver_sql(statement)
    engine.dispose()
    before = rows(database)
    with opened(database, tmp_path) as store:
        assert store.revision() == HEAD
        assert store.shows.load_guid("demo", "another") == "guid-1"
        assert [one.title for one in store.articles.list_articles(KEY)] == ["滨河大桥通车"]
        assert store.editions.find_standing(KEY).stage is Stage.DRAFTED
        assert [draft.text for draft in store.scripts.list_scripts(KEY)] == ["第一稿", "第二稿"]
    after = rows(database)
    del before["alembic_version"]
    assert {name: [row[: len(old[0])] for row in after[name]] for name, old in before.items() if old} == {
        name: old for name, old in before.items() if old
    }


BODY = (
    '{"title": "滨河大桥通车", "paragraphs": ["滨河大桥通车。"], "kicker": "", "byline": "", "page": "", '
    '"position": 0, "url": "", "sections": [], "complete": true, "origin": "", "licence": ""}'
)
OLD = (
    "INSERT INTO shows VALUES ('demo', 'guid-1')",
    f"INSERT INTO articles VALUES ('a1', 'binhe', '2026-01-05T00:00:00+08:00', '{BODY}')",  # noqa: S608 - made up
    "INSERT INTO editions (show, day, edition, stage, revision) VALUES ('demo', '2026-01-05', 'morning', 'drafted', 2)",
    "INSERT INTO edition_articles VALUES ('demo', '2026-01-05', 'morning', 0, 'a1')",
    "INSERT INTO scripts VALUES ('demo', '2026-01-05', 'morning', 1, '第一稿', 'a', '2026-01-05T05:00:00+08:00')",
    "INSERT INTO scripts VALUES ('demo', '2026-01-05', 'morning', 2, '第二稿', 'a', '2026-01-05T06:00:00+08:00')",
)
"""Made up."""


def test_a_database_of_a_later_version_is_refused(tmp_path: Path) -> None:
    """With what to do, and untouched."""
    url = f"sqlite:///{tmp_path}/briefing.db"
    with opened(url, tmp_path):
        pass
    with closing(sqlite3.connect(tmp_path / "briefing.db")) as db:
        db.execute("UPDATE alembic_version SET version_num = 'next'")
        db.commit()
    before = rows(url)
    with pytest.raises(ConfigError, match="is of a later version \\(next\\)"), opened(url, tmp_path):
        pass
    assert rows(url) == before
