"""Learn the weights of text-dump cleaning, and say how good they are on sites never seen.

    python tests/benchmarks/train_text.py DATA            cross-validated scores (split by host), nothing written
    python tests/benchmarks/train_text.py DATA --write    learn from all of DATA and write the data files

Wants python-crfsuite and numpy; the program itself wants neither. See text_gold.py for the form of DATA.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pycrfsuite
from text_gold import Dump, bare, load, memories, table

from store.ingest import body, headline, lexicon
from store.ingest.chain import AFTER, BEFORE, BODY, INSIDE, Chain, load_from
from store.ingest.signals import Page

FOLDS = 5
LEAST_HOSTS = 5
DEFAULTS = {"c1": 2.0, "c2": 0.5, "max_iterations": 120, "feature.possible_transitions": False}
OUT = Path(body.__file__).parent / "lexicon"


def states(dump: Dump) -> list[str]:
    """The state of each chunk: before the article, its body, inside an interruption, after it."""
    marked = [at for at, yes in enumerate(dump.body) if yes]
    if not marked:
        return [str(BEFORE)] * len(dump.body)
    names = []
    for at, yes in enumerate(dump.body):
        state = BODY if yes else BEFORE if at < marked[0] else AFTER if at > marked[-1] else INSIDE
        names.append(str(state))
    return names


def common(dumps: Iterable[Dump], signals: dict[str, list[list[str]]]) -> set[str]:
    """The signals seen on enough hosts to say something of the next one."""
    hosts: dict[str, set[str]] = {}
    for dump in dumps:
        for names in signals[dump.path]:
            for name in names:
                hosts.setdefault(name, set()).add(dump.host)
    return {name for name, seen in hosts.items() if len(seen) >= LEAST_HOSTS}


def learn_body(dumps: Sequence[Dump], signals: dict[str, list[list[str]]]) -> list[str]:
    """Train the chain and give its data file, line by line."""
    known = common(dumps, signals)
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(DEFAULTS)
    for dump in dumps:
        trainer.append([[n for n in names if n in known] for names in signals[dump.path]], states(dump))
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "model")
        trainer.train(file)
        tagger = pycrfsuite.Tagger()
        tagger.open(file)
        info = tagger.info()
    weights: dict[str, list[float]] = {}
    for (name, state), weight in info.state_features.items():
        weights.setdefault(name, [0.0] * 4)[int(state)] = weight
    lines = [f">\t{a}\t{b}\t{w:.3f}" for (a, b), w in sorted(info.transitions.items())]
    return lines + [f"{name}\t" + "\t".join(f"{v:.3f}" for v in weights[name]) for name in sorted(weights)]


def learn_headline(pages: Sequence[tuple[Dump, int]], rounds: int = 80) -> list[str]:
    """Train the ranking of headlines (softmax over a page's candidates) and give its data file."""
    cases = []
    hosts: dict[str, set[str]] = {}
    for dump, start in pages:
        among = headline.candidates(dump.page, start)
        right = np.array([is_title(dump, dump.page.chunks[at].text) for at in among], float)
        if not right.any():
            continue
        names = headline.signals(dump.page, start, among)
        for name in {n for found in names for n in found}:
            hosts.setdefault(name, set()).add(dump.host)
        cases.append((names, right))
    index = {name: at for at, name in enumerate(sorted(n for n, h in hosts.items() if len(h) >= 4))}
    numbered = [([np.array([index[n] for n in f if n in index]) for f in names], right) for names, right in cases]
    weights, speed, size = np.zeros(len(index)), np.zeros(len(index)), np.zeros(len(index))
    for step in range(1, rounds + 1):
        slope = weights.copy()
        for found, right in numbered:
            scores = np.exp([weights[f].sum() for f in found])
            chance = scores / scores.sum()
            for at, change in zip(found, chance - chance * right / (chance * right).sum(), strict=True):
                np.add.at(slope, at, change)
        speed, size = 0.9 * speed + 0.1 * slope, 0.99 * size + 0.01 * slope**2
        weights -= 0.05 * (speed / (1 - 0.9**step)) / (np.sqrt(size / (1 - 0.99**step)) + 1e-8)
    return [f"{name}\t{weights[at]:.3f}" for name, at in index.items()]


def is_title(dump: Dump, line: str) -> bool:
    """Whether a line is the gold's title, case and punctuation aside."""
    title = dump.gold["title"]
    return bool(title) and lexicon.tokens(line) == lexicon.tokens(title)


def opening(page: Page, chain: Chain, signals: list[list[str]]) -> int:
    """Where the chain finds the article's first paragraph."""
    return body.opening(page, body.attached(chain.chances(signals)))


def folds(dumps: Sequence[Dump]) -> dict[str, int]:
    """Deal the hosts to the folds, always the same way."""
    hosts = sorted({dump.host for dump in dumps})
    random.Random(7).shuffle(hosts)
    return {host: at % FOLDS for at, host in enumerate(hosts)}


def cross_validate(dumps: Sequence[Dump], extra: Sequence[Dump], signals: dict[str, list[list[str]]]) -> None:
    """Print what the weights of the other hosts reach on each host."""
    dealt = folds(dumps)
    chances: dict[str, list[float]] = {}
    titles = []
    for held in range(FOLDS):
        chain = load_from(learn_body([d for d in [*dumps, *extra] if dealt[d.host] != held], signals))
        for dump in [*dumps, *extra]:
            if dealt[dump.host] == held:
                chances[dump.path] = chain.chances(signals[dump.path])
        starts = [(d, opening(d.page, chain, signals[d.path])) for d in dumps]
        rows = (line.split("\t") for line in learn_headline([p for p in starts if dealt[p[0].host] != held]))
        weights = {name: float(weight) for name, weight in rows}
        for dump, start in starts:
            if dealt[dump.host] == held and dump.gold["title"]:
                at = headline.choose(dump.page, start, weights)
                titles.append(at is not None and is_title(dump, dump.page.chunks[at].text))
    for least in (0.35, 0.25, 0.2, 0.15, 0.1):
        kept = {path: [p >= least for p in found] for path, found in chances.items()}
        print(f"kept from {least:.2f}   {table(dumps, kept)}")
    kept = {path: body.attached(found) for path, found in chances.items()}
    print(f"as it is kept     {table(dumps, kept)}")
    print(f"bare texts        {table(extra, kept)}")
    known = memories(dumps)
    for dump in dumps:
        elsewhere = known[dump.path.partition("/")[0]].elsewhere(dump.path, dump.page)
        kept[dump.path] = [keep and at not in elsewhere for at, keep in enumerate(kept[dump.path])]
    print(f"with site memory  {table(dumps, kept)}")
    print(f"title exact       {np.mean(titles):.3f}")


def main() -> None:
    """Train, and score or write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true", help="write the weights learned from all of DATA")
    arguments = parser.parse_args()
    dumps = load(arguments.data)
    extra = bare(dumps)
    signals = {dump.path: list(dump.page.signals()) for dump in [*dumps, *extra]}
    if not arguments.write:
        cross_validate(dumps, extra, signals)
        return
    lines = learn_body([*dumps, *extra], signals)
    head = "# {}; made by tests/benchmarks/train_text.py from " + f"{len(dumps)} dumps.\n"
    note = head.format("A signal and its weights before, in, inside an interruption of and after the body")
    (OUT / "body.weights").write_text(note + "\n".join(lines) + "\n", encoding="utf-8")
    chain = load_from(lines)
    titles = learn_headline([(dump, opening(dump.page, chain, signals[dump.path])) for dump in dumps])
    note = head.format("A signal of a headline and its weight")
    (OUT / "headline.weights").write_text(note + "\n".join(titles) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
