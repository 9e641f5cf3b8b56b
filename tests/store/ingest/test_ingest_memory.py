"""What other pages of a site tell about a page."""

from pathlib import Path

from store.ingest import SiteMemory, from_text

FOOT = [
    "The Courier has been printed on the island since 1887 and belongs to its readers, who elect the board each May.",
    "Our offices in Harbour Street are open to visitors on weekdays, and the archive may be consulted by appointment.",
]
NAVIGATION = [f"Our {place} page" for place in ("north", "south", "east", "west", "harbour", "market", "school", "art")]
STORY = [
    "The ferry company Norled said on Tuesday that it will stop serving the outer islands of the Vessel archipelago in "
    "March, leaving about four hundred people without a daily boat to the mainland.",
    "“We have lost money on this route for nine years,” said the managing director, Ingrid Solheim. “Nobody can say "
    "that we did not warn the ministry.”",
    "The islanders have asked the county to run the boats itself. A decision is expected before the end of January.",
    "Schools on the two largest islands have made plans for children to sleep on the mainland during the week.",
]
OTHER = [
    "A new library will open in the old customs house next spring, the town council decided by nine votes to two.",
    "The building has stood empty since 2009. “It is the finest room in town,” said the architect, Jens Okoro.",
    "Work will begin in the autumn and cost four million, according to the council's budget for the coming year.",
]


def site_page(body: list[str]) -> bytes:
    return "\n\n".join([*NAVIGATION, *body, *FOOT]).encode()


def test_prose_that_stands_on_every_page_of_a_site_is_furniture() -> None:
    memory = SiteMemory()
    from_text(site_page(OTHER), "one.txt", memory)
    extract = from_text(site_page(STORY), "two.txt", memory)
    assert FOOT[0] not in extract.text
    assert FOOT[0] in [removed.text for removed in extract.removed]
    assert all(paragraph in extract.text for paragraph in STORY)


def test_a_copy_of_an_article_does_not_make_its_text_furniture() -> None:
    memory = SiteMemory()
    first = from_text(site_page(STORY), "one.txt", memory)
    again = from_text(site_page(STORY), "copy.txt", memory)
    assert all(paragraph in again.text for paragraph in STORY)
    assert first.text == again.text


def test_a_page_read_again_is_not_compared_with_itself() -> None:
    memory = SiteMemory()
    assert from_text(site_page(OTHER), "one.txt", memory) == from_text(site_page(OTHER), "one.txt", memory)


def test_pages_of_other_sites_say_nothing() -> None:
    memory = SiteMemory()
    from_text(site_page(OTHER), "one.txt", memory)
    alone = "\n\n".join(STORY).encode()
    assert from_text(alone, "two.txt", memory) == from_text(alone, "two.txt")


def test_the_oldest_page_is_forgotten_when_the_memory_is_full() -> None:
    memory = SiteMemory(pages=2)
    for name in ("one", "two", "three"):
        memory.learn(name, [f"{name} line", "shared line"])
    assert len(memory) == 2
    memory.forget("two")
    memory.forget("never seen")
    assert len(memory) == 1


def test_a_memory_in_a_file_is_there_again_and_one_that_is_damaged_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "sites.sqlite"
    memory = SiteMemory(path)
    from_text(site_page(OTHER), "one.txt", memory)
    memory.close()
    again = SiteMemory(path)
    assert FOOT[0] not in from_text(site_page(STORY), "two.txt", again).text
    again.close()
    path.write_bytes(b"no database" * 1000)
    assert len(SiteMemory(path)) == 0


def test_a_line_is_remembered_of_the_newest_pages_only_and_still_known() -> None:
    memory = SiteMemory()
    for number in range(40):
        body = [f"{sentence} Case {'abcdefghij'[number % 10] * (1 + number // 10)}." for sentence in OTHER]
        memory.learn(f"{number}.txt", [*NAVIGATION, *body, *FOOT])
    assert FOOT[0] not in from_text(site_page(STORY), "two.txt", memory).text
