"""What a person said survives every new analysis."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.errors import LibraryError
from store.keep.effective import effective
from store.library import Library
from store.model import Analysis, Anchor, Block, Claim, Correction, Extract, Quote

TEXT = " ".join(f"Sentence number {n} was said by somebody who may be right or wrong." for n in range(40))
HUMAN = ("claims", "tags", "corrections", "speakers", "steps")


def quote(start: int, end: int, speaker: str | None = "A. Machine", **fields: object) -> Quote:
    return Quote(kind="direct", spans=((start, end),), speaker=speaker, **fields)  # type: ignore[arg-type]


FIRST = Analysis(analyser="rules 1", quotes=(quote(0, 60), quote(100, 160), quote(200, 260), quote(300, 360)))
LATER = {
    "the same again": FIRST,
    "another version": Analysis(
        analyser="rules 2", quotes=(quote(0, 60, "B"), quote(100, 160, "C"), quote(200, 260, "D"))
    ),
    "shifted spans": Analysis(analyser="rules 3", quotes=tuple(quote(q.start + 9, q.end - 6) for q in FIRST.quotes)),
    "split quotes": Analysis(
        analyser="rules 4", quotes=(quote(0, 28), quote(31, 60), quote(110, 150), quote(150, 300))
    ),
    "nothing": Analysis(analyser="rules 5"),
}


@pytest.fixture
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library.open(tmp_path_factory.mktemp("kept") / "library")
    extract = Extract(path="a.txt", text=TEXT, blocks=(Block("paragraph", 0, len(TEXT)),), title="Many sentences")
    library.add(extract, FIRST)
    return library


def human_bytes(library: Library) -> dict[str, dict[str, bytes]]:
    return {t: {key: bytes(doc) for key, doc in library.storage.tables.get(t, {}).items()} for t in HUMAN}


@pytest.mark.parametrize("later", LATER.values(), ids=LATER.keys())
def test_a_new_analysis_changes_no_human_record_and_hides_no_human_value(library: Library, later: Analysis) -> None:
    article = library.articles()[0].id
    library.tag_span(article, 10, 50, ["Kept"])
    library.correct_speaker(article, FIRST.quotes[0], "Anna Berg")
    library.correct_speaker(article, FIRST.quotes[1], None)
    library.reject_quote(article, FIRST.quotes[2])
    library.add_quote(article, 500, 540, "Peter Fischer", "indirect")
    before = human_bytes(library)
    library.set_analysis(article, later)
    library.set_analysis(article, later)
    assert human_bytes(library) == before
    quotes = library.analysis(article).quotes
    at = {
        name: [q for q in quotes if q.start < end and q.end > start]
        for name, start, end in (
            ("corrected", 0, 60),
            ("unnamed", 110, 150),
            ("rejected", 200, 260),
            ("added", 500, 540),
        )
    }
    assert {q.speaker for q in at["corrected"]} == {"Anna Berg"}
    assert at["unnamed"][0].speaker is None
    assert at["added"][0].speaker == "Peter Fischer"
    assert all(q.why.startswith("you:") for q in at["corrected"] + at["added"])
    assert not [q for q in at["rejected"] if (q.start, q.end) == (200, 260)]


def test_a_correction_that_is_taken_back_gives_the_machines_word_again(library: Library) -> None:
    article = library.articles()[0].id
    claim = library.tag_span(article, 10, 50, ["Kept"])
    correction = library.correct_speaker(article, FIRST.quotes[0], "Anna Berg")
    rejected = library.reject_quote(article, FIRST.quotes[1])
    added = library.add_quote(article, 500, 540, "Peter Fischer")
    assert library.claim(claim.id).speaker == "Anna Berg"
    for made in (correction, rejected, added):
        library.retract_correction(made.id)
    assert library.analysis(article) == FIRST
    restored = library.claim(claim.id)
    assert (restored.speaker, restored.speaker_by) == ("A. Machine", "machine")


def test_several_quotes_get_one_speaker_in_one_step_and_their_claims_follow(library: Library) -> None:
    article = library.articles()[0].id
    claims = [library.tag_span(article, *span, ["Kept"]) for span in ((10, 50), (100, 150), (400, 420))]
    library.set_claim_speaker(claims[1].id, "Somebody else")
    library.correct_speakers(article, FIRST.quotes, "Anna Berg")
    assert {quote.speaker for quote in library.analysis(article).quotes} == {"Anna Berg"}
    assert library.article(article).speakers == ("Anna Berg",)
    assert [library.claim(claim.id).speaker for claim in claims] == ["Anna Berg", "Somebody else", claims[2].speaker]
    assert library.undo() == f"speaker Anna Berg on {len(FIRST.quotes)} quotes, the first “{TEXT[0:38].rstrip()}…”"
    assert library.analysis(article) == FIRST
    assert library.claim(claims[0].id).speaker == "A. Machine"


def test_a_whole_story_is_no_name_of_a_speaker(library: Library) -> None:
    article = library.articles()[0].id
    claim = library.tag_span(article, 10, 50, ["Kept"])
    for doing in (
        lambda name: library.correct_speaker(article, FIRST.quotes[0], name),
        lambda name: library.add_quote(article, 500, 540, name),
        lambda name: library.set_claim_speaker(claim.id, name),
    ):
        with pytest.raises(LibraryError, match="a speaker's name has at most 200 characters"):
            doing("a b " * 51)
    assert library.corrections() == []
    assert library.claim(claim.id).speaker == "A. Machine"


def test_a_quote_can_be_confirmed_and_get_new_bounds(library: Library) -> None:
    article = library.articles()[0].id
    library.confirm_quote(article, FIRST.quotes[0])
    library.set_span(article, FIRST.quotes[1], 100, 140)
    quotes = library.analysis(article).quotes
    assert quotes[0].why == "you: confirmed"
    assert quotes[1].spans == ((100, 140),)
    assert quotes[1].speaker == "A. Machine"


def test_a_correction_follows_its_words_into_a_new_text(library: Library) -> None:
    article = library.articles()[0]
    library.correct_speaker(article.id, FIRST.quotes[0], "Anna Berg")
    text = "A new beginning of the text. " + TEXT
    extract = Extract(path="a.txt", text=text, blocks=(Block("paragraph", 0, len(text)),), title="Many sentences")
    added = library.add(extract, Analysis(analyser="rules 1", quotes=(quote(29, 89),)))
    assert added.outcome == "updated"
    assert added.article.id == article.id
    assert library.analysis(article.id).quotes[0].speaker == "Anna Berg"
    assert library.article(article.id).speakers == ("Anna Berg",)


def test_undoing_a_removal_after_the_text_changed_finds_the_words_again(library: Library) -> None:
    article = library.articles()[0]
    claim = library.tag_span(article.id, 10, 50, ["Kept"])
    library.remove_claim(claim.id)
    text = "A new beginning of the text. " + TEXT
    extract = Extract(path="a.txt", text=text, blocks=(Block("paragraph", 0, len(text)),), title="Many sentences")
    library.add(extract, FIRST)
    library.undo()
    anchor = library.claim(claim.id).anchor
    assert (anchor.state, anchor.start) == ("moved", 39)
    assert text[anchor.start : anchor.end] == claim.anchor.exact


SPANS = st.tuples(st.integers(0, 400), st.integers(1, 80)).map(lambda pair: (pair[0], pair[0] + pair[1]))
NAMES = st.sampled_from([None, "Anna Berg", "Peter Fischer", "the mayor"])
QUOTES = st.lists(st.builds(lambda span, name: quote(*span, speaker=name), SPANS, NAMES), max_size=6)


def corrected(number: int, what: str, span: tuple[int, int], name: str | None) -> Correction:
    anchor = Anchor(article="a", version="v", start=span[0], end=span[1], exact=TEXT[slice(*span)])
    return Correction(id=f"{number:04d}", what=what, anchor=anchor, created="", modified="", value=name or "")  # type: ignore[arg-type]


@given(quotes=QUOTES, span=SPANS, name=NAMES, what=st.sampled_from(["speaker", "add"]))
def test_a_speaker_that_a_person_set_is_seen_whatever_the_machine_finds(
    quotes: list[Quote], span: tuple[int, int], name: str | None, what: str
) -> None:
    seen = effective(Analysis(analyser="x", quotes=tuple(quotes)), [corrected(1, what, span, name)], "v")
    mine = [q for q in seen.quotes if q.why.startswith("you:")]
    assert mine
    assert all(q.speaker == name and q.confidence == 1.0 for q in mine)
    assert any(q.start < span[1] and q.end > span[0] for q in mine)


@given(
    quotes=QUOTES,
    spans=st.lists(st.tuples(SPANS, NAMES, st.sampled_from(["speaker", "reject", "add", "span", "confirm"]))),
)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_corrections_over_any_analysis_give_quotes_in_order(
    quotes: list[Quote], spans: list[tuple[tuple[int, int], str | None, str]]
) -> None:
    corrections = [corrected(number, what, span, name) for number, (span, name, what) in enumerate(spans)]
    seen = effective(Analysis(analyser="x", quotes=tuple(quotes)), corrections, "v")
    if corrections:
        assert list(seen.quotes) == sorted(seen.quotes, key=lambda q: (q.start, q.end))
    assert effective(seen, [], "v") == seen


def test_a_claim_keeps_the_speaker_it_had_when_the_machine_changes_its_mind(library: Library) -> None:
    article = library.articles()[0].id
    claim = library.tag_span(article, 10, 50, ["Kept"])
    library.set_analysis(article, LATER["another version"])
    assert library.claim(claim.id) == claim
    assert isinstance(msgspec.json.decode(msgspec.json.encode(claim), type=Claim), Claim)
