"""Signing in and out, and who is asking: sessions for people, tokens for programs, and no endless guessing."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from briefing.desk.auth import accounts
from briefing.desk.auth.accounts import SCOPES, Role, Scope
from briefing.errors import AccountError, LoginRefused, LoginThrottled

if TYPE_CHECKING:
    from briefing.editions.newsroom import House
    from briefing.storage.store import Account

WINDOW = timedelta(minutes=15)
PER_NAME, PER_ADDRESS = 10, 30
"""Wrong passwords within the window, after which a name or an address has to wait; a newsroom shares its address."""

SEEN_EVERY = timedelta(minutes=1)
"""How exactly it is known when a session was used: a page that saves every second need not write every second."""


@dataclass(frozen=True, slots=True)
class Who:
    """Who is asking: a person by a session, or a program by a token (then there is no role).

    `csrf` is what every unsafe request of the session must carry; `session` is the session's digest.
    """

    name: str
    scopes: frozenset[Scope]
    role: Role | None = None
    csrf: str = ""
    session: str = ""


def log_in(house: House, name: str, password: str, address: str) -> str:
    """Begin a session with a secret that is new; returns it.

    Raises `LoginThrottled` before the password is even looked at, and `LoginRefused`, after the same time whether the
    name is known or not.
    """
    account = _proved(house, _spelt(name), password, address)
    if accounts.outdated(account.secret):
        house.store.set_secret(account.name, accounts.hashed(password), sign_out=False)
    return _begun(house, account.name)


def change_password(house: House, who: Who, old: str, new: str, address: str) -> str:
    """Give a person another password; every session of theirs ends, and one begins whose secret is returned.

    Raises `AccountError` for a new password that is too easy to guess, and as `log_in` for the old one.
    """
    accounts.strong(new)
    account = _proved(house, who.name, old, address)
    house.store.set_secret(account.name, accounts.hashed(new), sign_out=True)
    return _begun(house, account.name)


def _proved(house: House, name: str, password: str, address: str) -> Account:
    """The account whose password this is; wrong ones are counted."""
    now = house.now()
    by_name, by_address = accounts.counter("name", name), accounts.counter("address", _network(address))
    limits = {by_name: PER_NAME, by_address: PER_ADDRESS}
    if oldest := house.store.attempt(limits, now - WINDOW, now):
        seconds = max(1, round((oldest + WINDOW - now).total_seconds()))
        raise LoginThrottled(f"too many wrong passwords; try again in {seconds} seconds", seconds)
    account = house.store.account(name)
    if not accounts.proves(account.secret if account else None, password) or account is None:
        raise LoginRefused("name and password do not belong together; try again, or ask a chief")
    house.store.forgive(by_name)
    house.store.forgive(by_address, now)
    return account


def _begun(house: House, name: str) -> str:
    """A new session of that person: its secret."""
    secret, now = secrets.token_urlsafe(32), house.now()
    house.store.open_session(
        accounts.digest(secret), name, now, now - timedelta(hours=house.config.desk.hours)
    )
    return secret


def _spelt(name: str) -> str:
    """The name as accounts have it; what cannot be one belongs to nobody."""
    try:
        return accounts.name(name)
    except AccountError:
        return ""


def _network(address: str) -> str:
    """Whose address it is: one who has an IPv6 address has 2⁶⁴ of them (RFC 4291 §2.5.4)."""
    try:
        return str(ip_network((ip_address(address), 64), strict=False)) if ":" in address else address
    except ValueError:
        return address


def of_session(house: House, secret: str, *, used: bool = True) -> Who | None:
    """The person whose session this is; None for one that has ended. A look that nobody asked for is not a use."""
    digest = accounts.digest(secret)
    found = house.store.session(digest)
    if found is None:
        return None
    now, rules = house.now(), house.config.desk
    if now - found.made > timedelta(hours=rules.hours) or now - found.seen > timedelta(hours=rules.idle):
        house.store.close_session(digest)
        return None
    if used and now - found.seen >= SEEN_EVERY:
        house.store.saw_session(digest, now)
    role = Role(found.role)
    return Who(found.person, SCOPES[role], role, csrf(secret), digest)


def of_token(house: House, secret: str) -> Who | None:
    """The program whose token this is, or None."""
    found = house.store.token(accounts.digest(secret))
    return Who(found.name, frozenset(map(Scope, found.scopes))) if found else None


def csrf(secret: str) -> str:
    """What proves that a request comes from our own page: nobody can make it who cannot read the cookie."""
    return hmac.new(secret.encode(), b"csrf", hashlib.sha256).hexdigest()


def log_out(house: House, secret: str) -> None:
    """End the session of that secret, if there is one."""
    house.store.close_session(accounts.digest(secret))
