"""What dossiers and receipts in Markdown have in common."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from store.exchange.addresses import iri
from store.exchange.records import ExportedClaim
from store.model import Article
from store.safe_text import clean

if TYPE_CHECKING:
    from store.library import Library

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&$^=:@])")


def escape(text: str) -> str:
    """Write outside text so that Markdown shows it as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(clean(text).split()))


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
