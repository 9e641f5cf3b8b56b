"""From the library's records to the rows of the index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from store.ids import key_of
from store.model import DOUBTFUL, Analysis, Article, Block, Claim, Quote, Speaker, Tag, Version
from store.search.fold import words

LABEL_GAP = "\x1f"
MOST_CHUNKS = 100_000
MOST_PARAGRAPH = 2000
"""Paragraphs longer than this, in code points, are cut: a dump without line ends is one paragraph."""


class Row(Struct, frozen=True, kw_only=True):
    """One row of `docs` with its folded words and, for a paragraph, what is quoted in it."""

    kind: str
    body: str
    key: str | None = None
    start: int = 0
    end: int = 0
    who: str = ""
    note: str = ""
    verdict: str = ""
    state: str = ""
    said: str = ""
    author: str = ""
    labels: str = ""
    id: str = ""
    stamp: str = ""
    folded: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()


class Folder:
    """Folds texts and gathers the words that `known` has not, each with whether it may be a name.

    A word may be a name when it is printed with a capital somewhere, or in a script that has none.
    """

    def __init__(self, known: Mapping[str, bool]) -> None:
        self._known = known
        self._fresh: dict[str, bool] = {}
        self._chunks = _Chunks(self._fold)

    def fold(self, text: str) -> str:
        """Fold a text, noting its words."""
        # No word reaches over a space or a line's end, and what stands between two of those mostly came before.
        return " ".join(filter(None, map(self._chunks.__getitem__, text.replace("\n", " ").split(" "))))

    def _fold(self, chunk: str) -> str:
        found = words(chunk)
        for word, start, end in found:
            before = self._known.get(word)
            if not before:
                printed = chunk[start:end]
                name = not (printed.islower() or printed.isdigit())
                if name or before is None:
                    self._fresh[word] = name or self._fresh.get(word, False)
        return " ".join([word.text for word in found])

    def take(self) -> dict[str, bool]:
        """Give the new words, and forget them."""
        fresh, self._fresh = self._fresh, {}
        return fresh


class _Chunks(dict[str, str]):
    """Folded stretches without a space by the printed ones, made when they are first asked for."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        super().__init__()
        self._make = fold

    def __missing__(self, chunk: str) -> str:
        if len(self) >= MOST_CHUNKS:
            self.clear()
        self[chunk] = folded = self._make(chunk)
        return folded


def article_row(article: Article, folder: Folder) -> Row:
    """Give the row of an article: its title, who speaks, and where it is from."""
    origin = " · ".join(part for part in (article.outlet, article.aggregator, *article.authors) if part)
    who = " · ".join(article.speakers)
    folded = (folder.fold(article.title), folder.fold(who), "", folder.fold(origin))
    return Row(kind="article", body=article.title, who=who, note=origin, folded=folded)


def paragraph_rows(version: Version, analysis: Analysis, folder: Folder) -> list[Row]:
    """Give the rows of a text, one a paragraph, each with the quotes that begin in it."""
    text = version.text
    quotes = sorted(analysis.quotes, key=lambda quote: quote.start)
    rows = []
    for start, end in _pieces(text, version.blocks):
        spoken = tuple(quote for quote in quotes if _reaches(quote, start, end))
        who = " · ".join(dict.fromkeys(name for quote in spoken for name in (quote.speaker, quote.carrier) if name))
        body = text[start:end]
        folded = (folder.fold(body), folder.fold(who))
        rows.append(Row(kind="text", body=body, start=start, end=end, who=who, folded=folded, quotes=spoken))
    return rows


def _reaches(quote: Quote, start: int, end: int) -> bool:
    return quote.start < end and quote.end > start and any(a < end and b > start for a, b in quote.spans)


def _pieces(text: str, blocks: Iterable[Block]) -> list[tuple[int, int]]:
    spans = [(block.start, block.end) for block in blocks]
    if not spans:
        at = 0
        for line in text.split("\n"):
            if line.strip():
                spans.append((at, at + len(line)))
            at += len(line) + 1
    return [piece for start, end in spans for piece in _cut(text, start, end)]


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    while end - start > MOST_PARAGRAPH:
        at = text.rfind(" ", start + MOST_PARAGRAPH // 2, start + MOST_PARAGRAPH)
        at = start + MOST_PARAGRAPH if at < 0 else at
        pieces.append((start, at))
        start = at
    return [*pieces, (start, end)]


def claim_row(claim: Claim, tags: tuple[str, ...], folder: Folder) -> Row:
    """Give the row of a claim: its words, speaker, tags and note."""
    who = " · ".join(name for name in (claim.speaker, claim.carrier) if name)
    exact = claim.anchor.exact
    folded = (folder.fold(exact), folder.fold(who), folder.fold(" · ".join(tags)), folder.fold(claim.note))
    return Row(
        kind="claim",
        body=exact,
        key=key_of(claim.id),
        id=claim.id,
        start=claim.anchor.start,
        end=claim.anchor.end,
        who=claim.speaker or "",
        note=claim.note,
        verdict=claim.verdict,
        state=claim.anchor.state,
        said=claim.said_on or "",
        author=claim.by,
        labels=LABEL_GAP.join(tags),
        folded=folded,
        tags=tags,
    )


def tag_row(tag: Tag, folder: Folder) -> Row:
    """Give the row of a tag: its name, synonyms and description."""
    other = " · ".join((*tag.synonyms, tag.description)) if tag.synonyms or tag.description else ""
    folded = ("", "", folder.fold(tag.name), folder.fold(other))
    return Row(kind="tag", body=tag.name, key=tag.id, note=other, stamp=f"{tag.name}\x1f{other}", folded=folded)


def speaker_row(name: str, speaker: Speaker | None, folder: Folder) -> Row:
    """Give the row of a speaker: the name, and the other names that a person joined with it."""
    other = " · ".join((*speaker.aliases, *speaker.roles)) if speaker else ""
    folded = ("", folder.fold(name), "", folder.fold(other))
    return Row(kind="speaker", body=name, key=f"@{name}", note=other, stamp=f"{name}\x1f{other}", folded=folded)


def is_sure(quote: Quote) -> bool:
    """Tell whether a quote's speaker is shown without a question mark."""
    return quote.confidence >= DOUBTFUL
