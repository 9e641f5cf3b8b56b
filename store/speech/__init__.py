"""A text in, quotes with their speakers out; knows only strings and spans."""

from __future__ import annotations

from collections.abc import Sequence

from store.model import Analysis, Block, Quote

ANALYSER = "newsreader-speech/4"


def analyse(text: str, blocks: Sequence[Block] = (), language: str | None = None) -> Analysis:
    """Find what is reported as said in `text`, and by whom.

    `blocks` say which stretches of the text are paragraphs, lists, subheads; without them every line is a paragraph.
    `language` is the ISO 639-1 code of the language the text is thought to be in; English where none is given, or where
    the text's own words are English. No text makes it fail; time grows with the text's length.
    """
    if language and not language.startswith("en"):
        from store.speech.abroad import find as find_abroad  # noqa: PLC0415
        from store.speech.abroad import foreign  # noqa: PLC0415

        if foreign(text, language):
            quotes, speakers = find_abroad(text, blocks, language)
            return Analysis(analyser=ANALYSER, quotes=quotes, speakers=speakers)
    from store.speech.names import resolve  # noqa: PLC0415 - heavy, and only needed here
    from store.speech.spans import find, read  # noqa: PLC0415

    paragraphs = read(text, blocks)
    said = find(text, paragraphs)
    if not said:
        return Analysis(analyser=ANALYSER)
    named = resolve(text, [(p.start, p.end) for p in paragraphs], said)
    quotes = tuple(
        Quote(
            kind=one.kind,
            spans=one.spans,
            cue=one.cue,
            source=one.source,
            speaker=who.speaker,
            carrier=who.carrier,
            confidence=round(min(one.confidence, who.confidence), 2),
            why=who.why or one.why,
        )
        for one, who in zip(said, named.resolved, strict=True)
    )
    return Analysis(analyser=ANALYSER, quotes=quotes, speakers=named.speakers)
