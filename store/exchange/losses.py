"""What of a library a format cannot hold, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property

from store.exchange.scope import Selection
from store.model import Tag


class Tally:
    """Counts in a selection what formats may have no place for; each thing when it is asked for."""

    def __init__(self, selection: Selection) -> None:
        self._selection = selection

    @cached_property
    def claims(self) -> int:
        """The number of claims."""
        return self._selection.count()

    @property
    def articles(self) -> int:
        """The number of articles."""
        return len(self._selection.articles)

    def held(self, lost: Iterable[str]) -> int:
        """Count the claims that are told by a format which cannot hold what is named."""
        return self.claims - sum(_THINGS[name][0](self) for name in _WHOLE_CLAIMS if name in lost)

    def lost(self, names: Iterable[str]) -> tuple[str, ...]:
        """Say of each of these how much there is, leaving out what there is none of."""
        counted = ((_THINGS[name][0](self), _THINGS[name][1]) for name in names)
        return tuple(f"{count} {words[count != 1]}" for count, words in counted if count)

    @cached_property
    def tags(self) -> list[Tag]:
        """The tags that are not merged into others."""
        return [tag for tag, _ in self._selection.tags() if tag.merged_into is None]

    @cached_property
    def of_claims(self) -> Counter[str]:
        """What the claims have, by name."""
        found: Counter[str] = Counter()
        for claim in self._selection.all_claims():
            found["undecided"] += claim.verdict == "open"
            found["tagged"] += bool(claim.tags)
            found["bare"] += not claim.exact.strip()
            found["facts"] += claim.state != "exact"
            found["context"] += bool(claim.prefix or claim.suffix)
            found.update(f"tag {tag_id}" for tag_id in claim.tag_ids)
        return found

    def of_articles(self) -> int:
        """Count the quotes in the articles."""
        return sum(article.quotes for article in self._selection.articles)

    def unused(self) -> int:
        """Count the tags that no claim has."""
        library = self._selection.library
        used = {name for key in self.of_claims if key.startswith("tag ") for name in [library.tag(key[4:]).id]}
        return sum(tag.id not in used for tag in self.tags)

    def described(self) -> int:
        """Count the tags that are more than a name."""
        return sum(bool(tag.colour or tag.description or tag.synonyms) for tag in self.tags)

    def local(self) -> int:
        """Count the articles from local files of which only the name is told."""
        return 0 if self._selection.scope.paths else self._selection.shortened

    def names(self) -> int:
        """Count the speakers that a person named or joined."""
        return len(self._selection.speakers())

    def corrections(self) -> int:
        """Count the corrections."""
        return len(self._selection.corrections())


_THINGS: dict[str, tuple[Callable[[Tally], int], tuple[str, str]]] = {
    "bare": (lambda tally: tally.of_claims["bare"], ("claim on a blank", "claims on blanks")),
    "claims": (lambda tally: tally.claims, ("claim", "claims")),
    "context": (
        lambda tally: tally.of_claims["context"],
        ("context of a claim (the words around it)", "contexts of claims (the words around them)"),
    ),
    "corrections": (Tally.corrections, ("correction", "corrections")),
    "facts": (
        lambda tally: tally.of_claims["facts"],
        ("claim's state of its place", "claims' states of their places"),
    ),
    "names": (Tally.names, ("speaker's other names and roles", "speakers' other names and roles")),
    "paths": (
        Tally.local,
        ("local file's folder (--paths keeps it)", "local files' folders (--paths keeps them)"),
    ),
    "quotes": (Tally.of_articles, ("quote found by the program", "quotes found by the program")),
    "sources": (
        lambda tally: tally.articles,
        ("article's raw source (newsreader backup keeps it)", "articles' raw sources (newsreader backup keeps them)"),
    ),
    "tagged": (lambda tally: tally.of_claims["tagged"], ("claim's tags", "claims' tags")),
    "tags": (Tally.described, ("tag's colour, description and synonyms", "tags' colours, descriptions and synonyms")),
    "texts": (lambda tally: tally.articles, ("article's whole text", "articles' whole texts")),
    "undecided": (lambda tally: tally.of_claims["undecided"], ("claim without a verdict", "claims without a verdict")),
    "unused": (Tally.unused, ("tag without claims", "tags without claims")),
}
"""How each thing is counted, and its name for one and for several."""
_WHOLE_CLAIMS = ("bare", "claims", "undecided")
"""Those of them that are claims left out with all they have."""
