"""What a person types into the search box, read without ever being an error.

    bases · "Russian bases" · speaker:sharaa tag:bases after:2025-10 · outlet:tass,ria -tag:economy · putin OR lavrov

All words must match; a comma or OR between them gives a choice; `-` (or `!`) excludes; a leading `'` asks for the very
word; `claim:`, `quote:` and `note:` take words that must stand there. What cannot be read is searched as words and a
hint says so, since search runs while a person types.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from store.search.fold import words

FIELDS = (
    "after", "before", "by", "claim", "has", "in", "is", "lang", "note", "on", "outlet", "quote", "said", "speaker",
    "status", "tag", "title", "verdict",
)  # fmt: skip
PLACES = {"claim": ("body",), "note": ("note",), "quote": ("body",)}
"""The fields that take words to look for, and the column they must stand in."""

_DATES = ("after", "before", "on", "said")
_CHOICES = {
    "in": ("claim", "note", "quote", "speaker", "tag", "text", "title"),
    "is": (
        "altered", "ambiguous", "direct", "disputed", "doubtful", "edited", "exact", "false", "indirect", "inferred",
        "mixed", "moved", "open", "orphan", "read", "starred", "supported", "unchecked", "unclear", "unread",
    ),
    "has": ("claim", "date", "note", "quote", "said", "speaker", "tag", "url"),
    "verdict": ("disputed", "false", "none", "open", "supported", "unclear"),
}  # fmt: skip

_PIECE = re.compile(r"""\s*(?P<minus>[-!](?=\S))?(?:(?P<field>[^\W\d_]+):)?(?P<value>(?:"[^"]*(?:"|$)|[^\s"])*)""")
_PART = re.compile(r'"(?P<quoted>[^"]*)(?P<closed>"?)|(?P<comma>(?<!\d),|,(?!\d))|(?P<bare>(?:[^",]|(?<=\d),(?=\d))+)')
_DATE = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?-?")


@dataclass(frozen=True, slots=True)
class Term:
    """Folded words that must stand together in this order (`phrase`), or one word.

    `prefix`: the last word may be the beginning of a longer one, as it is still being typed. `exact`: no typos.
    `columns`: where the words must stand (nothing: anywhere).
    """

    words: tuple[str, ...]
    phrase: bool = False
    prefix: bool = False
    exact: bool = False
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """A field and its values, any of which will do; `negated` when none may."""

    field: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A query as understood: each of `groups` needs one of its terms, none of `excluded` may match.

    `hints` are lines for the person about what was not understood.
    """

    groups: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()
    hints: tuple[str, ...] = ()

    def of(self, name: str) -> tuple[Filter, ...]:
        """Give the filters on one field."""
        return tuple(one for one in self.filters if one.field == name)

    def __bool__(self) -> bool:
        """Tell whether there is anything to look for."""
        return bool(self.groups or self.filters or self.excluded)


