"""What sites ask of programs that fetch many of their pages (robots.txt)."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser

from store.errors import SourceError
from store.ingest.addresses import place_of
from store.ingest.fetch import DEFAULT, AnswerError, Limits, agent, fetch

_MOST_BYTES = 500_000
_SECONDS = 10.0
_OUT_OF_ORDER = 500


class Robots:
    """The wishes of the sites asked so far: each site is asked once.

    Meant for fetching what feeds list. An address that a person typed is fetched without asking.
    """

    def __init__(self, limits: Limits = DEFAULT) -> None:
        """Take the limits under which pages are fetched; robots.txt gets no more than 10 seconds and 500 kB of them."""
        self._limits = Limits(
            min(limits.bytes, _MOST_BYTES), min(limits.seconds, _SECONDS), limits.hops, limits.private
        )
        self._known: dict[str, RobotFileParser | SourceError | None] = {}

    def allowed(self, url: str) -> bool:
        """Say whether a program may fetch `url`; a site without robots.txt, or that gives none out, allows all.

        Raises SourceError when `url` is no web address, and when the server is out of order (a status from 500 on):
        what it would allow is not known then (RFC 9309, 2.3.1.4).
        """
        place = place_of(url)
        site = f"{place.scheme}://{place.host_header}"
        if site not in self._known:
            self._known[site] = self._ask(site)
        wishes = self._known[site]
        if isinstance(wishes, SourceError):
            raise wishes
        return wishes is None or wishes.can_fetch(agent().split("/")[0], place.url)

    def _ask(self, site: str) -> RobotFileParser | SourceError | None:
        try:
            answer = fetch(f"{site}/robots.txt", limits=self._limits)
        except SourceError as error:
            return error if isinstance(error, AnswerError) and error.status >= _OUT_OF_ORDER else None
        wishes = RobotFileParser()
        wishes.parse(answer.raw.decode("utf-8", "replace").splitlines())
        return wishes
