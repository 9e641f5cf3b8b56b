"""How long the screen stands still, for everything a person does, in a large library.

    python tests/benchmarks/ui_stalls.py [--articles 20000] [--claims 100000] [--keep FOLDER] [--only WORD]

Everything runs in one process with the app, headless, on made-up news, with one article of two million characters. A
heartbeat on the app's own loop measures, for each step, in milliseconds: `done` from the first key until all workers
are done, `still` the longest time in which the loop could not run (what a person feels), `own` the most CPU time that
the app's thread used in one such stretch, `all` that of all threads (more than `own`: a worker held Python's lock; less
than `still`: the machine was busy). `scaled` is `all` at the speed of the machine where a million additions take 34 ms;
the bar is 50 ms. After the figures stands the screen on which a step ended. The index is built before and not counted;
`--keep` keeps the library for the next run, which works on a copy.

The peer is Textual's own OptionList with a row for each article, in the same run: made, gone through and sorted anew.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from time import perf_counter, process_time, thread_time

from search_data import MOMENT, Maker
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import OptionList

from store.dossier.records import Subject
from store.library import Library
from store.model import Analysis, Block, Extract, Quote, Tag
from store.search import Index
from tui.app import NewsreaderApp
from tui.ordering import GROUPS, SORTS, Order

LONG = 2_000_000
TAGS, NAMES = 300, 3_000
SIZE = (120, 36)
BEAT = 0.002
BAR = 50
REFERENCE = 0.034
Do = Callable[[NewsreaderApp], object]


@dataclass
class Step:
    """Keys to press, or something to do, and what it is called."""

    name: str
    keys: tuple[str, ...] = ()
    do: Do | None = None
    size: tuple[int, int] | None = None
    """The size that the terminal gets, in cells."""
    other: bool = False
    """Whether another program changes the library, instead of this one."""


def typed(words: str) -> tuple[str, ...]:
    """Give the keys of some words."""
    return tuple("space" if char == " " else "colon" if char == ":" else char for char in words)


def ordered(order: Order) -> Step:
    """Choose an order of the list."""
    return Step(f"library: {order.line() or 'by date'}", do=lambda app: app.choose_order(order))


LIBRARY = (
    Step("library: move", ("j", "j", "ctrl+d", "G", "k", "g")),
    Step("library: next unread", ("n", "n", "p")),
    Step("library: read, star, undo", ("r", "m", "u", "u")),
    *(ordered(Order(sort.name)) for sort in SORTS[1:]),
    ordered(Order("title", turned=True)),
    *(ordered(Order(group=group)) for group in GROUPS[1:]),
    Step("library: fold", ("z",)),
    Step("library: unfold", ("z",)),
    ordered(Order("outlet", group="day")),
    ordered(Order()),
    Step("library: filter", ("slash", *typed("putin gas"))),
    Step("library: filter, longer", typed(" prices")),
    Step("library: filter off", ("escape",)),
    Step("library: filter by index", ("slash", *typed("tag:sanctions"))),
    Step("library: filter off", ("escape",)),
    Step("library: mark all", ("V",)),
    Step("library: all read", ("r",)),
    Step("library: move meanwhile", ("j", "k")),
    Step("library: undo", ("u",)),
    Step("library: redo", ("ctrl+r",)),
    Step("library: undo", ("u",)),
    Step("library: all deleted", ("d",)),
    Step("library: undo", ("u",)),
    Step("library: no marks", ("escape",)),
    Step("library: other program, all", do=lambda app: app.library.refresh(), other=True),
)
READER = (
    Step("reader: open", ("g", "j", "enter")),
    Step("reader: move", ("j", "l", "ctrl+d", "right_square_bracket", "p")),
    Step("reader: tag prompt", ("t",)),
    Step("reader: type a tag", typed("sanc")),
    Step("reader: tag", ("enter",)),
    Step("reader: tag again", ("right_square_bracket", "full_stop")),
    Step("reader: undo", ("u",)),
    Step("reader: speaker prompt", ("right_square_bracket", "c")),
    Step("reader: type a name", typed("lav")),
    Step("reader: correct", ("enter",)),
    Step("reader: undo", ("u",)),
    Step("reader: verdict", ("left_curly_bracket", "V", "2")),
    Step("reader: history", ("H",)),
    Step("reader: history, back", ("escape",)),
    Step("reader: remove, undo", ("right_square_bracket", "full_stop", "x", "u", "u")),
    Step("reader: find", ("slash", *typed("putin"))),
    Step("reader: found", ("enter", "n", "N", "escape")),
    Step("reader: next, before", ("J", "K")),
    Step("reader: back", ("q",)),
)
LONG_ONE = (
    Step(
        "2M: open", do=lambda app: app.open_reader(next(a.id for a in app.library.articles() if a.words > LONG // 20))
    ),
    Step("2M: move", ("j", "l", "ctrl+d", "p", "right_parenthesis")),
    Step("2M: next quotes", ("right_square_bracket",) * 3),
    Step("2M: to the end", ("G",)),
    Step("2M: a word back", ("h", "k", "left_parenthesis")),
    Step("2M: select", ("v", "right_parenthesis", "w", "escape")),
    Step("2M: tag", ("t", *typed("sanctions"), "enter")),
    Step("2M: undo", ("u",)),
    Step("2M: find", ("slash", *typed("putin"))),
    Step("2M: found", ("enter", "n", "N", "escape")),
    Step("2M: wider", ("plus",)),
    Step("2M: to the top", ("g",)),
    Step("2M: removed lines", ("R",)),
    Step("2M: removed, back", ("escape",)),
    Step("2M: texts", ("T",)),
    Step("2M: texts, back", ("escape",)),
    Step("2M: narrow terminal", size=(58, 20)),
    Step("2M: wide terminal", size=(170, 50)),
    Step("2M: usual terminal", size=SIZE),
    Step("2M: back", ("q",)),
)
CATALOGUES = (
    Step("tags: open", ("3",)),
    Step("tags: move", ("j", "j", "k")),
    Step("tags: filter", ("slash", *typed("rus"))),
    Step("tags: show all", ("escape",)),
    Step("tags: rename", ("g", "R", "x", "enter")),
    Step("tags: undo", ("u",)),
    Step("tags: merge", ("M", "enter")),
    Step("tags: undo", ("u",)),
    Step("tags: delete", ("x",)),
    Step("tags: undo", ("u",)),
    Step("dossier of a tag", ("g", "enter")),
    Step("dossier: move", ("j", "j", "ctrl+d", "G")),
    Step("dossier: views", ("V", "V")),
    Step("dossier: filter", ("slash", *typed("put"))),
    Step("dossier: back", ("escape", "q")),
    Step("speakers: open", ("4",)),
    Step("speakers: filter", ("slash", *typed("put"))),
    Step("speakers: show all", ("escape",)),
    Step("speakers: order", ("S", "S", "S")),
    Step("speakers: rename", ("R", "x", "enter")),
    Step("speakers: undo", ("u",)),
    Step("speakers: merge", ("M", "enter")),
    Step("speakers: undo", ("u",)),
    Step("dossier of a speaker", ("enter",)),
    Step("back", ("q", "q", "q")),
)
REST = (
    Step("search: type", ("ctrl+f", *typed("putin gas"))),
    Step("search: narrow", ("tab", "shift+tab")),
    Step("search: tag 200 hits", ("escape", "t", *typed("sanctions"), "enter")),
    Step("search: undo", ("u",)),
    Step("search: back", ("q",)),
    Step("dossier of a search", do=lambda app: app.open_dossier(Subject("search", "tag:sanctions"))),
    Step("back", ("q",)),
    Step("palette", ("ctrl+p", *typed("sort"), "escape")),
    Step("help", ("question_mark", "slash", *typed("tag"), "escape", "escape")),
    Step("themes", ("ctrl+t", "j", "j", "escape")),
    Step("export prompt", ("E", "escape")),
)
PARTS = {"library": LIBRARY, "reader": READER, "2M": LONG_ONE, "catalogues": CATALOGUES, "rest": REST}


class Heart:
    """Beats on the loop of the app and notes the longest pause."""

    def __init__(self) -> None:
        self.speed = 1.0
        self.still = self.all = self.own = 0.0

    async def beat(self) -> None:
        """Beat until cancelled."""
        while True:
            wall, every, cpu = perf_counter(), process_time(), thread_time()
            await asyncio.sleep(BEAT)
            self.still = max(self.still, perf_counter() - wall - BEAT)
            self.all = max(self.all, process_time() - every)
            self.own = max(self.own, thread_time() - cpu)


class Peer(App[None]):
    """Textual's own list."""

    def __init__(self, titles: list[str]) -> None:
        super().__init__()
        self.titles = titles

    def compose(self) -> ComposeResult:
        """Make the list."""
        yield OptionList(*self.titles, markup=False)

    def anew(self) -> None:
        """Sort it."""
        made = self.query_one(OptionList)
        made.clear_options()
        made.add_options(sorted(self.titles))


