"""The Textual app: what all screens share. The screens themselves lie in `tui/screens`."""

from __future__ import annotations

import asyncio
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import work
from textual.app import App
from textual.binding import BindingType
from textual.command import Provider
from textual.screen import Screen
from textual.worker import get_current_worker

from store.errors import NewsreaderError, UnknownRecordError
from store.model import Span
from store.paths import state_dir
from tui import memory, theme
from tui.actions import contexts_of
from tui.app_adding import AddingApp
from tui.app_changing import ChangingApp
from tui.app_freeing import FreeingApp, collect_again
from tui.app_styling import StylingApp
from tui.app_typing import TypingApp
from tui.config import Config
from tui.keymap import textual_keymap
from tui.keys import bindings, spelled
from tui.ordering import Order
from tui.safe import plain, verbatim
from tui.screens.library import LibraryScreen
from tui.screens.page import Page

if TYPE_CHECKING:
    from store.dossier.records import Subject
    from store.library import Library
    from store.search import Index

POLL_SECONDS = 0.5
WARM_SECONDS = 0.3
"""How long after the first screen what the next keys need begins to be loaded."""
SAY_SECONDS, ERROR_SECONDS = 4.0, 8.0


def _palette() -> type[Provider]:
    from tui.palette import KeysProvider  # noqa: PLC0415 - loaded when the palette is first opened

    return KeysProvider


