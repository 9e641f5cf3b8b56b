"""Records that two libraries changed, and fields that only a later program knows."""

from __future__ import annotations

import json
from pathlib import Path

from store.exchange import export_json, import_json
from store.library import Library


def exported(library: Library) -> bytes:
    return b"".join(export_json(library))


def test_a_claim_changed_on_both_sides_is_kept_in_both_states_and_said_once(library: Library, tmp_path: Path) -> None:
    claim = next(claim for claim in library.claims() if claim.verdict == "false")
    with Library.open(tmp_path / "other") as other:
        import_json(other, exported(library))
        other.set_note(claim.id, "theirs")
        library.set_note(claim.id, "mine")
        report = import_json(library, exported(other))
        assert len(report.conflicts) == 1
        assert "note" in report.conflicts[0]
        assert {one.note for one in library.claims() if one.anchor == claim.anchor} == {"mine", "theirs"}
        revision = library.revision
        again = import_json(library, exported(other))
        assert (again.conflicts, again.added, again.changed) == ((), 0, 0)
        assert library.revision == revision


def test_a_later_state_takes_the_place_of_an_earlier_one_and_never_the_other_way(
    library: Library, tmp_path: Path
) -> None:
    claim = library.claims()[0]
    before = exported(library)
    library.set_note(claim.id, "later")
    with Library.open(tmp_path / "other") as other:
        import_json(other, before)
        assert import_json(other, exported(library)).conflicts == ()
        assert other.claim(claim.id).note == "later"
        assert import_json(other, before).changed == 0
        assert other.claim(claim.id).note == "later"


def test_an_earlier_export_takes_back_nothing_that_was_corrected_since(library: Library) -> None:
    before = exported(library)
    article = next(article for article in library.articles() if article.quotes)
    (quote,) = library.analysis(article.id).quotes
    library.reject_quote(article.id, quote)
    report = import_json(library, before)
    assert (report.added, report.changed) == (0, 0)
    assert (library.article(article.id).quotes, library.analysis(article.id).quotes) == (0, ())


def test_an_article_read_again_since_an_export_keeps_what_is_known_of_it_now(library: Library) -> None:
    data = json.loads(exported(library))
    for earlier in data["articles"]:
        earlier |= {"retrieved": "2020-01-01T00:00:00Z", "outlet": "Earlier", "starred": True}
        earlier["analysis"]["quotes"] = []
    library_before = [(a.id, a.outlet, a.quotes, library.analysis(a.id)) for a in library.articles()]
    import_json(library, json.dumps(data).encode())
    assert [(a.id, a.outlet, a.quotes, library.analysis(a.id)) for a in library.articles()] == library_before
    assert all(article.starred for article in library.articles())


def test_fields_of_a_later_program_go_through_unchanged(library: Library, tmp_path: Path) -> None:
    data = json.loads(exported(library))
    data["claims"][0]["colour"] = {"a": [1, "\u202e"]}
    data["tags"][0]["shape"] = "round"
    data["articles"][0]["section"] = "world"
    data["articles"][0]["versions"][0]["tone"] = 0.5
    data["articles"][0]["analysis"]["mood"] = "calm"
    with Library.open(tmp_path / "second") as second:
        assert import_json(second, json.dumps(data).encode()).refused == ()
        once = exported(second)
    assert json.loads(once) == data
    with Library.open(tmp_path / "third") as third:
        import_json(third, once)
        assert exported(third) == once
