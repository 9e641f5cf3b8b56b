"""Texts and claims as brat standoff files (https://brat.nlplab.org/standoff.html).

A ZIP archive with `NAME.txt` and `NAME.ann` for each text in which claims stand, and the files that tell brat the names
of tags. A claim is one entity whose type is its first tag; verdict and kind of speech are attributes; what else is
known is in its note. Offsets count code points; a claim over several lines has a part for each, since brat knows no
line ends inside a part.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from store.exchange.archive import zipped
from store.exchange.records import ExportedClaim
from store.exchange.scope import Selection
from store.model import Article, Span, Version

UNTAGGED = "Claim"
_VERDICTS = ("supported", "disputed", "false", "unclear")
_SPEECH = ("direct", "indirect", "mixed")


def write(selection: Selection) -> Iterator[bytes]:
    """Give the archive piece by piece."""
    return zipped(_files(selection))


def _files(selection: Selection) -> Iterator[tuple[str, Iterable[bytes]]]:
    labels = _labels({name for claim in selection.all_claims() for name in claim.tags[:1]})
    types = sorted({UNTAGGED, *labels.values()})
    yield "annotation.conf", [_configuration(types).encode()]
    printed = "".join(f"{label} | {name.replace('|', '/')}\n" for name, label in sorted(labels.items()))
    yield "visual.conf", [f"[labels]\n{printed}\n[drawing]\n".encode("utf-8", "replace")]
    for article in selection.articles:
        for version, claims in selection.texts(article):
            if claims:
                name = _name(article, version)
                yield f"{name}.txt", [version.text.encode("utf-8", "replace")]
                yield f"{name}.ann", _lines(version.text, claims, labels)


def _name(article: Article, version: Version) -> str:
    words = _plain(article.title).lower().strip("_")[:40].strip("_")
    return "-".join(part for part in (words, article.id[:13], version.sha256[:8]) if part)


def _plain(text: str) -> str:
    ascii_ = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "_", ascii_)


def _labels(names: Iterable[str]) -> dict[str, str]:
    """Give each tag a type of its own, in the letters that brat allows."""
    labels: dict[str, str] = {}
    taken = {UNTAGGED.lower()}
    for name in sorted(names):
        first = _plain(name).strip("_") or "tag"
        label, number = first, 1
        while label.lower() in taken:
            number += 1
            label = f"{first}_{number}"
        taken.add(label.lower())
        labels[name] = label
    return labels


def _configuration(types: list[str]) -> str:
    entities = "\n".join(types)
    return (
        f"[entities]\n{entities}\n\n[relations]\n\n[events]\n\n[attributes]\n"
        f"Verdict\tArg:<ENTITY>, Value:{'|'.join(_VERDICTS)}\nSpeech\tArg:<ENTITY>, Value:{'|'.join(_SPEECH)}\n"
    )


def _lines(text: str, claims: list[ExportedClaim], labels: dict[str, str]) -> Iterator[bytes]:
    attributes = 0
    number = 0
    for claim in claims:
        parts = _parts(text, claim.start, claim.end)
        if not parts:
            continue  # a blank: brat has no entity without words
        number += 1
        label = labels[claim.tags[0]] if claim.tags else UNTAGGED
        places = ";".join(f"{start} {end}" for start, end in parts)
        lines = [f"T{number}\t{label} {places}\t{' '.join(text[start:end] for start, end in parts)}"]
        for name, value in (("Verdict", claim.verdict), ("Speech", claim.speech)):
            if value and value != "open":
                attributes += 1
                lines.append(f"A{attributes}\t{name} T{number} {value}")
        lines.append(f"#{number}\tAnnotatorNotes T{number}\t{_note(claim)}")
        yield ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _parts(text: str, start: int, end: int) -> list[Span]:
    """Divide a span at its line ends, leaving out the blanks around each part."""
    parts: list[Span] = []
    at = start
    for line in text[start:end].split("\n"):
        words = line.strip()
        if words:
            begin = at + line.index(words)
            parts.append((begin, begin + len(words)))
        at += len(line) + 1
    return parts


def _note(claim: ExportedClaim) -> str:
    facts = {
        "speaker": claim.speaker,
        "carrier": claim.carrier,
        "said on": claim.said_on,
        "tags": ", ".join(claim.tags),
        "also at": ", ".join(claim.also_at),
        "note": claim.note,
        "by": claim.by,
        "created": claim.created,
        "id": claim.id,
    }
    return "; ".join(f"{name}: {' '.join(value.split())}" for name, value in facts.items() if value)