def told(name: str, began: float, heart: Heart, screen: str = "") -> None:
    """Print what a step cost and begin anew."""
    row = [1000 * seconds for seconds in (perf_counter() - began, heart.still, heart.own, heart.all)]
    row.append(row[-1] * heart.speed)
    mark = "  ! " if row[-1] > BAR else "    "
    print(f"{name:<32}" + "".join(f"{ms:>9.0f}" for ms in row) + mark + screen, flush=True)
    heart.still = heart.all = heart.own = 0.0


async def settle(pilot: Pilot[None]) -> None:
    """Wait until nothing goes on in the background."""
    await pilot.pause()
    app = pilot.app
    while any(worker.is_running for worker in app.workers) or getattr(app, "changing", False):
        await asyncio.sleep(BEAT)
    await pilot.pause()


async def run_step(pilot: Pilot[None], app: NewsreaderApp, heart: Heart, step: Step) -> None:
    """Do one step and print what it cost."""
    heart.speed = REFERENCE / additions()
    if step.other:
        with Library.open(app.library.folder) as other:
            ids = [article.id for article in other.articles()]
            await asyncio.to_thread(other.mark_read, ids, read=True)
            await asyncio.to_thread(other.undo)
    await asyncio.sleep(5 * BEAT)
    heart.still = heart.all = heart.own = 0.0
    began = perf_counter()
    if step.do is not None and not step.other:
        step.do(app)
    if step.size is not None:
        await pilot.resize_terminal(*step.size)
    for key in step.keys:
        await pilot.press(key)
    if step.other:
        await asyncio.sleep(0.6)  # the app looks every half second
    await settle(pilot)
    told(step.name, began, heart, type(app.screen).__name__)


