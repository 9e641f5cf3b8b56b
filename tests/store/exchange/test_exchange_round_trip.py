"""Any library, with all that a person can put into it, comes back byte for byte."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.errors import LibraryError
from store.exchange import export_json, import_json
from store.library import Library
from store.model import Analysis, Article, Extract, Quote
from store.safe_text import clean

RANDOM = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=25, deadline=None
)
LINES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf")), min_size=1, max_size=30).filter(
    str.strip
)
NAMES = LINES.map(lambda line: " ".join(clean(line).split())).filter(bool)
TEXTS = st.lists(LINES, min_size=1, max_size=4).map(lambda lines: clean("\n\n".join(lines))).filter(str.strip)
HANDLES = st.text("abcé東.-/9", min_size=1, max_size=8)
ADDRESSES = st.from_regex(r"https?://[a-z]{1,8}\.example/[a-z0-9?=&%+]{0,12}", fullmatch=True)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | LINES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(LINES, inner, max_size=3),
    max_leaves=6,
)
UNKNOWN = st.dictionaries(st.from_regex(r"later_[a-z]{1,6}", fullmatch=True), VALUES, max_size=3)
LISTS = ("tags", "speakers", "articles", "claims", "corrections", "searches", "feeds")


def exported(library: Library) -> bytes:
    return b"".join(export_json(library))


def fill_article(library: Library, data: st.DataObject, number: int, text: str) -> Article:
    """Add an article with a quote, some claims, perhaps a correction and another version."""
    end = data.draw(st.integers(1, len(text)))
    quote = Quote(kind="direct", spans=((0, end),), speaker=data.draw(st.none() | NAMES))
    extract = Extract(path=f"/{number}", text=text, blocks=(), title=data.draw(st.none() | NAMES))
    article = library.add(extract, Analysis(analyser="t", quotes=(quote,))).article
    for _ in range(data.draw(st.integers(0, 3))):
        start = data.draw(st.integers(0, len(text) - 1))
        stop = data.draw(st.integers(start + 1, len(text)))
        names = data.draw(st.lists(NAMES, max_size=2))
        claim = library.tag_span(article.id, start, stop, names, note=data.draw(st.just("") | TEXTS))
        if data.draw(st.booleans()):
            library.set_verdict(claim.id, data.draw(st.sampled_from(("open", "supported", "disputed", "false"))))
    if data.draw(st.booleans()):
        library.correct_speaker(article.id, library.analysis(article.id).quotes[0], data.draw(NAMES))
    if data.draw(st.booleans()):
        changed = Extract(path=f"/{number}", text=f"{text}\n\n{data.draw(NAMES)}", blocks=(), title=extract.title)
        library.add(changed, Analysis(analyser="t"))
    return article


def fill(library: Library, data: st.DataObject) -> None:
    """Put articles, joined and parted speakers, joined tags, saved searches and feeds into a library."""
    for number, text in enumerate(data.draw(st.lists(TEXTS, max_size=3, unique=True))):
        fill_article(library, data, number, text)
    here = [claim.speaker for claim in library.claims() if claim.speaker]
    people = st.sampled_from(here) | NAMES if here else NAMES
    for _ in range(data.draw(st.integers(0, 3))):
        with contextlib.suppress(LibraryError):  # nobody is joined with himself, nor two in a ring
            if data.draw(st.booleans()):
                library.merge_speakers(data.draw(people), data.draw(people))
            else:
                library.not_same_speaker(data.draw(people), data.draw(people))
    tags = [tag.name for tag in library.tags()]
    if len(tags) > 1 and data.draw(st.booleans()):
        library.merge_tags(tags[0], tags[1])
    for _ in range(data.draw(st.integers(0, 2))):
        with contextlib.suppress(LibraryError):  # not every handle can be typed
            library.save_search(data.draw(HANDLES), data.draw(NAMES))
    for _ in range(data.draw(st.integers(0, 2))):
        library.follow(data.draw(ADDRESSES), data.draw(st.just("") | NAMES), data.draw(st.just("") | NAMES))


@RANDOM
@given(data=st.data())
def test_any_library_comes_back_byte_for_byte(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("random")
    with Library.open(folder / "first") as library:
        fill(library, data)
        written = exported(library)
    with Library.open(folder / "second") as library:
        assert import_json(library, written).refused == ()
        assert exported(library) == written
        again = import_json(library, written)
        assert (again.added, again.changed, again.conflicts) == (0, 0, ())


def with_unknown(data: st.DataObject, written: bytes) -> dict[str, Any]:
    """Put fields of a later program into the records of an export."""
    later: dict[str, Any] = json.loads(written)
    for name in LISTS:
        for record in later[name]:
            record.update(data.draw(UNKNOWN))
    for article in later["articles"]:
        for version in article["versions"]:
            version.update(data.draw(UNKNOWN))
    return later


@RANDOM
@given(data=st.data())
def test_fields_of_a_later_program_are_handed_on(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("later")
    with Library.open(folder / "first") as library:
        fill(library, data)
        later = with_unknown(data, exported(library))
    with Library.open(folder / "second") as library:
        assert import_json(library, json.dumps(later).encode()).refused == ()
        written = exported(library)
    assert json.loads(written) == later
    with Library.open(folder / "third") as library:
        assert import_json(library, written).refused == ()
        assert exported(library) == written


def test_one_name_never_becomes_two_speakers(library: Library) -> None:
    for act in (library.merge_speakers, library.not_same_speaker):
        with pytest.raises(LibraryError, match="one name"):
            act("Mo Hale", " mo  hale")
    assert not [one for one in library.speakers() if one.name == "Mo Hale"]
