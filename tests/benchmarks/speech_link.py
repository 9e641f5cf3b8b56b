"""Learn the weights that link contents to cues and sources, from a folder of annotated news.

python tests/benchmarks/speech_link.py CORPUS/train store/speech/linker.json [--dev CORPUS/dev]
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from speech_corpus import Annotated, labels, load

from store.speech.draft import span_of
from store.speech.linking import Piece, Scene, cue_candidates, source_candidates
from store.speech.spans import pieces_of

SCALE = 0.25
Example = tuple[list[tuple[Piece | None, list[str]]], list[int]]


def examples(article: Annotated) -> Iterator[Example]:
    """Give the choices of an article (candidates, and which of them are right), by the annotated pieces."""
    for number, (paragraph, tags) in enumerate(zip(article.paragraphs, labels(article), strict=True)):
        scene = Scene(number, paragraph, pieces_of(number, paragraph.sentence, tags, [1.0] * len(tags)))
        for content in scene.of("content"):
            start, end = span_of(paragraph, content)
            gold = max(article.gold, key=lambda g: sum(max(0, min(end, b) - max(start, a)) for a, b in g.content))
            cues = cue_candidates(scene, content)
            right = _right(scene, cues, gold.cue)
            if not right:
                continue
            yield cues, right
            sources = source_candidates(scene, content, cues[right[0]][0])
            right = _right(scene, sources, gold.source)
            if right:
                yield sources, right


def _right(scene: Scene, found: list[tuple[Piece | None, list[str]]], gold: list[tuple[int, int]]) -> list[int]:
    here = [(a, b) for a, b in gold if a < scene.paragraph.end and b > scene.paragraph.start]
    out = []
    for i, (piece, _) in enumerate(found):
        if piece is None:
            right = not here
        else:
            start, end = span_of(scene.paragraph, piece)
            right = any(start < b and a < end for a, b in here)
        if right:
            out.append(i)
    return out


def learn(found: list[Example], rounds: int = 6) -> dict[str, float]:
    """Fit an averaged perceptron with a margin of one."""
    now: dict[str, float] = defaultdict(float)
    late: dict[str, float] = defaultdict(float)
    rng, tick = random.Random(1), 1
    for _ in range(rounds):
        rng.shuffle(found)
        for candidates, right in found:
            scores = [sum(now[name] for name in names) for _, names in candidates]
            best = max(right, key=lambda i: scores[i])
            wrong = max((i for i in range(len(scores)) if i not in right), key=lambda i: scores[i], default=None)
            if wrong is not None and scores[wrong] > scores[best] - 1:
                for i, sign in ((best, 1), (wrong, -1)):
                    for name in candidates[i][1]:
                        now[name] += sign
                        late[name] += sign * tick
            tick += 1
    return {name: now[name] - late[name] / tick for name in now}


def rightly(found: list[Example], table: dict[str, float]) -> float:
    """Give the share of choices that come out right."""
    good = 0
    for candidates, right in found:
        scores = [sum(table.get(name, 0.0) for name in names) for _, names in candidates]
        good += max(range(len(scores)), key=lambda i: scores[i]) in right
    return good / max(1, len(found))


def main() -> None:
    """Run from the command line."""
    ask = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    ask.add_argument("corpus", type=Path)
    ask.add_argument("weights", type=Path)
    ask.add_argument("--dev", type=Path)
    given = ask.parse_args()
    table = learn([example for article in load(given.corpus) for example in examples(article)])
    small = {name: round(value * SCALE, 2) for name, value in sorted(table.items()) if abs(value * SCALE) >= 0.02}
    given.weights.write_text(json.dumps(small, indent=0, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
    print(f"{len(small)} weights")
    if given.dev:
        print(f"right on dev: {rightly([e for a in load(given.dev) for e in examples(a)], small):.2%}")


if __name__ == "__main__":
    main()
