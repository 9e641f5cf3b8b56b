"""The list that draws only what is in view."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.scrollbar import ScrollBar

from tui.theme import DARK, variables
from tui.widgets.cells import Piece, fit
from tui.widgets.line_list import LineList


class Rows(LineList[str]):
    painted = 0

    def paint(self, row: str, part: int, width: int) -> list[Piece]:
        self.painted += 1
        return [(row, None)]


class Bench(App[None]):
    def compose(self) -> ComposeResult:
        yield Rows()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variables(DARK)

    @property
    def rows(self) -> Rows:
        return self.query_one(Rows)


async def test_a_hundred_thousand_rows_draw_only_those_in_view() -> None:
    app = Bench()
    async with app.run_test(size=(80, 24)) as pilot:
        app.rows.focus()
        app.rows.show_rows([f"row {at}" for at in range(100_000)])
        await pilot.press("G")
        await pilot.pause()
        assert app.rows.current == "row 99999"
        assert app.rows.render_line(23).text.startswith("▌row 99999")
        assert app.rows.painted < 200


@pytest.mark.parametrize("height", [1, 2])
async def test_the_cursor_stays_in_view(height: int) -> None:
    app = Bench()
    async with app.run_test(size=(40, 12)) as pilot:
        app.rows.focus()
        app.rows.set_row_height(height)
        app.rows.show_rows([f"row {at}" for at in range(100)])
        for key in ("ctrl+d", "pagedown", "j", "j", "G", "b", "k", "ctrl+u", "g", "space", "space"):
            await pilot.press(key)
            await pilot.pause()
            top = app.rows.cursor * height
            assert app.rows.scroll_offset.y <= top
            assert top + height <= app.rows.scroll_offset.y + app.rows.size.height


async def test_the_cursor_stays_on_its_row_when_rows_come_before_it_and_in_place_when_it_goes() -> None:
    app = Bench()
    async with app.run_test() as pilot:
        app.rows.show_rows(["b", "c", "d"])
        app.rows.go_to(1)
        app.rows.show_rows(["a", "b", "c", "d"])
        assert app.rows.current == "c"
        app.rows.show_rows(["a", "b", "d"])
        assert app.rows.current == "d"
        app.rows.show_rows([])
        assert app.rows.current is None
        await pilot.press("j", "k", "G")
        app.rows.show_rows(["z"])
        assert app.rows.current == "z"


async def test_the_wheel_scrolls_and_a_click_chooses_the_row_seen_there() -> None:
    app = Bench()
    async with app.run_test(size=(40, 12)) as pilot:
        app.rows.show_rows([f"row {at}" for at in range(100)])
        await pilot.pause()
        app.rows.scroll_to(y=30, animate=False)
        await pilot.pause()
        await pilot.click(Rows, offset=Offset(5, 3))
        assert app.rows.current == "row 33"


@pytest.mark.parametrize("place", [0, 1, 37, 500, 988])
async def test_the_bar_beside_the_rows_looks_like_textuals_own(place: int) -> None:
    app = Bench()
    async with app.run_test(size=(40, 12)) as pilot:
        app.rows.show_rows([f"row {at}" for at in range(1000)])
        await pilot.pause()
        for at in (500, place):
            app.rows.scroll_to(y=at, animate=False)
            await pilot.pause()
            bar = app.rows.vertical_scrollbar
            whole = bar.size.region
            assert bar.display
            assert bar.render_lines(whole) == ScrollBar.render_lines(bar, whole)


async def test_the_bar_beside_the_rows_is_dragged_and_clicked() -> None:
    app = Bench()
    async with app.run_test(size=(40, 12)) as pilot:
        app.rows.show_rows([f"row {at}" for at in range(100)])
        await pilot.pause()
        await pilot.mouse_down(offset=(39, 0))
        await pilot.hover(offset=(39, 6))
        await pilot.mouse_up(offset=(39, 6))
        dragged = app.rows.scroll_offset.y
        assert dragged > 30
        await pilot.mouse_down(offset=(39, 0))
        await pilot.pause()
        await pilot.mouse_up(offset=(39, 0))
        await pilot.wait_for_scheduled_animations()
        assert app.rows.scroll_offset.y < dragged


@pytest.mark.parametrize("text", ["plain", "日本経済新聞", "a日b本", "e\u0301té", "👨‍👩‍👧 family", "", "الشرع"])
@pytest.mark.parametrize("width", [0, 1, 2, 3, 5, 8, 20])
def test_text_is_cut_and_filled_to_exact_cells(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width
    assert cell_len(fit(text, width, right=True)) == width
