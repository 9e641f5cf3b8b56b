"""Saved searches: queries with a name, kept like everything else a person makes."""

from __future__ import annotations

import re

from msgspec.structs import replace

from store.errors import LibraryError, UnknownRecordError
from store.ids import new_id, now, person
from store.keep.core import SEARCHES, Core
from store.model import SavedSearch
from store.safe_text import clean

MOST_NAME = 60
MOST_QUERY = 2000
_NAME = re.compile(r"[\w./+-]+")


class SearchPart(Core):
    """What a library does with saved searches."""

    def saved_searches(self) -> list[SavedSearch]:
        """List the saved searches, by name."""
        return sorted(self._searches.all(), key=lambda saved: (saved.name.casefold(), saved.id))

    def saved_search(self, name: str) -> SavedSearch:
        """Find a saved search by its name, with or without the `@`, in any case."""
        found = self._find_search(search_name(name))
        if found is None:
            raise UnknownRecordError(f"@{search_name(name)}: no such saved search; newsreader search --list shows them")
        return found

    def _find_search(self, name: str) -> SavedSearch | None:
        folded = name.casefold()
        return next((saved for saved in self.saved_searches() if saved.name.casefold() == folded), None)

    def save_search(self, name: str, query: str) -> SavedSearch:
        """Keep a query under a name, in place of the one that had the name before."""
        name = search_name(name)
        query = " ".join(clean(query).split())
        if not query or len(query) > MOST_QUERY:
            raise LibraryError(f"@{name}: a saved search needs words, {MOST_QUERY} characters at most")
        moment = now()
        with self._change(f"save the search @{name}") as change:
            known = self._find_search(name)
            saved = SavedSearch(id=new_id(), name=name, query=query, created=moment, modified=moment, by=person())
            if known is not None:
                saved = replace(known, query=query, modified=moment)
            change.put(SEARCHES, saved)
        return saved

    def remove_search(self, name: str) -> None:
        """Forget a saved search."""
        saved = self.saved_search(name)
        with self._change(f"forget the search @{saved.name}") as change:
            change.drop(SEARCHES, saved.id)

    def _own_search(self, saved: SavedSearch, notes: list[str]) -> SavedSearch:
        """Give a saved search from elsewhere another name when one of its own name is here."""
        known = self._searches.get(saved.id)
        if known is not None:
            return known if known.modified >= saved.modified else saved
        name, number = saved.name, 2
        while self._find_search(name) is not None:
            name, number = f"{saved.name}-{number}", number + 1
        if name == saved.name:
            return saved
        notes.append(f"there is a saved search @{saved.name} here; the other is now @{name}")
        return replace(saved, name=name, modified=now())


def search_name(name: str) -> str:
    """Give a name as it can be typed behind an `@`. LibraryError when nothing of it can."""
    tidy = "-".join(name.removeprefix("@").split())
    if not _NAME.fullmatch(tidy) or len(tidy) > MOST_NAME:
        raise LibraryError(
            f"{clean(name).strip()[:MOST_NAME]!r}: no name for a search; use letters, digits and - . / + "
            f"({MOST_NAME} at most)"
        )
    return tidy