class NewsreaderApp(ChangingApp, AddingApp, FreeingApp, StylingApp, TypingApp):
    """The news reader on one library; `open_article` (a full id) opens at once instead of the last place."""

    TITLE = "newsreader"
    CSS_PATH = "newsreader.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("everywhere")
    COMMANDS = {_palette}  # noqa: RUF012 - typed by Textual as a set of the class
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-mid"), (100, "-wide"), (160, "-huge")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-tall")]  # noqa: RUF012

    def __init__(
        self,
        library: Library,
        open_article: str | None = None,
        *,
        state: Path | None = None,
        config: Config | None = None,
        notices: Sequence[str] = (),
    ) -> None:
        self.colour = theme.colour_wanted()
        self.config = config or Config()
        self.keys = self.config.table
        super().__init__(ansi_color=None if self.colour else True)
        self.library = library
        self._first = open_article
        self._seen = library.revision
        self.today: Callable[[], date] = date.today
        self._state = state or state_dir() / "app.json"
        self._memory = memory.load(self._state)
        self._notices = notices
        self.read_last = ""
        self._said_on: Page | None = None
        self.set_keymap(textual_keymap(self.keys))
        self._start_colours()

    def _start_colours(self) -> None:
        for own in theme.OWN_THEMES:
            self.register_theme(own)
        wished = [name for name in (self.config.theme, self._memory.theme) if name in self.available_themes]
        self.set_reactive(App.theme, (wished or [theme.DARK.name])[0] if self.colour else theme.ANSI.name)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the style variables that every theme gets."""
        return theme.variables(self.current_theme)

    def get_default_screen(self) -> Screen[Any]:
        """Give the screen at the bottom of the stack: the library."""
        return LibraryScreen(self.place.article)

    @property
    def place(self) -> memory.Place:
        """Where the person was in this library when the app last ended."""
        return self._memory.places.get(str(self.library.folder), memory.Place())

    @property
    def verdict_names(self) -> dict[str, str]:
        """The words for verdicts that a person chose."""
        return self.config.verdicts

    @cached_property
    def index(self) -> Index:
        """The search index over the library, made when it is first asked for."""
        from store.search import Index  # noqa: PLC0415

        return Index(self.library)

    async def on_mount(self) -> None:
        """Open the article asked for, or the one that was open last, and follow other programs from now on."""
        self._obey_signals()
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))
        place = self.place
        first = self._first or (place.article if place.reading else "")
        if first and self._knows(first):
            self.open_reader(first)
        notices = [*self.library.notices, *self._notices]
        if notices:
            more = f"   and {len(notices) - 1} more" if len(notices) > 1 else ""
            self.say(verbatim(notices[0]) + more, error=bool(self._notices))
        self.set_interval(POLL_SECONDS, self._poll)
        self.call_after_refresh(collect_again)
        self.set_timer(WARM_SECONDS, self._warm_up)

    @work(thread=True, exit_on_error=False, description="warm up")
    def _warm_up(self) -> None:
        from tui.warming import warm_up  # noqa: PLC0415

        worker = get_current_worker()
        warm_up(self.library, lambda: worker.is_cancelled)

    def _knows(self, article_id: str) -> bool:
        try:
            self.library.article(article_id)
        except UnknownRecordError:
            return False
        return True

    def _poll(self) -> None:
        if not self.changing:
            self.in_turn(self.library.refresh, self._looked, wait=False)

    def _looked(self, news: bool) -> None:
        if news or self.library.revision != self._seen:
            self.changed()

    # What screens ask of the app

    def open_reader(self, article_id: str, span: Span | None = None) -> None:
        """Show an article, at `span` when one is given, else where its reader stopped."""
        from tui.screens.reader import ReaderScreen  # noqa: PLC0415

        self.push_screen(ReaderScreen(article_id, span))

    def say(self, text: str, error: bool = False) -> None:
        """Show one line at the foot of the screen for some seconds, in place of the line before.

        Ids such as `<app.undo>` are shown as keys, so what comes from outside is given through `verbatim`; an error,
        which tells of things outside, is shown as it is.
        """
        self.clear_notifications()
        pages = [screen for screen in self.screen_stack if isinstance(screen, Page)]
        self._said_on = None if error or not pages else pages[-1]
        self.notify(
            plain(text if error else self.spelled(text)),
            severity="error" if error else "information",
            timeout=ERROR_SECONDS if error else SAY_SECONDS,
            markup=False,
        )

    def spelled(self, text: str) -> str:
        """Give `text` with this person's keys in place of the ids of commands that stand in it, as in `<app.undo>`."""
        return spelled(text, self.keys)

    def leave_message(self, page: Page) -> None:
        """Take away what was said on another page than `page`, which is on top now; what is wrong stays to be read."""
        if self._said_on not in {None, page}:
            self._said_on = None
            self.clear_notifications()

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Turn an error that a person can act on, raised inside, into a line on the screen."""
        try:
            yield
        except NewsreaderError as error:
            self.say(str(error), error=True)

    def changed(self) -> None:
        """Tell every open screen that the library changed; those that cannot be seen redraw when they can."""
        self._seen = self.library.revision
        seen = True
        for screen in reversed(self.screen_stack) if self.is_running else ():
            redraw = getattr(screen, "library_changed", None)
            if redraw is not None and screen.is_mounted and screen.children:
                if seen:
                    redraw()
                elif isinstance(screen, Page):
                    screen.outdated = True
            seen = seen and screen.is_modal

    def choose_theme(self, name: str) -> None:
        """Use the theme `name` and keep it for the next start."""
        self.theme = name
        self._memory.theme = name
        memory.save(self._state, self._memory)

    @property
    def listed(self) -> list[str]:
        """The ids of the articles that the list of the library shows, in its order."""
        bottom = self.screen_stack[0]
        return [article.id for article in bottom.listed.articles] if isinstance(bottom, LibraryScreen) else []

    @property
    def order(self) -> Order:
        """How the list of articles is ordered."""
        return self._memory.order

    def choose_order(self, order: Order) -> None:
        """Order the list of articles like that, and keep it for the next start."""
        before, self._memory.order = self._memory.order, order
        memory.save(self._state, self._memory)
        bottom = self.screen_stack[0]
        if isinstance(bottom, LibraryScreen):
            bottom.show_in_order(anew=(before.sort, before.turned) != (order.sort, order.turned))

    @property
    def measure(self) -> int:
        """The cells of a line of text that a person chose."""
        return self._memory.measure or self.config.measure

    def choose_measure(self, cells: int) -> None:
        """Keep for the next start how many cells a line of text has."""
        self._memory.measure = cells
        memory.save(self._state, self._memory)

    # Actions of the keys that work everywhere

    async def action_back(self) -> None:
        """Leave the screen on top; at the library, quit."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        else:
            self._leave()

    async def action_quit(self) -> None:
        """End the app and remember where the person was."""
        self._leave()

    def action_undo(self) -> None:
        """Take back the last change and say which."""
        self.change(self.library.undo, lambda step: f"Undone: {verbatim(step)}" if step else "Nothing to undo")

    def action_redo(self) -> None:
        """Do the change again that was taken back last, and say which."""
        self.change(self.library.redo, lambda step: f"Done again: {verbatim(step)}" if step else "Nothing to do again")

    def action_search(self) -> None:
        """Open the search over everything, or go back to it when the screen on top came from it."""
        from tui.screens.search import SearchScreen  # noqa: PLC0415

        open_searches = [screen for screen in self.screen_stack if isinstance(screen, SearchScreen)]
        if not open_searches:
            self.push_screen(SearchScreen())
            return
        open_searches[-1].typing_next = True
        while self.screen_stack[-1] is not open_searches[-1]:
            self.pop_screen()

    def action_tags(self) -> None:
        """Show all tags."""
        from tui.screens.tags import TagsScreen  # noqa: PLC0415

        self._go_to(TagsScreen)

    def action_speakers(self) -> None:
        """Show everybody who speaks."""
        from tui.screens.speakers import SpeakersScreen  # noqa: PLC0415

        self._go_to(SpeakersScreen)

    def _go_to(self, kind: Callable[[], Page]) -> None:
        """Go back to the screen of a kind that is open, or open one."""
        there = [screen for screen in self.screen_stack if type(screen) is kind]
        if not there:
            self.push_screen(kind())
            return
        while self.screen_stack[-1] is not there[-1]:
            self.pop_screen()

    def action_dossier(self) -> None:
        """Open the dossier of what the screen on top is about."""
        subject = getattr(self.screen, "dossier_subject", lambda: None)()
        if subject is None:
            self.say("A dossier of what? <app.tags> shows all tags, <app.speakers> all speakers")
        else:
            self.open_dossier(subject)

    def open_dossier(self, subject: Subject) -> None:
        """Show who said what about a tag, by a speaker, or for a search."""
        from tui.screens.dossier import DossierScreen  # noqa: PLC0415

        self.push_screen(DossierScreen(subject))

    def action_export(self) -> None:
        """Ask for a path and export to it: the library, or what the screen on top is about."""
        own = getattr(self.screen, "export", None)
        if own is not None:
            own()
            return
        from tui.screens.export import ExportPrompt  # noqa: PLC0415

        self.push_screen(ExportPrompt())

    def action_help(self) -> None:
        """Show the keys of the screen on top."""
        from tui.screens.help import HelpScreen  # noqa: PLC0415

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(contexts_of(self.screen), self.keys))

    def action_change_theme(self) -> None:
        """Choose colours, seeing each at once."""
        from tui.screens.themes import ThemeScreen  # noqa: PLC0415

        if self.colour:
            self.push_screen(ThemeScreen())
        else:
            self.say("NO_COLOR is set: without it there are colours to choose from")

    def action_library(self) -> None:
        """Go back to the library from wherever one is."""
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def action_reader(self) -> None:
        """Go back to the article that is open, or open the one that was open last."""
        open_now = [screen for screen in self.screen_stack if getattr(screen, "article_id", "")]
        if open_now:
            while self.screen is not open_now[-1]:
                self.pop_screen()
        elif (last := self.read_last or self.place.article) and self._knows(last):
            self.open_reader(last)
        else:
            self.say("No article was open yet; <library.open> opens one")

    def action_help_quit(self) -> None:
        """Say how to quit, for those who press ctrl+c."""
        self.say("<app.quit> quits")

    # The way out

    def _obey_signals(self) -> None:
        """End in order when the system or a closing terminal asks for it."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            with suppress(NotImplementedError, ValueError, RuntimeError):
                loop.add_signal_handler(number, self._leave, 128 + number)

    def _leave(self, code: int = 0) -> None:
        readers = [key for screen in self.screen_stack if (key := getattr(screen, "article_id", None))]
        bottom = self.screen_stack[0]
        chosen = bottom.chosen if isinstance(bottom, LibraryScreen) else ""
        place = memory.Place(readers[-1], True) if readers else memory.Place(chosen, False)
        self._memory.places[str(self.library.folder)] = place
        memory.save(self._state, self._memory)
        self.exit(return_code=code)

    def _fatal_error(self) -> None:
        """End on a fault of the program's own with one line; the details go to a file."""
        file = self._state.with_name("fault.txt")
        with suppress(OSError):
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.write_text(traceback.format_exc(), "utf8")
        fault = f"newsreader: a fault of the program's own; your library is safe, what happened is in {file}"
        self.panic(Text(plain(fault)))
