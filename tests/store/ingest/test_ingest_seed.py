"""The article the project began with, cleaned exactly."""

import hashlib
import json
from pathlib import Path

import pytest

from store.ingest import read
from store.model import Extract

SEEDS = Path(__file__).parents[3] / "seeds"
SEED = next(SEEDS.glob("enab-baladi*.txt"))
GOLD = json.loads((SEEDS / "enab-baladi_al-sharaa-putin_2026-01-28.ingest-gold.json").read_text())


@pytest.fixture(scope="module")
def seed() -> Extract:
    return read(str(SEED))


def test_title_outlet_aggregator_and_language_are_the_pages(seed: Extract) -> None:
    assert (seed.title, seed.outlet, seed.aggregator) == (GOLD["title"], GOLD["outlet"], GOLD["aggregator"])
    assert seed.language == GOLD["language"]


def test_the_date_is_inferred_from_the_text_and_says_so(seed: Extract) -> None:
    assert seed.published == GOLD["published"]
    assert seed.published_inferred


def test_every_paragraph_and_subhead_is_kept_word_for_word_and_in_order(seed: Extract) -> None:
    got = [(b.kind, hashlib.sha1(seed.text[b.start : b.end].encode()).hexdigest()) for b in seed.blocks]
    assert got == [(b["kind"], b["sha1"]) for b in GOLD["blocks"]]


def test_the_title_is_not_in_the_text(seed: Extract) -> None:
    assert GOLD["title"] not in seed.text


def test_everything_removed_can_be_found_again_in_the_source(seed: Extract) -> None:
    source = SEED.read_text()
    assert [r.reason for r in seed.removed] == [r["reason"] for r in GOLD["removed"]]
    for removed in seed.removed:
        assert " ".join(source[removed.start : removed.end].split()) == removed.text


def test_text_and_removed_lines_together_are_the_whole_page(seed: Extract) -> None:
    kept = [seed.text[b.start : b.end] for b in seed.blocks] + [r.text for r in seed.removed]
    lines = [" ".join(line.split()) for line in SEED.read_text().splitlines() if line.strip()]
    assert sorted(kept) == sorted(lines)
