"""Normalize the characters of text that comes in: radicals, invisible characters, full-width digits, mojibake.

PDFs and pages copied from them hold CJK radicals (⽇⽉⺠⻓) where the characters 日月民长 are meant: they look the same,
but nothing that knows 日 knows them. U+2F00–2FD5 are compatibility characters, which NFKC resolves; U+2E80–2EF3 are not,
and are taken from EquivalentUnifiedIdeograph.txt of the Unicode Character Database (version 14). Private-use characters
are what a font of one printer shows; a text with many of them cannot be read and is refused.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from briefing.errors import SourceError

_RADICALS_SUPPLEMENT: Final = """
    - 5382 4E5B 4E5A 4E59 4EBB 5182 20628 5200 5202 535C 353E 5C0F 5C0F 5140 5C23
    5C22 21BC2 5DF3 5E7A 5F51 5F50 5FC4 5FC3 624C 6535 - 65E1 65E5 6708 6B7A 6BCD
    6C11 6C35 6C3A 706C 722B 722B 4E2C 725B 72AD 738B 24D14 76EE 793A 793B 25AD7 7CF9
    7E9F 7F53 7F52 34C1 5197 2626B 7F8A 2634C 2634B 8002 8080 807F 8089 26951 8279 8279
    8279 864E 8864 8980 897F 89C1 89D2 278B2 8BA0 8D1D 27FB7 8F66 8FB6 8FB6 8FB6 9091
    9485 9577 9578 957F 95E8 28E0F 961D 96E8 9752 97E6 9875 98CE 98DE 98DF 2967F 98E0
    9963 29810 9A6C 9AA8 9B3C 9C7C 9E1F 5364 9EA6 9EC4 9EFE 6589 9F50 6B6F 9F7F 7ADC
    9F99 9F9C 4E80 9F9F
""".split()  # noqa: SIM905 - a table of code points is read more easily than a list of strings
"""Unified ideographs of U+2E80, U+2E81 … U+2EF3; - where there is none."""
_COMPATIBILITY: Final = ((0x2F00, 0x2FD6), (0xF900, 0xFB00), (0x2F800, 0x2FA20))
_INVISIBLE: Final = (
    *range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xAD,
    0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x180F), *range(0x200B, 0x2010),
    *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF, *range(0xFFF9, 0xFFFD),
    0xFFFE, 0xFFFF, *range(0xD800, 0xE000), *range(0xE0000, 0xE0080),
)  # fmt: skip
_FULL_WIDTH: Final = (
    *range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05,
)  # fmt: skip
"""Digits, Latin letters and the percent sign; punctuation stays as it is printed."""
_PRIVATE: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_BROKEN: Final = re.compile("\ufffd|锟斤拷|锟斤|烫烫烫|屯屯屯|[锛銆]")
_MOST_BROKEN: Final = 0.02
"""Share of private-use or broken characters above which a text cannot be read."""
_FEW_BROKEN: Final = 2
"""So many of them are never too many: a bullet of a symbol font, one lost character."""
_FULL_WIDTH_POINT: Final = re.compile(r"(?<=\d)．(?=\d)")
_MOJIBAKE_LATIN: Final = re.compile(r"[\u00c0-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e]")
_MOJIBAKE_SHARE: Final = 0.2
"""Share of accented letters in what is not ASCII from which a text may be UTF-8 that was read as Latin-1."""
_SAMPLE: Final = 100_000
"""Characters by which a text is judged."""
_DOUBLE_MARK: Final = re.compile(
    r"(?<=[。！？!?…])(?<!\.)[。.](?=[”’」』）)]*\s*$|[”’」』）)]*\n)", re.MULTILINE
)
_AMPERSAND: Final = re.compile(r"(?<=[\u3400-\u9fff”》）])\s*[&＆]\s*(?=[\u3400-\u9fff“《（])")
_NAMED_DATELINE: Final = re.compile(
    r"^\s*(?:据)?(?!新华社|中新社)[\u4e00-\u9fff]{2,14}?(?:\d{1,2}月)?\d{1,2}日(?:发布)?(?:消息|讯)[，,:：]\s*"
)


def _build_table() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys(_INVISIBLE)
    for code, ideograph in enumerate(_RADICALS_SUPPLEMENT, 0x2E80):
        if ideograph != "-":
            table[code] = chr(int(ideograph, 16))
    for first, end in _COMPATIBILITY:
        table |= {code: unicodedata.normalize("NFKC", chr(code)) for code in range(first, end)}
    return table | {code: chr(code - 0xFEE0) for code in _FULL_WIDTH}


_TABLE: Final = _build_table()
_SPECIAL: Final = re.compile(f"[{''.join(re.escape(chr(code)) for code in _TABLE)}]")


def replace_characters(text: str) -> str:
    """Return `text` with radicals as ideographs, half-width digits and letters, and nothing invisible."""
    if not _SPECIAL.search(text):
        return text
    return _FULL_WIDTH_POINT.sub(".", text.translate(_TABLE))


def refuse_unreadable(text: str) -> None:
    """Raise `SourceError` for a text of which too much is lost or shown by a font that nobody else has."""
    sample = text[:_SAMPLE]
    solid = max(1, sum(1 for char in sample if char > "\x7f"))
    private, broken = len(_PRIVATE.findall(sample)), len(_BROKEN.findall(sample))
    if private > max(_FEW_BROKEN, _MOST_BROKEN * solid):
        raise SourceError(
            f"{private} characters are of a font's own (private use) and cannot be read; take the text from "
            "another file, or run character recognition on the page"
        )
    if broken > max(_FEW_BROKEN, _MOST_BROKEN * solid):
        raise SourceError("the text is garbled (�, 锟斤拷); save it again as UTF-8")


def repair_mojibake(text: str) -> str:
    """Return UTF-8 that was read as Latin-1, Windows-1252 or GBK as the text that it was; any other text as it is."""
    sample = text[:_SAMPLE]
    foreign = sum(char > "\x7f" for char in sample)
    if not foreign:
        return text
    if len(_MOJIBAKE_LATIN.findall(sample)) >= _MOJIBAKE_SHARE * foreign:
        return _decoded_again(text, "cp1252") or _decoded_again(text, "latin-1") or text
    # True Chinese in GBK bytes is practically never valid UTF-8, so that success is proof.
    return _decoded_again(text, "gb18030") or text


def _decoded_again(text: str, wrong: str) -> str:
    try:
        repaired = text.encode(wrong).decode("utf-8")
    except UnicodeError:
        return ""
    return repaired if any("\u4e00" <= char <= "\u9fff" for char in repaired) else ""


def normalize_title(title: str) -> str:
    """Return a title in which & between Chinese words is the separator that it stands for."""
    return _AMPERSAND.sub("、", replace_characters(title)).strip()


def normalize_paragraphs(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """Return paragraphs with one final mark each, without an office's dateline (市体育局11月29日消息，) and its comma."""
    cleaned = [_DOUBLE_MARK.sub("", replace_characters(text)) for text in paragraphs]
    if cleaned:
        cleaned[0] = _NAMED_DATELINE.sub("", cleaned[0]) or cleaned[0]
    return tuple(filter(None, cleaned))


def end_sentence(text: str) -> str:
    """Return `text` with a full stop, unless it ends with a final mark, perhaps inside quotes or brackets."""
    return text if re.search(r"[。！？!?…][”’」』）)]*$", text) else f"{text}。"
