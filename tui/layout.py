"""An article's text in rows of cells: wrapping, and the way from an offset to a cell and back. Knows no screen.

A row is made of pieces: stretches of the text, and words put between them (a speaker's name, tags) that belong to no
offset. Widths are cells as the terminal counts them; offsets are code points into the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from rich.cells import cell_len

from store.model import Block, Span

_NARROW = re.compile(
    r"[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037b-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e€₽₹№™−×]*"
)
_CLUSTER = re.compile(
    r"[\U0001F1E6-\U0001F1FF]{2}|.[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    r"\u0900-\u0903\u093a-\u094f\u200c\u20d0-\u20ff\ufe00-\ufe0f\U0001F3FB-\U0001F3FF]*(?:\u200d.[\ufe0f]?)*",
    re.DOTALL,
)
_UNSPACED = re.compile(r"[\u2e80-\u30ff\u31f0-\u9fff\uf900-\ufaff\uff00-\uff9f\U00020000-\U0003ffff]")
_NEVER_FIRST = re.compile(
    r"[\u0300-\u036f\u200d\u3099\u309a\ufe00-\ufe0f\U000E0100-\U000E01EF"
    r"、。，．：；？！」』）］｝】〉》〕・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ…‥,.:;?!)\]}”’»%％]"
)
_NEVER_LAST = frozenset("「『（［｛【〈《〔([{“‘«\u200d")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LEFT_TO_RIGHT = re.compile(r"[A-Za-z\u00c0-\u02af\u0370-\u052f]")
LET_GO = 1000  # rows


class Piece(Struct, frozen=True, gc=False):
    """A stretch of the text, or `words` put in at `start` (then `start` equals `end`)."""

    start: int
    end: int
    words: str = ""


class Row(Struct, frozen=True, gc=False):
    """One row: the offsets it stands for (those of a space at its end too), and what is drawn from cell `left` on.

    `kind` is the block's kind, or `blank`; `first` says that its block begins here. A blank row stands for the end of
    the block before.
    """

    start: int
    end: int
    kind: str
    pieces: tuple[Piece, ...]
    left: int = 0
    first: bool = False


Puts = tuple[tuple[int, str], ...]


class Layout:
    """The rows of `text` in `width` cells; `inserts` are words to be put in, by the offset that they follow.

    What did not change since the layout `before` is taken from there. `part` asks for the paragraphs about that stretch
    only, which is quick in a text of any length. `lines` are what `lines_of` gives, if that is known. It ends
    where it is once `stopped` says so, and is then of no use.
    """

    def __init__(
        self,
        text: str,
        blocks: Sequence[Block],
        width: int,
        inserts: Mapping[int, str] | None = None,
        *,
        before: Layout | None = None,
        part: Span | None = None,
        lines: list[tuple[Block, bool]] | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self.text, self.blocks, self.width, self.part = text, blocks, max(8, width), part
        self.rows: list[Row] = []
        known: dict[tuple[int, Puts], tuple[Row, ...]] = {}
        same = before is not None and before.text == text and before.blocks == blocks
        self.lines: list[tuple[Block, bool]] = lines or (before.lines if before and same else lines_of(text, blocks))
        if before and same and before.width == self.width:
            known = before._known
        self._known: dict[tuple[int, Puts], tuple[Row, ...]] = {}
        self._lay_out(sorted((inserts or {}).items()), known, stopped)
        self._starts = [row.start for row in self.rows]

    def knows_most(self, text: str, width: int) -> bool:
        """Say whether a layout of this text in this width would take its rows from here."""
        return self.part is None and self.text == text and self.width == max(8, width)

    def let_go(self) -> None:
        """Empty it bit by bit when nobody needs it any more: all rows at once would hold up other threads."""
        while self._known:
            self._known.popitem()
        while self.rows:
            del self.rows[-LET_GO:]

    def _lay_out(
        self,
        puts: Sequence[tuple[int, str]],
        known: Mapping[tuple[int, Puts], tuple[Row, ...]],
        stopped: Callable[[], bool],
    ) -> None:
        at = 0
        for block, apart in self._wanted():
            if stopped():
                return
            while at < len(puts) and puts[at][0] <= block.start:
                at += 1
            upto = at
            while upto < len(puts) and puts[upto][0] <= block.end:
                upto += 1
            if self.rows and apart:
                end = self.rows[-1].end
                self.rows.append(Row(end, end, "blank", ()))
            key = (block.start, tuple(puts[at:upto]))
            rows = known.get(key)
            self._known[key] = rows = tuple(self._block(block, key[1])) if rows is None else rows
            self.rows.extend(rows)
            at = upto

    def _wanted(self) -> Sequence[tuple[Block, bool]]:
        if self.part is None:
            return self.lines
        first = bisect_right(self.lines, self.part[0], key=lambda line: line[0].start) - 1
        last = bisect_right(self.lines, self.part[1], key=lambda line: line[0].start)
        return self.lines[max(0, first) : last]

    def _block(self, block: Block, puts: Puts) -> Iterator[Row]:
        indent = 2 if block.kind in ("quote", "list") else 0
        shown, source = _with_inserts(self.text, block, puts)
        right = reads_right_to_left(shown)
        first = True
        for start, end, bare in wrap(shown, self.width - indent):
            pieces = tuple(_pieces(source, start, bare))
            begin, finish = _offset(source, start), _offset(source, end)
            left = self.width - cell_len(shown[start:bare]) if right else indent
            yield Row(begin, block.end if end == len(shown) else finish, block.kind, pieces, left, first)
            first = False

    def stretch(self, number: int) -> Span:
        """Give the part of the text that a row stands for, up to where the next row with text begins."""
        row = self.rows[number]
        if row.kind == "blank":
            return row.start, row.start
        after = number + 1
        while after < len(self.rows) and self.rows[after].kind == "blank":
            after += 1
        return row.start, self.rows[after].start if after < len(self.rows) else max(row.end, len(self.text))

    def row_at(self, offset: int) -> int:
        """Give the row on which the character at `offset` stands; the last one for what lies behind it."""
        at = max(0, bisect_right(self._starts, offset) - 1)
        while at > 0 and self.rows[at].kind == "blank":
            at -= 1
        return at

    def column_at(self, offset: int) -> int:
        """Give the cell, from the left end of the text column, where the character at `offset` is drawn."""
        row = self.rows[self.row_at(offset)]
        cell = row.left
        for piece in row.pieces:
            if not piece.words and offset < piece.end:
                return cell + cell_len(self.text[piece.start : max(piece.start, offset)])
            cell += cell_len(piece.words or self.text[piece.start : piece.end])
        return cell

    def offset_at(self, row_number: int, column: int) -> int:
        """Give the offset of the character drawn nearest to a cell of a row."""
        if not self.rows:
            return 0
        row = self.rows[max(0, min(row_number, len(self.rows) - 1))]
        cell, last = row.left, row.start
        for piece in row.pieces:
            words = piece.words or self.text[piece.start : piece.end]
            cells = cell_len(words)
            if piece.words:
                cell += cells
                continue
            if column < cell + cells:
                return piece.start + _index_at(words, column - cell)
            cell, last = cell + cells, max(piece.start, piece.end - 1)
        return last


def lines_of(text: str, blocks: Sequence[Block]) -> list[tuple[Block, bool]]:
    """Give the lines of a text as blocks of their own, each with whether an empty row belongs above it.

    A line has the kind of the block it begins in, a line in no block is a paragraph: nothing of a text is ever left
    out. Lines of one block stand close together.
    """
    starts = [block.start for block in blocks]
    lines: list[tuple[Block, bool]] = []
    before = end = -1
    while end < len(text):
        start, end = end + 1, text.find("\n", end + 1)
        end = len(text) if end < 0 else end
        if start == end or (text[start].isspace() and text[start:end].isspace()):
            continue
        here = bisect_right(starts, start) - 1
        if here >= 0 and start >= blocks[here].end:
            here = -1
        kind = blocks[here].kind if here >= 0 else "paragraph"
        lines.append((Block(kind, start, end), here < 0 or here != before))
        before = here
    return lines


def reads_right_to_left(text: str) -> bool:
    """Say whether the first letter with a direction reads from right to left."""
    right = _RIGHT_TO_LEFT.search(text)
    if right is None:
        return False
    left = _LEFT_TO_RIGHT.search(text)
    return left is None or right.start() < left.start()


def wrap(text: str, width: int) -> Iterator[tuple[int, int, int]]:
    """Cut one paragraph into rows of at most `width` cells: start, end, and end without the spaces there.

    Rows break after spaces, and between the characters of Chinese and Japanese, where no mark that closes comes first;
    a word longer than a row is cut between characters, never inside one that is drawn as one.
    """
    if not text:
        return
    narrow = _NARROW.fullmatch(text) is not None
    start, length = 0, len(text)
    while start < length:
        limit = min(start + width, length) if narrow else start + _index_after(text, start, width)
        end = limit if limit == length else _break(text, start, limit, narrow)
        bare = start + len(text[start:end].rstrip(" "))
        yield start, end, bare
        start = end


def _break(text: str, start: int, limit: int, narrow: bool) -> int:
    """Give where the row that begins at `start` and has room up to `limit` ends."""
    space = text.rfind(" ", start, limit + 1)
    for at in () if narrow else range(limit, max(space + 1, start), -1):
        if _may_part(text, at):
            return at
    if space <= start:
        return limit
    end = space + 1
    while end < len(text) and text[end] == " ":
        end += 1
    return end


def _may_part(text: str, at: int) -> bool:
    """Say whether a row may end before the character at `at` though no space stands there."""
    before, after = text[at - 1], text[at]
    if after == " " or before in _NEVER_LAST or _NEVER_FIRST.match(after):
        return False
    return _UNSPACED.match(before) is not None or _UNSPACED.match(after) is not None


def _index_after(text: str, start: int, width: int) -> int:
    """Count the characters from `start` that fit into `width` cells; at least one that is drawn."""
    at, cells = start, 0
    while at < len(text):
        cluster = _CLUSTER.match(text, at)
        after = cluster.end() if cluster else at + 1
        cells += cell_len(text[at:after])
        if cells > width and at > start:
            break
        at = after
    return at - start


def beside(text: str, offset: int, away: int) -> int:
    """Give the offset one drawn character on (`away` 1) or back (-1), never inside one that is drawn as one."""
    if away > 0:
        cluster = _CLUSTER.match(text, offset)
        return cluster.end() if cluster else offset
    start = max(0, text.rfind("\n", 0, max(0, offset - 1)) + 1, offset - 64)
    return next((c.start() for c in _CLUSTER.finditer(text, start) if c.end() >= offset), max(0, offset - 1))


def _index_at(words: str, column: int) -> int:
    """Give the index of the character of `words` that covers cell `column`."""
    if _NARROW.fullmatch(words):
        return max(0, min(column, len(words) - 1))
    cells = at = 0
    for cluster in _CLUSTER.finditer(words):
        at = cluster.start()
        cells += cell_len(cluster[0])
        if cells > column:
            break
    return at


def _with_inserts(text: str, block: Block, puts: Sequence[tuple[int, str]]) -> tuple[str, list[tuple[int, Piece]]]:
    """Give a block's text with the words put in, and its pieces by where they begin in that."""
    shown, source, at = "", [], block.start
    for offset, words in puts:
        if offset > at:
            source.append((len(shown), Piece(at, offset)))
            shown += text[at:offset]
        source.append((len(shown), Piece(offset, offset, words)))
        shown += words
        at = offset
    if at < block.end:
        source.append((len(shown), Piece(at, block.end)))
        shown += text[at : block.end]
    return shown, source


def _pieces(source: Sequence[tuple[int, Piece]], start: int, end: int) -> Iterator[Piece]:
    """Cut the pieces of a row out of those of its block; `start` and `end` count in the block with its inserts."""
    for begin, piece in source:
        length = len(piece.words) or piece.end - piece.start
        low, high = max(start, begin), min(end, begin + length)
        if low >= high:
            continue
        if piece.words:
            yield Piece(piece.start, piece.start, piece.words[low - begin : high - begin])
        else:
            yield Piece(piece.start + low - begin, piece.start + high - begin)


def _offset(source: Sequence[tuple[int, Piece]], at: int) -> int:
    """Give the offset in the text of a place in a block with its inserts."""
    found = 0
    for begin, piece in source:
        if begin > at:
            break
        found = piece.start if piece.words else min(piece.end, piece.start + at - begin)
    return found
