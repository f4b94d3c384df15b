"""Find conditions, exceptions, denials and denominators that a statement hangs on and the sentence lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.editorial.guard.checks.denials import count_denials
from briefing.editorial.guard.likeness import best_clause, clause_numbers, clause_overlap, clause_text
from briefing.editorial.guard.unsupported_claim import ClaimKind, UnsupportedClaim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.editorial.facts.values import Value
    from briefing.editorial.guard.evidence import Evidence
    from briefing.editorial.guard.sentence_reading import Reading

_CONDITION = re.compile(
    r"(?:如果|(?<![兴温])若(?![干])|假如|倘若|要是|一旦|只有|除非)(?P<inner>[^，。；]{3,40})，"
)
_EXCEPT = re.compile(
    r"(?:(?<![消拆清排解扣免开废移铲切删根破])除(?!夕|了?[^，。；]{1,30}[还也]|去|此|湿|尘|草|雪|险)了?(?P<inner>[^，。；]{2,40}?)(?:以?外|之外)?，|(?:，|^|；)(?P<behind>[^，。；]{2,20})除外)"
)
_KEPT = re.compile(
    r"如果|若|假如|倘若|要是|一旦|只有|除非|只要|的话|前提|条件|才|如(?=[^何今此]{2})|万一|时|(?<![年月日天周时])后"
)
_EXCEPT_KEPT = re.compile(r"除|以外|例外|其他|其余|别的|另外|工作日|只有")
_DENIAL = re.compile(r"不等于|不代表|未必|不一定|否认|不实|辟谣|谣言|系误传|子虚乌有|查无此事")
_DENIAL_KEPT = re.compile(
    r"不等于|不代表|未必|不一定|不见得|否认|不实|辟谣|谣言|误传|没有|没这|并非|不是|假的|不会|虚构|子虚乌有"
)
_LEAST_SHARE, _MUCH, _SOME_SHARE, _CLOSE = 0.5, 0.4, 0.3, 1.5
_GROUP = re.compile(r"(?:^|[，。；])(?P<inner>[^，。；]{4,40})的，(?:全部|一律|均|都|可|应)")
_BOTH = re.compile(
    r"(?:^|[，。；、须应])(?P<first>[^，。；、]{4,22}?)，?(?:并且|而且|且)(?P<second>[^，。；]{4,16}?)(?:的|，|。|；|$)"
)
_LATE = re.compile(
    r"，(?P<inner>(?:逾期|拒不|经责令|情节严重|屡|再次|仍不|拒绝)[^，。；]{1,14}?)的?，(?P<main>[^，。；]{4,40})"
)
_CAUGHT = re.compile(r"逾期|拒不|到期|过期|超过期限|期限|还不|仍不|再不|不改|不听|严重|屡|没|未|不")
_HOLDER = re.compile(
    r"(?:^|[；。：])(?P<who>[^，。；：]{2,8}?(?:家庭|居民|职工|学生|老人|企业|人员|户|者|人))(?P<inner>[^，。；]{4,24})的，"
)
_LITTLE, _NEARLY, _MOSTLY = 0.3, 0.85, 0.6
_EVERYONE = re.compile(r"一律|全部|全都|所有|都")
_SHARE_OF = re.compile(
    r"占(?:到|了)?(?P<whole>[^，。；、\d占]{2,14}?)(?:的)?(?:比例|比重|总数|总量)?(?:为|达|达到|约|近|超过|超)?$"
)
_SHARE_IN = re.compile(
    r"(?P<whole>[^，。；\d]{2,10})(?:中|里|当中)，?(?:[^，。；\d]{0,12})(?:占|有)(?:了|到|约)?$"
)
_SHARE_BEHIND = re.compile(r"的(?P<whole>[\u4e00-\u9fff]{1,4}?)(?=[，。得是在有被来]|$)")
_EMPTY_CHARACTERS = frozenset("的总数全了")
_ONGOING = re.compile(r"仍在|正在|还在|尚在|在建|进行中|仍处|进一步(?:调查|侦办|审理)")
_FINISHED = re.compile(r"结束|终结|完毕|查清|侦结|办结|告破|结案")
_ONE_OF = re.compile(r"其中(?:的)?(?:一|两|二|三|部分|有的|个别|\d)[^，。；]{0,3}")
_WHOLE = re.compile(r"全[市区县省国]")
_PARTIAL = re.compile(
    r"主城区|中心城区|东部|西部|南部|北部|部分|局部|局地|[一二两三四五六七八九十\d]+个?(?:县|区|镇|乡|街道)(?![长委级])|老城区|试点|其他地区|山区"
)


def check_conditions(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Yield a doubt where a sentence keeps a statement and drops what it hangs on."""
    for reading in evidence.body:
        yield from _check_condition(spoken.text, reading.text)
        yield from _check_exception(spoken.text, reading.text)
        yield from _check_denial(spoken.text, reading.text)
        yield from _check_joined(spoken.text, reading.text)
        yield from _check_holder(spoken.text, reading.text)
        yield from _check_group(spoken.text, reading.text)
        yield from _check_whole(spoken, reading)
    yield from _check_finished(spoken, evidence)
    yield from _check_part(spoken, evidence)
    yield from _check_single(spoken, evidence)


