"""Sources looked at without a library: read or fetched, cleaned, nothing kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from store import ingest
from store.errors import SourceError
from store.ingest.addresses import is_address
from store.ingest.listings import listing
from store.ingest.sources import read_bytes
from store.ingest.text import verbatim_text
from store.intake import sources_of
from store.intake.downloads import PAUSE, Manners, in_order, usual_limits
from store.intake.guarded import reading
from store.intake.outcome import Outcome

if TYPE_CHECKING:
    from store.ingest import SiteMemory
    from store.ingest.fetch import Fetched
    from store.ingest.links import Listing
    from store.model import Extract


def look(
    names: Iterable[str], *, verbatim: bool = False, memory: SiteMemory | None = None, pause: float = PAUSE
) -> Iterator[tuple[str, Extract | Listing | SourceError]]:
    """Look at every source that some names mean, in their order; the names are those that `take_in_all` takes.

    Gives an article as an Extract, a list of links as a Listing (nothing that it lists is fetched), and why a source
    cannot be read. `verbatim` takes texts as they are; `memory` knows the furniture of sites and learns each page;
    `pause` are the seconds between two requests to one host.
    """
    manners = Manners(usual_limits(), pause)

    def load(source: str | Outcome) -> bytes | Fetched:
        if isinstance(source, Outcome):
            raise SourceError(source.message)
        return manners.fetch(source) if is_address(source) else read_bytes(source)

    try:
        for source, came in in_order(sources_of(names), load, _is_far):
            name = source.source if isinstance(source, Outcome) else source
            try:
                with reading(name):
                    made = came if isinstance(came, SourceError) else _made(name, came, verbatim, memory)
                yield name, made
            except SourceError as error:
                yield name, error
    finally:
        manners.over.set()


def _is_far(source: str | Outcome) -> bool:
    return isinstance(source, str) and is_address(source)


def _made(name: str, came: bytes | Fetched, verbatim: bool, memory: SiteMemory | None) -> Extract | Listing:
    raw, address = (came, "") if isinstance(came, bytes) else (came.raw, came.url)
    if verbatim:
        return verbatim_text(raw, name)
    listed = listing(raw, name, address)
    if listed is not None:
        return listed
    if isinstance(came, bytes):
        return ingest.read(name, came, memory)
    from store.ingest.arrivals import article  # noqa: PLC0415 - what comes from the web needs more

    return article(came, memory)
