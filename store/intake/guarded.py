"""Reading guarded: what a library trips over costs one source, never the rest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from store.errors import NewsreaderError
from store.ingest.refusal import refuse


@contextmanager
def reading(source: str) -> Iterator[None]:
    """Turn every error that no reader foresaw into a SourceError about `source`; those a person can act on pass."""
    try:
        yield
    except NewsreaderError:
        raise
    except Exception as error:
        raise refuse(
            source, f"it cannot be read ({type(error).__name__})", "save it as text or HTML and add that"
        ) from error
