"""Who may do what at the desk: roles, scopes, passwords and tokens. The home of argon2.

Passwords are hashed with Argon2id at the parameters of RFC 9106 §4 for small memory (64 MiB); tokens have 256 random
bits, for which SHA-256 is enough.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from enum import StrEnum
from functools import cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from briefing.errors import AccountError
from briefing.storage.store.account_store import Account, Token

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from briefing.storage.store import Store

MIN_PASSWORD_CHARS, MAX_PASSWORD_CHARS = 10, 200
"""Characters of a password; NIST SP 800-63B asks for at least 8, and a limit keeps hashing cheap to ask for."""

MAX_NAME_CHARS = 40
TOKEN_PREFIX = "briefing_"  # noqa: S105 - it is no secret
"""Tokens begin with it, so that one that was published by mistake can be found."""

_HASHER = PasswordHasher()
_AT_ONCE = BoundedSemaphore(2)
"""Hashing takes 64 MiB each time: a flood of logins must not take all the memory there is."""


class Scope(StrEnum):
    """Permission of a caller."""

    READ = "read"
    ARTICLES = "articles:write"
    SCRIPTS = "scripts:write"
    EDITIONS = "editions:write"
    AIR = "air:write"
    AUDIT = "audit:read"


class Role(StrEnum):
    """Role of a person, the smallest first."""

    VIEWER = "viewer"
    EDITOR = "editor"
    CHIEF = "chief"


SCOPES: dict[Role, frozenset[Scope]] = {
    Role.VIEWER: frozenset({Scope.READ}),
    Role.EDITOR: frozenset({Scope.READ, Scope.ARTICLES, Scope.SCRIPTS, Scope.EDITIONS}),
    Role.CHIEF: frozenset(Scope),
}
"""A viewer looks; an editor also writes, approves, holds and renders; a chief also decides what is on the air."""


def parse_role(text: str) -> Role:
    """The role of that name; raises `AccountError`."""
    try:
        return Role(text)
    except ValueError as error:
        raise AccountError(f"{text!r} is no role; name one of {', '.join(Role)}") from error


def parse_scopes(texts: Iterable[str]) -> tuple[Scope, ...]:
    """The scopes of these names, at least one; raises `AccountError`."""
    try:
        scopes = tuple(Scope(text) for text in dict.fromkeys(texts))
    except ValueError as error:
        raise AccountError(f"{error}; name scopes of {', '.join(Scope)}") from error
    if not scopes:
        raise AccountError(f"a token needs a scope; name one of {', '.join(Scope)} with --scope")
    return scopes


def normalize_name(text: str) -> str:
    """A name for an account or a token, in its one spelling; raises `AccountError` for one that cannot be read."""
    spelt = unicodedata.normalize("NFKC", text).strip()
    if not (0 < len(spelt) <= MAX_NAME_CHARS and spelt.isprintable()):
        raise AccountError(
            f"{text[:MAX_NAME_CHARS]!r} is no name; give 1 to {MAX_NAME_CHARS} characters that can be seen"
        )
    return spelt


def check_password(password: str) -> str:
    """The password, if it may be one; raises `AccountError` for one that is too easy to guess."""
    if not MIN_PASSWORD_CHARS <= len(password) <= MAX_PASSWORD_CHARS:
        raise AccountError(
            f"the password has {len(password)} characters; "
            f"choose one of {MIN_PASSWORD_CHARS} to {MAX_PASSWORD_CHARS}, such as four words"
        )
    return password


def hash_password(password: str) -> str:
    """A password's hash."""
    with _AT_ONCE:
        return _HASHER.hash(_normalize_password(password))


def verify_password(secret: str | None, password: str) -> bool:
    """Return whether the password is the one of this hash; takes as long where there is no account (None)."""
    if len(password) > MAX_PASSWORD_CHARS:
        return False
    with _AT_ONCE:
        try:
            _HASHER.verify(secret or _hash_of_nobody(), _normalize_password(password))
        except (Argon2Error, InvalidHashError):
            return False
    return secret is not None


def needs_rehash(secret: str) -> bool:
    """Return whether the hash was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(secret)


@cache
def _hash_of_nobody() -> str:
    return _HASHER.hash(secrets.token_urlsafe())


def _normalize_password(password: str) -> str:
    """The same password from every keyboard (RFC 8265 §4.2)."""
    return unicodedata.normalize("NFC", password)


def add_account(store: Store, who: str, what: str, password: str, now: datetime) -> Account:
    """Make an account; raises `AccountError` for a name that is taken, a role that is none, a weak password."""
    account = Account(normalize_name(who), parse_role(what), hash_password(check_password(password)), now)
    if any(token.name == account.name for token in store.accounts.list_tokens()):
        raise AccountError(
            f"there is a token {account.name}; the log could not tell them apart, choose another name"
        )
    if not store.accounts.add_account(account):
        raise AccountError(
            f"{account.name} has an account already; `briefing user password` changes its password"
        )
    return account


def add_token(store: Store, who: str, what: Iterable[str], now: datetime) -> str:
    """Make a token for a program; returns the secret, which is told only now."""
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    token = Token(normalize_name(who), parse_scopes(what), now)
    if store.accounts.find_account(token.name):
        raise AccountError(
            f"{token.name} is a person's account; the log could not tell them apart, choose another name"
        )
    if not store.accounts.add_token(secret_digest(secret), token):
        raise AccountError(f"there is a token {token.name} already; revoke it, or choose another name")
    return secret


def attempt_key(kind: str, of: str) -> str:
    """Return what attempts are counted by: people type passwords where the name belongs, so it is not kept as it is."""
    return secret_digest(f"{kind}:{of}")


def forgive_attempts(store: Store, who: str) -> None:
    """Let a person try again whose password was wrong too often."""
    store.accounts.forgive_attempts(attempt_key("name", who))


def secret_digest(secret: str) -> str:
    """Return what is kept of a random secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
