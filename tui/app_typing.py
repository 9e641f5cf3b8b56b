"""Keys one after the other, for the app: what is typed ahead waits until the screen that it is meant for is there."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress

from textual.app import App
from textual.dom import DOMNode
from textual.events import Event, Key, Paste
from textual.message_pump import MessagePump

LONGEST_WAIT = 1.0
"""Seconds after which the next key goes on, whatever the one before it has set going."""
MOST_ROUNDS = 10
LOOKED_AGAIN = 0.01
"""Seconds between two looks at whether a screen has what the last key waits for."""


class TypingApp(App[None]):
    """An app that does a key only when the one before it is done with and the screen it led to is mounted.

    Textual hands every key at once to what has the focus. Of keys that come while a screen is being switched some
    would get lost on the way, and some would be done on the screen before: the letters of a search as commands.
    """

    _at_work: asyncio.Task[None] | None = None

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._typed_ahead: deque[Key | Paste] = deque()
        self._let_on: set[Key | Paste] = set()

    @property
    def typing(self) -> bool:
        """Whether keys wait, or the last one is being done."""
        return self._at_work is not None

    async def on_event(self, event: Event) -> None:
        """Let a key, or what is pasted, wait while another one is being done; all else goes on at once."""
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            if event in self._let_on:
                self._let_on.remove(event)
            elif self._at_work is not None:
                self._typed_ahead.append(event)
                return
            else:
                self._at_work = asyncio.create_task(self._in_turn_of_keys())
        await super().on_event(event)

    async def _in_turn_of_keys(self) -> None:
        try:
            while True:
                with suppress(Exception):  # what cannot be waited for holds up no key
                    await asyncio.wait_for(self._come_to_rest(), LONGEST_WAIT)
                if not self._typed_ahead:
                    return
                event = self._typed_ahead.popleft()
                self._let_on.add(event)
                self.post_message(event)
        finally:
            self._at_work = None

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
    if pump.call_later(done.set):
        await done.wait()
