"""Whatever is given, one line says what is wrong and what to do, and nothing else happens."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import SourceError
from store.ingest import expand, from_text, read
from store.ingest.text import verbatim_text

ARTICLE = (
    "The harbour of Vessel Bay will close for a month from Monday, the port authority said.\n\n"
    "“We have no choice but to dredge,” said harbour master Ines Duarte. “The channel has silted up.”\n\n"
    "Ferries to the islands will leave from the old pier, according to the operator.\n"
)


def refusal(path: Path | str) -> str:
    with pytest.raises(SourceError) as caught:
        read(str(path))
    message = str(caught.value)
    assert "\n" not in message
    assert str(path) in message
    assert ";" in message  # what happened; the way out
    return message


def test_a_missing_file(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "gone.txt")
    assert "only http and https" in refusal("ftp://example.org/a.txt")


def test_a_hostile_name_stays_one_harmless_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        read(str(tmp_path / "a\n\x1b[2Jb.txt"))
    assert "\n" not in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_a_folder(tmp_path: Path) -> None:
    assert "folder" in refusal(tmp_path)


def test_a_file_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    refusal(tmp_path / "a.txt" / "b.txt")


def test_a_device() -> None:
    assert "device" in refusal("/dev/zero")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_an_unreadable_file(tmp_path: Path) -> None:
    file = tmp_path / "secret.txt"
    file.write_text(ARTICLE)
    file.chmod(0)
    assert "permission" in refusal(file)


def test_a_name_no_file_can_have() -> None:
    with pytest.raises(SourceError):
        read("a\0b.txt")


@pytest.mark.parametrize("content", [b"", b"\n\n \t\n", b"\xef\xbb\xbf", b"\xe2\x80\x8b\n"])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "empty.txt"
    file.write_bytes(content)
    refusal(file)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "picture"),
        (b"\x7fELF\x02\x01\x01" + bytes(64), "program"),
        (b"PK\x03\x04" + bytes(40), "archive"),
        (b"SQLite format 3\x00" + bytes(40), "database"),
        (bytes(range(32)) * 40, "binary"),
        (b"GIF89a" + bytes(40), "picture"),
    ],
)
def test_a_binary_file(tmp_path: Path, content: bytes, what: str) -> None:
    file = tmp_path / "article.txt"
    file.write_bytes(content)
    assert what in refusal(file)


def test_a_line_of_five_million_letters_is_too_long_for_an_article(tmp_path: Path) -> None:
    file = tmp_path / "line.txt"
    file.write_bytes(b"a" * 5_000_000)
    assert "2,000,000" in refusal(file)


def test_a_file_of_a_hundred_thousand_labels_is_no_article(tmp_path: Path) -> None:
    file = tmp_path / "labels.txt"
    file.write_bytes(b"Share\n" * 100_000)
    assert "50,000" in refusal(file)


def test_a_file_of_fifty_megabytes_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "big.txt"
    with file.open("wb") as out:
        out.truncate(50_000_000)
    assert "20 MB" in refusal(file)


def test_a_long_line_within_the_bounds_is_taken_in() -> None:
    line = ("The minister said that the harbour would close. " * 40_000).encode()
    assert len(from_text(line, "long.txt").text) > 1_900_000


@pytest.mark.parametrize(
    ("charset", "words"),
    [
        ("utf-8", "Élysée “said” 日本"),
        ("utf-8-sig", "Élysée “said”"),
        ("utf-16", "Élysée “said”"),
        ("utf-16-le", "Élysée “said”"),
        ("utf-16-be", "Élysée “said”"),
        ("cp1252", "Élysée “said” the minister’s deputy"),
        ("cp1251", "Президент заявил, что порт закроется в понедельник, сообщил министр транспорта"),
        ("cp1256", "قال الرئيس إن الميناء سيغلق يوم الاثنين وفق ما ذكرت الوزارة في بيان رسمي"),
        ("shift_jis", "大統領は月曜日に港を閉鎖すると述べた。運輸省が発表した。"),
    ],
)
def test_every_charset_of_the_day_is_read(charset: str, words: str) -> None:
    assert words in from_text((words + "\n\n" + words).encode(charset), "old.txt").text


def test_a_few_bad_bytes_do_not_change_the_charset_of_the_rest() -> None:
    raw = ("“Élysée” said the minister’s deputy on Monday. " * 20).encode() + b"\xff and \xfe more."
    text = from_text(raw, "bad.txt").text
    assert "“Élysée”" in text
    assert text.count("\ufffd") == 2


def test_bad_bytes_in_a_short_text_do_not_change_the_charset_of_the_rest() -> None:
    raw = (
        "“The pier is closed,” the mayor said. “For two years.”\n\n".encode()
        + b"\xed\xa0\x80 No ferry calls there now.\n"
    )
    assert read("a.txt", raw).text.startswith("“The pier is closed,” the mayor said.")


@pytest.mark.parametrize(
    ("declared", "charset", "words"),
    [
        (
            "gb2312",
            "gb18030",
            "议会领袖玛格丽特·霍洛韦在投票后表示：“码头将关闭两年。”渡轮公司对此表示遗憾，喆先生说。",
        ),
        ("shift_jis", "cp932", "市議会は火曜日、①古い桟橋を2年間閉鎖すると決めた。髙橋市長が述べた。"),
        (
            "iso-8859-9",
            "cp1254",
            "“İskele iki yıl kapalı kalacak,” dedi belediye başkanı Salı günü kalabalık toplantıda.",
        ),
    ],
)
def test_a_charset_is_the_larger_one_that_browsers_read_by_that_name(declared: str, charset: str, words: str) -> None:
    raw = f'<html><head><meta charset="{declared}"></head><body><h1>A</h1><p>{words}</p></body></html>'.encode(charset)
    assert words in read("a.html", raw).text


def test_one_curly_quote_in_plain_ascii_is_that_quote() -> None:
    raw = b"The minister\x92s deputy said on Monday that the harbour would close for a month. " * 50
    assert "minister’s" in from_text(raw, "quote.txt").text


def test_folders_are_given_file_by_file_sorted_and_hidden_files_stay_out(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("z.txt", "a.txt", ".hidden.txt", "b/c.txt", "picture.png"):
        (tmp_path / name).write_text("x")
    found = [os.path.relpath(path, tmp_path) for path in expand([str(tmp_path)])]
    assert found == ["a.txt", "z.txt", "b/c.txt"]


def test_the_folder_that_a_browser_saved_beside_a_page_is_no_source(tmp_path: Path) -> None:
    for name in ("Story.html", "Story_files/frame.html", "Seite.htm", "Seite-Dateien/a.html", "my_files/own.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = [Path(path).relative_to(tmp_path).as_posix() for path in expand([str(tmp_path)])]
    assert found == ["Seite.htm", "Story.html", "my_files/own.txt"]


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "gone.txt").symlink_to("nowhere")
    assert [Path(path).name for path in expand([str(tmp_path)])] == ["gone.txt"]


def test_what_is_no_folder_is_given_as_it_is() -> None:
    assert list(expand(["-", "no/such.txt"])) == ["-", "no/such.txt"]


def test_verbatim_keeps_the_decoded_file_to_the_letter() -> None:
    content = "\ufeff  One line \r\n\r\n\tAnother\x0bline\n\n"
    extract = verbatim_text(content.removeprefix("\ufeff").encode(), "plain.txt")
    assert extract.text == content.removeprefix("\ufeff")
    assert next(extract.text[b.start : b.end] for b in extract.blocks) == "One line"


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)))
def test_any_bytes_give_an_extract_or_one_line(raw: bytes) -> None:
    try:
        extract = from_text(raw, "any.txt")
    except SourceError:
        return
    assert extract.text.strip()
    at = 0
    for block in extract.blocks:
        assert at <= block.start < block.end <= len(extract.text)
        at = block.end
    assert "\n\n".join(extract.text[b.start : b.end] for b in extract.blocks) == extract.text
    extract.text.encode()


LINES = st.lists(
    st.sampled_from([*ARTICLE.splitlines(), "Share", "Related", "3 hours ago", "x" * 60, "- item"]), max_size=30
)


@settings(max_examples=100, deadline=None)
@given(LINES)
def test_no_word_of_a_page_is_lost_between_text_title_and_removed(lines: list[str]) -> None:
    source = "\n".join(["Port to close", *lines])
    extract = from_text(source.encode(), "page.txt")
    found = " ".join([extract.text, *(r.text for r in extract.removed)]).split()
    assert sorted(w for w in found if w != "-") == sorted(w for w in source.split() if w != "-")
    for removed in extract.removed:
        assert removed.text.split()[0] in source[removed.start : removed.end]


def test_hostile_text_is_safe_everywhere() -> None:
    raw = (
        "\x1b]0;owned\x07Port \x1b[31mto close\u202e soon\n\n"
        + ARTICLE
        + "\x9b2Jmore\u200b\n\n\x1b]8;;http://x\x07Share\n"
    )
    extract = from_text(raw.encode(), "hostile.txt")
    seen = [extract.text, extract.title or "", *(r.text for r in extract.removed)]
    assert not any(c in "\x1b\x07\x9b\u202e\u200b" for words in seen for c in words)
