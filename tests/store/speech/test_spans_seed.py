"""The whole of the sample article: every attribution, its speaker, cue, source and carrier."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.model import Quote
from store.speech import analyse

SEED = next((Path(__file__).parents[3] / "seeds").glob("enab-baladi_*.txt"))
SHARAA, PUTIN, PESKOV, LAVROV = "Ahmed al-Sharaa", "Vladimir Putin", "Dmitry Peskov", "Sergey Lavrov"
GOLD = [
    ("Kremlin", "al-Sharaa and Putin are set to discuss", "According to", None),
    (PESKOV, "the talks between the two presidents", "said", None),
    (PESKOV, "Putin and al-Sharaa will also discuss", "added", None),
    (PESKOV, "Russian Syrian relations have seen", "said", None),
    (PESKOV, "the issue falls within its remit", "saying", None),
    (SHARAA, "the new Syria is reconnecting", "said", None),
    (SHARAA, "part of Syria’s food supply", "said", "Sputnik"),
    (SHARAA, "Russia and Syria are linked", "stressed", None),
    (SHARAA, "Syria respects everything", "added", None),
    (PUTIN, "Russia’s relations with Syria have always", "said", None),
    (PUTIN, "Russia has not had any relations", "added", None),
    (PUTIN, "Russia’s goal has always been", "saying", None),
    (PUTIN, "Russia and Syria have had a special", "said", None),
    (LAVROV, "Russia’s Foreign Ministry had made", "said", "RIA Novosti"),
    (LAVROV, "Russian President Vladimir Putin “discussed", "said", "Sputnik"),
    ("Alexander Novak", "Syria needs to rebuild", "said", None),
    (SHARAA, "the issue of ousted Syrian President", "said", None),
    (SHARAA, "Syria’s relationship with Russia is still", "noting", None),
    (SHARAA, "his government insists", "said", None),
    (SHARAA, "We will preserve our right", "added", None),
    (SHARAA, "We were at war with Russia", "said", "The Washington Post"),
    (SHARAA, "Syria needs Russia because", "said", None),
    (SHARAA, "We need its vote", "adding", None),
    (SHARAA, "he does not want to push Russia", "added", None),
]


@pytest.fixture(scope="module")
def text() -> str:
    return SEED.read_text("utf-8")


@pytest.fixture(scope="module")
def quotes(text: str) -> tuple[Quote, ...]:
    return analyse(text).quotes


@pytest.mark.parametrize(("speaker", "words", "cue", "carrier"), GOLD, ids=[row[1] for row in GOLD])
def test_the_seed_says_who_said_it(
    text: str, quotes: tuple[Quote, ...], speaker: str, words: str, cue: str, carrier: str | None
) -> None:
    at = text.index(words)
    found = [quote for quote in quotes if quote.start <= at + 5 < quote.end]
    assert len(found) == 1
    (quote,) = found
    assert (quote.speaker or "").removeprefix("the ").removeprefix("The ") == speaker
    assert quote.cue is not None
    assert cue in text[slice(*quote.cue)]
    assert carrier is None or carrier.split()[-1] in (quote.carrier or "")


def test_the_seed_holds_hardly_anything_else(text: str, quotes: tuple[Quote, ...]) -> None:
    starts = [text.index(words) + 5 for _, words, _, _ in GOLD]
    extra = [text[q.start : q.end] for q in quotes if not any(q.start <= at < q.end for at in starts)]
    assert len(extra) <= 2
    assert not any("future of ousted" in words for words in extra)
