"""What the reader asks for at its foot: tags, who said it, and what a person holds of a claim."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast, get_args

from textual import work

from store.model import Claim, Quote, Span, Verdict
from tui.quoting import as_printed
from tui.safe import verbatim
from tui.screens.page import app_of
from tui.screens.reader_base import ReaderBase
from tui.verdicts import SIGNS, Names, name_of
from tui.widgets.choice_prompt import Choice, ChoicePrompt, Offer
from tui.widgets.ink import shortened

if TYPE_CHECKING:
    from tui.tagging import TagOffer

TAG, SPEAKER, VERDICT = "tag", "speaker", "verdict"
MOST_SHOWN = 500  # characters from the begin and the end of what a prompt is about
_TAG_HELP = "enter take   , several   tab complete   ↑↓ choose   <reader.correct> after esc: who said it   esc back"
_SPEAKER_HELP = "1–9 or enter take   ↑↓ choose   esc back"
_ONE_OR_ALL = "<reader.all_quotes> {}   1–9 or enter take   ↑↓ choose   esc back"
_VERDICT_HELP = "1–5 or enter take   ↑↓ choose   esc back"


class Edits(ReaderBase):
    """The part of the reader that asks."""

    _last_tags: tuple[str, ...] = ()
    _asked_about: Span = (0, 0)
    _asked_quote: Quote | None = None
    _asked_all = False
    """Whether it is asked who said all quotes of the speaker of `_asked_quote`."""
    _only_before: frozenset[int] | None = None
    _asked_claim: Claim | None = None
    _before: tuple[Span | None, int] = (None, 0)

    # Tags

    def action_tag(self) -> None:
        """Ask for tags for the target; while edges are moved, set them there."""
        if self.edging is not None:
            self.set_edges()
            return
        from tui.tagging import TagOffer, uses_at_hand  # noqa: PLC0415 - with it comes the fuzzy search

        span = self._asked_about = self.target()
        words = self.opened.version.text[span[0] : span[1]]
        quote = self.target_quote()
        who = f"{quote.speaker or 'unnamed source'}: " if quote else ""
        given = self._given(span)
        marked = " ".join(f"#{shortened(name)}" for name in given) + (" · " if given else "")
        app = app_of(self)
        speaker = quote.speaker if quote else None
        offer = TagOffer(app.library, self.article_id, words, speaker, given, app.today())
        self._ask(
            TAG,
            f"{marked}{who}{as_printed(short(words), quote.kind if quote else None)}",
            offer,
            _TAG_HELP,
            several=True,
        )
        if not uses_at_hand(app.library):
            self.view.call_after_refresh(self._learn_uses, offer)

    @work(thread=True, exit_on_error=False, exclusive=True, group="uses", description="uses")
    def _learn_uses(self, offer: TagOffer) -> None:
        """Find out what tags were used for, and offer them anew if nothing was chosen meanwhile."""
        from tui.tagging import learn_uses  # noqa: PLC0415

        learn_uses(app_of(self).library)
        self.app.call_from_thread(self._offer_again, offer)

    def _offer_again(self, offer: TagOffer) -> None:
        if self.is_mounted:
            offer.learn()
            self.prompt.offer_again(offer)

    def _given(self, span: Span) -> tuple[str, ...]:
        """Give the tags that exactly these words have already."""
        here = (claim for claim in self.opened.claims if (claim.anchor.start, claim.anchor.end) == span)
        return tuple(name for claim in here for name in self.opened.tags[claim.id])

    def _ask(self, what: str, about: str, offer: Offer, help_line: str, *, several: bool) -> None:
        self._before = (self.view.selection, self.view.cursor)
        self.view.select(self._asked_about)
        self.prompt.ask(what, about, offer, several=several, digits=what != TAG)
        self.hint(help_line)
        self.view.call_after_refresh(self.view.keep_clear, self._asked_about, 0)

    def on_choice_prompt_taken(self, event: ChoicePrompt.Taken) -> None:
        """Do what the prompt was opened for."""
        self.set_focus(self.view)
        if event.what == TAG:
            self._tag(self._asked_about, event.names)
        elif event.what == VERDICT:
            self._judge(cast("Verdict", event.names[0]))
        else:
            self._correct(event.names[0] if event.names else "")

    def on_choice_prompt_left(self) -> None:
        """Go back to the text as it was."""
        self.end_question()
        selection, cursor = self._before
        self.view.select(selection, cursor=cursor)
        self.view.go_to(cursor)
        self.set_focus(self.view)

    def _tag(self, span: Span, names: tuple[str, ...]) -> None:
        library = app_of(self).library
        tags = tuple(name for name in names if name.strip())
        if not tags:
            return
        told = verbatim(", ".join(tags))
        self._last_tags = tags
        self.change(lambda: library.tag_span(self.article_id, *span, tags), f"Tagged {told}   <app.undo> undo")
        self.view.select(None)

    def action_repeat(self) -> None:
        """Tag the target with the tags given last."""
        if self._last_tags:
            self._tag(self.target(), self._last_tags)
        else:
            app_of(self).in_turn(self._newest_tags, partial(self._tag_as_before, self.target()))

    def _tag_as_before(self, span: Span, names: tuple[str, ...]) -> None:
        if names:
            self._tag(span, names)
        else:
            app_of(self).say("Nothing was tagged yet: <reader.tag> tags, <reader.repeat> repeats it")

    def _newest_tags(self) -> tuple[str, ...]:
        library = app_of(self).library
        newest = max(library.each_claim(), key=lambda claim: claim.modified, default=None)
        return library.tag_names(newest) if newest else ()

    # Speakers

    def action_correct(self) -> None:
        """Ask who said the quote, or the claim, under the cursor; selected words that are neither become a quote.

        In the pane it is the claim alone, which then has a speaker of its own.
        """
        from tui.tagging import SpeakerOffer  # noqa: PLC0415

        quote = None if self.pane_claim() else self.target_quote()
        claim = self.target_claim() if quote is None else None
        if quote is None and claim is None and self.view.selection is None:
            app_of(self).say(
                "No quote here: <reader.quote_on> goes to the next one; <reader.select> selects words that are one"
            )
            return
        self._asked_quote, self._asked_claim, self._asked_all = quote, claim, False
        if quote is not None:
            self._asked_about = (quote.start, quote.end)
        else:
            self._asked_about = self.target() if claim is None else (claim.anchor.start, claim.anchor.end)
        offer = SpeakerOffer(
            app_of(self).library, self.article_id, quote, self._asked_about, one=lambda: not self._asked_all
        )
        self._ask(SPEAKER, self._who_said_it(), offer, self._speaker_help(), several=False)

    def _who_said_it(self) -> str:
        quote, claim = self._asked_quote, self._asked_claim
        if quote is None:
            return "who said it?   " + (f"now: {claim.speaker or 'nobody'}" if claim else "a new quote")
        alike = len(self._alike())
        if self._asked_all:
            return f"who said it?   all {alike} of {quote.speaker}"
        alone = f"   this quote of {alike}" if alike > 1 else ""
        return f"who said it?{alone}   now: {quote.speaker or 'unnamed'} ({quote.why})"

    def _speaker_help(self) -> str:
        alike = len(self._alike())
        if alike < 2:
            return _SPEAKER_HELP
        return _ONE_OR_ALL.format("this one alone" if self._asked_all else f"all {alike} quotes")

    def _alike(self) -> list[int]:
        """Give the numbers of the quotes of the speaker of the quote that is asked about; of unnamed sources none."""
        name = self._asked_quote.speaker if self._asked_quote else None
        return [number for number, quote in enumerate(self.opened.analysis.quotes) if name and quote.speaker == name]

    def action_all_quotes(self) -> None:
        """Ask who said all quotes of this speaker in the article, or who said this one alone; else go to the pane."""
        if not self.prompt.is_open:
            self.action_other_pane()
        elif self.prompt.what == SPEAKER and len(self._alike()) > 1:
            if self._asked_all:
                self.end_question()
            else:
                self._asked_all, self._only_before = True, self.view.only_quotes
                self.view.only(self._alike())
            self.prompt.turn(self._who_said_it())
            self.hint(self._speaker_help())

    def end_question(self) -> None:
        """Show again what was dimmed while it was asked who said all quotes of a speaker."""
        if self._asked_all:
            self._asked_all = False
            if self.view.only_quotes is not None:  # else the quotes are others by now, with other numbers
                self.view.only(self._only_before)

    def _correct(self, name: str) -> None:
        from tui.tagging import NO_QUOTE  # noqa: PLC0415

        library, quote, claim, span = app_of(self).library, self._asked_quote, self._asked_claim, self._asked_about
        told = f"Speaker: {verbatim(name or 'unnamed source')}   <app.undo> undo"
        if self._asked_all:
            self._correct_all(name)
        elif quote is not None and name == NO_QUOTE:
            self.change(lambda: library.reject_quote(self.article_id, quote), "No quote   <app.undo> undo")
        elif quote is not None:
            self.change(lambda: library.correct_speaker(self.article_id, quote, name or None), told)
        elif claim is not None:
            self.change(lambda: library.set_claim_speaker(claim.id, name or None), told)
        else:
            self.change(lambda: library.add_quote(self.article_id, *span, name or None), told)
        self.view.select(None)

    def _correct_all(self, name: str) -> None:
        library, quotes = app_of(self).library, [self.opened.analysis.quotes[number] for number in self._alike()]
        self.end_question()
        if not quotes:  # they were corrected elsewhere while it was asked
            app_of(self).say("No quote of this speaker is left here", error=True)
            return
        told = f"Speaker of {len(quotes)} quotes: {verbatim(name or 'unnamed source')}   <app.undo> undo"
        self.change(lambda: library.correct_speakers(self.article_id, quotes, name or None), told)

    # A text that changes while something is asked

    def ask_on(self, before: str) -> None:
        """Ask about the same words in the text that came in place of `before`, or nothing more when they are gone."""
        if not self.prompt.is_open:
            return
        self.end_question()
        span = self.now_at(before, self._asked_about)
        quote = self.opened.quote_over(span) if span and self._asked_quote else None
        if span is None or (self.prompt.what == SPEAKER and self._asked_quote and quote is None):
            self.prompt.close()
            self.set_focus(self.view)
            app_of(self).say("The text was changed, and the words that were asked about are gone", error=True)
            return
        self._asked_about, self._asked_quote, self._before = span, quote, (None, self.view.cursor)
        self.view.select(span)
        if self.prompt.what == SPEAKER:
            self.prompt.turn(self._who_said_it())

    # Verdicts

    def action_verdict(self) -> None:
        """Ask what a person holds of the claim under the cursor."""
        claim = self.claim_here()
        if claim is None:
            return
        self._asked_claim, self._asked_about = claim, (claim.anchor.start, claim.anchor.end)
        names, words = ", ".join(self.opened.tags[claim.id]) or "the note", app_of(self).verdict_names
        offer = partial(_verdicts, words)
        self._ask(
            VERDICT,
            f"does it hold?   now: {name_of(claim.verdict, words)}   {names}",
            offer,
            _VERDICT_HELP,
            several=False,
        )

    def _judge(self, verdict: Verdict) -> None:
        claim, library = self._asked_claim, app_of(self).library
        word = name_of(verdict, app_of(self).verdict_names)
        if claim is not None:
            self.change(lambda: library.set_verdict(claim.id, verdict), f"Verdict: {verbatim(word)}   <app.undo> undo")
        self.view.select(None)


def _verdicts(names: Names, typed: str) -> list[Choice]:
    """Offer the verdicts, with numbers while nothing is typed."""
    wanted = typed.strip().casefold()
    return [
        Choice(verdict, f"{at} {SIGNS[verdict]} {name}", sure=name.casefold().startswith(wanted))
        for at, verdict in enumerate(get_args(Verdict), 1)
        if wanted in (name := name_of(verdict, names)).casefold()
    ]


def short(words: str) -> str:
    """Give words on one line; of very long ones the begin and the end, for a line that leaves out its middle."""
    if len(words) > 2 * MOST_SHOWN:
        words = f"{words[:MOST_SHOWN]}…{words[-MOST_SHOWN:]}"
    return " ".join(words.split())
