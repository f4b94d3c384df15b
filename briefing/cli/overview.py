"""The list that `briefing --help` prints: every command in groups, in the order of a morning."""

from __future__ import annotations

USAGE = """\
usage: briefing COMMAND [options]

每日简报: a Mandarin news programme that makes itself, from the day's articles to a podcast.
"""

GROUPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Begin",
        (
            ("demo", "make a sample episode from the newspaper pages that come along"),
            ("init", "write a commented briefing.toml to start from"),
            ("fetch", "download the offline voice and the font"),
        ),
    ),
    (
        "Make an edition",
        (
            ("gather", "collect the day's articles from the sources"),
            ("draft", "choose the stories and write the script"),
            ("review", "print what an ear would stumble over in a script, with a rewrite where there is one"),
            ("edit", "open the script in $EDITOR; what you save is a new revision"),
            ("approve", "let the script be recorded"),
            ("hold", "keep the edition from being published"),
            ("release", "end a hold; the edition waits for approval again"),
            ("render", "record the script: speak, mix and check it"),
            ("publish", "publish the recording as an episode of the podcast"),
            ("run", "do all of these that are due, in order"),
            ("correct", "publish an edited script in place of the episode, with a note for listeners"),
            ("withdraw", "take an episode out of the podcast everywhere"),
            ("reinstate", "publish a withdrawn episode again"),
        ),
    ),
    (
        "Look at it",
        (
            ("status", "what happened, what comes next, and what is wrong"),
            ("rundown", "which stories are in, which are out, and why"),
            ("history", "what was published, corrected and withdrawn"),
            ("counts", "how often each episode was downloaded"),
        ),
    ),
    (
        "Articles",
        (
            ("add", "add an article of your own to the day's"),
            ("sources", "when each source last worked, and what is wrong with it"),
            ("extract", "print the articles of a web page, feed, document or newspaper page as JSON"),
            ("condense", "print each article of a page in a few sentences, as JSON"),
            ("guard", "print what sentences say beyond their sources, as JSON"),
            ("llm", "have a show's language model write a story, and print its cost"),
        ),
    ),
    (
        "Reading and voices",
        (
            ("say", "how a sentence is read: spoken form, pinyin, doubts, and its sound"),
            ("read", "read lines from standard input: spoken form and pinyin, as JSON lines"),
            ("lexicon", "add words, with their pinyin or what to say instead; list and try them"),
            ("voices", "which voices there are and how fast each is; try one"),
            ("cache", "how much recorded speech is kept; remove some"),
        ),
    ),
    (
        "People",
        (
            ("user", "who may sign in to the editors' web app"),
            ("token", "which programs may use its API"),
            ("audit", "what was done there: when, by whom, from where"),
        ),
    ),
    (
        "Keep it running",
        (
            ("serve", "run the scheduler, the editors' web app and the podcast's web server"),
            ("check", "find today what could go wrong tomorrow morning"),
            ("watch", "whether today's episode is there and whole, as a listener's app finds it"),
            ("feed", "check a podcast feed by the rules of directories and smart speakers"),
            ("backup", "save in one file what cannot be made again"),
            ("restore", "restore an installation from such a file"),
            ("tidy", "remove files that are no longer needed"),
        ),
    ),
)
"""Commands with what each does, by group."""

EPILOG = (
    "Start with `briefing demo`. Every command says what to do next; `briefing COMMAND --help` tells more.\n"
)

SUMMARIES = {name: summary for _title, commands in GROUPS for name, summary in commands}
"""What each command does, by its name."""


def format_overview() -> str:
    """Return the overview of all commands."""
    width = max(map(len, SUMMARIES))
    parts = [USAGE]
    for title, commands in GROUPS:
        lines = (f"  {name:<{width}}  {summary}" for name, summary in commands)
        parts.append("\n".join((f"{title}:", *lines, "")))
    return "\n".join([*parts, EPILOG])
