"""Who may be who: suggested with a reason, never joined, never twice after a no."""

from __future__ import annotations

import pytest

from store.dossier.namesakes import Namesakes


def suggested(*names: str, apart: dict[str, set[str]] | None = None) -> dict[tuple[str, str], str]:
    found = Namesakes().suggest(dict.fromkeys(names, 1), lambda name: (apart or {}).get(name, set()), lambda: False)
    return {(one.name, one.into): one.why for one in found}


@pytest.mark.parametrize(
    ("name", "into"),
    [
        ("Lavrov", "Sergey Lavrov"),
        ("Шараа", "Ahmed al-Sharaa"),
        ("الشرع", "Ahmed al-Sharaa"),
        ("D. Peskov", "Dmitry Peskov"),
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Muammar Gaddafi", "Moammar Qadhafi"),
        ("Mohammed bin Salman", "Mohammed bin Salman Al Saud"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
    ],
)
def test_spellings_surnames_initials_and_scripts_are_suggested(name: str, into: str) -> None:
    found = suggested(name, into, "Ada Voss", "Ministry of Defence")
    assert {frozenset(pair) for pair in found} == {frozenset((name, into))}


@pytest.mark.parametrize(
    "names",
    [
        ("Peter Fischer", "Paul Fischer"),
        ("Asma al-Assad", "Bashar al-Assad"),
        ("Mohammed bin Salman", "Mohammed bin Zayed"),
        ("Bank of England", "Bank of Japan"),
        ("Ahmed al-Sharaa", "Ahmed al-Shaer"),
        ("Bourke", "John Pierce"),
    ],
)
def test_other_people_are_not(names: tuple[str, str]) -> None:
    assert suggested(*names) == {}


def test_a_surname_that_two_people_have_is_suggested_for_neither() -> None:
    assert suggested("al-Assad", "Asma al-Assad", "Bashar al-Assad") == {}


def test_the_fuller_name_is_kept_and_a_reason_is_given() -> None:
    assert suggested("Lavrov", "Sergey Lavrov") == {("Lavrov", "Sergey Lavrov"): "the surname; nobody else here has it"}
    assert suggested("Lavrow", "Sergey Lavrov").popitem()[1] == "a spelling of the surname; nobody else here has it"
    assert suggested("بوتين", "Vladimir Putin").popitem()[1].startswith("a spelling of the surname")
    assert suggested("Sergei Lavrov", "Sergey Lavrov").popitem()[1] == "another spelling of the name"


def test_what_a_person_refused_is_not_suggested_again() -> None:
    assert suggested("Lavrov", "Sergey Lavrov", apart={"Lavrov": {"Sergey Lavrov"}}) == {}
    assert suggested("Lavrov", "Sergey Lavrov", apart={"Sergey Lavrov": {"Lavrov"}}) == {}


def test_those_who_speak_most_come_first() -> None:
    quoted = {"Lavrov": 2, "Sergey Lavrov": 9, "Voss": 5, "Ada Voss": 7}
    found = Namesakes().suggest(quoted, lambda name: (), lambda: False)
    assert [one.name for one in found] == ["Voss", "Lavrov"]


def test_names_without_letters_are_no_trouble() -> None:
    assert suggested("", " ", "1", "港", "[b]", "· ·") == {}


def test_what_is_suggested_does_not_depend_on_the_order_in_which_names_came() -> None:
    every = ["Lavrov", "Sergey Lavrov", "Voss", "Ada Voss", "A. Voss", "Bo Voss", "Sergei Lavrov"]
    remembering = Namesakes()
    for names in (every[:2], every[:4], every, every[2:], every[:5], every):
        quoted = dict.fromkeys(names, 1)
        found = remembering.suggest(quoted, lambda name: (), lambda: False)
        assert found == Namesakes().suggest(quoted, lambda name: (), lambda: False)


def test_stopping_forgets_what_was_half_done() -> None:
    remembering, quoted = Namesakes(), {"Lavrov": 1, "Sergey Lavrov": 2}
    assert remembering.suggest(quoted, lambda name: (), lambda: True) == []
    assert len(remembering.suggest(quoted, lambda name: (), lambda: False)) == 1
