"""Who is in the reader's mind at a place in the text: the ground for resolving "he", "she" and "they".

After Lappin and Leass (1994), *An algorithm for pronominal anaphora resolution*: every mention adds weight by its place
in the sentence, and weight fades with each sentence told.
"""

from __future__ import annotations

from store.speech.naming import lists
from store.speech.naming.reading import Reading
from store.speech.naming.runs import Run

Key = tuple[str, int]  # ("p", person), ("b", body) or ("u", unnamed source)

SUBJECT, SPEAKER, OBJECT, OBLIQUE, POSSESSOR = 80.0, 130.0, 50.0, 40.0, 35.0
_ASIDES = frozenset({"who", "whose", "a", "an", "the", "his", "her", "himself", "herself"})
_FADE = [0.52**sentences for sentences in range(41)]
_CAP, _KEPT = 220.0, 14
_PREPOSITIONS = lists.group("prepositions")
_AUXILIARIES = lists.group("auxiliaries")


class Salience:
    """The weights of everybody recently mentioned; old and weak ones are forgotten, so work stays bounded."""

    def __init__(self) -> None:
        self._held: dict[Key, tuple[float, int]] = {}

    def add(self, key: Key, weight: float, sentence: int) -> None:
        """Count a mention of `key` in `sentence`."""
        before = self.value(key, sentence)
        self._held.pop(key, None)
        self._held[key] = (min(_CAP, max(before, weight) + 0.35 * min(before, weight)), sentence)
        if len(self._held) > _KEPT:
            values = [self.value(held, sentence) for held in self._held]
            del self._held[list(self._held)[values.index(min(values))]]

    def value(self, key: Key, sentence: int) -> float:
        """Give the weight of `key` as seen from `sentence`."""
        weight, last = self._held.get(key, (0.0, sentence))
        return weight if sentence <= last else weight * _FADE[min(40, sentence - last)]

    def ranked(self, sentence: int) -> list[tuple[float, Key]]:
        """Give everybody held, heaviest first; of equals the one mentioned last."""
        order = [
            (weight if sentence <= last else weight * _FADE[min(40, sentence - last)], place, key)
            for place, (key, (weight, last)) in enumerate(self._held.items())
        ]
        return [(value, key) for value, _, key in sorted(order, reverse=True)]


def weight(reading: Reading, run: Run) -> float:
    """Give what a mention weighs by its place in the sentence."""
    first, last = run.first, run.last
    if run.possessive:
        base = POSSESSOR
    else:
        before = reading.low[first - 1] if first and reading.sent[first - 1] == reading.sent[first] else ""
        if before == "the" and first > 1:
            before = reading.low[first - 2]
        near = bool(before) and reading.gap(first).isspace()
        between = _between_commas(reading, first, last)
        if near and before in _PREPOSITIONS:
            base = OBLIQUE
        elif (reading.opens[first] and not near and _after_name(reading, last)) or between:
            base = SUBJECT + 20.0
        elif verb(reading, last):
            role = before in lists.gendered("roles")
            base = SUBJECT + (20.0 if reading.opens[first] or not near or role else 0.0)
        elif near and before.endswith(("ed", "ing")):
            base = OBJECT
        else:
            base = 60.0
    return base * (0.25 if reading.quoted[first] else 1.0)


def verb(reading: Reading, index: int) -> bool:
    """Tell whether the word at `index` looks like the verb of the words before it."""
    if index >= len(reading.words) or not reading.joined(index):
        return False
    low = reading.low[index]
    if low in _AUXILIARIES or low in lists.words("past_verbs"):
        return True
    if low in (
        "also",
        "then",
        "later",
        "now",
        "still",
        "never",
        "himself",
        "herself",
        "himself",
        "often",
        "once",
    ) or low.endswith("ly"):
        return True
    return reading.words[index].islower() and len(low) > 3 and low.endswith(("ed", "s")) and not low.endswith("ss")


def _between_commas(reading: Reading, first: int, last: int) -> bool:
    """Tell whether a name stands between a role that is the subject and its verb: "The governor, Ada Quill, gave"."""
    size = len(reading.words)
    if not first or last >= size or reading.gap(first) != ", " or reading.gap(last) != ", ":
        return False
    low = reading.low[last]
    known = low in lists.words("past_verbs") or low in _AUXILIARIES or low.endswith("ed")
    return reading.words[last].islower() and known


def _after_name(reading: Reading, index: int) -> bool:
    """Tell whether a comma and "who", "a", "the"… follow a name: it is the subject, and an aside comes first."""
    if index >= len(reading.words) or not reading.gap(index).lstrip("’s'").startswith(","):
        return False
    return reading.low[index] in _ASIDES or reading.words[index].isdigit()
