"""Claims as a dossier in Markdown: a receipt for each, by date, fit to be printed and cited."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from store.exchange.native import exported_claims
from store.exchange.records import ExportedClaim
from store.safe_text import clean

if TYPE_CHECKING:
    from store.library import Library

LOST = "a dossier holds the claims only: no whole texts, corrections, or tags without claims"
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&$^=:@])")


def export_markdown(library: Library, article_ids: Collection[str] | None = None) -> Iterator[bytes]:
    """Give the receipts of all claims, or of those in some articles, oldest publication first."""
    claims = sorted(
        exported_claims(library, article_ids), key=lambda one: (one.published or "", one.article, one.start)
    )
    yield b"# Claims\n"
    for claim in claims:
        yield ("\n" + receipt(claim, _why(library, claim))).encode("utf-8", "replace")


def receipt(claim: ExportedClaim, why: str = "") -> str:
    """Write one claim with all that it takes to check it; `why` says how its speaker was found."""
    day = (claim.published or "undated")[:10] + (" (inferred)" if claim.published_inferred else "")
    by = escape(claim.speaker or "unnamed")
    outlet = escape(claim.outlet or claim.aggregator or "")
    via = f" via {escape(claim.aggregator)}" if claim.aggregator and claim.outlet else ""
    title = f"[{escape(claim.title)}](<{_address(claim.url)}>)" if claim.url else escape(claim.title)
    speech = f", {claim.speech}" if claim.speech else ""
    found = f" ({escape(why)})" if why else ""
    facts = {
        "Said by": f"{by}{speech}{found}",
        "Carried by": escape(claim.carrier or ""),
        "Said on": escape(claim.said_on or ""),
        "Source": f"{title}, {outlet}{via}" if outlet else title,
        "Published": day,
        "Retrieved": claim.retrieved,
        "Context": f"…{escape(claim.prefix)}**{escape(claim.exact)}**{escape(claim.suffix)}…",
        "Place": f"characters {claim.start} to {claim.end} of the text with SHA\\-256 `{claim.text_sha256}`"
        + ("" if claim.state == "exact" else f" ({claim.state})"),
        "Tags": escape("; ".join(claim.tags)),
        "Verdict": "" if claim.verdict == "open" else claim.verdict,
        "Note": escape(claim.note),
        "Marked by": f"{escape(claim.by)} " * bool(claim.by) + f"{claim.created}, changed {claim.modified}",
        "Id": f"`{claim.id}`",
    }
    lines = [f"## {escape(day)} · {by}{f' · {outlet}' if outlet else ''}", "", f"> {escape(claim.exact)}", ""]
    return "\n".join([*lines, *(f"- {name}: {value}" for name, value in facts.items() if value)]) + "\n"


def escape(text: str) -> str:
    """Write outside text so that Markdown shows it as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(clean(text).split()))


def _address(url: str) -> str:
    return re.sub(r"[<>\s\\]", lambda match: f"%{ord(match[0]):02X}", clean(url))


def _why(library: Library, claim: ExportedClaim) -> str:
    """Say how the speaker was found, when the claim is on a quote of the present text that names the same."""
    if claim.speaker_by == "person":
        return "said by a person"
    for quote in library.analysis(claim.article).quotes:
        if quote.start < claim.end and claim.start < quote.end and quote.speaker == claim.speaker:
            return quote.why
    return ""
