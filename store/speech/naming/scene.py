"""The article told once from its beginning to its end: each source is resolved where it stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from msgspec import Struct

from store.model import SpeakerKind
from store.speech.naming import lists
from store.speech.naming.bodies import Body
from store.speech.naming.cast import Cast
from store.speech.naming.person import Person
from store.speech.naming.salience import SPEAKER, SUBJECT, Key, Salience, weight

_SUBJECTS = {"he": "m", "she": "f"}
_OTHERS = {"him": "m", "his": "m", "himself": "m", "her": "f", "hers": "f", "herself": "f"}


_CALLED = 8
_DETERMINERS = frozenset({"a", "an", "its", "his", "her", "their", "written", "joint"})


class Found(Struct, frozen=True, gc=False):
    """Who a source is: a key into the cast (None: nobody that has a name), how sure, and why in words."""

    key: Key | None
    kind: SpeakerKind
    confidence: float
    why: str


class Scene:
    """The moving point of view: what has been mentioned so far, and who spoke last."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.reading = cast.reading
        self.salience = Salience()
        self.spoken: list[tuple[Key, int]] = []  # who spoke, and at which word
        self.subjects: list[tuple[Key, int]] = []  # who was the subject of a clause, and at which word
        self.nameless: list[tuple[str, bool]] = []  # unnamed sources: gender, plural
        self.documents: dict[str, Key] = {}  # "statement" → who issued it
        self.named: dict[Key, int] = {}  # who → the word where last called by name
        self.called: dict[str, dict[Key, None]] = {}  # noun → the bodies it may call back, the last named last
        self.speakers: set[Key] = set()
        self._at = self._seen = 0
        self._places = _places(cast)
        self.inner: bytearray = bytearray(len(self.reading.words) + 1)  # words inside reported content

    def advance(self, index: int, subject: Callable[[int], Found | None]) -> None:
        """Take in all mentions before word `index`; `subject` says who "The minister" is that opens a sentence."""
        reading, runs = self.reading, self.cast.runs
        places = self._places
        self._seen = bisect_left(places, self._at, self._seen)
        while self._seen < len(places) and places[self._seen] < index:
            at = places[self._seen]
            self._seen += 1
            run = runs.get(at)
            if run is not None:
                person, body = self.cast.person_at(at), self.cast.body_at(at)
                if person is not None:
                    self.named["p", person.number] = at
                    self._mention(("p", person.number), weight(reading, run), at)
                elif body is not None:
                    self.named["b", body.number] = at
                    self._callable(body)
                    self._mention(("b", body.number), weight(reading, run), at)
            elif reading.low[at] in _SUBJECTS and not reading.quoted[at]:
                self._pronoun(at, _SUBJECTS[reading.low[at]], SUBJECT)
            elif reading.low[at] in _OTHERS and not reading.quoted[at]:
                self._pronoun(at, _OTHERS[reading.low[at]], 30.0)
            elif not reading.quoted[at]:
                found = subject(at)
                if found is not None and found.key is not None:
                    self._mention(found.key, SUBJECT, at)
        self._at = max(self._at, index)

    @property
    def at(self) -> int:
        """Give the word up to which the article has been told."""
        return self._at

    def value(self, key: Key, sentence: int) -> float:
        """Give how much `key` is in mind as seen from `sentence`."""
        return self.salience.value(key, sentence)

    def ranked(self, sentence: int) -> list[tuple[float, Key]]:
        """Give everybody in mind, most first."""
        return self.salience.ranked(sentence)

    def skip(self, index: int) -> None:
        """Go past the words before `index` without taking them in."""
        self._at = max(self._at, index)

    def _callable(self, body: Body) -> None:
        key: Key = ("b", body.number)
        for noun in body.nouns:
            held = self.called.setdefault(noun, {})
            held.pop(key, None)
            held[key] = None
            if len(held) > _CALLED:
                del held[next(iter(held))]

    def _mention(self, key: Key, strength: float, at: int) -> None:
        if self.inner[at]:
            strength *= 0.6
        self.salience.add(key, strength, self.reading.sent[at])
        if strength >= SUBJECT:
            self.subjects.append((key, at))

    def _pronoun(self, at: int, gender: str, strength: float) -> None:
        key, _, _ = self.antecedent(at, gender)
        if key is not None:
            self._mention(key, strength, at)

    def antecedent(self, at: int, gender: str) -> tuple[Key | None, float, float]:
        """Give the best single person for a pronoun of this gender at word `at`, its weight and the next best's."""
        best: list[tuple[float, Key]] = []
        for value, key in self.salience.ranked(self.reading.sent[at]):
            fit = self.fit(key, gender)
            if fit:
                place = self.named.get(key)
                here = place is not None and self.reading.para[place] == self.reading.para[at]
                best.append((value * fit * (1.2 if here else 1.0), key))
        best.sort(key=lambda pair: -pair[0])
        if not best:
            return None, 0.0, 0.0
        return best[0][1], best[0][0], best[1][0] if len(best) > 1 else 0.0

    def fit(self, key: Key, gender: str) -> float:
        """Give how well a pronoun of this gender ("m", "f", "it", "they") fits: 0 not at all, 1 well."""
        sort, number = key
        if sort == "p":
            if gender not in ("m", "f"):
                return 0.0
            person = self.person(key)
            return _match(person.gender, gender, 0.4 if person.lean not in ("", gender) else 0.7)
        if sort == "b":
            silent = self.body(key).place and key not in self.speakers
            return 0.0 if silent else {"it": 1.0, "they": 0.6}.get(gender, 0.0)
        known, plural = self.nameless[number]
        if plural or gender not in ("m", "f"):
            return float(gender == "they")
        return _match(known, gender, 0.75)

    def person(self, key: Key) -> Person:
        """Give the person behind a "p" key."""
        return self.cast.people.persons[key[1]]

    def body(self, key: Key) -> Body:
        """Give the body behind a "b" key."""
        return self.cast.bodies.bodies[key[1]]

    def name(self, key: Key) -> str:
        """Give the canonical name behind a key."""
        return self.person(key).name if key[0] == "p" else self.body(key).name

    def lately(self, key: Key, at: int) -> float:
        """Weigh how lately somebody was last called by name: 1.5 in the same sentence, half of it in the next."""
        named = self.named.get(key)
        return 0.0 if named is None else 1.5 / (1 + max(0, self.reading.sent[at] - self.reading.sent[named]))

    def where(self, key: Key) -> str:
        """Give the paragraph in which somebody was last called by name, as "¶3"."""
        thing = self.person(key) if key[0] == "p" else self.body(key)
        return f"¶{self.reading.para[self.named.get(key, thing.mentions[0][0])] + 1}"

    def stranger(self, gender: str, plural: bool) -> Key:
        """Give a key for a source without a name, so that a later "he" can mean it."""
        self.nameless.append((gender, plural))
        return ("u", len(self.nameless) - 1)

    def issued(self, key: Key, first: int, last: int) -> None:
        """Remember the documents in which `key` spoke: "said in a statement" in words `first` to `last`."""
        low, documents = self.reading.low, lists.words("documents")
        for index in range(max(1, first), min(last, len(low))):
            if low[index] in documents and not self.reading.quoted[index] and low[index - 1] in _DETERMINERS:
                self.documents[low[index]] = key

    def spoke(self, key: Key, at: int) -> None:
        """Remember that `key` spoke at word `at`."""
        at = min(at, len(self.reading.words) - 1)
        weight_here = SPEAKER * (0.5 if self.reading.quoted[at] else 1.0)
        self.salience.add(key, weight_here, self.reading.sent[at])
        self.named[key] = at
        if key[0] == "b":
            self._callable(self.body(key))
        self.spoken.append((key, at))
        self.speakers.add(key)
        self.subjects.append((key, at))


def _places(cast: Cast) -> list[int]:
    """Give the words at which somebody may be mentioned: runs, pronouns, the "The" of a role that opens a sentence."""
    reading, told = cast.reading, _SUBJECTS.keys() | _OTHERS.keys() | {"the"}
    small = {i for i, low in enumerate(reading.low) if low in told and (low != "the" or reading.opens[i])}
    return sorted(small | cast.runs.keys())


def _match(known: str, gender: str, unsure: float) -> float:
    """Weigh a known gender against a pronoun's: 1 the same, 0 the other, `unsure` where it is not known."""
    return 1.0 if known == gender else 0.0 if known else unsure
