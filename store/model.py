"""The records, and nothing else.

All offsets are Unicode code points into the text they belong to, end exclusive. All own times are UTC, RFC 3339 with
`Z`. Records are immutable: a change makes a new one with `msgspec.structs.replace`. `earlier` are hashes of what a
record of a person said before (`store.keep.lineage`).
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

SCHEMA_VERSION = 1

Span = tuple[int, int]
BlockKind = Literal["paragraph", "subhead", "quote", "list", "caption"]
SpeechKind = Literal["direct", "indirect", "mixed"]
SpeakerKind = Literal["person", "organisation", "office", "group", "unnamed"]
Verdict = Literal["open", "supported", "disputed", "false", "unclear"]
AnchorState = Literal["exact", "moved", "edited", "altered", "ambiguous", "orphan"]
CorrectionKind = Literal["speaker", "reject", "add", "span", "confirm"]
By = Literal["machine", "person"]
AddOutcome = Literal["added", "updated", "unchanged"]


class Block(Struct, frozen=True, gc=False):
    """A stretch of an article's text with one role; blocks are ordered and apart."""

    kind: BlockKind
    start: int
    end: int


class Removed(Struct, frozen=True, gc=False):
    """What cleaning took out: its words, why, and where they stood in the decoded source."""

    text: str
    reason: str
    start: int
    end: int


class Extract(Struct, frozen=True, kw_only=True, gc=False):
    """One source as ingest hands it over: clean text and what is known about it.

    `published` is `YYYY-MM-DD` or RFC 3339; `published_inferred` says that the source does not state it as its date of
    publication. `raw` are the source's bytes, untouched. The title is not part of `text`.
    """

    path: str
    text: str
    blocks: tuple[Block, ...]
    removed: tuple[Removed, ...] = ()
    title: str | None = None
    outlet: str | None = None
    aggregator: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    published: str | None = None
    published_inferred: bool = False
    language: str | None = None
    extractor: str = ""
    raw: bytes = b""


