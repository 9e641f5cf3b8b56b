"""An article for the eye and for other programs: `show` and `inspect`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.model import DOUBTFUL, Analysis, Article, Block, Claim, Extract, Quote, Removed, Span
from tui.cli.output import Out, measure, one_line
from tui.cli.wrapping import Piece, wrap
from tui.counting import count

if TYPE_CHECKING:
    from store.ingest.links import Listing
    from store.library import Library

TEXT_WIDTH = 78
_OPENING, _CLOSING = '“"«„‘‹「', '”"»“’›」'
_BETWEEN = " · "
_QUOTE_STYLE, _NAME_STYLE, _HEAD_STYLE, _DIM = "4", "1;36", "1", "2"


# -- for other programs ------------------------------------------------------------------------------------------------


def inspected(source: str, extract: Extract) -> dict[str, object]:
    """Give what a source is and what is said in it."""
    from store.speech import analyse  # noqa: PLC0415

    found = analyse(extract.text, extract.blocks, extract.language)
    return {
        "path": source,
        "title": extract.title,
        "outlet": extract.outlet,
        "aggregator": extract.aggregator,
        "authors": extract.authors,
        "published": extract.published[:10] if extract.published else None,
        "published_inferred": extract.published_inferred,
        "language": extract.language,
        **_text_facts(extract.text, extract.blocks, extract.removed, found),
        **({"url": extract.url} if extract.url else {}),
    }


def listed_facts(source: str, listing: Listing) -> dict[str, object]:
    """Give what a list of links lists; nothing of it was fetched."""
    from dataclasses import asdict  # noqa: PLC0415

    hidden = {"content", "key"}
    links = [{name: value for name, value in asdict(link).items() if name not in hidden} for link in listing.links]
    return {
        "path": source,
        "list": listing.kind,
        "title": listing.title or None,
        "links": links,
        "feeds": [asdict(feed) for feed in listing.feeds],
        "left_out": listing.left_out,
        "empty": listing.empty,
    }


def shown_facts(library: Library, article: Article) -> dict[str, object]:
    """Give an article as `inspect` would, with its id and its claims."""
    version = library.version(article.id)
    claims = [
        {
            "id": claim.id,
            "start": claim.anchor.start,
            "end": claim.anchor.end,
            "exact": claim.anchor.exact,
            "state": claim.anchor.state,
            "tags": library.tag_names(claim),
            "speaker": claim.speaker,
            "speech": claim.speech,
            "carrier": claim.carrier,
            "verdict": claim.verdict,
            "note": claim.note,
        }
        for claim in library.claims(article.id)
    ]
    return {
        **{name: getattr(article, name) for name in article.__struct_fields__ if name not in {"quotes", "speakers"}},
        **_text_facts(version.text, version.blocks, version.removed, library.analysis(article.id)),
        "claims": claims,
    }


def _text_facts(text: str, blocks: Sequence[Block], removed: Sequence[Removed], found: Analysis) -> dict[str, object]:
    return {
        "text": text,
        "blocks": blocks,
        "removed": [{"text": one.text, "reason": one.reason} for one in removed],
        "quotes": [_quote_facts(quote) for quote in found.quotes],
        "speakers": [
            {"name": speaker.name, "kind": speaker.kind, "mentions": speaker.mentions} for speaker in found.speakers
        ],
    }


def _quote_facts(quote: Quote) -> dict[str, object]:
    return {
        "kind": quote.kind,
        "start": quote.start,
        "end": quote.end,
        "spans": quote.spans,
        "cue": _span_facts(quote.cue),
        "source": _span_facts(quote.source),
        "speaker": quote.speaker,
        "carrier": quote.carrier,
        "confidence": quote.confidence,
        "why": quote.why,
    }


def _span_facts(span: Span | None) -> dict[str, int] | None:
    return None if span is None else {"start": span[0], "end": span[1]}


# -- for the eye -------------------------------------------------------------------------------------------------------


def article_text(library: Library, article: Article, out: Out) -> str:
    """Write an article for a terminal or a pager, each quote in brackets behind its speaker."""
    version = library.version(article.id)
    quotes = library.analysis(article.id).quotes
    width = min(TEXT_WIDTH, out.width or TEXT_WIDTH)
    lines = wrap([Piece(one_line(article.title), _HEAD_STYLE)], width, out.colour)
    lines += _source_lines(article, width, out.colour)
    for copy in library.copies(article.id):
        lines += _source_lines(copy, width, out.colour, "= also at ")
    if (original := library.original(article.id)) is not None:
        same = f"= the same story as “{one_line(original.title)}”: "
        lines += _source_lines(original, width, out.colour, same)
    for block in version.blocks or _whole_lines(version.text):
        first, rest = {"subhead": ("## ", ""), "quote": ("> ", "> "), "list": ("- ", "  ")}.get(block.kind, ("", ""))
        pieces = _marked(version.text, block, quotes)
        if block.kind == "subhead":
            pieces = [Piece(piece.text, _HEAD_STYLE) for piece in pieces]
        lines += ["", *wrap(pieces, width, out.colour, first, rest)]
    claims = library.claims(article.id)
    if claims:
        lines += ["", *wrap([Piece("Claims", _HEAD_STYLE)], width, out.colour)]
    for claim in claims:
        lines += wrap(_claim_pieces(claim, library.tag_names(claim)), width, out.colour, "- ", "  ")
    return "\n".join(lines) + "\n"


def _source_lines(article: Article, width: int, colour: bool, begun: str = "") -> list[str]:
    """Give where an article is from on lines of at most `width` cells; no part is cut in two that fits into one."""
    indent = "  " if begun else ""
    lines: list[str] = []
    for part in (begun + " ".join(_source_parts(article)[:1]), *_source_parts(article)[1:]):
        if lines and measure(indent + lines[-1] + _BETWEEN + part) <= width:
            lines[-1] += _BETWEEN + part
        else:
            lines.append(part)
    wrapped = (wrap([Piece(line, _DIM)], width, colour, indent * bool(at), indent) for at, line in enumerate(lines))
    return [line for some in wrapped for line in some]


def _source_parts(article: Article) -> list[str]:
    outlet = article.outlet or ""
    if article.aggregator:
        outlet = f"{outlet} via {article.aggregator}" if outlet else article.aggregator
    day = (article.published or "")[:10] + (" (inferred)" if article.published and article.published_inferred else "")
    quotes = count(article.quotes, "quote")
    parts = (outlet, ", ".join(article.authors), day, quotes, article.url, article.id)
    return [one_line(part) for part in parts if part]


def _whole_lines(text: str) -> list[Block]:
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block("paragraph", at, at + len(line)))
        at += len(line) + 1
    return blocks


def speaker_label(quote: Quote) -> str:
    """Name who said a quote, with a question mark when that is doubtful, and who carried it."""
    name = quote.speaker or "unnamed"
    doubt = "?" if quote.confidence < DOUBTFUL else ""
    return f"{one_line(name)}{doubt}{f', via {one_line(quote.carrier)}' if quote.carrier else ''}"


def _marked(text: str, block: Block, quotes: Sequence[Quote]) -> list[Piece]:
    """Give a block in pieces: `[speaker: words said]`, a part that goes on with `[… words]`."""
    opens: dict[int, list[tuple[int, str]]] = {}
    ends: dict[int, int] = {}
    for quote in quotes:
        for number, (start, end) in enumerate(_with_marks(text, span) for span in quote.spans):
            inside = (max(start, block.start), min(end, block.end))
            if inside[0] < inside[1]:
                going_on = number > 0 or start < block.start
                opens.setdefault(inside[0], []).append((-inside[1], "… " if going_on else f"{speaker_label(quote)}: "))
                ends[inside[1]] = ends.get(inside[1], 0) + 1
    pieces: list[Piece] = []
    depth, at = 0, block.start
    for place in sorted({*opens, *ends, block.end}):
        if place > at:
            pieces.append(Piece(text[at:place], _QUOTE_STYLE if depth else ""))
        if place in ends:
            pieces.append(Piece("]" * ends[place], _NAME_STYLE))
            depth -= ends[place]
        for _, label in sorted(opens.get(place, ())):
            pieces.append(Piece(f"[{label}", _NAME_STYLE))
            depth += 1
        at = place
    return pieces


def _with_marks(text: str, span: Span) -> Span:
    """Widen what was said by the quotation marks around it."""
    start, end = span
    opened = start > 0 and text[start - 1] in _OPENING
    closed = end < len(text) and text[end] in _CLOSING
    return start - opened, end + closed


def _claim_pieces(claim: Claim, tags: Sequence[str]) -> list[Piece]:
    said = f"“{one_line(claim.anchor.exact)}”"
    by = f" {one_line(claim.speaker)}" if claim.speaker else ""
    state = "" if claim.anchor.state == "exact" else f" ({claim.anchor.state})"
    facts = ("" if claim.verdict == "open" else claim.verdict, f"said on {claim.said_on}" if claim.said_on else "")
    state += f" ({', '.join(filter(None, facts))})" if any(facts) else ""
    note = f" Note: {one_line(claim.note)}" if claim.note else ""
    return [Piece(one_line(", ".join(tags)) or "untagged", _NAME_STYLE), Piece(f": {said}{by}{state}{note}", "")]
