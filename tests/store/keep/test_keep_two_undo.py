"""Two programs undo: neither takes back, without a word, what the other one did."""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from store.errors import LibraryError
from store.library import Library
from store.model import Analysis, Block, Bundle, Extract, Quote

TEXT = "The minister said the bridge would open. Nobody believed him. The mayor said it would not."
QUOTE = Quote(kind="indirect", spans=((18, 39),), speaker="The minister")
IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def filled(folder: Path) -> Library:
    library = Library.open(folder)
    extract = Extract(path="a.txt", text=TEXT, blocks=(Block("paragraph", 0, len(TEXT)),), title="The bridge")
    library.add(extract, Analysis(analyser="x", quotes=(QUOTE,)))
    return library


@pytest.fixture
def two(tmp_path: Path) -> tuple[Library, Library]:
    first = filled(tmp_path / "library")
    return first, Library.open(tmp_path / "library")


def test_undo_takes_back_ones_own_change_and_leaves_the_others(two: tuple[Library, Library]) -> None:
    mine, theirs = two
    article = mine.articles()[0].id
    mine.tag_span(article, 0, 12, ["Mine"])
    claim = theirs.tag_span(article, 62, 71, ["Theirs"])
    assert (mine.undo() or "").startswith("tag “Mine”")
    assert mine.claims() == [claim]
    assert mine.undo() is None
    assert mine.redo() == "tag “Mine” on “The minister”"
    theirs.refresh()
    assert (theirs.undo() or "").startswith("tag “Theirs”")
    assert theirs.undo() is None
    assert len(theirs.claims()) == 1


def test_a_change_that_the_other_built_on_is_left_and_told_and_the_next_undo_goes_past_it(
    two: tuple[Library, Library],
) -> None:
    mine, theirs = two
    article = mine.articles()[0].id
    first = mine.tag_span(article, 0, 12, ["First"])
    claim = mine.tag_span(article, 18, 28, ["Bridge"])
    theirs.refresh()
    theirs.set_note(claim.id, "theirs")
    with pytest.raises(LibraryError, match=r"another program changed the same since \(note on “the bridge”\)"):
        mine.undo()
    assert mine.claim(claim.id).note == "theirs"
    assert (mine.undo() or "").startswith("tag “First”")
    assert [c.id for c in mine.claims()] == [claim.id]
    assert first.id not in {c.id for c in mine.claims()}


def test_two_fields_of_one_claim_are_two_things(two: tuple[Library, Library]) -> None:
    mine, theirs = two
    claim = mine.tag_span(mine.articles()[0].id, 18, 28, ["Bridge"])
    theirs.refresh()
    mine.set_note(claim.id, "mine")
    theirs.set_verdict(claim.id, "disputed")
    assert mine.undo() == "note on “the bridge”"
    found = mine.claim(claim.id)
    assert (found.note, found.verdict) == ("", "disputed")
    theirs.undo()
    assert theirs.claim(claim.id).verdict == "open"


def test_a_tag_that_the_other_uses_stays_when_its_making_is_undone(two: tuple[Library, Library]) -> None:
    mine, theirs = two
    article = mine.articles()[0].id
    mine.tag_span(article, 18, 28, ["Bridge"])
    theirs.refresh()
    claim = theirs.tag_span(article, 62, 71, ["bridge"])
    mine.undo()
    assert [c.id for c in mine.claims()] == [claim.id]
    assert mine.tag_names(mine.claims()[0]) == ("Bridge",)


def test_an_import_stays_when_the_other_tagged_in_it(two: tuple[Library, Library], tmp_path: Path) -> None:
    mine, theirs = two
    with filled(tmp_path / "elsewhere") as other:
        text = TEXT + " A second article."
        other.add(Extract(path="b.txt", text=text, blocks=(), title="Second"), Analysis(analyser="x"))
        articles = tuple(other.articles())
        mine.load(Bundle(articles=articles, versions={a.id: tuple(other.versions(a.id)) for a in articles}))
        new = next(a for a in articles if a.title == "Second")
    theirs.refresh()
    claim = theirs.tag_span(new.id, 0, 12, ["Theirs"])
    with pytest.raises(LibraryError, match="stand in “Second”"):
        mine.undo()
    assert mine.claim(claim.id) == claim
    assert mine.article(new.id).title == "Second"


def test_what_was_there_when_a_program_began_can_be_undone(two: tuple[Library, Library]) -> None:
    mine, _ = two
    mine.tag_span(mine.articles()[0].id, 18, 28, ["Bridge"])
    mine.close()
    with Library.open(mine.folder) as again:
        assert again.undo() is not None
        assert again.claims() == []
    with Library.open(mine.folder) as third:
        assert third.redo() is not None
        assert len(third.claims()) == 1