class Quote(Struct, frozen=True, kw_only=True, gc=False):
    """Something somebody is reported to have said (machine).

    `spans` are the parts of the content, ordered and apart, quotation marks left out. `speaker` is the canonical name,
    or None when the source is unnamed or unknown; `carrier` is the outlet that carried the words; `confidence` is 0 to
    1 and below `DOUBTFUL` is shown with a question mark; `why` says in words how the speaker was found.
    """

    kind: SpeechKind
    spans: tuple[Span, ...]
    cue: Span | None = None
    source: Span | None = None
    speaker: str | None = None
    carrier: str | None = None
    confidence: float = 1.0
    why: str = ""

    @property
    def start(self) -> int:
        """The offset of the first character of the content."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """The offset after the last character of the content."""
        return self.spans[-1][1]


DOUBTFUL = 0.5


class ArticleSpeaker(Struct, frozen=True, kw_only=True, gc=False):
    """Somebody who speaks in one article (machine), with every place that names them."""

    name: str
    kind: SpeakerKind
    mentions: tuple[Span, ...] = ()
    roles: tuple[str, ...] = ()


class Analysis(Struct, frozen=True, kw_only=True, gc=False):
    """What speech analysis found in one text. Disposable: it can be made again at any time."""

    analyser: str
    quotes: tuple[Quote, ...] = ()
    speakers: tuple[ArticleSpeaker, ...] = ()


class Version(Struct, frozen=True, kw_only=True, gc=False):
    """One immutable text of an article; `sha256` is of the text in UTF-8, `source_sha256` of the raw source."""

    sha256: str
    text: str
    blocks: tuple[Block, ...]
    removed: tuple[Removed, ...] = ()
    source_sha256: str = ""
    extractor: str = ""
    retrieved: str = ""


class Article(Struct, frozen=True, kw_only=True, gc=False):
    """What the library's index keeps of an article; its texts and quotes lie in its body.

    `version` is the sha256 of the current text; `position` the offset where the reader stopped; `speakers` the names
    that speak in it, most quoted first. `saved` is when a person put it on the list of another program that it came
    from. `copy_of` is the id of the article that tells the same story and under which
    this one is filed; `not_copy_of` are those from which a person told it apart.
    """

    id: str
    title: str
    version: str
    retrieved: str
    outlet: str | None = None
    aggregator: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    published: str | None = None
    published_inferred: bool = False
    language: str | None = None
    path: str = ""
    words: int = 0
    quotes: int = 0
    speakers: tuple[str, ...] = ()
    read: bool = False
    starred: bool = False
    saved: str | None = None
    position: int = 0
    copy_of: str | None = None
    not_copy_of: tuple[str, ...] = ()


class Anchor(Struct, frozen=True, kw_only=True, gc=False):
    """Where in which text: W3C TextQuote and TextPosition selectors in one.

    `prefix` and `suffix` are at most 32 code points of what stands before and after `exact`.
    """

    article: str
    version: str
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""
    state: AnchorState = "exact"


class Claim(Struct, frozen=True, kw_only=True, gc=False):
    """A stretch of text that a person tagged (human). `tags` are ids of tags."""

    id: str
    anchor: Anchor
    tags: tuple[str, ...]
    created: str
    modified: str
    note: str = ""
    verdict: Verdict = "open"
    speaker: str | None = None
    speaker_by: By = "machine"
    speech: SpeechKind | None = None
    carrier: str | None = None
    said_on: str | None = None
    by: str = ""
    earlier: tuple[str, ...] = ()


class Tag(Struct, frozen=True, kw_only=True, gc=False):
    """A name for claims about one thing (human); `economy/trade` nests by path."""

    id: str
    name: str
    created: str
    modified: str
    colour: str = ""
    description: str = ""
    synonyms: tuple[str, ...] = ()
    merged_into: str | None = None
    by: str = ""
    earlier: tuple[str, ...] = ()


class Correction(Struct, frozen=True, kw_only=True, gc=False):
    """A person's word over the machine's (human); it finds its quote by `anchor`, never by a machine id.

    `value` is the speaker's name for `speaker`, the corrected content for `span` and `add` is in `anchor` itself;
    `speech` is the kind of speech shown when no quote of the machine's stands there any more.
    """

    id: str
    what: CorrectionKind
    anchor: Anchor
    created: str
    modified: str
    value: str = ""
    speech: SpeechKind | None = None
    by: str = ""
    earlier: tuple[str, ...] = ()


class Speaker(Struct, frozen=True, kw_only=True, gc=False):
    """Somebody who speaks, over all articles (human): one name for the spellings a person joined.

    `aliases` are other names of the same one; `merged_into` points to the speaker that this one was joined with and
    is all that a split has to take back; `not_same_as` are names that a person said are somebody else. `kind` is None
    until a person says it.
    """

    id: str
    name: str
    created: str
    modified: str
    kind: SpeakerKind | None = None
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    merged_into: str | None = None
    not_same_as: tuple[str, ...] = ()
    by: str = ""
    earlier: tuple[str, ...] = ()


class SavedSearch(Struct, frozen=True, kw_only=True, gc=False):
    """A query that a person keeps under a name (human); `@name` in a query stands for it."""

    id: str
    name: str
    query: str
    created: str
    modified: str
    by: str = ""
    earlier: tuple[str, ...] = ()


class Feed(Struct, frozen=True, kw_only=True, gc=False):
    """A feed that a person follows (human): its address, its name, and the folders it lies in, joined by `/`."""

    id: str
    url: str
    title: str
    created: str
    modified: str
    folder: str = ""
    by: str = ""
    earlier: tuple[str, ...] = ()


class Added(Struct, frozen=True):
    """What became of an article that was added."""

    article: Article
    outcome: AddOutcome


class Bundle(Struct, frozen=True, kw_only=True):
    """Records on their way into a library, or out of one.

    `versions` and `analyses` (the machine's own, without corrections) go by article id; the current version of every
    article has to be among its versions. `sources` are raw sources by their sha256. `documents` are records as they
    were given, with fields that this program does not know, by their ids; of a text by `ARTICLE/SHA256`, of an analysis
    by `ARTICLE/analysis`.
    """

    articles: tuple[Article, ...] = ()
    versions: dict[str, tuple[Version, ...]] = {}
    analyses: dict[str, Analysis] = {}
    claims: tuple[Claim, ...] = ()
    tags: tuple[Tag, ...] = ()
    corrections: tuple[Correction, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    searches: tuple[SavedSearch, ...] = ()
    feeds: tuple[Feed, ...] = ()
    sources: dict[str, bytes] = {}
    documents: dict[str, dict[str, Any]] = {}


class LoadReport(Struct, frozen=True, kw_only=True):
    """How many records of a bundle were new, changed what was there, or were there already.

    `conflicts` has a line for each record that both sides had changed, with what became of it; `notes` are lines for a
    person about records that could not be taken as they were.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    conflicts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class CheckReport(Struct, frozen=True, kw_only=True):
    """What a check of a library found, in lines for a person.

    `problems` are what is not as it should be, `repaired` what a repair did about them, `remarks` what is worth
    knowing and no problem. `counts` says how many of each there are.
    """

    counts: dict[str, int] = {}
    problems: tuple[str, ...] = ()
    repaired: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing was found, or everything found was repaired."""
        return len(self.problems) <= len(self.repaired)


class BackupReport(Struct, frozen=True, kw_only=True):
    """What a backup holds: where it lies, how many articles, claims and files, and its bytes."""

    path: str
    articles: int
    claims: int
    files: int
    size: int


class LogEntry(Struct, frozen=True, kw_only=True):
    """One change of the library: when, by whom, on which device, what."""

    revision: int
    at: str
    by: str
    device: str
    what: str


class HistoryEntry(Struct, frozen=True, kw_only=True):
    """One change of one record: when, by whom, on which device, what, and the record after it (None: removed)."""

    revision: int
    at: str
    by: str
    device: str
    what: str
    after: dict[str, object] | None
