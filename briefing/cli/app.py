"""`briefing …`: parse, call, print; no decisions.

Standard output holds what was asked for (with `--json`, one JSON document); everything for people in passing goes
to standard error. Exit status: 0 done, 1 could not be done (one sentence says why), 2 wrong usage, 130 stopped by Ctrl-C.
Rooms are imported by the commands that use them, so that `briefing --help` stays fast.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DESCRIPTION = "每日简报: a Mandarin news programme that makes itself, from the day's articles to a podcast."
EPILOG = (
    "Start with `briefing demo`. Every command says what to do next; `briefing COMMAND --help` tells more."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    # After the arguments: --help needs neither logging nor the errors of other packages.
    from briefing.cli import runner  # noqa: PLC0415 - see above

    return runner.run(options.run, options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="briefing", description=DESCRIPTION, epilog=EPILOG)
    verbs = parser.add_subparsers(metavar="COMMAND", required=True)
    _line_commands(verbs)
    _room_commands(verbs)
    _operating_commands(verbs)
    return parser


def _line_commands(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands that stand at a point of the line."""
    demo = _command(verbs, "demo", "make the sample edition from the pages in seeds/", edition=False)
    demo.add_argument("--day", default="2023-06-09", help="the day of the page (default: %(default)s)")
    demo.add_argument(
        "--folder", type=Path, default=Path("var/demo"), help="where to work (default: %(default)s)"
    )
    init = verbs.add_parser("init", help="write a commented briefing.toml to start from")
    init.add_argument("path", nargs="?", type=Path, default=Path("briefing.toml"))
    init.set_defaults(run="edition_stages.init", quiet=False)
    _command(verbs, "fetch", "fetch the offline voice and the font into the cache", edition=False)
    for name, told in (
        ("gather", "collect the day's articles from the sources"),
        ("draft", "choose, condense and write the script"),
        ("edit", "open the script in $EDITOR; what you save is a new revision"),
        ("approve", "let the script be rendered"),
        ("hold", "keep the edition off the air"),
        ("release", "hold the edition no longer; it waits for approval again"),
        ("render", "speak, mix and check the programme"),
        ("publish", "put the episode on the air"),
        ("run", "every stage that is due, in order"),
    ):
        room = "decisions" if name in {"approve", "hold", "release"} else "edition_stages"
        command = _command(verbs, name, told, room=room)
        if name == "render":
            command.add_argument(
                "--plot", type=Path, help="draw waveform, loudness, speech, music and chapters into this SVG"
            )
        if name == "publish":
            command.add_argument(
                "--drop",
                type=int,
                default=0,
                metavar="N",
                help="agree to take N other episodes off the air, as a refusal has named them",
            )
    correct = _command(
        verbs, "correct", "put an edited script on the air, and say what was wrong", room="corrections"
    )
    correct.add_argument("--what", required=True, help="what was corrected, as a sentence for listeners")
    withdraw = _command(verbs, "withdraw", "take an episode off the air everywhere", room="corrections")
    withdraw.add_argument("--why", required=True, help="the reason, which the history keeps")
    reinstate = _command(verbs, "reinstate", "put a withdrawn episode on the air again", room="corrections")
    reinstate.add_argument("--why", required=True, help="the reason, which the log keeps")
    _command(verbs, "history", "what was broadcast, corrected and withdrawn", room="history")
    status = _command(verbs, "status", "what happened, what is next, what is wrong", edition=False)
    status.add_argument("--show", help="the show's name in the configuration (default: all)")
    status.set_defaults(run="status.run")
    listing = _command(verbs, "rundown", "what is in, what is out and why")
    listing.add_argument("--why", action="store_true", help="with the reasons for each place")


