"""Claims as receipts in Markdown: all it takes to check each one, fit to be printed and cited."""

from __future__ import annotations

from collections.abc import Iterator

from store.exchange.addresses import iri
from store.exchange.markdown import emphasised, escape, places, reasons, source
from store.exchange.records import ExportedClaim
from store.exchange.scope import Selection


def write(selection: Selection) -> Iterator[bytes]:
    """Give the receipts of all claims, oldest publication first."""
    yield b"# Claims\n"
    for article in selection.by_date():
        why = reasons(selection.library, article)
        for claim in selection.exported(article):
            yield ("\n" + receipt(claim, why(claim))).encode("utf-8", "replace")


def receipt(claim: ExportedClaim, why: str = "") -> str:
    """Write one claim with all that it takes to check it; `why` says how its speaker was found."""
    day = (claim.published or "undated")[:10] + (" (inferred)" if claim.published_inferred else "")
    by = escape(claim.speaker or "unnamed")
    outlet = escape(claim.outlet or claim.aggregator or "")
    speech = f", {claim.speech}" if claim.speech else ""
    found = f" ({escape(why)})" if why else ""
    facts = {
        "Said by": f"{by}{speech}{found}",
        "Carried by": escape(claim.carrier or ""),
        "Said on": escape(claim.said_on or ""),
        "Source": source(claim),
        "Address": f"<{iri(claim.url)}>" if claim.url else "",
        "Also at": places(claim.also_at),
        "Published": day,
        "Retrieved": claim.retrieved,
        "Context": f"…{emphasised(claim.prefix, claim.exact, claim.suffix)}…",
        "Place": f"characters {claim.start} to {claim.end} of the text with SHA-256 `{claim.text_sha256}`"
        + ("" if claim.state == "exact" else f" ({claim.state})"),
        "Tags": escape("; ".join(claim.tags)),
        "Verdict": "" if claim.verdict == "open" else claim.verdict,
        "Note": escape(claim.note),
        "Marked by": f"{escape(claim.by)} " * bool(claim.by) + f"{claim.created}, changed {claim.modified}",
        "Id": f"`{claim.id}`",
    }
    lines = [f"## {escape(day)} · {by}{f' · {outlet}' if outlet else ''}", "", f"> {escape(claim.exact)}", ""]
    return "\n".join([*lines, *(f"- {name}: {value}" for name, value in facts.items() if value)]) + "\n"
