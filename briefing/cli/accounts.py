"""Who may work at the desk: accounts, tokens for programs, and what was done. Passwords never stand in a command line."""

from __future__ import annotations

import getpass
import os
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from briefing import config
from briefing.cli.dispatch.common import print_json, store_of
from briefing.cli.printing.console import Speaker
from briefing.desk.auth import user_accounts
from briefing.errors import AccountError
from briefing.storage.store import AuditEntry

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from briefing.config import Config
    from briefing.storage.store import Store

HERE = "command line"
"""Where a person is who runs these commands: whoever can, owns the database."""


def user_add(options: argparse.Namespace) -> None:
    """Make an account; the password is asked for twice, or read from standard input."""
    with _store(options) as (_, store):
        account = user_accounts.add_account(
            store, options.name, options.role, _password(options), datetime.now(UTC)
        )
        _note(store, "user add", f"{account.name} {account.role}")
        Speaker().say(f"{account.name} may sign in as {account.role}.")


def user_list(options: argparse.Namespace) -> None:
    """The accounts."""
    with _store(options) as (_, store):
        rows = [
            (account.name, account.role, f"{account.made:%Y-%m-%d}")
            for account in store.accounts.list_accounts()
        ]
        Speaker(quiet=options.json).table("People", ("name", "role", "since"), rows)
        if options.json:
            print_json([{"name": name, "role": role, "since": since} for name, role, since in rows])


def user_remove(options: argparse.Namespace) -> None:
    """Take an account away; its sessions end at once, what it has written stays."""
    with _store(options) as (_, store):
        name = user_accounts.normalize_name(options.name)
        _known(name, found=store.accounts.remove_account(name))
        _note(store, "user remove", name)
        Speaker().say(f"{name} is signed out everywhere and has no account any more.")


def user_password(options: argparse.Namespace) -> None:
    """Give an account another password; its sessions end, and wrong passwords are forgiven."""
    with _store(options) as (_, store):
        name = user_accounts.normalize_name(options.name)
        _known(name, found=store.accounts.find_account(name) is not None)
        secret = user_accounts.hash_password(user_accounts.check_password(_password(options)))
        _known(name, found=store.accounts.set_secret(name, secret, sign_out=True))
        user_accounts.forgive_attempts(store, name)
        _note(store, "user password", name)
        Speaker().say(f"{name} has a new password and is signed out everywhere.")


def user_role(options: argparse.Namespace) -> None:
    """Give an account another role, from its next click on."""
    with _store(options) as (_, store):
        name, role = user_accounts.normalize_name(options.name), user_accounts.parse_role(options.role)
        _known(name, found=store.accounts.set_role(name, role))
        _note(store, "user role", f"{name} {role}")
        Speaker().say(f"{name} is {role} from now on.")


def token_add(options: argparse.Namespace) -> None:
    """Make a token for a program; it is shown once, on standard output."""
    with _store(options) as (_, store):
        secret = user_accounts.add_token(store, options.name, options.scope, datetime.now(UTC))
        _note(store, "token add", f"{user_accounts.normalize_name(options.name)} {' '.join(options.scope)}")
        Speaker().say("This is shown only now; send it as `Authorization: Bearer …`")
        sys.stdout.write(f"{secret}\n")


def token_list(options: argparse.Namespace) -> None:
    """The tokens, without their secrets."""
    with _store(options) as (_, store):
        rows = [
            (token.name, " ".join(token.scopes), f"{token.made:%Y-%m-%d}")
            for token in store.accounts.list_tokens()
        ]
        Speaker(quiet=options.json).table("Tokens", ("name", "scopes", "since"), rows)
        if options.json:
            print_json(
                [{"name": name, "scopes": scopes.split(), "since": since} for name, scopes, since in rows]
            )


def token_revoke(options: argparse.Namespace) -> None:
    """Take a token away: it is refused from now on."""
    with _store(options) as (_, store):
        name = user_accounts.normalize_name(options.name)
        if not store.accounts.remove_token(name):
            raise AccountError(f"there is no token {name}; see `briefing token list`")
        _note(store, "token revoke", name)
        Speaker().say(f"{name} is revoked.")


def audit(options: argparse.Namespace) -> None:
    """Print the audit log: when, who, what, from where; newest first."""
    with _store(options) as (newsroom, store):
        zone = next(iter(newsroom.shows.values())).zone
        rows = [
            (f"{deed.at.astimezone(zone):%Y-%m-%d %H:%M:%S}", deed.who, deed.what, deed.about, deed.place)
            for deed in store.desk.list_entries(options.last)
        ]
        columns = ("when", "who", "what", "about", "from")
        Speaker(quiet=options.json).table("Audit", columns, rows)
        if options.json:
            print_json([dict(zip(columns, row, strict=True)) for row in rows])


@contextmanager
def _store(options: argparse.Namespace) -> Iterator[tuple[Config, Store]]:
    described = config.load(config.sample() if options.demo else options.config)
    with store_of(described, options.folder if options.demo else described.folder) as store:
        yield described, store


def _password(options: argparse.Namespace) -> str:
    """The password, from standard input or typed twice without being shown."""
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != first:
        raise AccountError("the two passwords differ; nothing was changed, try again")
    return first


def _known(name: str, *, found: bool) -> None:
    if not found:
        raise AccountError(f"{name} has no account; see `briefing user list`")


def _note(store: Store, what: str, about: str) -> None:
    store.desk.log_entry(AuditEntry(datetime.now(UTC), os.environ.get("USER", ""), what, about, HERE))
