"""The store: stages in one transaction, revisions that nobody overwrites, one episode an edition."""

from __future__ import annotations

import dataclasses
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from briefing.errors import StageError, StaleRevision
from briefing.model import NEXT_STAGES, Article, EditionKey, Stage
from briefing.storage.store import HEAD, MIGRATIONS, Aired, AuditEntry, Place, Standing, Store, opened
from briefing.storage.store.schema import EPISODES
from feed.model import Audio, Chapter, Correction, Cue, Episode, Soundbite
from voices import model as studio
from voices.model import Millis

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.storage.store import Store

KEY = EditionKey("demo", date(2026, 3, 2), "morning")
NEXT_DAY = EditionKey("demo", date(2026, 3, 3), "morning")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ARTICLE = Article(
    id="a1",
    source="paper",
    title="新桥通车",
    paragraphs=("第一段。", "第二段。"),
    published=NOON,
    sections=("背景",),
    complete=False,
)


def drafted(store: Store, key: EditionKey = KEY) -> None:
    """Bring an edition to its first script."""
    store.articles.save_gathered(key, [ARTICLE])
    store.scripts.save_script(key, "第一稿", base=0, author="每日简报", saved=NOON)


def voiced(store: Store, tmp_path: Path, key: EditionKey = KEY) -> studio.Recording:
    """Bring an edition to its recording."""
    drafted(store, key)
    store.editions.move_edition(key, Stage.APPROVED)
    recording = studio.Recording(
        path=tmp_path / "recordings" / "a.mp3",
        size=17,
        duration=Millis(1500),
        loudness=-16.1,
        true_peak=-1.2,
        chapters=(studio.Chapter("开场", Millis(0)),),
        cues=(studio.Cue("晓伊", "早上好。", Millis(0), Millis(900)),),
    )
    store.recordings.save_recording(key, 1, recording)
    return recording


def episode(number: int, guid: str = "g1") -> Episode:
    """An episode with times that JSON does not know."""
    return Episode(
        guid=guid,
        title="3月2日",
        summary="新桥通车。",
        published=NOON,
        audio="a.mp3",
        size=17,
        duration=timedelta(seconds=1.5),
        number=number,
        chapters=(Chapter("开场", timedelta(0), "https://example.com/1"),),
        cues=(Cue("晓伊", "早上好。", timedelta(0), timedelta(seconds=0.9)),),
        soundbites=(Soundbite("要闻", timedelta(seconds=0.2), timedelta(seconds=1)),),
        short=Audio("a-speakers.mp3", 16, timedelta(seconds=1.2)),
        corrections=(Correction(NOON + timedelta(hours=1), "桥名更正。"),),
    )


def test_a_new_database_is_at_the_newest_migration() -> None:
    """The number that lets a store open fast is the head of the migrations."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_an_edition_that_nobody_began_is_new(store: Store) -> None:
    """Asking for it does not make it."""
    assert store.editions.find_standing(KEY).stage is Stage.NEW
    assert store.editions.list_standings() == ()


def test_articles_come_back_as_they_went_in_and_once(store: Store) -> None:
    """The pool keeps its order and holds an article once, however often a source gives it."""
    second = dataclasses.replace(ARTICLE, id="a2", title="另一条")
    store.articles.save_gathered(KEY, [second, ARTICLE, second])
    assert store.articles.list_articles(KEY) == (second, ARTICLE)
    assert store.editions.find_standing(KEY).stage is Stage.GATHERED


def test_a_corrected_article_replaces_the_one_that_was_kept(store: Store) -> None:
    """Gathering again takes over what the source has corrected since."""
    store.articles.save_gathered(KEY, [ARTICLE])
    corrected = dataclasses.replace(ARTICLE, paragraphs=("更正后的一段。",))
    store.articles.save_gathered(KEY, [corrected])
    assert store.articles.list_articles(KEY) == (corrected,)


def test_every_revision_of_a_script_is_kept(store: Store) -> None:
    """The newest is the script; the older ones stay readable."""
    drafted(store)
    assert store.scripts.save_script(KEY, "第二稿", base=1, author="编辑", saved=NOON) == 2
    assert [draft.text for draft in store.scripts.list_scripts(KEY)] == ["第一稿", "第二稿"]
    newest = store.scripts.newest_script(KEY)
    assert newest is not None
    assert (newest.revision, newest.author, newest.saved) == (2, "编辑", NOON)


def test_a_save_on_a_revision_that_is_not_the_newest_changes_nothing(store: Store) -> None:
    """The second of two editors is told, and nobody's text is lost."""
    drafted(store)
    store.scripts.save_script(KEY, "甲的稿", base=1, author="甲", saved=NOON)
    with pytest.raises(StaleRevision, match="is at revision 2, the change was made to revision 1"):
        store.scripts.save_script(KEY, "乙的稿", base=1, author="乙", saved=NOON)
    assert [draft.text for draft in store.scripts.list_scripts(KEY)] == ["第一稿", "甲的稿"]


