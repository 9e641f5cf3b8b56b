"""Claims as W3C Web Annotations: held against the model, and expanded by a JSON-LD processor without a network."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from annotation_model import COLLECTION, CONTEXT
from jsonschema import Draft202012Validator
from pyld import jsonld

from store.exchange import FORMS, Selection
from store.exchange.addresses import iri
from store.exchange.webannotation import named_by_hash
from store.library import Library

OA = "http://www.w3.org/ns/oa#"


def collection(library: Library) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(b"".join(FORMS["webannotation"].export(Selection(library))))
    return made


def offline(address: str, _: object = None) -> dict[str, Any]:
    assert address == "http://www.w3.org/ns/anno.jsonld"
    return {"contextUrl": None, "documentUrl": address, "document": CONTEXT, "contentType": "application/ld+json"}


def annotations(library: Library) -> list[dict[str, Any]]:
    (whole,) = jsonld.expand(collection(library), {"documentLoader": offline})
    (page,) = whole["http://www.w3.org/ns/activitystreams#first"]
    items: list[dict[str, Any]] = page["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
    return items


def bodies(annotation: dict[str, Any]) -> set[tuple[str, str]]:
    value = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
    return {
        (body[f"{OA}hasPurpose"][0]["@id"].removeprefix(OA), body[value][0]["@value"])
        for body in annotation.get(f"{OA}hasBody", ())
    }


def test_an_export_is_what_the_model_demands(library: Library) -> None:
    Draft202012Validator.check_schema(COLLECTION)
    made = collection(library)
    Draft202012Validator(COLLECTION).validate(made)
    assert made["total"] == len(made["first"]["items"]) == 4


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: one.pop("id"),
        lambda one: one.pop("target"),
        lambda one: one.update(id="no address"),
        lambda one: one.update(verdict="false"),
        lambda one: one.update(created="yesterday"),
        lambda one: one["target"].pop("source"),
        lambda one: one["target"]["selector"][1].update(start=-1),
        lambda one: one["target"]["selector"][0].pop("exact"),
        lambda one: one["body"][0].update(purpose="tag"),
        lambda one: one["body"][0].pop("value"),
    ],
)
def test_the_demands_bite(library: Library, spoil: Callable[[dict[str, Any]], object]) -> None:
    made = copy.deepcopy(collection(library))
    spoil(next(one for one in made["first"]["items"] if "body" in one))
    assert not Draft202012Validator(COLLECTION).is_valid(made)


def test_expansion_loses_neither_speaker_nor_verdict_nor_tags(library: Library) -> None:
    found = {one["@id"]: bodies(one) for one in annotations(library)}
    assert len(found) == 4
    for claim in Selection(library).all_claims():
        said = found[f"urn:uuid:{claim.id}"]
        assert {value for purpose, value in said if purpose == "tagging"} == set(claim.tags)
        assert (("identifying", claim.speaker) in said) == (claim.speaker is not None)
        assert (("assessing", claim.verdict) in said) == (claim.verdict != "open")
        assert (("commenting", claim.note) in said) == bool(claim.note)
        assert (("describing", f"carried by {claim.carrier}") in said) == bool(claim.carrier)
    assert ("describing", "place: altered") in set.union(*found.values())
    assert ("describing", "said on 2026-01") in set.union(*found.values())


def test_expansion_keeps_title_outlet_and_date_of_the_source(library: Library) -> None:
    found = {one["@id"]: one[f"{OA}hasTarget"][0][f"{OA}hasSource"][0] for one in annotations(library)}
    dates = set()
    for claim in Selection(library).all_claims():
        source = found[f"urn:uuid:{claim.id}"]

        def told(term: str, source: dict[str, Any] = source) -> str | None:
            return source[term][0]["@value"] if term in source else None

        assert source["@id"] == (iri(claim.url) if claim.url else f"urn:uuid:{claim.article}")
        assert told("http://purl.org/dc/terms/title") == (claim.title or None)
        assert told("http://purl.org/dc/terms/publisher") == claim.outlet
        assert told("http://schema.org/datePublished") == claim.published
        assert told("http://schema.org/sdPublisher") == claim.aggregator
        dates.add(claim.published)
    assert dates - {None}


def test_expansion_drops_no_key(library: Library) -> None:
    def leaves(value: object) -> int:
        if isinstance(value, dict):
            return sum(leaves(one) for name, one in value.items() if name != "@context")
        return sum(map(leaves, value)) if isinstance(value, list) else 1

    made = collection(library)
    typed = json.dumps(jsonld.expand(made, {"documentLoader": offline})).count('"@type": "http://www.w3.org/2001/')
    assert leaves(jsonld.expand(made, {"documentLoader": offline})) - typed == leaves(made)


def test_positions_count_code_points_also_behind_emoji(library: Library) -> None:
    texts = {version.sha256: version.text for article in library.articles() for version in library.versions(article.id)}
    by_name = {named_by_hash(sha): text for sha, text in texts.items()}
    shifted = 0
    for one in collection(library)["first"]["items"]:
        quote, position = one["target"]["selector"]
        text = by_name[one["target"]["state"]["cached"]]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text[: position["start"]].endswith(quote["prefix"])
        assert text[position["end"] :].startswith(quote["suffix"])
        shifted += len(text[: position["start"]].encode("utf-16-le")) // 2 != position["start"]
    assert shifted == 3, "three claims stand behind an emoji"


def test_a_text_is_named_by_its_hash() -> None:
    assert (
        named_by_hash(sha256(b"Hello World!").hexdigest())
        == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"
    )
