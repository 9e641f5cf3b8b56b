"""Score what speech analysis finds against a folder of annotated news.

    python tests/benchmarks/speech_score.py CORPUS/dev [--only nyt,wash-post] [--model OTHER.npz]

A found content counts as right when it shares at least half of its letters with an annotated one (intersection over
union, one to one); its source when the two overlap. Annotated belief, wish and support are neither asked for nor held
against the analysis. `--only` takes the publishers a file name begins with: with a model trained `--without` them it
tells how the tagger does on publishers it never saw.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from speech_corpus import Annotated, load

from store.model import Span
from store.speech import network
from store.speech.spans import find


@dataclass(frozen=True)
class Part:
    """One stretch of content in one paragraph: its letters, whether it is quoted, its sources."""

    letters: frozenset[int]
    kind: str
    sources: tuple[Span, ...]
    speech: bool = True


def parts(article: Annotated, spans: list[Span], sources: list[Span], speech: bool = True) -> list[Part]:
    """Cut contents at paragraphs and tell quoted from unquoted ones (nine letters in ten, or none)."""
    out = []
    for paragraph in article.paragraphs:
        for start, end in spans:
            a, b = max(start, paragraph.start), min(end, paragraph.end)
            letters = frozenset(i for i in range(a, b) if article.text[i].isalnum())
            if letters:
                inside = sum(any(m.start <= i < m.end for m in paragraph.marks) for i in letters)
                kind = "direct" if inside >= 0.9 * len(letters) else "mixed" if inside else "indirect"
                out.append(Part(letters, kind, tuple(sources), speech))
    return out


def matched(gold: list[Part], found: list[Part]) -> list[tuple[int, int]]:
    """Pair annotated and found parts one to one, the best first."""
    pairs = []
    for i, one in enumerate(gold):
        for j, two in enumerate(found):
            shared = len(one.letters & two.letters)
            if shared and shared / len(one.letters | two.letters) >= 0.5:
                pairs.append((shared / len(one.letters | two.letters), i, j))
    used: tuple[set[int], set[int]] = (set(), set())
    out = []
    for _, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            out.append((i, j))
    return out


def score(article: Annotated, tally: Counter[str]) -> None:
    """Add one article's counts to the tally."""
    gold = [part for g in article.gold for part in parts(article, g.content, g.source, g.speech)]
    said = find(article.text, article.paragraphs)
    found = [p for one in said for p in parts(article, list(one.spans), [one.source] if one.source else [])]
    pairs = matched(gold, found)
    partner = {j: i for i, j in pairs}
    others = [part.letters for part in gold if not part.speech]
    for j, part in enumerate(found):
        i = partner.get(j)
        if (i is not None and not gold[i].speech) or (i is None and any(part.letters & o for o in others)):
            continue
        for kind in (part.kind, "all"):
            tally[f"{kind} found"] += 1
            tally[f"{kind} found right"] += i is not None
    for part in gold:
        for kind in (part.kind, "all") if part.speech else ():
            tally[f"{kind} gold"] += 1
    for i, j in pairs:
        if gold[i].speech:
            sources = found[j].sources
            right = any(a < d and c < b for a, b in gold[i].sources for c, d in sources) or not (
                gold[i].sources or sources
            )
            for kind in (gold[i].kind, "all"):
                tally[f"{kind} gold right"] += 1
                tally[f"{kind} source right"] += right


def main() -> None:
    """Run from the command line."""
    ask = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    ask.add_argument("corpus", type=Path)
    ask.add_argument("--only", default="")
    ask.add_argument("--model", type=Path)
    given = ask.parse_args()
    if given.model:
        network.MODEL = given.model
    only = tuple(filter(None, given.only.split(",")))
    tally: Counter[str] = Counter()
    for article in load(given.corpus):
        if not only or article.name.startswith(only):
            score(article, tally)
    print(f"{'':10}{'precision':>10}{'recall':>10}{'F1':>8}{'source right':>14}")
    for kind in ("direct", "mixed", "indirect", "all"):
        precision = tally[f"{kind} found right"] / max(1, tally[f"{kind} found"])
        recall = tally[f"{kind} gold right"] / max(1, tally[f"{kind} gold"])
        both = 2 * precision * recall / max(1e-9, precision + recall)
        source = tally[f"{kind} source right"] / max(1, tally[f"{kind} gold right"])
        print(f"{kind:10}{precision:10.1%}{recall:10.1%}{both:8.1%}{source:14.1%}")


if __name__ == "__main__":
    main()
