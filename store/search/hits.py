"""What a search gives back."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from store.model import Span

Kind = Literal["article", "quote", "claim", "text", "speaker", "tag"]


class Hit(Struct, frozen=True):
    """One place that answers a query.

    `article` is its article's id and `start`, `end` the code points of its current text to jump to (for a tag and a
    speaker: the newest place; `article` is empty when there is none). `line` is one line to show and `marks` are the
    spans of it that matched. `why` says in words how it matched; `score` falls from the first hit to the last and is
    comparable only within one search.
    """

    kind: Kind
    article: str
    start: int
    end: int
    line: str
    marks: tuple[Span, ...] = ()
    title: str = ""
    outlet: str | None = None
    speaker: str | None = None
    tags: tuple[str, ...] = ()
    published: str | None = None
    published_inferred: bool = False
    score: float = 0.0
    why: str = ""
    claim: str | None = None
