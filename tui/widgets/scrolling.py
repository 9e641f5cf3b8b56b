"""What scrolls, with a bar beside it that costs little to draw."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.filter import LineFilter
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip


class LightBar(ScrollBar):
    """Textual's bar, which draws each of its lines like one of a whole widget; most of them are the same, though."""

    _drawn_as: tuple[object, ...] = ()
    _drawn: Sequence[Strip] = ()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw those lines of the bar that lie in `crop`."""
        bar, filters = self.render(), self.get_line_filters()
        if not isinstance(bar, ScrollBarRender):
            return super().render_lines(crop)
        wanted = (self.size, bar.virtual_size, bar.window_size, bar.position, bar.style, *filters)
        if wanted != self._drawn_as:
            self._drawn_as, self._drawn = wanted, self._draw(bar, filters)
        return [self._drawn[y] for y in crop.line_range]

    def _draw(self, bar: ScrollBarRender, filters: Sequence[LineFilter]) -> list[Strip]:
        width, height = self.size
        style = self.app.console.get_style(bar.style)
        back, front = style.bgcolor, style.color
        if back is None or front is None:
            return [Strip.blank(width, style)] * height
        segments = bar.render_bar(
            height, bar.virtual_size, bar.window_size, bar.position, width, True, back, front
        ).segments
        base, ground = self.visual_style.rich_style, self.background_colors[1]
        strips: dict[int, Strip] = {}
        for segment in segments:
            if id(segment) not in strips:
                strip = Strip([Segment(segment.text, base + segment.style)], width)
                for each in filters:
                    strip = strip.apply_filter(each, ground)
                strips[id(segment)] = strip
        return [strips[id(segment)] for segment in segments]


class Scrolling(ScrollView, inherit_bindings=False):
    """A view that draws its own lines and scrolls through them."""

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The bar beside the lines, made when it is first needed."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = LightBar(name="vertical", thickness=self.scrollbar_size_vertical)
            self._vertical_scrollbar.display = False
            self.app._start_widget(self, self._vertical_scrollbar)
        return self._vertical_scrollbar
