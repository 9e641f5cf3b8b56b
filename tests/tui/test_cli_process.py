"""The command as a process: what it loads, and pipes, terminals and disks that fail."""

from __future__ import annotations

import contextlib
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from store.library import Library
from store.model import Analysis, Extract

COMMAND = "from tui.cli import command; command()"
LOADED = "import sys; from tui.cli import main; main(sys.argv[1:]); print(*sorted(sys.modules), file=sys.stderr)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with one article of many lines, and a text beside it."""
    text = "\n\n".join(f"Paragraph {number} is about the harbour of Latakia." for number in range(3000))
    (tmp_path / "a.txt").write_text("The harbour\n\nThe port authority said that the harbour is open.\n")
    with Library.open(tmp_path / "library") as library:
        library.add(Extract(path="p", text=text, blocks=(), title="Long"), Analysis(analyser="test"))
    return tmp_path


def heed_interrupts() -> None:
    """Let an interrupt be heeded, also where the tests run in the background and are deaf to it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(folder: Path, *words: str, code: str = COMMAND, **more: object) -> subprocess.Popen[bytes]:
    env = {**os.environ, "NEWSREADER_LIBRARY": str(folder / "library")}
    return subprocess.Popen(
        [sys.executable, "-c", code, *words],
        cwd=folder,
        env=env,
        stderr=subprocess.PIPE,
        **{"preexec_fn": heed_interrupts} | more,  # type: ignore[call-overload]
    )


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    assert process.stderr is not None
    said = process.stderr.read().decode()
    process.stderr.close()
    assert "Traceback" not in said
    assert "Exception ignored" not in said
    return process.wait(), said


@pytest.mark.parametrize(
    ("words", "unneeded"),
    [
        (["--help"], {"textual", "rich", "tinydb", "msgspec", "rapidfuzz", "numpy", "sqlite3"}),
        (["list"], {"textual", "rich", "rapidfuzz", "numpy", "sqlite3", "store.ingest", "store.speech"}),
        (["show", "Long"], {"textual", "rich", "rapidfuzz", "numpy", "sqlite3"}),
        (["search", "harbour"], {"textual", "rich", "numpy", "store.ingest", "store.speech"}),
        (["export", "-o", "x.json"], {"textual", "rich", "rapidfuzz", "numpy", "sqlite3", "store.ingest"}),
        (["inspect", "a.txt"], {"textual", "rich", "tinydb", "sqlite3", "store.library"}),
        (["add", "a.txt"], {"textual", "rich", "store.search", "multiprocessing", "trafilatura", "urllib3"}),
    ],
)
def test_a_verb_loads_only_what_it_needs_and_never_the_screen(
    folder: Path, words: list[str], unneeded: set[str]
) -> None:
    code, loaded = ended(start(folder, *words, code=LOADED, stdout=subprocess.DEVNULL))
    assert code == 0
    assert not unneeded & set(loaded.split())


def test_a_reader_that_has_seen_enough_is_no_error(folder: Path) -> None:
    process = start(folder, "show", "Long", stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.read(10)
    process.stdout.close()
    assert ended(process) == (0, "")


def test_a_full_disk_under_the_output_is_one_line(folder: Path) -> None:
    for words in (["list"], ["show", "Long"], ["export"], ["list", "--json"], ["--help"]):
        with open("/dev/full", "wb") as full:
            code, said = ended(start(folder, *words, stdout=full))
        assert code == 1, words
        assert said.count("\n") == 1
        assert "disk is full" in said


def test_closed_streams_are_no_traceback(folder: Path) -> None:
    process = start(folder, "list", stdout=subprocess.DEVNULL, preexec_fn=lambda: os.close(1))
    code, said = ended(process)
    assert code == 1
    assert "standard output is closed" in said
    process = start(folder, "add", "-", stdout=subprocess.DEVNULL, preexec_fn=lambda: os.close(0))
    assert ended(process)[0] == 1


def test_an_interrupt_ends_quietly(folder: Path) -> None:
    process = start(folder, "add", "-", stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert process.stdin is not None
    process.stdin.write(b"The beginning. " * 20_000)  # more than a pipe holds: when this returns, it is reading
    process.stdin.flush()
    while process.poll() is None:  # one that comes between two reads waits for the next
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.2)
    assert ended(process) == (130, "")
    process.stdin.close()


def many(folder: Path, count: int) -> None:
    (folder / "many").mkdir()
    for number in range(count):
        (folder / "many" / f"{number:03}.txt").write_text(
            f"Text {number}\n\nThe minister said that road {number} is open."
        )


def test_an_interrupt_keeps_what_was_added_and_counts_it(folder: Path) -> None:
    many(folder, 400)
    process = start(folder, "add", "many", stdout=subprocess.PIPE)
    assert process.stdout is not None
    for _ in range(20):
        assert process.stdout.readline().startswith(b"added")
    process.send_signal(signal.SIGINT)
    rest = process.stdout.read().count(b"added")
    process.stdout.close()
    code, said = ended(process)
    assert code == 130
    assert f"stopped; {20 + rest} added" in said
    with Library.open(folder / "library") as library:
        assert len(library.articles()) == 1 + 20 + rest < 400


def on_a_terminal(folder: Path, *words: str, **env: str) -> str:
    """Run the command on a terminal of 60 columns and give what is printed."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        environment = {**os.environ, "NEWSREADER_LIBRARY": str(folder / "library"), "COLUMNS": "60", "TERM": "xterm"}
        environment.pop("NO_COLOR", None)
        os.execve(sys.executable, [sys.executable, "-c", COMMAND, *words], environment | env)
    printed = b""
    with contextlib.suppress(OSError):  # reading ends so when the other side has ended
        while piece := os.read(terminal, 65536):
            printed += piece
    os.waitpid(pid, 0)
    os.close(terminal)
    return printed.decode().replace("\r\n", "\n")


