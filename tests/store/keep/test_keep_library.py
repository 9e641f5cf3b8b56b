"""The whole library, as a person uses it."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import msgspec
import pytest

from store.errors import LibraryError, ReadOnlyError, UnknownRecordError
from store.ids import key_of
from store.library import Library
from store.model import Analysis, ArticleSpeaker, Block, Bundle, Extract, Quote, Verdict

TEXT = (
    "The minister spoke on Monday.\n\n“We will open the bridge in 2027,” Anna Berg said.\n\n"
    "According to the harbour office, ships may pass again."
)
QUOTE = Quote(kind="direct", spans=((32, 63),), speaker="Anna Berg", carrier="The Daily", confidence=0.9, why="name")
SECOND = Quote(kind="indirect", spans=((115, 135),), speaker="the harbour office", confidence=0.8)
FOUND = Analysis(
    analyser="test 1",
    quotes=(QUOTE, SECOND),
    speakers=(
        ArticleSpeaker(name="Anna Berg", kind="person"),
        ArticleSpeaker(name="the harbour office", kind="office"),
    ),
)


def extract(text: str = TEXT, **fields: object) -> Extract:
    blocks = (Block("paragraph", 0, len(text)),)
    known = {"path": "bridge.txt", "title": "The bridge", "outlet": "The Daily", "published": "2026-11-20"} | fields
    return Extract(text=text, blocks=blocks, raw=text.encode("utf-8", "replace"), extractor="test", **known)  # type: ignore[arg-type]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as opened:
        yield opened


def test_an_added_article_can_be_read_again(library: Library) -> None:
    added = library.add(extract(), FOUND)
    assert added.outcome == "added"
    assert added.article.quotes == 2
    assert added.article.speakers == ("Anna Berg", "the harbour office")
    assert library.version(added.article.id).text == TEXT
    assert library.source(added.article.id) == TEXT.encode()
    assert library.analysis(added.article.id) == FOUND


def test_the_same_article_again_is_unchanged(library: Library) -> None:
    library.add(extract(), FOUND)
    before = library.revision
    assert library.add(extract(), FOUND).outcome == "unchanged"
    assert library.revision == before
    assert len(library.articles()) == 1


def test_articles_are_found_by_id_prefix_path_and_title(library: Library) -> None:
    article = library.add(extract(), FOUND).article
    for key in (article.id, article.id[:6], "bridge.txt", "The bridge"):
        assert library.article(key) == article
    for key in ("", "abc", "nothing", article.id[:3]):
        with pytest.raises(UnknownRecordError):
            library.article(key)


def test_the_newest_published_article_comes_first(library: Library) -> None:
    library.add(extract("Old news.", title="old", published="2020-01-01", path="a"), Analysis(analyser="x"))
    library.add(extract("New news.", title="new", published="2026-11-22T10:00:00Z", path="b"), Analysis(analyser="x"))
    assert [article.title for article in library.articles()] == ["new", "old"]


def test_a_tagged_span_takes_speaker_and_kind_from_its_quote(library: Library) -> None:
    article = library.add(extract(), FOUND).article
    claim = library.tag_span(article.id, 40, 63, ["Bridges", "promises"])
    assert claim.anchor.exact == TEXT[40:63]
    assert (claim.speaker, claim.speaker_by, claim.speech, claim.carrier) == (
        "Anna Berg",
        "machine",
        "direct",
        "The Daily",
    )
    assert library.tag_names(claim) == ("Bridges", "promises")
    assert library.claims(article.id) == [claim]
    assert library.claim(claim.id) == claim


def test_tagging_the_same_words_again_adds_to_the_claim(library: Library) -> None:
    article = library.add(extract(), FOUND).article
    first = library.tag_span(article.id, 40, 63, ["Bridges"])
    second = library.tag_span(article.id, 40, 63, ["bridges", "Harbour"])
    assert second.id == first.id
    assert library.tag_names(second) == ("Bridges", "Harbour")
    assert [tag.name for tag in library.tags()] == ["Bridges", "Harbour"]
    assert sorted(library.tag_uses().values()) == [1, 1]


@pytest.mark.parametrize("name", ["", " ", "/", " / / "])
def test_a_tag_without_a_name_is_refused(library: Library, name: str) -> None:
    article = library.add(extract(), FOUND).article
    with pytest.raises(LibraryError, match="a tag needs a name"):
        library.tag_span(article.id, 40, 63, [name])
    assert not library.claims()
    assert not library.tags()


def test_words_outside_the_text_cannot_be_tagged(library: Library) -> None:
    article = library.add(extract(), FOUND).article
    for start, end in ((-1, 4), (5, 5), (9, 4), (0, len(TEXT) + 1)):
        with pytest.raises(LibraryError):
            library.tag_span(article.id, start, end, ["x"])
    with pytest.raises(LibraryError):
        library.tag_span(article.id, 0, 3, ["  "])
    assert library.claims() == []
    assert library.tags() == []


def test_what_is_no_verdict_is_refused_and_the_claim_stays_as_it_was(library: Library) -> None:
    article = library.add(extract(), FOUND).article
    claim = library.tag_span(article.id, 40, 63, ["Bridges"])
    with pytest.raises(UnknownRecordError, match="known: open, supported"):
        library.set_verdict(claim.id, cast("Verdict", "j"))
    assert library.claims() == [claim]


def test_every_change_of_a_person_can_be_undone_and_made_again(library: Library) -> None:
    article = library.add(extract(), FOUND).article
    claim = library.tag_span(article.id, 40, 63, ["Bridges"])
    library.set_note(claim.id, "check the date")
    library.set_verdict(claim.id, "disputed")
    library.set_claim_speaker(claim.id, "Someone Else")
    library.rename_tag("Bridges", "Bridge works")
    library.untag(claim.id, "bridge works")
    library.star(article.id, on=True)
    library.correct_speaker(article.id, QUOTE, "Berta Anders")
    library.delete_article(article.id)
    states = []
    while (what := library.undo()) is not None:
        states.append((what, library.articles(), library.claims(), library.tags(), library.corrections()))
    assert states[0][0] == "delete “The bridge”"
    assert states[-1][0] == f"tag “Bridges” on “{TEXT[40:63]}”"
    assert library.articles() == [article]
    assert (library.claims(), library.tags(), library.corrections()) == ([], [], [])
    for what, *state in reversed(states):
        assert [library.articles(), library.claims(), library.tags(), library.corrections()] == state
        assert library.redo() == what
    assert library.redo() is None
    assert library.articles() == []


def test_undo_works_after_a_restart(library: Library) -> None:
    article = library.add(extract(), FOUND).article
    claim = library.tag_span(article.id, 40, 63, ["Bridges"])
    library.close()
    with Library.open(library.folder) as again:
        assert again.claims() == [claim]
        assert again.undo() == f"tag “Bridges” on “{TEXT[40:63]}”"
        assert again.claims() == []
    with Library.open(library.folder) as third:
        third.redo()
        assert third.claims() == [claim]


def test_a_new_change_forgets_what_could_be_made_again(library: Library) -> None:
    article = library.add(extract(), FOUND).article
    library.tag_span(article.id, 40, 63, ["Bridges"])
    library.undo()
    library.tag_span(article.id, 0, 12, ["Ministers"])
    assert library.redo() is None
    assert [tag.name for tag in library.tags()] == ["Ministers"]


def test_a_corrected_speaker_is_shown_and_its_claims_follow(library: Library) -> None:
    article = library.add(extract(), FOUND).article
    claim = library.tag_span(article.id, 40, 63, ["Bridges"])
    mine = library.tag_span(article.id, 32, 63, ["Bridges"])
    library.set_claim_speaker(mine.id, "The mayor")
    library.correct_speaker(article.id, QUOTE, "Berta Anders")
    quote = library.analysis(article.id).quotes[0]
    assert (quote.speaker, quote.confidence, quote.why) == ("Berta Anders", 1.0, "you: Berta Anders")
    assert library.claim(claim.id).speaker == "Berta Anders"
    assert library.claim(mine.id).speaker == "The mayor"
    assert "Berta Anders" in library.article(article.id).speakers
    library.correct_speaker(article.id, quote, None)
    assert library.claim(claim.id).speaker is None
    assert len(library.corrections(article.id)) == 1
    library.undo()
    library.undo()
    assert library.claim(claim.id) == claim
    assert library.analysis(article.id) == FOUND
    assert library.article(article.id).speakers == article.speakers


def test_a_rejected_quote_disappears_and_an_added_one_is_shown(library: Library) -> None:
    article = library.add(extract(), FOUND).article
    library.reject_quote(article.id, SECOND)
    library.add_quote(article.id, 0, 28, "Berta Anders")
    quotes = library.analysis(article.id).quotes
    assert [(quote.start, quote.speaker) for quote in quotes] == [(0, "Berta Anders"), (32, "Anna Berg")]
    assert library.article(article.id).quotes == 2


def test_reading_state_is_kept_and_is_no_step_of_undo(library: Library) -> None:
    article = library.add(extract(), FOUND).article
    library.set_reading(article.id, position=50, read=True)
    library.set_reading(article.id, position=60)
    again = library.article(article.id)
    assert (again.position, again.read) == (60, True)
    assert library.undo() is None


def test_two_programs_see_each_others_changes(library: Library) -> None:
    article = library.add(extract(), FOUND).article
    with Library.open(library.folder) as other:
        other.tag_span(article.id, 40, 63, ["Bridges"])
        assert library.claims() == []
        assert library.refresh()
        assert len(library.claims(article.id)) == 1
        library.compact()
        library.tag_span(article.id, 0, 12, ["Ministers"])
        assert other.refresh()
        assert len(other.claims()) == 2
        assert not other.refresh()


def test_a_new_text_is_a_new_version_and_claims_find_their_words(library: Library) -> None:
    url = {"url": "https://example.org/bridge"}
    article = library.add(extract(**url), FOUND).article
    moved = library.tag_span(article.id, 40, 63, ["Bridges"])
    changed = library.tag_span(article.id, 118, 135, ["Ships"])
    text = "A first line is new.\n\n" + TEXT.replace("ships may pass", "ships may not pass")
    added = library.add(extract(text, **url), Analysis(analyser="test 1"))
    assert added.outcome == "updated"
    assert len(library.articles()) == 1
    assert [version.text for version in library.versions(article.id)] == [TEXT, text]
    anchor = library.claim(moved.id).anchor
    assert (anchor.state, text[anchor.start : anchor.end]) == ("moved", moved.anchor.exact)
    old = library.claim(changed.id).anchor
    assert old.state == "altered"
    assert library.version(article.id, old.version).text[old.start : old.end] == changed.anchor.exact


def test_a_claim_that_comes_back_after_its_page_became_what_it_was_stands_again(library: Library) -> None:
    url = {"url": "https://example.org/bridge"}
    article = library.add(extract(**url), FOUND).article
    claim = library.tag_span(article.id, 118, 135, ["Ships"])
    text = TEXT.replace("ships may pass", "ships may not pass")
    library.add(extract(text, **url), Analysis(analyser="test 1"))
    assert library.claim(claim.id).anchor.state == "altered"
    library.remove_claim(claim.id)
    library.add(extract(**url), FOUND)
    library.undo()
    assert library.claim(claim.id).anchor == claim.anchor


def test_joined_speakers_have_one_name_until_they_are_split(library: Library) -> None:
    article = library.add(extract(), FOUND).article
    claim = library.tag_span(article.id, 40, 63, ["Bridges"])
    library.merge_speakers("Anna Berg", "Dr Berg")
    assert library.analysis(article.id).quotes[0].speaker == "Dr Berg"
    assert library.article(article.id).speakers == ("Dr Berg", "the harbour office")
    assert library.claim(claim.id).speaker == "Dr Berg"
    library.rename_speaker("Dr Berg", "Anna B. Berg")
    assert library.claim(claim.id).speaker == "Anna B. Berg"
    library.split_speaker("Anna Berg")
    assert library.claim(claim.id).speaker == "Anna Berg"


def test_merged_tags_count_as_one_until_they_are_split(library: Library) -> None:
    article = library.add(extract(), FOUND).article
    claim = library.tag_span(article.id, 40, 63, ["Bridges", "Briges"])
    library.merge_tags("Briges", "Bridges")
    assert library.tag_names(library.claim(claim.id)) == ("Bridges",)
    assert [tag.name for tag in library.tags()] == ["Bridges"]
    assert library.tag_names(library.tag_span(article.id, 0, 12, ["briges"])) == ("Bridges",)
    library.split_tag("Briges")
    assert library.tag_names(library.claim(claim.id)) == ("Bridges", "Briges")


def test_a_bundle_fills_an_empty_library_and_changes_nothing_the_second_time(library: Library, tmp_path: Path) -> None:
    article = library.add(extract(), FOUND).article
    library.tag_span(article.id, 40, 63, ["Bridges"])
    library.correct_speaker(article.id, SECOND, None)
    bundle = Bundle(
        articles=tuple(library.articles()),
        versions={article.id: tuple(library.versions(article.id))},
        analyses={article.id: library.machine_analysis(article.id)},
        claims=tuple(library.claims()),
        tags=tuple(library.tags()),
        corrections=tuple(library.corrections()),
    )
    with Library.open(tmp_path / "other") as other:
        assert other.load(bundle).added == 4
        assert other.articles() == library.articles()
        assert other.claims() == library.claims()
        assert other.analysis(article.id) == library.analysis(article.id)
        report = other.load(bundle)
        assert (report.added, report.changed, report.unchanged) == (0, 0, 4)


def test_a_claims_history_names_every_change(library: Library) -> None:
    article = library.add(extract(), FOUND).article
    claim = library.tag_span(article.id, 40, 63, ["Bridges"])
    library.set_note(claim.id, "check")
    library.compact()
    library.remove_claim(claim.id)
    library.compact()
    library.compact()
    entries = library.history(claim.id)
    assert [entry.what.split(" ")[0] for entry in entries] == ["tag", "note", "remove"]
    assert [entry.after and entry.after["note"] for entry in entries] == ["", "check", None]


@pytest.mark.parametrize("text", ["half \ud83d", "\udcff"])
def test_half_a_character_is_refused_in_one_line_and_nothing_is_saved(library: Library, text: str) -> None:
    article = library.add(extract(), FOUND).article
    claim = library.tag_span(article.id, 40, 63, ["Bridges"])
    revision = library.revision
    for work in (
        lambda: library.set_note(claim.id, text),
        lambda: library.tag_span(article.id, 0, 3, [text]),
        lambda: library.rename_tag("Bridges", text),
        lambda: library.correct_speaker(article.id, QUOTE, text),
        lambda: library.merge_speakers(text, "Anna Berg"),
        lambda: library.add(extract(TEXT + text), FOUND),
        lambda: library.claim(text),
        lambda: library.article(text),
    ):
        with pytest.raises(LibraryError):
            work()
    assert library.history(text) == []
    assert library.revision == revision
    assert library.claims() == [claim]


def test_what_memory_cannot_hold_is_refused_and_the_library_goes_on(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = library.add(extract(), FOUND).article
    claim = library.tag_span(article.id, 40, 63, ["Bridges"])

    def too_much(_: object) -> None:
        raise MemoryError

    for place in ("store.journal.documents", "store.journal.pieces"):
        with monkeypatch.context() as full:
            full.setattr(place, too_much)
            with pytest.raises(LibraryError, match="more than the memory"):
                library.set_note(claim.id, "x")
        assert library.claim(claim.id).note == ""
    library.set_note(claim.id, "y")
    with Library.open(library.folder) as again:
        assert again.claim(claim.id).note == "y"
        assert again.notices == []


def test_a_library_of_a_newer_program_keeps_every_file_as_it_is(library: Library) -> None:
    article = library.add(extract(url="https://example.org/bridge"), FOUND).article
    bundle = bundle_of(library)
    library.compact()
    library.close()
    snapshot = library.folder / "library.json"
    snapshot.write_bytes(snapshot.read_bytes().replace(b'"schema_version":', b'"schema_version":9', 1))
    with Library.open(library.folder) as old:
        before = {path: path.read_bytes() for path in library.folder.rglob("*") if path.is_file()}
        for work in (
            lambda: old.add(extract(TEXT + " More.", url="https://example.org/bridge"), FOUND),
            lambda: old.add(extract("Other words.", path="b.txt"), FOUND),
            lambda: old.set_analysis(article.id, Analysis(analyser="old")),
            lambda: old.load(bundle),
            lambda: old.tag_span(article.id, 0, 3, ["x"]),
            old.compact,
            old.undo,
        ):
            with pytest.raises(ReadOnlyError, match="newer version of the program"):
                work()
        assert [found.title for found in old.articles()] == ["The bridge"]
    assert {path: path.read_bytes() for path in library.folder.rglob("*") if path.is_file()} == before


def test_asking_for_a_library_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library there"):
        Library.open(tmp_path / "nothing", create=False)
    assert not (tmp_path / "nothing").exists()


def bundle_of(library: Library) -> Bundle:
    articles = tuple(library.articles())
    return Bundle(
        articles=articles,
        versions={article.id: tuple(library.versions(article.id)) for article in articles},
        analyses={article.id: library.machine_analysis(article.id) for article in articles},
        claims=tuple(library.claims()),
        tags=tuple(library.tags()),
        corrections=tuple(library.corrections()),
    )


def test_two_peoples_tags_of_one_name_become_one(library: Library, tmp_path: Path) -> None:
    article = library.add(extract(), FOUND).article
    mine = library.tag_span(article.id, 40, 63, ["Bridges"])
    with Library.open(tmp_path / "other") as other:
        other.add(extract(), FOUND)
        theirs = other.tag_span(article.id, 0, 12, ["bridges"])
        report = library.load(bundle_of(other))
        assert len(report.notes) == 1
        assert [tag.name for tag in library.tags()] == ["Bridges"]
        assert library.tag_names(library.claim(theirs.id)) == library.tag_names(mine) == ("Bridges",)
        assert library.load(bundle_of(other)).changed == 0
        assert library.undo() is not None
        assert library.claims() == [mine]


def test_a_colleagues_claims_find_their_words_in_my_newer_text(library: Library, tmp_path: Path) -> None:
    url = {"url": "https://example.org/bridge"}
    with Library.open(tmp_path / "other") as other:
        article = other.add(extract(**url), FOUND).article
        claim = other.tag_span(article.id, 40, 63, ["Bridges"])
        other.correct_speaker(article.id, QUOTE, "Berta Anders")
        bundle = bundle_of(other)
    text = "A first line is new.\n\n" + TEXT
    library.add(extract(text, **url), Analysis(analyser="x"))
    library.load(bundle)
    anchor = library.claim(claim.id).anchor
    current = library.version(article.id)
    assert current.sha256 == anchor.version
    assert current.text[anchor.start : anchor.end] == claim.anchor.exact
    assert library.analysis(article.id).quotes[0].speaker == "Berta Anders"
    assert library.load(bundle).changed == 0


def test_an_undone_import_does_not_come_back_by_a_repair(library: Library, tmp_path: Path) -> None:
    library.add(extract(), FOUND)
    with Library.open(tmp_path / "other") as other:
        other.load(bundle_of(library))
        other.undo()
        assert other.articles() == []
    from store.check import check

    assert check(tmp_path / "other", repair=True).ok
    with Library.open(tmp_path / "other") as other:
        assert other.articles() == []
        assert other.redo() is not None
        assert other.version(library.articles()[0].id).text == TEXT


def test_a_record_without_its_article_is_left_out_and_named(library: Library, tmp_path: Path) -> None:
    article = library.add(extract(), FOUND).article
    claim = library.tag_span(article.id, 40, 63, ["Bridges"])
    with Library.open(tmp_path / "other") as other:
        report = other.load(Bundle(claims=(claim,), articles=(article,)))
        assert report.added == 0
        assert len(report.notes) == 2
        assert all(record_id in "".join(report.notes) for record_id in (claim.id, article.id))


def dated(number: int, day: str) -> Extract:
    blocks = (Block("paragraph", 0, 7),)
    return Extract(path=f"{number}.txt", text=f"Text {number}.", blocks=blocks, title=f"T{number}", published=day)


def test_the_list_stays_in_order_whatever_changes(tmp_path: Path) -> None:
    with Library.open(tmp_path / "news") as library, Library.open(tmp_path / "news") as other:
        for number, day in enumerate(("2026-03-01", "2026-01-01", "2026-02-01", "2026-02-01")):
            library.add(dated(number, day), Analysis(analyser=""))
            assert library.articles()
        assert [one.published for one in library.articles()] == ["2026-03-01", *["2026-02-01"] * 2, "2026-01-01"]
        other.refresh()
        other.delete_articles([one.id for one in other.articles()[:2]])
        other.add(dated(1, "2026-12-01"), Analysis(analyser=""))
        library.refresh()
        assert library.articles() == other.articles()
        assert [one.published for one in library.articles()] == ["2026-12-01", "2026-02-01"]
        other.undo()
        library.refresh()
        assert [one.published for one in library.articles()] == ["2026-12-01", "2026-03-01", *["2026-02-01"] * 2]


Kept = dict[str, dict[str, object]]


def kept(library: Library) -> Kept:
    return {
        table: {key: msgspec.json.decode(document) for key, document in library.raw(table).items()}
        for table in ("articles", "claims", "tags")
    }


@pytest.fixture
def tagged(library: Library) -> list[str]:
    """Articles with a claim each; one claim and one article have a field of a newer program."""
    ids = [library.add(dated(number, "2026-03-01"), Analysis(analyser="")).article.id for number in range(12)]
    claims = [library.tag_span(one, 0, 4, [f"tag {number % 3}"]) for number, one in enumerate(ids)]
    for table, record in (("claims", claims[0].id), ("articles", ids[1])):
        document = msgspec.json.decode(library.raw(table)[key_of(record)])
        library.storage.commit({table: {key_of(record): document | {"newer": ["é", {"deep": None}]}}})
    library.refresh()
    return ids


def test_what_was_deleted_comes_back_with_every_field_and_goes_again(library: Library, tagged: list[str]) -> None:
    before = kept(library)
    library.delete_articles(tagged)
    assert not library.articles()
    assert not library.claims()
    assert library.undo()
    assert kept(library) == before
    assert library.redo()
    assert not library.articles()
    assert library.undo()
    with Library.open(library.folder) as again:
        assert kept(again) == before
        assert [claim.anchor.exact for claim in again.claims()] == ["Text"] * 12


def test_what_is_marked_together_goes_back_together(library: Library, tagged: list[str]) -> None:
    library.mark_read(tagged[:3], read=True)
    before = kept(library)
    library.mark_read(tagged, read=True)
    library.undo()
    assert kept(library) == before
    assert sum(article.read for article in library.articles()) == 3


class KilledError(BaseException):
    """The program ends where it is."""


@pytest.mark.parametrize("at", ["append", "sync", "synced"])
def test_an_undo_that_is_killed_is_made_wholly_or_not_at_all(library: Library, tagged: list[str], at: str) -> None:
    def killed(step: str) -> None:
        if step == at:
            raise KilledError

    before = kept(library)
    library.delete_articles(tagged)
    library.storage.step = killed
    with pytest.raises(KilledError):
        library.undo()
    with Library.open(library.folder) as again:
        if again.articles():
            assert kept(again) == before
        else:
            assert not again.claims()
            assert again.undo()
            assert kept(again) == before