async def run(library: Library, folder: Path, only: str) -> None:
    """Run all steps in one app."""
    heart = Heart()
    beating = asyncio.create_task(heart.beat())
    gc.disable()  # as the program starts; the app takes it up when it is drawn
    app = NewsreaderApp(library, state=folder / "app.json")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await asyncio.sleep(3)  # what the next keys need is loaded meanwhile, in the background
        await settle(pilot)
        print(f"{'milliseconds':<32}{'done':>9}{'still':>9}{'own':>9}{'all':>9}{'scaled':>9}")
        for name, steps in PARTS.items():
            for step in steps if only in name else ():
                await run_step(pilot, app, heart, step)
    beating.cancel()


async def run_peer(titles: list[str]) -> None:
    """Do the same with Textual's own list, as far as it can."""
    heart = Heart()
    beating = asyncio.create_task(heart.beat())
    began = perf_counter()
    async with Peer(titles).run_test(size=SIZE) as pilot:
        await pilot.pause()
        told("OptionList: made", began, heart)
        began = perf_counter()
        await pilot.press("down", "down", "pagedown", "end", "up", "home")
        told("OptionList: move", began, heart)
        began = perf_counter()
        pilot.app.anew()  # type: ignore[attr-defined]
        await pilot.pause()
        told("OptionList: sort anew", began, heart)
    beating.cancel()


def fill(library: Library, articles: int, claims: int) -> None:
    """Make the library and its index."""
    maker = Maker()
    maker.names += [f"{maker.word().title()} {maker.word().title()}" for _ in range(NAMES)]
    for number in range(TAGS):
        key, name = f"01930003-0000-7000-8000-{number:012}", f"{maker.word()} {number}"
        maker.tags.append(Tag(id=key, name=name, created=MOMENT, modified=MOMENT))
    for bundle in maker.bundles(articles, claims):
        library.load(bundle)
    text, blocks, quotes = "", [], []
    parts: list[str] = []
    length = 0
    while length < LONG:
        sentences = [maker.sentence() for _ in range(4)]
        paragraph = " ".join(sentences)
        quotes.append(
            Quote(kind="direct", spans=((length, length + len(sentences[0])),), speaker=maker.names[length % 10])
        )
        blocks.append(Block("paragraph", length, length + len(paragraph)))
        parts.append(paragraph)
        length += len(paragraph) + 2
    text = "\n\n".join(parts)
    extract = Extract(path="long.txt", text=text, blocks=tuple(blocks), title="A long one", raw=text.encode())
    library.add(extract, Analysis(analyser="made-up", quotes=tuple(quotes[::10])))
    with Index(library) as index:
        index.refresh()


def additions() -> float:
    """Give the CPU seconds of a million additions."""
    began, total = thread_time(), 0
    for number in range(1_000_000):
        total += number
    return thread_time() - began


def speed() -> str:
    """Tell a slow hour from slow work."""
    return f"a million additions {1000 * additions():.0f} ms of CPU"


def main() -> None:
    """Make the library, then run."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--articles", type=int, default=20_000)
    given.add_argument("--claims", type=int, default=100_000)
    given.add_argument("--keep", type=Path)
    given.add_argument("--only", default="")
    wanted = given.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "library"
        if wanted.keep and (wanted.keep / "library").exists():
            shutil.copytree(wanted.keep / "library", folder)
        with Library.open(folder) as library:
            if not library.articles():
                began = perf_counter()
                fill(library, wanted.articles, wanted.claims)
                print(f"library and index made in {perf_counter() - began:.0f} s")
                if wanted.keep:
                    shutil.copytree(folder, wanted.keep / "library")
            print(f"python {sys.version.split()[0]}, textual {version('textual')}; {speed()}")
            print(f"{len(library.articles()):,} articles, {len(library.claims()):,} claims; the bar is {BAR} ms")
            asyncio.run(run(library, Path(place), wanted.only))
            asyncio.run(run_peer([article.title for article in library.articles()]))
            print(speed())


if __name__ == "__main__":
    main()
