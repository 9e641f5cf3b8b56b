"""Any sequence of changes, crashes, reopenings, undo and redo gives what a plain model in memory gives."""

import contextlib
import os
import shutil
import tempfile
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, precondition, rule

from store.errors import LibraryError
from store.library import Library
from store.model import Analysis, Block, Extract, Quote

TEXT = "The minister said the bridge would open. Nobody believed him. The mayor said it would not."
QUOTES = (
    Quote(kind="indirect", spans=((18, 39),), speaker="The minister"),
    Quote(kind="indirect", spans=((77, 89),), speaker="The mayor"),
)
NAMES = st.sampled_from(["economy", "War", "peace talks", "Überblick", "税"])
SPANS = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: (pair[0], pair[0] + pair[1]))
POINTS = ("append", "sync", "snapshot", "new journal", "second name", "renamed", "previous kept", "sealed")


IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # a flush costs nothing there, and proves nothing


class Crash(BaseException):
    """The program ends here."""


@dataclass
class Model:
    """What a person would expect: plain values, and a stack of what they were before."""

    claims: dict[tuple[str, int, int], dict[str, Any]] = field(default_factory=dict)
    starred: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    speakers: dict[tuple[str, int], str] = field(default_factory=dict)


def killed(library: Library) -> None:
    """End a program as the system ends one: its files are closed, nothing is written any more."""
    os.close(library.storage._fd)
    library.storage._fd = -1
    library.storage._lock.close()


