"""An article as the reader shows it: records in, what is marked and listed out. Knows no screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from store.library import Library
from store.model import DOUBTFUL, Analysis, Article, Claim, Quote, Span, SpeechKind, Version
from tui.initials import UNNAMED, initials
from tui.origin import source_line
from tui.quoting import attributed
from tui.strays import is_stray
from tui.theme import SPEAKER_COLOURS
from tui.verdicts import NO_NAMES, SIGNS, Names, judged, told
from tui.widgets.ink import ClaimMark, QuoteMark, Reading
from tui.widgets.side_pane import PaneRow


@dataclass(frozen=True, slots=True)
class Open:
    """The article that is open, as of one moment."""

    article: Article
    version: Version
    analysis: Analysis
    claims: tuple[Claim, ...]
    strays: tuple[Claim, ...]
    tags: dict[str, tuple[str, ...]]
    labels: dict[str, str]
    colours: dict[str, int]
    marks: tuple[QuoteMark, ...]

    @classmethod
    def read(cls, library: Library, article_id: str, before: Open | None = None) -> Open:
        """Read an article; speakers keep the colours they had `before`. LibraryError when it cannot be read."""
        article = library.article(article_id)
        analysis = library.analysis(article.id)
        claims = tuple(library.claims(article.id))
        counts = Counter(quote.speaker for quote in analysis.quotes if quote.speaker)
        names = [name for name, _ in counts.most_common()]
        labels = initials(names)
        colours = _colours(names, before.colours if before and before.article.id == article.id else {})
        same = before is not None and (before.analysis, before.labels, before.colours) == (analysis, labels, colours)
        return cls(
            article=article,
            version=library.version(article.id),
            analysis=analysis,
            claims=tuple(claim for claim in claims if claim.anchor.version == article.version),
            strays=tuple(claim for claim in claims if is_stray(claim, article.version)),
            tags={claim.id: library.tag_names(claim) for claim in claims},
            labels=labels,
            colours=colours,
            marks=before.marks if before and same else tuple(_marks_of(analysis.quotes, labels, colours)),
        )

    def shows_as(self, other: Open) -> bool:
        """Say whether text, marks and pane look the same as those of `other`."""
        mine, theirs = (
            (
                o.version.sha256,
                o.analysis,
                o.claims,
                o.strays,
                o.tags,
                o.colours,
                o.article.title,
                source_line(o.article),
            )
            for o in (self, other)
        )
        return mine == theirs

    def reading(self, names: Names = NO_NAMES) -> Reading:
        """Give what the article view shows; `names` are a person's words for verdicts."""
        claims = [ClaimMark(claim, self.tags[claim.id], told(claim.verdict, names)) for claim in self.claims]
        head = tuple(line for line in (self.article.title, source_line(self.article)) if line)
        return Reading(head, self.version.text, self.version.blocks, self.marks, tuple(claims))

    def pane(self, names: Names = NO_NAMES) -> list[PaneRow]:
        """Give the rows of the side pane: speakers by how often they speak, then claims in the text's order.

        `names` are a person's words for verdicts.
        """
        quoted: dict[str | None, list[int]] = {name: [] for name in self.labels}
        for number, quote in enumerate(self.analysis.quotes):
            quoted.setdefault(quote.speaker, []).append(number)
        rows = [PaneRow("Speakers")]
        for name, numbers in sorted(quoted.items(), key=lambda item: item[0] is None):
            tagged = sum(claim.speaker == name for claim in self.claims) if name else 0
            spans = tuple((self.analysis.quotes[n].start, self.analysis.quotes[n].end) for n in numbers)
            rows.append(
                PaneRow(
                    name or "unnamed sources",
                    self.labels.get(name or "", UNNAMED),
                    self.colours.get(name or "", 0),
                    f'{len(numbers):>3}" ' + (f"{tagged:>2}▌" if tagged else "   "),
                    spans,
                    tuple(numbers),
                )
            )
        if len(rows) == 1:
            rows.append(PaneRow("nobody is quoted here", quiet=True))
        return [*rows, PaneRow(""), PaneRow("Claims"), *self._claim_rows(names)]

    def _claim_rows(self, names: Names) -> list[PaneRow]:
        rows = []
        for claim in self.claims:
            words = ", ".join(self.tags[claim.id]) or f"note: {claim.note}"
            more = tuple(part for part in (judged(claim.verdict, names), claim.said_on) if part)
            note = "✎" if claim.note and self.tags[claim.id] else ""
            signs = f"{note}{SIGNS[claim.verdict]}".strip()
            name = claim.speaker or ""
            place = (claim.anchor.start, claim.anchor.end)
            label = self.labels.get(name) or (next(iter(initials([name]).values())) if name else "▌")
            paragraph = paragraph_number(self.version, claim.anchor.start)
            figures = f"{signs} ¶{paragraph:>3}".lstrip()
            rows.append(PaneRow(words, label, self.colours.get(name, 0), figures, (place,), more=more))
        return rows or [PaneRow("none yet: <reader.tag> tags", quiet=True)]

    def quote_at(self, offset: int) -> Quote | None:
        """Give the quote around an offset, the shortest when several are."""
        here = [quote for quote in self.analysis.quotes if quote.start <= offset < quote.end]
        return min(here, key=lambda quote: quote.end - quote.start, default=None)

    def quote_over(self, span: Span) -> Quote | None:
        """Give the quote that covers most of a stretch, the shortest such; None when none covers half of it."""
        shares = [
            (sum(max(0, min(end, span[1]) - max(start, span[0])) for start, end in quote.spans), quote)
            for quote in self.analysis.quotes
        ]
        best = max(shares, key=lambda share: (share[0], share[1].start - share[1].end), default=None)
        return best[1] if best and 2 * best[0] >= max(1, span[1] - span[0]) else None


