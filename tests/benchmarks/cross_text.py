"""What the whole program makes of text dumps of sites never seen: weights of the other sites clean each page.

    python tests/benchmarks/cross_text.py DATA

The sites are dealt to five folds; what the chain and the headlines weigh is learned from four of them, and every step
of the program then cleans the pages of the fifth, without and with the memory of the other pages of their sites.
`train_text.py DATA` scores the chain alone on the same folds. Wants python-crfsuite and numpy, and a few minutes.
See text_gold.py for the form of DATA.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from unittest.mock import patch

from measure_text import clean, scores
from text_gold import Dump, bare, load, memories, table
from train_text import FOLDS, folds, learn_body, learn_headline, opening

from store.ingest import chain, headline
from store.ingest.signals import names
from store.ingest.text import Cleaning
from store.model import Extract

Found = dict[str, Extract]


@cache
def pages(data: Path) -> tuple[list[Dump], list[Dump], dict[str, list[list[str]]]]:
    """Give the dumps, their articles without a page round them, and the signals of both; read before the forks."""
    dumps = load(data)
    texts = bare(dumps)
    return dumps, texts, {dump.path: list(dump.page.signals()) for dump in [*dumps, *texts]}


@contextmanager
def weights_without(data: Path, held: int) -> Iterator[None]:
    """Let the program use, instead of the weights that ship, those learned without the sites of the fold `held`."""
    dumps, texts, signals = pages(data)
    dealt = folds(dumps)
    lines = learn_body([dump for dump in [*dumps, *texts] if dealt[dump.host] != held], signals)
    plain, learned = chain.load_from(lines), chain.load_from(lines, names)
    others = [dump for dump in dumps if dealt[dump.host] != held]
    rows = learn_headline([(dump, opening(dump.page, plain, signals[dump.path])) for dump in others])
    weights = {name: float(weight) for name, weight in (row.split("\t") for row in rows)}
    ranked = chain.Weighed(weights, headline._names)
    with patch.object(chain, "load", lambda *_: learned), patch.object(headline, "_shipped", lambda: ranked):
        yield


def fold(data: Path, held: int) -> tuple[Found, Found, dict[str, list[bool]]]:
    """Clean the pages of one fold: alone, with site memory, and their articles as texts without a page round them."""
    dumps, texts, _ = pages(data)
    dealt = folds(dumps)
    mine = [dump for dump in dumps if dealt[dump.host] == held]
    with weights_without(data, held):
        alone, _ = clean(data, mine, {})
        remembered, _ = clean(data, mine, memories(dumps))
        whole = {text.path: Cleaning(text.page, text.path, None).kept for text in texts if dealt[text.host] == held}
    return alone, remembered, whole


def main() -> None:
    """Clean fold by fold, on two processors, and print the scores of all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    dumps, bare_texts, _ = pages(data)
    with ProcessPoolExecutor(2) as pool:
        parts = list(pool.map(fold, [data] * FOLDS, range(FOLDS)))
    alone, remembered, texts = ({k: v for part in parts for k, v in part[n].items()} for n in range(3))
    everything = {dump.path: [True] * len(dump.texts) for dump in dumps}
    print(f"{'keep everything':<18} {table(dumps, everything)}")
    print(f"{'sites never seen':<18} {scores(dumps, alone)}")
    print(f"{'with site memory':<18} {scores(dumps, remembered)}")
    print(f"{'the article alone':<18} {table(bare_texts, texts)}")


if __name__ == "__main__":
    main()
