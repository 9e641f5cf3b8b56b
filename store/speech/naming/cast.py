"""Everybody an article names, gathered before any source is resolved."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from store.model import Span
from store.speech.naming import lists, roles, runs
from store.speech.naming.bodies import Bodies, Body
from store.speech.naming.nouns import known_noun
from store.speech.naming.people import People
from store.speech.naming.person import Person
from store.speech.naming.reading import Reading

_LEFT_OUT = lists.group("no-bodies")


_ROLE_STOPS = lists.group("role-stops") | lists.group("determiners") | {"and"}
_OF_STATES = frozenset(
    {"army", "embassy", "military", "ministry", "navy", "parliament"}
)  # "the Polish foreign ministry"
_BEARERS = 40  # keeps the work linear in a text of nothing but senators
_HEADLINE = 30  # words
_DASHES = "-–—"  # "— Ada Quill": a name under a quotation
_GIVEN = 3  # words before a name that somebody gave
_TITLE_SMALL = lists.group("title-small")
_BREAKS = lists.group("noun-breaks")
_ONE = frozenset({"a", "an", "another", "one"})


def given_as(reading: Reading, index: int) -> bool:
    """Tell whether a name is what a source calls itself: "identified herself as", "gave his name only as"."""
    if index < _GIVEN or reading.low[index - 1] != "as":
        return False
    return not {"himself", "herself", "name"}.isdisjoint(reading.low[index - _GIVEN : index - 1])


class Cast:
    """The reading of a text with its runs, people, bodies and the nouns by which each may be called back."""

    def __init__(
        self, text: str, paragraphs: Sequence[Span], quoted: Iterable[Span], sources: Iterable[Span] = ()
    ) -> None:
        self.reading = Reading(text, paragraphs, quoted)
        found = runs.find(self.reading)
        self.headlines = self._headlines()
        self.people = People(self.reading)
        self.speaking = speaking = self._speaking(found, sources)
        full = self.people.take_full(found, self.headlines)
        roles.gather(self.reading, full, self.people, {run.first: run for run in found})
        rest = self.people.take_rest(found, self.headlines, speaking)
        found = self._split_headlines(found)
        self.runs = {run.first: run for run in found}
        self.covering = {index: run for run in found for index in range(run.first, run.last)}
        roles.gather(self.reading, rest, self.people, self.runs)
        self._by_office()
        self._pronoun_votes()
        self.bodies = Bodies(self.reading)
        self.bodies.gather(found, set(self.people.of_run), self.headlines)
        self._small_bodies()
        self.with_role: dict[str, list[Person]] = {}
        for person in sorted(self.people.persons, key=lambda one: one.first_seen):
            for head in {head for role in person.roles for head in role.heads}:
                self.with_role.setdefault(head, []).append(person)
        self.newcomers = self._newcomers()

    def _speaking(self, found: list[runs.Run], sources: Iterable[Span]) -> frozenset[int]:
        """Give the runs (by their first word) that are a whole source, or a name that somebody gave."""
        reading = self.reading
        whole = {reading.at(start): reading.at(end - 1) + 1 for start, end in sources}
        bodies = {reading.low[run.first] for run in found if run.kind == "body" and run.last - run.first > 1}
        sole = {run.first for run in found if whole.get(run.first) == run.last and reading.low[run.first] not in bodies}
        return frozenset(sole | {run.first for run in found if given_as(reading, run.first)})

    def person_at(self, first: int) -> Person | None:
        """Give the person named by the run that begins at word `first`."""
        return self.people.of_run.get(first)

    def bearers(self, head: str, index: int) -> list[Person]:
        """Give the people of this role, as far as they came in last before word `index` or come soon after it."""
        known = self.with_role.get(head, [])
        place = bisect_right(known, index, key=lambda one: one.first_seen)
        return known[max(0, place - _BEARERS) : place + 2]

    def body_at(self, first: int) -> Body | None:
        """Give the body named by the run that begins at word `first`."""
        return self.bodies.of_run.get(first)

    def campaign(self, owner: str, noun: str, first: int, last: int) -> Body:
        """Give the body somebody owns: "his campaign" → "Clinton campaign"."""
        return self.bodies.add(f"{owner} {noun}", first, last, noun)

    def _split_headlines(self, found: list[runs.Run]) -> list[runs.Run]:
        """Find the known names inside the long runs of headlines."""
        out: list[runs.Run] = []
        for run in found:
            if (
                self.reading.para[run.first] in self.headlines
                and run.first not in self.people.of_run
                and run.kind != "body"
            ):
                out += self.people.pick_out(run)
            else:
                out.append(run)
        return out

    def _pronoun_votes(self) -> None:
        """Let "he" and "she" tell the gender of somebody who alone was named before in a paragraph."""
        reading, paragraph = self.reading, -1
        named: set[int] = set()
        said = {index for index, low in enumerate(reading.low) if low in ("he", "she")}
        for index in sorted(said | self.people.of_run.keys()):
            low = reading.low[index]
            if reading.para[index] != paragraph:
                paragraph, named = reading.para[index], set()
            if reading.quoted[index]:
                continue
            person = self.people.of_run.get(index)
            if person is not None:
                named.add(person.number)
            elif low in ("he", "she") and len(named) == 1:
                alone = self.people.persons[next(iter(named))]
                if not alone.gender or abs(alone.man - alone.woman) < 2:
                    alone.man += 0.6 * (low == "he")
                    alone.woman += 0.6 * (low == "she")

    def _by_office(self) -> None:
        """Give their full names to people whom the article calls by office and surname alone: President Obama."""
        for person in self.people.persons:
            if len(person.full) == 1:
                heads = sorted({head for role in person.roles for head in role.heads})
                names = (lists.office_holders().get((head, lists.fold(person.full[0]))) for head in heads)
                person.known = next((name for name in names if name), ())

    def _headlines(self) -> frozenset[int]:
        """Paragraphs written in title case: what is capital there may be no name."""
        reading, out = self.reading, set()
        ends = [*reading.first[1:], len(reading.words)] if reading.first else []
        for index, (first, last) in enumerate(zip(reading.first, ends, strict=True)):
            if last - first > _HEADLINE or reading.text[reading.paragraphs[index][0]] in _DASHES:
                continue
            words = [
                word for word in reading.words[first:last] if word[0].isalpha() and word.lower() not in _TITLE_SMALL
            ]
            small = sum(word.islower() for word in words)
            if len(words) > 2 and small <= len(words) // 8:
                out.add(index)
        return frozenset(out)

    def _small_bodies(self) -> None:
        """Bodies whose noun is written small: "the Clinton campaign", "Russian defence ministry"."""
        reading, nouns = self.reading, lists.words("bodies")
        size = len(reading.words)
        for run in list(self.runs.values()):
            index = run.last
            if run.possessive or run.kind == "body":
                continue
            national = self.bodies.common(run.first)
            if national and (self.reading.low[run.first] not in lists.demonyms() or not run.the):
                continue
            for step in range(index, min(size, index + 3)):
                if not reading.joined(step) or reading.capital(step):
                    break
                low = reading.low[step]
                if low in _ROLE_STOPS:
                    break
                if low in (_OF_STATES if national else nouns) and low not in _LEFT_OUT:
                    self._small_body(run, step, low)
                    break
                if known_noun(low):
                    break

    def _small_body(self, run: runs.Run, head: int, noun: str) -> None:
        reading = self.reading
        person = self.person_at(run.first)
        start = run.name if person is not None else run.first
        if person is not None and head != run.last:
            return
        body = self.bodies.add(reading.span(start, head + 1), start, head + 1, noun)
        self.bodies.small_heads[head] = body

    def _newcomers(self) -> dict[str, list[int]]:
        """Give where a noun brings in somebody without a name: "a young woman" (noun → words)."""
        reading = self.reading
        out: dict[str, list[int]] = {}
        size = len(reading.words)
        for index in [i for i, low in enumerate(reading.low) if low in _ONE]:
            head = -1
            for step in range(index + 1, min(size, index + 5)):
                if not (reading.joined(step) or reading.gap(step) == "-") or reading.low[step] in _BREAKS:
                    break
                if step in self.runs and self.runs[step].kind in ("person",):
                    head = -1
                    break
                if reading.low[step] in lists.gendered("roles") or reading.low[step] in lists.words("described"):
                    head = step
            if head > 0 and not self._apposed(index, head):
                out.setdefault(reading.low[head], []).append(index)
        return out

    def _apposed(self, first: int, head: int) -> bool:
        """Tell whether "a strategist" stands beside a name: "Kevin Madden, a strategist"."""
        reading = self.reading
        after = head + 1
        if after in self.runs and self.runs[after].kind in ("person", "single"):
            return reading.gap(after).strip() in (",", "")
        if first and reading.gap(first).strip() in (",", "–", "—", "(") and self._named_before(first - 1):
            return True
        return bool(first > 1 and reading.low[first - 1] in ("is", "was", "as", "became", "be"))

    def _named_before(self, index: int) -> bool:
        reading = self.reading
        for step in range(index, max(-1, index - 6), -1):
            run = self.runs.get(step)
            if run is not None and run.last == index + 1:
                return True
            if reading.words[step].isdigit():
                index = step - 1
        return False