class LibraryMachine(RuleBasedStateMachine):
    """Drives a library and the model side by side, through two objects as two programs would."""

    articles = Bundle("articles")
    claims = Bundle("claims")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=IN_MEMORY))
        self.libraries = [self.opened() for _ in range(2)]
        self.model = Model()
        self.past: list[Model] = []
        self.future: list[Model] = []
        self.turn = 0

    def opened(self) -> Library:
        """Open the library as one run of the program, so that both objects undo each other's changes."""
        library = Library.open(self.folder / "library")
        library._steps.run = "one"
        return library

    @property
    def library(self) -> Library:
        """Take one of the two programs in turn, as of now."""
        self.turn += 1
        library = self.libraries[self.turn % 2]
        library.refresh()
        return library

    def step(self) -> None:
        self.past.append(deepcopy(self.model))
        self.future.clear()

    @rule(target=articles, number=st.integers(0, 3))
    def add(self, number: int) -> str:
        text = f"{TEXT} {number}"
        extract = Extract(
            path=f"{number}.txt", text=text, blocks=(Block("paragraph", 0, len(text)),), title=str(number)
        )
        added = self.library.add(extract, Analysis(analyser="x", quotes=QUOTES))
        new = added.article.id not in self.model.articles
        assert added.outcome == ("added" if new else "unchanged")
        for state in (self.model, *self.past, *self.future) if new else ():
            state.articles.add(added.article.id)  # taking in is no step: undo goes past it
        return added.article.id

    @rule(target=claims, article=articles, span=SPANS, name=NAMES)
    def tag(self, article: str, span: tuple[int, int], name: str) -> tuple[str, int, int] | None:
        key = (article, *span)
        if article not in self.model.articles:
            with contextlib.suppress(LibraryError):
                self.library.tag_span(article, *span, [name])
                raise AssertionError("a deleted article was tagged")
            return None
        known = self.model.claims.get(key)
        if known is None or name.casefold() not in map(str.casefold, known["tags"]):
            self.step()
            claim = self.model.claims.setdefault(key, {"tags": [], "note": "", "verdict": "open"})
            claim["tags"].append(name)
        self.library.tag_span(article, *span, [name])
        return key

    def found(self, key: tuple[str, int, int] | None) -> str | None:
        if key is None or key not in self.model.claims:
            return None
        claims = self.library.claims(key[0])
        return next(c.id for c in claims if (c.anchor.start, c.anchor.end) == key[1:])

    @rule(key=claims, text=st.text(max_size=20))
    def note(self, key: tuple[str, int, int] | None, text: str) -> None:
        text = text.encode("utf-8", "ignore").decode()
        claim = self.found(key)
        if claim is not None and key is not None:
            if self.model.claims[key]["note"] != text:
                self.step()
                self.model.claims[key]["note"] = text
            self.library.set_note(claim, text)

    @rule(key=claims, verdict=st.sampled_from(["open", "false", "disputed"]))
    def judge(self, key: tuple[str, int, int] | None, verdict: Any) -> None:
        claim = self.found(key)
        if claim is not None and key is not None:
            if self.model.claims[key]["verdict"] != verdict:
                self.step()
                self.model.claims[key]["verdict"] = verdict
            self.library.set_verdict(claim, verdict)

    @rule(key=consumes(claims))
    def remove(self, key: tuple[str, int, int] | None) -> None:
        claim = self.found(key)
        if claim is not None and key is not None:
            self.step()
            del self.model.claims[key]
            self.library.remove_claim(claim)

    @rule(article=articles, on=st.booleans())
    def star(self, article: str, on: bool) -> None:
        if article in self.model.articles:
            if (article in self.model.starred) != on:
                self.step()
                (self.model.starred.add if on else self.model.starred.discard)(article)
            self.library.star(article, on=on)

    @rule(article=articles, which=st.integers(0, 1), name=st.sampled_from(["Anna", "Bert", ""]))
    def correct(self, article: str, which: int, name: str) -> None:
        if article in self.model.articles and self.model.speakers.get((article, which)) != name:
            self.step()
            self.model.speakers[article, which] = name
            self.library.correct_speaker(article, QUOTES[which], name)

    @rule(article=articles)
    def delete(self, article: str) -> None:
        if article in self.model.articles:
            self.step()
            self.model.articles.discard(article)
            self.model.starred.discard(article)
            for key in [key for key in self.model.claims if key[0] == article]:
                del self.model.claims[key]
            for place in [place for place in self.model.speakers if place[0] == article]:
                del self.model.speakers[place]
            self.library.delete_article(article)

    @rule()
    def undo(self) -> None:
        done = self.library.undo()
        assert (done is not None) == bool(self.past)
        if self.past:
            self.future.append(self.model)
            self.model = self.past.pop()

    @rule()
    def redo(self) -> None:
        done = self.library.redo()
        assert (done is not None) == bool(self.future)
        if self.future:
            self.past.append(self.model)
            self.model = self.future.pop()

    @rule()
    def compact(self) -> None:
        self.library.compact()

    @rule(which=st.integers(0, 1))
    def reopen(self, which: int) -> None:
        self.libraries[which].close()
        self.libraries[which] = self.opened()
        assert self.libraries[which].notices == []

    @rule(which=st.integers(0, 1), torn=st.binary(min_size=1, max_size=40))
    def crash_in_the_middle_of_a_line(self, which: int, torn: bytes) -> None:
        """Both programs end without closing; the last one left half a line."""
        journal = max((self.folder / "library").glob("journal-*.jsonl"))
        with journal.open("ab") as file:
            file.write(b'{"c":"' + torn.replace(b"\n", b" "))
        for library in self.libraries:
            killed(library)
        self.libraries = [self.opened() for _ in range(2)]

    @precondition(lambda self: self.model.articles)
    @rule(point=st.sampled_from(POINTS), which=st.integers(0, 1))
    def crash_at(self, point: str, which: int) -> None:
        """One program ends at a step of a change or a snapshot; the change was not acknowledged."""
        library = self.libraries[which]
        library.refresh()

        def stop(step: str) -> None:
            if step == point:
                raise Crash

        library.storage.step = stop
        with contextlib.suppress(Crash):
            library.storage.commit({"scratch": {"1": {"n": self.turn}}})
            library.compact()
        killed(library)
        self.libraries[which] = self.opened()

    @invariant()
    def both_programs_see_what_the_model_says(self) -> None:
        for library in self.libraries:
            library.refresh()
            assert {article.id for article in library.articles()} == self.model.articles
            assert {article.id for article in library.articles() if article.starred} == self.model.starred
            seen = {
                (claim.anchor.article, claim.anchor.start, claim.anchor.end): {
                    "tags": [name.casefold() for name in library.tag_names(claim)],
                    "note": claim.note,
                    "verdict": claim.verdict,
                }
                for claim in library.claims()
            }
            assert seen == {
                key: claim | {"tags": [name.casefold() for name in claim["tags"]]}
                for key, claim in self.model.claims.items()
            }
            for article in self.model.articles:
                quotes = library.analysis(article).quotes
                for which, quote in enumerate(quotes):
                    name = self.model.speakers.get((article, which))
                    assert quote.speaker == (QUOTES[which].speaker if name is None else name or None)

    def teardown(self) -> None:
        for library in self.libraries:
            library.close()
        shutil.rmtree(self.folder)


LibraryMachine.TestCase.settings = settings(
    max_examples=int(os.environ.get("STORE_EXAMPLES", "25")),
    stateful_step_count=30,
    phases=[Phase.explicit, Phase.reuse, Phase.generate] + ([] if "STORE_EXAMPLES" in os.environ else [Phase.shrink]),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestAnySequence = LibraryMachine.TestCase
