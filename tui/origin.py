"""Where an article comes from, in one line."""

from __future__ import annotations

from store.model import Article
from tui.dates import full


def source_line(article: Article) -> str:
    """Give outlet, who republished it, the day, and authors; a day that was inferred marked as such."""
    day = full(article.published or "")
    if day and article.published_inferred:
        day += " (inferred)"
    via = f"via {article.aggregator}" if article.aggregator else ""
    return " · ".join(part for part in (article.outlet, via, day, ", ".join(article.authors)) if part)
