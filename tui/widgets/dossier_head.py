"""The figures of a dossier, and the small plot of when it was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from textual.strip import Strip
from textual.widget import Widget

from tui.plot import plot
from tui.widgets.cells import Piece, fit, line


class DossierHead(Widget):
    """Three lines: what there is, what is still open, and when."""

    COMPONENT_CLASSES = {"head--muted", "head--accent"}  # noqa: RUF012 - as Textual declares it
    DEFAULT_CSS = """
    DossierHead {
        height: 3; padding: 0 1;
        & > .head--muted { color: $muted; }
        & > .head--accent { color: $claim; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._figures: Sequence[str] = ()
        self._open: Sequence[str] = ()
        self._days: Mapping[str, int] = {}

    def show(self, figures: Sequence[str], open_ends: Sequence[str], days: Mapping[str, int]) -> None:
        """Show other figures; `days` says how much falls on each day or month."""
        self._figures, self._open, self._days = figures, open_ends, days
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        width = self.size.width
        muted, accent = (self.get_component_rich_style(name, partial=True) for name in ("head--muted", "head--accent"))
        if y == 0:
            pieces: list[Piece] = [(fit(_joined(self._figures, width), width), None)]
        elif y == 1:
            pieces = [(fit(_joined(self._open, width), width), accent if self._open else muted)]
        else:
            pieces = []
            for bar in plot(self._days, width):
                pieces += [(f"{bar.name} ", muted), (bar.bar, accent), (f" {bar.count}   ", None)]
        return line(pieces, width, self.rich_style)


def _joined(parts: Sequence[str], width: int) -> str:
    """Join as many parts as fit whole."""
    text = ""
    for part in parts:
        longer = f"{text} · {part}" if text else part
        if text and cell_len(longer) > width:
            break
        text = longer
    return text
