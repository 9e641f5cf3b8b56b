"""Keys one after the other, for the app: what is typed ahead waits until the screen that it is meant for is there.

A motion changes no screen and no focus, so the motions behind it need not wait: a key that is held down moves as fast
as it can be drawn.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from contextlib import suppress

from textual.app import App
from textual.dom import DOMNode
from textual.events import Callback, Event, Key, Paste
from textual.message_pump import MessagePump
from textual.widgets import Input

from store.safe_text import clean
from tui.actions import contexts_of
from tui.keys import KEYS, motions
from tui.keys import Key as TableKey

DRAWN_FIRST = 0.02
"""Seconds that a key gets to be drawn before it is found out whether it is done with, unless another one waits."""
LONGEST_WAIT = 1.0
"""Seconds after which the next key goes on, whatever the one before it has set going."""
MOST_ROUNDS = 10
JOINERS = frozenset("\u200c\u200d")
"""What parts and joins letters in Persian, Hindi and others, and faces in emoji; Textual types it only when pasted."""
LOOKED_AGAIN = 0.01
"""Seconds between two looks at whether a screen has what the last key waits for."""


class TypingApp(App[None]):
    """An app that does a key only when the one before it is done with and the screen it led to is mounted.

    Textual hands every key at once to what has the focus. Of keys that come while a screen is being switched some
    would get lost on the way, and some would be done on the screen before: the letters of a search as commands.
    """

    keys: Sequence[TableKey] = KEYS
    _at_work: asyncio.Task[None] | None = None
    _soon: asyncio.TimerHandle | None = None
    _moving = False
    """Whether every key since the last rest was a motion."""
    _moved_on = False
    """Whether a motion was let through while it was found out whether those before it are done with."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._typed_ahead: deque[Key | Paste] = deque()
        self._let_on: set[Key | Paste] = set()
        self._motions: dict[tuple[str, ...], frozenset[str]] = {}

    @property
    def typing(self) -> bool:
        """Whether keys wait, or the last one is being done."""
        return self._at_work is not None or self._soon is not None

    async def on_event(self, event: Event) -> None:
        """Let a key, or what is pasted, wait while another one is being done; all else goes on at once."""
        if isinstance(event, Key) and event.character in JOINERS:
            event = Paste(event.character)
        elif isinstance(event, Paste):
            event.text = self._as_typed(event.text)
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            if event in self._let_on:
                self._let_on.remove(event)
            elif not self.typing:
                self._moving = self._moves(event)
                self._soon = asyncio.get_running_loop().call_later(DRAWN_FIRST, self._begin_turns)
            elif self._typed_ahead or self._let_on or not self._moving or not self._moves(event):
                self._typed_ahead.append(event)
                self._begin_turns()
                return
            else:
                self._moved_on = True
        await super().on_event(event)

    def _as_typed(self, text: str) -> str:
        """Clean what is pasted, for it is drawn as it is; what is on several lines goes into one where there is one."""
        text = clean(text)
        return " ".join(text.split()) if "\n" in text and isinstance(self.focused, Input) else text

    def _moves(self, event: Key | Paste) -> bool:
        """Say whether a key does nothing but move in what has the focus."""
        kinds = getattr(self.focused, "MOTIONS", ())
        if not kinds or not isinstance(event, Key):
            return False
        here = tuple(kind for kind in kinds if kind in contexts_of(self.screen))
        if here not in self._motions:
            self._motions[here] = motions(*here, table=self.keys)
        return event.key in self._motions[here]

    def _begin_turns(self) -> None:
        if self._soon is not None:
            self._soon.cancel()
            self._soon = None
        if self._at_work is None:
            self._at_work = asyncio.create_task(self._in_turn_of_keys())

    async def _in_turn_of_keys(self) -> None:
        try:
            while True:
                self._moved_on = False
                with suppress(Exception):  # what cannot be waited for holds up no key
                    await asyncio.wait_for(self._come_to_rest(), LONGEST_WAIT)
                if self._typed_ahead:
                    self._let_next_on()
                elif not self._moved_on:
                    return
        finally:
            self._at_work = None

    def _let_next_on(self) -> None:
        """Let the next key on, and with a motion the motions behind it."""
        self._moving = self._moves(self._typed_ahead[0])
        while True:
            event = self._typed_ahead.popleft()
            self._let_on.add(event)
            self.post_message(event)
            if not (self._moving and self._typed_ahead and self._moves(self._typed_ahead[0])):
                return

    async def _come_to_rest(self) -> None:
        """Wait until nothing is left to do for what has the focus and for all that holds it, twice in a row."""
        idle = 0
        for _ in range(MOST_ROUNDS):
            await _reached(self)
            while self.screen_stack and getattr(self.screen, "awaited", False):
                await asyncio.sleep(LOOKED_AGAIN)
            for node in self._holders():
                await _reached(node)
            idle = 0 if any(node.message_queue_size for node in self._holders()) else idle + 1
            if idle > 1:
                return

    def _holders(self) -> list[DOMNode]:
        """Give what has the focus and what holds it, up to the app: the way of a key."""
        return list((self.focused or self.screen).ancestors_with_self) if self.screen_stack else [self]


async def _reached(pump: MessagePump) -> None:
    """Wait until `pump` has done all that lies before it now; not for one that is closed."""
    done = asyncio.Event()
    if pump.post_message(Callback(done.set)):
        await done.wait()
