"""How tags were used: for which words, of whom, in which article, and when last; kept up to date by what changed."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from sys import intern

import msgspec
from msgspec import Raw, Struct


class TagUse(Struct, frozen=True):
    """What speaks for a tag: that the same words, the same speaker or the same article has it; when it was used last.

    `last` is the moment (UTC) at which a claim with the tag was last changed.
    """

    words: bool = False
    speaker: bool = False
    article: bool = False
    last: str = ""


class _Anchor(Struct, gc=False):
    exact: str


class _Claim(Struct, gc=False):
    anchor: _Anchor
    tags: tuple[str, ...] = ()
    speaker: str | None = None
    modified: str = ""


class _Held(Struct, gc=False):
    words: int
    speaker: str
    modified: str
    tags: tuple[str, ...]


_decode = msgspec.json.Decoder(_Claim).decode


class TagUses:
    """The uses of every tag. `build` reads all claims, which takes long in a large library; the rest is quick."""

    __slots__ = ("_changed", "_dates", "_held", "_of_speaker", "_of_words", "built")

    def __init__(self) -> None:
        self.built = False
        self._changed: set[str] | None = None
        self._clear()

    def _clear(self) -> None:
        self._held: dict[str, _Held] = {}
        self._of_words: dict[int, str | dict[str, None]] = {}  # one key, or several: most words are said once
        self._of_speaker: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._dates: defaultdict[str, list[str]] = defaultdict(list)

    def forget(self, keys: set[str] | None) -> None:
        """Look at these claims again when next asked, or at all of them."""
        if keys is None:
            self.built, self._changed = False, None
        elif self._changed is not None:
            self._changed |= keys

    def build(self, documents: Mapping[str, Raw]) -> None:
        """Read every claim; what is told to `forget` meanwhile is looked at again later."""
        self._changed = set()
        self._clear()
        for key, document in documents.items():
            self._put(key, document, sort=False)
        for dates in self._dates.values():
            dates.sort()
        self.built = self._changed is not None

    def near(
        self, documents: Mapping[str, Raw], exact: str, speakers: Collection[str], here: Iterable[str]
    ) -> dict[str, TagUse]:
        """Give how near each tag's uses are to some words that one of these names says, by the tag's id.

        `here` are the claims of the article that the words stand in.
        """
        for key in self._changed or ():
            self._remove(key)
            if key in documents:
                self._put(key, documents[key])
        self._changed = set()
        same = self._of_words.get(_folded(exact), ())
        words = self._tags_of([same] if isinstance(same, str) else same)
        near = self._tags_of(here)
        spoken = [self._of_speaker[name] for name in speakers if name in self._of_speaker]
        return {
            tag: TagUse(tag in words, any(uses[tag] > 0 for uses in spoken), tag in near, dates[-1])
            for tag, dates in self._dates.items()
            if dates
        }

    @property
    def speakers(self) -> Collection[str]:
        """The names of all speakers of claims, as they are kept."""
        return self._of_speaker.keys()

    def _put(self, key: str, document: Raw, *, sort: bool = True) -> None:
        try:
            claim = _decode(document)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return  # the library has said what is wrong with it
        held = self._held[key] = _Held(
            _folded(claim.anchor.exact),
            intern(claim.speaker or ""),
            intern(claim.modified),
            tuple(map(intern, claim.tags)),
        )
        same = self._of_words.get(held.words)
        if same is None:
            self._of_words[held.words] = key
        elif isinstance(same, str):
            self._of_words[held.words] = {same: None, key: None}
        else:
            same[key] = None
        self._of_speaker[held.speaker].update(held.tags)
        for tag in held.tags:
            if sort:
                insort(self._dates[tag], held.modified)
            else:
                self._dates[tag].append(held.modified)

    def _remove(self, key: str) -> None:
        held = self._held.pop(key, None)
        if held is None:
            return
        same = self._of_words[held.words]
        if isinstance(same, str):
            del self._of_words[held.words]
        else:
            same.pop(key, None)
        self._of_speaker[held.speaker].subtract(held.tags)
        for tag in held.tags:
            del self._dates[tag][bisect_left(self._dates[tag], held.modified)]

    def _tags_of(self, keys: Iterable[str]) -> set[str]:
        held = (self._held.get(key) for key in keys)
        return {tag for one in held if one is not None for tag in one.tags}


def _folded(exact: str) -> int:
    """Give a number for words whatever their case and the spaces between them."""
    return hash(" ".join(exact.casefold().split()))
