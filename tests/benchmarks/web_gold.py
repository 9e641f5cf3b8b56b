"""Score web pages against gold, and print what the cleaning costs.

    python tests/benchmarks/web_gold.py PAGES_FOLDER GOLD.jsonl

PAGES_FOLDER holds `NAME.html`; each line of GOLD is an object with `path` (NAME), `text`, `title`, `published`. Text is
compared by its 4-word shingles, case-sensitive; `kept98` is the share of pages that keep 98 % of them. Beside it stands
trafilatura alone, with its own metadata. Times are of the processor, in milliseconds a page, the first page left out.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from store.ingest import read

WORD = re.compile(r"\w+")
Facts = tuple[str, str | None, str | None]


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Count the runs of four words of a text."""
    words = WORD.findall(text)
    return Counter(zip(*(words[n:] for n in range(4)), strict=False)) if len(words) > 3 else Counter([tuple(words)])


def same(stated: str, found: str | None) -> bool:
    """Say whether two titles have the same words."""
    fold = [WORD.findall(unicodedata.normalize("NFKC", text or "").casefold()) for text in (stated, found)]
    return fold[0] == fold[1]


def ours(raw: bytes, name: str) -> Facts:
    """Read a page as the program does."""
    found = read(name, raw)
    return found.text, found.title, found.published


def trafilatura(raw: bytes, _: str) -> Facts:
    """Read a page by trafilatura alone."""
    from trafilatura import bare_extraction

    found = bare_extraction(raw, fast=True, include_comments=False, include_formatting=True, with_metadata=True)
    return (found.text or "", found.title, found.date) if found else ("", None, None)  # type: ignore[union-attr]


def score(reader: Callable[[bytes, str], Facts], folder: Path, gold: list[dict[str, str]]) -> dict[str, float]:
    """Read every page and compare it with gold."""
    parts: dict[str, list[float]] = {}
    for row in gold:
        raw = (folder / f"{row['path']}.html").read_bytes()
        start = time.process_time()
        text, title, published = reader(raw, f"{row['path']}.html")
        parts.setdefault("ms", []).append((time.process_time() - start) * 1000)
        want, got = shingles(row["text"]), shingles(text)
        hit = sum((want & got).values())
        parts.setdefault("precision", []).append(hit / max(1, sum(got.values())))
        parts.setdefault("recall", []).append(hit / max(1, sum(want.values())))
        parts.setdefault("kept98", []).append(parts["recall"][-1] >= 0.98)
        if row.get("title"):
            parts.setdefault("title", []).append(same(row["title"], title))
        if row.get("published"):
            parts.setdefault("date", []).append((published or "")[:10] == row["published"][:10])
    times = parts.pop("ms")[1:]
    found = {name: statistics.mean(values) for name, values in parts.items()}
    both = found["precision"] + found["recall"]
    f1 = 2 * found["precision"] * found["recall"] / both if both else 0.0
    return {"F1": f1, **found, "ms mean": statistics.mean(times), "ms median": statistics.median(times)}


def main() -> None:
    """Print the table."""
    folder, gold = Path(sys.argv[1]), [json.loads(line) for line in Path(sys.argv[2]).read_text().splitlines()]
    print(f"{' '.join(sys.argv)}   {len(gold)} pages")
    print(f"Python {sys.version.split()[0]}, trafilatura {version('trafilatura')}")
    for reader in (ours, trafilatura):
        line = "  ".join(f"{name} {value:.3f}" for name, value in score(reader, folder, gold).items())
        print(f"{reader.__name__:12} {line}")


if __name__ == "__main__":
    main()
