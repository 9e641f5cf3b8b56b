"""Names in languages that write them with capitals: runs of capital words, and who each is in the article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from msgspec import Struct

from store.model import SpeakerKind
from store.speech.abroad.language import Language
from store.speech.abroad.reading import Line

Words = tuple[int, int]
_BEARERS = 20  # of one last word; keeps the work linear
_BEARERS = 20  # of one last word; keeps the work linear
_JOINS = frozenset({" ", "\u00a0", "-", ". ", "’", "'", "."})
_PATRONYMIC = re.compile(r"(?:ович|евич|ич|овна|евна|ична|івна|ївна)(?:а|у|ем|ы|е|ой|и)?$")
_GERMAN_ROLE = re.compile(
    r".{3,}(?:er|erin|ist|istin|ent|entin|or|orin|chef|chefin|rat|rätin|wart|wartin|loge|login|anwalt|anwältin|beamte"
    r"|beamtin|vorstand|haupt|leute|frau|mann|kanzler|kanzlerin|vorsitzende|vorsitzender|beauftragte|beauftragter)$"
)
_ENDINGS = (  # of surnames in the genitive, and in the nominative
    ("ской", "ская"), ("цкой", "цкая"), ("ского", "ский"), ("цкого", "цкий"), ("ського", "ський"), ("ської", "ська"),
    ("енка", "енко"), ("ого", "ый"), ("ой", "а"), ("ої", "а"), ("а", ""),
)  # fmt: skip
_GIVEN = frozenset({"alexander", "christopher", "kristin", "kathrin", "katrin", "valentin", "benjamin", "quentin"})


class Name(Struct, frozen=True, gc=False):
    """Who a source is: the name, its kind, how sure that is, and the words of the run that named it."""

    name: str
    kind: SpeakerKind
    sure: float
    why: str
    words: Words


def runs(line: Line, a: int, b: int, tongue: Language) -> list[Words]:
    """Give the runs of capital words from word `a` to `b`, small particles between two of them taken in."""
    out: list[Words] = []
    at = a
    while at < b:
        if not _capital(line, at, tongue):
            at += 1
            continue
        last = at + 1
        while last < b:
            step = last
            while step < b and step < last + 3 and line.gap(step) == " " and _particle(line, step, last, tongue):
                step += 1
            if step > last + 1 and tongue.code == "de" and last - at > 1:
                break  # "Anton Bielski von der Universität"
            if step >= b or not _capital(line, step, tongue) or not _joined(line, step):
                break
            last = step + 1
        out.append((at, last))
        at = last
    return out


def _particle(line: Line, at: int, last: int, tongue: Language) -> bool:
    """Say whether a small word stands inside a name: "von", and "der" behind it."""
    low = line.low[at]
    return tongue.has("particle", low) or (at > last and tongue.has("inner", low))


def _capital(line: Line, at: int, tongue: Language) -> bool:
    word = line.words[at]
    if not word[0].isupper():
        return False
    opens = at == 0 or line.ends_sentence(at) or not line.words[at - 1][0].isalpha()
    low = line.low[at]
    if opens and (low in tongue.phrases or tongue.is_grammar(low)):
        return False
    return not tongue.has("day", low)


def _joined(line: Line, at: int) -> bool:
    gap = line.gap(at)
    return gap in _JOINS and not line.ends_sentence(at)


class Names:
    """The full names of an article: found by their last word, in any case the language bends them to."""

    def __init__(self, tongue: Language) -> None:
        self.tongue = tongue
        self.full: dict[str, list[tuple[str, ...]]] = {}
        self.roles: dict[str, str] = {}
        self.told: dict[str, str] = {}

    def gather(self, lines: Iterable[Line]) -> None:
        """Note every run of two or more capital words that stands outside long quotations."""
        for line in lines:
            at = 0
            walls = [(s.first, s.last) for s in line.stretches]
            for first, last in [*walls, (len(line.words), len(line.words))]:
                for run in runs(line, at, first, self.tongue) if at < first else ():
                    a, b = self._trimmed(line, *run)
                    if b - a > 1 and not self._led(line, a, "the"):
                        self._note(tuple(line.words[a:b]))
                        self._note_role(line, a, " ".join(line.words[a:b]))
                at = last

    def _note(self, words: tuple[str, ...]) -> None:
        known = self.full.setdefault(self._stem(words[-1]), [])
        if len(known) < _BEARERS and words not in known:
            known.append(words)

    def _note_role(self, line: Line, a: int, name: str) -> None:
        """Note the word right before a name as its role: "мэр Ада Квилл", "Umweltministerin Lena Hartwig"."""
        if a < 1 or line.gap(a) != " " or not self._plain(line.low[a - 1]):
            return
        role = line.low[a - 1]
        self.told[role] = name if self.told.get(role, name) == name else ""

    def of(self, line: Line, a: int, b: int, *, bent: bool = False) -> Name | None:
        """Say who is named in a source's words; None where nobody surely is. `bent`: not in the first case."""
        for run in runs(line, a, b, self.tongue):
            first, last = self._trimmed(line, *run)
            if first == last:
                continue
            the = self._led(line, first, "the")
            led_by_of = self._led(line, first - the, "of")
            if led_by_of and last - first >= 3:
                first += 1
            elif led_by_of:
                continue
            name = self._whole(line, first, last, bent) if last - first > 1 else self._single(line, first, a)
            if name is not None:
                self._remember(line, a, b, name)
                return name
        return self._by_role(line, a, b)

    def right_before(self, line: Line, since: int, offset: int) -> Name | None:
        """Give the one person that a paragraph names in full between two offsets, outside quotations."""
        found = {}
        at = bisect_left(line.starts, since)
        stop = bisect_left(line.starts, offset)
        for first, last in [*((s.first, s.last) for s in line.stretches if at <= s.first < stop), (stop, stop)]:
            for run in runs(line, at, first, self.tongue) if at < first else ():
                a, b = self._trimmed(line, *run)
                if b - a > 1 and not self._led(line, a, "the") and not self._led(line, a, "of"):
                    found[_text(line, a, b)] = (a, b)
            at = max(at, last)
        if len(found) != 1:
            return None
        name, words = next(iter(found.items()))
        return Name(name, "person", 0.45, "somebody named right before the quotation", words)

    def _whole(self, line: Line, first: int, last: int, bent: bool) -> Name:
        words = tuple(line.words[first:last])
        if self._led(line, first, "the"):
            return Name(_text(line, first, last), "organisation", 0.7, "the body named beside the cue", (first, last))
        if not self.tongue.option("cases"):
            return Name(_text(line, first, last), "person", 0.85, "the name beside the cue", (first, last))
        for known in self.full.get(self._stem(words[-1]), ()):
            if known != words and len(known) == len(words) and all(map(self._same, known, words)) and bent:
                return Name(" ".join(known), "person", 0.75, "the same name in another case", (first, last))
        if not bent:
            return Name(_text(line, first, last), "person", 0.85, "the name beside the cue", (first, last))
        based = _first_case(words, self.tongue) if self.tongue.code in ("ru", "uk") else words
        sure = 0.55 if based != words else 0.4
        return Name(" ".join(based), "person", sure, "the name beside the cue, put into its first case", (first, last))

    def _single(self, line: Line, at: int, a: int) -> Name | None:
        word = line.words[at]
        known = self.full.get(self._stem(word), ())
        fitting = [full for full in known if self._same(full[-1], word)]
        if len(fitting) == 1 or (fitting and not self.tongue.option("cases")):
            return Name(" ".join(fitting[0]), "person", 0.75, "the surname of somebody named in full", (at, at + 1))
        if word.isupper() and 2 <= len(word) <= 6:
            return Name(word, "organisation", 0.6, "the body named beside the cue", (at, at + 1))
        if self.tongue.option("cases") or self.tongue.code in ("de", "tr"):
            return None
        if self._led(line, at, "the") or line.words[at].isupper():
            return None
        return Name(word, "person", 0.5, "a single name beside the cue", (at, at + 1))

    def _trimmed(self, line: Line, first: int, last: int) -> Words:
        """Leave out roles, places and abbreviations before a name."""
        tongue = self.tongue
        roles = [at for at in range(first, last - 1) if self.tongue.has("role", line.low[at])]
        first = roles[-1] + 1 if roles else first
        while first < last and self._no_name(line, first, last - first > 2):
            first += 1
        if tongue.option("cases") and last - first > 2 and not any(map(_PATRONYMIC.search, line.low[first:last])):
            first = last - 2
        return first, last

    def _no_name(self, line: Line, at: int, many: bool) -> bool:
        """Say whether the first word of a run is a role, a particle or an abbreviation and not a name's."""
        tongue, word, low = self.tongue, line.words[at], line.low[at]
        tail = low.rpartition("-")[2]
        if tongue.has("role", low) or ("-" in low and tongue.has("role", tail)):
            return True
        if tongue.code == "de" and (many or "-" in word) and low not in _GIVEN and _GERMAN_ROLE.match(tail):
            return True
        small = tongue.has("particle", word) or tongue.has("inner", word)
        return small or (many and word.isupper() and len(word) > 1)

    def _led(self, line: Line, at: int, kind: str) -> bool:
        return at > 0 and self.tongue.has(kind, line.low[at - 1]) and line.gap(at).strip() in ("", "'", "’")

    def _remember(self, line: Line, a: int, b: int, name: Name) -> None:
        for at in range(a, b):
            low = line.low[at]
            if not name.words[0] <= at < name.words[1] and len(low) > 2 and self._plain(low):
                self.roles[low] = name.name

    def _plain(self, low: str) -> bool:
        return not any(self.tongue.has(kind, low) for kind in ("the", "of", "common", "stop", "particle"))

    def _by_role(self, line: Line, a: int, b: int) -> Name | None:
        """Give the person whose role was told before: "la ministra" after "la ministra Elena Robles"."""
        heads = [at for at in range(a, b) if self._plain(line.low[at])]
        led = a < b and self.tongue.has("the", line.low[a])
        if len(heads) != 1 or not (led or self.tongue.option("cases")):
            return None
        head = line.low[heads[0]]
        name = self.roles.get(head) or self.told.get(head)
        if not name and self.tongue.code == "de" and len(head) > 4:
            fitting = {one for role, one in self.told.items() if role.endswith(head)}
            name = min(fitting) if len(fitting) == 1 else None
        return Name(name, "person", 0.55, "the role of somebody named before", (a, b)) if name else None

    def _stem(self, word: str) -> str:
        low = word.lower()
        return low[: max(3, len(low) - 3)][:4] if self.tongue.option("cases") else low

    def _same(self, one: str, other: str) -> bool:
        if not self.tongue.option("cases"):
            return one.lower() == other.lower()
        one, other = one.lower(), other.lower()
        least = max(2, min(len(one), len(other)) - 2)
        return one[:least] == other[:least] and abs(len(one) - len(other)) <= 3


def _text(line: Line, first: int, last: int) -> str:
    return " ".join(line.text[line.starts[first] : line.ends[last - 1]].split())


def _first_case(words: tuple[str, ...], tongue: Language) -> tuple[str, ...]:
    """Put a Russian or Ukrainian name in the genitive into the nominative, as far as its endings tell."""
    given, *middle, surname = words
    listed = dict(line.split() for line in tongue.kinds.get("given", ()))
    if given.lower() in listed:
        given = listed[given.lower()].capitalize()
    elif given.endswith(("ы", "и")):
        given = given[:-1] + ("я" if given.endswith("и") and given[-2] not in "гкх" else "а")
    elif given.endswith("я"):
        given = given[:-1] + ("й" if given[-2] in "аеиоуі" else "ь")
    elif given.endswith("а"):
        given = given[:-1]
    for ending, first in _ENDINGS:
        if surname.endswith(ending) and len(surname) > len(ending) + 1:
            surname = surname[: -len(ending)] + first
            break
    return given, *middle, surname
