"""Latin words in a Mandarin sentence, in the phonemes of Kokoro 1.0.

Abbreviations are said letter by letter (GDP), words from the dictionary (Bluetooth), joined words by their humps
(OpenAI), names in pinyin as pinyin (Huawei), and what nobody has written down by the usual sounds of its letters.
"""

from __future__ import annotations

import re

from voices.errors import SpeechFailed
from voices.phonemes import ipa

_HUMPS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+(?:['’]s\b)?")
_SAID_AS_WORDS = frozenset({"APEC", "ASEAN", "COVID", "NASA", "NATO", "OPEC", "SWIFT", "UNESCO", "UNICEF"})
_LONGEST_ABBREVIATION = 5

_PAIR = re.compile(r"(\S+)=(\S+)")

_HOUSE: dict[str, str] = dict(
    _PAIR.findall(
        "wi=wˈI fi=fˈI wifi=wˈIfˌI app=ˌApˌipˈi apps=ˌApˌipˈi mc=mək tok=tˈɑk vs=vˈɜɹsəs "
        "fifa=fˈifə fiba=fˈibə uefa=juˈAfə brics=bɹˈɪks reits=ɹˈits reit=ɹˈit aukus=ˈɔkəs quad=kwˈɑd cop=kˈɑp "
        "sim=sˈɪm pos=pˈɑs ram=ɹˈæm rom=ɹˈɑm dram=dˈiɹˌæm nand=nˈænd arm=ˈɑɹm gif=ɡˈɪf jpeg=ʤˈApˌɛɡ "
        "sars=sˈɑɹz mers=mˈɜɹz aids=ˈAdz imax=ˈImˌæks saas=sˈæs paas=pˈæs iaas=ˈIˌæs lora=lˈɔɹə lidar=lˈIdˌɑɹ "
        "toefl=tˈOfᵊl ielts=ˈIˌɛlts gmat=ʤˈimˌæt mooc=mˈuk moocs=mˈuks comac=kˈOmˌæk up=ˈʌp "
        "oppo=ˈOpO vivo=vˈivO ikea=Ikˈiə lego=lˈɛɡO zara=zˈɑɹə uniqlo=junˈiklO shein=ʃˈiˌɪn uber=ˈubəɹ "
        "airbnb=ˈɛɹbˌiənbˌi boeing=bˈOɪŋ toyota=tOjˈOtə alipay=ˈælipˌA whatsapp=wˈʌtsˌæp logo=lˈOɡO "
        "paypal=pˈApˌæl grok=ɡɹˈɑk qwen=kwˈɛn nvidia=ɛnvˈɪdiə aigc=ˌAˌIʤˌisˈi agi=ˌAʤˌiˈI"
    )
)
"""Words that no dictionary has, or has otherwise than Mandarin speakers say them: App is A-P-P, FIFA a word."""

_PINYIN = re.compile(
    r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])(?:[iu]?a(?:ng|[ino])?|ei|eng?|i?e|ing|i?ong|i[nu]?|ou|u[oin]?)"
)
"""One syllable of pinyin that a name can be made of."""

_SOUNDS: dict[str, str] = dict(
    _PAIR.findall(
        "tion=ʃᵊn igh=I tch=ʧ dge=ʤ "
        "ch=ʧ sh=ʃ th=θ ph=f wh=w ck=k qu=kw ng=ŋ "
        "ee=i ea=i oo=u ou=W ow=O ai=A ay=A oi=Y oy=Y au=ɔ aw=ɔ oa=O ew=u ar=ɑɹ or=ɔɹ er=əɹ ir=ɜɹ ur=ɜɹ "
        "a=æ e=ɛ i=ɪ o=ɑ u=ʌ y=i c=k g=ɡ j=ʤ q=k r=ɹ x=ks"
    )
)
"""The usual sounds of English spelling, the longest group of letters first; other letters sound as written."""

_LONG = {"a": "A", "e": "i", "i": "I", "o": "O", "u": "u", "y": "I"}
"""A vowel before one consonant and a silent e, as in Suze."""

_LAST = {"a": "ə", "e": "i", "i": "i", "o": "O", "u": "u"}
"""A vowel that ends a name, as in Temu."""

_SPELLING = re.compile(rf"(?P<long>[aeiouy])(?P<shut>[^aeiouywx])e$|(?P<last>[aeiou])$|{'|'.join(_SOUNDS)}|.")
_VOWEL = re.compile(r"[AIOWYæɑɔəɛɜɪʌiu]")


def of_word(word: str) -> str:
    """Phonemes of a word of unaccented Latin letters, with or without an apostrophe."""
    if word.lower() in _HOUSE:
        return _HOUSE[word.lower()]
    if _is_spelled(word):
        return _spell_out(word)
    if phonemes := _look_up(word.lower()):
        return phonemes
    humps = _HUMPS.findall(word)
    return " ".join(map(of_word, humps)) if len(humps) > 1 else _sound_out(word.lower())


def _is_spelled(word: str) -> bool:
    abbreviated = word.isupper() and word not in _SAID_AS_WORDS and len(word) <= _LONGEST_ABBREVIATION
    return abbreviated or len(word) == 1 or not re.search(r"[aeiouy]", word.lower())


def _look_up(word: str) -> str | None:
    """Look a word up in the dictionary, which has no plurals and no possessives of names."""
    american = ipa.american_dictionary()
    stem = re.sub(r"['’]?s$", "", word)
    return american.get(word) or (f"{american[stem]}z" if stem in american else None)


def _spell_out(word: str) -> str:
    letters = [ipa.american_dictionary()[letter] for letter in word.upper() if letter.isalpha()]
    # One stress a group, on its last letter, as in G-D-P.
    return "".join([*(letter.replace("ˈ", "ˌ") for letter in letters[:-1]), letters[-1]])


def _sound_out(word: str) -> str:
    """Say a word by pinyin when the whole word is pinyin, else by the usual sounds."""
    if mandarin := _as_pinyin(word):
        return mandarin
    phonemes = "".join(map(_sound_of, _SPELLING.finditer(_simplify_spelling(word))))
    return _VOWEL.sub(r"ˈ\g<0>", phonemes, count=1)


def _as_pinyin(word: str) -> str | None:
    syllables = _PINYIN.findall(word)
    if len(syllables) == 1 or "".join(syllables) != word:
        return None
    try:
        return "".join(ipa.of_syllable(f"{syllable}5") for syllable in syllables)
    except SpeechFailed:
        return None


def _simplify_spelling(word: str) -> str:
    """Make double consonants one, and leave the apostrophe out."""
    return re.sub(r"([^aeiou])\1", r"\1", re.sub(r"['’]", "", word))


def _sound_of(found: re.Match[str]) -> str:
    if found["long"]:
        return _LONG[found["long"]] + _SOUNDS.get(found["shut"], found["shut"])
    if found["last"]:
        return _LAST[found["last"]]
    return _SOUNDS.get(found[0], found[0])
