"""The one screen of an empty library: what to do next."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from store.paths import sample_files
from tui.keys import KEYS
from tui.safe import own_markup

_WORDS = """\
[bold]The library is empty.[/]
[$muted]Add news, see who said what, tag it.[/]

[bold $claim]Enter[/]  open the sample article
[bold $claim]<library.add>[/]  add a file or a folder
[bold $claim]<app.help>[/]  all keys
[bold $claim]<app.back>[/]  quit

[$muted]From a shell:  newsreader add FILE…[/]"""


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
        return own_markup(_WORDS, getattr(self.app, "keys", KEYS))

    def action_take(self) -> None:
        """Ask for the sample."""
        self.post_message(self.Taken(sample_files()))
