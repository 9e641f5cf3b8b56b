"""A small library of made-up news in which the same words were printed in several places."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from store.library import Library
from store.model import Analysis, ArticleSpeaker, Block, Extract, Quote

Said = tuple[str, str]
"""Who, and the words."""

NEWS: tuple[tuple[str, str, str, tuple[Said, ...]], ...] = (
    (
        "The Evening Post",
        "2026-11-23",
        "Harbour to stay open through the winter",
        (
            ("Ada Voss", "We will keep 400 people at the harbour and we will not close it this winter"),
            ("Governor Lind", "The harbour pays for half of the schools in this town"),
        ),
    ),
    (
        "City News",
        "2026-11-21",
        "Voss: harbour may close",
        (
            ("A. Voss", "We will keep 40 people at the harbour and we will close it this winter"),
            ("Mo Hale", "Families are paying for this caution every single day"),
        ),
    ),
    (
        "Harbour Daily",
        "2026-10-03",
        "Union warns of a cold winter",
        (
            ("Mo Hale", "Families are paying for this caution every single day"),
            ("Ada Voss", "Nobody has to fear for a job before the spring"),
        ),
    ),
    (
        "Le Phare",
        "2026-08-14",
        "Le port et la ville",
        (("Lind", "The harbour pays for half of the hospitals in this town"), ("Мо Хейл", "Мы не уйдём отсюда")),
    ),
)
TAGS = (
    ("harbour/jobs", "We will keep 400 people", "supported", "the payroll says 398"),
    ("harbour/jobs", "We will keep 40 people", "false", ""),
    ("harbour/jobs", "Nobody has to fear", "open", ""),
    ("harbour", "The harbour pays for half of the schools", "unclear", ""),
    ("cost of living", "Families are paying for this caution every single day", "open", "compare with October"),
)


def stock(library: Library) -> Library:
    """Fill a library with the news and the tags."""
    for outlet, day, title, said in NEWS:
        text, quotes, blocks = "", [], []
        names: dict[str, list[tuple[int, int]]] = {}
        for name, words in said:
            start = len(text)
            text += f"“{words},” said {name}."
            quotes.append(Quote(kind="direct", spans=((start + 1, start + 1 + len(words)),), speaker=name, why="named"))
            names.setdefault(name, []).append((len(text) - 1 - len(name), len(text) - 1))
            blocks.append(Block("paragraph", start, len(text)))
            text += "\n\n"
        speakers = tuple(
            ArticleSpeaker(name=name, kind="person", mentions=tuple(places), roles=("mayor",) * (name == "Ada Voss"))
            for name, places in names.items()
        )
        extract = Extract(
            path=f"{title}.txt",
            text=text.strip(),
            blocks=tuple(blocks),
            title=title,
            outlet=outlet,
            published=day,
            url=f"https://news.example/{day}",
        )
        library.add(extract, Analysis(analyser="test", quotes=tuple(quotes), speakers=speakers))
    for tag, begins, verdict, note in TAGS:
        for article in library.articles():
            text = library.version(article.id).text
            at = text.find(begins)
            if at >= 0:
                claim = library.tag_span(article.id, at, text.index(",”", at), [tag], note=note)
                if verdict != "open":
                    library.set_verdict(claim.id, verdict)  # type: ignore[arg-type]
                break
    library.describe_tag("harbour", colour="#5b9bd5", description="The harbour, its people and its money")
    library.describe_tag("harbour/jobs", synonyms=("employment",))
    return library


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until all that was set going is done; work that newer work took the place of is no failure."""
    await pilot.pause()
    while True:
        try:
            await pilot.app.workers.wait_for_complete()
        except WorkerCancelled:
            continue
        await pilot.pause()
        if not any(worker.is_running for worker in pilot.app.workers):
            return


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, each when all that the one before set going is done."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)
