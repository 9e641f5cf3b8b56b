"""Jumping in the reader: a letter on each quote, claim, speaker and on the pane's rows in view."""

from __future__ import annotations

from tui.jumping import Target, labelled
from tui.screens.page import app_of
from tui.screens.reader_base import ReaderBase


class Jumps(ReaderBase):
    """The part of the reader that jumps."""

    def action_jump(self) -> None:
        """Put a letter on everything in view that one may want to go to; the letter goes there."""
        from tui.screens.jump import JumpOverlay  # noqa: PLC0415 - loaded with the first jump

        labels = labelled([*self._in_text(), *self._in_pane()])
        if labels:
            app_of(self).push_screen(JumpOverlay(labels, self._show_labels), self._jumped)
        else:
            app_of(self).say("No quote, claim or speaker is in view")

    def _in_text(self) -> list[Target]:
        start, end = self.view.in_view if self.view.display else (0, 0)
        word = self.view.units.word
        found = [
            Target("claim", word(claim.anchor.start)[0])
            for claim in self.opened.claims
            if start <= claim.anchor.start < end
        ]
        for quote in self.opened.analysis.quotes:
            found += [Target("quote", word(first)[0]) for first, _ in quote.spans if start <= first < end]
            if quote.source and start <= quote.source[0] < end:
                found.append(Target("speaker", word(quote.source[0])[0]))
        return found

    def _in_pane(self) -> list[Target]:
        pane = self.pane
        if not pane.display:
            return []
        top = pane.scroll_offset.y
        rows = range(top, min(len(pane.rows), top + pane.size.height))
        return [Target("pane", row=row) for row in rows if pane.rows[row].spans]

    def _show_labels(self, labels: dict[str, Target]) -> None:
        self.view.show_labels({target.offset: label for label, target in labels.items() if target.row < 0})
        self.pane.show_labels({target.row: label for label, target in labels.items() if target.row >= 0})

    def _jumped(self, target: Target | None) -> None:
        if target is None:
            return
        self.view.left = self.view.cursor
        if target.kind == "pane":
            self.set_focus(self.pane)
            self.pane.go_to(target.row)
        else:
            self.set_focus(self.view)
            self.view.select(None)
            self.view.go_to(target.offset)
        self.show_bar()

    def action_return(self) -> None:
        """Go back to where the cursor was before it last went far; once more: go there again."""
        view = self.view
        if view.left is None:
            app_of(self).say("Back to where? No jump, search or <move.top> <move.bottom> led away from anywhere yet")
            return
        there, view.left = view.left, view.cursor
        if not view.selecting:
            view.select(None)
        view.go_to(there, middle=True)
