"""How long the screen stands still while tags, speakers and dossiers of a large library are read and changed.

    python tests/benchmarks/catalogue_speed.py [--articles 2000] [--claims 100000]

Everything runs in one process with the app, headless, on made-up news. A heartbeat on the app's own loop measures, for
each step, in milliseconds: `shown` from the key until all workers are done, `still` the longest time in which the loop
could not run (what a person feels), `own` the most CPU time that the app's thread used in one such stretch (the rest of
`still` is the machine, or a worker holding Python's lock). The search index is built before, which is not counted.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import tempfile
from pathlib import Path
from time import perf_counter, thread_time

from search_data import Maker
from textual.pilot import Pilot

from store.dossier.records import Subject
from store.library import Library
from store.search import Index
from tui.app import NewsreaderApp

STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("tags: open", ("3",)),
    ("tags: move", ("j", "j", "k")),
    ("tags: filter", ("slash", "r", "u", "s")),
    ("tags: show all", ("escape",)),
    ("tags: rename", ("g", "R", "x", "enter")),
    ("tags: undo", ("u",)),
    ("tags: merge", ("M", "enter")),
    ("tags: undo", ("u",)),
    ("dossier of a tag", ("g", "enter")),
    ("dossier: move", ("j", "j", "ctrl+d", "G")),
    ("dossier: view", ("V",)),
    ("dossier: view", ("V",)),
    ("dossier: filter", ("slash", "p", "u", "t")),
    ("dossier: back", ("escape", "q")),
    ("speakers: open", ("4",)),
    ("speakers: filter", ("slash", "p", "u", "t")),
    ("speakers: show all", ("escape",)),
    ("speakers: rename", ("R", "x", "enter")),
    ("speakers: undo", ("u",)),
    ("dossier of a speaker", ("enter",)),
    ("back", ("q", "q", "q")),
)
BEAT = 0.002


class Heart:
    """Beats on the loop of the app and notes the longest pause."""

    def __init__(self) -> None:
        self.still = self.own = 0.0

    async def beat(self) -> None:
        """Beat until cancelled."""
        while True:
            wall, cpu = perf_counter(), thread_time()
            await asyncio.sleep(BEAT)
            self.still = max(self.still, perf_counter() - wall - BEAT)
            self.own = max(self.own, thread_time() - cpu)


async def step(pilot: Pilot[None], heart: Heart, name: str, keys: tuple[str, ...]) -> None:
    """Do one step and print what it cost."""
    heart.still = heart.own = 0.0
    began = perf_counter()
    for key in keys:
        await pilot.press(key)
    while any(worker.is_running for worker in pilot.app.workers):
        await asyncio.sleep(BEAT)
    await pilot.pause()
    row = (perf_counter() - began, heart.still, heart.own)
    print(f"{name:<24}" + "".join(f"{1000 * seconds:>9.0f}" for seconds in row), flush=True)


async def run(library: Library, folder: Path) -> None:
    """Run all steps in one app."""
    app = NewsreaderApp(library, state=folder / "app.json")
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        heart = Heart()
        gc.freeze()  # as the program does when its first screen is drawn
        beating = asyncio.create_task(heart.beat())
        print(f"{'milliseconds':<24}{'shown':>9}{'still':>9}{'own':>9}")
        for name, keys in STEPS:
            await step(pilot, heart, name, keys)
        app.open_dossier(Subject("search", "tag:sanctions"))
        await step(pilot, heart, "dossier of a search", ())
        beating.cancel()


def main() -> None:
    """Make the library, then run."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--articles", type=int, default=2000)
    given.add_argument("--claims", type=int, default=100_000)
    wanted = given.parse_args()
    with tempfile.TemporaryDirectory() as place, Library.open(Path(place) / "library") as library:
        for bundle in Maker().bundles(wanted.articles, wanted.claims):
            library.load(bundle)
        with Index(library) as index:
            began = perf_counter()
            index.refresh()
            print(f"{wanted.articles} articles, {wanted.claims} claims; index built in {perf_counter() - began:.0f} s")
        asyncio.run(run(library, Path(place)))


if __name__ == "__main__":
    main()
