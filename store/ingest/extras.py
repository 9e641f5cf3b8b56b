"""The parts of ingest that are installed on demand, and the one line that says how."""

from __future__ import annotations

from importlib.util import find_spec

from store.ingest.refusal import refuse


def web(source: str) -> None:
    """Raise SourceError when what reads web pages, addresses and feeds is not installed."""
    _need("trafilatura", "web pages", "web", source)


def feeds(source: str) -> None:
    """Raise SourceError when what reads feeds is not installed."""
    _need("feedparser", "feeds", "web", source)


def pdf(source: str) -> None:
    """Raise SourceError when what reads PDF files is not installed."""
    _need("pypdf", "PDF files", "pdf", source)


def _need(module: str, what: str, extra: str, source: str) -> None:
    if find_spec(module) is None:
        raise refuse(source, f"{what} need the extra {extra!r}", f"pip install 'newsreader-tui[{extra}]'")


def hush(*names: str) -> None:
    """Keep what the libraries `names` log off the screen, unless the program that runs has set up logging."""
    import logging  # noqa: PLC0415

    for name in names:
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
