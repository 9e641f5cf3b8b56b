"""What a dossier is made of."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from store.model import AnchorState, Article, SpeechKind, Verdict

SubjectKind = Literal["tag", "speaker", "search"]


NO_SPEAKER = "no speaker"


class Subject(Struct, frozen=True):
    """What a dossier is about: a tag or a speaker by name, or a search by what was typed."""

    kind: SubjectKind
    name: str

    @property
    def query(self) -> str:
        """The search that comes nearest to it."""
        bare = " ".join(self.name.replace('"', " ").split())
        return self.name if self.kind == "search" else f'{self.kind}:"{bare}"'


class Entry(Struct, frozen=True, kw_only=True, gc=False):
    """One sighting: words in an article, tagged by a person (`claim` is the id) or only quoted (`claim` is empty).

    `day` is `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or empty: when it was said (`said`), else when it was published;
    `inferred` says that the source does not state it. `start` and `end` are code points of the article's current text,
    or of the claim's own version when its words are no longer there (`state`).
    """

    article: str
    start: int
    end: int
    words: str
    day: str = ""
    said: bool = False
    inferred: bool = False
    speaker: str | None = None
    outlet: str = ""
    title: str = ""
    url: str | None = None
    speech: SpeechKind | None = None
    carrier: str | None = None
    claim: str = ""
    tags: tuple[str, ...] = ()
    verdict: Verdict = "open"
    note: str = ""
    state: AnchorState = "exact"
    unread: bool = False
    sure: bool = True

    @property
    def who(self) -> str:
        """Who said it, in words: a source without a name is "unnamed", words that are no speech have "no speaker"."""
        return self.speaker or ("unnamed" if self.speech else NO_SPEAKER)

    @property
    def where(self) -> str:
        """Where it stands, in words: the outlet, or the title of the article where no outlet is known."""
        return self.outlet or self.title

    @property
    def key(self) -> tuple[str, str, int, int]:
        """What makes it the same entry after a change."""
        return (self.claim, self.article, self.start, self.end)


def day_of(article: Article) -> str:
    """Give the day an article was published, as `Entry.day` has it; empty when its source does not say and nobody can.

    The day it came into the library is no stand-in: it would make old words look new.
    """
    return (article.published or "")[:10]


class Dossier(Struct, frozen=True, kw_only=True):
    """All entries, newest first. `more` says that there were too many to read them all.

    `mentions` counts the places that a search found in texts where nobody is quoted.
    """

    subject: Subject
    entries: tuple[Entry, ...] = ()
    more: bool = False
    mentions: int = 0
