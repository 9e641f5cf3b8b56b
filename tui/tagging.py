"""What the prompts offer: tags and speakers, best guess first. Knows the library, not the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from store.keep.tag_use import TagUse
from store.library import Library
from store.model import Claim, Quote, Span, Tag
from store.search.fold import words
from store.search.suggest import suggest
from tui.counting import count
from tui.dates import parse, short
from tui.widgets.choice_prompt import Choice

MOST = 30
UNNAMED_SOURCE = "(a source without a name)"
NOT_SPEECH = "(no quote: take the mark off)"
NO_QUOTE = "\n"
"""What taking `NOT_SPEECH` gives; no name holds a line break."""
FAR = 1 << 40
FEW = 2000
"""Claims that are read for the uses of their tags while the screen waits."""


class TagOffer:
    """Offers tags for some words of an article: those used for the same words, speaker and article come first."""

    def __init__(
        self,
        library: Library,
        article_id: str,
        words: str,
        speaker: str | None,
        given: Sequence[str] = (),
        today: date | None = None,
    ) -> None:
        self._library, self._about = library, (article_id, words, speaker)
        self._given, self._today = frozenset(given), today
        self.learn()

    def learn(self) -> None:
        """Rank the tags by what is known of their uses now."""
        library = self._library
        uses, tags = library.tag_uses(), library.tags()
        self._uses = {tag.name: uses.get(tag.id, 0) for tag in tags}
        self._colours = {tag.name: tag.colour for tag in tags}
        self._why = _ranked(library, tags, *self._about)
        self._ranked = list(self._why)
        self._other_names = {other: tag.name for tag in tags for other in tag.synonyms} | {
            tag.name: library.tag(tag.name).name for tag in library.merged_tags()
        }

    def __call__(self, typed: str) -> Sequence[Choice]:
        """Give the tags for what was typed, and last, unless it is a tag already, the tag that it would make."""
        wanted = " ".join(typed.split())
        names = [*self._ranked, *self._other_names]
        if not wanted:
            names = [name for name in self._ranked if name not in self._given]
        found: dict[str, Choice] = {}
        for name, marks in suggest(typed, names, MOST):
            tag = self._other_names.get(name, name)
            shown = f"{name} → {tag}" if tag != name else tag
            sure = not wanted or begins(wanted, name)
            found.setdefault(tag, Choice(tag, shown, marks, self._note(tag), sure, self._colours.get(tag, "")))
        choices = list(found.values())
        same = [choice for choice in choices if choice.value.casefold() == wanted.casefold()]
        if same:
            return [*same, *(choice for choice in choices if choice is not same[0])]
        return [*choices, Choice(wanted, f"+ new tag “{wanted}”")] if wanted else choices

    def _note(self, tag: str) -> str:
        uses = self._uses.get(tag, 0)
        why, used = self._why.get(tag, ("", ""))
        day = parse(used) if self._today else None
        last = f"last {short(day, self._today)}".replace("Today", "today") if day and self._today else ""
        parts = ("already here" if tag in self._given else why, count(uses, "use"), last)
        return " · ".join(part for part in parts if part)


def begins(wanted: str, name: str) -> bool:
    """Say whether `name` is clearly what was typed: each typed word begins a word of it, whatever case and accents."""
    printed = [word.text for word in words(name)]
    typed = [word.text for word in words(wanted)]
    for word in typed:
        found = next((one for one in printed if one.startswith(word)), None)
        if found is None:
            return False
        printed.remove(found)
    return bool(typed)


_REASONS = ((8, "same words"), (7, "its words"), (4, "this speaker"), (2, "this article"))


def _ranked(
    library: Library, tags: Sequence[Tag], article_id: str, target: str, speaker: str | None
) -> dict[str, tuple[str, str]]:
    """Rank all tags, each with why (same words, named in them, this speaker, this article) and when it was used last.

    Within the same reason the one used last comes first, and what was never used comes at the end.
    """
    inside = {word.text for word in words(target)}
    near = library.tags_near(target, speaker, article_id) if uses_at_hand(library) else {}
    scores: dict[str, tuple[int, str]] = {}
    for tag in tags:
        use = near.get(tag.id, _UNUSED)
        parts = _words(tag.name)
        named = 7 if parts and parts <= inside else 0
        scores[tag.name] = (max(named, 8 * use.words + 4 * use.speaker + 2 * use.article), use.last)
    best = sorted(scores, key=lambda name: scores[name], reverse=True)
    why = {name: next((why for least, why in _REASONS if scores[name][0] >= least), "") for name in best}
    return {name: (why[name], scores[name][1]) for name in best}


def uses_at_hand(library: Library) -> bool:
    """Say whether the uses of tags can be told while the screen waits; `learn_uses` sees to it in a worker."""
    return library.knows_tag_uses or len(library.raw("claims")) <= FEW


def learn_uses(library: Library) -> None:
    """Read every claim for what its tags were used on, which takes long in a large library."""
    if not library.knows_tag_uses:
        library.tags_near("", None, "")


_UNUSED = TagUse()


@lru_cache(maxsize=1 << 14)
def _words(name: str) -> frozenset[str]:
    return frozenset(word.text for word in words(name))


class SpeakerOffer:
    """Offers who may have said `span`: who is named nearest to it first, then everybody who speaks in the library.

    That it is no quote is offered while it is asked about `one` alone.
    """

    def __init__(
        self,
        library: Library,
        article_id: str,
        quote: Quote | None,
        span: Span = (0, 0),
        *,
        one: Callable[[], bool] = lambda: True,
    ) -> None:
        analysis = library.analysis(article_id)
        here = [found.speaker for found in analysis.quotes if found.speaker]
        near = {
            speaker.name: min((_apart(mention, span) for mention in speaker.mentions), default=FAR)
            for speaker in analysis.speakers
            if speaker.kind != "unnamed"
        }
        self._here = {*near, *here}
        everywhere = [name for article in library.articles() for name in article.speakers]
        by_place = sorted(dict.fromkeys([*here, *near]), key=lambda name: near.get(name, FAR))
        self._now, self._quote, self._one = quote.speaker if quote else None, quote, one
        names = dict.fromkeys([*by_place, *everywhere])
        self._names = [name for name in names if name != self._now]

    def __call__(self, typed: str) -> Sequence[Choice]:
        """Give the speakers for what was typed, then what was typed itself, then a source without a name."""
        wanted = " ".join(typed.split())
        found = suggest(typed, self._names, MOST)
        choices = [
            Choice(name, name, marks, self._note(name), not wanted or begins(wanted, name)) for name, marks in found
        ]
        unnamed = Choice("", UNNAMED_SOURCE)
        if not wanted:
            no_quote = [Choice(NO_QUOTE, NOT_SPEECH)] if self._quote and self._one() else []
            numbered = [*choices[:7], unnamed, *no_quote]
            return [
                Choice(c.value, f"{at} {c.words}", tuple((s + 2, e + 2) for s, e in c.marks), c.note)
                for at, c in enumerate(numbered, 1)
            ]
        if not any(choice.value.casefold() == wanted.casefold() for choice in choices):
            choices.append(Choice(wanted, f"+ “{wanted}”"))
        return [*choices, Choice("", UNNAMED_SOURCE, (), "", sure=False)] if len(choices) < MOST else choices

    def _note(self, name: str) -> str:
        return "" if name in self._here else "other articles"


def _apart(mention: Span, span: Span) -> int:
    """Measure how far a mention is from a stretch; what comes after counts double, names mostly come before."""
    return max(0, span[0] - mention[1]) + 2 * max(0, mention[0] - span[1])


def claim_at(claims: Sequence[Claim], start: int, end: int) -> Claim | None:
    """Give the shortest claim that shares a character with the stretch from `start` to `end`."""
    here = [claim for claim in claims if claim.anchor.start < end and start < claim.anchor.end]
    return min(here, key=lambda claim: claim.anchor.end - claim.anchor.start, default=None)
