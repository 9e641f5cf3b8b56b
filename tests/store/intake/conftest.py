"""A library, and a server on this machine that it may fetch from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from web_server import Server

from store.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as library:
        yield library


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NEWSREADER_PRIVATE_HOSTS", "127.0.0.1,localhost")
    running = Server()
    yield running
    running.close()
