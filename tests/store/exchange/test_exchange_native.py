"""Records out of a library and back in, byte for byte."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.errors import ExchangeError
from store.exchange import Scope, export_json, import_json, write_export
from store.library import Library
from store.model import Analysis, ArticleSpeaker, Block, Extract, Quote, Removed
from store.paths import sample_files

TEXT = "The harbour is open, Ann Lee said.\n\n“No ship 😀 will wait,” she added. Nobody else spoke."


def fill(library: Library) -> str:
    """One article in two versions, with everything a person can do to it; give its id."""
    start = TEXT.index("No ship")
    quotes = (
        Quote(kind="indirect", spans=((0, 19),), speaker="Ann Lee", cue=(29, 33), source=(21, 28), why="named"),
        Quote(kind="direct", spans=((start, start + 20),), speaker="Ann Lee", confidence=0.4, carrier="Reuters"),
    )
    found = Analysis(
        analyser="t", quotes=quotes, speakers=(ArticleSpeaker(name="Ann Lee", kind="person", mentions=((21, 28),)),)
    )
    extract = Extract(
        path="/a/harbour.txt",
        text=TEXT,
        blocks=(Block("paragraph", 0, 34), Block("paragraph", 36, len(TEXT))),
        removed=(Removed("Share this", "furniture", 0, 10),),
        title="Harbour",
        outlet="Post",
        aggregator="Bee",
        authors=("A. Writer",),
        url="https://example.org/harbour",
        published="2026-01-28",
        published_inferred=True,
        language="en",
        raw=b"raw",
    )
    article = library.add(extract, found).article
    library.tag_span(article.id, start, start + 20, ["ships", "economy/trade"], note="look\nit up")
    library.tag_span(article.id, 0, 11, ["ships"])
    library.set_verdict(library.claims()[0].id, "disputed")
    library.correct_speaker(article.id, library.analysis(article.id).quotes[0], "Bo Lee")
    library.merge_speakers("Ann Lee", "Anna Lee")
    library.merge_tags("economy/trade", "trade routes") if library.tag_span(
        article.id, 36, 40, ["trade routes"]
    ) else None
    library.set_reading(article.id, position=12, read=True)
    changed = Extract(path="/a/harbour.txt", text=f"New head.\n\n{TEXT}", blocks=(), url="https://example.org/harbour")
    library.add(changed, Analysis(analyser="t"))
    return article.id


def exported(library: Library) -> bytes:
    return b"".join(export_json(library))


@pytest.fixture
def data(tmp_path: Path) -> bytes:
    with Library.open(tmp_path / "first") as library:
        fill(library)
        return exported(library)


def test_an_export_read_into_an_empty_library_gives_the_same_bytes(tmp_path: Path, data: bytes) -> None:
    with Library.open(tmp_path / "second") as library:
        report = import_json(library, data)
        assert report.refused == ()
        assert exported(library) == data


def test_a_second_import_changes_nothing(tmp_path: Path, data: bytes) -> None:
    with Library.open(tmp_path / "second") as library:
        import_json(library, data)
        revision = library.revision
        report = import_json(library, data)
        assert (report.added, report.changed, report.refused) == (0, 0, ())
        assert library.revision == revision


def test_every_claim_is_complete_in_itself(data: bytes) -> None:
    export = json.loads(data)
    (article,) = export["articles"]
    texts = {version["sha256"]: version["text"] for version in article["versions"]}
    assert len(texts) == 2
    claim = next(one for one in export["claims"] if one["note"])
    text = texts[claim["text_sha256"]]
    assert text[claim["start"] : claim["end"]] == claim["exact"] == "No ship 😀 will wait,"
    assert text[: claim["start"]].endswith(claim["prefix"])
    assert text[claim["end"] :].startswith(claim["suffix"])
    assert (len(claim["prefix"]), len(claim["suffix"])) == (32, 31)
    wanted = {
        "tags": ["ships", "trade routes"], "speaker": "Anna Lee", "speaker_recorded": "Ann Lee", "speech": "direct",
        "carrier": "Reuters", "outlet": "Post", "aggregator": "Bee", "title": "Harbour", "state": "moved",
        "url": "https://example.org/harbour", "published": "2026-01-28", "published_inferred": True,
        "article": article["id"], "note": "look\nit up",
    }  # fmt: skip
    for name in ("title", "outlet", "aggregator", "published", "published_inferred"):
        wanted[name] = article[name]  # the facts as the library knows them now
    assert {name: claim[name] for name in wanted} == wanted
    for name in ("id", "retrieved", "created", "modified", "verdict", "said_on", "by"):
        assert name in claim


def test_a_file_is_one_record_a_line_so_that_changes_can_be_compared(tmp_path: Path, data: bytes) -> None:
    with Library.open(tmp_path / "first") as library:
        claim = next(claim for claim in library.claims() if claim.note)
        library.set_note(claim.id, "looked up")
        later = exported(library)
    differing = [line for line in later.splitlines() if line not in data.splitlines()]
    assert len(differing) == 1
    assert b"looked up" in differing[0]


def test_an_export_of_some_articles_has_only_what_belongs_to_them(tmp_path: Path) -> None:
    with Library.open(tmp_path / "first") as library:
        article_id = fill(library)
        other = library.add(Extract(path="/b", text="Wheat is cheap.", blocks=()), Analysis(analyser="t")).article
        library.tag_span(other.id, 0, 5, ["grain"])
        some = json.loads(b"".join(export_json(library, Scope([other.id]))))
        assert [article["id"] for article in some["articles"]] == [other.id]
        assert [tag["name"] for tag in some["tags"]] == ["grain"]
        assert [claim["exact"] for claim in some["claims"]] == ["Wheat"]
        assert some["corrections"] == []
        assert article_id not in json.dumps(some["claims"])


def test_a_written_export_is_whole_or_not_there(tmp_path: Path) -> None:
    with Library.open(tmp_path / "first") as library:
        fill(library)
        report = write_export(library, tmp_path / "x.json")
        assert (report.articles, report.claims) == (1, 3)
        assert (tmp_path / "x.json").read_bytes() == exported(library)
        with pytest.raises(ExchangeError, match="not written"):
            write_export(library, tmp_path / "nowhere" / "x.json")
        with pytest.raises(ExchangeError, match="disk is full"):
            write_export(library, Path("/dev/full"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first", "x.json"]


def test_a_link_stays_a_link_to_the_export(tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    with Library.open(tmp_path / "first") as library:
        write_export(library, tmp_path / "link.json")
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "real.json").read_text())["format"] == "newsreader"


def test_the_newer_of_two_changes_to_a_claim_stays(tmp_path: Path, data: bytes) -> None:
    with Library.open(tmp_path / "second") as library:
        import_json(library, data)
        claim = next(claim for claim in library.claims() if claim.note)
        changed = json.loads(data)
        for one in changed["claims"]:
            if one["id"] == claim.id:
                one["note"], one["modified"] = "newer", "2030-01-01T00:00:00Z"
        assert import_json(library, json.dumps(changed).encode()).changed == 1
        assert library.claim(claim.id).note == "newer"
        assert import_json(library, data).changed == 0
        assert library.claim(claim.id).note == "newer"


def test_an_import_is_one_step_of_undo(tmp_path: Path, data: bytes) -> None:
    with Library.open(tmp_path / "second") as library:
        import_json(library, data)
        assert library.articles()
        library.undo()
        assert (library.articles(), library.claims(), library.tags()) == ([], [], [])


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("what", "change", "reason"),
    [
        ("claim", lambda x: x["claims"][0].update(start=1), "not what the text has"),
        ("claim", lambda x: x["claims"][0].update(end=10**9), "no text from"),
        ("claim", lambda x: x["claims"][0].update(start=-5), "no text from"),
        ("claim", lambda x: x["claims"][0].update(exact="other words"), "not what the text has"),
        ("claim", lambda x: x["claims"][0].update(prefix="zzz"), "context"),
        ("claim", lambda x: x["claims"][0].update(note="a\x1b[2Jb"), "control characters"),
        ("claim", lambda x: x["claims"][0].update(speaker_recorded=None, speaker="\u202egnp"), "control characters"),
        ("claim", lambda x: x["claims"][0].update(id="../../etc/passwd"), "no UUID"),
        ("claim", lambda x: x["claims"][0].update(id=x["claims"][1]["id"]), "twice"),
        ("claim", lambda x: x["claims"][0].update(text_sha256="0" * 64), "neither here nor in the export"),
        ("claim", lambda x: x["claims"][0].update(article="../x"), "no UUID"),
        ("claim", lambda x: x["claims"][0].update(tag_ids=["nothing"]), "neither here nor in the export"),
        ("claim", lambda x: x["claims"][0].update(created="yesterday"), "RFC 3339"),
        ("tag", lambda x: x["tags"][0].update(name=" "), "no name"),
        ("tag", lambda x: x["tags"][0].update(name="a\nb"), "several lines"),
        ("speaker", lambda x: x["speakers"][0].update(name="\x07"), "control characters"),
        ("article", lambda x: x["articles"][0].update(title="a\x9bm"), "control characters"),
        ("article", lambda x: x["articles"][0].update(version="0" * 64), "current text is missing"),
        ("article", lambda x: x["articles"][0].update(id="/x"), "no UUID"),
        ("article", lambda x: x["articles"][0]["versions"][0].update(text="forged"), "not the one of its hash"),
        ("article", lambda x: x["articles"][0]["versions"][0]["blocks"].append(
            {"kind": "paragraph", "start": 3, "end": 2}), "blocks"),
        ("article", lambda x: x["articles"][0].update(position=-1), "negative"),
        ("correction", lambda x: x["corrections"][0]["anchor"].update(exact="forged"), "not what the text has"),
    ],
)  # fmt: skip
def test_a_record_that_cannot_be_is_refused_by_name_and_nothing_else_with_it(
    tmp_path: Path, data: bytes, what: str, change: Change, reason: str
) -> None:
    forged = json.loads(data)
    change(forged)
    with Library.open(tmp_path / "second") as library:
        report = import_json(library, json.dumps(forged).encode())
        assert report.refused
        assert any(line.startswith(what) and reason in line for line in report.refused)
        assert all("\n" not in line and "\x1b" not in line for line in report.refused)
        if what != "article":
            assert len(library.articles()) == 1
            assert len(report.refused) <= 4
    assert not (tmp_path / "etc").exists()


@pytest.mark.parametrize("wrong", [(b'"exact":', b'"exakt":'), (b'"tags":["', b'"verdict":"maybe","tags":["')])
def test_a_record_that_is_none_is_named_and_costs_no_other(
    tmp_path: Path, data: bytes, wrong: tuple[bytes, bytes]
) -> None:
    whole = json.loads(data)
    with Library.open(tmp_path / "second") as library:
        report = import_json(library, data.replace(*wrong, 1))
        assert len(report.refused) == 1
        assert report.refused[0].startswith("claims, number 1: left out, ")
        assert len(list(library.claims())) == len(whole["claims"]) - 1
        assert len(library.articles()) == len(whole["articles"])


def test_what_is_no_export_is_an_error_and_changes_nothing(tmp_path: Path, data: bytes) -> None:
    with Library.open(tmp_path / "second") as library:
        revision = library.revision
        for bad in (b"", b"{", data[:-100], b"\xff" + data):
            with pytest.raises(ExchangeError, match="no newsreader export") as raised:
                import_json(library, bad)
            assert "\n" not in str(raised.value)
        newer = data.replace(b'"version":1', b'"version":2', 1)
        with pytest.raises(ExchangeError, match="update newsreader"):
            import_json(library, newer)
        assert library.revision == revision


def test_what_is_not_known_is_passed_over(tmp_path: Path, data: bytes) -> None:
    more = json.loads(data)
    more["claims"][0]["colour"] = "red"
    more["later"] = [1]
    with Library.open(tmp_path / "second") as library:
        assert import_json(library, json.dumps(more).encode()).refused == ()


def test_the_sample_article_goes_through(tmp_path: Path) -> None:
    from store.intake import take_in

    with Library.open(tmp_path / "first") as library:
        take_in(library, str(sample_files()[0]))
        data = exported(library)
    with Library.open(tmp_path / "second") as library:
        assert import_json(library, data).refused == ()
        assert exported(library) == data


def test_an_export_shows_a_terminal_nothing_to_obey(tmp_path: Path, data: bytes) -> None:
    with Library.open(tmp_path / "first") as library:
        library.set_note(library.claims()[0].id, "a\x9b31m\u202e\x7f")
        later = exported(library).decode()
    assert not set("\x1b\x9b\u202e\x7f") & set(later)
    assert any(claim["note"] == "a\x9b31m\u202e\x7f" for claim in json.loads(later)["claims"])


# -- changed bytes --------------------------------------------------------------------------------------------------


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60, deadline=None
)
@given(at=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255))
def test_a_changed_byte_is_an_error_or_refused_or_harmless(tmp_path: Path, data: bytes, at: float, byte: int) -> None:
    changed = bytearray(data)
    changed[int(at * len(changed))] = byte
    with Library.open(tmp_path / f"second-{int(at * len(changed))}-{byte}") as library:
        with contextlib.suppress(ExchangeError):
            import_json(library, bytes(changed))
        for claim in library.claims():
            text = library.version(claim.anchor.article, claim.anchor.version).text
            assert text[claim.anchor.start : claim.anchor.end] == claim.anchor.exact
