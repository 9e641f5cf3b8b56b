"""The one screen of an empty library: what to do next."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from store.paths import sample_files
from tui.keys import KEYS, spelled

_HEAD = "[bold]The library is empty.[/]\n[$muted]Add news, see who said what, tag it.[/]\n"
_KEYS = (
    ("Enter", "open the sample article"),
    ("<library.add>", "add files, folders, web pages, feeds"),
    ("<app.help>", "all keys"),
    ("<app.back>", "quit"),
)
_FOOT = "\n[$muted]From a shell:  newsreader add FILE…[/]"


class Welcome(Static, can_focus=True):
    """Says what can be done with an empty library; `Taken` when the sample is wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "take", show=False)]
    DEFAULT_CSS = """
    Welcome { height: 1fr; content-align: center middle; }
    """

    class Taken(Message):
        """The person wants the sample; `files` are where it lies."""

        def __init__(self, files: list[Path]) -> None:
            super().__init__()
            self.files = files

    def render(self) -> Content:
        """Give the words, which are all our own."""
        table = getattr(self.app, "keys", KEYS)
        keys = [(spelled(key, table), does) for key, does in _KEYS]
        wide = max(len(key) for key, _ in keys) + 2
        lines = [Content.assemble((f"{key:<{wide}}", "bold $claim"), does) for key, does in keys]
        return Content("\n").join([Content.from_markup(_HEAD), *lines, Content.from_markup(_FOOT)])

    def action_take(self) -> None:
        """Ask for the sample."""
        self.post_message(self.Taken(sample_files()))
