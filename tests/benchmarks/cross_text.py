"""What the whole program makes of text dumps of sites never seen: weights of the other sites clean each page.

    python tests/benchmarks/cross_text.py DATA

The sites are dealt to five folds; what the chain and the headlines weigh is learned from four of them, and every step
of the program then cleans the pages of the fifth, without and with the memory of the other pages of their sites.
`train_text.py DATA` scores the chain alone on the same folds. Wants python-crfsuite and numpy, and a few minutes.
See text_gold.py for the form of DATA.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
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


@contextmanager
def weights_without(dumps: Sequence[Dump], held: int) -> Iterator[None]:
    """Let the program use, instead of the weights that ship, those learned without the sites of the fold `held`."""
    dealt = folds(dumps)
    known = [dump for dump in dumps if dealt[dump.host] != held]
    signals = {dump.path: list(dump.page.signals()) for dump in [*known, *bare(known)]}
    lines = learn_body([*known, *bare(known)], signals)
    plain = chain.load_from(lines)
    starts = [(dump, opening(dump.page, plain, signals[dump.path])) for dump in known]
    rows = (line.split("\t") for line in learn_headline(starts))
    ranked = chain.Weighed({name: float(weight) for name, weight in rows}, headline._names)
    learned = chain.load_from(lines, names)
    with (
        patch.object(chain, "load", lambda *_: learned),
        patch.object(headline, "_shipped", lambda: ranked),
    ):
        yield


def fold(data: Path, held: int) -> tuple[Found, Found, dict[str, list[bool]]]:
    """Clean the pages of one fold: alone, with site memory, and their articles as texts without a page round them."""
    dumps = load(data)
    mine = [dump for dump in dumps if folds(dumps)[dump.host] == held]
    with weights_without(dumps, held):
        alone, _ = clean(data, mine, {})
        remembered, _ = clean(data, mine, memories(dumps))
        texts = {text.path: Cleaning(text.page, text.path, None).kept for text in bare(mine)}
    return alone, remembered, texts


def main() -> None:
    """Clean fold by fold, on two processors, and print the scores of all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    dumps = load(data)
    with ProcessPoolExecutor(2) as pool:
        parts = list(pool.map(fold, [data] * FOLDS, range(FOLDS)))
    alone, remembered, texts = ({k: v for part in parts for k, v in part[n].items()} for n in range(3))
    everything = {dump.path: [True] * len(dump.texts) for dump in dumps}
    print(f"{'keep everything':<18} {table(dumps, everything)}")
    print(f"{'sites never seen':<18} {scores(dumps, alone)}")
    print(f"{'with site memory':<18} {scores(dumps, remembered)}")
    print(f"{'the article alone':<18} {table(bare(dumps), texts)}")


if __name__ == "__main__":
    main()
