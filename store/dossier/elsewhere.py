"""The same words elsewhere in the library, also where nobody tagged them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.dossier.gather import newest_first
from store.dossier.groups import LEAST_WORDS, RUN, Folded, folded, same_words
from store.dossier.records import Entry, day_of
from store.errors import LibraryError

if TYPE_CHECKING:
    from store.library import Library
    from store.search import Index

MOST_RUNS = 6
MOST_PARAGRAPHS = 80
MOST_FOUND = 20

_QUOTES = (
    'SELECT DISTINCT a.id, q.start, q."end", q.speaker, q.speech, q.sure, d.start, d.body FROM '
    f"(SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rowid DESC LIMIT {MOST_PARAGRAPHS}) f "
    "CROSS JOIN docs d ON d.n = f.rowid JOIN quotes q ON q.doc = d.n JOIN articles a ON a.n = d.article"
)


def elsewhere(library: Library, index: Index, entry: Entry) -> list[Entry]:
    """Give the quotes of other articles that say the same words as `entry`, newest first; at most `MOST_FOUND`.

    It asks the search index for runs of the entry's words, so that it costs about the same in any library.
    """
    wanted = folded(entry.words)
    expression = _expression(wanted)
    if not expression:
        return []
    found: dict[tuple[str, int, int], Entry] = {}
    for article_id, start, end, speaker, speech, sure, offset, body in index.ask(_QUOTES, (expression,)):
        if article_id == entry.article or (article_id, start, end) in found:
            continue
        printed = body[max(0, start - offset) : end - offset]
        if not same_words(wanted, folded(printed)):
            continue
        try:
            article = library.article(article_id)
        except LibraryError:
            continue
        found[article_id, start, end] = Entry(
            article=article_id,
            start=start,
            end=end,
            words=printed,
            day=day_of(article),
            inferred=article.published_inferred,
            speaker=speaker,
            outlet=article.outlet or article.aggregator or "",
            title=article.title,
            url=article.url,
            speech=speech,
            unread=not article.read,
            sure=bool(sure),
        )
    return newest_first(found.values())[:MOST_FOUND]


def _expression(wanted: Folded) -> str:
    """Write the full-text query for the longest runs of words, which are the rarest."""
    if len(wanted) < LEAST_WORDS:
        return ""
    runs = sorted(range(len(wanted) - RUN + 1), key=lambda at: -sum(map(len, wanted[at : at + RUN])))
    chosen: list[int] = []
    for at in runs:
        if all(abs(at - other) >= RUN for other in chosen):
            chosen.append(at)
        if len(chosen) == MOST_RUNS:
            break
    return "body : (" + " OR ".join(f'"{" ".join(wanted[at : at + RUN])}"' for at in chosen) + ")"
