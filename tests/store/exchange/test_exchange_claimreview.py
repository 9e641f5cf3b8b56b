"""Claims with a verdict as drafts of ClaimReview."""

from __future__ import annotations

import json
from typing import Any

from pyld import jsonld

from store.exchange import FORMS, Selection
from store.library import Library


def drafts(library: Library) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = json.loads(b"".join(FORMS["claimreview"].export(Selection(library))))["@graph"]
    return made


def test_a_claim_with_a_verdict_is_an_unpublished_draft(library: Library) -> None:
    (draft,) = drafts(library)
    claim = next(claim for claim in library.claims() if claim.verdict == "false")
    assert draft["creativeWorkStatus"] == "Draft"
    assert not {"url", "datePublished"} & set(draft)
    assert draft["claimReviewed"] == claim.anchor.exact
    assert draft["reviewRating"] == {"@type": "Rating", "alternateName": "false"}
    assert draft["itemReviewed"]["author"] == {"@type": "Person", "name": "Ann Lee"}
    assert draft["itemReviewed"]["datePublished"] == "2026-01"
    appearance = draft["itemReviewed"]["appearance"]
    assert (appearance["url"], appearance["publisher"]["name"]) == ("https://example.org/a%20b%3Ec", "Post")
    assert draft["reviewBody"] == "'quoted"


def test_a_day_that_was_inferred_is_no_date_but_told(library: Library) -> None:
    claim = next(claim for claim in library.claims() if claim.verdict == "false")
    library.set_said_on(claim.id, None)
    (draft,) = drafts(library)
    appearance = draft["itemReviewed"]["appearance"]
    assert "datePublished" not in draft["itemReviewed"]
    assert "datePublished" not in appearance
    assert appearance["description"] == "published 2026-01-28 (inferred)"


def test_a_claim_without_a_verdict_is_none(library: Library) -> None:
    claim = next(claim for claim in library.claims() if claim.verdict == "false")
    library.set_verdict(claim.id, "open")
    assert drafts(library) == []


def test_every_draft_is_json_ld_of_schema_org(library: Library) -> None:
    made = json.loads(b"".join(FORMS["claimreview"].export(Selection(library))))
    assert made["@context"] == "https://schema.org"
    context = {"@context": {"@vocab": "https://schema.org/"}}

    def offline(address: str, _: object = None) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": address, "document": context, "contentType": "application/ld+json"}

    (whole,) = jsonld.expand(made, {"documentLoader": offline})
    assert whole["@type"] == ["https://schema.org/ClaimReview"]
    assert whole["https://schema.org/itemReviewed"][0]["@type"] == ["https://schema.org/Claim"]
