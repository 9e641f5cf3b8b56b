"""The texts that an article has had, and what differs between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from store.model import Article, Version
from tui.counting import count
from tui.differences import Changed, lines
from tui.differences import Piece as Difference
from tui.keys import bindings
from tui.screens.page import app_of
from tui.screens.scrolled import ScrolledPage
from tui.widgets.bars import HintBar, TitleBar
from tui.widgets.cells import Piece, fit
from tui.widgets.line_list import LineList
from tui.widgets.pager import Line, Pager, Part

MOST_COUNTED = 200_000
"""Characters of a text whose words are counted."""
AROUND = 1
"""The unchanged paragraphs shown on each side of a changed one."""


class VersionList(LineList[tuple[Version, str]]):
    """Texts, the newest first, each with what it is."""

    def paint(self, row: tuple[Version, str], part: int, width: int) -> list[Piece]:
        """Draw when it was taken in, what it is and how long it is."""
        version, what = row
        text = version.text
        figures = f"{count(len(text.split()), 'word')} " if len(text) <= MOST_COUNTED else f"{len(text):,} characters "
        stamp = version.retrieved.replace("T", " ")[:16]
        words = fit(f"{stamp}  {what}", max(1, width - len(figures)))
        return [(words, None), (figures, self.look("row--muted"))]


class VersionsScreen(ScrolledPage):
    """Lists the texts of an article; under them what changed in the chosen one, or all of it."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ("versions", "move")
    BINDINGS: ClassVar[list[BindingType]] = bindings("versions")
    DEFAULT_CSS = "VersionsScreen VersionList { height: auto; max-height: 6; border-bottom: solid $rule; }"
    AUTO_FOCUS = "VersionList"
    HINT = (
        "<move.down> <move.up> which text   <versions.whole> all or changes   <versions.focus> into the text   esc back"
    )

    def __init__(self, article: Article, versions: Sequence[Version]) -> None:
        super().__init__()
        self._article = article
        self._versions = list(reversed(versions))
        self._whole = False

    def compose(self) -> ComposeResult:
        """Lay out the list over the text."""
        yield TitleBar(id="title")
        yield VersionList()
        yield Pager()
        yield HintBar("move")

    def begin(self) -> None:
        """List the texts."""
        rows = [
            (version, "the current text" if version.sha256 == self._article.version else "an older text")
            for version in self._versions
        ]
        self.query_one(VersionList).show_rows(rows)
        self.query_one(VersionList).styles.height = min(5, len(rows)) + 1

    def action_whole(self) -> None:
        """Show the whole text, or only what changed."""
        self._whole = not self._whole
        self._compare()

    def action_other(self) -> None:
        """Go to the text and back to the list."""
        pager = self.query_one(Pager)
        self.set_focus(self.query_one(VersionList) if pager.has_focus else pager)

    @on(VersionList.Moved)
    def _chosen(self) -> None:
        self._compare()

    def _compare(self) -> None:
        listed = self.query_one(VersionList)
        place = listed.cursor
        if not self._versions:
            return
        chosen = self._versions[place]
        if place + 1 < len(self._versions):
            self._read(self._versions[place + 1], chosen, "changed since the text before it")
        else:
            self._read(chosen, chosen, "the first text that was taken in")

    @work(thread=True, exit_on_error=False, exclusive=True, description="read")
    def _read(self, old: Version, new: Version, what: str) -> None:
        found = lines(old.text, new.text)
        changed = sum(not change.same for change in found)
        figures = f"{count(changed, 'paragraph')} {what}" if changed else what
        app_of(self).call_from_thread(self._show, figures, marked(found, whole=self._whole or old is new))

    def _show(self, figures: str, shown: Sequence[Line]) -> None:
        if self.is_mounted:
            self.show(self._article.title, figures, shown)


def parts_of(pieces: Sequence[Difference], same: str = "plain") -> list[Part]:
    """Give compared words as they are shown: an arrow leads from what is gone to what came in its place."""
    parts: list[Part] = []
    before = ""
    for piece in pieces:
        if (before, piece.how) == ("gone", "new"):
            parts.append(("→", "muted"))
        parts.append((piece.words, same if piece.how == "same" else piece.how))
        before = piece.how
    return parts


def marked(found: Sequence[Changed], *, whole: bool) -> list[Line]:
    """Give compared lines as they are shown: each changed one with a sign before it, long same stretches left out."""
    near = {at + by for at, change in enumerate(found) if not change.same for by in range(-AROUND, AROUND + 1)}
    shown: list[Line] = []
    skipped = 0
    for at, change in enumerate(found):
        if not whole and at not in near:
            skipped += 1
            continue
        if skipped:
            shown += [[(f"   … {skipped} unchanged", "muted")], []]
            skipped = 0
        hows = {piece.how for piece in change.pieces}
        sign = "  " if change.same else "− " if hows == {"gone"} else "+ " if hows == {"new"} else "± "
        shown += [[(sign, "strong"), *parts_of(change.pieces)], []]
    if skipped:
        shown.append([(f"   … {skipped} unchanged", "muted")])
    return shown
