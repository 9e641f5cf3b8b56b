"""The fields of a query that are about articles, and the names that a value of a field means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from store.model import Article
from store.search.fold import words
from store.search.match import How, compare
from store.search.query import Filter, Query, Term, parse


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
