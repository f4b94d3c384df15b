"""How the newsroom can fail, as one tree.

BriefingError
├── ConfigError       briefing.toml cannot be used as it is
├── SourceError       an input that is refused, or a source that cannot be read
├── ScriptError       a script file that cannot be parsed; names line and reason
├── LexiconError      a lexicon entry that is wrong; names the entry and the reason
├── NothingToSay      an edition for which there is no news
├── StageError        a stage asked for out of order
├── StaleRevision     a script saved on top of a revision that its editor did not read
├── EditionBusy       another process is at work on this edition
│   └── LeaseLost     another process has taken this edition over
├── AccountError      an account or token that cannot be made, changed or used so
│   ├── LoginRefused      a name and a password that do not belong together
│   └── LoginThrottled    too many wrong passwords; says when to try again
├── AssetError        an offline voice or font that could not be fetched or fails its check
├── SoundError        a sentence that cannot be written as a file, or played
├── AlarmFailed       an alarm that reached nobody
└── KeepingFailed     a backup that cannot be written, or is not whole
"""

from __future__ import annotations


class BriefingError(Exception):
    """Base of all errors of `briefing`; its text is one sentence that a person can act on."""


class ConfigError(BriefingError):
    """The configuration cannot be used: the message names file, key and the nearest known name."""


class SourceError(BriefingError):
    """An input is refused whole, or a source cannot be read: the message names it and why."""


class ScriptError(BriefingError):
    """A script file cannot be parsed: the message names the line and the reason."""


class LexiconError(BriefingError):
    """A lexicon entry is wrong: the message names the entry and the reason."""


class DatabaseFailed(BriefingError):  # noqa: N818 - the name is what happened to it
    """The database does not take or give what it is asked: locked, away, damaged, or its disk is full."""


class NothingToSay(BriefingError):  # noqa: N818 - the name is the state of the day
    """No article of the day is news that can be broadcast."""


class StageError(BriefingError):
    """A stage was asked for that this edition cannot take now."""


class StaleRevision(BriefingError):  # noqa: N818 - the name is what is wrong with the save
    """The script was changed by somebody else since it was read; nothing was overwritten."""


class EditionBusy(BriefingError):  # noqa: N818 - the name is the state of the edition
    """Another process holds this edition's lease."""


class LeaseLost(EditionBusy):
    """The lease ran out, and another process took the edition over: what this one makes has no effect any more."""


class AccountError(BriefingError):
    """An account or a token cannot be made, changed or used in this way: the message says why."""


class LoginRefused(AccountError):  # noqa: N818 - the name is what happened to the person
    """Name and password do not belong together; which of them is wrong is not told."""


class LoginThrottled(AccountError):  # noqa: N818 - the name is what happened to the person
    """There were too many wrong passwords; `seconds` is how long to wait."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class AssetError(BriefingError):
    """A file fetched by package name is missing or is not the file it should be."""


class SoundError(BriefingError):
    """A sound cannot be written or played here."""


class AlarmFailed(BriefingError):  # noqa: N818 - the name is what happened to the alarm
    """An alarm reached nobody: the message names the way that failed, never its secret."""


class KeepingFailed(BriefingError):  # noqa: N818 - the name is what happened to the backup
    """A backup cannot be written, or what should be restored is not whole; nothing was overwritten."""
