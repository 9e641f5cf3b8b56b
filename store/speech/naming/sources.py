"""From the words of a source to who that is."""

from __future__ import annotations

from store.model import Span
from store.speech.naming import lists
from store.speech.naming.bodies import Body
from store.speech.naming.cast import Cast
from store.speech.naming.people import Person
from store.speech.naming.phrases import Chunk, chunks, determiner, head_noun
from store.speech.naming.runs import Run
from store.speech.naming.salience import Key
from store.speech.naming.scene import Found, Scene

_HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_IT = {"it": "it", "its": "it", "they": "they", "their": "they", "them": "they"}
_SPEAKING = frozenset({"spokesman", "spokeswoman", "spokesperson", "official", "police", "officer"})
_COMPANY = lists.group("company-nouns")
_QUOTED = frozenset({"quoted", "quotes", "quoting"})
_NATIONALS = lists.group("national-nouns")
_PRESENT = 15.0  # the least weight of what is still in mind
_LEAD_PARAGRAPHS = 3
_LEAD = frozenset({"according", "to", "by", "from", "per"})
_ISSUED = lists.group("issued")


class Sources:
    """Resolves the words of sources against a scene that has been told up to them."""

    def __init__(self, cast: Cast, scene: Scene) -> None:
        self.cast, self.scene, self.reading = cast, scene, cast.reading

    def resolve(self, first: int, last: int) -> Found:
        """Give who the words `first` to `last` name."""
        low = self.reading.low
        while last - first > 1 and low[first] in _LEAD:
            first += 1
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

    def quoted(self, last: int, cue: Span | None) -> Found | None:
        """Resolve whom an outlet quotes: "the paper quoted him as saying"; None when this is not that."""
        if cue is None or "quot" not in self.reading.text[cue[0] : cue[1]]:
            return None
        low = self.reading.low
        near = range(last, min(last + 4, len(low) - 2))
        index = next((step + 1 for step in near if low[step] in _QUOTED), 0)
        run = self.cast.runs.get(index)
        end = run.last if run is not None else index + 1
        return self.resolve(index, end) if index and low[end : end + 1] == ["as"] else None

    # ------------------------------------------------------------ pronouns
    def _pronoun(self, at: int) -> Found | None:
        low = self.reading.low[at]
        if low in _HE:
            return self._he(at, _HE[low])
        if low in _IT:
            return self._it(at, _IT[low])
        if low in ("who", "which", "that", "whom"):
            return self._relative(at)
        if low in ("i", "we", "us", "me", "you", "my", "our"):
            return Found(None, "unnamed", 0.4, f"unnamed: “{self.reading.words[at]}”")
        return None

    def _he(self, at: int, gender: str) -> Found:
        scene, word = self.scene, self.reading.words[at].lower()
        key, best, second = scene.antecedent(at, gender)
        if key is None or best < 4:
            return Found(None, "unnamed", 0.3, f"“{word}”: nobody fits before it")
        sure = 0.55 + 0.4 * (best - second) / best
        if key[0] == "u":
            return Found(key, "unnamed", sure, f"“{word}” → the unnamed source before")
        person = scene.person(key)
        if not person.gender:
            sure -= 0.1
        last = next((who for who, _ in reversed(scene.spoken)), None)
        what = ("man" if gender == "m" else "woman") + (" speaking" if last == key else " named as subject")
        return Found(key, "person", sure, f"{word} → {person.surname}: last {what}, {self._where(key)}")

    def _where(self, key: tuple[str, int]) -> str:
        """Give the paragraph of the last mention before the point of view."""
        scene = self.scene
        thing = scene.person(key) if key[0] == "p" else scene.body(key)
        return f"¶{self.reading.para[scene.named.get(key, thing.mentions[0][0])] + 1}"

    def _it(self, at: int, gender: str) -> Found:
        scene, word = self.scene, self.reading.words[at].lower()
        sentence = self.reading.sent[at]
        last = scene.spoken[-1][0] if scene.spoken else None
        if last is not None and scene.fit(last, gender) and scene.value(last, sentence) > 20:
            key: tuple[str, int] | None = last
        else:
            fitting = [(value * scene.fit(key, gender), key) for value, key in scene.ranked(sentence)]
            value, key = max(fitting, default=(0.0, None), key=lambda pair: pair[0])
            if value < 15 or gender == "they":
                key = None
        if key is None:
            return Found(None, "unnamed", 0.45, f"“{word}”: no one body before it")
        if key[0] == "u":
            return Found(key, "unnamed", 0.7, f"“{word}” → the unnamed source before")
        return Found(key, "organisation", 0.7, f"{word} → {scene.name(key)}: last body speaking, {self._where(key)}")

    def _relative(self, at: int) -> Found | None:
        """Resolve "who": the words right before it."""
        reading = self.reading
        for first in range(at - 1, max(-1, at - 16), -1):
            run = self.cast.runs.get(first)
            if run is not None and run.last == at:
                return self._phrase(first, at)
            if reading.para[first] != reading.para[at] or reading.low[first] in ("the", "a", "an", "one", "some"):
                return self._phrase(first, at) if reading.para[first] == reading.para[at] else None
        return None

    # ------------------------------------------------------------ phrases
    def _phrase(self, first: int, last: int) -> Found:
        cover = self.cast.covering.get(last - 1)
        if cover is not None and cover.kind in ("person", "body"):
            last = max(last, cover.last)
        parts = chunks(self.reading, first, last, self.cast.covering)
        if not parts:
            return Found(None, "unnamed", 0.3, "no words name the source")
        main = parts[0]
        named = self._named(main)
        if named is not None:
            return self._with_others(named, parts)
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

    def _person(self, person: Person, run: Run) -> Found:
        shown = self.reading.span(run.name, run.last)
        if run.last - run.name > 1 or person.name == shown:
            return Found(("p", person.number), "person", 0.97, f"named: {shown}")
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
        for part in parts[1:]:
            if part.joint == "relative":
                break
            run = part.final
            if run is None or not self._beside(parts[0], part, run):
                continue
            person = self.cast.person_at(run.first)
            if person is not None:
                return Found(("p", person.number), "person", 0.93, f"named beside “{noun}”: {person.name}")
            body = self.cast.body_at(run.first)
            if body is not None and noun in lists.words("bodies"):
                return Found(("b", body.number), "organisation", 0.85, f"named beside “{noun}”: {body.name}")
        return None

    def _beside(self, main: Chunk, part: Chunk, run: Run) -> bool:
        """Tell whether the name that ends `part` names whom `main` describes."""
        if part.joint == "comma":
            aged = self.reading.low[part.first].endswith("year-old")
            return run.first <= part.first or aged or self._leads(run)
        bare = determiner(self.reading, main) in ("none", "definite") and run.kind == "person"
        if part.joint == "and":
            return bare and (run.titled() or (run.first > part.first and self._leads(run)))
        return bare and part.joint == "preposition" and run.first > part.first and not run.possessive

    def _leads(self, run: Run) -> bool:
        """Tell whether only a role and its words stand between the comma and the name."""
        return self.reading.low[run.first - 1] in lists.gendered("roles")

    # ------------------------------------------------------------ descriptions
    def _described(self, main: Chunk, parts: list[Chunk]) -> Found:
        reading = self.reading
        _, noun, plural = head_noun(reading, main)
        shown = reading.span(main.first, main.last)
        form = determiner(reading, main)
        if noun in lists.words("documents"):
            return self._document(noun, main, parts, form)
        if noun in lists.words("bodies") and not plural:
            found = self._called_body(noun, main, form)
            if found is not None:
                return found
        capital = bool(main.runs) and main.runs[-1].kind == "role" and form == "none"
        if not plural and form == "definite" and (noun in lists.demonyms() or noun in _NATIONALS):
            found = self._epithet(noun, main, "")
            if found is not None:
                return found
        if not plural and (form in ("definite", "owner") or capital) and noun in lists.gendered("roles"):
            found = self._role(noun, main, parts, form)
            if found is not None:
                return found
        gender = lists.gendered("roles").get(noun, "")
        return Found(self.scene.stranger(gender, plural), "unnamed", 0.9, f"unnamed: {shown}")

    def _called_body(self, noun: str, main: Chunk, form: str) -> Found | None:
        """Resolve "the bank", "his campaign", "Clinton's campaign"."""
        scene, reading = self.scene, self.reading
        owner = self._owner(main)
        if noun in ("campaign", "administration", "government", "office") and owner is not None:
            name = owner.surname if isinstance(owner, Person) else owner.name
            body = self.cast.campaign(name, noun, main.first, main.last)
            return Found(
                ("b", body.number), "organisation", 0.85, f"{reading.span(main.first, main.last)} → {body.name}"
            )
        if isinstance(owner, Body) and form == "owner":
            body = self.cast.bodies.add(reading.span(main.first, main.last), main.first, main.last, noun)
            return Found(("b", body.number), "organisation", 0.85, f"named: {body.name}")
        if form != "definite":
            return None
        fitting = list(scene.called.get(noun, ()))
        if not fitting and noun in _COMPANY:
            fitting = [key for word in sorted(_COMPANY) for key in scene.called.get(word, ())]
            held = reversed(scene.ranked(reading.sent[main.first]))
            fitting = fitting or [key for value, key in held if self._company(key, value)]
        if not fitting:
            return None
        sentence = reading.sent[main.first]
        best = scene.body(
            max(reversed(fitting), key=lambda key: scene.value(key, sentence) + 80 * self._lately(key, main.first))
        )
        return Found(
            ("b", best.number), "organisation", 0.75, f"the {noun} → {best.name}, {self._where(('b', best.number))}"
        )

    def _company(self, key: Key, value: float) -> bool:
        """Tell whether this may be a company: a body in mind that is neither a state nor an outlet."""
        if key[0] != "b" or value < _PRESENT:
            return False
        body = self.scene.body(key)
        return not body.nouns & {"country", "outlet", "ministry", "campaign"} and body.words[0] not in lists.countries()

    def _owner(self, main: Chunk) -> Person | Body | None:
        """Give whose: "his", "Clinton's"."""
        low = self.reading.low[main.first]
        if low in ("his", "her"):
            key, _, _ = self.scene.antecedent(main.first, _HE[low])
            return self.scene.person(key) if key is not None and key[0] == "p" else None
        for run in main.runs:
            if run.possessive and run.last < main.last:
                return self.cast.person_at(run.first) or self.cast.body_at(run.first)
        return None

    def _document(self, noun: str, main: Chunk, parts: list[Chunk], form: str) -> Found:
        """Give a report, an article, a statement: the body it is from, if a body is named with it."""
        for run in reversed([run for part in parts for run in part.runs if part.joint != "relative"]):
            body = self.cast.body_at(run.first)
            if body is not None:
                self.scene.documents[noun] = ("b", body.number)
                return Found(("b", body.number), "organisation", 0.75, f"{noun} of {body.name}")
        issued = self.scene.documents.get(noun) or self._keeper(main)
        if form == "definite" and issued is not None:
            kind = "person" if issued[0] == "p" else "organisation"
            return Found(issued, kind, 0.6, f"the {noun} → {self.scene.name(issued)}")  # type: ignore[arg-type]
        shown = self.reading.span(main.first, main.last)
        return Found(self.scene.stranger("", True), "unnamed", 0.85, f"unnamed: {shown}")

    def _keeper(self, main: Chunk) -> Key | None:
        """Give whose a document is where a noun says so: "the party's bylaws"."""
        for index in range(main.first, main.last - 1):
            if self.reading.possessive[index]:
                held = self.scene.called.get(self.reading.low[index])
                return next(reversed(held)) if held else None
        return None

    def _role(self, noun: str, main: Chunk, parts: list[Chunk], form: str) -> Found | None:
        """Resolve "the Kremlin spokesperson", "the 63-year-old senator": the person the article says this of."""
        words = self._narrow(noun, main, parts)
        gender = lists.gendered("roles").get(noun, "")
        best, score, owned = None, 0.0, form == "owner" or any(run.possessive for run in main.runs)
        pool: dict[int, Person] = {}
        for head in {noun, *lists.kin("role_kin").get(noun, ())}:
            for person in self.cast.bearers(head, main.first):
                pool[person.number] = person
        for _, person in sorted(pool.items()):
            value = self._match(person, noun, words, gender, main.first, owned)
            if value > score:
                best, score = person, value
        if self._newcomer(noun, main.first, best):
            return None
        if best is not None and score >= 2:
            shown = self.reading.span(main.first, main.last)
            where = self._where(("p", best.number))
            return Found(
                ("p", best.number), "person", min(0.9, 0.5 + 0.07 * score), f"role: {shown} → {best.name}, {where}"
            )
        if form == "definite" and not owned and (self._telling(noun, main) or noun in lists.words("epithets")):
            return self._epithet(noun, main, gender)
        return None

    def _telling(self, noun: str, main: Chunk) -> bool:
        """Tell whether a description says so much that it calls back somebody named: an age, a home town, "former"."""
        words = self.reading.low[main.first : main.last]
        if "former" in words or any(word.endswith("year-old") for word in words):
            return True
        return noun not in _SPEAKING and any(word in lists.folded("places") for word in words)

    def _narrow(self, noun: str, main: Chunk, parts: list[Chunk]) -> frozenset[str]:
        """Give the words that narrow a role: nationality, place, age, what it is of."""
        low = self.reading.low
        words = [word for word in low[main.first : main.last] if word != noun]
        if len(parts) > 1 and parts[1].joint == "preposition":
            words += low[parts[1].first : parts[1].last]
        return frozenset(lists.countries().get(word, word) for word in words)

    def _match(self, person: Person, noun: str, words: frozenset[str], gender: str, at: int, owned: bool) -> float:
        if gender and person.gender and gender != person.gender:
            return 0.0
        exact = any(noun in role.heads for role in person.roles)
        if owned and not exact:
            return 0.0
        if person.first_seen > at and not (exact and self.reading.para[at] < _LEAD_PARAGRAPHS):
            return 0.0
        narrow = {lists.countries().get(word, word) for role in person.roles for word in (*role.narrow, *role.heads)}
        score = 2.5 if exact else 1.2
        score += 1.5 * sum(word in narrow or _like(word, narrow) for word in words)
        mine, theirs = words & lists.states(), narrow & lists.states()
        if mine and theirs and not mine & theirs:
            score -= 3
        held = self.scene.value(("p", person.number), self.reading.sent[at])
        return score + 2 * held / (held + 60) + self._lately(("p", person.number), at)

    def _lately(self, key: Key, at: int) -> float:
        """Weigh how lately somebody was last called by name: 1.5 in the same sentence, half of it in the next."""
        named = self.scene.named.get(key)
        return 0.0 if named is None else 1.5 / (1 + max(0, self.reading.sent[at] - self.reading.sent[named]))

    def _newcomer(self, noun: str, at: int, best: Person | None) -> bool:
        """Tell whether "a woman" without a name came in since the person was last given this role."""
        places = [place for place in self.cast.newcomers.get(noun, ()) if place < at]
        if not places:
            return False
        if best is None:
            return True
        known = [role.start for role in best.roles if noun in role.heads]
        return not known or self.reading.starts[places[-1]] > max(start for start in known)

    def _epithet(self, noun: str, main: Chunk, gender: str) -> Found | None:
        """No role fits: the person most in mind, with a doubt."""
        scene = self.scene
        words = {lists.countries().get(word, word) for word in self.reading.low[main.first : main.last]}
        national = noun in lists.demonyms() or noun in _NATIONALS
        if words & lists.states() and not national:
            return None
        held = [key for value, key in scene.ranked(self.reading.sent[main.first]) if value > _PRESENT and key[0] == "p"]
        held = [key for key in held if not gender or scene.person(key).gender in ("", gender)]
        kin = {noun, *lists.kin("role_kin").get(noun, ())}
        heads = {key: {head for role in scene.person(key).roles for head in role.heads} for key in held}
        fitting = [key for key in held if national or not heads[key] or heads[key] & kin]
        best = next(iter(fitting + held), None)
        if best is None:
            return None
        shown = self.reading.span(main.first, main.last)
        return Found(best, "person", 0.45, f"role: {shown} → {scene.name(best)}? no role given, last in mind")


def _like(word: str, narrow: set[str]) -> bool:
    """Tell whether an adjective of a place meets its noun: Moravian, Moravia."""
    return len(word) > 5 and any(len(other) > 5 and other[:5] == word[:5] for other in narrow)
