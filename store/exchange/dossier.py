"""Claims as a dossier in Markdown: who said what, where, day by day."""

from __future__ import annotations

from collections.abc import Iterator

from store.exchange.markdown import escape, places, source
from store.exchange.records import ExportedClaim
from store.exchange.scope import Selection


def write(selection: Selection) -> Iterator[bytes]:
    """Give all claims under the days of their publication, oldest first."""
    yield b"# Claims\n"
    day = None
    for article in selection.by_date():
        for claim in selection.exported(article):
            of_day = (claim.published or "undated")[:10]
            if of_day != day:
                day = of_day
                yield f"\n## {escape(day)}\n".encode()
            yield _entry(claim).encode("utf-8", "replace")


def _entry(claim: ExportedClaim) -> str:
    speech = f" ({claim.speech})" if claim.speech else ""
    carrier = f", carried by {escape(claim.carrier)}" if claim.carrier else ""
    said = f", said on {escape(claim.said_on)}" if claim.said_on else ""
    inferred = "; date inferred" if claim.published_inferred else ""
    lines = [
        f"> {escape(claim.exact)}",
        "",
        f"**{escape(claim.speaker or 'unnamed')}**{speech}{carrier}{said}, in {source(claim)}{inferred}  ",
    ]
    if claim.also_at:
        lines.append(f"Also at: {places(claim.also_at)}  ")
    if claim.tags:
        lines.append(f"Tags: {escape('; '.join(claim.tags))}  ")
    if claim.verdict != "open":
        lines.append(f"Verdict: {claim.verdict}  ")
    if claim.note:
        lines.append(f"Note: {escape(claim.note)}  ")
    place = "" if claim.state == "exact" else f" ({claim.state})"
    lines.append(
        f"Retrieved {escape(claim.retrieved[:10])}; characters {claim.start} to {claim.end} of the text with "
        f"SHA-256 `{claim.text_sha256[:16]}…`{place}"
    )
    return "\n" + "\n".join(lines) + "\n"
