"""One run at a time for an edition."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from briefing.editions import lease
from briefing.errors import EditionBusy, LeaseLost
from briefing.model import EditionKey, Stage
from tests.databases import Clock

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.storage.store import Store

KEY = EditionKey("demo", date(2026, 3, 2), "morning")
NAME = str(KEY)

HOLDER = """
import pathlib, sys
from briefing.editions import lease
from briefing.storage.store import opened
with opened(sys.argv[1], pathlib.Path(sys.argv[2])) as store, lease.held(store, sys.argv[3]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def clock() -> Clock:
    """A clock that a test moves."""
    return Clock(datetime(2026, 3, 2, 6, tzinfo=UTC))


def test_another_process_is_told_at_once_and_a_kill_gives_the_lease_back(
    database: str, store: Store, tmp_path: Path
) -> None:
    """While a process works nobody else begins; when it is killed, the next run can start straight away."""
    command = [sys.executable, "-c", HOLDER, database, str(tmp_path), NAME]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(EditionBusy, match=f"process {holder.pid} since"), lease.held(store, NAME):
            pytest.fail("two runs at once")
        with lease.held(store, "demo/2026-03-03/morning"):
            pass
        holder.kill()
        holder.wait()
    with lease.held(store, NAME):
        pass
    assert store.leases.list_leases() == {}


def test_the_end_of_the_block_gives_the_lease_back_however_it_ends(store: Store) -> None:
    """One process may hold the same lease again and again, and an error leaves none behind."""
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), lease.held(store, NAME):
            raise ZeroDivisionError
    assert store.leases.list_leases() == {}


def test_who_holds_it_already_goes_on_with_the_same_store(store: Store) -> None:
    """A run and its stages are one holding, which ends with the run."""
    with lease.held(store, NAME) as outer:
        with lease.held(outer, NAME) as inner:
            assert inner is outer
        assert list(store.leases.list_leases()) == [NAME]


def test_a_holder_elsewhere_is_waited_for_a_minute_and_no_longer(store: Store, clock: Clock) -> None:
    """Of another machine nobody knows whether a process lives; its lease runs out by itself."""
    with lease.held(store, NAME, clock):
        mine = store.leases.list_leases()[NAME]
    away = replace(mine, owner="other", place="another machine")
    assert store.leases.take_lease(NAME, away, lambda _: False) is None
    clock.move(seconds=59)
    with pytest.raises(EditionBusy), lease.held(store, NAME, clock):
        pytest.fail("two runs at once")
    clock.move(seconds=1)
    with lease.held(store, NAME, clock):
        assert store.leases.list_leases()[NAME].owner != "other"


def test_what_a_sleeper_made_is_not_stored_once_another_has_taken_over(store: Store, clock: Clock) -> None:
    """A process that was stopped for minutes wakes up and finds that its edition is another's."""
    with lease.held(store, NAME, clock) as slept:
        slept.articles.save_gathered(KEY, [])
        clock.move(minutes=5)
        with lease.held(store, NAME, clock) as woken:
            with pytest.raises(LeaseLost, match="was taken over by another process"):
                slept.scripts.save_script(KEY, "旧稿", base=0, author="甲", saved=clock())
            assert woken.scripts.save_script(KEY, "新稿", base=0, author="乙", saved=clock()) == 1
        with pytest.raises(LeaseLost):
            lease.confirm(slept)
    assert [draft.text for draft in store.scripts.list_scripts(KEY)] == ["新稿"]
    assert store.editions.find_standing(KEY).stage is Stage.DRAFTED
    assert store.leases.list_leases() == {}


def test_a_sleeper_whose_lease_nobody_wanted_goes_on(store: Store, clock: Clock) -> None:
    """Late is no reason to begin again."""
    with lease.held(store, NAME, clock) as slept:
        clock.move(minutes=5)
        slept.articles.save_gathered(KEY, [])
        taken = store.leases.list_leases()[NAME]
        assert store.leases.renew_lease(NAME, taken.owner, clock() + timedelta(minutes=1))
    assert store.editions.find_standing(KEY).stage is Stage.GATHERED


def test_a_process_number_that_was_given_again_is_another_process(store: Store, clock: Clock) -> None:
    """The dead are known by when they were born."""
    with lease.held(store, NAME, clock):
        mine = store.leases.list_leases()[NAME]
    assert not lease.gone(mine, clock())
    assert lease.gone(replace(mine, born="1"), clock())
    assert not lease.gone(replace(mine, born="1", place="another machine"), clock())


def test_what_the_dead_left_on_finished_work_is_swept_away(store: Store, clock: Clock) -> None:
    """Nobody would ever ask for it again; what a living process holds stays, though the machine slept for hours."""
    with lease.held(store, NAME, clock):
        mine = store.leases.list_leases()[NAME]
        dead = replace(mine, owner="dead", born="1")
        assert store.leases.take_lease("demo/2026-03-01/morning", dead, lambda _: False) is None
        clock.move(hours=3)
        lease.sweep(store, clock)
        assert store.leases.list_leases() == {NAME: mine}
