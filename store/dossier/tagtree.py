"""All tags as a tree by path, with how they are used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from store.model import Tag

if TYPE_CHECKING:
    from store.library import Library


class Branch(Struct, frozen=True, kw_only=True):
    """A tag, or a part of paths that is no tag of its own (`tag` is None), at its place in the tree.

    `uses` are the claims of the tag itself, `under` those of it and of all below it, `last` when one of them was last
    changed (RFC 3339, UTC).
    """

    path: str
    depth: int
    tag: Tag | None = None
    uses: int = 0
    under: int = 0
    last: str = ""
    merged: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]


class _Use(Struct, gc=False):
    tags: tuple[str, ...] = ()
    modified: str = ""


_use = msgspec.json.Decoder(_Use).decode


def tag_tree(library: Library) -> list[Branch]:
    """List all tags in the order of a tree, each part of a path before what is below it."""
    uses, last = _uses(library)
    merged: dict[str, list[str]] = {}
    for tag in library.merged_tags():
        root = library.tag(tag.id).id
        merged.setdefault(root, []).append(tag.name)
        uses[root] += uses[tag.id]
        last[root] = max(last.get(root, ""), last.get(tag.id, ""))
    tags = {_key(tag.name): tag for tag in library.tags()}
    under: Counter[tuple[str, ...]] = Counter()
    newest: dict[tuple[str, ...], str] = {}
    for key, tag in tags.items():
        for depth in range(1, len(key) + 1):
            under[key[:depth]] += uses[tag.id]
            newest[key[:depth]] = max(newest.get(key[:depth], ""), last.get(tag.id, ""))
    return [
        Branch(
            path=path,
            depth=len(key) - 1,
            tag=tag,
            uses=uses[tag.id] if tag else 0,
            under=under[key],
            last=newest[key],
            merged=tuple(sorted(merged.get(tag.id, ()))) if tag else (),
        )
        for key, path, tag in _nodes(tags)
    ]


def _nodes(tags: dict[tuple[str, ...], Tag]) -> Iterator[tuple[tuple[str, ...], str, Tag | None]]:
    seen: set[tuple[str, ...]] = set()
    for key in sorted(tags):
        parts = split(tags[key].name)
        for depth in range(1, len(key)):
            if key[:depth] not in seen and key[:depth] not in tags:
                seen.add(key[:depth])
                yield key[:depth], "/".join(parts[:depth]), None
        yield key, tags[key].name, tags[key]


def split(path: str) -> list[str]:
    """Give the parts of a tag's path; a slash with nothing on one side of it parts nothing."""
    parts = [part.strip() for part in path.split("/")]
    return parts if all(parts) else [path]


def _key(path: str) -> tuple[str, ...]:
    return tuple(part.casefold() for part in split(path))


def _uses(library: Library) -> tuple[Counter[str], dict[str, str]]:
    uses: Counter[str] = Counter()
    last: dict[str, str] = {}
    for document in list(library.raw("claims").values()):
        try:
            use = _use(document)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            continue  # the library has said what is wrong with it
        for tag_id in use.tags:
            uses[tag_id] += 1
            if use.modified > last.get(tag_id, ""):
                last[tag_id] = use.modified
    return uses, last


def below(branches: Iterable[Branch], path: str) -> list[Branch]:
    """Give a branch and all below it."""
    key = _key(path)
    return [one for one in branches if _key(one.path)[: len(key)] == key]
