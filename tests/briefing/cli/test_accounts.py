"""The store's people: accounts, sessions, tokens, attempts, deeds and what is not saved, on each kind of database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from briefing.model import EditionKey
from briefing.storage.store import Account, AuditEntry, Session, Token, Unsaved

if TYPE_CHECKING:
    from briefing.storage.store import Store

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
KEY = EditionKey("demo", date(2026, 3, 2), "morning")
ACCOUNT = Account("李主编", "chief", "$argon2id$…", NOON)


def test_a_name_has_one_account(store: Store) -> None:
    """The second of two is refused, and changes nothing of the first."""
    assert store.accounts.add_account(ACCOUNT)
    assert not store.accounts.add_account(Account("李主编", "viewer", "other", NOON))
    assert store.accounts.find_account("李主编") == ACCOUNT
    assert store.accounts.find_account("谁") is None
    assert store.accounts.list_accounts() == (ACCOUNT,)


def test_a_session_knows_the_role_that_its_person_has_now(store: Store) -> None:
    """A changed role counts at once; a session that is closed is none."""
    store.accounts.add_account(ACCOUNT)
    store.accounts.open_session("d1", "李主编", NOON, NOON - DAY)
    assert store.accounts.set_role("李主编", "editor")
    store.accounts.saw_session("d1", NOON + timedelta(minutes=1))
    assert store.accounts.find_session("d1") == Session("李主编", "editor", NOON, NOON + timedelta(minutes=1))
    store.accounts.close_session("d1")
    assert store.accounts.find_session("d1") is None
    assert not store.accounts.set_role("谁", "editor")


def test_sessions_that_are_over_are_forgotten(store: Store) -> None:
    """Whoever signs in clears away what nobody signed out of."""
    store.accounts.add_account(ACCOUNT)
    store.accounts.open_session("d1", "李主编", NOON, NOON - DAY)
    store.accounts.open_session("d2", "李主编", NOON + DAY, NOON)
    assert store.accounts.find_session("d1") is not None
    store.accounts.open_session("d3", "李主编", NOON + DAY, NOON + timedelta(hours=1))
    assert store.accounts.find_session("d1") is None
    assert store.accounts.find_session("d2") is not None


def test_a_new_password_ends_the_sessions_and_one_that_is_hashed_again_does_not(store: Store) -> None:
    """Whoever knew the old one is out."""
    store.accounts.add_account(ACCOUNT)
    store.accounts.open_session("d1", "李主编", NOON, NOON - DAY)
    assert store.accounts.set_secret("李主编", "again", sign_out=False)
    assert store.accounts.find_session("d1") is not None
    assert store.accounts.set_secret("李主编", "new", sign_out=True)
    assert store.accounts.find_session("d1") is None
    assert not store.accounts.set_secret("谁", "new", sign_out=True)


def test_an_account_goes_with_its_sessions(store: Store) -> None:
    """What the person wrote stays."""
    store.accounts.add_account(ACCOUNT)
    store.accounts.open_session("d1", "李主编", NOON, NOON - DAY)
    unsaved = Unsaved(1, {"title": "题"}, NOON)
    store.desk.keep_unsaved("李主编", KEY, unsaved)
    assert store.accounts.remove_account("李主编")
    assert not store.accounts.remove_account("李主编")
    assert store.accounts.find_session("d1") is None
    assert store.desk.find_unsaved("李主编", KEY) == unsaved


def test_a_token_is_found_by_what_is_kept_of_it(store: Store) -> None:
    """Its name is its own; one that is revoked is gone."""
    token = Token("cms", ("articles:write",), NOON)
    assert store.accounts.add_token("d1", token)
    assert not store.accounts.add_token("d2", token)
    assert store.accounts.find_token("d1") == token
    assert store.accounts.find_token("d2") is None
    assert store.accounts.list_tokens() == (token,)
    assert store.accounts.remove_token("cms")
    assert not store.accounts.remove_token("cms")


def test_attempts_are_counted_together_or_not_at_all(store: Store) -> None:
    """A full counter refuses and says since when it counts; what is older than the window is forgotten."""
    limits = {"name": 2, "address": 3}
    times = [NOON + timedelta(minutes=minute) for minute in range(4)]
    assert [store.accounts.count_attempt(limits, NOON, now) for now in times] == [
        None,
        None,
        times[0],
        times[0],
    ]
    assert store.accounts.count_attempt({"address": 3}, NOON, times[3]) is None
    assert store.accounts.count_attempt({"address": 3}, NOON, times[3]) == times[0]
    assert store.accounts.count_attempt(limits, times[1], times[3]) is None
    store.accounts.forgive_attempts("name")
    store.accounts.forgive_attempts("address", times[3])
    assert store.accounts.count_attempt(limits, times[1], times[3]) is None


def test_deeds_are_told_newest_first(store: Store) -> None:
    """As many as are asked for; the moment is one, whatever zone it was given in."""
    beijing = NOON.astimezone(timezone(timedelta(hours=8)))
    for what in ("login", "save", "approve"):
        store.desk.log_entry(AuditEntry(beijing, "李主编", what, str(KEY), "127.0.0.1"))
    assert [one.what for one in store.desk.list_entries(2)] == ["approve", "save"]
    assert store.desk.list_entries(1) == (AuditEntry(NOON, "李主编", "approve", str(KEY), "127.0.0.1"),)


def test_what_is_not_saved_is_one_a_person_and_edition(store: Store) -> None:
    """The newest replaces the one before; nobody else's is touched."""
    newer = Unsaved(2, {"title": "新题\x00\u202e"}, NOON + timedelta(minutes=1))
    store.desk.keep_unsaved("甲", KEY, Unsaved(1, {}, NOON))
    store.desk.keep_unsaved("甲", KEY, newer)
    store.desk.keep_unsaved("乙", KEY, Unsaved(1, {}, NOON))
    assert store.desk.find_unsaved("甲", KEY) == newer
    store.desk.drop_unsaved("甲", KEY)
    assert store.desk.find_unsaved("甲", KEY) is None
    assert store.desk.find_unsaved("乙", KEY) is not None
    assert store.desk.find_unsaved("乙", KEY._replace(edition="evening")) is None
