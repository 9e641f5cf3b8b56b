"""Does search find what is meant? At least 300 queries over claims written for this, and other programs on the same.

    python tests/benchmarks/search_relevance.py [--misses]

`relevance_claims.tsv` has a claim a line: speaker, tag, words. From each come queries with a typo, a word left out,
words in another order, a word unfinished, a phrase, and fields. `relevance_names.tsv` has spellings of names in three
scripts with the speaker that is meant.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
from collections import defaultdict
from pathlib import Path

from rapidfuzz import fuzz
from search_data import typo
from search_speed import Top, fts5_trigram, fzf, plain_rapidfuzz

from store.library import Library
from store.model import Analysis, Extract, Quote
from store.search import Index

HERE = Path(__file__).parent
SMALL = frozenset("the from with will were have nine last".split())  # noqa: SIM905
Asked = tuple[str, str, frozenset[str]]


def rows(name: str) -> list[list[str]]:
    """Read a file of columns."""
    return [line.split("\t") for line in (HERE / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def fill(library: Library) -> dict[str, tuple[str, str, str]]:
    """Put each claim into an article of its own kind; give (speaker, tag, words) by the claim's id."""
    claims: dict[str, tuple[str, str, str]] = {}
    for number, (speaker, tag, words) in enumerate(rows("relevance_claims.tsv")):
        text = f"“{words},” {speaker} said.\n\nThe statement was made in reply to reporters, story {number}."
        quote = Quote(kind="direct", spans=((1, 2 + len(words)),), speaker=speaker)
        extract = Extract(path=f"/{number}", text=text, blocks=(), title=f"Story {number}", outlet="Wire")
        article = library.add(extract, Analysis(analyser="made-up", quotes=(quote,))).article
        claims[library.tag_span(article.id, 1, 1 + len(words), [tag]).id] = (speaker, tag, words)
    return claims


def queries(claims: dict[str, tuple[str, str, str]]) -> list[Asked]:
    """Make the queries: kind, what is typed, and the ids any of which is right."""
    source = random.Random(5)
    asked: list[Asked] = []
    for claim, (speaker, tag, words) in claims.items():
        long = [word for word in words.split() if word.isalpha() and len(word) > 3 and word.lower() not in SMALL]
        first, second, third = sorted(source.sample(long, 3), key=long.index)
        meant = frozenset({claim})
        printed = words.split()
        at = source.randrange(len(printed) - 3)
        asked += [
            ("typo", f"{typo(first, source)} {second} {third}", meant),
            ("two typos", f"{typo(first, source)} {typo(third, source)}", meant),
            ("missing", f"{first} {third}", meant),
            ("swapped", f"{third} {first} {second}", meant),
            ("unfinished", f"{first} {second[: max(3, len(second) - 3)]}", meant),
            ("phrase", f'"{" ".join(printed[at : at + 4])}"', meant),
            ("name + word", f"{speaker.split()[-1]} {third}", meant),
            ("fields", f'tag:"{tag}" speaker:"{speaker.split()[-1]}" {first}', meant),
        ]
    for spelling, speaker in rows("relevance_names.tsv"):
        asked.append(("names", spelling, frozenset(id_ for id_, known in claims.items() if known[0] == speaker)))
    return asked


def score(name: str, top: Top, asked: list[Asked], misses: bool) -> None:
    """Print how often the first and the first ten have what is meant."""
    ranks: defaultdict[str, list[int]] = defaultdict(list)
    for kind, text, meant in asked:
        found = top(text)
        rank = next((at for at, claim in enumerate(found) if claim in meant), 99)
        ranks[kind].append(rank)
        if misses and rank:
            print(f"    {kind}: {text!r} at {rank}")
    every = [rank for group in ranks.values() for rank in group]
    share = [sum(rank < most for rank in every) / len(every) for most in (1, 10)]
    kinds = "  ".join(f"{kind} {sum(r < 1 for r in group) / len(group):.2f}" for kind, group in ranks.items())
    print(f"{name:<34} recall@1 {share[0]:.3f}  @10 {share[1]:.3f}   @1 by kind: {kinds}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print what is not found first")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library") as library:
        claims = fill(library)
        asked = queries(claims)
        flat = [(claim, words, speaker) for claim, (speaker, _, words) in claims.items()]
        print(f"{len(asked)} queries over {len(claims)} claims in {len(claims)} articles")
        with Index(library) as index:
            score(
                "newsreader", lambda text: [h.claim for h in index.search(text) if h.claim][:10], asked, options.misses
            )
        plain = [one for one in asked if one[0] != "fields"]
        score("SQLite FTS5 trigram, AND", fts5_trigram(flat, "AND"), plain, False)
        score("SQLite FTS5 trigram, OR + bm25", fts5_trigram(flat, "OR"), plain, False)
        score("rapidfuzz extract, WRatio", plain_rapidfuzz(flat, fuzz.WRatio), plain, False)
        score("rapidfuzz extract, token_set_ratio", plain_rapidfuzz(flat, fuzz.token_set_ratio), plain, False)
        if shutil.which("fzf"):
            score("fzf --filter", fzf(flat, Path(folder)), plain, False)


if __name__ == "__main__":
    main()
