"""What the article under the cursor is about, without opening it: who speaks, what was tagged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from store.model import Analysis, Article
from tui import dates
from tui.counting import count
from tui.safe import plain, safe
from tui.theme import SPEAKER_COLOURS

MOST_SPEAKERS = 6


class Preview(Static):
    """Title, source, speakers with their quotes, tags with their claims."""

    DEFAULT_CSS = """
    Preview { height: auto; max-height: 7; padding: 0 2; border-top: solid $rule; }
    """

    def show(self, article: Article, analysis: Analysis, tags: Sequence[str]) -> None:
        """Show `article`; `tags` are the names of the tags of its claims, one for each use."""
        self.update(
            Content("\n").join(
                [
                    safe(plain(article.title), "bold"),
                    _source(article),
                    Content(""),
                    _labelled("Speakers", _speakers(analysis)),
                    _labelled("Tags", _counted(Counter(tags))),
                ]
            )
        )


def _source(article: Article) -> Content:
    day = dates.parse(article.published)
    parts = [
        article.outlet or "",
        f"by way of {article.aggregator}" if article.aggregator else "",
        (dates.long(day) + (" (inferred)" if article.published_inferred else "")) if day else "",
        ", ".join(article.authors),
        count(article.words, "word"),
    ]
    return safe(plain(" · ".join(part for part in parts if part)), "$muted")


def _speakers(analysis: Analysis) -> Content:
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
    return Content("   ").join(parts) if parts else Content.styled("nobody is quoted", "$muted")


def _counted(tags: Counter[str]) -> Content:
    if not tags:
        return Content.styled("none yet", "$muted")
    return Content("   ").join(
        Content.assemble(("▌", "$claim"), safe(plain(name)), f" {uses}") for name, uses in tags.most_common(8)
    )


def _labelled(label: str, words: Content) -> Content:
    return Content.assemble((f"{label:<10}", "$muted"), words)
