"""Claims as W3C Web Annotations (JSON-LD).

The model: https://www.w3.org/TR/annotation-model/
What the model has no key for is a body with a purpose, since JSON-LD drops keys that its context does not know: a tag
(`tagging`), the speaker (`identifying`), the verdict (`assessing`), the kind of speech (`classifying`), the note
(`commenting`), carrier and day (`describing`). Title, outlet and date describe the source itself, in terms of Dublin
Core and schema.org, for which the context has the prefixes. Positions count code points of the text whose hash is in
the target's state (RFC 6920).
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator

from store.documents import Document
from store.exchange.addresses import iri
from store.exchange.codes import guid
from store.exchange.records import ExportedClaim
from store.exchange.scope import Selection
from store.jsontext import to_json

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def write(selection: Selection) -> Iterator[bytes]:
    """Give an annotation collection with one page, one annotation a line."""
    total = selection.count()
    whole = f"urn:uuid:{guid('claims', *(article.id for article in selection.articles))}"
    head = to_json({"@context": CONTEXT, "id": whole, "type": "AnnotationCollection"})[:-1]
    page = to_json({"id": f"{whole}#1", "type": "AnnotationPage", "startIndex": 0})[:-1]
    yield head + f',"label":"Claims","total":{total}'.encode()
    if total:
        yield b',"first":' + page + b',"items":['
        comma = b"\n"
        for claim in selection.all_claims():
            yield comma + to_json(annotation(claim))
            comma = b",\n"
        yield b"\n]}"
    yield b"}\n"


def annotation(claim: ExportedClaim) -> Document:
    """Make the annotation of a claim; as a document of its own it needs the context."""
    made: Document = {"id": f"urn:uuid:{claim.id}", "type": "Annotation", "motivation": _motivation(claim)}
    made |= {name: value for name in ("created", "modified") if _is_moment(value := getattr(claim, name))}
    if claim.by:
        made["creator"] = {"type": "Person", "name": claim.by}
    if bodies := _bodies(claim):
        made["body"] = bodies
    made["target"] = _target(claim)
    return made


def _motivation(claim: ExportedClaim) -> str:
    if claim.verdict != "open":
        return "assessing"
    return "tagging" if claim.tags else "highlighting"


def _bodies(claim: ExportedClaim) -> list[Document]:
    said = [("tagging", tag) for tag in claim.tags]
    said += [
        ("commenting", claim.note),
        ("identifying", claim.speaker or ""),
        ("assessing", "" if claim.verdict == "open" else claim.verdict),
        ("classifying", f"{claim.speech} speech" if claim.speech else ""),
        ("describing", f"carried by {claim.carrier}" if claim.carrier else ""),
        ("describing", f"said on {claim.said_on}" if claim.said_on else ""),
        *(("describing", f"also at {place}") for place in claim.also_at),
        ("describing", "date of the source inferred" if claim.published and claim.published_inferred else ""),
        ("describing", "" if claim.state == "exact" else f"place: {claim.state}"),
    ]
    return [{"type": "TextualBody", "purpose": purpose, "value": value} for purpose, value in said if value]


def _target(claim: ExportedClaim) -> Document:
    quote = {"type": "TextQuoteSelector", "exact": claim.exact, "prefix": claim.prefix, "suffix": claim.suffix}
    position = {"type": "TextPositionSelector", "start": claim.start, "end": claim.end}
    state: Document = {"type": "TimeState"}
    if _is_moment(claim.retrieved):
        state["sourceDate"] = claim.retrieved
    state["cached"] = named_by_hash(claim.text_sha256)
    return {
        "type": "SpecificResource",
        "source": _source(claim),
        "state": state,
        "selector": [quote, position],
    }


def _source(claim: ExportedClaim) -> Document:
    """Describe the article; its date is a plain string, as exact as it is known."""
    told = {
        "dcterms:title": claim.title,
        "dcterms:publisher": claim.outlet,
        "schema:datePublished": claim.published,
        "schema:sdPublisher": claim.aggregator,
    }
    made: Document = {"id": iri(claim.url) if claim.url else f"urn:uuid:{claim.article}", "type": "Text"}
    return made | {name: value for name, value in told.items() if value}


def named_by_hash(sha256: str) -> str:
    """Name a text by its hash, as RFC 6920 does."""
    return f"ni:///sha-256;{urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip('=')}"


def _is_moment(time: str) -> bool:
    return "T" in time and time.endswith("Z")
