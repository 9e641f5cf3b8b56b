"""Claims as a table, read back by what a data journalist reads tables with."""

from __future__ import annotations

import io
from pathlib import Path

import pandas
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.exchange import FORMS, Selection
from store.exchange.records import ExportedClaim
from store.library import Library
from store.model import Analysis, Extract


def table(library: Library) -> pandas.DataFrame:
    data = b"".join(FORMS["csv"].export(Selection(library)))
    return pandas.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)


def unguarded(cell: str) -> str:
    return cell.removeprefix("'")


def check(library: Library) -> None:
    read = table(library)
    selection = Selection(library)
    claims = [claim for article in selection.by_date() for claim in selection.exported(article)]
    assert sorted(read.columns) == sorted(ExportedClaim.__struct_fields__)
    assert len(read) == len(claims)
    for (_, row), claim in zip(read.iterrows(), claims, strict=True):
        for name in ("exact", "note", "speaker", "prefix", "suffix", "title", "url", "id", "carrier", "by", "verdict"):
            assert unguarded(row[name]) == (getattr(claim, name) or "")
        assert (int(row["start"]), int(row["end"])) == (claim.start, claim.end)
        assert row["published_inferred"] == str(claim.published_inferred).lower()
        assert unguarded(row["tags"]) == "; ".join(claim.tags)
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in row)


def test_a_table_gives_every_claim_back_exactly(library: Library) -> None:
    check(library)
    assert len(table(library)) == 4


def test_a_table_begins_with_what_a_person_reads_and_goes_by_day(library: Library) -> None:
    read = table(library)
    assert list(read.columns)[:3] == ["exact", "speaker", "speech"]
    days = [day for day in read["published"] if day]
    assert days == sorted(days)


def test_a_guarded_formula_says_so_by_an_apostrophe(library: Library) -> None:
    read = table(library)
    assert "'=SUM(A1)" in set(read["exact"])
    assert "''quoted" in set(read["note"])


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40, deadline=None
)
@given(
    note=st.text(),
    text=st.text("=+-@'\", ;\n\r\tab\u00e9😀", min_size=1, max_size=30),
    title=st.text("=,\"\n'x", max_size=9),
)
def test_a_table_holds_any_text(tmp_path_factory: pytest.TempPathFactory, note: str, text: str, title: str) -> None:
    note = note.replace("\0", "").encode("utf-8", "replace").decode()
    with Library.open(Path(tmp_path_factory.mktemp("table")) / "library") as library:
        article = library.add(
            Extract(path="/a", text=text, blocks=(), title=title or None), Analysis(analyser="t")
        ).article
        library.tag_span(article.id, 0, len(text), ["'a", "=b"], note=note)
        check(library)
