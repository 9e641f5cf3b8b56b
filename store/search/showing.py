"""From ranked rows to hits: which quote the words stand in, the line to show, the spans to mark."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from store.errors import LibraryError
from store.model import Article, Span
from store.search.cache import Cache
from store.search.conditions import Conditions
from store.search.finding import Candidate
from store.search.fold import places_of, words
from store.search.hits import Hit, Kind
from store.search.plan import Plan, Wanted
from store.search.ranking import Key, Ranked
from store.search.rows import LABEL_GAP
from store.search.sync import Seen

if TYPE_CHECKING:
    from store.library import Library

LINE = 220
"""Code points of a line; longer ones are cut around the first mark."""
_BEFORE = 50
_JUMP = 300


class _Quote(NamedTuple):
    start: int
    end: int
    speaker: str | None


class Placed(NamedTuple):
    """A ranked row with what it is shown as: its kind, the place to jump to, the marks in its body."""

    ranked: Ranked
    kind: Kind
    start: int
    end: int
    marks: tuple[Span, ...]
    speaker: str | None
    key: Key
    tail: str = ""  # what is shown behind the body, since words of it matched


class Shower:
    """Makes hits of ranked rows; `seen` is what other searches have read before."""

    def __init__(self, library: Library, cache: Cache, conditions: Conditions, seen: Seen) -> None:
        self._library = library
        self._cache = cache
        self._conditions = conditions
        self._records, self._articles = seen
        self._shown = 0

    def place(self, ranked: Sequence[Ranked], plan: Plan) -> list[Placed]:
        """Find what each row is shown as, and put them in order; rows that the filters shut out are left out."""
        self._learn_articles({one.candidate.article for one in ranked})
        quotes = self._quotes([one.candidate.n for one in ranked if one.candidate.kind == "text"])
        placed = [found for one in ranked if (found := self._placed(one, quotes, plan)) is not None]
        placed.sort(key=lambda one: one.key)
        return _without_doubles(placed)

    def hits(self, placed: Iterable[Placed], typed: int, why: str = "") -> list[Hit]:
        """Make the hits; `typed` is how many terms the query has, `why` says how they match if the rows do not."""
        return [self._hit(one, why or one.ranked.why(typed)) for one in placed]

    def _learn_articles(self, numbers: set[int | None]) -> None:
        unknown = [number for number in numbers if number is not None and number not in self._articles]
        if not unknown:
            return
        rows = self._cache.rows(
            "SELECT n, id, day FROM articles WHERE n IN (SELECT value FROM json_each(?))", (json.dumps(unknown),)
        )
        self._articles.update({n: (article, _day_number(day)) for n, article, day in rows})

    def _quotes(self, docs: Sequence[int]) -> dict[int, list[_Quote]]:
        conditions = "".join(f" AND {sql}" for sql, _ in self._conditions.quotes)
        values = [value for _, more in self._conditions.quotes for value in more]
        found: dict[int, list[_Quote]] = {}
        for doc, start, end, speaker in self._cache.rows(
            'SELECT doc, start, "end", speaker FROM quotes WHERE doc IN (SELECT value FROM json_each(?))'
            f"{conditions} ORDER BY start",
            (json.dumps(list(docs)), *values),
        ):
            found.setdefault(doc, []).append(_Quote(start, end, speaker))
        return found

    def _placed(self, ranked: Ranked, quotes: dict[int, list[_Quote]], plan: Plan) -> Placed | None:
        row = ranked.candidate
        day = self._articles.get(row.article or 0, ("", 0))[1]
        marks = _joined(places_of(row.body, ranked.words, ranked.positions)) if ranked.positions else ()
        if row.kind != "text":
            kind: Kind = row.kind  # type: ignore[assignment]
            who = row.who if kind == "claim" and row.who else row.body if kind == "speaker" else None
            tail = ""
            if ranked.field == "note" and kind != "article" and not marks:
                tail = f" ({row.note})"
                marks = _marks_in_note(row, plan, len(row.body) + 2)
            return Placed(ranked, kind, row.start, row.end, marks, who, ranked.key(kind, day), tail)
        quote = _quote_of(ranked, _said(row, plan) or marks, quotes.get(row.n, []), plan)
        if quote is None:
            if self._conditions.only_quotes:
                return None
            start, end = _jump(row.start, marks) if marks else (row.start, row.end)
            return Placed(ranked, "text", start, end, marks, None, ranked.key("text", day))
        start, end = _jump(row.start, marks) if marks else (quote.start, quote.end)
        return Placed(ranked, "quote", start, end, marks, quote.speaker, ranked.key("quote", day))

    def _hit(self, placed: Placed, why: str) -> Hit:
        self._shown += 1
        row = placed.ranked.candidate
        article_id = self._articles.get(row.article or 0, ("", 0))[0]
        start, end = placed.start, placed.end
        if row.kind in {"tag", "speaker"}:
            article_id, start, end = self._newest(row)
        article = self._article(article_id)
        shown_from = max(0, start - row.start) if placed.kind == "quote" and not placed.marks else 0
        line, marks = shorten(row.body + placed.tail, placed.marks, shown_from)
        return Hit(
            kind=placed.kind,
            article=article_id,
            start=start,
            end=end,
            line=line,
            marks=marks,
            title=article.title if article else "",
            outlet=article.outlet if article else None,
            speaker=placed.speaker,
            tags=tuple(row.labels.split(LABEL_GAP)) if row.labels else (),
            published=article.published if article else None,
            published_inferred=bool(article and article.published and article.published_inferred),
            score=round(1 / self._shown, 6),
            why=why,
            claim=row.id or None,
        )

    def _newest(self, row: Candidate) -> tuple[str, int, int]:
        """Find the newest claim of a tag, or the newest quote of a speaker."""
        sql = (
            'SELECT d.article, d.start, d."end" FROM tagged t JOIN docs d ON d.n = t.doc WHERE t.tag = ? '
            "ORDER BY t.doc DESC LIMIT 1"
            if row.kind == "tag"
            else 'SELECT article, start, "end" FROM quotes WHERE speaker = ? ORDER BY doc DESC LIMIT 1'
        )
        for number, start, end in self._cache.rows(sql, (row.body,)):
            self._learn_articles({number})
            return self._articles.get(number, ("", 0))[0], start, end
        return "", 0, 0

    def _article(self, article_id: str) -> Article | None:
        if article_id not in self._records:
            try:
                self._records[article_id] = self._library.article(article_id) if article_id else None
            except LibraryError:
                self._records[article_id] = None
        return self._records[article_id]


def _day_number(day: str | None) -> int:
    digits = (day or "").replace("-", "")
    return int(digits) if digits.isdigit() else 0


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _marks_in_note(row: Candidate, plan: Plan, offset: int) -> tuple[Span, ...]:
    wanted = [one for group in plan.groups for one in group]
    return tuple((start + offset, end + offset) for start, end in _marks(row.note, row.folded[-1], wanted))


def _said(row: Candidate, plan: Plan) -> tuple[Span, ...]:
    """Give the words of a paragraph that answer `quote:`, and so must stand in one."""
    wanted = [one for group in plan.groups for one in group if one.term.columns]
    return _marks(row.body, row.folded[0], wanted) if wanted and row.folded else ()


def _marks(text: str, folded: str, wanted: Iterable[Wanted]) -> tuple[Span, ...]:
    printed = folded.split(" ")
    answers = [one.answer(printed) for one in wanted]
    positions = sorted({at for answer in answers if answer is not None for at in answer[1]})
    return _joined(places_of(text, printed, positions))


def _jump(offset: int, marks: Sequence[Span]) -> Span:
    first, last = marks[0], marks[-1]
    end = last[1] if last[1] - first[0] <= _JUMP else first[1]
    return offset + first[0], offset + end


def _quote_of(ranked: Ranked, marks: Sequence[Span], quotes: Sequence[_Quote], plan: Plan) -> _Quote | None:
    """Find the quote that the marked words stand in, or, with none marked, the one whose speaker answers."""
    offset = ranked.candidate.start
    if marks:
        first, last = offset + marks[0][0], offset + marks[-1][1]
        around = [quote for quote in quotes if quote.start <= first and last <= quote.end]
        named = [quote for quote in around if _names(quote, plan)]
        return next(iter(named or around), None)
    return next(iter([quote for quote in quotes if _names(quote, plan)] or quotes), None)


def _names(quote: _Quote, plan: Plan) -> bool:
    printed = [word.text for word in words(quote.speaker or "")]
    return any(wanted.answer(printed) is not None for group in plan.groups for wanted in group)


def _without_doubles(placed: list[Placed]) -> list[Placed]:
    """Leave out the words that stand in a claim which is shown anyway."""
    claims: dict[int | None, list[Span]] = {}
    for one in placed:
        if one.kind == "claim":
            claims.setdefault(one.ranked.candidate.article, []).append((one.start, one.end))
    return [
        one
        for one in placed
        if one.kind not in {"text", "quote"}
        or not any(start <= one.start and one.end <= end for start, end in claims.get(one.ranked.candidate.article, ()))
    ]


def shorten(body: str, marks: Sequence[Span], shown_from: int = 0) -> tuple[str, tuple[Span, ...]]:
    """Give a body as one line of at most `LINE` code points around the first mark, and the marks in it."""
    line = body.replace("\n", " ")
    if len(line) <= LINE and not shown_from:
        return line, tuple(marks)
    begin = max(0, (marks[0][0] - _BEFORE) if marks else shown_from)
    if begin:
        space = line.find(" ", begin)
        first = marks[0][0] if marks else len(line)
        begin = space + 1 if marks and 0 <= space < first else begin
    if begin and not marks and begin < len(line):
        cut = line[begin : begin + LINE]
        return f"…{cut}{'…' if begin + LINE < len(line) else ''}", ()
    if begin + LINE > len(line):
        begin = begin if begin else 0
    end = min(len(line), begin + LINE)
    head, tail = ("…" if begin else ""), ("…" if end < len(line) else "")
    shift = len(head) - begin
    kept = tuple((start + shift, min(stop, end) + shift) for start, stop in marks if start < end)
    return f"{head}{line[begin:end]}{tail}", kept
