"""Which body a noun calls back, and whose words a document gives: "the bank", "his campaign", "the report"."""

from __future__ import annotations

from store.speech.naming import lists
from store.speech.naming.bodies import Body
from store.speech.naming.cast import Cast
from store.speech.naming.person import Person
from store.speech.naming.phrases import Chunk
from store.speech.naming.salience import Key
from store.speech.naming.scene import Found, Scene

_COMPANY = lists.group("company-nouns")
_PRESENT = 15.0  # the least weight of what is still in mind


class Callbacks:
    """Resolves nouns for bodies and documents against a scene that has been told up to them."""

    def __init__(self, cast: Cast, scene: Scene) -> None:
        self.cast, self.scene, self.reading = cast, scene, cast.reading

    def body(self, noun: str, main: Chunk, form: str) -> Found | None:
        """Resolve "the bank", "his campaign", "Clinton's campaign"."""
        scene, reading = self.scene, self.reading
        owner = self._owner(main)
        if noun in ("campaign", "administration", "government", "office") and owner is not None:
            body = self._owned(owner, noun, main)
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
            max(reversed(fitting), key=lambda key: scene.value(key, sentence) + 80 * scene.lately(key, main.first))
        )
        return Found(
            ("b", best.number),
            "organisation",
            0.75,
            f"the {noun} → {best.name}, {self.scene.where(('b', best.number))}",
        )

    def _owned(self, owner: Person | Body, noun: str, main: Chunk) -> Body:
        """File what somebody owns: "his campaign" → "Clinton campaign"; "Mali's military government" as it is told."""
        if isinstance(owner, Person):
            return self.cast.campaign(owner.surname, noun, main.first, main.last)
        run = next((run for run in main.runs if run.possessive), None)
        if run is None or run.last + 1 == main.last:
            return self.cast.campaign(owner.name, noun, main.first, main.last)
        return self.cast.bodies.add(self.reading.span(main.first, main.last), main.first, main.last, noun)

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
            key, _, _ = self.scene.antecedent(main.first, "m" if low == "his" else "f")
            return self.scene.person(key) if key is not None and key[0] == "p" else None
        for run in main.runs:
            if run.possessive and run.last < main.last:
                return self.cast.person_at(run.first) or self.cast.body_at(run.first)
        return None

    def document(self, noun: str, main: Chunk, parts: list[Chunk], form: str) -> Found:
        """Give a report, an article, a statement: the body it is from, if a body is named with it."""
        for part in reversed(parts):
            ahead = self.reading.low[max(0, part.first - 2) : part.first]
            near = ["of"] if part in parts[1:2] else []  # not "figures released under Freedom of Information"
            if part is not main and ahead[-1:] not in (["by"], ["from"], near):
                continue
            if len(ahead) > 1 and ahead[0] in lists.group("read"):  # "a memo seen by the Herald"
                continue
            for run in reversed(part.runs):
                body = self.cast.body_at(run.first)
                if body is not None and not body.place:
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
