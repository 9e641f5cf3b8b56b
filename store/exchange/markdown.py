"""What dossiers and receipts in Markdown have in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from store.exchange.addresses import iri
from store.exchange.records import ExportedClaim
from store.model import Article
from store.safe_text import clean

if TYPE_CHECKING:
    from store.library import Library

_SPECIAL = re.compile(
    r"""
      [\\`*_{}\[\]<>|~&$^@#]     # marks wherever they stand, in CommonMark, GFM, pandoc or Obsidian
    | ^[-+:=](?=\s|$)            # a list, a definition, a line under a heading
    | -(?=-) | (?<=-)- | =(?==) | (?<==)= | \.(?=\.\.)    # lines, dashes and dots that are joined
    | %(?=%) | (?<=%)%           # what Obsidian hides
    | :(?=//) | :(?=[\w+-]+:) | (?<=www)\.    # an address that becomes a link by itself, the name of an emoji
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")
_ADDRESS = re.compile(r"https?://\S+$")


def escape(text: str) -> str:
    """Write outside text so that Markdown shows it as it is, on one line, with no more marks than that takes."""
    return _NUMBERED.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", " ".join(clean(text).split())))


def places(also_at: Iterable[str]) -> str:
    """Write where else a story was told, addresses as links."""
    told = []
    for place in also_at:
        address = _ADDRESS.search(place)
        name = escape(place[: address.start()] if address else place)
        told.append(f"{name} <{iri(address[0])}>".strip() if address else name)
    return "; ".join(told)


def emphasised(before: str, words: str, after: str) -> str:
    """Write words in bold between those around them.

    A blank is put where Markdown would take the stars for stars: between a sign of the words and a letter.
    """
    first = " " if before[-1:].isspace() or (before[-1:].isalnum() and not words[:1].isalnum()) else ""
    last = " " if after[:1].isspace() or (after[:1].isalnum() and not words[-1:].isalnum()) else ""
    return f"{escape(before)}{first}**{escape(words)}**{last}{escape(after)}"


def source(claim: ExportedClaim) -> str:
    """Write where a claim stands: the title, linked where there is an address, the outlet and who republished it."""
    title = escape(claim.title)
    linked = f"[{title}](<{iri(claim.url)}>)" if claim.url else title
    outlet = escape(claim.outlet or claim.aggregator or "")
    via = f" via {escape(claim.aggregator)}" if claim.aggregator and claim.outlet else ""
    return f"{linked}, {outlet}{via}" if outlet else linked


def reasons(library: Library, article: Article) -> Callable[[ExportedClaim], str]:
    """Give what says how the speaker of a claim in an article was found.

    It is known when a person said so, and when the claim is on a quote of the present text that names the same.
    """
    quotes = library.analysis(article.id).quotes if article.quotes else ()

    def why(claim: ExportedClaim) -> str:
        if claim.speaker_by == "person":
            return "said by a person"
        for quote in quotes:
            if quote.start < claim.end and claim.start < quote.end and quote.speaker == claim.speaker:
                return quote.why
        return ""

    return why
