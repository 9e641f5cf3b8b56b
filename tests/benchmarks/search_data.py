"""Made-up news for the search benchmarks: many rare words, few common ones, names in three scripts."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import NamedTuple
from uuid import UUID

from store.anchor import anchor_of
from store.ids import article_id, text_sha256
from store.model import Analysis, Article, Block, Bundle, Claim, Quote, Tag, Version

MOMENT = "2026-11-23T03:00:00Z"
NAMES = {
    "Ahmed al-Sharaa": ("sharaa", "al-Shara", "Шараа", "الشرع"),
    "Vladimir Putin": ("putin", "Poutine", "Путин", "putn"),
    "Sergey Lavrov": ("lavrov", "Lawrow", "Лавров", "lavrow"),
    "Volodymyr Zelenskyy": ("zelensky", "Selenskyj", "Зеленський", "zelenskiy"),
    "Mohammed bin Salman": ("muhammad", "mohamed", "salman", "Mohammad"),
    "Recep Tayyip Erdoğan": ("erdogan", "Erdoğan", "erdoan", "ERDOGAN"),
    "Bashar al-Assad": ("assad", "al-Asad", "Асад", "الأسد"),
    "Muammar Gaddafi": ("gaddafi", "Qadhafi", "kadafi", "Gadhafi"),
    "İlham Əliyev": ("aliyev", "Eliyev", "Əliyev", "aliev"),
    "Ursula von der Leyen": ("leyen", "Leyen", "von der leyen", "layen"),
}
TAGS = ["Russian bases", "economy/trade", "sanctions", "prisoners", "ceasefire", "elections", "water", "gas prices"]
_START = [
    "b",
    "br",
    "c",
    "cl",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "j",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "w",
]
_VOWELS = ["a", "e", "i", "o", "u", "ea", "ai", "ou", "io"]
_ENDS = ["", "n", "r", "s", "t", "l", "nd", "st", "ck", "rm", "sh", "ng"]


class Maker:
    """Makes articles of about 5,000 characters and claims on their sentences."""

    def __init__(self, seed: int = 11, vocabulary: int = 40_000) -> None:
        self.random = random.Random(seed)
        self.words = self._vocabulary(vocabulary)
        self._weights = list(accumulate(1 / (rank + 20) for rank in range(vocabulary)))
        self.tags = [Tag(id=_id(1, n), name=name, created=MOMENT, modified=MOMENT) for n, name in enumerate(TAGS)]
        self.names = list(NAMES)

    def _vocabulary(self, size: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < size:
            parts = [self._syllable() for _ in range(self.random.choice((1, 2, 2, 3, 3)))]
            found["".join(parts)] = None
        return list(found)

    def _syllable(self) -> str:
        pick = self.random.choice
        return pick(_START) + pick(_VOWELS) + pick(_ENDS)

    def word(self) -> str:
        """Draw a word; the common ones come often."""
        return self.words[bisect_left(self._weights, self.random.random() * self._weights[-1])]

    def sentence(self) -> str:
        """Make a sentence, sometimes with a name or a number."""
        words = [self.word() for _ in range(self.random.randint(10, 24))]
        if self.random.random() < 0.3:
            words[self.random.randrange(1, len(words))] = self.random.choice(self.names)
        if self.random.random() < 0.15:
            words[self.random.randrange(1, len(words))] = str(self.random.randint(2, 99_999))
        return f"{' '.join(words)}."

    def article(self, number: int) -> tuple[Article, Version, Analysis, list[tuple[int, int]]]:
        """Make an article as a library keeps it, with the places of its sentences."""
        text, blocks, places, quotes = "", [], [], []
        while len(text) < 5000:
            start = len(text)
            for _ in range(3):
                sentence = self.sentence()
                places.append((len(text), len(text) + len(sentence)))
                text += sentence + " "
            text = text.rstrip()
            blocks.append(Block("paragraph", start, len(text)))
            text += "\n\n"
        text = text.rstrip()
        for start, end in self.random.sample(places, min(20, len(places))):
            quotes.append(Quote(kind="direct", spans=((start, end),), speaker=self.random.choice(self.names)))
        quotes.sort(key=lambda quote: quote.start)
        sha, url = text_sha256(text), f"https://news.example/{number}"
        article = Article(
            id=article_id(url, text),
            title=self.sentence()[:60],
            version=sha,
            retrieved=MOMENT,
            outlet=("TASS", "Reuters", "Enab Baladi", "Post")[number % 4],
            url=url,
            published=f"20{20 + number % 7}-{1 + number % 12:02d}-{1 + number % 28:02d}",
            language="en",
            path=f"made-up/{number}.txt",
            words=len(text.split()),
            quotes=len(quotes),
            speakers=tuple(dict.fromkeys(quote.speaker for quote in quotes if quote.speaker)),
        )
        version = Version(sha256=sha, text=text, blocks=tuple(blocks), retrieved=MOMENT)
        return article, version, Analysis(analyser="made-up", quotes=tuple(quotes)), places

    def bundles(self, articles: int, claims: int, size: int = 500) -> Iterator[Bundle]:
        """Make a whole library in parts."""
        made = 0
        for first in range(0, articles, size):
            group = [self.article(number) for number in range(first, min(first + size, articles))]
            wanted = claims * (first + len(group)) // articles - made
            marked = [self._claim(made + n, n // len(group), *group[n % len(group)]) for n in range(wanted)]
            made += wanted
            yield Bundle(
                articles=tuple(article for article, *_ in group),
                versions={article.id: (version,) for article, version, *_ in group},
                analyses={article.id: analysis for article, _, analysis, _ in group},
                tags=tuple(self.tags),
                claims=tuple(marked),
            )

    def _claim(
        self, number: int, nth: int, article: Article, version: Version, _: Analysis, places: list[tuple[int, int]]
    ) -> Claim:
        start, end = places[nth * 3 % len(places)]
        return Claim(
            id=_id(2, number),
            anchor=anchor_of(article.id, version.sha256, version.text, start, end),
            tags=tuple(tag.id for tag in self.random.sample(self.tags, 2)),
            created=MOMENT,
            modified=MOMENT,
            speaker=self.random.choice(self.names),
            speech="direct",
        )


def _id(kind: int, number: int) -> str:
    return str(UUID(int=0x01930000_0000_7000_8000_000000000000 + (kind << 96) + number))


def typo(word: str, source: random.Random) -> str:
    """Put one typo into a word of five letters or more: a letter too few, too many, another one, or two swapped."""
    if len(word) < 5 or not word.isalpha():
        return word
    at = source.randrange(1, len(word) - 1)
    letter = source.choice("abcdefghijklmnoprstuvw")
    return source.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


class Asked(NamedTuple):
    """A query made from a claim: its kind, what is typed, the claim's id, and what was meant, all typos taken out."""

    kind: str
    text: str
    claim: str
    meant: tuple[str, ...]


