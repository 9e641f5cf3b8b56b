"""How words are printed: in quotation marks only where they are the speaker's own, as the source prints them."""

from __future__ import annotations

from store.model import SpeechKind

_MARKS = frozenset('“”„«»「」『』"')


def marks_around(words: str, speech: SpeechKind | None) -> tuple[str, str]:
    """Give what is to be printed before and after `words`: quotation marks for direct speech, nothing for all else.

    A paraphrase, and a stretch that has quotation marks of its own, would say in marks what nobody said.
    """
    return ("“", "”") if speech == "direct" and _MARKS.isdisjoint(words) else ("", "")


def as_printed(words: str, speech: SpeechKind | None) -> str:
    """Give `words` as they may be printed."""
    before, after = marks_around(words, speech)
    return f"{before}{words}{after}"


def how_said(speech: SpeechKind | None) -> str:
    """Say in a word that words are not, or not all, the speaker's own; empty where they are, or are no speech."""
    return "" if speech in {None, "direct"} else str(speech)


def attributed(words: str, speaker: str | None, speech: SpeechKind | None) -> str:
    """Give words with who said them on one line, for pasting; words that are no speech are the article's own."""
    own, bare = speech or "direct", words.strip('“”" \n\t')
    words = bare if own == "direct" and _MARKS.isdisjoint(bare) else words.strip()
    how = f" ({how_said(speech)})" if how_said(speech) else ""
    return as_printed(words, own) + (f" — {speaker}{how}" if speaker else "")
