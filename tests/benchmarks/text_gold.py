"""Gold for text dumps: which chunks of a page are the article, told from the article's text alone.

A folder of data holds `gold_text.jsonl` (one object a line: path, url, title, text, published) and `text/PATH.txt`,
the dump of each path. Nothing of such data is part of this project.
"""

from __future__ import annotations

import json
import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from store.ingest import SiteMemory
from store.ingest.lines import chunks
from store.ingest.signals import Page

WORD = re.compile(r"\w+")
GRAM = 4


@dataclass
class Dump:
    """One page: its chunks, which of them are the article, and what the gold says of it."""

    path: str
    host: str
    page: Page
    body: list[bool]
    gold: dict[str, str] = field(repr=False)

    @property
    def texts(self) -> list[str]:
        """The text of each chunk."""
        return [chunk.text for chunk in self.page.chunks]


def load(data: Path) -> list[Dump]:
    """Read every dump of a data folder that its gold knows."""
    dumps = []
    for line in (data / "gold_text.jsonl").read_text().splitlines():
        gold = json.loads(line)
        page = Page(chunks((data / "text" / f"{gold['path']}.txt").read_text()))
        host = urlsplit(gold["url"] or "").netloc.removeprefix("www.") or gold["outlet"] or gold["path"]
        dumps.append(Dump(gold["path"], host, page, label(page, gold["text"] or ""), gold))
    return dumps


def bare(dumps: Sequence[Dump]) -> list[Dump]:
    """The gold texts themselves as pages without furniture, with and without their title: those must stay whole."""
    made = {}
    for dump in dumps:
        key = dump.path.rpartition("/")[2]
        paragraphs = [p for p in (dump.gold["text"] or "").split("\n\n") if p.strip()]
        if key in made or not paragraphs:
            continue
        title = dump.gold["title"]
        plain, titled = Page(chunks("\n\n".join(paragraphs))), Page(chunks("\n".join([title, *paragraphs])))
        marks = [True] * len(titled.chunks)
        marks[0] = not title
        made[key] = [
            Dump(f"plain/{key}", dump.host, plain, [True] * len(plain.chunks), dump.gold),
            Dump(f"titled/{key}", dump.host, titled, marks, dump.gold),
        ]
    return [dump for pair in made.values() for dump in pair]


def memories(dumps: Sequence[Dump]) -> dict[str, SiteMemory]:
    """One memory for each way of making dumps, so that no page is told of itself."""
    found: dict[str, SiteMemory] = {}
    for dump in dumps:
        found.setdefault(dump.path.partition("/")[0], SiteMemory()).learn(dump.path, dump.texts)
    return found


def label(page: Page, gold: str) -> list[bool]:
    """Say for each chunk whether the gold text holds it; a line that stands twice counts where the article is."""
    words = [WORD.findall(chunk.text) for chunk in page.chunks]
    flat = [(word, at) for at, found in enumerate(words) for word in found]
    known = grams(WORD.findall(gold))
    covered = [False] * len(flat)
    for at in range(len(flat) - GRAM + 1):
        if tuple(word for word, _ in flat[at : at + GRAM]) in known:
            covered[at : at + GRAM] = [True] * GRAM
    share = Counter(at for (_, at), hit in zip(flat, covered, strict=True) if hit)
    body = [bool(found) and share[at] >= 0.55 * len(found) for at, found in enumerate(words)]
    return _once(body, words, " ".join(WORD.findall(gold)))


def _once(body: list[bool], words: Sequence[Sequence[str]], gold: str) -> list[bool]:
    places: dict[tuple[str, ...], list[int]] = {}
    for at, yes in enumerate(body):
        if yes and len(words[at]) >= GRAM:
            places.setdefault(tuple(words[at]), []).append(at)
    marked = [at for at, yes in enumerate(body) if yes]
    for line, found in places.items():
        times = max(1, gold.count(" ".join(line)))
        if len(found) > times:
            by_company = sorted(found, key=lambda at: -sum(abs(at - other) <= 4 for other in marked))
            for at in by_company[times:]:
                body[at] = False
    return body


def grams(words: Sequence[str]) -> Counter[tuple[str, ...]]:
    """Count the runs of four words; of a shorter text the text itself."""
    if not words:
        return Counter()
    return Counter(tuple(words[at : at + GRAM]) for at in range(max(1, len(words) - GRAM + 1)))


def table(dumps: Sequence[Dump], kept: dict[str, list[bool]]) -> str:
    """One line of scores: mean precision and recall over the pages, their F1, and how often nothing is lost.

    `kept/possible` is the share of pages that keep 98 % of the gold's runs of four words, among the pages whose dump
    holds as much.
    """
    precision, recall, whole = [], [], []
    for dump in dumps:
        gold = grams(WORD.findall(dump.gold["text"] or ""))
        found = grams(WORD.findall("\n".join(t for t, k in zip(dump.texts, kept[dump.path], strict=True) if k)))
        most = grams(WORD.findall("\n".join(dump.texts)))
        hits, total = (gold & found).total(), gold.total()
        if found:
            precision.append(hits / found.total())
        if total:
            recall.append(hits / total)
            if (gold & most).total() >= 0.98 * total:
                whole.append(hits >= 0.98 * total)
    p, r = statistics.mean(precision), statistics.mean(recall)
    return f"F1 {2 * p * r / (p + r):.3f}  P {p:.3f}  R {r:.3f}  kept/possible {statistics.mean(whole):.3f}"
