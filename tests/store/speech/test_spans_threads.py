"""Texts that are looked at side by side come out as each does alone."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from store.speech import features
from store.speech.network import tagger
from store.speech.tokens import paragraph_spans, read_paragraph


def letters(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in str(number))


def test_words_keep_their_numbers_while_another_text_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "_REMEMBERED", 10)  # every text but the first finds the memory full
    texts = [" ".join(letters(seed * 10_000 + n) for n in range(2_000)) for seed in range(1, 13)]
    read = [[read_paragraph(text, *span) for span in paragraph_spans(text)] for text in texts]
    encode = tagger().encoder.encode
    alone = [np.concatenate(encode(paragraphs)) for paragraphs in read]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda paragraphs: np.concatenate(encode(paragraphs)), read))
    for one, other in zip(alone, together, strict=True):
        np.testing.assert_array_equal(one, other)
