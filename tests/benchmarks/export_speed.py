"""How fast a large library is exported, and how much memory that adds: python tests/benchmarks/export_speed.py [CLAIMS]

Prints seconds (wall and processor), megabytes written, and the growth of the peak memory, for every format.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from store_data import Maker

from store.exchange import FORMS, Selection
from store.library import Library
from store.model import Bundle


def peak() -> float:
    """Give the most memory this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fill(folder: Path, count: int) -> None:
    """Make a library of `count` claims, a hundred an article."""
    maker = Maker()
    made = [maker.article(number) for number in range(max(1, count // 100))]
    places = [(article.id, version.sha256, version.text) for article, version, _ in made]
    with Library.open(folder) as library:
        library.load(
            Bundle(
                articles=tuple(article for article, _, _ in made),
                versions={article.id: (version,) for article, version, _ in made},
                analyses={article.id: found for article, _, found in made},
                claims=tuple(maker.claims(places, count)),
                tags=tuple(maker.tags),
            )
        )


def main(count: int) -> None:
    """Make a library and print what each form of export takes."""
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder) / "library", count)
        with Library.open(Path(folder) / "library") as library:
            library.claim_counts()
            print(f"{count} claims\n{'format':<15}{'s':>8}{'cpu s':>8}{'MB':>8}{'+MB peak':>10}")
            for name, form in FORMS.items():
                before, wall, cpu = peak(), time.perf_counter(), time.process_time()
                size = sum(map(len, form.export(Selection(library))))
                wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
                print(f"{name:<15}{wall:>8.2f}{cpu:>8.2f}{size / 1e6:>8.1f}{peak() - before:>10.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
