"""What a read-later list says of an article, put into the library: tags, notes, highlights, read, starred, saved.

A highlight is a claim on its words. The tags and the note of the whole article stand on its first sentence, since all
that a person says in the library is said of some words. A highlight whose words are not in the text goes into that
note, so that nothing is lost.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.anchor import locate
from store.ids import now
from store.keep.listed import Mark
from store.keep.tags import LONGEST
from store.model import Anchor, Span, Version

if TYPE_CHECKING:
    from store.ingest.links import Highlight, Link
    from store.library import Library
    from store.model import Article

_SENTENCE = re.compile(r".{20,300}?[.!?…。！？؟][\"”’»)\]]*(?=\s|$)", re.S)
_LONGEST_OPENING = 300
_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-"})
_WORDS = re.compile(r"\S+")
_FEWEST = 12
FOUND = frozenset(("exact", "moved", "edited"))


def take_over(library: Library, article: Article, link: Link) -> tuple[Article, str]:
    """Take over what a list says of an article that came from it, once: what is said of it here later counts more.

    Gives the article and what became of tags, notes and highlights in words for a person (empty when there were none).
    """
    if article.saved is not None:
        return article, ""
    version = library.version(article.id)
    marks, told = marks_of(link, version)
    saved = _moment(link.added) or now()
    article = library.take_over(article.id, marks, read=link.read, starred=link.starred, saved=saved)
    return article, told


def marks_of(link: Link, version: Version) -> tuple[list[Mark], str]:
    """Give what a list says of an article as marks in its text, and in words what became of it."""
    marks: list[Mark] = []
    lost: list[Highlight] = []
    for one in link.highlights:
        span = find(one.words, version.text)
        if span is None:
            lost.append(one)
        else:
            tags, more = _names(one.tags)
            note = "\n".join(filter(None, (one.note, more)))
            marks.append(Mark(span, tags, note, _moment(one.at)))
    tags, more = _names(link.tags)
    note = "\n".join(filter(None, (link.note, more, *map(_quoted, lost))))
    if tags or note:
        marks.append(Mark(opening(version), tags, note, _moment(link.added)))
    return marks, _told(link, len(marks) - bool(tags or note), len(lost))


def _told(link: Link, found: int, lost: int) -> str:
    counted = ((len(link.tags), "tag", "tags"), (bool(link.note), "note", "notes"), (found, "highlight", "highlights"))
    parts = [f"{int(number)} {one if number == 1 else many}" for number, one, many in counted if number]
    if lost:
        what = "1 highlight is" if lost == 1 else f"{lost} highlights are"
        parts.append(f"{what} not in the text and in the note instead")
    return ", ".join(parts)


def put_in(link: Link) -> str:
    """Say what a person put into an entry, for when there is no article to put it on."""
    parts = [f"tags {', '.join(link.tags)}"] if link.tags else []
    parts += ["a note"] if link.note else []
    parts += [f"highlights: {len(link.highlights)}"] if link.highlights else []
    return "; ".join(parts)


def _names(names: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Part names that a tag can have from those that are too long, which are told in words."""
    fitting = tuple(name for name in names if name.strip() and len(name) <= LONGEST)
    return fitting, "; ".join(name for name in names if len(name) > LONGEST)


def _quoted(one: Highlight) -> str:
    said = [f"“{one.words}”", f"— {one.note}" if one.note else "", f"({', '.join(one.tags)})" if one.tags else ""]
    return " ".join(filter(None, said))


def _moment(stamp: str | None) -> str | None:
    """Give a day or a time with its zone as a moment in UTC."""
    if not stamp:
        return None
    when = datetime.datetime.fromisoformat(stamp)
    when = when.replace(tzinfo=datetime.UTC) if when.tzinfo is None else when.astimezone(datetime.UTC)
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def opening(version: Version) -> Span:
    """Give the first sentence of a text, of a long one its beginning."""
    first = next((block for block in version.blocks if block.kind == "paragraph"), None)
    start, end = (first.start, first.end) if first else (0, len(version.text))
    start += len(version.text[start:end]) - len(version.text[start:end].lstrip())
    sentence = _SENTENCE.match(version.text[start:end])
    return (start, start + sentence.end()) if sentence else (start, min(end, start + _LONGEST_OPENING))


def find(words: str, text: str) -> Span | None:
    """Find marked words in a text, None when they are not there.

    White space and the form of quotation marks and dashes do not matter, nor small changes that leave numbers,
    negations and names as they are.
    """
    folded, ends = _plain(text)
    wanted = _plain(words)[0]
    at = folded.find(wanted)
    if at < 0:
        at = folded.casefold().find(wanted.casefold()) if len(folded.casefold()) == len(folded) else -1
    if wanted and at >= 0:
        return ends[at], ends[at + len(wanted) - 1] + 1
    if len(wanted) < _FEWEST:
        return None
    place = locate(Anchor(article="", version="", start=-1, end=-1, exact=wanted), folded)
    if place.state not in FOUND:
        return None
    start, end = ends[place.start], ends[place.end - 1] + 1
    start += len(text[start:end]) - len(text[start:end].lstrip())
    first = wanted.split(" ", 1)[0] + " "
    return (start - len(first) if text[:start].endswith(first) else start), end


def _plain(text: str) -> tuple[str, list[int]]:
    """Give a text with single spaces and plain signs, and the place in `text` of each of its characters."""
    parts: list[str] = []
    places: list[int] = []
    for word in _WORDS.finditer(text):
        if parts:
            parts.append(" ")
            places.append(word.start() - 1)
        parts.append(word.group())
        places.extend(range(*word.span()))
    return "".join(parts).translate(_SIGNS), places
