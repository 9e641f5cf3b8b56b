"""What a site asks of a reader on the way to a page: cookies, pages that only lead on, to come later."""

from __future__ import annotations

import re
import time
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from http.cookiejar import CookieJar

    from urllib3 import BaseHTTPResponse

    from store.ingest.fetch import Fetched

_MOST_BYTES, _MOST_WORDS, _MOST_SECONDS = 20_000, 60, 10
_META = re.compile(rb"<meta\b[^>]*\bhttp-equiv\s*=\s*[\"']?refresh\b[^>]*>", re.I)
_CONTENT = re.compile(r"""\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_REFRESH = re.compile(r"\s*(\d{1,3})(?:\.\d*)?\s*[;,]\s*url\s*=\s*[\"']?([^\"'\s>]+)", re.I)
_UNSHOWN = re.compile(rb"<(script|style|title)\b.*?</\1\s*>|<[^>]*>", re.I | re.S)


class Cookies:
    """The cookies of one fetch: sites that let nobody in without one send it with a redirect to the same page."""

    def __init__(self) -> None:
        self._jar: CookieJar | None = None

    def take(self, url: str, answer: BaseHTTPResponse) -> None:
        """Keep what an answer from `url` sets, as far as its host may set it (RFC 6265)."""
        if "Set-Cookie" not in answer.headers:
            return
        from http.cookiejar import CookieJar, DefaultCookiePolicy  # noqa: PLC0415 - hardly any page needs it
        from urllib.request import Request  # noqa: PLC0415

        policy = DefaultCookiePolicy
        self._jar = self._jar or CookieJar(policy(strict_domain=True, strict_ns_domain=policy.DomainStrictNonDomain))
        said: Any = answer
        self._jar.extract_cookies(said, Request(url))

    def for_(self, url: str) -> dict[str, str]:
        """Give the header to ask for `url` with, if there is one."""
        if self._jar is None:
            return {}
        from urllib.request import Request  # noqa: PLC0415

        request = Request(url)
        self._jar.add_cookie_header(request)
        said = request.get_header("Cookie")
        return {"Cookie": said} if said else {}


def led_on(fetched: Fetched, stated: str | None) -> str | None:
    """Give the address that a page leads to by itself, None when it is a page to read.

    It leads on when it says so (`stated` is its Refresh header) and shows hardly a word: shortened addresses do that.
    """
    raw = fetched.raw
    if len(raw) > _MOST_BYTES or fetched.unchanged:
        return None
    meta = _META.search(raw)
    if meta is not None:
        content = _CONTENT.search(meta[0].decode("utf-8", "replace"))
        stated = unescape(content[1] or content[2] or "") if content else None
    found = _REFRESH.match(stated or "")
    if found is None or int(found[1]) > _MOST_SECONDS or len(_UNSHOWN.sub(b" ", raw).split()) > _MOST_WORDS:
        return None
    return found[2]


def later(wait: str | None) -> str:
    """Give the time to wait in words, from a Retry-After header (RFC 9110, 10.2.3)."""
    seconds = int(wait) if wait and re.fullmatch(r"\d{1,9}", wait.strip()) else _until(wait)
    for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            count = round(seconds / size)
            return f"{count} {name}{'s' if count > 1 else ''}"
    return "a minute" if seconds > 0 else "a while"


def _until(moment: str | None) -> float:
    from email.utils import parsedate_to_datetime  # noqa: PLC0415

    try:
        return parsedate_to_datetime(moment).timestamp() - time.time() if moment else 0
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0
