"""People of an article: which mentions name the same person."""

from __future__ import annotations

from bisect import bisect_left

from store.speech.naming import lists
from store.speech.naming.nouns import known_noun, singular
from store.speech.naming.person import Person, core, family, same_first, within
from store.speech.naming.reading import Reading
from store.speech.naming.runs import Run

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_LONG_AGO, _RECENT = 7, 3  # paragraphs
_NICKNAME = frozenset("“\"(‘'„«")
_SURNAME_TITLES = frozenset({"mr", "mrs", "ms", "miss"})
_NEAR = 24  # how many people of one name are looked at: keeps the work linear in a text made of one name


def _honour(word: str) -> bool:
    """Tell whether letters behind a name are no part of it: "Helena Voss KC"."""
    return (word.isupper() or word == "PhD") and lists.fold(word) in lists.group("post-nominals")


class People:
    """Give all persons of an article, found in two passes: full names first, then what refers back to them."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.persons: list[Person] = []
        self._speaking: frozenset[int] = frozenset()
        self._by_word: dict[str, list[Person]] = {}
        self.of_run: dict[int, Person] = {}  # first word of a run → its person

    def take_full(self, runs: list[Run], headlines: frozenset[int]) -> list[Run]:
        """Take in the runs that name somebody in full, and give these runs.

        Title-case headlines (`headlines`: their paragraphs) make somebody new only by a known first name.
        """
        full: list[Run] = []
        for run in runs:
            tokens = self._tokens(run)
            headline = self.reading.para[run.first] in headlines
            known = run.titled() or lists.first_name_gender(tokens[0]) is not None
            sure = not headline or (known and (len(tokens) == 2 or (len(tokens) == 3 and len(tokens[1]) < 4)))
            if run.kind == "person" and len(tokens) > 1 and sure:
                self._take(run, tokens)
                full.append(run)
        return full

    def take_rest(
        self, runs: list[Run], headlines: frozenset[int], speaking: frozenset[int] = frozenset()
    ) -> list[Run]:
        """Take in the runs that refer back to somebody, and give those that do.

        `speaking` are the first words of runs that are the whole of a source: one unknown word there names a person.
        """
        self._speaking = speaking
        rest = [run for run in runs if run.kind in ("person", "single", "place") and run.first not in self.of_run]
        for run in rest:
            self._refer(run, self.reading.para[run.first] in headlines)
        for person in self.persons:
            self._first_name(person)
        return [run for run in rest if run.first in self.of_run]

    def pick_out(self, run: Run) -> list[Run]:
        """Cut a run of a headline into the known names in it; what is left over is dropped."""
        out, index = [], run.first
        while index < run.last:
            step = 1
            for size in (3, 2, 1):
                words = tuple(self.reading.words[index : min(index + size, run.last)])
                person = self._exact(words) if len(words) == size else None
                if person is not None:
                    piece = Run(
                        index, index + size, index, "person", possessive=self.reading.possessive[index + size - 1]
                    )
                    self._file(person, piece, words)
                    out.append(piece)
                    step = size
                    break
            index += step
        return out or [run]

    def _exact(self, words: tuple[str, ...]) -> Person | None:
        """Give the person whom exactly these words name in full or by surname."""
        for person in self._by_word.get(core(words[-1]), [])[:_NEAR]:
            if words in person.names or (len(words) == 1 and family(person.full) == core(words[0])):
                return person
        return None

    def _tokens(self, run: Run) -> tuple[str, ...]:
        words = [self.reading.words[index] for index in range(run.name, run.last) if not self._nickname(run, index)]
        while len(words) > 1 and (lists.fold(words[-1]) in _SUFFIXES or _honour(words[-1])):
            words = words[:-1]
        return tuple(words)

    def _nickname(self, run: Run, index: int) -> bool:
        """Tell whether the word stands in quotation marks or brackets inside the name."""
        return run.name < index < run.last - 1 and self.reading.gap(index)[-1:] in _NICKNAME

    def _suffix(self, run: Run) -> str:
        low = self.reading.low[run.last - 1]
        if low in _SUFFIXES and run.last - run.name > 1:
            word = self.reading.words[run.last - 1]
            return word + "." if low in ("jr", "sr") else word
        return ""

    def _take(self, run: Run, tokens: tuple[str, ...]) -> None:
        """File a mention of two words or more under its person, a new one where there is none."""
        suffix = self._suffix(run)
        person = self._known(tokens, run.gender, suffix)
        if person is None:
            person = self._new(tokens, run)
            person.suffix = suffix
        self._file(person, run, tokens)

    def _new(self, tokens: tuple[str, ...], run: Run) -> Person:
        person = Person(len(self.persons), first_seen=run.first, full=tokens)
        self.persons.append(person)
        for key in dict.fromkeys(core(word) for word in tokens):
            if len(key) > 1 and key not in lists.words("particles"):
                self._by_word.setdefault(key, []).append(person)
        return person

    def _file(self, person: Person, run: Run, tokens: tuple[str, ...]) -> None:
        person.names[tokens] += 1
        person.mentions.append((run.first, run.last))
        if len(tokens) > 1 and (not person.placed or person.placed[-1] < run.first):
            person.placed.append(run.first)
        self.of_run[run.first] = person
        if len(tokens) > len(person.full):
            for key in {core(word) for word in tokens} - {core(word) for word in person.full}:
                if len(key) > 1 and key not in lists.words("particles"):
                    self._by_word.setdefault(key, []).append(person)
            person.full = tokens
        if run.gender == "m":
            person.man += 3
        elif run.gender == "f":
            person.woman += 3

    def _known(self, tokens: tuple[str, ...], gender: str, suffix: str) -> Person | None:
        """Give the person whom a name of two words or more names already."""
        for person in self._by_word.get(core(tokens[-1]), [])[-_NEAR:]:
            if not self._same_suffix(person, suffix):
                continue
            if self._agrees(tokens, person.full) and not self._clash(person, gender):
                return person
        for person in self._by_word.get(core(tokens[0]), [])[-_NEAR:]:
            longer = within(tokens, person.full) or (len(person.full) > 1 and within(person.full, tokens))
            if longer and self._same_suffix(person, suffix):
                return person
        return None

    @staticmethod
    def _same_suffix(person: Person, suffix: str) -> bool:
        return suffix == person.suffix or not (suffix or person.suffix == "Jr.")

    @staticmethod
    def _agrees(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
        if within(one, two) or within(two, one):
            return True
        if core(one[-1]) != core(two[-1]):
            return False
        middle = {core(word) for word in two[:-1]}
        return same_first(one[0], two[0]) or (len(one[0]) > 2 and core(one[0]) in middle)

    @staticmethod
    def _clash(person: Person, gender: str) -> bool:
        return (gender == "m" and person.woman > person.man) or (gender == "f" and person.man > person.woman)

    def _refer(self, run: Run, headline: bool) -> None:
        """File a mention of one word (or one in a headline) under the person it refers to."""
        tokens = self._tokens(run)
        if (headline and len(tokens) > 3) or (run.kind == "place" and not self._surname(tokens)):
            return
        if len(tokens) == 1 and self._suffix(run):
            self._junior(run, tokens)
            return
        person = self._known(tokens, run.gender, self._suffix(run)) if len(tokens) > 1 else self._single(run, tokens[0])
        if person is not None:
            self._file(person, run, tokens)
        elif run.kind == "person" and not headline and (run.titled() or run.gender or len(tokens) > 1):
            person = self._new(tokens, run)
            if len(tokens) == 1:
                person.honorific = self._honorific(run)
            self._file(person, run, tokens)
        elif run.kind == "single" and self._lone(run, headline):
            self._file(self._new(tokens, run), run, tokens)

    def _junior(self, run: Run, tokens: tuple[str, ...]) -> None:
        """File "Donald Jr.", who is not Donald, with the junior of that first name."""
        suffix = self._suffix(run)
        known = [person for person in self._by_word.get(core(tokens[0]), [])[-_NEAR:] if person.suffix == suffix]
        person = known[0] if known else self._new(tokens, run)
        person.suffix = suffix
        self._file(person, run, tokens)

    def _surname(self, tokens: tuple[str, ...]) -> bool:
        """Tell whether the words are one, and the family name of somebody named in full."""
        key = core(tokens[0])
        return len(tokens) == 1 and any(family(person.full) == key for person in self._by_word.get(key, [])[-_NEAR:])

    def _lone(self, run: Run, headline: bool) -> bool:
        """Tell whether this single word is a name of its own (Lula, Melania)."""
        word = self.reading.words[run.first]
        if headline or run.the:
            return False
        known = lists.first_name_gender(word) is not None
        return known or (run.first in self._speaking and not word.isupper() and self._namelike(run.first))

    def _namelike(self, index: int) -> bool:
        """Tell whether the word is neither an outlet's nor a people's name."""
        low = self.reading.low[index]
        groups = any(
            low in known or low.rstrip("s") in known for known in (lists.demonyms(), lists.group("adjectives"))
        )
        return (
            not groups
            and low not in lists.outlets()
            and not known_noun(singular(low)[0])
            and not low.endswith(("ists", "ers", "ians"))
        )

    def _honorific(self, run: Run) -> str:
        """Give the title to show with a name of one word: "Mrs. Trump", "Sheikh Tamim"."""
        title = self.reading.words[run.name - 1] if run.titled() else ""
        low = lists.fold(title)
        if low in ("mr", "mrs", "ms", "dr"):
            return title.capitalize() + "."
        return title if low in lists.gendered("titles") and low in ("miss", "sir", "lady", "lord", "sheikh") else ""

    def _single(self, run: Run, word: str) -> Person | None:
        """Give the person one word names: by surname, by any other word of the name, by a short first name."""
        key = core(word)
        named = self._by_word.get(key, [])[-_NEAR:]
        if not named and key.endswith("'s"):
            named = self._by_word.get(key[:-2], [])[-_NEAR:]
        if run.the and not run.titled():
            return None
        fitting = [person for person in named if not self._titled_clash(person, run)]
        holder = self._holder(run, key)
        if holder:
            fitting = [person for person in fitting if len(person.full) == 1 or same_first(person.full[0], holder[0])]
        surname = [person for person in fitting if family(person.full) == key]
        plain = run.titled() and self.reading.low[run.name - 1] in _SURNAME_TITLES
        pool = surname or (fitting if not plain else [])
        if not pool and run.gender and not run.titled():
            return None
        if not pool:
            return None
        before = [person for person in pool if person.first_seen <= run.first]
        if len(before) > 1:
            return self._nearest(before, run.first)
        return max(before or pool, key=lambda person: (self._weight(person), -person.first_seen))

    def _nearest(self, pool: list[Person], at: int) -> Person:
        """Give of several people with one name: the weightiest, unless only another was spoken of nearby."""
        paragraph = self.reading.para[at]
        best = max(pool, key=lambda person: (self._weight(person), -person.first_seen))
        if paragraph - self._last_paragraph(best, at) <= _LONG_AGO:
            return best
        near = max(pool, key=lambda person: self._last_paragraph(person, at))
        return near if paragraph - self._last_paragraph(near, at) <= _RECENT else best

    def _last_paragraph(self, person: Person, at: int) -> int:
        """Give the paragraph of the person's last mention before word `at`."""
        last = max((first for first, _ in person.mentions[-_NEAR:] if first < at), default=person.first_seen)
        place = bisect_left(person.placed, at)
        return self.reading.para[max(last, person.placed[place - 1] if place else person.first_seen)]

    def _holder(self, run: Run, key: str) -> tuple[str, ...]:
        """Give the full name of the one known holder of an office and surname: President Obama is not Michelle."""
        for index in range(run.first, run.name):
            name = lists.office_holders().get((self.reading.low[index], key))
            if name:
                return name
        return ()

    def _titled_clash(self, person: Person, run: Run) -> bool:
        gender = run.gender
        if not gender:
            return False
        if person.man or person.woman:
            return self._clash(person, gender)
        known = lists.first_name_gender(person.full[0]) if len(person.full) > 1 else ""
        return known in ("m", "f") and known != gender

    @staticmethod
    def _weight(person: Person) -> int:
        return sum(count for form, count in person.names.items() if len(form) > 1)

    @staticmethod
    def _first_name(person: Person) -> None:
        """Let the first name speak for the gender, less loudly than titles do."""
        for form in person.names:
            gender = lists.first_name_gender(form[0])
            if gender is None and len(form) > 1 and len(form[0]) == 1:
                gender = lists.first_name_gender(form[1])
            if gender and (len(form) > 1 or len(person.names) == 1):
                person.man += 2 * (gender == "m")
                person.woman += 2 * (gender == "f")
                return