def test_colours_are_for_terminals_and_no_color_turns_them_off(folder: Path) -> None:
    assert "\x1b[1m" in on_a_terminal(folder, "show", "Long")
    assert "\x1b[1m" in on_a_terminal(folder, "show", "Long", NO_COLOR="")
    assert "\x1b" not in on_a_terminal(folder, "show", "Long", NO_COLOR="1")
    assert "\x1b" not in on_a_terminal(folder, "list", TERM="dumb")


def test_lines_fit_the_terminal(folder: Path) -> None:
    for words in (["list"], ["show", "Long"], ["search", "harbour latakia"]):
        for line in on_a_terminal(folder, *words, NO_COLOR="1").splitlines():
            assert len(line) <= 60


def test_a_narrow_list_leaves_columns_out_before_the_title(folder: Path) -> None:
    text = "Harbour closes after the storm\n\n“It is closed,” said Mayor Ada Voss on Thursday, 5 March 2026.\n"
    extract = Extract(path="b", text=text, blocks=(), title="Harbour closes after", outlet="港の新聞" * 8)
    with Library.open(folder / "library") as library:
        library.add(extract, Analysis(analyser="test"))
    narrow = on_a_terminal(folder, "list", "Harbour closes", COLUMNS="40", NO_COLOR="1")
    assert narrow.rstrip().endswith("Harbour closes after")
    wide = on_a_terminal(folder, "list", COLUMNS="200", NO_COLOR="1").splitlines()
    (printed,) = [line for line in wide if "Harbour closes after" in line]
    assert "港の新聞港の新聞港の新…" in printed


def test_progress_is_shown_on_a_terminal_and_leaves_nothing_behind(folder: Path) -> None:
    (folder / "b.txt").write_text("Another text\n\nThe minister said that the harbour is closed on Sundays.\n")
    printed = on_a_terminal(folder, "add", "a.txt", "b.txt")
    assert "] 1 of 2" in printed
    assert "\r\x1b[K" in printed


def test_a_program_that_is_ended_by_the_system_keeps_what_it_told_and_leaves_a_whole_library(folder: Path) -> None:
    many(folder, 400)
    process = start(folder, "add", "many", stdout=subprocess.PIPE)
    assert process.stdout is not None
    for _ in range(20):
        assert process.stdout.readline().startswith(b"added")
    process.send_signal(signal.SIGTERM)
    rest = process.stdout.read().count(b"added")
    process.stdout.close()
    code, said = ended(process)
    assert code == 143
    assert f"stopped; {20 + rest} added" in said
    with Library.open(folder / "library") as library:
        assert len(library.articles()) == 1 + 20 + rest < 400
    assert ended(start(folder, "check", stdout=subprocess.DEVNULL)) == (0, "")
    assert not list((folder / "library").rglob("*.tmp"))


def test_adding_goes_on_when_nobody_reads_its_lines(folder: Path) -> None:
    many(folder, 30)
    (folder / "many" / "empty.txt").write_bytes(b"")
    for words, expected in ((["add", "many"], 1), (["add", "--json", "many"], 1), (["add", "many/003.txt"], 0)):
        process = start(folder, *words, stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.close()
        assert ended(process)[0] == expected
        with Library.open(folder / "library") as library:
            assert len(library.articles()) == 1 + 30


def test_an_interrupt_before_there_is_anything_to_do_ends_quietly(folder: Path) -> None:
    """The interpreter stops in the middle of loading the verbs."""
    code = (
        "import os, signal, sys\n"
        "class Stop:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == sys.argv[1]: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Stop())\n"
        "from tui.cli import command\n"
        "command()\n"
    )
    for module in ("store.errors", "tui.cli.output", "tui.cli.parser"):
        assert ended(start(folder, module, code=code, stdout=subprocess.DEVNULL)) == (130, "")
