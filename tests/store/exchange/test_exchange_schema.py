"""The published schema of the export."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

from store.exchange import export_json
from store.exchange.records import ExportedClaim
from store.exchange.schema import text
from store.library import Library
from store.model import Analysis, Extract, Quote

DOCS = Path(__file__).parents[3] / "docs"


def test_the_published_schema_is_that_of_the_records() -> None:
    assert (DOCS / "export.schema.json").read_text() == text()


def test_an_export_fits_the_schema_and_a_forged_one_does_not(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        quote = Quote(kind="direct", spans=((0, 5),), speaker="Ann Lee")
        extract = Extract(path="/a", text="Bread is cheap, Ann Lee said.", blocks=())
        article = library.add(extract, Analysis(analyser="t", quotes=(quote,))).article
        library.tag_span(article.id, 0, 5, ["bread"])
        library.correct_speaker(article.id, quote, "Bo")
        export = json.loads(b"".join(export_json(library)))
    schema = json.loads((DOCS / "export.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(export)
    export["claims"][0]["state"] = "invented"
    assert not validator.is_valid(export)


def test_the_docs_name_every_field_of_a_claim() -> None:
    told = (DOCS / "export.md").read_text()
    example = json.loads(told.split("```json\n")[1].split("```")[0])
    assert set(example) == set(ExportedClaim.__struct_fields__)
