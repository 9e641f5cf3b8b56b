"""Whom a role calls back: "the Kremlin spokesperson", "the 63-year-old senator", "the Italian"."""

from __future__ import annotations

from store.speech.naming import lists
from store.speech.naming.cast import Cast
from store.speech.naming.person import Person
from store.speech.naming.phrases import Chunk
from store.speech.naming.scene import Found, Scene

_SPEAKING = frozenset({"spokesman", "spokeswoman", "spokesperson", "official", "police", "officer"})
_MORE_PORTFOLIOS = {"environment", "sports", "oil", "water", "planning", "information", "economy"}
_PORTFOLIOS = (lists.group("offices") | _MORE_PORTFOLIOS) - {"the", "of", "and", "for"}
_RANKS = frozenset({"the", "top", "senior", "chief", "new", "country's", "of", "its"})
_NATIONALS = lists.group("national-nouns")
_OF_SOMETHING = frozenset({"chair", "director", "head", "manager", "professor"})  # say little without what they are of
_PRESENT = 15.0  # the least weight of what is still in mind
_LEAD_PARAGRAPHS = 3
_FEW = 20


class Bearers:
    """Resolves roles against a scene that has been told up to them."""

    def __init__(self, cast: Cast, scene: Scene) -> None:
        self.cast, self.scene, self.reading = cast, scene, cast.reading

    def role(self, noun: str, main: Chunk, parts: list[Chunk], form: str) -> Found | None:
        """Resolve "the Kremlin spokesperson", "the 63-year-old senator": the person the article says this of."""
        words = self._narrow(noun, main, parts)
        gender = lists.gendered("roles").get(noun, "")
        best, score, owned = None, 0.0, form == "owner" or any(run.possessive for run in main.runs)
        pool: dict[int, Person] = {}
        if noun == "head" and words & {"government", "state"}:  # "the head of government"
            noun = "premier" if "government" in words else "president"
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
            where = self.scene.where(("p", best.number))
            return Found(
                ("p", best.number), "person", min(0.9, 0.5 + 0.07 * score), f"role: {shown} → {best.name}, {where}"
            )
        if form == "definite" and not owned and (self._telling(noun, main) or noun in lists.words("epithets")):
            return self.epithet(noun, main, gender)
        return self._bare(noun, main, gender)

    def _bare(self, noun: str, main: Chunk, gender: str) -> Found | None:
        """Resolve a lead's "The head of the party said": the next paragraph quotes somebody it sees no need to present.

        That is a full name, first used there, as the whole of a source, of which the article tells no role and no age.
        """
        reading = self.reading
        paragraph = reading.para[main.first]
        if paragraph >= _LEAD_PARAGRAPHS or noun in _SPEAKING:
            return None
        for person in self.cast.people.persons[:_FEW]:
            if reading.para[person.first_seen] == paragraph + 1:
                told = bool(person.roles or person.ages) or (gender and person.gender not in ("", gender))
                if told or len(person.full) < 2 or person.first_seen not in self.cast.speaking:
                    return None
                shown = reading.span(main.first, main.last)
                return Found(
                    ("p", person.number), "person", 0.45, f"role: {shown} → {person.name}? quoted next, without a role"
                )
        return None

    @staticmethod
    def _other_age(person: Person, words: frozenset[str]) -> bool:
        """Tell whether the description gives an age that is not the person's."""
        aged = [word.partition("-")[0] for word in words if word.endswith("year-old")]
        return bool(aged) and bool(person.ages) and not person.ages & set(aged)

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
        if (gender and person.gender and gender != person.gender) or self._other_age(person, words):
            return 0.0
        exact = any(noun in role.heads for role in person.roles)
        if owned and not exact:
            return 0.0
        if person.first_seen > at and not (exact and self.reading.para[at] < _LEAD_PARAGRAPHS):
            return 0.0
        narrow = {lists.countries().get(word, word) for role in person.roles for word in (*role.narrow, *role.heads)}
        of = {word for role in person.roles for word in role.narrow} - _RANKS
        if person.first_seen > at and words - _RANKS and of and not (words - _RANKS) & narrow:
            return 0.0
        vague = _RANKS | lists.words("bodies")
        told, known = words - vague, narrow - vague
        if noun in _OF_SOMETHING and told and known and not _meet(told, known):
            return 0.0  # the head of another department
        score = 2.5 if exact else 1.2
        score += 1.5 * sum(word in narrow or word[:2] in person.ages or _like(word, narrow) for word in words)
        offices = words & _PORTFOLIOS
        if offices and not offices & narrow and narrow & _PORTFOLIOS:
            score -= 2
        mine, theirs = words & lists.states(), narrow & lists.states()
        if mine and theirs and not mine & theirs:
            score -= 3
        held = self.scene.value(("p", person.number), self.reading.sent[at])
        return score + 2 * held / (held + 60) + self.scene.lately(("p", person.number), at)

    def _newcomer(self, noun: str, at: int, best: Person | None) -> bool:
        """Tell whether "a woman" without a name came in since the person was last given this role."""
        places = [place for place in self.cast.newcomers.get(noun, ()) if place < at]
        if not places:
            return False
        if best is None:
            return True
        known = [role.start for role in best.roles if noun in role.heads]
        return not known or self.reading.starts[places[-1]] > max(start for start in known)

    def epithet(self, noun: str, main: Chunk, gender: str) -> Found | None:
        """No role fits: the person most in mind, with a doubt."""
        scene = self.scene
        said = {lists.countries().get(word, word) for word in self.reading.low[main.first : main.last]}
        national = noun == "native" or noun in lists.demonyms() or noun in _NATIONALS
        if said & lists.states() and not national:
            return None
        held = [key for value, key in scene.ranked(self.reading.sent[main.first]) if value > _PRESENT and key[0] == "p"]
        words = frozenset(self.reading.low[main.first : main.last])
        held = [key for key in held if not self._other_age(scene.person(key), words)]
        held = [key for key in held if not gender or scene.person(key).gender in ("", gender)]
        kin = {noun, *lists.kin("role_kin").get(noun, ())}
        heads = {key: {head for role in scene.person(key).roles for head in role.heads} for key in held}
        fitting = [key for key in held if national or not heads[key] or heads[key] & kin]
        best = next(iter(fitting + held), None)
        if best is None:
            return None
        shown = self.reading.span(main.first, main.last)
        return Found(best, "person", 0.45, f"role: {shown} → {scene.name(best)}? no role given, last in mind")


def _meet(words: frozenset[str], narrow: set[str]) -> bool:
    """Tell whether two descriptions share a word or a like one."""
    return any(word in narrow or _like(word, narrow) for word in words)


def _like(word: str, narrow: set[str]) -> bool:
    """Tell whether an adjective of a place meets its noun: Moravian, Moravia."""
    return len(word) > 5 and any(len(other) > 5 and other[:5] == word[:5] for other in narrow)
