"""An article's text in rows of cells, with quotes and claims marked and a margin. Draws only what is in view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import work
from textual.geometry import Size
from textual.strip import Strip
from textual.worker import get_current_worker

from store.model import Span
from tui.layout import Layout, Piece, reads_right_to_left, wrap
from tui.motions import Units
from tui.safe import plain, visible
from tui.theme import SPEAKER_COLOURS
from tui.widgets.cells import fit
from tui.widgets.ink import (
    GLUE,
    FoundLayer,
    Ink,
    Layer,
    QuoteMark,
    Reading,
    RowInk,
    claim_strokes,
    inserts,
    quote_strokes,
)
from tui.widgets.scrolling import Scrolling

MEASURE = 80
MARGIN = 6
AT_ONCE = 100_000  # characters that are laid out while the screen waits: some 30 ms
PLAIN_UNDER = 60  # narrower than this there is no margin: names and tags stand in the text


class TextView(Scrolling, inherit_bindings=False):
    """One article, without a cursor; what moves over it is a subclass's."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "text--title",
        "text--muted",
        "text--subhead",
        "text--quote",
        "text--dim",
        "text--claim",
        "text--tag",
        "text--bar",
        "text--sign",
        "text--found",
        "text--selected",
        "text--cursor",
        "text--label",
        *(f"text--speaker-{number}" for number in range(1, SPEAKER_COLOURS + 1)),
    }
    DEFAULT_CSS = (
        """
    TextView {
        width: 1fr; height: 1fr; overflow-x: hidden; scrollbar-gutter: stable; scrollbar-size-vertical: 1;
        & > .text--title { text-style: bold; }
        & > .text--muted { color: $muted; }
        & > .text--subhead { text-style: bold; color: $subhead; }
        & > .text--quote { text-style: underline; }
        & > .text--dim { color: $muted; }
        & > .text--claim { text-style: bold; }
        & > .text--tag { color: $claim; text-style: italic; }
        & > .text--bar { color: $claim; text-style: bold; }
        & > .text--sign { color: $foreground; text-style: bold; }
        & > .text--found { background: $hit; color: $hit-text; text-style: bold; }
        & > .text--selected { background: $row; color: $row-text; text-style: bold reverse; }
        & > .text--cursor { text-style: reverse; }
        & > .text--label { color: $alarm; text-style: bold reverse; }
    """
        + "\n".join(
            f"        & > .text--speaker-{number} {{ color: $speaker-{number}; }}"
            for number in range(1, SPEAKER_COLOURS + 1)
        )
        + "\n    }\n"
    )

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.reading = Reading()
        self.units = Units("", ())
        self.narrow = self.bare = False
        self.measure = MEASURE
        self._head: list[tuple[int, str, str]] = []
        self._layout = Layout("", (), MEASURE)
        self._laid_for = (0, False)
        self._outworn: list[Layout] = []
        self._ink = Ink()
        self._quoted: tuple[Sequence[QuoteMark], frozenset[int] | None, Layer] = ((), None, Layer())
        self._found: list[Span] = []
        self._only: frozenset[int] | None = None
        self._labels: dict[int, str] = {}
        self._drawn: dict[int, Strip] = {}
        self._looks: dict[str, Style] = {}

    def put(self, reading: Reading) -> bool:
        """Show an article; say whether its text is another one."""
        before, self.reading = self.reading, reading
        other_text = reading.text != before.text
        if other_text:
            self.units = Units(reading.text, reading.blocks)
            self._layout = Layout(reading.text, reading.blocks, MEASURE, part=(0, 0), lines=self.units.lines)
            self._found = []
        if len(reading.quotes) != len(before.quotes) or other_text:
            self._only = None
        self.lay_out()
        return other_text

    def mark_found(self, spans: Sequence[Span]) -> None:
        """Mark the places that a search found."""
        self._found = list(spans)
        self._repaint()

    def only(self, quotes: Iterable[int] | None) -> None:
        """Dim all quotes but those with these numbers; None dims none."""
        self._only = None if quotes is None else frozenset(quotes)
        self._repaint()

    def show_labels(self, labels: dict[int, str]) -> None:
        """Show letters over the text, by the offset of the character that the first one covers."""
        self._labels = labels
        self._drawn.clear()
        self.refresh()

    @property
    def in_view(self) -> Span:
        """The stretch of the text that is in view."""
        rows = self._layout.rows
        top = self.scroll_offset.y - len(self._head)
        bottom = top + self.scrollable_content_region.height
        shown = rows[max(0, top) : max(0, bottom)]
        return (shown[0].start, shown[-1].end) if shown else (0, 0)

    @property
    def only_quotes(self) -> frozenset[int] | None:
        """The numbers of the quotes that are not dimmed; None when none is."""
        return self._only

    @property
    def rows(self) -> int:
        """How many rows there are, the head's among them."""
        return len(self._head) + len(self._layout.rows)

    @property
    def share_seen(self) -> float:
        """How much of the article lies above the lower edge of the view, 0 to 1."""
        height = self.scrollable_content_region.height
        if self._layout.part is not None and height:
            return self.in_view[1] / max(1, len(self.reading.text))
        return min(1.0, (self.scroll_offset.y + height) / self.rows) if self.rows and height else 0.0

    @property
    def title_is_above(self) -> bool:
        """Whether the head of the article is out of view."""
        return self.scroll_offset.y >= len(self._head) > 0

    def lay_out(self) -> None:
        """Put the text into rows for the room there is; of a long one first the part in view, the rest in a worker."""
        width = self.scrollable_content_region.width or 80
        self._laid_for = (width, self.narrow)
        measure = max(8, min(self.measure, width - self._margin_cells - 1))
        puts = {} if self.bare else inserts(self.reading, names=self.narrow)
        text, blocks, before = self.reading.text, self.reading.blocks, self._layout
        self.workers.cancel_group(self, "layout")
        if len(text) <= AT_ONCE or before.knows_most(text, measure):
            self._take_layout(Layout(text, blocks, measure, puts, before=before))
            return
        here = self._about()
        part = (max(0, here - AT_ONCE // 16), here + AT_ONCE // 8)
        self._take_layout(Layout(text, blocks, measure, puts, before=before, part=part))
        self._outworn.append(before)
        self.call_after_refresh(self._lay_out_rest, self._layout, puts)  # first of all the part is drawn

    @property
    def fits(self) -> bool:
        """Whether the text is laid out for the room there is."""
        return self._laid_for == (self.scrollable_content_region.width, self.narrow)

    def _about(self) -> int:
        """Give the offset that has to be in view before all else."""
        return self.in_view[0]

    def _lay_out_rest(self, part: Layout, puts: dict[int, str]) -> None:
        if self._layout is part and self.is_attached:
            outworn, self._outworn = self._outworn, []
            self._lay_out_whole(part, puts, outworn)

    @work(thread=True, exclusive=True, group="layout", exit_on_error=False, description="layout")
    def _lay_out_whole(self, part: Layout, puts: dict[int, str], outworn: list[Layout]) -> None:
        worker = get_current_worker()
        for before in outworn:
            before.let_go()
        whole = Layout(part.text, part.blocks, part.width, puts, before=part, stopped=lambda: worker.is_cancelled)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._complete, part, whole)

    def _complete(self, part: Layout, whole: Layout) -> None:
        """Show the whole in place of a part of it, the rows in view staying where they are."""
        if self._layout is not part or not self.is_mounted:
            return
        top = self.scroll_offset.y - len(self._head)
        offset = part.rows[top].start if 0 <= top < len(part.rows) else None
        self._take_layout(whole)
        if offset is not None:
            self.scroll_to(y=whole.row_at(offset) + len(self._head), animate=False, force=True)
        self._completed()

    def _completed(self) -> None:
        """Do what waited for the whole text to be laid out."""

    def _take_layout(self, layout: Layout) -> None:
        self._layout, self._head = layout, []
        begins = layout.part is None or layout.part[0] == 0
        for place, words in enumerate(map(plain, self.reading.head) if begins else ()):
            look = "text--muted" if place else "text--title"
            lines = [words[start:bare] for start, _, bare in wrap(words, layout.width)]
            right = reads_right_to_left(words)
            self._head += [(layout.width - cell_len(line) if right else 0, line, look) for line in lines]
        self._head += [(0, "", "text--muted")] if self._head else []
        self.virtual_size = Size(self.scrollable_content_region.width or 80, self.rows + 1)
        self._repaint()

    def _repaint(self) -> None:
        quotes = self.reading.quotes
        if self._quoted[0] is not quotes or self._quoted[1] != self._only:
            self._quoted = (quotes, self._only, Layer(list(quote_strokes(self.reading, self._only))))
        marks = () if self.bare else (self._quoted[2], Layer(list(claim_strokes(self.reading))))
        self._ink = Ink(*marks, FoundLayer(self._found))
        self._drawn.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        """Draw all anew in other colours."""
        self._looks.clear()
        self._drawn.clear()
        super().notify_style_update()

    # Drawing

    @property
    def line_cells(self) -> int:
        """How many cells the lines of the text have."""
        return self._layout.width

    @property
    def _margin_cells(self) -> int:
        return 1 if self.narrow or self.bare else MARGIN

    @property
    def _indent(self) -> int:
        free = self.size.width - 1 - self._margin_cells - self._layout.width
        return max(0, free // 2)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view; what was drawn is kept until something on it changes."""
        place, width = y + self.scroll_offset.y, self.size.width
        strip = self._drawn.get(place)
        if strip is None or strip.cell_length != width:
            base = self.visual_style.rich_style
            strip = Strip(list(self._segments(place, base))).adjust_cell_length(width, base)
            strip = (self._labelled(strip, place, base) if self._labels else strip).simplify()
            self._drawn[place] = strip
        return strip

    def _labelled(self, strip: Strip, place: int, base: Style) -> Strip:
        """Put the letters of the labels on this row over its cells."""
        number = place - len(self._head)
        if not 0 <= number < len(self._layout.rows):
            return strip
        row, look, width = self._layout.rows[number], base + self._look("text--label"), strip.cell_length
        begin = self._indent + self._margin_cells
        for offset, label in self._labels.items():
            if row.start <= offset < row.end and row.kind != "blank":
                at = min(begin + self._layout.column_at(offset), width - len(label))
                cut = strip.divide([at, at + len(label), width])
                strip = Strip.join([cut[0], Strip([Segment(label, look)]), *cut[2:]])
        return strip

    def _segments(self, place: int, base: Style) -> Iterable[Segment]:
        if place >= self.rows:
            return
        yield Segment(" " * self._indent, base)
        if place < len(self._head):
            left, words, look = self._head[place]
            yield Segment(" " * (self._margin_cells + left) + words, base + self._look(look))
            return
        number = place - len(self._head)
        row = self._layout.rows[number]
        ink = self._ink.on(*self._layout.stretch(number))
        yield from self._margin(ink, base)
        yield Segment(" " * row.left, base)
        ground = base + self._look("text--subhead") if row.kind == "subhead" else base
        for piece in row.pieces:
            if piece.words:
                yield Segment(piece.words.replace(GLUE, " "), base + self._look("text--tag"))
            else:
                yield from self._painted(ink, piece, ground)

    def _margin(self, ink: RowInk, base: Style) -> Iterable[Segment]:
        if self._margin_cells == 1:
            yield Segment("▌" if ink.bar else " ", base + self._look("text--bar"))
            return
        room = 4 - len(ink.sign)
        if ink.sign:
            yield Segment(ink.sign, base + self._look("text--sign"))
        yield Segment(fit(ink.label, room, right=True), base + self._look(ink.label_look))
        yield Segment("▌ " if ink.bar else "  ", base + self._look("text--bar"))

    def _painted(self, ink: RowInk, piece: Piece, base: Style) -> Iterable[Segment]:
        looks = [
            (span, look) for span, look in (*ink.looks, *self.moving()) if span[0] < piece.end and piece.start < span[1]
        ]
        cuts = {piece.start, piece.end}
        for span, _ in looks:
            cuts.update(at for at in span if piece.start < at < piece.end)
        edges = sorted(cuts)
        for start, end in pairwise(edges):
            style = base
            for span, look in looks:
                if span[0] <= start < span[1]:
                    style += self._look(look)
            yield Segment(visible(self.reading.text[start:end]), style)

    def moving(self) -> list[tuple[Span, str]]:
        """Give what is painted over all else: spans with the names of their looks."""
        return []

    def _look(self, name: str) -> Style:
        if name not in self._looks:
            self._looks[name] = self.get_component_rich_style(name, partial=True)
        return self._looks[name]

    def offset_of(self, x: int, y: int) -> int:
        """Give the offset of the text under a cell of the view."""
        number = y + self.scroll_offset.y - len(self._head)
        column = x - self._indent - self._margin_cells
        return self._layout.offset_at(number, column)
