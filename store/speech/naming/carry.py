"""Speech without a source of its own: the subject of the clause, or whoever spoke last."""

from __future__ import annotations

from store.model import Span
from store.speech.naming import lists
from store.speech.naming.cast import Cast
from store.speech.naming.pronouns import Pronouns
from store.speech.naming.salience import Key
from store.speech.naming.scene import Found, Scene
from store.speech.records import Attribution

_PASSIVE = frozenset({"was", "were", "been", "being", "is", "are"})


class Carry:
    """Gives speech without a source the speaker it goes on from, where there is one."""

    def __init__(self, cast: Cast, scene: Scene) -> None:
        self.cast, self.scene, self.reading = cast, scene, cast.reading
        self.pronouns = Pronouns(scene)
        self._by_cue: dict[Span, Found] = {}
        self._last: tuple[Found, int] | None = None  # and the paragraph its content ends in

    def remember(self, said: Attribution, found: Found) -> None:
        """Take in an attribution that has a speaker."""
        if said.cue is not None:
            self._by_cue.setdefault(said.cue, found)
        self._last = (found, self._paragraph(said.spans[-1][1] - 1))

    def resolve(self, said: Attribution, at: int) -> Found:
        """Give the speaker of an attribution without source whose cue (or content) begins at word `at`."""
        if said.cue is not None:
            if said.cue in self._by_cue:
                return self._by_cue[said.cue]
            return self._beside(said.cue) or self._clause(said.cue, at)
        return self._floating(said, at)

    def _paragraph(self, offset: int) -> int:
        index = min(self.reading.at(offset), len(self.reading.para) - 1)
        return self.reading.para[index]

    def _beside(self, cue: Span) -> Found | None:
        """Take the name that stands right beside a cue: "Han said", "replied Ms Lund", "according to Caduff"."""
        return self._before(self.reading.at(cue[0])) or self._behind(self.reading.at(cue[1]))

    def _before(self, index: int) -> Found | None:
        """Take the name or the pronoun right in front of the cue at word `index`."""
        if not 0 < index < len(self.reading.low) or not self.reading.joined(index):
            return None
        low = self.reading.low[index - 1]
        if low in ("he", "she"):
            return self.pronouns.single(index - 1, "m" if low == "he" else "f")
        run = self.cast.covering.get(index - 1)
        person = self.cast.person_at(run.first) if run is not None and run.last == index else None
        if person is None or (run is not None and run.possessive):
            return None
        return Found(("p", person.number), "person", 0.85, f"named before the cue: {person.name}")

    def _behind(self, index: int) -> Found | None:
        """Take the name right behind a cue that ends before word `index`."""
        run = self.cast.runs.get(index)
        if run is None or index == 0 or not self.reading.joined(index) or run.possessive:
            return None
        person = self.cast.person_at(index)
        before = self.reading.low[index - 1]
        if person is None or not (before == "to" or before in lists.words("past_verbs") or before.endswith("ed")):
            return None
        if before == "to" and self.reading.low[index - 2] != "according":
            return None
        after = self.reading.text[self.reading.ends[run.last - 1] : self.reading.ends[run.last - 1] + 1]
        return (
            Found(("p", person.number), "person", 0.8, f"named behind the cue: {person.name}")
            if after in ",.;:"
            else None
        )

    def _clause(self, cue: Span, at: int) -> Found:
        """Give a participle takes the subject of its clause: "…, saying the issue falls within its remit"."""
        reading, scene = self.reading, self.scene
        words = reading.low[at : reading.at(cue[1]) + 1]
        if not any(word.endswith("ing") for word in words):
            return Found(None, "unnamed", 0.6, "the text names nobody")
        for key, place in reversed(scene.subjects[-12:]):
            if place < at and reading.para[place] == reading.para[at] and reading.sent[place] == reading.sent[at]:
                return self._found(key, 0.8, "subject of the clause")
        return Found(None, "unnamed", 0.4, "the text names nobody")

    def _floating(self, said: Attribution, at: int) -> Found:
        """Give a quotation by itself: who is told of right before it, else who spoke last."""
        reading, scene = self.reading, self.scene
        paragraph = self._paragraph(said.spans[0][0])
        told = [pair for pair in scene.subjects[-6:] if pair[1] < at and not reading.quoted[pair[1]]]
        if told and reading.para[told[-1][1]] == paragraph:
            return self._found(told[-1][0], 0.7, "told of right before the quotation")
        if self._last is not None and paragraph - self._last[1] <= 2 and self._last[0].key is not None:
            return self._found(self._last[0].key, 0.65, "goes on from the speech before")
        if told and paragraph - reading.para[told[-1][1]] <= 1:
            return self._found(told[-1][0], 0.5, "told of in the paragraph before")
        return Found(None, "unnamed", 0.3, "the text names nobody")

    def _found(self, key: Key, sure: float, why: str) -> Found:
        if key[0] == "u":
            return Found(key, "unnamed", sure, f"no source: {why}, unnamed")
        kind = "person" if key[0] == "p" else "organisation"
        return Found(key, kind, sure, f"no source: {why}: {self.scene.name(key)}")  # type: ignore[arg-type]
