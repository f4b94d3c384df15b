"""Signing in and out, and who is asking: sessions for people, tokens for programs, and no endless guessing."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, NamedTuple

from briefing.desk.auth import user_accounts
from briefing.desk.auth.user_accounts import SCOPES, Role, Scope
from briefing.errors import AccountError, LoginRefused, LoginThrottled

if TYPE_CHECKING:
    from briefing.editions.newsroom import Newsroom
    from briefing.storage.store import Account

WINDOW = timedelta(minutes=15)
PER_NAME, PER_ADDRESS, PER_DEVICE = 10, 30, 30
"""Wrong passwords within the window, after which a name or an address has to wait; a newsroom shares its address."""

SEEN_EVERY = timedelta(minutes=1)
"""How exactly it is known when a session was used: a page that saves every second need not write every second."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Caller: a person by a session, or a program by a token (then there is no role).

    `csrf` is what every unsafe request of the session must carry; `session` is the session's digest.
    """

    name: str
    scopes: frozenset[Scope]
    role: Role | None = None
    csrf: str = ""
    session: str = ""


class Attempt(NamedTuple):
    """Origin of a password: an address, and the proof that this browser signed somebody in before."""

    address: str
    device: str = ""


def log_in(newsroom: Newsroom, name: str, password: str, attempt: Attempt) -> str:
    """Begin a session with a secret that is new; returns it.

    Raises `LoginThrottled` before the password is even looked at, and `LoginRefused`, after the same time whether the
    name is known or not.
    """
    account = _verified_account(newsroom, _normalized_name(name), password, attempt)
    if user_accounts.needs_rehash(account.secret):
        newsroom.store.accounts.set_secret(
            account.name, user_accounts.hash_password(password), sign_out=False
        )
    return _open_session(newsroom, account.name)


def change_password(newsroom: Newsroom, who: Caller, old: str, new: str, attempt: Attempt) -> str:
    """Give a person another password; every session of theirs ends, and one begins whose secret is returned.

    Raises `AccountError` for a new password that is too easy to guess, and as `log_in` for the old one.
    """
    user_accounts.check_password(new)
    account = _verified_account(newsroom, who.name, old, attempt)
    newsroom.store.accounts.set_secret(account.name, user_accounts.hash_password(new), sign_out=True)
    return _open_session(newsroom, account.name)


def device_proof(newsroom: Newsroom, name: str) -> str:
    """Return what a browser keeps to prove that it signed this person in; void once the password changes."""
    account = newsroom.store.accounts.find_account(_normalized_name(name))
    nonce = secrets.token_urlsafe(16)
    return f"{nonce}.{_device_mac(account, nonce)}" if account else ""


def _device_mac(account: Account, nonce: str) -> str:
    return hmac.new(account.secret.encode(), f"device:{nonce}".encode(), hashlib.sha256).hexdigest()


def _limits_of(account: Account | None, name: str, attempt: Attempt) -> dict[str, int]:
    """Return what attempts are counted by: a browser that signed this person in before by itself, strangers by name.

    So nobody who guesses at a name keeps its owner out (OWASP's device cookies).
    """
    nonce, _, mac = attempt.device.partition(".")
    if account and nonce and hmac.compare_digest(mac.encode(), _device_mac(account, nonce).encode()):
        return {user_accounts.attempt_key("device", nonce): PER_DEVICE}
    by_address = user_accounts.attempt_key("address", _network_of(attempt.address))
    return {user_accounts.attempt_key("name", name): PER_NAME, by_address: PER_ADDRESS}


def _verified_account(newsroom: Newsroom, name: str, password: str, attempt: Attempt) -> Account:
    """Return the account whose password this is; wrong ones are counted."""
    now = newsroom.now()
    account = newsroom.store.accounts.find_account(name)
    limits = _limits_of(account, name, attempt)
    if oldest := newsroom.store.accounts.count_attempt(limits, now - WINDOW, now):
        seconds = max(1, round((oldest + WINDOW - now).total_seconds()))
        raise LoginThrottled(f"too many wrong passwords; try again in {seconds} seconds", seconds)
    if not user_accounts.verify_password(account.secret if account else None, password) or account is None:
        raise LoginRefused("name and password do not belong together; try again, or ask a chief")
    first, *others = limits
    newsroom.store.accounts.forgive_attempts(first)
    for shared in others:
        newsroom.store.accounts.forgive_attempts(shared, now)
    return account


def _open_session(newsroom: Newsroom, name: str) -> str:
    """A new session of that person: its secret."""
    secret, now = secrets.token_urlsafe(32), newsroom.now()
    newsroom.store.accounts.open_session(
        user_accounts.secret_digest(secret), name, now, now - timedelta(hours=newsroom.config.desk.hours)
    )
    return secret


def _normalized_name(name: str) -> str:
    """The name as accounts have it; what cannot be one belongs to nobody."""
    try:
        return user_accounts.normalize_name(name)
    except AccountError:
        return ""


def _network_of(address: str) -> str:
    """Return whose address it is: one who has an IPv6 address has 2⁶⁴ of them (RFC 4291 §2.5.4)."""
    try:
        return str(ip_network((ip_address(address), 64), strict=False)) if ":" in address else address
    except ValueError:
        return address


def caller_of_session(newsroom: Newsroom, secret: str, *, used: bool = True) -> Caller | None:
    """The person whose session this is; None for one that has ended. A look that nobody asked for is not a use."""
    digest = user_accounts.secret_digest(secret)
    session = newsroom.store.accounts.find_session(digest)
    if session is None:
        return None
    now, rules = newsroom.now(), newsroom.config.desk
    if now - session.made > timedelta(hours=rules.hours) or now - session.seen > timedelta(hours=rules.idle):
        newsroom.store.accounts.close_session(digest)
        return None
    if used and now - session.seen >= SEEN_EVERY:
        newsroom.store.accounts.saw_session(digest, now)
    role = Role(session.role)
    return Caller(session.person, SCOPES[role], role, csrf_proof(secret), digest)


def caller_of_token(newsroom: Newsroom, secret: str) -> Caller | None:
    """The program whose token this is, or None."""
    token = newsroom.store.accounts.find_token(user_accounts.secret_digest(secret))
    return Caller(token.name, frozenset(map(Scope, token.scopes))) if token else None


def csrf_proof(secret: str) -> str:
    """Return what proves that a request comes from our own page: nobody can make it who cannot read the cookie."""
    return hmac.new(secret.encode(), b"csrf", hashlib.sha256).hexdigest()


def log_out(newsroom: Newsroom, secret: str) -> None:
    """End the session of that secret, if there is one."""
    newsroom.store.accounts.close_session(user_accounts.secret_digest(secret))