def _room_commands(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands that look into one room."""
    add = _command(verbs, "add", "hand an article in: it is in the day's pool", room="articles")
    add.add_argument("places", nargs="+", metavar="FILE|URL|-", help="what to hand in; - is standard input")
    add.add_argument(
        "--allow-private", action="store_true", help="let an address be one of this machine or network"
    )
    _command(verbs, "sources", "when each source last worked, and its trouble", room="articles")
    counts = _command(
        verbs, "counts", "how often each episode was downloaded", room="feed_checks", edition=False
    )
    counts.add_argument("--show", help="the show's name in the configuration (default: its only one)")
    counts.add_argument("--since", help="YYYY-MM-DD: count from this day on (default: from the first)")
    serve = _command(verbs, "serve", "run the clock, the desk and the feed", room="serving", edition=False)
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
    extract = verbs.add_parser(
        "extract", help="articles of a web page, feed, document or newspaper page, as JSON"
    )
    extract.add_argument("path", help="a file, an http(s) address, or - for standard input")
    extract.add_argument(
        "--allow-private", action="store_true", help="let the address be one of this machine or network"
    )
    extract.add_argument(
        "--timezone", default="Asia/Shanghai", help="where the paper appears (default: %(default)s)"
    )
    condense = verbs.add_parser("condense", help="each article of a page in a few sentences, as JSON")
    condense.add_argument("path", type=Path)
    condense.add_argument("--budget", type=int, required=True, help="Han characters an article may have")
    condense.add_argument("--place", default="", help="what 我区 means in the paper, such as 渝中区")
    condense.add_argument(
        "--timezone", default="Asia/Shanghai", help="where the paper appears (default: %(default)s)"
    )
    guard = verbs.add_parser("guard", help="what sentences say beyond their sources, as JSON")
    guard.add_argument(
        "path", type=Path, metavar="ROWS.json", help="rows of text, sources, story, place and day"
    )
    read = verbs.add_parser(
        "read", help="printed lines on standard input → spoken form and pinyin, as JSON lines"
    )
    _reading_commands(verbs)
    feed = verbs.add_parser("feed", help="look at feeds").add_subparsers(metavar="COMMAND", required=True)
    _check_command(feed.add_parser("check", help="check a feed by the rules of the directories and speakers"))
    _voice_commands(verbs)
    _people_commands(verbs)
    for name, command in (
        ("articles.extract", extract),
        ("articles.condense", condense),
        ("articles.guard", guard),
        ("pronunciation.read", read),
    ):
        command.add_argument("--json", action="store_true", help="print JSON")
        command.set_defaults(run=name, quiet=True)


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


def _reading_commands(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Hear how a sentence is read, and say how words are to be read."""
    say = verbs.add_parser("say", help="how a sentence is read: spoken form, pinyin, doubt, and its sound")
    say.add_argument("text", help="a printed sentence; it may hold marks such as 重{chóng}庆 and {停0.8}")
    say.add_argument("--out", type=Path, help="write the sound here, as WAV")
    say.add_argument("--play", action="store_true", help="play the sound")
    say.add_argument("--anchor", help="who says it (default: the first anchor of the configuration)")
    lexicon = verbs.add_parser("lexicon", help="how words are read everywhere").add_subparsers(
        metavar="COMMAND", required=True
    )
    add = lexicon.add_parser("add", help="add a word's pinyin, or what to say instead")
    add.add_argument("word")
    add.add_argument("pinyin", nargs="?", default="", help="one syllable a Han character: 'shan4 zhi4 yuan3'")
    add.add_argument("--say", default="", help="what is said instead of the word")
    add.add_argument("--before", default="", help="only where these characters follow")
    add.add_argument("--after", default="", help="only where these characters stand before")
    listing = lexicon.add_parser("list", help="the words that were added in this house")
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


def _voice_commands(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The voices, what they have spoken, and whether all is ready for tomorrow."""
    check = _command(verbs, "check", "what could go wrong tomorrow morning, found today", edition=False)
    check.add_argument(
        "--ring", action="store_true", help="send a trial alarm to everybody who is to be told"
    )
    check.set_defaults(run="checks.run")
    voices = _command(verbs, "voices", "which voices there are, and how fast each speaks", edition=False)
    voices.set_defaults(run="voices.listing")
    attempt = voices.add_subparsers(metavar="COMMAND").add_parser("try", help="hear a voice")
    attempt.add_argument("name", help="an anchor, an engine, or both such as edge:zh-CN-YunyangNeural")
    attempt.add_argument("text", help="a printed sentence")
    attempt.add_argument("--out", type=Path, help="write the sound here, as WAV")
    attempt.add_argument("--play", action="store_true", help="play the sound")
    cache = verbs.add_parser("cache", help="the sentences that were spoken").add_subparsers(
        metavar="COMMAND", required=True
    )
    info = cache.add_parser("info", help="how many there are")
    prune = cache.add_parser("prune", help="remove those that rested longest")
    prune.add_argument("--to", type=int, help="megabytes to keep (default: `clips` of the configuration)")
    for name, command in (("attempt", attempt), ("cache_info", info), ("cache_prune", prune)):
        command.add_argument(
            "--config", type=Path, default=Path("briefing.toml"), help="default: %(default)s"
        )
        command.add_argument("--json", action="store_true", help="print JSON")
        command.set_defaults(run=f"voices.{name}", quiet=False)


def _people_commands(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Who may work at the desk, and what they did."""
    user = verbs.add_parser("user", help="who may sign in at the desk").add_subparsers(
        metavar="COMMAND", required=True
    )
    token = verbs.add_parser("token", help="which programs may use the API").add_subparsers(
        metavar="COMMAND", required=True
    )
    listing = {
        "user_add": user.add_parser("add", help="make an account; its password is asked for"),
        "user_list": user.add_parser("list", help="the accounts"),
        "user_remove": user.add_parser("remove", help="take an account away"),
        "user_password": user.add_parser("password", help="give an account another password"),
        "user_role": user.add_parser("role", help="give an account another role"),
        "token_add": token.add_parser("add", help="make a token; it is shown once"),
        "token_list": token.add_parser("list", help="the tokens and what each may do"),
        "token_revoke": token.add_parser("revoke", help="take a token away"),
        "audit": verbs.add_parser("audit", help="what was done at the desk: when, who, what, from where"),
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


def _operating_commands(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """What keeps a house on the air."""
    told = "whether today's episode is there and whole, as a listener's app finds it"
    watch = verbs.add_parser("watch", help=told, description=f"{told}; exit status 1 when it is not")
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
    backup = _command(
        verbs, "backup", "save what cannot be made again in one file", room="upkeep", edition=False
    )
    restore = _command(verbs, "restore", "put a house back from a backup", room="upkeep", edition=False)
    for command in (backup, restore):
        command.add_argument("file", type=Path, help="such as briefing-2026-03-02.tar.gz")
    tidy = _command(verbs, "tidy", "remove files that are no longer wanted", room="upkeep", edition=False)
    tidy.add_argument("--dry-run", action="store_true", help="only say what would go")


def _command(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    told: str,
    *,
    room: str = "edition_stages",
    edition: bool = True,
) -> argparse.ArgumentParser:
    command = verbs.add_parser(name, help=told, description=told)
    command.add_argument("--quiet", action="store_true", help="say nothing but errors")
    command.add_argument(
        "--log-format", choices=("human", "json"), help="write every event to standard error"
    )
    command.add_argument("--json", action="store_true", help="print the result as JSON")
    command.set_defaults(run=f"{room}.{name}")
    if name != "demo":
        command.add_argument(
            "--config", type=Path, default=Path("briefing.toml"), help="default: %(default)s"
        )
    if edition:
        command.add_argument("--show", help="the show's name in the configuration (default: its only one)")
        command.add_argument("--day", help="YYYY-MM-DD in the show's time zone (default: today)")
        command.add_argument("--edition", help="the edition's name (default: the show's first)")
    return command


if __name__ == "__main__":
    sys.exit(main())
