"""Bodies of an article: states, parties, ministries, companies, outlets, and what calls them back ("the bank")."""

from __future__ import annotations

from dataclasses import dataclass, field

from store.speech.naming import lists
from store.speech.naming.nouns import known_noun, singular
from store.speech.naming.reading import Reading
from store.speech.naming.runs import Run

_MINOR = frozenset({"of", "the", "for", "and", "on", "to", "in", "&"})
_PAPERS = frozenset({"times", "post", "journal", "herald", "tribune", "gazette", "telegraph", "chronicle", "guardian"})
_NEAR, _REACH = 24, 7


@dataclass(slots=True)
class Body:
    """A body under construction: its name, the nouns that may call it back, its mentions (word spans)."""

    number: int
    name: str
    words: tuple[str, ...]
    nouns: set[str] = field(default_factory=set)
    mentions: list[tuple[int, int]] = field(default_factory=list)
    place: bool = False  # a town or a region, not a state, or a platform: it is told of and seldom speaks


class Bodies:
    """All bodies of an article."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.bodies: list[Body] = []
        self.of_run: dict[int, Body] = {}  # first word of a run → its body
        self.small_heads: dict[int, Body] = {}  # head word of a body named in small letters → the body
        self._by_name: dict[str, Body] = {}
        self._by_last: dict[str, list[Body]] = {}
        self._short: dict[str, Body] = {}
        self._by_first: dict[str, Body] = {}  # "Norrland" → Norrland Paper

    def gather(self, runs: list[Run], taken: set[int], headlines: frozenset[int]) -> None:
        """File every run that names a body or a place; `taken` are the runs that name people."""
        kept = [run for run in runs if run.first not in taken and run.kind in ("body", "place", "single", "thing")]
        for run in kept:
            if run.kind in ("body", "place"):
                self._take(run)
        for run in kept:
            plain = run.last - run.first == 1 and self.common(run.first)
            if run.kind in ("single", "thing") and not plain and self.reading.para[run.first] not in headlines:
                self._small(run)

    def add(self, name: str, first: int, last: int, noun: str) -> Body:
        """File a body that is named in small letters: "Clinton campaign"."""
        body = self._by_name.get(lists.fold(name)) or self._new(name)
        body.nouns.add(noun)
        body.mentions.append((first, last))
        self.of_run.setdefault(first, body)
        return body

    def _take(self, run: Run) -> None:
        reading = self.reading
        name = bare(reading.span(run.first, run.last))
        body = self._by_name.get(lists.fold(name)) or (self._short.get(lists.fold(name)) if name.isupper() else None)
        if body is None and run.kind == "body":
            body = self._longer(name)
        if body is None:
            body = self._new(self._with_article(run, name))
            body.nouns |= _nouns(name, run.kind)
            body.place = run.kind == "place" and lists.countries().get(lists.fold(name)) != name
            body.place |= lists.fold(name) in lists.group("platforms")
            if run.kind == "body" and len(body.words) > 1 and not self.common(run.first):
                self._by_first.setdefault(body.words[0], body)
            acronym = self._acronym(run)
            if acronym:
                self._short[lists.fold(acronym)] = body
        body.nouns |= self._beside(run)
        body.mentions.append((run.first, run.last))
        self.of_run[run.first] = body

    def _small(self, run: Run) -> None:
        """Give a short form or a name that shows no noun: kept as a body when it is known or written in capitals."""
        reading = self.reading
        name = reading.span(run.first, run.last)
        body = self._by_name.get(lists.fold(name)) or self._short.get(lists.fold(name))
        if body is None:
            body = self._longer(name) if run.the else self._by_first.get(lists.fold(name))
        if body is None:
            body = self._new(name)
            body.place = lists.fold(name) in lists.group("platforms")
        body.nouns |= self._beside(run)
        body.mentions.append((run.first, run.last))
        self.of_run[run.first] = body

    def common(self, index: int) -> bool:
        """Tell whether the word says what people are (American, Democrats), and names no body."""
        low, word = self.reading.low[index], self.reading.words[index]
        if "-" in word and word.rpartition("-")[2].islower():
            return True
        if low in lists.group("adjectives") or low in lists.group("national-nouns"):
            return True
        return low in lists.demonyms() or low.rstrip("s") in lists.demonyms() or known_noun(singular(low)[0])

    def _new(self, name: str) -> Body:
        words = tuple(lists.fold(word) for word in bare(name).split())
        body = Body(len(self.bodies), name, words)
        self.bodies.append(body)
        self._by_name[lists.fold(bare(name))] = body
        if words:
            self._by_last.setdefault(words[-1], []).append(body)
        initials = "".join(word[0] for word in words if word not in _MINOR)
        if len(initials) > 1:
            self._short.setdefault(initials, body)
        return body

    def _beside(self, run: Run) -> set[str]:
        """Give the nouns beside a name: "drugmaker Helvara", "the chain, Goldfields,", "Goldfields, a chain"."""
        reading, out = self.reading, set[str]()
        before = run.first - 1
        if before > 0 and reading.para[before] == reading.para[run.first] and reading.gap(run.first) in (" ", ", "):
            out.add(reading.low[before])
        step, size = run.last, len(reading.words)
        if step < size and reading.gap(step) == ", " and reading.low[step] in ("a", "an", "the", "its", "which"):
            found = set()
            while step + 1 < min(size, run.last + _REACH) and reading.joined(step + 1):
                step += 1
                if reading.low[step] in ("of", "in", "for", "that", "which", "with"):
                    break
                if reading.low[step] in lists.words("past_verbs"):  # "In Tarn, the bank said": no apposition
                    return out & lists.words("bodies")
                found.add(reading.low[step])
            out |= found
        return out & lists.words("bodies")

    def _with_article(self, run: Run, name: str) -> str:
        """Give the name with its capital "The" where that stands inside a sentence (The Washington Post)."""
        first = run.first
        before = first > 0 and self.reading.words[first - 1] == "The" and not self.reading.opens[first - 1]
        paper = run.last - first == 1 or lists.fold(name).rpartition(" ")[2] in _PAPERS
        kept = before and paper and not name.isupper() and self.reading.joined(first)
        return f"The {name}" if kept else name

    def _longer(self, name: str) -> Body | None:
        """Give the body whose longer name these words stand for: the Security Council, the Times."""
        words = tuple(lists.fold(word) for word in name.split())
        known = self._short.get(words[0]) if len(words) == 1 else None
        if known is not None:
            return known
        for body in reversed(self._by_last.get(words[-1], [])[-_NEAR:]):
            if len(body.words) > len(words) and body.words[-len(words) :] == words:
                return body
        return None

    def _acronym(self, run: Run) -> str:
        """Give the short form in brackets behind the name: (AROS)."""
        after = self.reading.text[self.reading.ends[run.last - 1] : self.reading.ends[run.last - 1] + 14]
        inner = after.lstrip(" ")
        if inner.startswith("(") and ")" in inner:
            word = inner[1 : inner.index(")")].strip("\"'“”‘’")
            if 1 < len(word) < 10 and word.isalpha() and sum(char.isupper() for char in word) > 1:
                return word
        return ""


def bare(name: str) -> str:
    """Give the name without its article."""
    return name[4:] if name[:4] in ("The ", "the ") else name


def _nouns(name: str, kind: str) -> set[str]:
    """Give the small nouns that may call this name back: "the bank", "the ministry", "the network"."""
    if kind == "place":
        return {"country", "government", "nation"} if lists.fold(name) in lists.countries() else set()
    words = [lists.fold(word) for word in name.split()]
    known = lists.outlets().get(" ".join(words))
    if known:
        return {known, "outlet", "channel", "paper"} if known in ("network", "newspaper") else {known, "outlet"}
    bodies = lists.words("bodies")
    nouns = {words[-1], words[0]} & bodies
    if len(words) > 1 and not nouns:
        nouns = {word for word in words if word in bodies}
    if words[-1] in _PAPERS:
        nouns |= {"newspaper", "paper", "outlet"}
    if words[-1] in (
        "inc",
        "corp",
        "ltd",
        "plc",
        "llc",
        "co",
        "motors",
        "airlines",
        "technologies",
        "holdings",
        "ag",
        "sa",
    ):
        nouns |= {"company", "firm", "group", "manufacturer", "maker"}
    if words[-1] == "motors":
        nouns |= {"carmaker", "automaker"}
    if words[-1] in ("radio", "tv", "television", "news", "broadcasting"):
        nouns |= {"broadcaster", "station", "channel", "outlet"}
    if words[-1] == "bank":
        nouns.add("lender")
    if words[-1] in ("agency", "bureau", "office", "department", "administration", "service"):
        nouns |= {"agency", "department", "office", "bureau"}
    if words[-1] in (
        "institute",
        "foundation",
        "association",
        "society",
        "union",
        "alliance",
        "watch",
        "center",
        "centre",
    ):
        nouns |= {"organisation", "organization", "group", "institute", "ngo"}
    return nouns
