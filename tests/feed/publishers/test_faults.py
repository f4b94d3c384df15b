"""A disk that is full, a folder that is read-only, a device with errors: at every write of a publication.

What listeners could fetch before, they can fetch after it, whole; the next publication goes on by itself.
"""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from feed.errors import PublishFailed
from feed.publishers import local_folder, publish
from feed.publishers.file_writer import write_atomic
from feed.publishers.local_folder import FolderPublisher
from feed.publishers.publish import publish_show
from tests.feed.airing import SHOW
from tests.feed.publishers.killing import House, named, prove, seen

if TYPE_CHECKING:
    from pathlib import Path


class Disk:
    """A disk that takes `room` writes, then answers each by an error."""

    def __init__(self, room: int, error: int) -> None:
        self.room = room
        self._error = error

    def write(self, target: Path, source: Path | bytes, mode: int = 0o644) -> None:
        """Write, or fail as the system would."""
        if self.room == 0:
            raise OSError(self._error, os.strerror(self._error), str(target))
        self.room -= 1
        write_atomic(target, source, mode)


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A newsroom with two episodes on the air."""
    (tmp_path / "scratch").mkdir()
    house = House(tmp_path / "scratch")
    for _ in range(2):
        airing = house.fresh()
        publish_show(FolderPublisher(tmp_path / "public", SHOW.address), airing)
        house.aired(airing)
    return house


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS, errno.EIO])
@pytest.mark.parametrize("step", ["fresh", "corrected"])
def test_a_fault_at_any_write_leaves_what_was_on_the_air(
    step: str, error: int, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first write that fails is each in turn; a person is told in one sentence."""
    place = str(tmp_path / "public")
    publisher = FolderPublisher(tmp_path / "public", SHOW.address)
    airing = getattr(house, step)()
    before, room = named(place), 0
    while True:
        with monkeypatch.context() as faulty:
            disk = Disk(room, error)
            faulty.setattr(local_folder, "write_atomic", disk.write)
            try:
                publish_show(publisher, airing)
            except PublishFailed as failed:
                assert "what was published before still is" in str(failed)  # noqa: PT017 - the fault may be met or not
            else:
                break
        prove(*seen(place), house.sounds)
        assert named(place) >= before
        room += 1
    assert room > 5
    house.aired(airing)
    prove(*seen(place), house.sounds)
    assert named(place) == {episode.guid for episode in airing.episodes}


def test_no_room_for_temporary_files_is_said(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder of temporary files is another disk, and may be full alone."""

    class Full:
        """No folder can be made."""

        def __enter__(self) -> str:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        def __exit__(self, *_error: object) -> None:
            """Nothing was made."""

    monkeypatch.setattr("feed.publishers.publish.tempfile.TemporaryDirectory", Full)
    with pytest.raises(
        PublishFailed, match="no temporary file can be written: No space left on device; make room"
    ):
        publish_show(FolderPublisher(tmp_path / "public", SHOW.address), house.fresh())
    prove(*seen(str(tmp_path / "public")), house.sounds)


def test_a_clock_that_goes_back_takes_no_recording_away(house: House, tmp_path: Path) -> None:
    """It says that the superseded recording was replaced in the future."""
    publisher = FolderPublisher(tmp_path / "public", SHOW.address)
    old = house.episodes[0].audio
    airing = replace(house.corrected(), now=datetime.now(UTC))
    publish_show(publisher, airing)
    house.aired(airing)
    back = house.airing(house.episodes)
    for year in (1970, 2000):
        publish_show(publisher, _at_year(back, year))
        assert old in publisher.names()
    publish_show(publisher, back)
    assert old not in publisher.names()


def _at_year(airing: publish.Publication, year: int) -> publish.Publication:
    return replace(airing, now=airing.now.replace(year=year, month=1, day=1))
