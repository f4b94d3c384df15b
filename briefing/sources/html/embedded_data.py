"""The article that a page's scripts hold as data, for pages that only a script lays out.

Sites that are made with Vue, React and their like write the whole article as JSON beside an empty page
(`__NEXT_DATA__`, `__INITIAL_STATE__`, `RENDER_DATA` …). The object with the longest text is the article; what it
or an object around it calls title, time, source and author is the article's. Nothing is executed.
"""

from __future__ import annotations

import html
import json
import re
from collections import deque
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import unquote

from briefing.model import han_count
from briefing.sources.html import script_literals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONGEST: Final = 2_000_000
"""Characters of one script that is read as data."""
_STARTS: Final = re.compile(r"[=(]\s*(?=[{\[])|[=:(]\s*(?=\"\{)")
_TRIES: Final = 20
"""Assignments in one script that are tried."""
_UNDEFINED: Final = re.compile(r"(?<=[:\[,])\s*(?:undefined|NaN)\s*(?=[,}\]])")
_MOST_THINGS: Final = 50_000
"""Objects and lists in one script that are looked at."""
_LEAST: Final = 80
"""Han characters from which a string is an article's text."""
_LEAST_OF_POST: Final = 20
"""Han characters from which the words of a picture post are its text."""
_LONGEST_NAME: Final = 40
"""Characters of a title, source or author from which it is none; titles may have three times as many."""
_TITLE: Final = re.compile(
    r"(?i)^(?!.*(?:sub|short|seo|list|share|page|meta|img|pic))\w*(?:title|headline)$|^name$"
)
_OF_ITS_OWN: Final = re.compile(rf"{_TITLE.pattern}|(?i:user|nick|avatar|reply)")
"""What has a title is an article of its own, what has a user a comment."""
_TIME: Final = re.compile(
    r"(?i)(?:pub|publish|create|news|release|show|issue|input|first|^)\w*(?:time|date)\w*$|^(?:publish|create|release)(?:ed|d)?_?(?:at|on)$|^ptime$|^date$|^time$"
)
_SOURCE: Final = re.compile(r"(?i)(?:source|origin|media)_?(?:name|title)?$|^(?:show|copy)_?source$")
_AUTHOR: Final = re.compile(r"(?i)^(?:author|writer|reporter)s?_?(?:name)?$")
_TAG: Final = re.compile(r"<[^>]{0,2000}>")


@dataclass(frozen=True, slots=True)
class State:
    """The article as data; `body` is HTML or text, and what is not told is ''."""

    title: str = ""
    body: str = ""
    published: str = ""
    source: str = ""
    author: str = ""


class _Thing(NamedTuple):
    """An object or a list, with the objects around it, the innermost first."""

    value: Any
    around: tuple[dict[str, Any], ...]


def read(scripts: Iterable[str]) -> State:
    """The article with the longest text in any of the scripts; an empty one when there is none."""
    best, size = State(), _LEAST
    for text in scripts:
        post = script_literals.read_decoded(text)
        if han_count(post.get("desc", "")) > min(size, _LEAST_OF_POST):
            best, size = _of_post(post), max(size, han_count(post["desc"]))
        for data in _documents(text):
            for thing in _objects(data):
                body = _body(thing.value)
                han = han_count(_TAG.sub("", body))
                if han > size:
                    best, size = _article(thing, body), han
    return best


def _of_post(post: dict[str, str]) -> State:
    """The picture post of a WeChat account, whose text only a script knows."""
    lines = (html.escape(line.strip()) for line in post["desc"].splitlines() if line.strip())
    return State(
        title=post.get("title", ""),
        body="".join(f"<p>{line}</p>" for line in lines),
        published=post.get("create_time", ""),
        source=post.get("nick_name", ""),
    )


def _documents(script: str) -> Iterator[Any]:
    """The JSON of a script: the whole of it, or what it assigns."""
    text = script.strip()
    if len(text) > _LONGEST or not text:
        return
    nuxt = script_literals.read_nuxt(text) if "__NUXT__" in text[:2000] else None
    if nuxt is not None:
        yield nuxt
        return
    if text.startswith(("%7B", "%5B", "%7b", "%5b")):
        text = unquote(text)
    clean = _UNDEFINED.sub("null", text)
    decoder = json.JSONDecoder(strict=False)
    found = (match.end() for match in _STARTS.finditer(clean))
    starts = [0] if clean[0] in "{[" else list(islice(found, _TRIES))
    passed = 0
    for start in starts:
        if start < passed:
            continue
        try:
            data, passed = decoder.raw_decode(clean, start)
            # JSON.parse("{…}") holds it as a string.
            yield decoder.decode(data) if isinstance(data, str) else data
        except (ValueError, RecursionError):
            continue


def _objects(data: object) -> Iterator[_Thing]:
    """Every object in the data, outer ones first."""
    waiting, count = deque([_Thing(data, ())]), 0
    while waiting and count < _MOST_THINGS:
        count += 1
        value, around = waiting.popleft()
        if isinstance(value, dict):
            yield _Thing(value, around)
            around = (value, *around[:3])
        inner = value.values() if isinstance(value, dict) else value
        waiting.extend(_Thing(child, around) for child in inner if isinstance(child, dict | list))


def _body(value: dict[str, Any]) -> str:
    """The longest text that an object holds itself: one string, or a list of paragraphs."""
    texts = [text for text in value.values() if isinstance(text, str) and not _is_cut(text)]
    lists = (parts for parts in value.values() if isinstance(parts, list))
    texts.extend("\n".join(filter(None, map(_part, parts))) for parts in lists)
    return max(texts, key=len, default="")


def _is_cut(text: str) -> bool:
    return len(text) < _LEAST


def _part(part: object) -> str:
    """A paragraph of a list: a string, or the text of an object of a kind with its neighbours."""
    if isinstance(part, str):
        text = part
    elif isinstance(part, dict) and not any(map(_OF_ITS_OWN.search, part)):
        text = max((value for value in part.values() if isinstance(value, str)), key=han_count, default="")
    else:
        text = ""
    return text if "<" in text or not text else f"<p>{html.escape(text)}</p>"


def _article(thing: _Thing, body: str) -> State:
    holders = (thing.value, *thing.around)
    return State(
        title=_named(holders, _TITLE, 3 * _LONGEST_NAME),
        body=body if "<" in body else "".join(f"<p>{line}</p>" for line in body.splitlines()),
        published=_named(holders, _TIME, _LONGEST_NAME),
        source=_named(holders, _SOURCE, _LONGEST_NAME),
        author=_named(holders, _AUTHOR, _LONGEST_NAME),
    )


def _named(holders: Iterable[dict[str, Any]], name: re.Pattern[str], longest: int) -> str:
    """The first short value with such a name, in the nearest object."""
    for holder in holders:
        for key, value in holder.items():
            if name.search(str(key)) and isinstance(value, str | int) and not isinstance(value, bool):
                text = str(value).strip()
                if 0 < len(text) <= longest and "://" not in text:
                    return text
    return ""
