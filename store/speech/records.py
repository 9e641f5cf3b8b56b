"""What the two halves of speech analysis hand to each other."""

from __future__ import annotations

from msgspec import Struct

from store.model import ArticleSpeaker, Span, SpeakerKind, SpeechKind


class Attribution(Struct, frozen=True, gc=False):
    """Something said, and the words that say who; no name is resolved yet.

    `spans` are the parts of the content, ordered and apart; `source` the words that name who said it, None where the
    text leaves them out; `carrier_span` the words that name the outlet which carried it.
    """

    kind: SpeechKind
    spans: tuple[Span, ...]
    cue: Span | None = None
    source: Span | None = None
    carrier_span: Span | None = None
    confidence: float = 1.0
    why: str = ""


class Resolved(Struct, frozen=True, gc=False):
    """Who one attribution's source is.

    `speaker` is the canonical name, or None where the source is unnamed or unknown; `kind` is what sort of speaker it
    is; `confidence` is 0 to 1; `why` says in words how the name was found; `carrier` names the outlet.
    """

    speaker: str | None = None
    kind: SpeakerKind = "unnamed"
    why: str = ""
    confidence: float = 1.0
    carrier: str | None = None


class Named(Struct, frozen=True, gc=False):
    """The names of an article: one `Resolved` for each attribution, in their order, and everybody who speaks."""

    resolved: tuple[Resolved, ...] = ()
    speakers: tuple[ArticleSpeaker, ...] = ()
