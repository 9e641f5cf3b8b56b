"""What the screens of this app have in common."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.events import ScreenResume, Unmount
from textual.screen import ModalScreen, Screen
from textual.worker import Worker, WorkerState

from tui.keys import KEYS

if TYPE_CHECKING:
    from tui.app import NewsreaderApp

Result = TypeVar("Result")
ALWAYS = {"app.quit", "app.suspend"}
"""What works over a question as well; all else waits until it is answered."""


def app_of(node: DOMNode) -> NewsreaderApp:
    """Give the app that `node` lives in, as what it is."""
    return cast("NewsreaderApp", node.app)


class Working:
    """For a screen that has work done in workers: an error in one ends as a line, never as the end of the app."""

    awaited = False
    """Whether the last key waits for what a worker does; the keys after it wait with it."""

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say why a worker failed, and let the keys go on that wait for it."""
        if event.state is WorkerState.ERROR:
            self.awaited = False
            app_of(event.worker.node).say(str(event.worker.error), error=True)


class Fitted(Screen[Result]):
    """A screen with the classes of its room from the beginning.

    Textual would give them when it is drawn, and then work out the styles of all that is on it once more.
    """

    _new = True

    def __init__(self) -> None:
        super().__init__()
        app, size = self.app, self.app.size
        for steps, cells in ((app.HORIZONTAL_BREAKPOINTS, size.width), (app.VERTICAL_BREAKPOINTS, size.height)):
            self.add_class(*self._get_breakpoint_classes(cells, steps or []))

    @on(ScreenResume)
    def _come_up(self, event: ScreenResume) -> None:
        """Spare a new screen its styles a second time, and being drawn before what is on it knows its size."""
        if self._new:
            self._new = event.refresh_styles = False
            drawn_later = ExitStack()
            drawn_later.enter_context(self.app.batch_update())
            self.app.call_later(drawn_later.close)

    @on(Unmount)
    def _left_for_good(self) -> None:
        app_of(self).free_soon(self)


class Page(Working, Fitted[None]):
    """A whole screen; `CONTEXTS` are the contexts of the table of keys that hold on it, its own first."""

    CONTEXTS: ClassVar[tuple[str, ...]] = ()
    AUTO_FOCUS = ""
    outdated = False
    """Whether the library changed while another screen covered this one."""
    other_styles = False
    """Whether the colours changed meanwhile."""

    def library_changed(self) -> None:
        """Draw what is shown again, because the library changed."""

    @on(ScreenResume)
    def _come_to_top(self) -> None:
        app_of(self).leave_message(self)
        if self.other_styles:
            self.other_styles = False
            self.app.stylesheet.update(self)
        if self.outdated:
            self.outdated = False
            self.library_changed()


class Prompt(Working, Fitted[Result], ModalScreen[Result]):
    """A question over the screen below, which stays visible; `escape` leaves it unanswered."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "leave", "leave"),
        *(Binding(key.keys, f"app.{key.action}", key.text, id=key.id) for key in KEYS if key.id in ALWAYS),
    ]

    def on_mount(self) -> None:
        """Let a message give way that would lie over what is asked."""
        self.app.clear_notifications()

    def action_leave(self) -> None:
        """Leave the question unanswered."""
        self.dismiss(None)
