"""Tags: names for claims about one thing."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from store.errors import LibraryError, UnknownRecordError
from store.ids import new_id, now, person
from store.keep.change import Change
from store.keep.core import CLAIMS, TAGS
from store.keep.speakers import SpeakerPart
from store.keep.tag_use import TagUse
from store.model import Claim, Tag

LONGEST = 200


def tag_name(name: str) -> str:
    """Write a tag's name as it is kept: one line, single spaces. LibraryError for none, and for a whole story."""
    tidy = " ".join(name.split())
    if not tidy.strip("/ "):
        raise LibraryError("a tag needs a name; type one")
    if len(tidy) > LONGEST:
        raise LibraryError(f"“{tidy[:40]}…”: a tag's name has at most {LONGEST} characters; put the rest into a note")
    return tidy


def _both(one: TagUse, other: TagUse) -> TagUse:
    return TagUse(
        one.words or other.words,
        one.speaker or other.speaker,
        one.article or other.article,
        max(one.last, other.last),
    )


def _path(name: str) -> list[str]:
    return name.casefold().split("/")


class TagPart(SpeakerPart):
    """What a library does with tags."""

    def tags(self) -> list[Tag]:
        """List the tags, by name; those merged into others are left out."""
        live = [tag for tag in self._tags.all() if tag.merged_into is None]
        return sorted(live, key=lambda tag: tag.name.casefold())

    def merged_tags(self) -> list[Tag]:
        """List the tags that were merged into others; `split_tag` brings one back."""
        return [tag for tag in self._tags.all() if tag.merged_into is not None]

    def tag(self, name_or_id: str) -> Tag:
        """Find a tag by id, name or synonym; a merged one stands for what it was merged into."""
        found = self._find_tag(name_or_id)
        if found is None:
            raise UnknownRecordError(f"{name_or_id}: no such tag")
        return found

    def _find_tag(self, name_or_id: str) -> Tag | None:
        if self._tag_names is None:
            self._tag_names = self._read_tag_names()
        found = self._tag_names.get(" ".join(name_or_id.split()).casefold()) or self._tags.get(name_or_id)
        return None if found is None else self._tag_root(found)

    def _read_tag_names(self) -> dict[str, Tag]:
        """Index the tags by name and synonym; names go before synonyms, tags that stand before merged ones."""
        everything = sorted(self._tags.all(), key=lambda tag: (tag.merged_into is not None, tag.id))
        names: dict[str, Tag] = {}
        for tag in everything:
            names.setdefault(tag.name.casefold(), tag)
        for tag in everything:
            for synonym in tag.synonyms:
                names.setdefault(synonym.casefold(), tag)
        return names

    def _tag_root(self, tag: Tag) -> Tag:
        seen = {tag.id}
        while tag.merged_into and tag.merged_into not in seen:
            seen.add(tag.merged_into)
            following = self._tags.get(tag.merged_into)
            if following is None:
                break
            tag = following
        return tag

    def _tag_ids(self, change: Change, names: Sequence[str]) -> list[str]:
        """Find the ids of tags by name, making those that are new."""
        ids: list[str] = []
        made = {tag.name.casefold(): tag for tag in change.records(TAGS, Tag)}
        for name in map(tag_name, names):
            tag = self._find_tag(name) or made.get(name.casefold())
            if tag is None:
                tag = Tag(id=new_id(), name=name, created=now(), modified=now(), by=person())
                made[name.casefold()] = tag
                change.put(TAGS, tag)
            ids.append(tag.id)
        return list(dict.fromkeys(ids))

    def tag_names(self, claim: Claim) -> tuple[str, ...]:
        """Name the tags of a claim, in the order in which they were given."""
        known = (self._tags.get(tag_id) for tag_id in claim.tags)
        return tuple(dict.fromkeys(self._tag_root(tag).name for tag in known if tag is not None))

    def tag_uses(self) -> dict[str, int]:
        """Count the claims of each tag, by tag id; a tag without claims has 0."""
        uses = {tag.id: 0 for tag in self.tags()}
        for tag_id, count in self._indexed().uses.copy().items():
            tag = self._tags.get(tag_id)
            if tag is not None:
                root = self._tag_root(tag).id
                uses[root] = uses.get(root, 0) + count
        return uses

    @property
    def knows_tag_uses(self) -> bool:
        """Whether `tags_near` answers quickly: all claims were read for it since they last changed as a whole."""
        return self._tag_uses.built

    def tags_near(self, exact: str, speaker: str | None, article_id: str) -> dict[str, TagUse]:
        """Tell how near the uses of each tag are to some words of an article that `speaker` says, by the tag's id.

        A tag merged into another counts as that one. The first time it reads every claim.
        """
        if not self._tag_uses.built:
            self._tag_uses.build(self._claims.documents.copy())
        with self._views:
            names = {name for name in self._tag_uses.speakers if name and self.known_as(name) == speaker}
            here = self._indexed().articles.get(article_id, ())
            found = self._tag_uses.near(self._claims.documents, exact, names, here)
        near: dict[str, TagUse] = {}
        for tag_id, use in found.items():
            tag = self._tags.get(tag_id)
            if tag is not None:
                root = self._tag_root(tag).id
                near[root] = _both(use, near[root]) if root in near else use
        return near

    def rename_tag(self, name_or_id: str, name: str) -> Tag:
        """Give a tag another name; the tags below it (`economy/trade`) go with it.

        LibraryError when another tag has the name, or the new name of one below it: merge the two.
        """
        new = tag_name(name)
        tag = self.tag(name_or_id)
        with self._change(f"rename tag “{tag.name}” to “{new}”") as change:
            renamed = self._renamed(self.tag(tag.id), new)
            moving = {moved.id for moved in renamed}
            for moved in renamed:
                other = self._find_tag(moved.name) if moved.merged_into is None else None
                if other is not None and other.id not in moving:
                    raise LibraryError(f"{moved.name}: another tag has this name; merge the two instead")
                change.put(TAGS, moved)
        return renamed[0]

    def _renamed(self, tag: Tag, name: str) -> list[Tag]:
        """List a tag and those below it, also the merged, with their new names."""
        path, moment = _path(tag.name), now()
        below = (t for t in self._tags.all() if t.id != tag.id and _path(t.name)[: len(path)] == path)
        moved = [replace(t, name="/".join([name, *t.name.split("/")[len(path) :]]), modified=moment) for t in below]
        return [replace(tag, name=name, modified=moment), *moved]

    def merge_tags(self, name_or_id: str, into: str) -> Tag:
        """Merge a tag into another and return that one. A pointer only: `split_tag` takes it back."""
        tag, target = self.tag(name_or_id), self.tag(into)
        if tag.id == target.id:
            raise LibraryError(f"{tag.name}: already one with {into}; nothing to merge")
        with self._change(f"merge tag “{tag.name}” into “{target.name}”") as change:
            change.put(TAGS, replace(tag, merged_into=target.id, modified=now()))
        return target

    def split_tag(self, name_or_id: str) -> Tag:
        """Take back a merge: the claims that had the tag have it again."""
        folded = name_or_id.casefold()
        for tag in self.merged_tags():
            if tag.id == name_or_id or tag.name.casefold() == folded:
                alone = replace(tag, merged_into=None, modified=now())
                with self._change(f"split tag “{tag.name}”") as change:
                    change.put(TAGS, alone)
                return alone
        raise UnknownRecordError(f"{name_or_id}: no such tag was merged into another")

    def describe_tag(
        self,
        name_or_id: str,
        *,
        colour: str | None = None,
        description: str | None = None,
        synonyms: Sequence[str] | None = None,
    ) -> Tag:
        """Set what else is known of a tag; None leaves a field as it is."""
        tag = self.tag(name_or_id)
        with self._change(f"describe tag “{tag.name}”") as change:
            tag = replace(
                self.tag(tag.id),
                colour=tag.colour if colour is None else colour,
                description=tag.description if description is None else description,
                synonyms=tag.synonyms if synonyms is None else tuple(synonyms),
                modified=now(),
            )
            change.put(TAGS, tag)
        return tag

    def remove_tag(self, name_or_id: str) -> None:
        """Remove a tag from the library and from every claim; the claims stay."""
        tag = self.tag(name_or_id)
        with self._change(f"delete tag “{tag.name}”") as change:
            gone = {tag.id} | {merged.id for merged in self.merged_tags() if self._tag_root(merged).id == tag.id}
            for tag_id in gone:
                change.drop(TAGS, tag_id)
            for key in self._indexed().tagged(gone):
                claim = self._claims.at(key)
                if claim is not None:
                    left = tuple(tag_id for tag_id in claim.tags if tag_id not in gone)
                    change.put(CLAIMS, replace(claim, tags=left, modified=now()))
