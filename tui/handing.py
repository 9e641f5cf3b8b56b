"""Giving the terminal to another program, an editor or a browser, and taking it back whatever became of that."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from textual.app import App

T = TypeVar("T")
INTERRUPTS = (signal.SIGINT, signal.SIGQUIT)
"""What ctrl+c and ctrl+\\ send to every program of a terminal."""


def handed_over(app: App[None], doing: Callable[[], T]) -> T:
    """Do what another program needs the terminal for; gives its result, and raises its OSError, on our screen again.

    Textual leaves the screen dark when an error comes out of `suspend`. SuspendNotSupported when it cannot be handed
    over at all.
    """
    result: list[T] = []
    wrong: list[OSError] = []
    with app.suspend(), _interrupts_for_the_other():
        try:
            result.append(doing())
        except OSError as error:
            wrong.append(error)
    if wrong:
        raise wrong[0]
    return result[0]


@contextmanager
def _interrupts_for_the_other() -> Iterator[None]:
    """Let ctrl+c reach the other program alone; a handler that does nothing is not inherited, ignoring would be."""
    before = {number: signal.signal(number, lambda *_: None) for number in INTERRUPTS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
