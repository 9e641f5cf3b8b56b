"""The fields of a query: which articles, claims and quotes they let through."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from store.model import Article
from store.search.fold import words
from store.search.match import How, compare
from store.search.query import Filter, Query, Term, parse

KINDS = ("article", "claim", "speaker", "tag", "text")
_STATES = ("altered", "ambiguous", "edited", "exact", "moved", "orphan")
_SPEECH = ("direct", "indirect", "mixed")


def resolve(value: str, names: Iterable[str]) -> set[str]:
    """Give the names that a value of a field means: all its words are there, begun, or spelled alike.

    Names with typos are given only when there are no others.
    """
    typed = [word.text for word in words(value)]
    found: dict[bool, set[str]] = {False: set(), True: set()}
    for name in names:
        how = answer(typed, [word.text for word in words(name)])
        if how is not None:
            found[how > How.SPELLING].add(name)
    return found[False] or found[True]


def answer(typed: Sequence[str], printed: Sequence[str], *, prefix: bool = True) -> How | None:
    """Tell how some words answer all typed ones: the worst of the best; None when one has no answer."""
    worst = How.SAME
    for word in typed:
        hows = [how for one in printed if (how := compare(word, one, prefix)) is not None]
        if not hows:
            return None
        worst = max(worst, min(hows))
    return worst if typed else None


# -- articles ----------------------------------------------------------------------------------------------------------


def filter_articles(query: str, articles: Sequence[Article]) -> list[Article]:
    """Keep the articles whose title, outlet, speakers or other facts answer a query, in the order given.

    What only the texts and claims could answer (`tag:`, `note:` …) is no business of this and lets all through.
    """
    parsed = parse(query)
    tests = [test for one in parsed.filters if (test := article_test(one)) is not None]
    kept = [article for article in articles if all(test(article) for test in tests)]
    if not parsed.groups and not parsed.excluded:
        return kept
    return [article for article in kept if _has_words(parsed, article)]


def _has_words(query: Query, article: Article) -> bool:
    origin = (article.outlet, article.aggregator, *article.authors, *article.speakers, article.url, article.path)
    printed = [word.text for part in (article.title, *origin) if part for word in words(part)]
    return all(any(_has(term, printed) for term in group) for group in query.groups) and not any(
        _has(term, printed) for term in query.excluded
    )


def _has(term: Term, printed: Sequence[str]) -> bool:
    if term.phrase:
        length = len(term.words)
        places = range(len(printed) - length + 1)
        return any(
            all(compare(a, b, term.prefix and at == length - 1, True) is not None for at, (a, b) in enumerate(pairs))
            for pairs in (zip(term.words, printed[place : place + length], strict=True) for place in places)
        )
    return any(compare(term.words[0], word, term.prefix, term.exact) is not None for word in printed)


ArticleTest = Callable[[Article], bool]


def article_test(one: Filter) -> ArticleTest | None:
    """Make the test that a filter puts to an article; None when it is about claims or quotes."""
    tests = [_article_value(one.field, value) for value in one.values]
    known = [test for test in tests if test is not None]
    if not known or len(known) < len(tests):
        return None
    return lambda article: any(test(article) for test in known) != one.negated


def _article_value(name: str, value: str) -> ArticleTest | None:
    if name in {"after", "before", "on"}:
        return _date_test(name, value)
    if name in {"title", "outlet"}:
        return lambda article: bool(
            resolve(value, [article.title] if name == "title" else [article.outlet or "", article.aggregator or ""])
        )
    if name == "lang":
        return lambda article: (article.language or "").lower().startswith(value.lower())
    return _FLAGS.get((name, value))


_FLAGS: dict[tuple[str, str], ArticleTest] = {
    ("is", "read"): lambda article: article.read,
    ("is", "unread"): lambda article: not article.read,
    ("is", "starred"): lambda article: article.starred,
    ("is", "inferred"): lambda article: article.published_inferred,
    ("has", "url"): lambda article: bool(article.url),
    ("has", "date"): lambda article: bool(article.published),
    ("has", "quote"): lambda article: article.quotes > 0,
}


def _date_test(name: str, value: str) -> ArticleTest:
    first, last = value.split("/")

    def test(article: Article) -> bool:
        day = day_of(article)
        if name == "after":
            return day >= first
        return day < first if name == "before" else first <= day <= last

    return test


def day_of(article: Article) -> str:
    """Give the day an article counts for, `YYYY-MM-DD`: published, else retrieved."""
    return (article.published or article.retrieved)[:10]


# -- rows of the index -------------------------------------------------------------------------------------------------


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
    only_text: bool = False

    def only(self, *kinds: str) -> None:
        """Shut out every other kind."""
        self.kinds = {kind: conditions for kind, conditions in self.kinds.items() if kind in kinds}

    def add(self, kind: str, sql: str, values: Iterable[Any] = ()) -> None:
        """Ask something more of a kind that is not shut out."""
        if kind in self.kinds:
            self.kinds[kind].append((sql, list(values)))

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
    made.only_text = "text" in chosen and "quote" not in chosen
    made.listed = tuple(kind for kind in ("claim", "article", "text", "tag", "speaker") if kind in made.kinds)


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
    if not one.negated:
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
    if name == "note":
        typed = " ".join(f'"{word.text}"' for word in words(value))
        return ("d.n IN (SELECT rowid FROM marks WHERE marks MATCH ?)", [f"note : ({typed}*)"]) if typed else ("0", [])
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
    if name == "is" and value in _STATES:
        return "d.state = ?", [value]
    return ("d.verdict = ?", [value]) if name == "verdict" else ("0", [])
