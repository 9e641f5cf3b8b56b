"""What a person changes in the reader: tags, speakers, notes; and what is copied or shown from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.model import DOUBTFUL, Claim, Quote, Span
from store.paths import state_dir
from tui.screens.page import app_of
from tui.screens.reader_base import ReaderBase
from tui.widgets.choice_prompt import ChoicePrompt, Offer

if TYPE_CHECKING:
    from store.dossier import Subject

MOST_COPIED = 60_000
NOTE_ROWS = 5
TAG, SPEAKER = "tag", "speaker"
_TAG_HELP = "enter take   tab complete   , several   ↑↓ choose   esc back, c who said it"
_SPEAKER_HELP = "1–9 or enter take   ↑↓ choose   esc back"


class Edits(ReaderBase):
    """The part of the reader that changes things."""

    _last_tags: tuple[str, ...] = ()
    _asked_about: Span = (0, 0)
    _asked_quote: Quote | None = None
    _asked_claim: Claim | None = None
    _before: tuple[Span | None, int] = (None, 0)

    # Tags

    def action_tag(self) -> None:
        """Ask for tags for the target."""
        from tui.tagging import TagOffer  # noqa: PLC0415 - the fuzzy search is loaded with the first prompt

        span = self._asked_about = self.target()
        words = self.opened.version.text[span[0] : span[1]]
        quote = self.target_quote()
        who = f"{quote.speaker or 'unnamed source'}: " if quote else ""
        given = self._given(span)
        marked = " ".join(f"#{name}" for name in given) + (" · " if given else "")
        offer = TagOffer(app_of(self).library, self.article_id, words, quote.speaker if quote else None, given)
        self._ask(TAG, f"{marked}{who}“{_short(words)}”", offer, _TAG_HELP, several=True)

    def _given(self, span: Span) -> tuple[str, ...]:
        """Give the tags that exactly these words have already."""
        here = (claim for claim in self.opened.claims if (claim.anchor.start, claim.anchor.end) == span)
        return tuple(name for claim in here for name in self.opened.tags[claim.id])

    def _ask(self, what: str, about: str, offer: Offer, help_line: str, *, several: bool) -> None:
        self._before = (self.view.selection, self.view.cursor)
        self.view.select(self._asked_about)
        self.prompt.ask(what, about, offer, several=several, digits=what == SPEAKER)
        self.hint(help_line)
        self.view.call_after_refresh(self.view.keep_clear, self._asked_about, 0)

    def on_choice_prompt_taken(self, event: ChoicePrompt.Taken) -> None:
        """Do what the prompt was opened for."""
        self.set_focus(self.view)
        if event.what == TAG:
            self._tag(self._asked_about, event.names)
        else:
            self._correct(event.names[0] if event.names else "")

    def on_choice_prompt_left(self) -> None:
        """Go back to the text as it was."""
        selection, cursor = self._before
        self.view.select(selection, cursor=cursor)
        self.view.go_to(cursor)
        self.set_focus(self.view)

    def _tag(self, span: Span, names: tuple[str, ...]) -> None:
        library = app_of(self).library
        tags = tuple(name for name in names if name.strip())
        if not tags:
            return
        told = ", ".join(tags)
        if self.change(lambda: library.tag_span(self.article_id, *span, tags), f"Tagged {told}   u undo"):
            self._last_tags = tags
        self.view.select(None)

    def action_repeat(self) -> None:
        """Tag the target with the tags given last."""
        names = self._last_tags or self._newest_tags()
        if names:
            self._tag(self.target(), names)
        else:
            app_of(self).say("Nothing was tagged yet: t tags, . repeats it")

    def _newest_tags(self) -> tuple[str, ...]:
        library = app_of(self).library
        newest = max(library.claims(), key=lambda claim: claim.modified, default=None)
        return library.tag_names(newest) if newest else ()

    def action_remove(self) -> None:
        """Remove the claim under the cursor."""
        claim = self.target_claim()
        if claim is None:
            app_of(self).say("No claim here: } goes to the next one")
            return
        names = ", ".join(self.opened.tags[claim.id]) or "the note"
        self.change(lambda: app_of(self).library.remove_claim(claim.id), f"Removed {names}   u brings it back")

    def action_note(self) -> None:
        """Ask for a note on the claim under the cursor, or on the target."""
        from tui.screens.note import NotePrompt  # noqa: PLC0415 - loaded with the first note

        claim, library = self.target_claim(), app_of(self).library
        span = (claim.anchor.start, claim.anchor.end) if claim else self.target()
        words = self.opened.version.text[span[0] : span[1]]

        def noted(note: str | None) -> None:
            if claim is not None and note is not None and note != claim.note:
                self.change(lambda: library.set_note(claim.id, note), "Noted   u undo" if note else "Note taken away")
            elif claim is None and note:
                self.change(lambda: library.tag_span(self.article_id, *span, (), note=note), "Noted   u undo")

        self.view.keep_clear(span, NOTE_ROWS)
        app_of(self).push_screen(NotePrompt(_short(words), claim.note if claim else ""), noted)

    # Speakers

    def action_correct(self) -> None:
        """Ask who said the quote, or the claim, under the cursor; selected words that are neither become a quote."""
        from tui.tagging import SpeakerOffer  # noqa: PLC0415

        quote = self.target_quote()
        claim = self.target_claim() if quote is None else None
        if quote is None and claim is None and self.view.selection is None:
            app_of(self).say("No quote here: ] goes to the next one; v selects words that are one")
            return
        self._asked_quote, self._asked_claim = quote, claim
        if quote is not None:
            self._asked_about = (quote.start, quote.end)
            now = f"now: {quote.speaker or 'unnamed'} ({quote.why})"
        else:
            self._asked_about = self.target() if claim is None else (claim.anchor.start, claim.anchor.end)
            now = "a new quote" if claim is None else f"now: {claim.speaker or 'nobody'}"
        offer = SpeakerOffer(app_of(self).library, self.article_id, quote, self._asked_about)
        self._ask(SPEAKER, f"who said it?   {now}", offer, _SPEAKER_HELP, several=False)

    def _correct(self, name: str) -> None:
        from tui.tagging import NO_QUOTE  # noqa: PLC0415

        library, quote, claim, span = app_of(self).library, self._asked_quote, self._asked_claim, self._asked_about
        told = f"Speaker: {name or 'unnamed source'}   u undo"
        if quote is not None and name == NO_QUOTE:
            self.change(lambda: library.reject_quote(self.article_id, quote), "No quote   u undo")
        elif quote is not None:
            self.change(lambda: library.correct_speaker(self.article_id, quote, name or None), told)
        elif claim is not None:
            self.change(lambda: library.set_claim_speaker(claim.id, name or None), told)
        else:
            self.change(lambda: library.add_quote(self.article_id, *span, name or None), told)
        self.view.select(None)

    def action_why(self) -> None:
        """Say why this speaker."""
        quote = self.target_quote()
        if quote is None:
            app_of(self).say("No quote here: ] goes to the next one")
            return
        doubt = "   in doubt: c corrects it" if quote.confidence < DOUBTFUL else ""
        via = f"   carried by {quote.carrier}" if quote.carrier else ""
        app_of(self).say(f"{quote.speaker or 'Unnamed source'}, {quote.kind}: {quote.why}{via}{doubt}")

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
        """Show what cleaning took out."""
        from tui.screens.removed import RemovedScreen  # noqa: PLC0415

        app_of(self).push_screen(RemovedScreen(self.opened.version.removed))

    def action_copy(self) -> None:
        """Copy the target with speaker, source and link to the terminal's clipboard, and to a file."""
        from tui.reading import citation  # noqa: PLC0415

        app = app_of(self)
        span, quote = self.target(), self.target_quote()
        words = self.opened.version.text[span[0] : span[1]]
        text = citation(self.opened.article, words, [quote.speaker] if quote and quote.speaker else [])
        file = state_dir() / "copied.txt"
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf8")
            kept = f"also in {file}"
        except OSError as error:
            kept = f"{file} could not be written ({error.strerror})"
        if len(text) > MOST_COPIED:
            app.say(f"Too long for a terminal's clipboard; {kept}")
            return
        app.copy_to_clipboard(text)
        self.view.mirror(span)
        app.say(f"Sent to the terminal's clipboard; {kept}")


def _short(words: str) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= 160 else f"{one_line[:90]} … {one_line[-60:]}"
