"""What the API takes, as JSON. Names are those of `briefing.model`; times have their zone."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - pydantic reads the annotations when the module runs
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from briefing.editorial.wishes import Wish  # noqa: TC001 - pydantic reads the annotations when the module runs
from briefing.model import Kind, Script, Segment, Sentence

if TYPE_CHECKING:
    from briefing.model import EditionKey

Text = Annotated[str, StringConstraints(max_length=4000)]
"""A sentence or a paragraph: what is longer is no sentence."""
Name = Annotated[str, StringConstraints(max_length=120)]
"""A title, an id, a name."""
Url = Annotated[str, StringConstraints(pattern=r"^(https?://[!-~]{1,2000})?$")]
"""An http(s) address, or nothing."""

DAY = r"^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
SLUG = r"^[a-z0-9][a-z0-9-]{0,39}$"


class Body(BaseModel):
    """Request body: no unknown field, no coercion."""

    model_config = ConfigDict(extra="forbid", strict=True)


class SentenceBody(Body):
    """A printed sentence with its marks, the source sentences it rests on, and who says it if not the segment's anchor."""

    text: Text
    rests_on: list[Text] = Field(default=[], max_length=50)
    anchor: Name = ""


class SegmentBody(Body):
    """A part of the script that one anchor reads; `id` is the same in every revision.

    `stories` are the ids of the story segments that it announces: headlines name theirs, a story with a transition the
    story before it and itself.
    """

    id: Name
    kind: Annotated[Kind, Field(strict=False)]
    title: Name
    anchor: Name
    sentences: list[SentenceBody] = Field(max_length=200)
    articles: list[Name] = Field(default=[], max_length=50)
    stories: list[Name] = Field(default=[], max_length=200)

    def segment(self) -> Segment:
        """The segment of a script."""
        return Segment(
            self.id,
            self.kind,
            self.title,
            self.anchor,
            tuple(
                Sentence(sentence.text, tuple(sentence.rests_on), sentence.anchor)
                for sentence in self.sentences
            ),
            tuple(self.articles),
            tuple(self.stories),
        )


class ScriptBody(Body):
    """Script: its segments in order."""

    title: Name
    segments: list[SegmentBody] = Field(max_length=200)

    @classmethod
    def of(cls, script: Script) -> ScriptBody:
        """A script as JSON; not checked again, since it was once."""
        return cls.model_construct(
            title=script.title,
            segments=[
                SegmentBody.model_construct(
                    id=segment.id,
                    kind=segment.kind,
                    title=segment.title,
                    anchor=segment.anchor,
                    sentences=[
                        SentenceBody.model_construct(
                            text=sentence.text, rests_on=list(sentence.rests_on), anchor=sentence.anchor
                        )
                        for sentence in segment.sentences
                    ],
                    articles=list(segment.articles),
                    stories=list(segment.stories),
                )
                for segment in script.segments
            ],
        )

    def script(self, key: EditionKey) -> Script:
        """The script of that edition."""
        return Script(key, self.title, tuple(segment.segment() for segment in self.segments))


class ArticleIn(Body):
    """An article that is handed in. Without `published` it is of now, without `source` of the newsroom itself."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
    text: Annotated[str, StringConstraints(min_length=1, max_length=200_000)]
    source: Annotated[str, StringConstraints(min_length=1, max_length=20, strip_whitespace=True)] = "编辑部"
    url: Url = ""
    byline: Name = ""
    kicker: Name = ""
    page: Name = ""
    licence: Name = ""
    published: Annotated[datetime, Field(strict=False)] | None = None


class WordsIn(Body):
    """Sentence for listeners on what was corrected, or the reason of a withdrawal."""

    words: Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]


class SaveIn(Body):
    """A script that is to be saved on top of revision `base`."""

    base: Annotated[int, Field(ge=0, le=1_000_000)]
    script: ScriptBody


class ApproveIn(Body):
    """The revision that was read, and the names of what is grave in it and confirmed."""

    base: Annotated[int, Field(ge=1, le=1_000_000)]
    confirmed: list[Name] = Field(default=[], max_length=500)


class CheckIn(Body):
    """Segments as they stand while somebody writes."""

    segments: list[SegmentBody] = Field(max_length=200)


class ReviewedSentence(Body):
    """A sentence as somebody writes it, and what its story says before it."""

    text: Text
    before: list[Text] = Field(default=[], max_length=40)


class ReviewIn(Body):
    """Sentences on which advice is asked."""

    sentences: list[ReviewedSentence] = Field(max_length=40)


class VerifiedIn(Body):
    """A sentence that somebody answers for, or no longer."""

    text: Text
    verified: bool = True


class FollowIn(Body):
    """A script whose stories were changed, and what it was before."""

    before: ScriptBody
    script: ScriptBody


class BaseIn(Body):
    """The revision that was read."""

    base: Annotated[int, Field(ge=1, le=1_000_000)]


class ReinstateIn(BaseIn, WordsIn):
    """The revision that was read, and why it goes on the air again."""


MOST_AT_ONCE = 20_000
"""Characters of a request for readings: more than the longest programme has, an hour at 4.5 a second."""


def _check_bounds(texts: list[str]) -> list[str]:
    """Refuse a request that would keep the machine busy for minutes."""
    if (length := sum(map(len, texts))) > MOST_AT_ONCE:
        raise ValueError(f"{length} characters are too many at once; ask for {MOST_AT_ONCE} at most")
    return texts


class TextsIn(Body):
    """Printed sentences, marks and all."""

    texts: Annotated[list[Text], Field(min_length=1, max_length=300), AfterValidator(_check_bounds)]


class SaidIn(Body):
    """A printed sentence and who says it."""

    anchor: Name
    text: Text


class EntryIn(Body):
    """A word, and its pinyin (one syllable a Han character: shan4 zhi4 yuan3) or what is said instead."""

    word: Annotated[str, StringConstraints(min_length=1, max_length=24)]
    pinyin: Name = ""
    say: Name = ""
    before: Name = ""
    after: Name = ""


class WishIn(Body):
    """A wish about a story, or about one of its sentences (by its index, from 0)."""

    segment: SegmentBody
    sentence: Annotated[int, Field(ge=0, le=200)] | None = None
    wish: Annotated[Wish, Field(strict=False)]
    instruction: Annotated[str, StringConstraints(max_length=300)] = ""