def test_an_edited_script_needs_approval_again(store: Store) -> None:
    """What was approved is not what was changed since."""
    drafted(store)
    store.editions.move_edition(KEY, Stage.APPROVED)
    store.scripts.save_script(KEY, "改过的稿", base=1, author="编辑", saved=NOON)
    assert store.editions.find_standing(KEY).stage is Stage.DRAFTED


def test_what_is_held_is_held_whoever_edits_it(store: Store) -> None:
    """A mended comma does not put on the air what somebody has stopped."""
    drafted(store)
    store.editions.move_edition(KEY, Stage.HELD)
    assert store.scripts.save_script(KEY, "改过的稿", base=1, author="编辑", saved=NOON) == 2
    assert store.editions.find_standing(KEY) == Standing(KEY, Stage.HELD, 2)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in NEXT_STAGES[Stage.GATHERED]])
def test_a_stage_out_of_order_is_refused_and_changes_nothing(store: Store, stage: Stage) -> None:
    """The table of allowed changes is the only way through."""
    store.articles.save_gathered(KEY, [ARTICLE])
    with pytest.raises(StageError, match=f"is gathered and cannot become {stage}"):
        store.editions.move_edition(KEY, stage)
    assert store.editions.find_standing(KEY).stage is Stage.GATHERED


def test_a_recording_belongs_to_a_revision(store: Store, tmp_path: Path) -> None:
    """It comes back whole, and is none of an edited script's."""
    recording = voiced(store, tmp_path)
    assert store.recordings.find_recording(KEY) == recording
    store.scripts.save_script(KEY, "改过的稿", base=1, author="编辑", saved=NOON)
    assert store.recordings.find_recording(KEY) is None


def test_an_episode_comes_back_equal(store: Store, tmp_path: Path) -> None:
    """Times, links and cues survive the database."""
    voiced(store, tmp_path)
    store.episodes.save_episode(KEY, episode(1))
    assert store.episodes.list_episodes("demo") == (episode(1),)
    assert store.episodes.find_episode(KEY) == episode(1)
    assert store.editions.find_standing(KEY).stage is Stage.PUBLISHED


def test_an_episode_that_an_earlier_version_kept_can_be_read(store: Store, tmp_path: Path) -> None:
    """It has no soundbite, no further file and no correction, and is whole."""
    voiced(store, tmp_path)
    store.episodes.save_episode(KEY, episode(1))
    later = ("soundbites", "m4a", "short", "corrections")
    with store.database.begin_write() as db:
        body = db.scalars(sa.select(EPISODES.c.body)).one()
        db.execute(EPISODES.update().values(body={k: v for k, v in body.items() if k not in later}))
    assert store.episodes.find_episode(KEY) == dataclasses.replace(
        episode(1), soundbites=(), short=None, corrections=()
    )


def test_publishing_again_replaces_the_item(store: Store, tmp_path: Path) -> None:
    """One edition is one item, however often it is published."""
    voiced(store, tmp_path)
    store.episodes.save_episode(KEY, episode(1))
    store.episodes.save_episode(KEY, dataclasses.replace(episode(1), audio="b.mp3"))
    assert [item.audio for item in store.episodes.list_episodes("demo")] == ["b.mp3"]


def test_numbers_follow_one_another_and_are_given_once(store: Store) -> None:
    """Number and moment stay with a guid, whatever is asked later; each show counts by itself."""
    later = NOON + timedelta(hours=1)
    assert store.episodes.assign_place("demo", "g1", NOON) == Place(1, NOON)
    assert store.episodes.assign_place("demo", "g2", NOON) == Place(2, NOON)
    assert store.episodes.assign_place("demo", "g1", later) == Place(1, NOON)
    assert store.episodes.assign_place("other", "g3", later) == Place(1, later)