def _check_condition(spoken: str, source: str) -> Iterator[UnsupportedClaim]:
    match = _CONDITION.search(source)
    if not match or _KEPT.search(spoken):
        return
    main = re.split(r"[；。]", source[match.end() :], maxsplit=1)[0]
    if share_of(main, spoken) >= _LEAST_SHARE and share_of(match["inner"], spoken) < _LEAST_SHARE:
        yield _whole(spoken, f"去掉了条件“{match[0].rstrip('，')}”", match[0].rstrip("，"))


def _check_exception(spoken: str, source: str) -> Iterator[UnsupportedClaim]:
    match = _EXCEPT.search(source)
    if not match or _EXCEPT_KEPT.search(spoken):
        return
    main = source[match.end() :] if match["inner"] else source[: match.start()]
    inner = match["inner"] or match["behind"]
    if share_of(inner, spoken) > _NEARLY and count_denials(spoken):
        return
    if share_of(spoken, main) >= _MUCH or (
        share_of(inner, spoken) >= _LEAST_SHARE and share_of(main, spoken) > _SOME_SHARE
    ):
        yield _whole(spoken, f"去掉了“{match[0].strip('，')}”", match[0].strip("，"))


def _check_denial(spoken: str, source: str) -> Iterator[UnsupportedClaim]:
    match = _DENIAL.search(source)
    if match and not _DENIAL_KEPT.search(spoken) and share_of(spoken, source) >= _SOME_SHARE:
        yield UnsupportedClaim(ClaimKind.OPPOSITE, f"原文是“{match[0]}”", 0, len(spoken), match[0])


def _check_joined(spoken: str, source: str) -> Iterator[UnsupportedClaim]:
    """Doubt a claim that keeps one of two conditions: 年满60岁 of 具有本县户籍且年满60岁."""
    match = _BOTH.search(source)
    if match and "且" not in spoken:
        kept, lost = share_of(match["second"], spoken), share_of(match["first"], spoken)
        if kept >= _LEAST_SHARE and lost < _LITTLE:
            yield _whole(spoken, f"去掉了条件“{match['first']}”", match["first"])
    late = _LATE.search(source)
    if late and not _CAUGHT.search(spoken):
        main = share_of(late["main"], spoken)
        if main >= _LEAST_SHARE and share_of(late["inner"], spoken) < _LITTLE:
            yield _whole(spoken, f"去掉了条件“{late['inner']}”", late["inner"])


def _check_holder(spoken: str, source: str) -> Iterator[UnsupportedClaim]:
    """Doubt a claim that keeps a condition and loses whose it is: 多子女家庭购买首套住房的."""
    for match in _HOLDER.finditer(source):
        kept, lost = share_of(match["inner"], spoken), share_of(match["who"], spoken)
        main = re.split(r"[；。]", source[match.end() :], maxsplit=1)[0]
        if kept >= _MOSTLY and lost < _LITTLE and share_of(main, spoken) >= _LEAST_SHARE:
            yield _whole(spoken, f"去掉了“{match['who']}”", match["who"])


def _check_group(spoken: str, source: str) -> Iterator[UnsupportedClaim]:
    """Doubt 一律 where the source says it of those only whom a condition names."""
    match = _GROUP.search(source)
    everyone = _EVERYONE.search(spoken)
    if not match or not everyone or share_of(match["inner"], spoken) >= _LEAST_SHARE:
        return
    main = re.split(r"[，；。]", source[match.end() :], maxsplit=1)[0]
    if share_of(main, spoken) >= _LEAST_SHARE:
        yield _whole(spoken, f"去掉了条件“{match['inner']}的”", match["inner"])


