"""One box over everything a library holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.library import Library
from store.model import Analysis, Extract
from store.search import Hit, Index, filter_articles


@pytest.fixture
def index(library: Library) -> Iterator[Index]:
    with Index(library) as index:
        yield index


def marked(hit: Hit) -> list[str]:
    return [hit.line[start:end] for start, end in hit.marks]


def kinds(hits: list[Hit]) -> list[str]:
    return [hit.kind for hit in hits]


# -- finding -----------------------------------------------------------------------------------------------------------


def test_a_misspelt_beginning_finds_the_tag_the_claim_and_the_text(index: Index) -> None:
    hits = index.search("rusian base")
    assert kinds(hits)[:2] == ["tag", "claim"]
    assert hits[1].tags == ("Russian bases", "economy/trade")
    assert marked(hits[1]) == ["Russian", "bases"]
    assert "1 typo" in hits[1].why
    assert any(hit.kind == "quote" and hit.speaker == "Vladimir Putin" for hit in hits)


@pytest.mark.parametrize("query", ["sharaa", "al-Shara", "Шараа", "الشرع", "SHARAA"])
def test_one_man_is_found_in_every_script(index: Index, query: str) -> None:
    printed = {word for hit in index.search(query) for word in marked(hit)}
    assert {"Al-Sharaa", "Шараа", "الشرع"} <= printed
    assert any(hit.kind == "speaker" and hit.line == "Ahmed al-Sharaa" for hit in index.search(query))


def test_a_year_never_finds_another_year(index: Index) -> None:
    assert all("2066" not in hit.line for hit in index.search("2026"))
    assert marked(index.search("2066")[0]) == ["2066"]
    assert index.search("2036") == []


def test_a_country_finds_another_only_as_a_typo_and_says_so(index: Index) -> None:
    (hit,) = index.search("iran")
    assert marked(hit) == ["Iraq"]
    assert "1 typo" in hit.why
    assert "typo" not in index.search("iraq")[0].why


def test_the_right_spelling_comes_before_a_typo(library: Library, index: Index) -> None:
    text = "Iran spoke first.\n\nIraq spoke later, at length."
    library.add(Extract(path="i", text=text, blocks=(), title="Two countries"), Analysis(analyser="test"))
    assert [marked(hit) for hit in index.search("iran")] == [["Iran"]]


def test_marks_stand_on_the_printed_words_whatever_their_marks(index: Index) -> None:
    hit = index.search("tartus")[0]
    assert marked(hit) == ["Ṭarṭūs"]


def test_an_exact_phrase_comes_first_then_all_words_then_words_apart(library: Library, index: Index) -> None:
    text = (
        "Grain corridor talks resumed.\n\nThe corridor for the grain is open.\n\n"
        "Nobody in the corridor on the left side of the long house had ever seen any grain."
    )
    library.add(Extract(path="g", text=text, blocks=(), title="Odessa"), Analysis(analyser="test"))
    lines = [hit.line for hit in index.search("grain corridor ")]
    assert [line[:5] for line in lines] == ["Grain", "The c", "Nobod"]
    assert index.search("grain corridor ")[0].why == "exact phrase"


def test_words_of_one_article_are_found_when_no_paragraph_has_them_all(index: Index) -> None:
    hits = index.search("moscow iraq")
    assert hits
    assert all(hit.why == "all words, apart" for hit in hits)


def test_most_of_three_words_are_better_than_nothing(index: Index) -> None:
    hits = index.search("wheat prices exploded")
    assert hits[0].why.startswith("2 of 3 words")
    assert marked(hits[0]) == ["Wheat", "prices"]


def test_numbers_with_separators_are_one_word(index: Index) -> None:
    assert marked(index.search("1200")[0]) == ["1,200", "containers"] or marked(index.search("1200")[0]) == ["1,200"]


def test_a_word_in_a_quote_is_shown_as_said_by_its_speaker(index: Index) -> None:
    hit = index.search("weapon")[0]
    assert (hit.kind, hit.speaker, hit.outlet, hit.published) == (
        "quote",
        "Volodymyr Zelenskyy",
        "Field Weekly",
        "2025-11-02",
    )


def test_a_hit_says_whether_its_date_was_inferred(library: Library) -> None:
    guessed = Extract(
        path="g.txt", text="Ferries stand still.", blocks=(), title="G", published="2026-01-28", published_inferred=True
    )
    library.add(guessed, Analysis(analyser="test"))
    with Index(library) as index:
        index.refresh()
        assert {hit.published_inferred for hit in index.search("ferries stand")} == {True}
        assert {hit.published_inferred for hit in index.search("weapon")} == {False}


def test_a_hit_leads_to_the_words_in_the_text(library: Library, index: Index) -> None:
    for hit in index.search("agenda"):
        text = library.version(hit.article).text
        assert text[hit.start : hit.end] == "agenda"


def test_words_in_a_claim_are_not_shown_a_second_time_as_text(index: Index) -> None:
    assert kinds(index.search("containers ")) == ["claim"]


def test_nothing_is_found_for_nothing(index: Index) -> None:
    assert index.search("") == index.search("   ") == index.search("xylophone") == []


# -- fields ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("tag:bases", ["Russian bases"]),
        ("tag:economy", ["Economic cooperation", "Russian bases"]),
        ("tag:economy -tag:trade", ["Economic cooperation"]),
        ("has:note", ["Russian bases"]),
        ("note:treaty", ["Russian bases (check the treaty)"]),
        ("speaker:putin tag:economy", ["Economic cooperation"]),
        ("outlet:tass", ["Kremlin meeting"]),
        ("title:harbour", ["Harbour news"]),
        ("after:2026-02", ["Harbour news"]),
        ("before:2026", ["Bread"]),
        ("on:2026-01", ["Kremlin meeting"]),
        ("is:unread before:2026", ["Bread"]),
        ("in:tag harbour", ["harbour", "1,200 containers"]),
        ("in:title bread", ["Bread"]),
        ("outlet:tass,weekly -outlet:tass", ["Bread"]),
        ("verdict:open tag:harbour", ["1,200 containers"]),
        ("claim:containers", ["1,200 containers"]),
        ('claim:"russian bases" by:nobody', []),
        ("claim:contaners", ["1,200 containers"]),
        ("-claim:containers -tag:trade", ["Economic cooperation"]),
        ("has:note -note:treaty", []),
        ("tag:trade OR tag:harbour", ["1,200 containers", "Russian bases"]),
        ("status:open tag:harbour", ["1,200 containers"]),
        ("is:supported", []),
        ("note:tready", ["Russian bases (check the treaty)"]),
        ("in:note treaty", ["Russian bases (check the treaty)"]),
    ],
)
def test_fields_narrow_the_search(index: Index, query: str, lines: list[str]) -> None:
    assert sorted(hit.line for hit in index.search(query)) == sorted(lines)


def test_quote_finds_words_only_where_they_were_said(index: Index) -> None:
    assert index.search("quote:reporters") == []
    assert [(hit.kind, hit.speaker) for hit in index.search("quote:weapon")] == [("quote", "Volodymyr Zelenskyy")]
    assert [hit.speaker for hit in index.search("quote:bases haddad")] == ["Omar Haddad"]
    assert "Omar Haddad" not in {hit.speaker for hit in index.search("bases -quote:bases in:text")}


def test_a_note_is_shown_with_its_words_marked(index: Index) -> None:
    assert marked(index.search("note:treaty")[0]) == ["treaty"]


def test_another_name_of_a_speaker_is_shown_with_its_words_marked(library: Library, index: Index) -> None:
    library.merge_speakers("Omar Haddad", "Abu Samir")
    hit = next(hit for hit in index.search("omar") if hit.kind == "speaker")
    assert hit.line.startswith("Abu Samir (")
    assert marked(hit) == ["Omar"]
    assert "also called" in hit.why


def test_a_speaker_gives_everything_that_was_said(index: Index) -> None:
    hits = index.search("speaker:putin")
    assert {hit.kind for hit in hits} == {"claim", "quote"}
    assert {hit.speaker for hit in hits} == {"Vladimir Putin"}


def test_doubtful_quotes_can_be_listed(index: Index) -> None:
    assert [hit.line for hit in index.search("is:doubtful")] == ["…Economic cooperation comes first.”"]


def test_words_that_are_excluded_stay_out(index: Index) -> None:
    assert all("Russian" not in hit.line for hit in index.search("bases -russian"))
    assert index.search("bases -russian")


def test_the_list_is_filtered_by_what_is_known_of_articles(library: Library) -> None:
    def titles(query: str) -> list[str]:
        return [article.title for article in filter_articles(query, library.articles())]

    assert titles("") == ["Harbour news", "Kremlin meeting", "Bread"]
    assert titles("harbor") == ["Harbour news"]
    assert titles("putin") == ["Kremlin meeting"]
    assert titles("outlet:latakia") == ["Harbour news"]
    assert titles("is:unread -putin") == ["Harbour news", "Bread"]


# -- keeping up --------------------------------------------------------------------------------------------------------


def test_a_change_is_found_at_once_and_an_undone_one_no_more(library: Library, index: Index) -> None:
    assert index.search("fisheries") == []
    claim = library.claims()[0]
    library.tag_span(claim.anchor.article, claim.anchor.start, claim.anchor.end, ["fisheries"])
    assert kinds(index.search("fisheries")) == ["tag", "claim"]
    library.undo()
    assert index.search("fisheries") == []
    library.redo()
    assert kinds(index.search("fisheries")) == ["tag", "claim"]


def test_a_renamed_tag_is_found_by_its_new_name_on_every_claim(library: Library, index: Index) -> None:
    assert kinds(index.search("in:tag harbour")) == ["tag", "claim"]
    library.rename_tag("harbour", "seaport")
    assert index.search("in:tag harbour") == []
    assert kinds(index.search("in:tag seaport")) == ["tag", "claim"]


def test_joined_speakers_are_found_by_every_name_and_shown_by_one(library: Library, index: Index) -> None:
    index.refresh()
    library.merge_speakers("Omar Haddad", "Abu Samir")
    assert {hit.speaker for hit in index.search("speaker:samir")} == {"Abu Samir"}
    assert index.search("haddad in:speaker") == []
    library.undo()
    assert {hit.speaker for hit in index.search("speaker:haddad")} == {"Omar Haddad"}


def test_a_corrected_speaker_is_found_under_the_new_name(library: Library, index: Index) -> None:
    index.refresh()
    article = library.article("Bread")
    library.correct_speaker(article.id, library.analysis(article.id).quotes[0], "Ann Baker")
    assert [hit.kind for hit in index.search("speaker:baker")] == ["quote"]
    assert index.search("speaker:zelenskyy") == []


def test_a_deleted_article_is_found_no_more(library: Library, index: Index) -> None:
    assert index.search("wheat")
    library.delete_article(library.article("Bread").id)
    assert index.search("wheat") == []


def test_another_program_s_index_on_the_disk_is_used_and_brought_up_to_date(library: Library, index: Index) -> None:
    index.refresh()
    index.close()
    library.tag_span(library.article("Bread").id, 0, 5, ["grain"])
    with Index(library) as other:
        assert kinds(other.search("grain")) == ["tag", "claim"]


def test_a_damaged_index_is_made_again(library: Library, index: Index) -> None:
    index.refresh()
    index.close()
    path = library.folder / "search.cache"
    path.write_bytes(b"no database" * 500)
    assert index.search("wheat")
    index.close()
    data = bytearray(path.read_bytes())
    data[4096:20000] = bytes(15904)
    path.write_bytes(bytes(data))
    assert index.search("wheat")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_searched_in_memory(library: Library) -> None:
    library.folder.chmod(0o500)
    try:
        with Index(library) as index:
            assert index.search("wheat")
        assert not (library.folder / "search.cache").exists()
    finally:
        library.folder.chmod(0o700)


def test_hostile_words_in_a_query_are_only_words(index: Index) -> None:
    for query in ('"; DROP TABLE docs; --', "NEAR(a b)", "body : x", "a* AND b", "\0", "(((", "^", "{tags} : x"):
        index.search(query)
    assert index.search("wheat")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(
    query=st.lists(
        st.sampled_from(
            [
                "tag:",
                "speaker:",
                "in:quote",
                "is:",
                '"',
                "-",
                ",",
                " ",
                "putin",
                "bases",
                "2026",
                "шараа",
                "习",
                "OR",
                "in:",
            ]
        )
        | st.text(max_size=4)
    ).map("".join)
)
def test_no_query_is_ever_an_error_and_marks_lie_in_the_line(index: Index, query: str) -> None:
    for hit in index.search(query):
        assert "\n" not in hit.line
        assert all(0 <= start < end <= len(hit.line) for start, end in hit.marks)
        assert list(hit.marks) == sorted(hit.marks)


def test_a_long_paragraph_is_cut_around_the_words(tmp_path: Path) -> None:
    text = "word " * 300 + "needle " + "word " * 300
    with Library.open(tmp_path / "long") as library, Index(library) as index:
        library.add(Extract(path="l", text=text.strip(), blocks=()), Analysis(analyser="test"))
        hit = next(hit for hit in index.search("needle") if hit.kind == "text")
        assert len(hit.line) < 250
        assert marked(hit) == ["needle"]
        assert library.version(hit.article).text[hit.start : hit.end] == "needle"


def test_parts_of_the_index_are_merged_while_nothing_else_is_to_be_done(index: Index, library: Library) -> None:
    def parts() -> int:
        return int(index.ask("SELECT count(DISTINCT segid) FROM marks_idx")[0][0])

    claim = library.claims()[0].id
    for number in range(20):
        library.set_note(claim, f"looked at wharf {number}")
        index.refresh()
    for _ in range(3):
        assert not index.refresh()
    assert parts() < 5, "twenty changes made twenty parts and more"
    assert [hit.claim for hit in index.search("wharf")] == [claim]


def add(library: Library, title: str, text: str) -> None:
    library.add(Extract(path=f"/{title}", text=text, blocks=(), title=title), Analysis(analyser="made-up"))


def test_what_was_typed_right_comes_before_what_was_typed_nearly_right(library: Library, index: Index) -> None:
    add(library, "Near", "Russian gas for the baltics, closely followed.")
    add(library, "Far", "Russian tankers of gas lay off the Baltic coast for a long time.")
    hits = index.search("rusian baltic gas")
    assert [hit.title for hit in hits if hit.kind == "text"][:2] == ["Far", "Near"]


def test_the_first_letter_of_a_name_may_be_another_in_another_spelling(library: Library, index: Index) -> None:
    add(library, "Baku", "İlham Əliyev spoke in Baku.")
    assert "Baku" in {hit.title for hit in index.search("aliyev")}