Fields = dict[tuple[str, str, str], Any]


class TwoPrograms(RuleBasedStateMachine):
    """Two programs change, undo and redo at will; who set a value last is written down beside them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=IN_MEMORY))
        self.libraries = [filled(self.folder / "library")]
        self.libraries.append(Library.open(self.folder / "library"))
        self.article = self.libraries[0].articles()[0].id
        self.set_by: dict[tuple[str, str, str], list[int]] = {}

    def fields(self) -> Fields:
        """Give every value that a person set, as it is stored."""
        library = self.libraries[0]
        library.refresh()
        found: Fields = {}
        for table in ("claims", "tags", "corrections", "speakers"):
            for key, document in library.raw(table).items():
                for name, value in msgspec.json.decode(document).items():
                    if name not in {"modified", "created", "by", "id", "earlier"}:
                        found[table, key, name] = value
        return found

    def doing(self, who: int, work: Any) -> None:
        before = self.fields()
        with contextlib.suppress(LibraryError):  # a name that is taken
            work(self.libraries[who])
        for place in self.differences(before):
            self.set_by.setdefault(place, []).append(who)

    def differences(self, before: Fields) -> set[tuple[str, str, str]]:
        after = self.fields()
        return {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}

    @rule(who=st.integers(0, 1), at=st.integers(0, 3), name=st.sampled_from(["a", "b"]))
    def tag(self, who: int, at: int, name: str) -> None:
        self.doing(who, lambda library: library.tag_span(self.article, at * 10, at * 10 + 8, [name]))

    @rule(who=st.integers(0, 1), which=st.integers(0, 3), what=st.sampled_from(["note", "verdict", "remove", "untag"]))
    def change(self, who: int, which: int, what: str) -> None:
        self.libraries[who].refresh()
        claims = self.libraries[who].claims(self.article)
        if which >= len(claims):
            return
        claim = claims[which]
        match what:
            case "note":
                self.doing(who, lambda library: library.set_note(claim.id, f"{who} {len(claim.note)}"))
            case "verdict":
                verdict = "disputed" if claim.verdict == "open" else "open"
                self.doing(who, lambda library: library.set_verdict(claim.id, verdict))
            case "remove":
                self.doing(who, lambda library: library.remove_claim(claim.id))
            case _ if claim.tags:
                tag = self.libraries[who].tag_names(claim)[0]
                self.doing(who, lambda library: library.untag(claim.id, tag))

    @rule(who=st.integers(0, 1), what=st.sampled_from(["rename", "merge", "remove"]))
    def tags(self, who: int, what: str) -> None:
        self.libraries[who].refresh()
        tags = self.libraries[who].tags()
        if what == "rename" and tags:
            self.doing(who, lambda library: library.rename_tag(tags[0].id, f"{tags[0].name}{who}"))
        elif what == "merge" and len(tags) > 1:
            self.doing(who, lambda library: library.merge_tags(tags[0].id, tags[1].id))
        elif what == "remove" and tags:
            self.doing(who, lambda library: library.remove_tag(tags[-1].id))

    @rule(who=st.integers(0, 1), name=st.sampled_from(["Anna", ""]))
    def correct(self, who: int, name: str) -> None:
        self.doing(who, lambda library: library.correct_speaker(self.article, QUOTE, name))

    @rule(who=st.integers(0, 1), redo=st.booleans())
    def turn(self, who: int, redo: bool) -> None:
        before = self.fields()
        library = self.libraries[who]
        try:
            library.redo() if redo else library.undo()
        except LibraryError:
            assert not self.differences(before)
            return
        for place in self.differences(before):
            if redo:
                self.set_by.setdefault(place, []).append(who)
            else:
                assert self.set_by[place].pop() == who, place

    @invariant()
    def no_claim_has_a_tag_that_is_gone(self) -> None:
        library = self.libraries[1]
        library.refresh()
        tags = {tag.id for tag in library._tags.all()}
        assert all(tags.issuperset(claim.tags) for claim in library.claims())
        assert all(tag.merged_into in {None, *tags} for tag in library._tags.all())

    @invariant()
    def no_two_tags_have_one_name(self) -> None:
        names = [tag.name.casefold() for tag in self.libraries[1].tags()]
        assert len(names) == len(set(names))

    def teardown(self) -> None:
        for library in self.libraries:
            library.close()
        shutil.rmtree(self.folder)


TwoPrograms.TestCase.settings = settings(
    max_examples=int(os.environ.get("STORE_EXAMPLES", "60")),
    stateful_step_count=30,
    phases=[Phase.explicit, Phase.reuse, Phase.generate] + ([] if "STORE_EXAMPLES" in os.environ else [Phase.shrink]),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestTwoPrograms = TwoPrograms.TestCase
