"""The only door by which text from outside (articles, tags, paths, messages of errors) reaches a widget.

A plain `str` given to a widget is read as markup, and control characters pass through Textual to the terminal. So
everything that is not written in this program's own source goes through `safe` (a `Content`, never markup) or, where
cells are painted one by one, through `plain`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from store.safe_text import clean
from tui.keys import Key, spelled

if TYPE_CHECKING:
    from textual.widgets import Static


def safe(text: str, style: str | Style = "") -> Content:
    """Give `text` as content that is shown as it is: cleaned, and with nothing in it taken for markup."""
    return Content.styled(clean(text), style) if style else Content(clean(text))


def own_markup(text: str, table: Sequence[Key]) -> Content:
    """Give our own words in markup, the ids of commands in them (`<app.undo>`) as the keys of `table`."""
    return Content.from_markup(spelled(text, table, markup=True))


def put(widget: Static, words: Content) -> None:
    """Show content in a widget; what comes from outside got into it through `safe`."""
    widget.update(words)


def verbatim(text: str) -> str:
    """Give text from outside for a line that is said: an id such as `<app.undo>` in it is no key, but words.

    A word joiner behind each `<` sees to that; `plain` takes it out again when the line is shown.
    """
    return plain(text).replace("<", "<\u2060")


_OBEYED = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """Give `text` with a sign in place of each character that a terminal would obey; its length and offsets stay.

    It is for words that were cleaned before their offsets were taken: a second lock on the same door.
    """
    return text if text.isascii() and text.isprintable() else _OBEYED.sub("\ufffd", text)


def plain(text: str) -> str:
    """Give `text` cleaned and on one line, for painting cells; clean text keeps its length and so its offsets."""
    return clean(text).replace("\n", " ")
