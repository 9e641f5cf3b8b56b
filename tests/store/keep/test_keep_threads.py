"""One library, several threads: reading goes on while another thread writes."""

import threading
from pathlib import Path

from store.library import Library
from store.model import Analysis, Block, Extract

TEXT = "word " * 400


def test_reading_everything_goes_on_while_another_thread_tags(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        extract = Extract(path="a.txt", text=TEXT, blocks=(Block("paragraph", 0, len(TEXT)),), title="Words")
        article = library.add(extract, Analysis(analyser="x")).article.id
        failures: list[BaseException] = []
        done = threading.Event()

        def read() -> None:
            try:
                while not done.is_set():
                    library.refresh()
                    assert len(library.claims()) <= 150
                    list(library.raw("claims").items())
                    library.claims(article)
                    library.claim_counts()
                    library.tag_uses()
                    library.analysis(article)
                    library.tags()
            except BaseException as error:
                failures.append(error)

        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        for number in range(150):
            library.tag_span(article, number, number + 3, [f"tag {number % 20}"])
        done.set()
        for reader in readers:
            reader.join()
        assert failures == []
        assert sum(library.tag_uses().values()) == len(library.claims()) == 150