def test_a_number_that_is_taken_is_refused(store: Store, tmp_path: Path) -> None:
    """Two editions never share one, and nothing is changed by trying."""
    voiced(store, tmp_path)
    store.episodes.save_episode(KEY, episode(1))
    voiced(store, tmp_path, NEXT_DAY)
    with pytest.raises(StageError, match="that number is taken"):
        store.episodes.save_episode(NEXT_DAY, episode(1, "g2"))
    assert store.editions.find_standing(NEXT_DAY).stage is Stage.VOICED
    store.episodes.save_episode(NEXT_DAY, episode(2, "g2"))
    assert [item.number for item in store.episodes.list_episodes("demo")] == [2, 1]


def test_a_withdrawn_episode_is_off_the_air_and_remembered(store: Store, tmp_path: Path) -> None:
    """It is in no list of what is on the air; the history keeps it, with the reason; its number is not given again."""
    voiced(store, tmp_path)
    given = store.episodes.assign_place("demo", "g1", NOON)
    store.episodes.save_episode(KEY, episode(given.number))
    later = NOON + timedelta(hours=1)
    store.episodes.withdraw_episode(KEY, "引语有误", later)
    assert store.episodes.list_episodes("demo") == ()
    assert store.episodes.find_episode(KEY) is None
    assert store.editions.find_standing(KEY).stage is Stage.WITHDRAWN
    assert store.episodes.list_history("demo") == (Aired(KEY, episode(1), later, "引语有误"),)
    assert store.episodes.assign_place("demo", "g2", later).number == 2


def test_an_edition_that_came_back_stands_before_what_it_was(store: Store, tmp_path: Path) -> None:
    """The history has both, the one on the air first; the newest number leads."""
    voiced(store, tmp_path)
    store.episodes.save_episode(KEY, episode(1))
    store.episodes.withdraw_episode(KEY, "引语有误", NOON)
    store.scripts.save_script(KEY, "改过的稿", base=1, author="编辑", saved=NOON)
    store.episodes.reinstate_edition(
        KEY, 2, AuditEntry(NOON, "李主编", "reinstate", f"{KEY}: 核实无误", "here")
    )
    store.editions.move_edition(KEY, Stage.VOICED)
    store.episodes.save_episode(KEY, dataclasses.replace(episode(1), audio="b.mp3"))
    voiced(store, tmp_path, NEXT_DAY)
    store.episodes.save_episode(NEXT_DAY, episode(2, "g2"))
    assert [(one.key, one.episode.audio, one.withdrawn) for one in store.episodes.list_history("demo")] == [
        (NEXT_DAY, "a.mp3", None),
        (KEY, "b.mp3", None),
        (KEY, "a.mp3", NOON),
    ]


@pytest.mark.parametrize("stage", [*Stage])
def test_nothing_but_a_decision_leads_out_of_withdrawn(store: Store, tmp_path: Path, stage: Stage) -> None:
    """Neither a move to any stage nor a saved script."""
    voiced(store, tmp_path)
    store.episodes.save_episode(KEY, episode(1))
    store.episodes.withdraw_episode(KEY, "引语有误", NOON)
    store.scripts.save_script(KEY, "改过的稿", base=1, author="编辑", saved=NOON)
    with pytest.raises(StageError, match="is withdrawn; only `briefing reinstate`"):
        store.editions.move_edition(KEY, stage)
    assert store.editions.find_standing(KEY) == Standing(KEY, Stage.WITHDRAWN, 2)


def test_a_withdrawn_edition_that_an_earlier_version_put_back_is_withdrawn_again(
    store: Store, tmp_path: Path
) -> None:
    """Databases of that version hold editions that the clock would publish."""
    voiced(store, tmp_path)
    store.episodes.save_episode(KEY, episode(1))
    store.episodes.withdraw_episode(KEY, "引语有误", NOON)
    voiced(store, tmp_path, NEXT_DAY)
    with store.engine.begin() as db:
        db.execute(sa.text("UPDATE editions SET stage = 'drafted' WHERE day = :day"), {"day": f"{KEY.day}"})
        config = Config(attributes={"connection": db})
        config.set_main_option("script_location", str(MIGRATIONS))
        command.downgrade(config, "undated")
        command.upgrade(config, "head")
    assert store.editions.find_standing(KEY).stage is Stage.WITHDRAWN
    assert store.editions.find_standing(NEXT_DAY).stage is Stage.VOICED


