"""What the article under the cursor is about, without opening it: who speaks, what was tagged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from store.model import Analysis, Article
from tui.counting import count
from tui.origin import source_line
from tui.safe import plain, safe
from tui.theme import SPEAKER_COLOURS

MOST_SPEAKERS = 6
LABEL, GAP = 10, "   "


class Preview(Static):
    """Title, source, speakers with their quotes, tags with their claims."""

    DEFAULT_CSS = """
    Preview { height: auto; max-height: 7; padding: 0 2; border-top: solid $rule; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._head: list[Content] = []
        self._named: list[tuple[str, list[Content]]] = []

    def show(self, article: Article, analysis: Analysis, tags: Sequence[str]) -> None:
        """Show `article`; `tags` are the names of the tags of its claims, one for each use."""
        self._head = [safe(plain(article.title), "bold"), _source(article), Content("")]
        self._named = [("Speakers", _speakers(analysis)), ("Tags", _counted(Counter(tags)))]
        self._lay_out()

    def on_resize(self) -> None:
        """Fit the lists of names into the new room."""
        self._lay_out()

    def _lay_out(self) -> None:
        width = max(LABEL, self.scrollable_content_region.width or 80)
        lines = [line for label, items in self._named for line in flowed(label, items, width)]
        self.update(Content("\n").join([*self._head, *lines]))


def _source(article: Article) -> Content:
    parts = (source_line(article), count(article.words, "word"))
    return safe(plain(" · ".join(part for part in parts if part)), "$muted")


def _speakers(analysis: Analysis) -> list[Content]:
    quoted = Counter(quote.speaker for quote in analysis.quotes)
    unnamed = quoted.pop(None, 0)
    known = [name for name, _ in quoted.most_common() if name]
    parts = [
        Content.assemble(("■ ", f"$speaker-{place % SPEAKER_COLOURS + 1}"), safe(plain(name)), f" {quoted[name]}")
        for place, name in enumerate(known[:MOST_SPEAKERS])
    ]
    if len(known) > MOST_SPEAKERS:
        parts.append(Content(f"and {len(known) - MOST_SPEAKERS} more"))
    if unnamed:
        parts.append(Content.styled(f"· unnamed {unnamed}", "$muted"))
    return parts or [Content.styled("nobody is quoted", "$muted")]


def _counted(tags: Counter[str]) -> list[Content]:
    parts = [Content.assemble(("▌", "$claim"), safe(plain(name)), f" {uses}") for name, uses in tags.most_common(8)]
    return parts or [Content.styled("none yet", "$muted")]


def flowed(label: str, items: Sequence[Content], width: int) -> list[Content]:
    """Put a label before items, under one another where a line of `width` cells is full; an item is never cut in two.

    Only an item that is wider than a line goes on in the next.
    """
    lines: list[list[Content]] = [[]]
    used = LABEL
    for item in items:
        if lines[-1] and used + item.cell_length > width:
            lines.append([])
            used = LABEL
        lines[-1].append(item)
        used += item.cell_length + len(GAP)
    heads = [Content.styled(f"{label:<{LABEL}}", "$muted"), *[Content(" " * LABEL)] * (len(lines) - 1)]
    return [Content.assemble(head, Content(GAP).join(line)) for head, line in zip(heads, lines, strict=True)]
