"""Claims whose words changed under them: the old and the new words side by side, and what is to become of each."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from store.errors import NewsreaderError
from store.model import Claim, Span
from tui.differences import Piece, sides
from tui.keys import bindings
from tui.reading import Open
from tui.safe import put, safe
from tui.screens.page import Page, app_of
from tui.screens.versions import parts_of
from tui.strays import WORDS, Stray, look
from tui.widgets.bars import HintBar, TitleBar
from tui.widgets.pager import Line, Pager, Part
from tui.widgets.text_view import PLAIN_UNDER

_LINES = re.compile(r"\s*\n\s*")
_CONTEXT = 160  # characters shown before and after the words

_WIDE = (
    "<altered.accept> take the new words   <altered.keep> keep the old   <altered.mark> mark where   "
    "<altered.next> <altered.before> next, before   esc"
)
_SHORT = "<altered.accept> new  <altered.keep> old  <altered.mark> mark  <altered.next> <altered.before> next  esc"


class AlteredScreen(Page):
    """Goes through the claims of an article that have to be looked at; `move` lets a person mark a new place."""

    CONTEXTS: ClassVar = ("altered", "move")
    BINDINGS: ClassVar[list[BindingType]] = bindings("altered")
    DEFAULT_CSS = """
    AlteredScreen {
        & > #what { height: auto; max-height: 4; padding: 0 1; }
        &.-tall > #what { margin: 0 0 1 0; }
        & > Horizontal { height: 1fr; }
        & #then { border-right: solid $rule; }
        &.-narrow > Horizontal { layout: vertical; }
        &.-narrow #then { border-right: none; border-bottom: solid $rule; }
    }
    """
    AUTO_FOCUS = "#now"

    def __init__(self, opened: Open, move: Callable[[Claim, Span | None], None]) -> None:
        super().__init__()
        self._opened, self._move_by_hand = opened, move
        self._place = 0
        self._stray: Stray | None = None

    def compose(self) -> ComposeResult:
        """Lay out what it is about, then the old words beside the new ones."""
        yield TitleBar(id="title")
        yield Static(id="what")
        with Horizontal():
            yield Pager(id="then")
            yield Pager(id="now")
        yield HintBar("move")

    def on_mount(self) -> None:
        """Show the first claim; the keys also where other screens have no line for them."""
        self.query_one(HintBar).styles.display = "block"
        self._begin()

    def on_resize(self) -> None:
        """Say which keys there are, as there is room."""
        self.query_one(HintBar).say(_WIDE if self.size.width >= PLAIN_UNDER else _SHORT)

    def library_changed(self) -> None:
        """Look again; when nothing is left, go back."""
        try:
            self._opened = Open.read(app_of(self).library, self._opened.article.id, self._opened)
        except NewsreaderError:
            self.action_leave()
            return
        if not self._opened.strays:
            self.action_leave()
            return
        self._begin()

    def action_leave(self) -> None:
        """Go back to the text."""
        if self.app.screen is self:
            self.app.pop_screen()

    def _begin(self) -> None:
        strays = self._opened.strays
        self._stray = None
        self._place %= len(strays)
        self._look(strays[self._place])

    @work(thread=True, exit_on_error=False, exclusive=True, description="read")
    def _look(self, claim: Claim) -> None:
        app = app_of(self)
        try:
            stray = look(app.library, claim, self._opened.version)
            old_text = app.library.version(claim.anchor.article, stray.old.version).text
        except NewsreaderError as error:
            app.call_from_thread(app.say, str(error), True)
            return
        app.call_from_thread(self._show, stray, old_text)

    def _show(self, stray: Stray, old_text: str) -> None:
        if not self.is_mounted:
            return
        self._stray = stray
        claim, text = stray.claim, self._opened.version.text
        old, new = sides(stray.old.exact, text[slice(*stray.span)] if stray.span else "")
        count = len(self._opened.strays)
        self.query_one(TitleBar).show("Claims whose words changed", f"{self._place + 1} of {count}")
        tags = " ".join(f"#{name}" for name in self._opened.tags[claim.id])
        about = " · ".join(part for part in (tags, claim.speaker or "", claim.note) if part)
        state = safe(claim.anchor.state.upper(), "bold $alarm")
        what = Content.assemble(state, safe(f": {WORDS[claim.anchor.state]}\n{about}"))
        put(self.query_one("#what", Static), what)
        self.query_one("#then", Pager).show(_side("THEN", old_text, (stray.old.start, stray.old.end), old))
        gone: list[Line] = [[("NOW", "muted")], [], [("These words are in the text no more.", "alarm")]]
        self.query_one("#now", Pager).show(_side("NOW", text, stray.span, new) if stray.span else gone)

    def action_next(self) -> None:
        """Show the next claim."""
        self._place += 1
        self._begin()

    def action_before(self) -> None:
        """Show the claim before."""
        self._place -= 1
        self._begin()

    def action_accept(self) -> None:
        """Let the claim stand on the new words."""
        stray, library = self._stray, app_of(self).library
        if stray is None:
            return
        if stray.span is None:
            app_of(self).say(
                "There are no new words: <altered.keep> keeps the old ones, <altered.mark> marks where they are now"
            )
            return
        start, end = stray.span
        self._change(lambda: library.accept_place(stray.claim.id, start, end), "Stands on the new words")

    def action_keep(self) -> None:
        """Let the claim stand on the old words, in the old text."""
        stray, library = self._stray, app_of(self).library
        if stray is not None:
            self._change(
                lambda: library.keep_place(stray.claim.id, stray.old), "Stands on the old words, in the old text"
            )

    def _change(self, doing: Callable[[], object], said: str) -> None:
        app_of(self).change(doing, f"{said}   <app.undo> undo")

    def action_mark(self) -> None:
        """Go back to the text and mark there where the claim stands."""
        stray = self._stray
        if stray is not None:
            self.action_leave()
            self._move_by_hand(stray.claim, stray.span)


def _side(name: str, text: str, span: Span, pieces: tuple[Piece, ...]) -> list[Line]:
    start, end = span
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    if start > _CONTEXT:
        before = "…" + before.partition(" ")[2]
    if end + _CONTEXT < len(text):
        after = after.rpartition(" ")[0] + " …"
    parts: list[Part] = [(_line(before), "muted"), *parts_of(pieces, "strong"), (_line(after), "muted")]
    return [[(name, "muted")], [], parts]


def _line(text: str) -> str:
    return _LINES.sub(" ", text)
