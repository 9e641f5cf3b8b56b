"""The one cleaner for text that comes from outside.

It runs once, at ingest and at import, before any offset is taken; after it a text holds no character that moves a
cursor, opens a link, hides words or turns their order round.
"""

from __future__ import annotations

import re

# Compiled when first needed: a verb that only prints clean text does without.
_NEWLINES = "\r\n|[\r\x85\u2028\u2029]"

# Whole sequences, in their 7-bit and 8-bit spelling. A string sequence (OSC, DCS, SOS, PM, APC) must find its end on
# its own line: unbounded, one stray introducer would swallow the rest of the article. One that begins inside ends
# it, so that a line of nothing else is read once.
_SEQUENCES = (
    r"(?:\x1b[\]PX^_]|[\x90\x98\x9d\x9e\x9f])[^\n\x07\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|\x1b[ -/]+[0-~]"
    r"|\x1b[0-~]"
)

_DROPPED = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but tab and line feed
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction controls
    "\u00ad\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"  # soft hyphen, invisible fillers
    "\U000e0000-\U000e007f]"  # tag characters
)

_SURROGATES = "[\ud800-\udfff]"

_SUSPECT = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)


def is_clean(text: str) -> bool:
    """Say whether `clean` would leave a text as it is."""
    return not _SUSPECT.search(text)


def clean(text: str) -> str:
    """Give `text` without anything a terminal would obey; the same text when there was nothing of the kind.

    Line ends become LF and tabs a space; escape sequences go whole, bounded by the end of their line; other control
    characters, direction overrides, tag characters, zero-width fillers and soft hyphens go; lone surrogates become
    U+FFFD. Joiners and variation selectors stay, since emoji and Persian need them. `clean(clean(x)) == clean(x)`.
    """
    if is_clean(text):
        return text
    text = re.sub(_NEWLINES, "\n", text)
    text = re.sub(_SEQUENCES, "", text)
    text = re.sub(_DROPPED, "", text).replace("\t", " ")
    return re.sub(_SURROGATES, "\ufffd", text)
