"""The same story as ten newspapers print it, each in its language, with its date, its byline and its paywall."""

import json
from pathlib import Path
from typing import Any

import pytest

from store.ingest import read
from store.model import Extract

PAGES: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "fixtures" / "languages.json").read_text("utf-8"))
EACH = pytest.mark.parametrize("told", PAGES, ids=[told["language"] for told in PAGES])


def as_page(told: dict[str, Any]) -> bytes:
    menu = "".join(f'<li><a href="/{at}">{label}</a></li>' for at, label in enumerate(told["menu"]))
    above, below = ("".join(f"<p>{words}</p>" for words in part) for part in halves(told))
    return (
        f'<!DOCTYPE html><html lang="{told["language"]}"><head><meta charset="utf-8">'
        f"<title>{told['title']} | {told['outlet']}</title></head><body><nav><ul>{menu}</ul></nav><main><article>"
        f"<h1>{told['title']}</h1><p>{told['deck']}</p><div>{told['byline']}</div><div>{told['printed']}</div>"
        f"{above}<div><p>{told['paywall']}</p></div>{below}</article></main>"
        f"<footer><p>© 2025 {told['outlet']}</p></footer></body></html>"
    ).encode()


def as_dump(told: dict[str, Any]) -> bytes:
    above, below = halves(told)
    head = [*told["menu"], told["title"], told["deck"], told["byline"], told["printed"]]
    return "\n\n".join([*head, *above, told["paywall"], *below, f"© 2025 {told['outlet']}"]).encode()


def halves(told: dict[str, Any]) -> tuple[list[str], list[str]]:
    return told["paragraphs"][:3], told["paragraphs"][3:]


def parts(found: Extract) -> list[str]:
    return [found.text[block.start : block.end] for block in found.blocks]


@EACH
def test_a_web_page_gives_its_text_and_its_facts(told: dict[str, Any]) -> None:
    found = read("page.html", as_page(told))
    assert parts(found) == [told["deck"], *told["paragraphs"]]
    assert (found.title, found.outlet, list(found.authors)) == (told["title"], told["outlet"], told["authors"])
    assert (found.published, found.published_inferred, found.language) == ("2025-01-14", False, told["language"])


@EACH
def test_a_dump_of_it_loses_nothing_and_gives_its_facts(told: dict[str, Any]) -> None:
    found = read("page.txt", as_dump(told))
    assert set(told["paragraphs"]) <= set(parts(found))
    assert not {*told["menu"], f"© 2025 {told['outlet']}"} & set(parts(found))
    assert (found.title, list(found.authors)) == (told["title"], told["authors"])
    assert (found.published, found.language) == ("2025-01-14", told["language"])