@dataclass(slots=True)
class _Reader:
    groups: list[tuple[Term, ...]] = field(default_factory=list)
    excluded: list[Term] = field(default_factory=list)
    filters: list[Filter] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    before: str = ""  # what stood last: `words`, or the field of a filter
    joined: bool = False  # the last word was OR

    def piece(self, minus: bool, name: str | None, value: str, last: bool) -> None:
        """Take one piece of the query: a filter, a phrase or words."""
        if name is not None and name.lower() in FIELDS:
            self.filter(name.lower(), value, minus, last)
        elif name is not None and value and not value.startswith("//"):
            self.hints.append(f"no field “{name}:”, searched as words; fields: {', '.join(FIELDS)}")
            self.words(minus, f"{name} {value}", last)
        elif value == "OR" and name is None and not minus:
            self.joined = bool(self.before)
        else:
            self.words(minus, f"{name} {value}" if name else value, last)

    def words(self, minus: bool, value: str, last: bool, columns: tuple[str, ...] = ()) -> None:
        """Take words: a choice between the parts that commas divide, phrases where they are quoted."""
        parts = _parts(value)
        if minus:
            self.excluded += [term for part, quoted in parts for term in _terms(part, quoted, False)]
            self.joined, self.before = False, ""
            return
        choices = [_terms(part, quoted, last and at == len(parts) - 1) for at, (part, quoted) in enumerate(parts)]
        choices = [terms for terms in choices if terms]
        if len(choices) > 1:  # in a choice each side is one thing, so words that belong together stay a phrase
            flat = [tuple(word for term in terms for word in term.words) for terms in choices]
            group = tuple(
                Term(one, phrase=len(one) > 1, prefix=terms[-1].prefix, exact=terms[-1].exact)
                for one, terms in zip(flat, choices, strict=True)
            )
            self._add([group], columns)
        elif choices:
            self._add([(term,) for term in choices[0]], columns)

    def _add(self, groups: list[tuple[Term, ...]], columns: tuple[str, ...]) -> None:
        if columns:
            groups = [tuple(replace(term, columns=columns) for term in group) for group in groups]
        if self._joins("words") and self.groups[-1][0].columns == columns:
            self.groups[-1] += groups.pop(0)
        self.groups += groups

    def _joins(self, what: str) -> bool:
        """Tell whether an OR joins `what` to the same before it, and remember it for the next OR."""
        joined = self.joined and self.before == what
        if self.joined and not joined:
            self.hints.append("OR stands between words, or between values of one field; read as “and” here")
        self.joined, self.before = False, what
        return joined

    def filter(self, name: str, typed: str, minus: bool, last: bool) -> None:
        """Take a filter; values that mean nothing are left out with a hint."""
        name = "is" if name == "status" else name
        values = [part for part, _ in _parts(typed)]
        if name in PLACES:
            values = [part.removesuffix("…") for part in values if words(part)]
            if values and not minus:
                self.words(False, typed, last, PLACES[name])
                self.before = "words"
            if values:
                self.filters.append(Filter(name, tuple(values), minus))
            return
        good = []
        for value in values:
            known = _CHOICES.get(name)
            if known and (begun := [one for one in known if one.startswith(value.lower())]):
                good.append(value.lower() if value.lower() in known else begun[0])
            elif known:
                self.hints.append(f"“{name}:{value}” is unknown; known: {', '.join(known)}")
            elif name not in _DATES:
                good.append(value)
            elif days := day_range(value):
                good.append(f"{days[0]}/{days[1]}")
            else:
                self.hints.append(
                    f"“{name}:{value}” is no date; write {name}:2026, {name}:2026-01 or {name}:2026-01-28"
                )
        if good and not minus and self._joins(name):
            self.filters[-1] = replace(self.filters[-1], values=(*self.filters[-1].values, *good))
        elif good:
            self.filters.append(Filter(name, tuple(good), minus))
            self.before = "" if minus else name


def parse(text: str) -> Query:
    """Read a query. Never raises, whatever is typed."""
    reader = _Reader()
    pieces = [match for match in _PIECE.finditer(text) if match[0].strip()]
    for at, match in enumerate(pieces):
        last = at == len(pieces) - 1 and not text[-1:].isspace()
        reader.piece(match["minus"] is not None, match["field"], match["value"], last)
    groups = [group for at, group in enumerate(reader.groups) if not _is_article(group) or at == len(reader.groups) - 1]
    return Query(tuple(groups), tuple(reader.excluded), tuple(reader.filters), tuple(dict.fromkeys(reader.hints)))


def _is_article(group: tuple[Term, ...]) -> bool:
    """Tell the article of an Arabic name written apart, as in `al Sharaa`: folding drops it where it is joined."""
    return len(group) == 1 and not group[0].phrase and group[0].words in {("al",), ("el",)}


def _parts(value: str) -> list[tuple[str, bool]]:
    """Give the parts that commas divide, each with whether it was quoted; an open quote counts, and is still typed."""
    found = []
    for match in _PART.finditer(value):
        if match["quoted"] is not None and match["quoted"].strip():
            found.append((match["quoted"] + ("" if match["closed"] else "…"), True))
        elif match["bare"] and match["bare"].strip():
            found.append((match["bare"].strip(), False))
    return found


def _terms(part: str, quoted: bool, last: bool) -> list[Term]:
    exact = part.startswith("'") and not quoted
    folded = [word.text for word in words(part)]
    folded = [word for at, word in enumerate(folded) if word not in {"al", "el"} or at == len(folded) - 1]
    if not folded:
        return []
    if quoted:
        return [Term(tuple(folded), phrase=True, prefix=last and part.endswith("…"), exact=True)]
    whole = part[-1:].isalnum() or part[-1:] in "'’"
    return [
        Term((word,), prefix=last and whole and not exact and at == len(folded) - 1, exact=exact)
        for at, word in enumerate(folded)
    ]


def day_range(text: str) -> tuple[str, str] | None:
    """Give the first and the last day of a year, a month or a day as `YYYY-MM-DD`; None when it is no date."""
    match = _DATE.fullmatch(text)
    if not match:
        return None
    year, month, day = match[1], int(match[2] or 0), int(match[3] or 0)
    if month > 12 or day > 31:
        return None
    return f"{year}-{month or 1:02}-{day or 1:02}", f"{year}-{month or 12:02}-{day or 31:02}"
