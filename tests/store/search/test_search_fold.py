"""Folding words, and the way back to the printed ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.search.fold import fold, fold_word, is_number, places_of, skeleton, words
from store.search.match import is_spelling
from store.search.rows import Folder


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("Ṭarṭūs", "tartus"),
        ("TARTUS", "tartus"),
        ("Russia's", "russia"),
        ("didn’t", "didnt"),
        ("al-Sharaa", "sharaa"),
        ("Al‑Sharaa’s", "sharaa"),
        ("Шараа", "sharaa"),
        ("аш-Шараа", "sharaa"),
        ("الشَّرَع", "shr"),
        ("والشرع", "shr"),
        ("Əliyev", "eliyev"),
        ("l'Express", "express"),
        ("1,200", "1200"),
        ("٢٠٢٦", "2026"),
        ("Straße", "strasse"),
        ("ʿAlī", "ali"),
    ],
)
def test_one_word_in_its_spellings_folds_to_one(printed: str, folded: str) -> None:
    assert fold(printed) == folded


def test_words_know_the_place_where_they_are_printed() -> None:
    text = "At “Ḥmeimim”, al-Sharaa said 1,200 men…"
    assert [(word.text, text[word.start : word.end]) for word in words(text)] == [
        ("at", "At"),
        ("hmeimim", "Ḥmeimim"),
        ("sharaa", "al-Sharaa"),
        ("said", "said"),
        ("1200", "1,200"),
        ("men", "men"),
    ]


def test_ideographs_are_words_of_their_own_since_nothing_divides_them() -> None:
    assert [word.text for word in words("习近平说")] == ["习", "近", "平", "说"]


def test_spellings_of_one_name_share_their_consonants() -> None:
    for names in (("zelensky", "selenskyj", "zelenskiy"), ("qadhafi", "gaddafi", "kadafi"), ("sharaa", "shr", "shara")):
        assert len({skeleton(name) for name in names}) == 1
    assert skeleton("2026") == skeleton("io") == ""


@given(st.text())
def test_every_word_of_any_text_lies_where_it_says_in_order(text: str) -> None:
    at = 0
    for word in words(text):
        assert at <= word.start < word.end <= len(text)
        assert word.text
        assert " " not in word.text
        assert '"' not in word.text
        at = word.end


@given(
    st.lists(
        st.sampled_from([" ", "\n", "al-", "1", ",", ".", "\u00a0", "’", "s", "ش", "习", "Ṭ"]) | st.text(max_size=3)
    )
)
def test_what_the_index_folds_is_what_a_query_folds(parts: list[str]) -> None:
    text = "".join(parts)
    folder = Folder({})
    assert folder.fold(text) == fold(text)
    assert set(folder.take()) == set(fold(text).split())


@given(
    st.lists(
        st.sampled_from(
            [
                "iran",
                "Iran",
                " ",
                "\n",
                "al-",
                "’s",
                "'",
                ".",
                ",",
                "“",
                "”",
                "ﬁ",
                "👩‍👩‍👧",
                "İ",
                "e\u0301",
                "ß",
                "Ṭ",
                "_",
                "1",
            ]
        )
    ),
    st.data(),
)
def test_the_short_way_to_the_place_of_a_word_leads_where_the_long_one_does(
    parts: list[str], data: st.DataObject
) -> None:
    text = "".join(parts)
    every = words(text)
    wanted = sorted(data.draw(st.sets(st.integers(0, len(every) - 1)))) if every else []
    found = places_of(text, [word.text for word in every], wanted)
    assert found == [(every[at].start, every[at].end) for at in wanted]


@given(st.text(min_size=1))
def test_folding_twice_gives_what_folding_once_gives(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.from_regex(r"[A-Za-zÀ-ÿА-Яа-я]{1,12}", fullmatch=True))
def test_case_never_matters(word: str) -> None:
    assert fold_word(word.casefold()) == fold_word(word) or fold_word(word.upper()) == fold_word(word)


def test_numbers_are_known_by_their_digits() -> None:
    assert is_number("2026")
    assert is_number("s400")
    assert not is_number("bases")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("putin", "butin", True),
        ("putin", "btn", True),
        ("pompeo", "bumbiu", True),
        ("bourke", "burke", True),
        ("pierce", "pearce", True),
        ("bourke", "pierce", False),
    ],
)
def test_b_and_p_are_one_letter_where_the_rest_of_a_name_sounds_the_same(one: str, other: str, same: bool) -> None:
    assert is_spelling(one, other) is same is is_spelling(other, one)
