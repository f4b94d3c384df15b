"""The arguments of every command."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

from briefing.cli.overview import SUMMARIES

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse has no other name for it


def build_parser() -> argparse.ArgumentParser:
    """Return the parser; `run` of what it parses names the function, as `module.function` of `briefing.cli`."""
    parser = argparse.ArgumentParser(prog="briefing")
    verbs = parser.add_subparsers(metavar="COMMAND", required=True)
    _edition_commands(verbs)
    _article_commands(verbs)
    _operating_commands(verbs)
    return parser


def _edition_commands(verbs: Commands) -> None:
    """Add the commands that make an edition and look at it."""
    demo = _command(verbs, "demo", edition=False)
    demo.add_argument("--day", default="2023-06-09", help="the day of the page (default: %(default)s)")
    demo.add_argument(
        "--folder", type=Path, default=Path("var/demo"), help="where to work (default: %(default)s)"
    )
    init = _add_parser(verbs, "init")
    init.add_argument("path", nargs="?", type=Path, default=Path("briefing.toml"))
    init.set_defaults(run="edition_stages.init", quiet=False)
    fetch = _command(verbs, "fetch", module="asset_download", edition=False)
    fetch.add_argument(
        "--from",
        dest="place",
        default="",
        metavar="FOLDER",
        help="take the files from a folder or a web address",
    )
    fetch.add_argument("--export", type=Path, metavar="FOLDER", help="copy the files into a folder as well")
    for name in ("gather", "draft", "edit", "approve", "hold", "release", "render", "publish", "run"):
        module = "decisions" if name in {"approve", "hold", "release"} else "edition_stages"
        command = _command(verbs, name, module=module)
        if name == "render":
            command.add_argument(
                "--plot", type=Path, help="draw waveform, loudness, speech, music and chapters into this SVG"
            )
        if name == "approve":
            command.add_argument(
                "--confirm",
                action="append",
                default=[],
                metavar="NAME",
                help="confirm a grave finding by the name that a refusal gives it (may be repeated), or all",
            )
        if name == "publish":
            command.add_argument(
                "--drop",
                type=int,
                default=0,
                metavar="N",
                help="agree to take N other episodes off the air, as a refusal has named them",
            )
    correct = _command(verbs, "correct", module="corrections")
    correct.add_argument("--what", required=True, help="what was corrected, as a sentence for listeners")
    withdraw = _command(verbs, "withdraw", module="corrections")
    withdraw.add_argument("--why", required=True, help="the reason, which the history keeps")
    reinstate = _command(verbs, "reinstate", module="corrections")
    reinstate.add_argument("--why", required=True, help="the reason, which the log keeps")
    _command(verbs, "history", module="history")
    status = _command(verbs, "status", edition=False)
    status.add_argument("--show", help="the show's name in the configuration (default: all)")
    status.set_defaults(run="status.run")
    listing = _command(verbs, "rundown")
    listing.add_argument("--why", action="store_true", help="with the reasons for each place")


def _article_commands(verbs: Commands) -> None:
    """Add the commands on articles, and those that need no edition."""
    add = _command(verbs, "add", module="articles")
    add.add_argument("places", nargs="+", metavar="FILE|URL|-", help="what to hand in; - is standard input")
    add.add_argument(
        "--allow-private", action="store_true", help="let an address be one of this machine or network"
    )
    _command(verbs, "sources", module="articles")
    counts = _command(verbs, "counts", module="feed_checks", edition=False)
    counts.add_argument("--show", help="the show's name in the configuration (default: its only one)")
    counts.add_argument("--since", help="YYYY-MM-DD: count from this day on (default: from the first)")
    serve = _command(verbs, "serve", module="serving", edition=False)
    serve.add_argument(
        "--only",
        action="append",
        choices=("clock", "desk", "feed"),
        help="run this part alone (may be given more than once)",
    )
    serve.add_argument("--demo", action="store_true", help="serve what `briefing demo` has published")
    serve.add_argument(
        "--folder", type=Path, default=Path("var/demo"), help="the demo's folder (default: %(default)s)"
    )
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    serve.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
    extract = _add_parser(verbs, "extract")
    _add_page_arguments(extract)
    condense = _add_parser(verbs, "condense")
    _add_page_arguments(condense)
    condense.add_argument("--budget", type=int, required=True, help="Han characters an article may have")
    condense.add_argument("--place", default="", help="what 我区 means in the paper, such as 渝中区")
    guard = _add_parser(verbs, "guard")
    guard.add_argument(
        "path", type=Path, metavar="ROWS.json", help="rows of text, sources, story, place and day"
    )
    review = _add_parser(verbs, "review")
    review.add_argument("path", metavar="SCRIPT", help="a script's file, or - for standard input")
    _model_commands(verbs)
    read = _add_parser(verbs, "read")
    _reading_commands(verbs)
    feed = _add_parser(verbs, "feed").add_subparsers(metavar="COMMAND", required=True)
    _check_command(feed.add_parser("check", help="check a feed by the rules of the directories and speakers"))
    _voice_commands(verbs)
    _people_commands(verbs)
    for name, command in (
        ("articles.extract", extract),
        ("articles.condense", condense),
        ("articles.guard", guard),
        ("articles.review", review),
        ("pronunciation.read", read),
    ):
        command.add_argument("--json", action="store_true", help="print JSON")
        command.set_defaults(run=name, quiet=True)


def _add_page_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", help="a file, an http(s) address, or - for standard input")
    parser.add_argument(
        "--allow-private", action="store_true", help="let the address be one of this machine or network"
    )
    parser.add_argument(
        "--timezone", default="Asia/Shanghai", help="where the paper appears (default: %(default)s)"
    )


def _model_commands(verbs: Commands) -> None:
    """Try the language model of a show."""
    model = _command(verbs, "llm", module="articles", edition=False)
    attempt = model.add_subparsers(metavar="COMMAND", required=True).add_parser(
        "try", help="have the model write the first story of a page, and print what it cost"
    )
    attempt.add_argument("show", help="the show whose model is tried")
    attempt.add_argument("path", type=Path, help="a newspaper page")
    attempt.add_argument("--budget", type=int, default=160, help="Han characters (default: %(default)s)")
    attempt.set_defaults(run="articles.try_model")


def _check_command(check: argparse.ArgumentParser) -> None:
    """Look at a feed, or at what stands beside one, wherever it is."""
    check.add_argument("path", metavar="FILE|URL", help="at an address, what the feed names is asked for too")
    check.add_argument("--kind", help="what the file is (default: seen in its name and content)")
    check.add_argument(
        "--episodes", type=int, default=20, help="how many of the newest are asked for (default: %(default)s)"
    )
    check.add_argument(
        "--allow-private", action="store_true", help="let addresses be of this machine or network"
    )
    check.add_argument("--quiet", action="store_true", help="say it by the exit status alone")
    check.add_argument("--json", action="store_true", help="print JSON")
    check.set_defaults(run="feed_checks.check")


def _reading_commands(verbs: Commands) -> None:
    """Hear how a sentence is read, and say how words are to be read."""
    say = _add_parser(verbs, "say")
    say.add_argument("text", help="a printed sentence; it may hold marks such as 重{chóng}庆 and {停0.8}")
    say.add_argument("--out", type=Path, help="write the sound here, as WAV")
    say.add_argument("--play", action="store_true", help="play the sound")
    say.add_argument("--anchor", help="who says it (default: the first anchor of the configuration)")
    lexicon = _add_parser(verbs, "lexicon").add_subparsers(metavar="COMMAND", required=True)
    add = lexicon.add_parser("add", help="add a word's pinyin, or what to say instead")
    add.add_argument("word")
    add.add_argument("pinyin", nargs="?", default="", help="one syllable a Han character: 'shan4 zhi4 yuan3'")
    add.add_argument("--say", default="", help="what is said instead of the word")
    add.add_argument("--before", default="", help="only where these characters follow")
    add.add_argument("--after", default="", help="only where these characters stand before")
    listing = lexicon.add_parser("list", help="the words that were added in this newsroom")
    test = lexicon.add_parser("test", help="which entries a text uses, and how it is read")
    test.add_argument("text")
    for command in (say, test):
        command.add_argument("--show", help="whose lexicon is used (default: the only show's)")
    for name, command in (
        ("pronunciation.say", say),
        ("pronunciation.lexicon_add", add),
        ("pronunciation.lexicon_list", listing),
        ("pronunciation.lexicon_test", test),
    ):
        command.add_argument(
            "--config", type=Path, default=Path("briefing.toml"), help="default: %(default)s"
        )
        command.add_argument("--json", action="store_true", help="print JSON")
        command.set_defaults(run=name, quiet=False)


def _voice_commands(verbs: Commands) -> None:
    """The voices, what they have spoken, and whether all is ready for tomorrow."""
    check = _command(verbs, "check", edition=False)
    check.add_argument(
        "--ring", action="store_true", help="send a trial alarm to everybody who is to be told"
    )
    check.set_defaults(run="checks.run")
    voices = _command(verbs, "voices", edition=False)
    voices.set_defaults(run="voices.listing")
    attempt = voices.add_subparsers(metavar="COMMAND").add_parser("try", help="hear a voice")
    attempt.add_argument("name", help="an anchor, an engine, or both such as edge:zh-CN-YunyangNeural")
    attempt.add_argument("text", help="a printed sentence")
    attempt.add_argument("--out", type=Path, help="write the sound here, as WAV")
    attempt.add_argument("--play", action="store_true", help="play the sound")
    cache = _add_parser(verbs, "cache").add_subparsers(metavar="COMMAND", required=True)
    info = cache.add_parser("info", help="how many there are")
    prune = cache.add_parser("prune", help="remove those that rested longest")
    prune.add_argument("--to", type=int, help="megabytes to keep (default: `clips` of the configuration)")
    for name, command in (("attempt", attempt), ("cache_info", info), ("cache_prune", prune)):
        command.add_argument(
            "--config", type=Path, default=Path("briefing.toml"), help="default: %(default)s"
        )
        command.add_argument("--json", action="store_true", help="print JSON")
        command.set_defaults(run=f"voices.{name}", quiet=False)


def _people_commands(verbs: Commands) -> None:
    """Add the commands on accounts, tokens and the audit log."""
    user = _add_parser(verbs, "user").add_subparsers(metavar="COMMAND", required=True)
    token = _add_parser(verbs, "token").add_subparsers(metavar="COMMAND", required=True)
    listing = {
        "user_add": user.add_parser("add", help="make an account; its password is asked for"),
        "user_list": user.add_parser("list", help="the accounts"),
        "user_remove": user.add_parser("remove", help="take an account away"),
        "user_password": user.add_parser("password", help="give an account another password"),
        "user_role": user.add_parser("role", help="give an account another role"),
        "token_add": token.add_parser("add", help="make a token; it is shown once"),
        "token_list": token.add_parser("list", help="the tokens and what each may do"),
        "token_revoke": token.add_parser("revoke", help="take a token away"),
        "audit": _add_parser(verbs, "audit"),
    }
    for name, command in listing.items():
        if name.endswith(("add", "remove", "password", "role", "revoke")):
            command.add_argument("name")
        if name in {"user_add", "user_role"}:
            command.add_argument("--role", required=True, help="viewer, editor or chief")
        if name in {"user_add", "user_password"}:
            command.add_argument(
                "--password-stdin", action="store_true", help="read the password from standard input"
            )
        command.add_argument(
            "--config", type=Path, default=Path("briefing.toml"), help="default: %(default)s"
        )
        command.add_argument("--json", action="store_true", help="print JSON")
        command.add_argument("--demo", action="store_true", help="of the desk of `briefing serve --demo`")
        command.add_argument(
            "--folder", type=Path, default=Path("var/demo"), help="the demo's folder (default: %(default)s)"
        )
        command.set_defaults(run=f"accounts.{name}", quiet=False)
    listing["token_add"].add_argument(
        "--scope", nargs="+", default=[], help="what it may do, such as articles:write"
    )
    listing["audit"].add_argument(
        "--last", type=int, default=50, help="how many lines (default: %(default)s)"
    )


def _operating_commands(verbs: Commands) -> None:
    """Add the commands that keep an installation running."""
    watch = _add_parser(verbs, "watch", more="; exit status 1 when it is not")
    watch.add_argument("url", nargs="?", help="the feed (default: that of each show of the configuration)")
    watch.add_argument("--by", help="HH:MM from which on the feed at URL must hold an episode of the day")
    watch.add_argument(
        "--timezone", default="Asia/Shanghai", help="whose day and minute (default: %(default)s)"
    )
    watch.add_argument("--max-age", type=float, metavar="HOURS", help="how old the newest episode may be")
    watch.add_argument(
        "--sample", action="store_true", help="fetch only the beginning and the end of the audio"
    )
    watch.add_argument(
        "--config", type=Path, help="whose alarms are raised and cleared (without URL: briefing.toml)"
    )
    watch.add_argument("--show", help="only this show of the configuration")
    watch.add_argument("--quiet", action="store_true", help="say nothing but errors")
    watch.add_argument("--json", action="store_true", help="print the result as JSON")
    watch.add_argument("--log-format", choices=("human", "json"), help="write every event to standard error")
    watch.set_defaults(run="watching.run")
    backup = _command(verbs, "backup", module="upkeep", edition=False)
    restore = _command(verbs, "restore", module="upkeep", edition=False)
    for command in (backup, restore):
        command.add_argument("file", type=Path, help="such as briefing-2026-03-02.tar.gz")
    tidy = _command(verbs, "tidy", module="upkeep", edition=False)
    tidy.add_argument("--dry-run", action="store_true", help="only say what would go")


def _command(
    verbs: Commands,
    name: str,
    *,
    module: str = "edition_stages",
    edition: bool = True,
) -> argparse.ArgumentParser:
    command = _add_parser(verbs, name)
    command.add_argument("--quiet", action="store_true", help="say nothing but errors")
    command.add_argument(
        "--log-format", choices=("human", "json"), help="write every event to standard error"
    )
    command.add_argument("--json", action="store_true", help="print the result as JSON")
    command.set_defaults(run=f"{module}.{name}")
    if name != "demo":
        command.add_argument(
            "--config", type=Path, default=Path("briefing.toml"), help="default: %(default)s"
        )
    if edition:
        command.add_argument("--show", help="the show's name in the configuration (default: its only one)")
        command.add_argument("--day", help="YYYY-MM-DD in the show's time zone (default: today)")
        command.add_argument("--edition", help="the edition's name (default: the show's first)")
    return command


def _add_parser(verbs: Commands, name: str, more: str = "") -> argparse.ArgumentParser:
    summary = SUMMARIES[name]
    return verbs.add_parser(name, help=summary, description=f"{summary}{more}")
