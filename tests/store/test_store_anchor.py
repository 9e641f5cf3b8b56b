"""Anchors: words are found again in a changed text, and what changed the meaning is never waved through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.anchor import anchor_of, reanchor
from store.model import Anchor

BEFORE = "The council met on Tuesday in the old town hall. "
AFTER = " The meeting lasted two hours and ended with a vote."
CLAIM = "The minister said the bridge to Damascus will open in 2026 with 40 percent of the traffic."
TEXT = BEFORE + CLAIM + AFTER


def claim_anchor(words: str = CLAIM, text: str = TEXT) -> Anchor:
    start = text.index(words)
    return anchor_of("a", "v1", text, start, start + len(words))


def test_an_anchor_has_its_words_and_32_characters_around_them() -> None:
    anchor = claim_anchor()
    assert anchor.exact == CLAIM
    assert anchor.prefix == BEFORE[-32:]
    assert anchor.suffix == AFTER[:32]


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 2), (0, len(TEXT) + 1)])
def test_an_anchor_of_nothing_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no text"):
        anchor_of("a", "v1", TEXT, start, end)


@pytest.mark.parametrize(
    ("state", "new"),
    [
        ("exact", TEXT),
        ("exact", TEXT + " A last line."),
        ("moved", "A new first line.\n\n" + TEXT),
        ("moved", TEXT.replace("Tuesday", "Monday")),
        ("edited", TEXT.replace("the traffic", "the trafic")),
        ("edited", TEXT.replace("The minister said the", "The minister said that the")),
        ("altered", TEXT.replace("2026", "2066")),
        ("altered", TEXT.replace("40 percent", "4 percent")),
        ("altered", TEXT.replace("will open", "will not open")),
        ("altered", TEXT.replace("will open", "won't open")),
        ("altered", TEXT.replace("will open", "will never open")),
        ("altered", TEXT.replace("Damascus", "Aleppo")),
        ("altered", TEXT.replace("said the bridge to", "said that, as of now, the long new bridge over to")),
        ("ambiguous", f"{CLAIM} {CLAIM}"),
        ("orphan", BEFORE + AFTER),
        ("orphan", ""),
        ("orphan", "Elsewhere, ships went out and a different minister opened an exhibition of paintings in 2019."),
    ],
)
def test_the_state_says_what_became_of_the_words(state: str, new: str) -> None:
    found = reanchor(claim_anchor(), "v2", new)
    assert found.state == state
    if state in {"exact", "moved", "edited"}:
        assert found.version == "v2"
        assert new[found.start : found.end] == found.exact
    else:
        assert (found.version, found.exact, found.start, found.end) == ("v1", CLAIM, len(BEFORE), len(BEFORE + CLAIM))


def test_an_edited_anchor_has_the_new_words() -> None:
    found = reanchor(claim_anchor(), "v2", "Intro. " + TEXT.replace("the traffic", "the trafic"))
    assert found.exact == CLAIM.replace("the traffic", "the trafic")


def test_number_words_decide_like_numbers() -> None:
    text = "Before it. The envoy said three of the ships had left the harbour in the night. After it."
    anchor = claim_anchor("The envoy said three of the ships had left the harbour in the night.", text)
    assert reanchor(anchor, "v2", text.replace("three", "seven")).state == "altered"


def test_the_same_words_twice_are_told_apart_by_what_stands_around_them() -> None:
    text = "Anna agreed. She said no. Much later, in another room, Bert refused. She said no. Then they left."
    second = text.rindex("She said no.")
    anchor = anchor_of("a", "v1", text, second, second + 12)
    found = reanchor(anchor, "v2", "New. " + text)
    assert (found.state, found.start) == ("moved", second + 5)


def test_an_anchor_that_was_lost_is_found_when_its_words_come_back() -> None:
    lost = reanchor(claim_anchor(), "v2", BEFORE + AFTER)
    assert lost.state == "orphan"
    back = reanchor(lost, "v3", "Again: " + TEXT)
    assert (back.state, back.version) == ("moved", "v3")


def test_an_anchor_of_the_same_version_stays_as_it_is() -> None:
    anchor = claim_anchor()
    assert reanchor(anchor, "v1", TEXT) is anchor


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=200)


@given(before=TEXTS, words=TEXTS.filter(bool), after=TEXTS, new=TEXTS)
def test_any_anchor_in_any_text_keeps_its_promises(before: str, words: str, after: str, new: str) -> None:
    text = before + words + after
    anchor = anchor_of("a", "v1", text, len(before), len(before + words))
    found = reanchor(anchor, "v2", new)
    if found.state in {"exact", "moved", "edited"}:
        assert found.version == "v2"
        assert new[found.start : found.end] == found.exact != ""
    else:
        assert (found.version, found.exact) == ("v1", words)
    if found.state in {"exact", "moved"}:
        assert found.exact == words


@given(before=TEXTS, words=TEXTS.filter(bool), after=TEXTS, put_before=TEXTS)
def test_words_that_are_still_there_are_never_lost(before: str, words: str, after: str, put_before: str) -> None:
    text = before + words + after
    anchor = anchor_of("a", "v1", text, len(before), len(before + words))
    assert reanchor(anchor, "v2", put_before + text).state in {"exact", "moved", "ambiguous"}


YEARS = st.integers(min_value=1900, max_value=2099)


@given(old=YEARS, new=YEARS)
def test_another_number_is_always_an_alteration(old: int, new: int) -> None:
    text = TEXT.replace("2026", str(old))
    found = reanchor(claim_anchor(CLAIM.replace("2026", str(old)), text), "v2", text.replace(str(old), str(new)))
    assert found.state == ("exact" if old == new else "altered")
