"""The fields of a query that are about articles, and the names that a value of a field means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from store.model import Article
from store.search.fold import words
from store.search.match import How, compare
from store.search.query import Filter, Term, parse
from store.search.saved import names_saved


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

    What only the texts and claims could answer lets all through here; `needs_index` tells when a query asks for that.
    """
    parsed = parse(query)
    tests = [test for one in parsed.filters if (test := _list_test(one)) is not None]
    wanted = [[_Finder(term) for term in group] for group in parsed.groups]
    unwanted = [_Finder(term) for term in parsed.excluded]
    kept = []
    for article in articles:
        if not all(test(article) for test in tests):
            continue
        if wanted or unwanted:
            printed = _printed(article.title, article.outlet, article.aggregator, article.authors, article.speakers)
            if not all(any(one.is_in(printed) for one in group) for group in wanted):
                continue
            if any(one.is_in(printed) for one in unwanted):
                continue
        kept.append(article)
    return kept


def needs_index(query: str) -> bool:
    """Tell whether a query asks for more than the list of articles knows: about claims, notes or what was saved."""
    return names_saved(query) or any(_list_test(one) is None for one in parse(query).filters)


def _list_test(one: Filter) -> ArticleTest | None:
    if one.field == "speaker":
        finders = [_memo(value) for value in one.values]
        return lambda article: any(is_it(name) for is_it in finders for name in article.speakers) != one.negated
    return article_test(one)


@lru_cache(maxsize=1 << 15)
def _printed(title: str, *more: str | tuple[str, ...] | None) -> tuple[str, ...]:
    parts = [title]
    for part in more:
        parts += part if isinstance(part, tuple) else [part or ""]
    return tuple(word.text for part in parts for word in words(part))


class _Finder:
    """Looks for one term among the words of many articles, remembering the answer for each word."""

    def __init__(self, term: Term) -> None:
        self._term = term
        self._known: dict[str, bool] = {}

    def is_in(self, printed: tuple[str, ...]) -> bool:
        """Tell whether the term is among these words."""
        if self._term.phrase:
            return self._phrase(printed)
        known = self._known
        for word in printed:
            if word not in known:
                known[word] = compare(self._term.words[0], word, self._term.prefix, self._term.exact) is not None
            if known[word]:
                return True
        return False

    def _phrase(self, printed: tuple[str, ...]) -> bool:
        wanted, last = self._term.words, len(self._term.words) - 1
        for start in range(len(printed) - last):
            here = printed[start : start + len(wanted)]
            unfinished = self._term.prefix and here[-1].startswith(wanted[-1])
            if here[:-1] == wanted[:-1] and (here[-1] == wanted[-1] or unfinished):
                return True
        return False


def _memo(value: str) -> Callable[[str], bool]:
    """Make a test whether a name is meant by a value, that remembers its answers."""
    known: dict[str, bool] = {}

    def test(name: str) -> bool:
        if name not in known:
            known[name] = bool(name and resolve(value, [name]))
        return known[name]

    return test


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
        meant = _memo(value)
        if name == "title":
            return lambda article: meant(article.title)
        return lambda article: meant(article.outlet or "") or meant(article.aggregator or "")
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
