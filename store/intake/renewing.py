"""Articles that an earlier form of the analysis looked at: who said what is found again in the texts that are kept."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from store.errors import LibraryError
from store.library import Library
from store.model import Article
from store.speech import ANALYSER, analyse


def outdated(library: Library) -> list[Article]:
    """List the articles whose quotes an earlier form of this program's analysis found, in the library's order.

    Those that another program analysed, or whose text cannot be read, are none.
    """
    out = []
    for article in library.articles():
        with contextlib.suppress(LibraryError):  # a damaged text is for newsreader check to tell
            if _earlier(library.machine_analysis(article.id).analyser):
                out.append(article)
    return out


def renew(library: Library, articles: list[Article]) -> Iterator[Article]:
    """Find again who said what in the current texts of articles; each is kept before it is given.

    Claims, corrections and names that a person gave stay as they are. Raises LibraryError when nothing can be written.
    """
    for article in articles:
        version = library.version(article.id)
        yield library.set_analysis(
            article.id, analyse(version.text, version.blocks, article.language), version=version.sha256
        )


def _earlier(analyser: str) -> bool:
    (name, _, number), (own, _, newest) = analyser.rpartition("/"), ANALYSER.rpartition("/")
    return name == own and number.isdecimal() and int(number) < int(newest)
