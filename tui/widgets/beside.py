"""The text of the article under the cursor, beside the list, where there is room for both."""

from __future__ import annotations

from tui.widgets.text_view import TextView


class Beside(TextView, can_focus=False, inherit_bindings=False):
    """Shows an article to look into it; the keys stay with the list, the wheel scrolls the text."""

    DEFAULT_CSS = """
    Beside { border-left: solid $rule; }
    """

    def on_resize(self) -> None:
        """Lay the text out for the new room."""
        self.lay_out()
