"""Sources made to take for ever: each is read or refused with work that grows with its size, not with its square."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from store.errors import SourceError
from store.ingest import exports, feeds, read
from store.ingest.exports import from_csv, from_json
from store.ingest.feeds import from_feed
from store.ingest.kinds import kind_of
from store.safe_text import clean

PART = "--{0}\r\nContent-Type: {1}\r\n\r\n"
HEAD = "From: Ana Reyes <ana@example.org>\r\nSubject: The budget\r\nMIME-Version: 1.0\r\n"
STORY = "The minister said on Tuesday that the budget of the port would be voted in March.\r\n"


def steps(work: Callable[[], object]) -> int:
    """Count the lines of Python that a piece of work runs."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Callable[..., object]:
        nonlocal count
        count += event == "line"
        return trace

    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(None)
    return count


def mail(parts: int) -> bytes:
    """A mail of so many short parts."""
    head = HEAD + 'Content-Type: multipart/mixed; boundary="edge"\r\n\r\n'
    return (head + (PART.format("edge", "text/plain") + STORY) * parts + "--edge--\r\n").encode()


def nested(depth: int) -> bytes:
    """A mail of parts in parts, a text in the innermost."""
    head = HEAD + 'Content-Type: multipart/mixed; boundary="e0"\r\n\r\n'
    inner = "".join(PART.format(f"e{n}", f'multipart/mixed; boundary="e{n + 1}"') for n in range(depth))
    return (head + inner + PART.format(f"e{depth}", "text/plain") + STORY).encode()


def test_torn_lines_cost_the_same_each_however_many_belong_together() -> None:
    row = b"and so it went on and on\n"

    few, many = (steps(lambda n=n: read("torn.txt", row * n)) for n in (200, 800))  # type: ignore[misc]

    assert many < 5 * few


def test_a_mail_of_a_few_parts_is_read_and_one_of_thousands_refused() -> None:
    assert "voted in March" in read("few.eml", mail(30)).text
    assert "voted in March" in read("deep.eml", nested(20)).text
    for raw in (mail(5_000), nested(5_000)):
        with pytest.raises(SourceError, match=r"more than 2,000 parts, or parts in parts; save its text"):
            read("many.eml", raw)


@pytest.mark.parametrize("filler", ["(", '"', "a;", "=?utf-8?q?x?= ", "x@y.z, "])
@pytest.mark.parametrize("name", ["From", "Date", "To", "Reply-To"])
def test_a_header_field_without_end_costs_no_more_than_its_beginning(name: str, filler: str) -> None:
    head = (
        f"{name}: {filler * 100_000}\r\nSubject: The budget\r\nMIME-Version: 1.0\r\nMessage-ID: <1@example.org>\r\n\r\n"
    )

    found = read("long.eml", (head + STORY).encode())

    assert found.title == "The budget"
    assert "voted in March" in found.text


def test_types_of_parts_too_long_to_be_read_are_refused() -> None:
    head = HEAD + 'Content-Type: multipart/mixed; boundary="edge"\r\n\r\n'
    parts = "".join(PART.format("edge", f"text/plain; {'a;' * 450}{n}") + STORY for n in range(500))

    with pytest.raises(SourceError, match="this mail cannot be taken apart"):
        read("types.eml", (head + parts).encode())


def test_a_line_of_nothing_but_beginnings_of_control_strings_is_cleaned() -> None:
    assert clean("Hello\x9d" * 100_000) == "Hello" * 100_000
    assert clean("a \x9d0;title\x07b") == "a b"


def test_of_a_list_without_end_the_first_links_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "MOST_LINKS", 100)
    monkeypatch.setattr(exports, "MOST_ROWS", 200)
    rows = [f"https://example.org/{n}" for n in range(1_000)]

    table = from_csv(("url,title\n" + "".join(f"{url},Story\n" for url in rows)).encode(), "list.csv")
    json = from_json(("[" + ",".join(f'{{"url":"{url}"}}' for url in rows) + "]").encode(), "list.json")

    for listing in (table, json):
        assert [link.url for link in listing.links] == rows[:100]
        assert listing.left_out == 100


def test_a_feed_whose_entries_do_not_end_is_refused_and_of_a_long_one_the_first_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feeds, "MOST_READ", 50)
    head = "<rss version='2.0'><channel><title>Port news</title>"
    item = "<item><title>Story</title><link>https://example.org/{0}</link></item>"

    with pytest.raises(SourceError, match="entries that do not end"):
        from_feed((head + "<item>" * 2_000).encode(), "feed.xml")
    found = from_feed((head + "".join(map(item.format, range(60))) + "</channel></rss>").encode(), "feed.xml")

    assert found.links[0].url == "https://example.org/0"
    assert found.left_out == 60 - len(found.links)