def queries(claims: list[tuple[str, str, str]], count: int, seed: int = 3) -> list[Asked]:
    """Make queries that each mean one claim, given as (id, words, speaker)."""
    source = random.Random(seed)
    kinds = ("phrase", "words", "swapped", "typo", "two typos", "missing", "unfinished", "name", "prefix")
    made: list[Asked] = []
    while len(made) < count:
        claim, exact, speaker = source.choice(claims)
        kind = kinds[len(made) % len(kinds)]
        printed = exact.rstrip(".").split()
        rare = sorted(
            {word for word in printed if word.isalpha() and len(word) > 4 and word.islower()}, key=printed.index
        )
        if len(rare) < 4:
            continue
        picked = sorted(source.sample(rare, 3), key=printed.index)
        meant = tuple(picked)
        match kind:
            case "phrase":
                at = source.randrange(len(printed) - 2)
                text = f'"{" ".join(printed[at : at + 4])}"'
                meant = (" ".join(printed[at : at + 4]),)
            case "swapped":
                source.shuffle(picked)
                text = " ".join(picked)
            case "typo":
                picked[1] = typo(picked[1], source)
                text = " ".join(picked)
            case "two typos":
                text = " ".join([typo(picked[0], source), picked[1], typo(picked[2], source)])
            case "missing":
                text = " ".join([picked[0], picked[2]])
                meant = (picked[0], picked[2])
            case "unfinished":
                text = " ".join([*picked[:2], picked[2][:-2]])
                meant = (*picked[:2], f"{picked[2][:-2]}…")
            case "name":
                text = " ".join([source.choice(NAMES[speaker]), *picked[:2]])
                meant = (speaker, *picked[:2])
            case "prefix":
                text = " ".join([picked[0], picked[1][:4]])
                meant = (picked[0], f"{picked[1][:4]}…")
            case _:
                text = " ".join(picked)
        made.append(Asked(kind, text, claim, meant))
    return made


def keystrokes(text: str) -> list[str]:
    """Give what stands in the search box after each key, from the second on."""
    return [text[:end] for _, end in pairwise(range(1, len(text) + 1))]
