"""Who "he", "she", "it" and "they" are where they are a source."""

from __future__ import annotations

from store.speech.naming.scene import Found, Scene


class Pronouns:
    """Resolves pronouns against a scene that has been told up to them."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.reading = scene, scene.reading

    def single(self, at: int, gender: str) -> Found:
        """Resolve "he" (`gender` "m") or "she" ("f") at word `at`."""
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
        return Found(key, "person", sure, f"{word} → {person.surname}: last {what}, {self.scene.where(key)}")

    def other(self, at: int, gender: str) -> Found:
        """Resolve "it" or "they" (`gender` "it", "they") at word `at`: a body, or the unnamed."""
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
        return Found(
            key, "organisation", 0.7, f"{word} → {scene.name(key)}: last body speaking, {self.scene.where(key)}"
        )
