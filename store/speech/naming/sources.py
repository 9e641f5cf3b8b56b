"""From the words of a source to who that is."""

from __future__ import annotations

from store.model import Span
from store.speech.naming import lists
from store.speech.naming.bearers import Bearers
from store.speech.naming.bodies import Body
from store.speech.naming.callbacks import Callbacks
from store.speech.naming.cast import Cast, given_as
from store.speech.naming.person import Person
from store.speech.naming.phrases import Chunk, chunks, determiner, head_noun
from store.speech.naming.pronouns import Pronouns
from store.speech.naming.runs import Run
from store.speech.naming.salience import Key, verb
from store.speech.naming.scene import Found, Scene

_HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_IT = {"it": "it", "its": "it", "they": "they", "their": "they", "them": "they"}
_LEAD = frozenset({"according", "to", "by", "from", "per"})
_ASIDE, _ROLE_WORDS, _NARROW, _SURE = 12, 6, 2, 0.6
_QUOTED = frozenset({"quoted", "quotes", "quoting"})


class Sources:
    """Resolves the words of sources against a scene that has been told up to them."""

    def __init__(self, cast: Cast, scene: Scene) -> None:
        self.cast, self.scene, self.reading = cast, scene, cast.reading
        self.interviewee: Key | None = None
        self.pronouns, self.bearers, self.callbacks = Pronouns(scene), Bearers(cast, scene), Callbacks(cast, scene)

    def resolve(self, first: int, last: int) -> Found:
        """Give who the words `first` to `last` name."""
        low = self.reading.low
        while last - first > 1 and low[first] in _LEAD:
            first += 1
        while last - first > 1 and self.reading.words[first].isdigit() and self.reading.gap(first + 1) == ":":
            first += 2 if last - first > 2 else 1  # "by 6:30 Interac said"
        if last - first == 1 and (label := self._label(first)) is not None:
            return label
        if last > first and low[first] == "who":
            last = first + 1
        if last <= first:
            return Found(None, "unnamed", 0.3, "no words name the source")
        if (
            last - first == 1
            or (low[first] in _HE and low[first] not in ("his", "her"))
            or low[first] in ("it", "they")
        ):
            found = self._pronoun(first)
            if found is not None:
                return found
        return self._phrase(first, last)

    def _label(self, at: int) -> Found | None:
        """Resolve the letters of an interview: "Q" asks and stays unnamed, "A" is who it is about."""
        low = self.reading.low[at]
        if low in ("q", "question"):
            return Found(None, "unnamed", 0.9, "asked by the interviewer")
        if low not in ("a", "answer"):
            return None
        if self.interviewee is None:
            self.interviewee = next((key for _, key in self.scene.ranked(self.reading.sent[at]) if key[0] == "p"), None)
        if self.interviewee is None:
            return Found(None, "unnamed", 0.5, "answered by nobody the text names")
        return Found(self.interviewee, "person", 0.7, f"answers: {self.scene.name(self.interviewee)}")

    def subject(self, at: int) -> Found | None:
        """Resolve a role that opens a sentence as its subject without being a source: "The minister looked up"."""
        reading, roles = self.reading, lists.gendered("roles")
        for head in range(at + 1, min(at + _ROLE_WORDS, len(reading.low) - 1)):
            if not reading.joined(head):
                return None
            if reading.low[head] in roles and verb(reading, head + 1):
                chunk = Chunk(at, head + 1, "", ())
                found = self.bearers.role(reading.low[head], chunk, [chunk], "definite")
                return found if found is not None and found.confidence > _SURE else None
        return None

    def quoted(self, last: int, cue: Span | None) -> Found | None:
        """Resolve whom an outlet quotes: "the paper quoted him as saying"; None when this is not that."""
        if cue is None or "quot" not in self.reading.text[cue[0] : cue[1]]:
            return None
        low = self.reading.low
        near = range(last, min(last + 4, len(low) - 2))
        index = next((step + 1 for step in near if low[step] in _QUOTED), 0)
        if not index:
            return None
        stop = next((step for step in range(index + 1, min(index + _ROLE_WORDS + 2, len(low))) if low[step] == "as"), 0)
        run = self.cast.runs.get(index)
        if run is not None and run.last != stop:
            return None
        described = low[index] in lists.group("determiners") or stop == index + 1
        return self.resolve(index, stop) if stop and (run is not None or described) else None

    def _pronoun(self, at: int) -> Found | None:
        low = self.reading.low[at]
        if low in _HE:
            return self.pronouns.single(at, _HE[low])
        if low in _IT:
            return self.pronouns.other(at, _IT[low])
        if low in ("who", "which", "that", "whom"):
            return self._relative(at)
        if low in ("i", "we", "us", "me", "you", "my", "our"):
            return Found(None, "unnamed", 0.4, f"unnamed: “{self.reading.words[at]}”")
        return None

    def _relative(self, at: int) -> Found | None:
        """Resolve "who": the words right before it."""
        reading = self.reading
        for first in range(at - 1, max(-1, at - 16), -1):
            run = self.cast.runs.get(first)
            if run is not None and run.last == at:
                return self._phrase(self._bearer(self._opening(first)), at)
            if reading.para[first] != reading.para[at] or reading.low[first] in ("the", "a", "an", "one", "some"):
                return self._phrase(self._bearer(first), at) if reading.para[first] == reading.para[at] else None
        return None

    def _bearer(self, first: int) -> int:
        """Go from a place to the person there: from "the clinic, who" to "a doctor at the clinic, who"."""
        reading, roles, prepositions = self.reading, lists.gendered("roles"), lists.group("prepositions")
        while first > 1 and reading.joined(first) and reading.low[first - 1] in prepositions:
            head = first - 2
            start = self._opening(head)
            if reading.low[head] not in roles or start == head or not reading.joined(first - 1):
                break
            first = start
        return first

    def _opening(self, index: int) -> int:
        """Give the word with which the phrase begins that reaches on from word `index`: its article, or `index`."""
        for first in range(index - 1, max(-1, index - _ROLE_WORDS), -1):
            if not self.reading.joined(first + 1) or self.cast.covering.get(first) is not None:
                return index
            if self.reading.low[first] in ("the", "a", "an"):
                return first
        return index

    def _tidy(self, first: int, last: int) -> tuple[int, int]:
        """Let a phrase begin at its article: a verb cut off in front, or an article left out, is put right."""
        low = self.reading.low
        if low[first] in lists.group("determiners") or first in self.cast.people.of_run:
            return first, last
        if last - first > 2 and low[first + 1] == "the" and low[first].endswith("ing"):
            return first + 1, last
        if low[last - 1] in lists.gendered("roles"):
            return self._opening(first), last
        return first, last

    def _phrase(self, first: int, last: int) -> Found:
        cover = self.cast.covering.get(last - 1)
        if cover is not None and cover.kind in ("person", "body"):
            last = max(last, cover.last)
        parts = chunks(self.reading, *self._tidy(first, last), self.cast.covering)
        if not parts:
            return Found(None, "unnamed", 0.3, "no words name the source")
        main = parts[0]
        named = self._named(main)
        if named is not None:
            return self._with_others(named, parts)
        named = self._clause(main)
        if named is not None:
            return named
        apposed = self._apposed(parts)
        return apposed if apposed is not None else self._described(main, parts)

    def _named(self, chunk: Chunk) -> Found | None:
        """Give the person or body whose name the chunk ends with."""
        run = chunk.final
        small = self.cast.bodies.small_heads.get(chunk.last - 1)
        definite = determiner(self.reading, chunk) != "indefinite"
        if small is not None and definite and (run is None or run.last < chunk.last):
            return self._body(small, chunk)
        if run is None:
            return None
        person = self.cast.person_at(run.first)
        if person is not None:
            return self._person(person, run)
        body = self.cast.body_at(run.first)
        return self._body(body, chunk) if body is not None else None

    def _clause(self, chunk: Chunk) -> Found | None:
        """Take the subject where the words are a clause rather than a name: "Sanders made the following"."""
        run = next(iter(chunk.runs), None)
        if run is None or run.first > chunk.first or run.possessive or not verb(self.reading, run.last):
            return None
        person = self.cast.person_at(run.first)
        return None if person is None else Found(("p", person.number), "person", 0.7, f"named: {person.name}")

    def _person(self, person: Person, run: Run) -> Found:
        shown = self.reading.span(run.name, run.last)
        if run.last - run.name > 1 or person.name == shown:
            return Found(("p", person.number), "person", 0.97, f"named: {shown}")
        if person.known and person.full == tuple(person.surname.split()):
            return Found(
                ("p", person.number), "person", 0.85, f"name: {shown} → {person.name}, by office, not in the text"
            )
        where = self.reading.para[person.first_seen] + 1
        return Found(("p", person.number), "person", 0.93, f"name: {shown} → {person.name}, ¶{where}")

    def _body(self, body: Body, chunk: Chunk) -> Found:
        shown = self.reading.span(chunk.first, chunk.last)
        return Found(("b", body.number), "organisation", 0.9, f"named: {shown} → {body.name}")

    def _with_others(self, found: Found, parts: list[Chunk]) -> Found:
        """Two people joined by "and" cannot be one speaker: the first is given, with a doubt."""
        if len(parts) > 1 and parts[1].joint == "and" and parts[1].final is not None and found.kind == "person":
            return Found(found.key, found.kind, 0.45, found.why + "; named together with others")
        return found

    def _apposed(self, parts: list[Chunk]) -> Found | None:
        """Resolve "his campaign manager, Jeff Weaver", "a spokesman for the bank, Ali Reza"."""
        _, noun, plural = head_noun(self.reading, parts[0])
        if plural:
            return None
        told = False
        for part in parts[1:]:
            if part.joint == "relative":
                told = True
                continue
            if told and self.reading.low[part.first - 1] != "name":
                continue
            run = part.final
            if self._for_body(part, parts):
                continue
            if run is None or not self._beside(parts[0], part, run):
                continue
            person = self.cast.person_at(run.first)
            if person is not None:
                return Found(("p", person.number), "person", 0.93, f"named beside “{noun}”: {person.name}")
            body = self.cast.body_at(run.first)
            if body is not None and noun in lists.words("bodies") | lists.group("owners"):
                return Found(("b", body.number), "organisation", 0.85, f"named beside “{noun}”: {body.name}")
        return None

    def _for_body(self, part: Chunk, parts: list[Chunk]) -> bool:
        """Tell whether a name belongs to a body before it: "a spokesman for the developer, Haddon Homes"."""
        before = parts[parts.index(part) - 1]
        if (
            part.joint != "comma"
            or part.final is None
            or self.reading.low[before.first - 1 : before.first + 1] != ["for", "the"]
        ):
            return False
        body = head_noun(self.reading, before)[1] in lists.words("bodies") | lists.group("owners")
        known = lists.first_name_gender(self.reading.words[part.final.name]) is not None
        return body and not known and part.final.first == part.first and not part.final.titled()

    def _beside(self, main: Chunk, part: Chunk, run: Run) -> bool:
        """Tell whether the name that ends `part` names whom `main` describes."""
        if part.joint == "comma":
            low = self.reading.low[part.first]
            body = low == "the" and run.first == part.first + 1 and self.cast.body_at(run.first) is not None
            return run.first <= part.first or low.endswith("year-old") or body or self._leads(run)
        form = determiner(self.reading, main)
        bare = form in ("none", "definite", "owner") and run.kind == "person"
        if part.joint == "and":
            return bare and (run.titled() or (run.first > part.first and self._leads(run)))
        return bare and part.joint == "preposition" and run.first > part.first and not run.possessive

    def _leads(self, run: Run) -> bool:
        """Tell whether only a role and its words stand between the comma and the name: "shearer Dion Haretuku"."""
        before = self.reading.low[run.first - 1]
        trade = run.kind == "person" and run.last - run.name > 1 and self.reading.joined(run.first)
        small = before.isalpha() and not before.endswith(("ing", "ed")) and before not in lists.group("role-stops")
        return before in lists.gendered("roles") or (trade and small and not verb(self.reading, run.first - 1))

    def _described(self, main: Chunk, parts: list[Chunk]) -> Found:
        reading = self.reading
        _, noun, plural = head_noun(reading, main)
        shown = reading.span(main.first, main.last)
        form = determiner(reading, main)
        found = self._thing(noun, plural, main, parts)
        if found is not None:
            return found
        capital = bool(main.runs) and main.runs[-1].kind == "role" and form == "none"
        if form == "definite" and noun.endswith("year-old"):
            noun = "native"
        national = noun == "native" or noun in lists.demonyms() or noun in lists.group("national-nouns")
        if national and not plural and form == "definite":
            found = self.bearers.epithet(noun, main, "")
            if found is not None:
                return found
        if not plural and (form in ("definite", "owner") or capital) and noun in lists.gendered("roles"):
            found = self.bearers.role(noun, main, parts, form)
            if found is not None:
                return found
        called = self._called(main)
        if called is not None:
            return called
        gender = lists.gendered("roles").get(noun, "")
        one = reading.low[main.first] in ("a", "an", "another", "one") and form == "indefinite"
        several = plural or not (one or noun in lists.gendered("roles") or noun in lists.words("described"))
        return Found(self.scene.stranger(gender, several), "unnamed", 0.9, f"unnamed: {shown}")

    def _called(self, main: Chunk) -> Found | None:
        """Give the name that a described source gives: "a trader, who gave his name only as Umar"."""
        reading = self.reading
        for index in range(main.last, min(main.last + _ASIDE, len(reading.low))):
            if reading.sent[index] != reading.sent[main.first]:
                return None
            person = self.cast.person_at(index) if given_as(reading, index) else None
            if person is not None:
                return Found(("p", person.number), "person", 0.8, f"gives the name {person.name}")
        return None

    def _thing(self, noun: str, plural: bool, main: Chunk, parts: list[Chunk]) -> Found | None:
        """Resolve a document or a body by its noun; None where the noun is for people or nothing is called back."""
        form = determiner(self.reading, main)
        if noun in lists.words("documents"):
            return self._owner_of(main) or self.callbacks.document(noun, main, parts, form)
        if plural or noun not in lists.words("bodies"):
            return None
        small = form == "definite" and noun in lists.group("small-bodies")
        return (self._own_name(noun, main) if small else None) or self.callbacks.body(noun, main, form)

    def _own_name(self, noun: str, main: Chunk) -> Found | None:
        """Name a body written small by the words that narrow it ("the port authority"), None where none does."""
        reading, last = self.reading, main.last
        narrow = reading.low[main.first + 1 : last - 1]
        if (
            not narrow
            or reading.low[last - 1] != noun
            or len(narrow) > _NARROW
            or not lists.group("vague").isdisjoint(narrow)
        ):
            return None
        if any(reading.capital(index) for index in range(main.first + 1, last)):
            return None
        held = (self.scene.body(key) for key in reversed(self.scene.called.get(noun, {})))
        body = next((body for body in held if set(narrow) <= set(body.words)), None)
        if body is None:
            body = self.cast.bodies.add(reading.span(main.first + 1, last), main.first + 1, last, noun)
        return Found(("b", body.number), "organisation", 0.8, f"named: {reading.span(main.first, last)} → {body.name}")

    def _owner_of(self, main: Chunk) -> Found | None:
        """Resolve whose answer, letter or tweet it is: "the minister's answer", "Trump's tweet", "his reply"."""
        reading = self.reading
        low = reading.low[main.first]
        if low in ("his", "her"):
            return self.pronouns.single(main.first, "m" if low == "his" else "f")
        index = next((at for at in range(main.first, main.last - 1) if reading.possessive[at]), -1)
        run = self.cast.covering.get(index)
        if run is not None:
            person = self.cast.person_at(run.first)
            return None if person is None else self._person(person, run)
        if index < 0 or reading.low[index] not in lists.gendered("roles"):
            return None
        owner = Chunk(main.first, index + 1, "", ())
        return self.bearers.role(reading.low[index], owner, [owner], determiner(reading, owner))
