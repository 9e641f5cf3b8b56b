"""Ranking in buckets that can be explained: exact phrase, all words, spelled alike, typos, words missing."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from store.search.finding import Candidate
from store.search.match import LABELS, How
from store.search.plan import Answer, Plan

FIELDS = ("body", "who", "tags", "note")
_RANKS = {
    ("tag", "tags"): 0, ("speaker", "who"): 1, ("claim", "tags"): 2, ("claim", "body"): 3, ("quote", "body"): 4,
    ("claim", "who"): 5, ("quote", "who"): 6, ("claim", "note"): 7, ("article", "body"): 8, ("text", "body"): 9,
}  # fmt: skip
_LAST = 10
_NAMES = {"who": "speaker", "tags": "tag", "note": "note"}
Key = tuple[int, ...]


class Ranked(Struct, frozen=True, gc=False):
    """A candidate with its place in the order (smaller is better).

    `field` is the one that matched best, `positions` which of the `words` shown matched, `how` the worst answer,
    `given` the numbers of the groups that have an answer, `wrong` how many of these are answered by other words.
    """

    candidate: Candidate
    bucket: int
    missing: int
    how: How
    phrase: bool
    spread: int
    field: str
    positions: tuple[int, ...]
    words: Sequence[str]
    matched: tuple[str, ...]
    given: tuple[int, ...] = ()
    wrong: int = 0

    def key(self, kind: str, day: int) -> Key:
        """Give the key to sort by; `kind` is what the hit is shown as."""
        rank = _RANKS.get((kind, self.field), _LAST)
        return (self.bucket, self.missing, int(self.how), self.wrong, self.spread, rank, -day, -self.candidate.n)

    def why(self, typed: int) -> str:
        """Say in words how the candidate matched `typed` terms."""
        if self.missing:
            said = f"{typed - self.missing} of {typed} words"
        elif self.how > How.BEGUN:
            said = ""
        elif typed == 1 or self.phrase:
            said = "begins so" if self.how is How.BEGUN else "exact phrase" if typed > 1 else "exact"
        else:
            said = "all words"
        label = LABELS[self.how]
        spelled = f"{label}: {', '.join(self.matched)}" if label and self.matched else label
        place = _NAMES.get(self.field, "")
        if self.candidate.kind in {"tag", "speaker"} and self.field != "note":
            place = ""
        elif self.field == "note" and self.candidate.kind != "claim":
            place = "source" if self.candidate.kind == "article" else "also called"
        return " · ".join(part for part in (place, said, spelled) if part)


def rank(candidate: Candidate, plan: Plan, columns: Sequence[str] = (), most_missing: int = 1) -> Ranked | None:
    """Tell how a candidate answers the groups of a plan; None when more than `most_missing` have no answer."""
    fields = [
        (name, words.split(" "))
        for name, words in zip(FIELDS, candidate.folded, strict=False)
        if words and (not columns or name in columns)
    ]
    answers = [_answers(plan, name, words) for name, words in fields]
    best = [_best(at, answers) for at in range(len(plan.groups))]
    given = [one for one in best if one is not None]
    missing = len(best) - len(given)
    if not given or missing > most_missing:
        return None
    how = max([one[0] for one in given])
    number = _field_of(fields, answers, how, [one[1] for one in given])
    positions = [found[1] if found else () for found in answers[number]]
    whole = all(positions)
    run = whole and len(positions) > 1 and _in_a_row(positions)
    shown, words = _shown(candidate.kind, answers, fields)
    return Ranked(
        candidate=candidate,
        bucket=_bucket(how, missing, run, len(best)),
        missing=missing,
        how=how,
        phrase=run,
        spread=_spread(positions) if whole else 20,
        field=fields[number][0],
        positions=shown,
        words=words,
        matched=_spelled(plan, fields, best) if how > How.BEGUN else (),
        wrong=sum([one[0] > How.BEGUN for one in given]),
        given=tuple([at for at, one in enumerate(best) if one is not None]),
    )


Answers = list[Answer | None]


def _answers(plan: Plan, field: str, words: Sequence[str]) -> Answers:
    found: Answers = []
    for group in plan.groups:
        best: Answer | None = None
        for wanted in group:
            if wanted.term.columns and field not in wanted.term.columns:
                continue
            answer = wanted.answer(words)
            if answer is not None and (best is None or answer[0] < best[0]):
                best = answer
        found.append(best)
    return found


def _best(at: int, answers: Sequence[Answers]) -> tuple[How, int] | None:
    known = [(one[0], number) for number, found in enumerate(answers) if (one := found[at]) is not None]
    return min(known) if known else None


def _field_of(
    fields: Sequence[tuple[str, list[str]]], answers: Sequence[Answers], how: How, used: Sequence[int]
) -> int:
    """Choose the field that answers everything as well as all fields together do, else the one most used."""
    numbers = {name: number for number, (name, _) in enumerate(fields)}
    for name in ("tags", "body", "who", "note"):
        number = numbers.get(name, -1)
        if number >= 0 and all(found is not None and found[0] <= how for found in answers[number]):
            return number
    return max(set(used), key=lambda number: (used.count(number), -number))


def _shown(
    kind: str, answers: Sequence[Answers], fields: Sequence[tuple[str, list[str]]]
) -> tuple[tuple[int, ...], Sequence[str]]:
    """Give which words of the shown text answer, and the words.

    Tags and speakers show their name, everything else the body.
    """
    shown = {"tag": "tags", "speaker": "who"}.get(kind, "body")
    for (name, words), found in zip(fields, answers, strict=True):
        if name == shown:
            return tuple(sorted({at for one in found if one is not None for at in one[1]})), words
    return (), ()


def _bucket(how: How, missing: int, run: bool, groups: int) -> int:
    if missing:
        return 5
    if how <= How.BEGUN:
        return 0 if run or (groups == 1 and how is How.SAME) else 1
    return {How.FORM: 2, How.SPELLING: 2, How.TYPO: 3}.get(how, 4)


def _in_a_row(positions: Sequence[Sequence[int]]) -> bool:
    """Tell whether the groups are answered side by side, in their order."""
    starts = positions[0]
    for following in positions[1:]:
        starts = [at + 1 for at in starts if at + 1 in following]
    return bool(starts)


def _spread(positions: Sequence[Sequence[int]]) -> int:
    """Measure how far apart the answers stand, roughly: 0 side by side, growing with the doubling of the distance."""
    if len(positions) == 1:
        return 0
    marked = sorted((at, group) for group, found in enumerate(positions) for at in found)
    last: dict[int, int] = {}
    least = 1 << 16
    for at, group in marked:
        last[group] = at
        if len(last) == len(positions):
            least = min(least, at - min(last.values()) + 1 - len(positions))
    return max(0, least).bit_length()


def _spelled(
    plan: Plan, fields: Sequence[tuple[str, list[str]]], best: Sequence[tuple[How, int] | None]
) -> tuple[str, ...]:
    """Name the words that answer by another spelling or with typos."""
    named: list[str] = []
    for at, one in enumerate(best):
        if one is None or one[0] <= How.BEGUN:
            continue
        words = fields[one[1]][1]
        for wanted in plan.groups[at]:
            answer = wanted.answer(words)
            if answer is not None and answer[0] == one[0]:
                named.append(f"{' '.join(wanted.term.words)} → {' '.join(words[place] for place in answer[1][:1])}")
                break
    return tuple(dict.fromkeys(named))