def _check_whole(spoken: Reading, source: Reading) -> Iterator[UnsupportedClaim]:
    """Doubt a share of something that the source gives as the share of something else."""
    wholes = {value.number: whole for value, whole in _shares(source)}
    for value, whole in _shares(spoken):
        other = wholes.get(value.number, "")
        if other and not set(whole) & set(other) - _EMPTY_CHARACTERS:
            what = f"原文是占“{other}”的比例，不是“{whole}”"
            yield UnsupportedClaim(ClaimKind.SCOPE, what, value.start, value.end, other)


def _shares(reading: Reading) -> Iterator[tuple[Value, str]]:
    """The shares of a sentence, each with the whole that it is of."""
    for index in reading.values:
        value = reading.words[index].value
        if value is None or value.dimension != "percent":
            continue
        before, behind = (
            reading.text[max(0, value.start - 24) : value.start],
            reading.text[value.end : value.end + 8],
        )
        people = _SHARE_BEHIND.match(behind) if re.search(r"有[^，。；]{0,3}$", before) else None
        match = _SHARE_OF.search(before) or _SHARE_IN.search(before) or people
        if match:
            yield value, match["whole"]


def _check_finished(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Doubt an end of what the sources say is still going on."""
    if _ONGOING.search(spoken.text) or _FINISHED.search(evidence.text):
        return
    for clause in clause_numbers(spoken):
        match = _FINISHED.search(clause_text(spoken, clause))
        going = (
            (reading, number)
            for reading in evidence.body
            for number in clause_numbers(reading)
            if _ONGOING.search(clause_text(reading, number))
            and clause_overlap(spoken, clause, reading, number) >= 1
        )
        if match and (other := next(going, None)):
            source = clause_text(*other).strip("，。；")
            yield UnsupportedClaim(ClaimKind.CERTAINTY, f"原文是“{source}”", 0, len(spoken.text), source)


def _check_part(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Doubt 全市 where the clause of the sources that says the same speaks of a part of it, or of another whole."""
    for match in _WHOLE.finditer(spoken.text):
        clause = next((word.clause for word in spoken.words if word.start <= match.start() < word.end), 0)
        best = max(
            (
                (clause_overlap(spoken, clause, reading, number), clause_text(reading, number))
                for reading in evidence.body
                for number in clause_numbers(reading)
            ),
            default=(0.0, ""),
        )
        if (
            match[0] in best[1]
            or best[0] < (1 if _PARTIAL.search(best[1]) else _CLOSE)
            or _PARTIAL.search(spoken.text)
        ):
            continue
        if other := _PARTIAL.search(best[1]) or _WHOLE.search(best[1]):
            what = f"原文是“{other[0]}”，不是“{match[0]}”"
            yield UnsupportedClaim(ClaimKind.SCOPE, what, match.start(), match.end(), other[0])


def _check_single(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Doubt 都 where the clause that says the same speaks of one of them: 其中一家."""
    for clause in clause_numbers(spoken):
        match = _EVERYONE.search(clause_text(spoken, clause))
        best = best_clause(spoken, clause, evidence.body)
        if not match or best is None or best[0] < _CLOSE:
            continue
        before = clause_text(best[1], best[2] - 1) if best[2] else ""
        other = _ONE_OF.search(before + clause_text(best[1], best[2]))
        if other and not _ONE_OF.search(spoken.text):
            yield UnsupportedClaim(
                ClaimKind.SCOPE, f"原文是“{other[0]}”，不是“{match[0]}”", 0, len(spoken.text), other[0]
            )


def share_of(part: str, whole: str) -> float:
    """Return the share of a text's pairs of characters that another has too."""
    pairs, other = _pairs(part), _pairs(whole)
    return len(pairs & other) / len(pairs) if pairs else 0.0


def _pairs(text: str) -> set[str]:
    bare = re.sub(r"[^\w]", "", text)
    return {bare[index : index + 2] for index in range(len(bare) - 1)}


def _whole(spoken: str, what: str, source: str) -> UnsupportedClaim:
    return UnsupportedClaim(ClaimKind.CERTAINTY, what, 0, len(spoken), source)