def _marks_of(quotes: Iterable[Quote], labels: Mapping[str, str], colours: Mapping[str, int]) -> Iterator[QuoteMark]:
    for quote in quotes:
        doubt = "?" if quote.confidence < DOUBTFUL else ""
        if quote.speaker is None:
            yield QuoteMark(quote, 0, UNNAMED + doubt, "unnamed" + doubt)
        else:
            label, name = labels.get(quote.speaker, UNNAMED), quote.speaker.split()[-1]
            yield QuoteMark(quote, colours.get(quote.speaker, 0), label + doubt, name + doubt)


def _colours(names: Sequence[str], known: Mapping[str, int]) -> dict[str, int]:
    """Give each speaker a colour: the one they had, else the one that fewest have."""
    given = {name: known[name] for name in names if name in known}
    uses = Counter(given.values())
    for name in names:
        if name not in given:
            given[name] = min(range(1, SPEAKER_COLOURS + 1), key=lambda colour: (uses[colour], colour))
            uses[given[name]] += 1
    return given


def paragraph_number(version: Version, offset: int) -> int:
    """Give the number of the block that `offset` lies in, from 1."""
    return max(1, sum(block.start <= offset for block in version.blocks))


def receipt(opened: Open, span: Span, quote: Quote | None, claim: Claim | None) -> str:
    """Give words with the paragraph they stand in and all that it takes to check them, for pasting."""
    article, version = opened.article, opened.version
    blocks = [block for block in version.blocks if block.start < span[1] and span[0] < block.end]
    start, end = (blocks[0].start, blocks[-1].end) if blocks else span
    words = version.text[span[0] : span[1]]
    speaker = claim.speaker if claim else quote.speaker if quote else None
    kind = claim.speech if claim else quote.kind if quote else None
    facts = {
        "Said by": f"{speaker or 'unnamed'}{f' ({kind})' if kind else ''}" if claim or quote else "",
        "Carried by": (claim.carrier if claim else quote.carrier if quote else None) or "",
        "Said on": (claim.said_on if claim else None) or "",
        "How found": quote.why if quote else "",
        "Context": version.text[start:end],
        "Source": " · ".join(part for part in (article.title, source_line(article)) if part),
        "Address": article.url or article.path,
        "Retrieved": version.retrieved or article.retrieved,
        "Text": f"SHA-256 {version.sha256}, characters {span[0]} to {span[1]}",
        "Tags": ", ".join(opened.tags[claim.id]) if claim else "",
        "Verdict": claim.verdict if claim else "",
        "Note": claim.note if claim else "",
        "Marked by": f"{claim.by} {claim.created}, changed {claim.modified}".strip() if claim else "",
    }
    lines = [f"{name}: {' '.join(value.split())}" for name, value in facts.items() if value]
    return "\n".join([attributed(words, None, kind), "", *lines]) + "\n"


def citation(article: Article, words: str, speaker: str | None, speech: SpeechKind | None) -> str:
    """Give words with who said them and where, for pasting; a paraphrase says that it is one."""
    place = " · ".join(part for part in (article.title, source_line(article), article.url) if part)
    return f"{attributed(words, speaker, speech)}\n{place}\n"
