"""What the reader shows beside the text, and what it copies out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.model import DOUBTFUL, Claim, Span
from tui.safe import verbatim
from tui.screens.page import app_of
from tui.screens.reader_base import ReaderBase

if TYPE_CHECKING:
    from store.dossier.records import Subject


class Shows(ReaderBase):
    """The part of the reader that shows and copies."""

    def action_why(self) -> None:
        """Say why this speaker."""
        quote = self.quote_here()
        if quote is None:
            return
        doubt = (
            "   in doubt: <reader.correct> corrects, <reader.confirm> confirms" if quote.confidence < DOUBTFUL else ""
        )
        via = f"   carried by {verbatim(quote.carrier)}" if quote.carrier else ""
        why = verbatim(f"{quote.speaker or 'Unnamed source'}, {quote.kind}: {quote.why}")
        app_of(self).say(f"{why}{via}{doubt}")

    def dossier_subject(self) -> Subject | None:
        """Give who speaks at the cursor, or else the tag there; in the pane, what its row is about."""
        from store.dossier.records import Subject  # noqa: PLC0415

        row = self.pane.current if self.pane.has_focus else None
        quote = self.target_quote()
        claim = self.target_claim()
        if row is not None and row.quotes:
            name = self.opened.analysis.quotes[row.quotes[0]].speaker
            return Subject("speaker", name) if name else None
        if quote is not None and quote.speaker and not self.pane_claim():
            return Subject("speaker", quote.speaker)
        tags = self.opened.tags[claim.id] if claim else ()
        return Subject("tag", tags[0]) if tags else None

    # The article

    def action_toggle_read(self) -> None:
        """Mark the article read or unread."""
        read, self.marked = not self.opened.article.read, True
        library = app_of(self).library
        self.change(lambda: library.set_reading(self.article_id, read=read), "Read" if read else "Unread")

    def action_toggle_star(self) -> None:
        """Star the article or take its star."""
        starred = not self.opened.article.starred
        library = app_of(self).library
        self.change(lambda: library.star(self.article_id, starred), "Starred" if starred else "Star taken off")

    def action_removed(self) -> None:
        """Show what cleaning took out, and the raw source."""
        from tui.screens.removed import RemovedScreen  # noqa: PLC0415

        app_of(self).push_screen(RemovedScreen(self.opened.article, self.opened.version))

    def action_versions(self) -> None:
        """Show the texts that the article has had, and what changed."""
        from tui.screens.versions import VersionsScreen  # noqa: PLC0415

        app = app_of(self)
        with app.guard():
            app.push_screen(VersionsScreen(self.opened.article, app.library.versions(self.article_id)))

    def action_original(self) -> None:
        """Show the address of the original, and open it if wanted."""
        from tui.screens.link import LinkPrompt  # noqa: PLC0415

        article = self.opened.article
        if article.url:
            app_of(self).push_screen(LinkPrompt(article.url))
        else:
            app_of(self).say(f"No address is known; it came from {verbatim(article.path or 'standard input')}")

    def export(self) -> None:
        """Ask where to export this article to, or the whole library."""
        from tui.screens.export import ExportPrompt  # noqa: PLC0415

        app_of(self).push_screen(ExportPrompt({self.article_id}, "This article"))

    # Claims

    def action_history(self) -> None:
        """Show who changed the claim under the cursor, and when."""
        from tui.screens.history import HistoryScreen  # noqa: PLC0415

        claim = self.claim_here()
        if claim is not None:
            app_of(self).push_screen(HistoryScreen(claim))

    def action_altered(self) -> None:
        """Go through the claims whose words changed."""
        from tui.screens.altered import AlteredScreen  # noqa: PLC0415

        if self.opened.strays:
            app_of(self).push_screen(AlteredScreen(self.opened, self._mark_place))
        elif not self.opened.claims:
            app_of(self).say("No claims in this article yet: <reader.tag> tags")
        else:
            app_of(self).say("Every claim of this article stands on the words it was made on")

    def _mark_place(self, claim: Claim, span: Span | None) -> None:
        span = span or self.view.units.sentence(self.view.cursor)
        self.view.go_to(span[0], middle=True)
        self.begin_edges(claim, span)

    # Copying

    def action_copy(self) -> None:
        """Copy the target with speaker, source and link to the terminal's clipboard, and to a file."""
        from tui.reading import citation  # noqa: PLC0415

        span, quote, claim = self.target(), self.target_quote(), self.target_claim()
        words = self.opened.version.text[span[0] : span[1]]
        said = (quote.speaker, quote.kind) if quote else (claim.speaker, claim.speech) if claim else (None, None)
        self._copy(citation(self.opened.article, words, *said), span)

    def action_copy_receipt(self) -> None:
        """Copy the target with its context and all that it takes to check it."""
        from tui.reading import receipt  # noqa: PLC0415

        span, claim = self.target(), self.target_claim()
        if claim is not None and self.view.selection is None:
            span = (claim.anchor.start, claim.anchor.end)
        self._copy(receipt(self.opened, span, self.target_quote(), claim), span)

    def _copy(self, text: str, span: Span) -> None:
        from tui.copying import copy  # noqa: PLC0415

        copy(app_of(self), text)
        self.view.mirror(span)
