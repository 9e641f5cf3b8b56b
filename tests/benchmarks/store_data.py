"""Made-up articles and claims for the store's benchmarks: the same on every machine, no network, no word list."""

from __future__ import annotations

import random
from collections.abc import Iterator
from uuid import UUID

from store.anchor import anchor_of
from store.ids import article_id, text_sha256
from store.model import Analysis, Article, Block, Claim, Extract, Quote, Tag, Version

WORDS = """
the of to and in for on with that was by at from it as be are has have will not this but would an more their
who which after been new people were last year two government also first had about over against state could
other out president minister country time before between some when there during party week three under world
police where group security since military house many war election officials million while including support
law city public deal called health report force told economic trade percent power attack long high case work
home local peace policy back economy foreign end four right talks office issue billion rate growth inflation
bank market oil gas price energy budget tax vote parliament coalition opposition court judge trial prison
charge lawyer evidence ruling appeal rights protest strike union worker school student university teacher
hospital doctor patient climate carbon flood storm fire drought water river border migrant refugee sanction
ceasefire embassy treaty summit railway bridge harbour airport factory pipeline reactor
""".split()  # noqa: SIM905
NAMES = [name.replace("_", " ") for name in """
Anna_Berg Karim_Haddad Lucia_Costa Peter_Fischer Nadia_Petrov Victor_Okafor Maya_Tanaka Samuel_Weber
Irene_Novák Felix_Moreau Clara_Ivanov Hugo_Jansen Vera_Kowalski Daniel_Lindqvist Ruth_Nakamura Jonas_Quintero
Alice_Rossi Zara_Schmidt
""".split()]  # noqa: SIM905  # fmt: skip
TAGS = """
economy election war peace climate health migration energy justice crime sport culture denial promise threat
""".split()  # noqa: SIM905
MOMENT = "2026-11-23T03:00:00Z"


def uuid(kind: int, number: int) -> str:
    """Make the id of a made-up record."""
    return str(UUID(int=0x01930000_0000_7000_8000_000000000000 + (kind << 96) + number))


class Maker:
    """Makes articles of about 5,000 characters with 25 quotes, and claims on them."""

    def __init__(self, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self.tags = [Tag(id=uuid(1, n), name=name, created=MOMENT, modified=MOMENT) for n, name in enumerate(TAGS)]

    def sentence(self) -> str:
        """Make a sentence of 10 to 24 words."""
        words = self.random.choices(WORDS, k=self.random.randint(10, 24))
        return f"{words[0].capitalize()} {' '.join(words[1:])}."

    def extract(self, number: int) -> tuple[Extract, Analysis]:
        """Make an article as ingest and analysis hand it over."""
        paragraphs: list[str] = []
        while sum(map(len, paragraphs)) < 5000:
            paragraphs.append(" ".join(self.sentence() for _ in range(3)))
        text = "\n\n".join(paragraphs)
        quotes = []
        for start in sorted(self.random.sample(range(len(text) - 160), 25)):
            speaker = self.random.choice(NAMES)
            quotes.append(Quote(kind="direct", spans=((start, start + 120),), speaker=speaker, why="full name, ¶2"))
        extract = Extract(
            path=f"made-up/{number}.txt",
            text=text,
            blocks=(Block("paragraph", 0, len(text)),),
            title=self.sentence()[:60],
            outlet="Made-up News",
            authors=(self.random.choice(NAMES),),
            url=f"https://news.example/{number}",
            published=f"2026-{1 + number % 12:02d}-{1 + number % 28:02d}",
            language="en",
            extractor="made-up",
        )
        return extract, Analysis(analyser="made-up", quotes=tuple(quotes))

    def article(self, number: int) -> tuple[Article, Version, Analysis]:
        """Make an article as a library keeps it."""
        extract, analysis = self.extract(number)
        sha = text_sha256(extract.text)
        article = Article(
            id=article_id(extract.url, extract.text),
            title=extract.title or "",
            version=sha,
            retrieved=MOMENT,
            outlet=extract.outlet,
            authors=extract.authors,
            url=extract.url,
            published=extract.published,
            language="en",
            path=extract.path,
            words=len(extract.text.split()),
            quotes=25,
            speakers=tuple(NAMES[:6]),
        )
        version = Version(sha256=sha, text=extract.text, blocks=extract.blocks, extractor="made-up", retrieved=MOMENT)
        return article, version, analysis

    def claims(self, articles: list[tuple[str, str, str]], count: int) -> Iterator[Claim]:
        """Make claims on articles given as (id, hash of the text, text)."""
        for number in range(count):
            article, sha, text = articles[number % len(articles)]
            start = self.random.randrange(len(text) - 160)
            yield Claim(
                id=uuid(2, number),
                anchor=anchor_of(article, sha, text, start, start + 120),
                tags=tuple(tag.id for tag in self.random.sample(self.tags[2:], 2)),
                created=MOMENT,
                modified=MOMENT,
                speaker=self.random.choice(NAMES),
                speech="direct",
                by="reader",
            )
