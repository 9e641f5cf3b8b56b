"""Texts and claims as a REFI-QDA project (`.qdpx`, https://www.qdasoftware.org/).

A ZIP archive with `project.qde` (XML) and the texts under `sources/`, in UTF-8 without a byte order mark, lines ended
by LF. Positions count code points. A claim is a selection, coded with its tags, its speaker, its verdict and its kind
of speech; its note is a note. Every text in which claims stand is a source, so that a claim on an older text is right
too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from store.exchange.archive import zipped
from store.exchange.codes import Code, codes_of_tags, group, guid
from store.exchange.records import ExportedClaim
from store.exchange.scope import Selection
from store.exchange.xmltext import tag as element
from store.model import Article, Version

SPEAKER, SPEECH, VERDICT = "Speaker", "Speech", "Verdict"
_LONGEST_NAME = 80


def write(selection: Selection) -> Iterator[bytes]:
    """Give the archive piece by piece."""
    return zipped(_files(selection))


def _files(selection: Selection) -> Iterator[tuple[str, Iterable[bytes]]]:
    yield "project.qde", _project(selection)
    for article in selection.articles:
        for version, _ in selection.texts(article):
            yield f"sources/{_source(article, version)}.txt", [version.text.encode("utf-8", "replace")]


def _source(article: Article, version: Version) -> str:
    return guid("text", article.id, version.sha256)


@dataclass(slots=True)
class _Names:
    """Who and what the claims name."""

    people: set[str] = field(default_factory=set)
    groups: dict[str, set[str]] = field(default_factory=lambda: {SPEAKER: set(), SPEECH: set(), VERDICT: set()})

    def take(self, claim: ExportedClaim) -> None:
        """Take in whom and what a claim names."""
        if claim.by:
            self.people.add(claim.by)
        for title, name in _facts(claim):
            self.groups[title].add(name)


def _facts(claim: ExportedClaim) -> Iterator[tuple[str, str]]:
    if claim.speaker:
        yield SPEAKER, claim.speaker
    if claim.speech:
        yield SPEECH, claim.speech
    if claim.verdict != "open":
        yield VERDICT, claim.verdict


def _project(selection: Selection) -> Iterator[bytes]:
    names = _Names()
    for claim in selection.all_claims():
        names.take(claim)
    tags = {tag.id: tag for tag, _ in selection.tags() if tag.merged_into is None}
    yield b'<?xml version="1.0" encoding="utf-8"?>\n'
    yield b'<Project xmlns="urn:QDA-XML:project:1.0" name="newsreader" origin="newsreader">\n'
    if names.people:
        users = "\n".join(element("User", {"guid": guid("user", one), "name": one}) for one in sorted(names.people))
        yield f"<Users>\n{users}\n</Users>\n".encode()
    codes = ["".join(code.written()) for code in _codes(codes_of_tags(tags.values()), names)]
    if codes:  # a code book without codes is not valid
        yield "\n".join(["<CodeBook>", "<Codes>", *codes, "</Codes>", "</CodeBook>", ""]).encode()
    if selection.articles:
        yield b"<Sources>\n"
        for article in selection.articles:
            for version, claims in selection.texts(article):
                yield from _text(selection, article, version, claims)
        yield b"</Sources>\n"
    yield from _notes(selection)
    yield b"</Project>\n"


def _codes(tags: dict[str, Code], names: _Names) -> Iterator[Code]:
    for name in sorted(tags):
        yield tags[name]
    for title in sorted(names.groups):
        if names.groups[title]:
            yield group(title, names.groups[title])


def _text(selection: Selection, article: Article, version: Version, claims: list[ExportedClaim]) -> Iterator[bytes]:
    source = _source(article, version)
    facts: dict[str, str | None] = {
        "guid": source,
        "name": _short(article.title),
        "plainTextPath": f"internal://{source}.txt",
        "creationDateTime": _moment(version.retrieved or article.retrieved),
    }
    day = f"{article.published} (inferred)" if article.published_inferred else article.published
    about = [article.outlet or article.aggregator, article.url, day, f"SHA-256 {version.sha256}"]
    about += [f"also at {place}" for place in selection.also_at(article)]
    described = element("Description", {}, "\n".join(part for part in about if part))
    yield f"{element('TextSource', facts, open_=True)}{described}\n".encode()
    for claim in claims:
        yield ("".join(_selection(selection, claim)) + "\n").encode()
    yield b"</TextSource>\n"


def _selection(selection: Selection, claim: ExportedClaim) -> Iterator[str]:
    user = guid("user", claim.by) if claim.by else None
    made: dict[str, str | None] = {"creatingUser": user, "creationDateTime": _moment(claim.created)}
    place: dict[str, str | None] = {
        "guid": claim.id,
        "name": _short(claim.exact),
        "startPosition": str(claim.start),
        "endPosition": str(claim.end),
    }
    facts = place | made | {"modifyingUser": user, "modifiedDateTime": _moment(claim.modified)}
    yield element("PlainTextSelection", facts, open_=True)
    about = [
        f"carried by {claim.carrier}" if claim.carrier else "",
        f"said on {claim.said_on}" if claim.said_on else "",
        "" if claim.state == "exact" else f"place: {claim.state}",
    ]
    if any(about):
        yield element("Description", {}, "; ".join(part for part in about if part))
    tags = (selection.library.tag(tag_id).id for tag_id in claim.tag_ids)
    for code in dict.fromkeys([*tags, *(guid(title, name) for title, name in _facts(claim))]):
        yield element("Coding", made | {"guid": guid("coding", claim.id, code)}, open_=True)
        yield element("CodeRef", {"targetGUID": code}) + "</Coding>"
    if claim.note:
        yield element("NoteRef", {"targetGUID": guid("note", claim.id)})
    yield "</PlainTextSelection>"


def _notes(selection: Selection) -> Iterator[bytes]:
    begun = False
    for claim in selection.all_claims():
        if claim.note:
            if not begun:
                yield b"<Notes>\n"
                begun = True
            facts = {
                "guid": guid("note", claim.id),
                "name": _short(claim.note),
                "creatingUser": guid("user", claim.by) if claim.by else None,
                "creationDateTime": _moment(claim.created),
            }
            content = element("PlainTextContent", {}, claim.note)
            yield f"{element('Note', facts, open_=True)}{content}</Note>\n".encode()
    if begun:
        yield b"</Notes>\n"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_NAME else f"{line[: _LONGEST_NAME - 1]}…"


def _moment(time: str) -> str | None:
    """Give a moment that XML can hold; nothing for a mere day."""
    return time if "T" in time else None
