"""The filters of a query as conditions on the rows of the index."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from store.model import Article
from store.search.filters import article_test, resolve
from store.search.fold import words
from store.search.plan import phrase
from store.search.query import PLACES, Filter, Query

KINDS = ("article", "claim", "speaker", "tag", "text")
_VERDICTS = ("disputed", "false", "open", "supported", "unclear")
_STATES = ("altered", "ambiguous", "edited", "exact", "moved", "orphan")
_SPEECH = ("direct", "indirect", "mixed")


@dataclass(slots=True)
class Conditions:
    """What rows must fulfil: for each kind the SQL conditions with their values; a kind that is missing is shut out.

    `quotes` are conditions on a row of `quotes`, `columns` the full-text columns to look into (none: all), `listed`
    the kinds to list when there are no words to look for.
    """

    kinds: dict[str, list[tuple[str, list[Any]]]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    quotes: list[tuple[str, list[Any]]] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    listed: tuple[str, ...] = ("article",)
    only_quotes: bool = False

    def only(self, *kinds: str) -> None:
        """Shut out every other kind."""
        self.kinds = {kind: conditions for kind, conditions in self.kinds.items() if kind in kinds}

    def add(self, kind: str, sql: str, values: Iterable[Any] = ()) -> None:
        """Ask something more of a kind that is not shut out."""
        if kind in self.kinds:
            self.kinds[kind].append((sql, list(values)))

    def let_all(self, kinds: Collection[str]) -> bool:
        """Tell whether every row of these kinds is let through."""
        return all(self.kinds.get(kind) == [] for kind in kinds)

    def sql(self, kinds: Collection[str]) -> tuple[str, list[Any]]:
        """Write the condition on `docs d` for some kinds."""
        parts: list[str] = []
        values: list[Any] = []
        for kind in sorted(set(kinds) & set(self.kinds)):
            parts.append(" AND ".join([f"d.kind = '{kind}'", *(sql for sql, _ in self.kinds[kind])]))
            values += [value for _, more in self.kinds[kind] for value in more]
        return (f"({' OR '.join(parts)})" if parts else "0"), values


@dataclass(frozen=True, slots=True)
class Names:
    """What the library has names for; `tags` go by every name that means them, synonyms too."""

    speakers: Callable[[], Iterable[str]]
    tags: Callable[[], dict[str, str]]
    authors: Callable[[], Iterable[str]]
    articles: Callable[[], Sequence[Article]]
    numbers: Callable[[], dict[str, int]]


def conditions(query: Query, names: Names) -> Conditions:
    """Turn the filters of a query into conditions on rows."""
    made = Conditions()
    tests = [test for one in query.filters if (test := article_test(one)) is not None]
    for one in query.filters:
        if article_test(one) is None:
            _row_filter(one, made, names)
    if tests:
        numbers = names.numbers()
        allowed = [
            numbers[article.id]
            for article in names.articles()
            if article.id in numbers and all(test(article) for test in tests)
        ]
        for kind in ("article", "claim", "text"):
            made.add(kind, "d.article IN (SELECT value FROM json_each(?))", [str(allowed)])
        made.only("article", "claim", "text")
    return made


def _row_filter(one: Filter, made: Conditions, names: Names) -> None:
    if one.field == "in":
        _places(one, made)
    elif one.field in PLACES:
        _words_in_place(one, made)
    elif one.field == "speaker":
        _speakers(one, made, names)
    else:
        _claims(one, made, names)


_PLACES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "claim": (("claim",), ("body",)),
    "note": (("claim",), ("note",)),
    "quote": (("text",), ("body",)),
    "speaker": (("claim", "speaker", "text"), ("who",)),
    "tag": (("claim", "tag"), ("tags",)),
    "text": (("text",), ("body",)),
    "title": (("article",), ("body",)),
}


def _places(one: Filter, made: Conditions) -> None:
    chosen = [place for place in _PLACES if (place in one.values) != one.negated]
    if one.negated and "note" not in chosen and "claim" in chosen:
        made.columns = ("body", "who", "tags")
    elif not one.negated:
        made.columns = tuple(dict.fromkeys(column for place in chosen for column in _PLACES[place][1]))
    made.only(*(kind for place in chosen for kind in _PLACES[place][0]))
    made.only_quotes = "quote" in chosen and "text" not in chosen
    made.listed = tuple(kind for kind in ("claim", "article", "text", "tag", "speaker") if kind in made.kinds)


def _words_in_place(one: Filter, made: Conditions) -> None:
    """Keep to the kind of row that `claim:`, `quote:` or `note:` are about, or shut out those with the words."""
    kind, table = ("text", "texts") if one.field == "quote" else ("claim", "marks")
    if one.negated:
        typed = [phrase([word.text for word in words(value)], False) for value in one.values]
        expression = f"{PLACES[one.field][0]} : ({' OR '.join(typed)})"
        spoken = " AND d.n IN (SELECT doc FROM quotes)" if kind == "text" else ""
        made.add(kind, f"NOT (d.n IN (SELECT rowid FROM {table} WHERE {table} MATCH ?){spoken})", [expression])
        made.listed = (kind,) if made.listed == ("article",) else made.listed
        return
    made.only(kind)
    made.listed = (kind,)
    made.only_quotes = made.only_quotes or kind == "text"


def _speakers(one: Filter, made: Conditions, names: Names) -> None:
    found = sorted({name for value in one.values for name in resolve(value, names.speakers())})
    marks = ", ".join("?" * len(found))
    said = f"speaker IN ({marks})"
    if one.negated:
        made.add("claim", f"NOT d.who IN ({marks})", found)
        made.quotes.append((f"NOT coalesce({said}, 0)", list(found)))
        return
    made.only("claim", "text")
    made.add("claim", f"d.who IN ({marks})", found)
    made.add("text", f"EXISTS (SELECT 1 FROM quotes WHERE doc = d.n AND {said})", found)
    made.quotes.append((said, list(found)))
    made.only_quotes = True
    made.listed = ("claim", "text")


def _claims(one: Filter, made: Conditions, names: Names) -> None:
    claim: list[tuple[str, list[Any]]] = []
    quote: list[tuple[str, list[Any]]] = []
    for value in one.values:
        on_quote = _quote_value(one.field, value)
        if on_quote:
            quote.append((on_quote, []))
        else:
            claim.append(_claim_value(one.field, value, names))
    if claim:
        sql = " OR ".join(condition for condition, _ in claim)
        values = [value for _, more in claim for value in more]
        made.add("claim", f"NOT ({sql})" if one.negated else f"({sql})", values)
    if quote:
        sql = f"({' OR '.join(condition for condition, _ in quote)})"
        sql = f"NOT {sql}" if one.negated else sql
        made.add("text", f"EXISTS (SELECT 1 FROM quotes WHERE doc = d.n AND {sql})")
        made.quotes.append((sql, []))
    if one.negated:
        made.listed = ("claim",) if made.listed == ("article",) else made.listed
    else:
        made.only(*(["claim"] if claim else []), *(["text"] if quote else []))
        made.only_quotes = made.only_quotes or bool(quote)
        made.listed = ("claim", "text") if quote else ("claim",)


def _quote_value(name: str, value: str) -> str:
    if name == "is" and value in _SPEECH:
        return f"speech = '{value}'"
    return "NOT sure" if (name, value) == ("is", "doubtful") else ""


_CLAIM_FLAGS = {
    ("is", "unchecked"): "d.verdict = 'open'",
    ("verdict", "none"): "d.verdict = 'open'",
    ("has", "note"): "d.note != ''",
    ("has", "tag"): "d.n IN (SELECT doc FROM tagged)",
    ("has", "said"): "d.said != ''",
    ("has", "speaker"): "d.who != ''",
    ("has", "claim"): "1",
}


def _claim_value(name: str, value: str, names: Names) -> tuple[str, list[Any]]:
    if (name, value) in _CLAIM_FLAGS:
        return _CLAIM_FLAGS[name, value], []
    if name == "tag":
        tags = names.tags()
        found = sorted({tags[one] for one in resolve(value, tags)})
        return f"d.n IN (SELECT doc FROM tagged WHERE tag IN ({', '.join('?' * len(found))}))", list(found)
    if name == "by":
        found = sorted(resolve(value, names.authors()))
        return f"d.author IN ({', '.join('?' * len(found))})", list(found)
    if name == "said":
        first, last = value.split("/")
        return "(d.said != '' AND d.said <= ? AND (d.said >= ? OR substr(?, 1, length(d.said)) = d.said))", [
            last,
            first,
            first,
        ]
    column = "d.verdict" if name == "verdict" or value in _VERDICTS else "d.state" if value in _STATES else "0"
    return f"{column} = ?", [value]
