"""Repository of accounts, sessions and tokens of the desk, and of attempts to sign in.

Secrets come here only as hashes. Times are kept in UTC, so that they can be compared as they stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from briefing.storage.store.database import Repository, utc_text
from briefing.storage.store.schema import ATTEMPTS, PEOPLE, SESSIONS, TOKENS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account; `secret` is the hash of the password."""

    name: str
    role: str
    secret: str
    made: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """A session and the role that its person has now."""

    person: str
    role: str
    made: datetime
    seen: datetime


@dataclass(frozen=True, slots=True)
class Token:
    """A token for a program: what it may do."""

    name: str
    scopes: tuple[str, ...]
    made: datetime


class AccountRepository(Repository):
    """Accounts of the desk."""

    def find_account(self, name: str) -> Account | None:
        """The account of that name, or None."""
        with self._database.begin_read() as db:
            row = db.execute(sa.select(PEOPLE).where(PEOPLE.c.name == name)).one_or_none()
        return Account(row.name, row.role, row.secret, _moment(row.made)) if row else None

    def list_accounts(self) -> tuple[Account, ...]:
        """Every account, by name."""
        with self._database.begin_read() as db:
            rows = db.execute(sa.select(PEOPLE).order_by(PEOPLE.c.name)).all()
        return tuple(Account(row.name, row.role, row.secret, _moment(row.made)) for row in rows)

    def add_account(self, account: Account) -> bool:
        """Add an account; False, and nothing is changed, when the name is taken."""
        with self._database.begin_write() as db:
            if db.scalar(sa.select(PEOPLE.c.name).where(PEOPLE.c.name == account.name)):
                return False
            row = {"name": account.name, "role": account.role, "secret": account.secret}
            db.execute(PEOPLE.insert().values(**row, made=utc_text(account.made)))
        return True

    def remove_account(self, name: str) -> bool:
        """Remove an account with its sessions; False when there is none. What it has saved stays."""
        with self._database.begin_write() as db:
            db.execute(SESSIONS.delete().where(SESSIONS.c.person == name))
            return bool(db.execute(PEOPLE.delete().where(PEOPLE.c.name == name)).rowcount)

    def set_role(self, name: str, role: str) -> bool:
        """Change a role, from the next request on; False when there is no such account."""
        with self._database.begin_write() as db:
            return bool(db.execute(PEOPLE.update().where(PEOPLE.c.name == name).values(role=role)).rowcount)

    def set_secret(self, name: str, secret: str, *, sign_out: bool) -> bool:
        """Change a password's hash and, if so asked, end the account's sessions; False when there is no such account."""
        with self._database.begin_write() as db:
            if sign_out:
                db.execute(SESSIONS.delete().where(SESSIONS.c.person == name))
            changed = db.execute(PEOPLE.update().where(PEOPLE.c.name == name).values(secret=secret))
            return bool(changed.rowcount)

    def open_session(self, digest: str, person: str, now: datetime, oldest: datetime) -> None:
        """A person has signed in; sessions that were opened before `oldest` are over."""
        with self._database.begin_write() as db:
            db.execute(SESSIONS.delete().where(SESSIONS.c.made < utc_text(oldest)))
            row = {"digest": digest, "person": person, "made": utc_text(now), "seen": utc_text(now)}
            db.execute(SESSIONS.insert().values(**row))

    def find_session(self, digest: str) -> Session | None:
        """The session of that digest, or None."""
        query = sa.select(SESSIONS, PEOPLE.c.role).join(PEOPLE, PEOPLE.c.name == SESSIONS.c.person)
        with self._database.begin_read() as db:
            row = db.execute(query.where(SESSIONS.c.digest == digest)).one_or_none()
        return Session(row.person, row.role, _moment(row.made), _moment(row.seen)) if row else None

    def saw_session(self, digest: str, now: datetime) -> None:
        """Somebody used the session."""
        with self._database.begin_write() as db:
            db.execute(SESSIONS.update().where(SESSIONS.c.digest == digest).values(seen=utc_text(now)))

    def close_session(self, digest: str) -> None:
        """A person has signed out, or the session has ended."""
        with self._database.begin_write() as db:
            db.execute(SESSIONS.delete().where(SESSIONS.c.digest == digest))

    def close_sessions(self, person: str) -> None:
        """A person has signed out everywhere."""
        with self._database.begin_write() as db:
            db.execute(SESSIONS.delete().where(SESSIONS.c.person == person))

    def add_token(self, digest: str, token: Token) -> bool:
        """Add a token; False, and nothing is changed, when the name is taken."""
        with self._database.begin_write() as db:
            if db.scalar(sa.select(TOKENS.c.name).where(TOKENS.c.name == token.name)):
                return False
            row = {"name": token.name, "digest": digest, "scopes": list(token.scopes)}
            db.execute(TOKENS.insert().values(**row, made=utc_text(token.made)))
        return True

    def find_token(self, digest: str) -> Token | None:
        """The token of that digest, or None."""
        with self._database.begin_read() as db:
            row = db.execute(sa.select(TOKENS).where(TOKENS.c.digest == digest)).one_or_none()
        return Token(row.name, tuple(row.scopes), _moment(row.made)) if row else None

    def list_tokens(self) -> tuple[Token, ...]:
        """Every token, by name."""
        with self._database.begin_read() as db:
            rows = db.execute(sa.select(TOKENS).order_by(TOKENS.c.name)).all()
        return tuple(Token(row.name, tuple(row.scopes), _moment(row.made)) for row in rows)

    def remove_token(self, name: str) -> bool:
        """Revoke a token; False when there is none."""
        with self._database.begin_write() as db:
            return bool(db.execute(TOKENS.delete().where(TOKENS.c.name == name)).rowcount)

    def count_attempt(self, limits: Mapping[str, int], since: datetime, now: datetime) -> datetime | None:
        """Count an attempt for each of `limits` at once; the time of the oldest that still counts when one is full.

        Then nothing is counted. Attempts before `since` are forgotten.
        """
        with self._database.begin_write() as db:
            db.execute(ATTEMPTS.delete().where(ATTEMPTS.c.at < utc_text(since)))
            for of, limit in limits.items():
                query = sa.select(ATTEMPTS.c.at).where(ATTEMPTS.c.of == of).order_by(ATTEMPTS.c.at.desc())
                counted: Sequence[str] = db.scalars(query.limit(limit)).all()
                if len(counted) >= limit:
                    return _moment(counted[-1])
            db.execute(ATTEMPTS.insert(), [{"of": of, "at": utc_text(now)} for of in limits])
        return None

    def forgive_attempts(self, of: str, at: datetime | None = None) -> None:
        """Forget the attempts that were counted for this, or only the one of that moment."""
        only = [ATTEMPTS.c.at == utc_text(at)] if at else []
        with self._database.begin_write() as db:
            db.execute(ATTEMPTS.delete().where(ATTEMPTS.c.of == of, *only))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
