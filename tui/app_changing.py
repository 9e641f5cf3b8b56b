"""Changing the library without holding up the screen, for the app."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from textual.app import App

from store.errors import NewsreaderError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from store.library import Library

T = TypeVar("T")
AT_ONCE = 1_000
"""How many records are freed in one go."""
QUICK_SECONDS = 0.02
"""How long the screen waits for a change, so that nearly every one is there when the next key comes."""


class ChangingApp(App[None]):
    """An app on a library that changes it in a thread of its own, one change after the other."""

    library: Library
    _changer: ThreadPoolExecutor | None = None
    _under_way = 0

    def changed(self) -> None:
        """Tell every open screen that the library changed."""
        raise NotImplementedError

    def say(self, text: str, error: bool = False) -> None:
        """Show one line at the foot of the screen."""
        raise NotImplementedError

    @property
    def changing(self) -> bool:
        """Whether a change is being made that takes long."""
        return self._under_way > 0

    def change(
        self, doing: Callable[[], T], said: str | Callable[[T], str] = "", *, quiet: bool = False, wait: bool = True
    ) -> str:
        """Change the library with `doing`, tell every screen, and say `said`, or what it makes of the result.

        A change that takes long goes on in the background and is told when it is done; those that come meanwhile wait
        for their turn. Without `wait` it is known to take long. Gives why it could not be made, if that is known at
        once, else nothing; unless `quiet`, that is said as well.
        """
        wrong: list[str] = []

        def done(result: T) -> None:
            self.changed()
            line = said(result) if callable(said) else said
            if line:
                self.say(line)

        def failed(error: NewsreaderError) -> None:
            wrong.append(str(error))
            if late or not quiet:
                self.say(str(error), error=True)

        late = False
        self.in_turn(doing, done, failed, wait=wait)
        late = True
        return "".join(wrong)

    def in_turn(
        self,
        doing: Callable[[], T],
        then: Callable[[T], object],
        failed: Callable[[NewsreaderError], object] | None = None,
        *,
        wait: bool = True,
    ) -> None:
        """Do something with the library when its turn comes, then `then` on the screen: at once if it is quick.

        `failed` gets an error that a person can act on (default: it is said).
        """
        told = failed or (lambda error: self.say(str(error), error=True))
        future = self._executor().submit(self._done_and_read, doing)
        if wait:
            from concurrent.futures import wait as wait_for  # noqa: PLC0415

            wait_for([future], QUICK_SECONDS)
        if future.done():
            self._ended(future, then, told)
            return
        self._under_way += 1
        future.add_done_callback(lambda ended: self.call_later(self._ended_late, ended, then, told))

    def let_go(self, records: list[Any]) -> None:
        """Empty a list of what is shown no longer, beside the screen: twenty thousand at once would hold it up."""
        if len(records) > AT_ONCE:
            with suppress(RuntimeError):  # the app ends, and with it all of this
                self._executor().submit(_free, records)

    def _executor(self) -> ThreadPoolExecutor:
        if self._changer is None:
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - loaded with the first change

            self._changer = ThreadPoolExecutor(1, "change")
        return self._changer

    def _done_and_read(self, doing: Callable[[], T]) -> T:
        """Do it, and read anew what every screen shows, so that they have it at hand."""
        before = self.library.revision
        result = doing()
        if self.library.revision != before:
            self.library.articles()
            self.library.claim_counts()
        return result

    def _ended_late(
        self, future: Future[T], then: Callable[[T], object], failed: Callable[[NewsreaderError], object]
    ) -> None:
        self._under_way -= 1
        self._ended(future, then, failed)

    def _ended(
        self, future: Future[T], then: Callable[[T], object], failed: Callable[[NewsreaderError], object]
    ) -> None:
        try:
            result = future.result()
        except NewsreaderError as error:
            failed(error)
        else:
            then(result)

    def on_unmount(self) -> None:
        """End what is being changed before the library is closed."""
        if self._changer is not None:
            self._changer.shutdown()


def _free(records: list[Any]) -> None:
    while records:
        del records[-AT_ONCE:]
