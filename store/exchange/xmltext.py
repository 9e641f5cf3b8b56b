"""XML written piece by piece, whatever the text from outside holds."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

# What XML 1.0 has no place for; one mark stands for each, so that offsets stay.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def tag(name: str, attributes: dict[str, str | None], content: str | None = None, *, open_: bool = False) -> str:
    """Write an element with text, an empty one, or its beginning (`open_`); an attribute that is None is left out."""
    written = "".join(f" {key}={quoteattr(fit(value))}" for key, value in attributes.items() if value is not None)
    if open_:
        return f"<{name}{written}>"
    return f"<{name}{written}/>" if content is None else f"<{name}{written}>{escape(fit(content))}</{name}>"


def fit(text: str) -> str:
    """Put U+FFFD in the place of every character that XML cannot hold."""
    return _UNFIT.sub("\ufffd", text)
