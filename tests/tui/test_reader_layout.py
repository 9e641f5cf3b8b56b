"""Laying an article's text out: every character has its cell, and no row is wider than the room."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from store.model import Block
from tui.layout import Layout, reads_right_to_left, wrap

CLUSTERS = [
    *"ab Z9.,“”—–é ",
    "日",
    "本",
    "、",
    "」",
    "한",
    "e\u0301",
    "👨\u200d👩\u200d👧",
    "🇫🇷",
    "👍🏽",
    "ع",
    "ب",
    "\u0628\u064e",
    "ש",
    "क\u093f",
    "\u00a0",
    "x" * 30,
]
texts = st.lists(st.sampled_from(CLUSTERS), max_size=60).map("".join)
lines = st.lists(texts, min_size=1, max_size=5)
words = st.lists(st.text(alphabet="abcdé“”’.,", min_size=1, max_size=9), min_size=1, max_size=40)
widths = st.integers(min_value=8, max_value=60)


def paragraphs(parts: list[str]) -> tuple[str, list[Block]]:
    blocks, at = [], 0
    for part in parts:
        blocks.append(Block("paragraph", at, at + len(part)))
        at += len(part) + 2
    return "\n\n".join(parts), blocks


def drawn(layout: Layout, number: int) -> str:
    row = layout.rows[number]
    return " " * row.left + "".join(piece.words or layout.text[piece.start : piece.end] for piece in row.pieces)


@given(words, st.integers(min_value=10, max_value=40))
def test_words_break_where_textual_would_break_them(parts: list[str], width: int) -> None:
    text = " ".join(parts)
    ours = [text[start:bare] for start, _, bare in wrap(text, width)]
    theirs = [line.plain.rstrip() for line in Content(text).wrap(width)]
    assert ours == theirs


@given(texts, st.integers(min_value=2, max_value=40))
def test_rows_follow_each_other_without_a_gap_and_none_is_empty(text: str, width: int) -> None:
    rows = list(wrap(text, width))
    assert [start for start, _, _ in rows] == ([0, *(end for _, end, _ in rows[:-1])] if text else [])
    assert not text or rows[-1][1] == len(text)
    assert all(start < end and start <= bare <= end for start, end, bare in rows)


@given(lines, widths)
@example(["日本" * 40], 9)
@example(["👨\u200d👩\u200d👧" * 20], 8)
def test_no_row_is_wider_than_the_room(parts: list[str], width: int) -> None:
    text, blocks = paragraphs(parts)
    layout = Layout(text, blocks, width)
    for number in range(len(layout.rows)):
        assert cell_len(drawn(layout, number)) <= width


@given(lines, widths)
def test_every_character_but_spaces_at_row_ends_is_drawn_once_and_in_order(parts: list[str], width: int) -> None:
    text, blocks = paragraphs(parts)
    layout = Layout(text, blocks, width)
    shown = [at for row in layout.rows for piece in row.pieces for at in range(piece.start, piece.end)]
    assert shown == sorted(set(shown))
    missing = set(range(len(text))) - set(shown)
    assert all(text[at].isspace() for at in missing)


@given(lines, widths, st.data())
def test_an_offset_leads_to_a_cell_and_the_cell_back_to_the_same_character(
    parts: list[str], width: int, data: st.DataObject
) -> None:
    text, blocks = paragraphs(parts)
    layout = Layout(text, blocks, width)
    shown = [at for row in layout.rows for piece in row.pieces for at in range(piece.start, piece.end)]
    whole = [at for at in shown if text[at] in "ab Z9.,“”—–é日本、」한عבשx"]
    if not whole:
        return
    offset = data.draw(st.sampled_from(whole))
    row, column = layout.row_at(offset), layout.column_at(offset)
    assert 0 <= column < layout.width
    assert layout.offset_at(row, column) == offset
    if cell_len(text[offset]) == 2:
        assert layout.offset_at(row, column + 1) == offset


@given(lines, widths, st.data())
def test_what_is_put_between_the_words_changes_no_offset(parts: list[str], width: int, data: st.DataObject) -> None:
    text, blocks = paragraphs(parts)
    at = data.draw(st.integers(min_value=0, max_value=len(text)))
    layout = Layout(text, blocks, width, {at: " #a tag"})
    bare = Layout(text, blocks, width)
    offsets = [offset for row in layout.rows for piece in row.pieces for offset in range(piece.start, piece.end)]
    plain = [offset for row in bare.rows for piece in row.pieces for offset in range(piece.start, piece.end)]
    assert [at for at in offsets if not text[at].isspace()] == [at for at in plain if not text[at].isspace()]
    for number in range(len(layout.rows)):
        assert cell_len(drawn(layout, number)) <= width
    for row_number, row in enumerate(layout.rows):
        for piece in row.pieces:
            if not piece.words:
                assert layout.row_at(piece.start) == row_number


def test_a_tag_stands_behind_the_words_it_is_about() -> None:
    text, blocks = paragraphs(["Prices rose again. Wages did not.", "Nobody knows why."])
    layout = Layout(text, blocks, 60, {18: " #prices"})
    assert drawn(layout, 0) == "Prices rose again. #prices Wages did not."
    assert layout.offset_at(0, cell_len("Prices rose again. #prices ")) == 19


def test_a_paragraph_that_reads_from_the_right_stands_at_the_right_edge() -> None:
    text, blocks = paragraphs(["قال الوزير إن الأسعار ترتفع.", "The minister said prices rise."])
    layout = Layout(text, blocks, 50)
    assert layout.rows[0].left == 50 - cell_len("قال الوزير إن الأسعار ترتفع.")
    assert layout.rows[2].left == 0


def test_the_first_letter_with_a_direction_decides() -> None:
    assert reads_right_to_left("«قال» BBC")
    assert not reads_right_to_left("BBC: «قال»")
    assert not reads_right_to_left("12.5%")


def test_a_line_break_inside_a_paragraph_begins_a_row() -> None:
    text = "Roses are red,\nviolets are blue."
    layout = Layout(text, [Block("paragraph", 0, len(text))], 60)
    assert [drawn(layout, number) for number in range(2)] == ["Roses are red,", "violets are blue."]
    assert layout.row_at(text.index("violets")) == 1


def test_an_article_without_blocks_is_laid_out_by_its_lines() -> None:
    text = "One.\n\nTwo."
    layout = Layout(text, [], 60)
    assert [drawn(layout, number) for number in range(3)] == ["One.", "", "Two."]


def test_words_between_the_blocks_are_shown_too() -> None:
    text = "Left out by mistake.\n\nA paragraph."
    layout = Layout(text, [Block("paragraph", 22, len(text))], 60)
    assert drawn(layout, 0) == "Left out by mistake."


def test_a_layout_that_nobody_waits_for_any_more_ends_before_the_next_paragraph() -> None:
    text = "\n\n".join(["one two three four"] * 100)
    asked = iter([False] * 3 + [True] * 100)
    layout = Layout(text, (), 10, stopped=lambda: next(asked))
    assert layout.rows[-1].end == text.index("\n\n", 50)


def test_japanese_breaks_between_characters_and_begins_no_row_with_a_mark_that_closes() -> None:
    text = "知事は「学校に三百億円を使う」と述べた。会見は都庁で開かれ、多くの記者が出席した。"
    for width in range(8, 60):
        rows = [text[start:end] for start, end, _ in wrap(text, width)]
        assert not any(row[0] in "」。、" for row in rows)
        assert not any(row[-1] in "「" for row in rows)
        assert all(cell_len(row) > width - 5 for row in rows[:-1])


def test_a_word_put_into_japanese_leaves_no_row_half_empty() -> None:
    text, blocks = paragraphs(["東京都の小池百合子知事は月曜日、来年度は学校に三百億円を使うと述べた。" * 2])
    layout = Layout(text, blocks, 40, {9: " #予算 "})
    assert "小池百合子 #予算 知事は" in drawn(layout, 0)
    assert cell_len(drawn(layout, 0)) > 36