def test_what_is_not_on_the_air_cannot_be_withdrawn(store: Store, tmp_path: Path) -> None:
    """It says where to look, and changes nothing."""
    voiced(store, tmp_path)
    with pytest.raises(StageError, match="is not on the air; `briefing history`"):
        store.episodes.withdraw_episode(KEY, "引语有误", NOON)
    assert store.editions.find_standing(KEY).stage is Stage.VOICED


def test_every_recording_of_an_edition_can_be_had(store: Store, tmp_path: Path) -> None:
    """The newest revision's first: what is on the air may be of an older one."""
    first = voiced(store, tmp_path)
    store.scripts.save_script(KEY, "改过的稿", base=1, author="编辑", saved=NOON)
    store.editions.move_edition(KEY, Stage.APPROVED)
    second = dataclasses.replace(first, path=tmp_path / "recordings" / "b.mp3")
    store.recordings.save_recording(KEY, 2, second)
    assert store.recordings.list_recordings(KEY) == (second, first)


def test_a_show_keeps_its_first_guid(store: Store) -> None:
    """The guid outlives any change of address."""
    assert store.shows.load_guid("demo", "first") == "first"
    assert store.shows.load_guid("demo", "second") == "first"


def test_two_that_open_a_new_database_at_once_make_its_tables_once(database: str, tmp_path: Path) -> None:
    """One makes them, the other waits; no table holds pickles."""
    together = threading.Barrier(2)

    def begin(_number: int) -> list[str]:
        together.wait()
        with opened(database, tmp_path) as store:
            return sorted(sa.inspect(store.engine).get_table_names())

    with ThreadPoolExecutor(2) as executor:
        first, second = executor.map(begin, range(2))
    assert first == second
    assert {"editions", "leases"} <= set(first)
    assert "apscheduler_jobs" not in first


def test_a_store_that_is_opened_again_remembers(database: str, tmp_path: Path) -> None:
    """Nothing is kept in memory only."""
    with opened(database, tmp_path) as first:
        drafted(first)
    with opened(database, tmp_path) as second:
        assert [(one.key, one.stage, one.revision) for one in second.editions.list_standings("demo")] == [
            (KEY, Stage.DRAFTED, 1)
        ]


def test_an_entry_is_met_first_once(store: Store) -> None:
    """Later looks tell the first; each source has its own entries, and new ones are met now."""
    later = NOON + timedelta(days=1)
    assert store.sources.first_met("paper", ["1", "2"], NOON) == {"1": NOON, "2": NOON}
    assert store.sources.first_met("paper", ["2", "3", "3"], later) == {"2": NOON, "3": later}
    assert store.sources.first_met("wire", ["2"], later) == {"2": later}


def test_entries_that_left_their_feed_are_forgotten_in_time(store: Store) -> None:
    """A feed that lost an entry for a while does not make it news again; the table does not grow for ever."""
    store.sources.first_met("paper", ["1", "2"], NOON)
    store.sources.first_met("paper", ["2"], NOON + timedelta(days=399))
    assert store.sources.first_met("paper", ["1"], NOON + timedelta(days=399)) == {"1": NOON}
    much_later = NOON + timedelta(days=401)
    store.sources.first_met("paper", ["2"], much_later)
    assert store.sources.first_met("paper", ["1", "2"], much_later) == {"1": much_later, "2": NOON}


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_a_database_is_its_owners_alone_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    """It holds hashes of passwords; the folder may be passed to what is published, not listed."""
    before = os.umask(mask)
    try:
        root = tmp_path / "var"
        with opened(f"sqlite:///{root}/briefing.db", root) as store:
            store.shows.load_guid("demo", "g")
            modes = {path.name: path.stat().st_mode & 0o777 for path in root.iterdir()}
    finally:
        os.umask(before)
    assert modes == dict.fromkeys(["briefing.db", "briefing.db-shm", "briefing.db-wal"], 0o600)
    assert root.stat().st_mode & 0o777 == 0o711