@pytest.mark.parametrize(
    "item", ["<item/>", "<item />", "<item\n>{0}</item\n>", "<r:item>{0}</r:item>", "<ITEM>{0}</ITEM>"]
)
def test_entries_are_counted_however_they_are_written(monkeypatch: pytest.MonkeyPatch, item: str) -> None:
    monkeypatch.setattr(feeds, "MOST_READ", 50)
    head = "<rss version='2.0' xmlns:r='http://purl.org/rss/1.0/'><channel><title>Port news</title>"
    items = (item.format(f"<link>https://example.org/{n}</link>") for n in range(60))
    found = from_feed((head + "".join(items) + "</channel></rss>").encode(), "feed.xml")
    assert found.left_out + found.empty == 60 if item.endswith("/>") else found.left_out == 10


def test_of_a_json_feed_without_end_the_first_entries_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST_READ", 50)
    items = ",".join(f'{{"id": "{n}", "url": "https://example.org/{n}"}}' for n in range(60))
    raw = f'{{"version": "https://jsonfeed.org/version/1.1", "title": "Port\\u001b[31m news", "items": [{items}]}}'
    found = from_feed(raw.encode(), "feed.json")
    assert (len(found.links), found.left_out, found.title) == (50, 10, "Port news")


def paragraphs(count: int) -> str:
    return "".join(f"<p>{STORY.strip()} It was said {n} times.</p>" for n in range(count))


def test_comments_without_end_do_not_hide_what_a_source_is() -> None:
    comments = b"<!---->" * 500

    assert kind_of(comments + b"<html><body>", "page") == "html"
    assert kind_of(comments + b"Nothing", "page.txt") == "text"


@pytest.mark.parametrize("mark", ["hidden", "style='display:none'"])
def test_words_between_hidden_blocks_stay_in_their_order(mark: str) -> None:
    rows = "".join(
        f"<div {mark}>Never seen {n}.<div {mark}>Nor {n}.</div></div> It was seen {n} times." for n in range(99)
    )
    page = f"<html><body><article>{paragraphs(5)}<div>Seen first.{rows}</div></article></body></html>"

    found = read("page.html", page.encode())

    assert "Seen first. " + " ".join(f"It was seen {n} times." for n in range(99)) in found.text
    assert "Never" not in found.text
    assert "Nor" not in found.text


@pytest.mark.parametrize("depth", [100, 1_000])
def test_hidden_blocks_in_hidden_blocks_that_hold_the_article_are_read(depth: int) -> None:
    page = f"<html><body>{'<div hidden>' * depth}{paragraphs(5)}</body></html>"

    assert read("page.html", page.encode()).text.count("voted in March") == 5


def test_a_row_of_thousands_of_cells_is_read_line_by_line() -> None:
    cells = "".join(f"<td>Cell {n}</td>" for n in range(3_000))
    page = f"<html><body><article>{paragraphs(20)}<table><tr>{cells}</tr></table></article></body></html>"

    found = read("page.html", page.encode())

    assert found.text.count("voted in March") == 20
    assert "Cell 2999" in found.text + " ".join(gone.text for gone in found.removed)


@pytest.mark.parametrize(
    "table",
    [
        "<tr><td rowspan=1000 colspan=1000>x</td></tr>" * 8_000,
        f"<tr>{'<td rowspan=1000>x</td>' * 200}</tr>{'<tr><td>y</td></tr>' * 20_000}",
        f"<tr>{'<td>x</td>' * 240}</tr>{'<tr><td>y</td></tr>' * 20_000}",
    ],
    ids=["spans of both", "spans of rows", "one wide row"],
)
def test_cells_that_a_table_only_claims_to_have_are_not_made(table: str) -> None:
    page = f"<html><body><article>{paragraphs(20)}<table>{table}</table></article></body></html>"

    assert read("page.html", page.encode()).text.count("voted in March") == 20
    assert steps(lambda: read("page.html", page.encode())) < 20 * len(page)


@pytest.mark.parametrize("attribute", ['a{}="b"', 'a{}="<b>"', "a{} = b", "a{}"])
def test_a_tag_of_thousands_of_attributes_is_not_parsed(attribute: str, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[int] = []
    monkeypatch.setattr("store.ingest.html.parse", lambda source, path: parsed.append(len(source)))
    many = " ".join(attribute.format(n) for n in range(5_000))

    found = read("page.html", f"<html><body><div {many}>{paragraphs(20)}</div></body></html>".encode())

    assert found.text.count("voted in March") == 20
    assert not parsed


@pytest.mark.parametrize(
    ("name", "row"), [("page.html", "<p>Line</p>"), ("page.md", "Line\n\n"), ("page.txt", "Line\n\n")]
)
def test_more_lines_than_a_page_may_have_are_refused(name: str, row: str) -> None:
    with pytest.raises(SourceError, match="50,001 separate lines, and a page may have 50,000"):
        read(name, (row * 50_001).encode())
