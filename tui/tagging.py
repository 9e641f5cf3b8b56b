"""What the prompts offer: tags and speakers, best guess first. Knows the library, not the screen."""

from __future__ import annotations

from collections.abc import Sequence

from store.library import Library
from store.model import Claim, Quote
from store.search.suggest import suggest
from tui.widgets.choice_prompt import Choice

MOST = 30
UNNAMED_SOURCE = "(a source without a name)"


class TagOffer:
    """Offers tags for some words of an article: those used for the same words, speaker and article come first."""

    def __init__(self, library: Library, article_id: str, words: str, speaker: str | None) -> None:
        self._uses = {tag.name: library.tag_uses().get(tag.id, 0) for tag in library.tags()}
        self._ranked = _ranked(library, article_id, words, speaker)
        self._other_names = {
            other: tag.name for tag in library.tags() for other in tag.synonyms if tag.merged_into is None
        }

    def __call__(self, typed: str) -> Sequence[Choice]:
        """Give the tags for what was typed, and last, unless it is a tag already, the tag that it would make."""
        wanted = " ".join(typed.split())
        names = [*self._ranked, *self._other_names]
        found: dict[str, Choice] = {}
        for name, marks in suggest(typed, names, MOST):
            tag = self._other_names.get(name, name)
            shown = f"{name} → {tag}" if tag != name else tag
            sure = not wanted or bool(marks)
            found.setdefault(tag, Choice(tag, shown, marks, self._note(tag), sure))
        choices = list(found.values())
        same = [choice for choice in choices if choice.value.casefold() == wanted.casefold()]
        if same:
            return [*same, *(choice for choice in choices if choice is not same[0])]
        return [*choices, Choice(wanted, f"+ new tag “{wanted}”")] if wanted else choices

    def _note(self, tag: str) -> str:
        uses = self._uses.get(tag, 0)
        return f"{uses} use{'' if uses == 1 else 's'}"


def _ranked(library: Library, article_id: str, words: str, speaker: str | None) -> list[str]:
    """Rank all tags: used for the same words, for this speaker, in this article; then the newest first."""
    folded = " ".join(words.casefold().split())
    scores: dict[str, tuple[int, str]] = {}
    for claim in library.claims():
        score = 8 * (" ".join(claim.anchor.exact.casefold().split()) == folded)
        score += 4 * (speaker is not None and claim.speaker == speaker)
        score += 2 * (claim.anchor.article == article_id)
        for name in library.tag_names(claim):
            scores[name] = max(scores.get(name, (0, "")), (score, claim.modified))
    used = sorted(scores, key=lambda name: scores[name], reverse=True)
    return [*used, *(tag.name for tag in library.tags() if tag.name not in scores and tag.merged_into is None)]


class SpeakerOffer:
    """Offers who may have said something: the article's speakers first, then everybody who speaks in the library."""

    def __init__(self, library: Library, article_id: str, quote: Quote | None) -> None:
        here = [found.speaker for found in library.analysis(article_id).quotes if found.speaker]
        named = [speaker.name for speaker in library.analysis(article_id).speakers if speaker.kind != "unnamed"]
        self._here = set(here) | set(named)
        everywhere = [name for article in library.articles() for name in article.speakers]
        by_count = sorted(dict.fromkeys(here), key=lambda name: -here.count(name))
        now = quote.speaker if quote else None
        names = dict.fromkeys([*by_count, *named, *everywhere])
        self._names = [name for name in names if name != now]

    def __call__(self, typed: str) -> Sequence[Choice]:
        """Give the speakers for what was typed, then what was typed itself, then a source without a name."""
        wanted = " ".join(typed.split())
        found = suggest(typed, self._names, MOST)
        choices = [
            Choice(name, name, marks, "" if name in self._here else "other articles", not wanted or bool(marks))
            for name, marks in found
        ]
        unnamed = Choice("", UNNAMED_SOURCE)
        if not wanted:
            numbered = [*choices[:8], unnamed]
            return [
                Choice(c.value, f"{at} {c.words}", tuple((s + 2, e + 2) for s, e in c.marks), c.note)
                for at, c in enumerate(numbered, 1)
            ]
        if not any(choice.value.casefold() == wanted.casefold() for choice in choices):
            choices.append(Choice(wanted, f"+ “{wanted}”"))
        return [*choices, Choice("", UNNAMED_SOURCE, (), "", sure=False)] if len(choices) < MOST else choices


def claim_at(claims: Sequence[Claim], start: int, end: int) -> Claim | None:
    """Give the shortest claim that shares a character with the stretch from `start` to `end`."""
    here = [claim for claim in claims if claim.anchor.start < end and start < claim.anchor.end]
    return min(here, key=lambda claim: claim.anchor.end - claim.anchor.start, default=None)
