"""Opening an address in a browser: web addresses only, and none that carries a name or a password."""

from __future__ import annotations

import webbrowser
from urllib.parse import urlsplit

from store.safe_text import clean


def refusal(url: str) -> str:
    """Say why an address is not opened; empty when it may be."""
    if clean(url) != url or any(char.isspace() for char in url):
        return "the address holds characters that do not belong there"
    try:
        parts = urlsplit(url)
        named = parts.username is not None or parts.password is not None
        host = parts.hostname
    except ValueError:
        return "the address cannot be read"
    if parts.scheme not in {"http", "https"} or not host:
        return "only http and https addresses are opened"
    return "the address holds a name or a password" if named else ""


def needs_terminal() -> bool:
    """Say whether the browser there is runs in the terminal itself."""
    try:
        return type(webbrowser.get()) is webbrowser.GenericBrowser
    except webbrowser.Error:
        return False


def open_link(url: str) -> bool:
    """Hand an address to the browser; say whether there was one that took it."""
    try:
        return not refusal(url) and webbrowser.open(url)
    except webbrowser.Error:
        return False
