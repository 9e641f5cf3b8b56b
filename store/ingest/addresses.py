"""Web addresses: which may be fetched, and the machine each one means, checked before anything is sent to it."""

from __future__ import annotations

import ipaddress
import socket
import threading
import unicodedata
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from store.errors import SourceError
from store.ingest.refusal import refuse

PRIVATE_HOSTS = "NEWSREADER_PRIVATE_HOSTS"
"""The variable of the environment with the hosts of the own network that may be fetched from, parted by commas."""

_SCHEMES = {"http": 80, "https": 443}
_LONGEST = 4_000
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SAFE = "/%:@!$&'()*+,;=~-._"


def is_address(source: str) -> bool:
    """Say whether a source is an address on the web rather than a file."""
    return source[:8].casefold().startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address leads: its parts in the form in which they are sent."""

    url: str
    scheme: str
    host: str
    port: int
    target: str

    @property
    def host_header(self) -> str:
        """The host as the request names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _SCHEMES[self.scheme] else f"{host}:{self.port}"


def place_of(url: str, base: str = "") -> Place:
    """Take an address apart, relative ones by `base`.

    Raises SourceError when it is no address of the web, or has a name and password in it.
    """
    try:
        parts = urlsplit(urljoin(base, url.strip()) if base else url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise refuse(url[:200], "this is no web address", "check it") from None
    if len(url) > _LONGEST:
        raise refuse(url[:200], f"an address longer than {_LONGEST:,} letters", "save the page and add the file")
    if parts.scheme not in _SCHEMES or not host:
        raise refuse(url[:200], "only http and https addresses are fetched", "check it, or add a saved file")
    if parts.username is not None or parts.password is not None:
        raise refuse(host, "an address with a name and password in it is not fetched", "save the page and add the file")
    host = _ascii(host, url)
    target = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE + '?')}" if parts.query else "")
    netloc = f"[{host}]" if ":" in host else host
    netloc += f":{port}" if port and port != _SCHEMES[parts.scheme] else ""
    plain = urlunsplit(SplitResult(parts.scheme, netloc, "", "", "")) + target
    return Place(plain, parts.scheme, host, port or _SCHEMES[parts.scheme], target)


_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid")


def canonical(url: str) -> str:
    """Give an address in the one form by which an article is known: no fragment, no tracking, no usual port."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    host = (parts.hostname or "").rstrip(".")
    host = f"[{host}]" if ":" in host else host
    netloc = f"{host}:{port}" if port and port != _SCHEMES.get(parts.scheme) else host
    query = "&".join(part for part in parts.query.split("&") if not part.casefold().startswith(_TRACKING))
    return urlunsplit(SplitResult(parts.scheme, netloc, parts.path or "/", query, ""))


def same_site(first: str, second: str) -> bool:
    """Say whether two addresses lie on one site: the same host, or one below the other, `www` and the like apart."""
    one, other = (_bare_host(url) for url in (first, second))
    return bool(one) and (one == other or one.endswith(f".{other}") or other.endswith(f".{one}"))


def _bare_host(url: str) -> str:
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    first, _, rest = host.partition(".")
    return rest if first in ("www", "m", "amp", "mobile") and "." in rest else host


def _ascii(host: str, url: str) -> str:
    try:
        found = host if host.isascii() else ".".join(map(_label, host.split(".")))
    except UnicodeError:
        found = ""
    if not found or any(c <= " " or c in "/\\@#?%<>\x7f" for c in found):
        raise refuse(url[:200], "the name of its host is no name", "check it")
    return found.casefold()


def _label(label: str) -> str:
    """Give a part of a host's name in ASCII; ß and ς are letters of their own in it (IDNA 2008, as in browsers)."""
    if "ß" in label or "ς" in label:
        return "xn--" + unicodedata.normalize("NFC", label.lower()).encode("punycode").decode("ascii")
    return label.encode("idna").decode("ascii")


def resolve(place: Place, seconds: float, *, allow_private: bool = False) -> list[str]:
    """Give the addresses of machines that `place` means, each of them public unless `allow_private`.

    Raises SourceError when there are none, or when looking them up takes longer than `seconds`.
    """
    found: list[str] = []
    failed: list[str] = []

    def look_up() -> None:
        try:
            for entry in socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM):
                found.append(str(entry[4][0]))
        except (OSError, UnicodeError) as error:
            failed.append(str(error))

    worker = threading.Thread(target=look_up, daemon=True)
    worker.start()
    worker.join(max(0.0, seconds))
    machines = list(dict.fromkeys(found))
    if worker.is_alive() or failed or not machines:
        raise refuse(place.url, "its host is not found", "check the address and the network")
    public = machines if allow_private else [machine for machine in machines if is_public(machine)]
    if not public:
        raise private(place)
    return public


def private(place: Place) -> SourceError:
    """Make the error for an address that leads into the own network."""
    way_out = f"save the page and add the file, or name its host in {PRIVATE_HOSTS}"
    return refuse(place.url, "this leads to a private address", way_out)


def is_public(machine: str) -> bool:
    """Say whether a numeric address is one of the open net, whatever it is wrapped in."""
    try:
        number = ipaddress.ip_address(machine.partition("%")[0])
    except ValueError:
        return False
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour or (number.teredo[1] if number.teredo else None)
        if inner is None and number in _NAT64:
            inner = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return number.is_global and not (number.is_multicast or number.is_reserved or number.is_unspecified)
