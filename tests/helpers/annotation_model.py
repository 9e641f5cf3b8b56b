"""What the Web Annotation Data Model says an annotation MUST be, as far as an export uses it, as JSON Schema.

Written from the recommendation (https://www.w3.org/TR/annotation-model/); the section stands beside each demand.
"""

from __future__ import annotations

from typing import Any

IRI = {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`]+$"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"}  # 3.3.1: xsd:dateTime, UTC
PURPOSES = [  # 3.3.5
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying",
    "linking", "moderating", "questioning", "replying", "tagging",
]  # fmt: skip

BODY: dict[str, Any] = {  # 3.2.4
    "type": "object",
    "properties": {
        "type": {"const": "TextualBody"},
        "value": {"type": "string"},  # exactly 1
        "purpose": {"enum": PURPOSES},
    },
    "required": ["type", "value"],
    "additionalProperties": False,  # a key without a term in the context would be dropped
}

SELECTORS: dict[str, Any] = {
    "type": "array",
    "prefixItems": [
        {  # 4.2.4
            "type": "object",
            "properties": {
                "type": {"const": "TextQuoteSelector"},
                "exact": {"type": "string", "minLength": 1},  # exactly 1
                "prefix": {"type": "string"},
                "suffix": {"type": "string"},
            },
            "required": ["type", "exact"],
            "additionalProperties": False,
        },
        {  # 4.2.5
            "type": "object",
            "properties": {
                "type": {"const": "TextPositionSelector"},
                "start": {"type": "integer", "minimum": 0},  # exactly 1, not negative
                "end": {"type": "integer", "minimum": 0},
            },
            "required": ["type", "start", "end"],
            "additionalProperties": False,
        },
    ],
    "items": False,
    "minItems": 2,
}

TARGET: dict[str, Any] = {  # 4
    "type": "object",
    "properties": {
        "type": {"const": "SpecificResource"},
        "source": {  # exactly 1; 3.2.1: an external web resource, which may be described
            "type": "object",
            "properties": {
                "id": IRI,
                "type": {"const": "Text"},
                "dcterms:title": {"type": "string"},
                "dcterms:publisher": {"type": "string"},
                "schema:datePublished": {"type": "string"},
                "schema:sdPublisher": {"type": "string"},
            },
            "required": ["id"],
            "additionalProperties": False,
        },
        "state": {  # 4.3.1
            "type": "object",
            "properties": {"type": {"const": "TimeState"}, "sourceDate": MOMENT, "cached": IRI},
            "required": ["type", "cached"],
            "additionalProperties": False,
        },
        "selector": SELECTORS,
    },
    "required": ["type", "source", "selector"],
    "additionalProperties": False,
}

ANNOTATION: dict[str, Any] = {  # 3.1
    "type": "object",
    "properties": {
        "id": IRI,  # exactly 1
        "type": {"const": "Annotation"},
        "motivation": {"enum": PURPOSES},
        "created": MOMENT,
        "modified": MOMENT,
        "creator": {  # 3.3.2
            "type": "object",
            "properties": {"type": {"const": "Person"}, "name": {"type": "string"}},
            "required": ["type", "name"],
            "additionalProperties": False,
        },
        "body": {"type": "array", "items": BODY, "minItems": 1},
        "target": TARGET,  # 1 or more
    },
    "required": ["id", "type", "target"],
    "additionalProperties": False,
}

COLLECTION: dict[str, Any] = {  # 5.1, 5.2
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},  # 3.1: 1 or more, this among them
        "id": IRI,
        "type": {"const": "AnnotationCollection"},
        "label": {"type": "string"},
        "total": {"type": "integer", "minimum": 0},
        "first": {
            "type": "object",
            "properties": {
                "id": IRI,
                "type": {"const": "AnnotationPage"},
                "startIndex": {"type": "integer", "minimum": 0},
                "items": {"type": "array", "items": ANNOTATION, "minItems": 1},  # an ordered list
            },
            "required": ["id", "type", "items"],
            "additionalProperties": False,
        },
    },
    "required": ["@context", "id", "type"],
    "additionalProperties": False,
}

# The terms that an export uses, and what they stand for (appendix A of the vocabulary, https://www.w3.org/TR/annotation-vocab/).
_OA, _AS, _DC = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#", "http://purl.org/dc/terms/"
_TIME = {"@type": "http://www.w3.org/2001/XMLSchema#dateTime"}
_COUNT = {"@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"}
CONTEXT: dict[str, Any] = {
    "@context": {
        "id": {"@id": "@id", "@type": "@id"},
        "type": {"@id": "@type", "@type": "@id"},
        "Annotation": f"{_OA}Annotation",
        "AnnotationCollection": f"{_AS}OrderedCollection",
        "AnnotationPage": f"{_AS}OrderedCollectionPage",
        "Person": "http://xmlns.com/foaf/0.1/Person",
        "Text": "http://purl.org/dc/dcmitype/Text",
        "dcterms": _DC,
        "schema": "http://schema.org/",
        "SpecificResource": f"{_OA}SpecificResource",
        "TextPositionSelector": f"{_OA}TextPositionSelector",
        "TextQuoteSelector": f"{_OA}TextQuoteSelector",
        "TextualBody": f"{_OA}TextualBody",
        "TimeState": f"{_OA}TimeState",
        **{purpose: f"{_OA}{purpose}" for purpose in PURPOSES},
        "body": {"@id": f"{_OA}hasBody", "@type": "@id"},
        "cached": {"@id": f"{_OA}cachedSource", "@type": "@id"},
        "created": {"@id": f"{_DC}created", **_TIME},
        "creator": {"@id": f"{_DC}creator", "@type": "@id"},
        "end": {"@id": f"{_OA}end", **_COUNT},
        "exact": f"{_OA}exact",
        "first": {"@id": f"{_AS}first", "@type": "@id"},
        "items": {"@id": f"{_AS}items", "@container": "@list", "@type": "@id"},
        "label": "http://www.w3.org/2000/01/rdf-schema#label",
        "modified": {"@id": f"{_DC}modified", **_TIME},
        "motivation": {"@id": f"{_OA}motivatedBy", "@type": "@vocab"},
        "name": "http://xmlns.com/foaf/0.1/name",
        "prefix": f"{_OA}prefix",
        "purpose": {"@id": f"{_OA}hasPurpose", "@type": "@vocab"},
        "selector": {"@id": f"{_OA}hasSelector", "@type": "@id"},
        "source": {"@id": f"{_OA}hasSource", "@type": "@id"},
        "sourceDate": {"@id": f"{_OA}sourceDate", **_TIME},
        "start": {"@id": f"{_OA}start", **_COUNT},
        "startIndex": {"@id": f"{_AS}startIndex", **_COUNT},
        "state": {"@id": f"{_OA}hasState", "@type": "@id"},
        "suffix": f"{_OA}suffix",
        "target": {"@id": f"{_OA}hasTarget", "@type": "@id"},
        "total": {"@id": f"{_AS}totalItems", **_COUNT},
        "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    }
}
