"""Settings: what a person may write, what is refused, and how that is said."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.library import Library
from store.model import Analysis, Block, Extract, Quote
from tui import keys as keys_module
from tui.app import NewsreaderApp
from tui.cli import main
from tui.cli.settings import as_toml
from tui.config import SETTINGS, THEMES, Config, load
from tui.keymap import clash, key_name, with_changes
from tui.keys import KEYS
from tui.screens.help import HelpScreen
from tui.screens.library import LibraryScreen

MakeApp = Callable[..., NewsreaderApp]
Seen = Callable[[NewsreaderApp], str]
Loaded = tuple[Config, list[str]]


@pytest.fixture
def loaded(tmp_path: Path) -> Callable[[str | bytes], Loaded]:
    """Read settings from words; the troubles come without the folder."""

    def read(words: str | bytes) -> Loaded:
        path = tmp_path / "config.toml"
        path.write_bytes(words if isinstance(words, bytes) else words.encode())
        config, troubles = load(path)
        return config, [str(trouble).removeprefix(f"{tmp_path}/") for trouble in troubles]

    return read


Read = Callable[[str | bytes], Loaded]


def test_no_file_means_the_defaults_and_no_complaint(tmp_path: Path) -> None:
    assert load(tmp_path / "nothing.toml") == (Config(), [])


def test_settings_and_keys_are_read(loaded: Read) -> None:
    config, troubles = loaded(
        'theme = "nord"\nmeasure = 72\nperson = "Ada"\nmouse = false\n[keys]\nlibrary.add = "ctrl+a, +"\n'
        '"library.star" = ""\n'
    )
    assert troubles == []
    assert (config.theme, config.measure, config.person, config.mouse) == ("nord", 72, "Ada", False)
    keys = {key.id: key.keys for key in config.table}
    assert keys["library.add"] == "ctrl+a,plus"
    assert keys["library.star"] == ""
    assert keys["library.open"] == "enter,l,right"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('\n[keys]\n"library.ad" = "A"', "config.toml:3: library.ad: no such command; did you mean library.add?"),
        ('[keys]\nlibrary.add = "d"', "config.toml:2: library.add: d does “delete the article"),
        ('[keys]\nlibrary.add = "hyper+nokey"', "config.toml:2: library.add: hyper+nokey: no such key"),
        ("[keys]\nlibrary.add = 7", "config.toml:2: library.add: write the keys as text"),
        ('thema = "nord"', "config.toml:1: thema: no such setting; did you mean theme?"),
        ('theme = "nrd"', "config.toml:1: theme: no such theme; did you mean nord?"),
        ("\nmeasure = 3", "config.toml:2: measure: from 48 to 120, please"),
        ("measure = true", "config.toml:1: measure: a whole number, please"),
        ('mouse = "yes"', "config.toml:1: mouse: true or false, please"),
        ('keys = "t"', "config.toml:1: keys: this is a table"),
        ("theme = nord\n", "config.toml:1: Invalid value; the defaults hold until that is put right"),
        (b"\xff\xfe", "config.toml: this is no text"),
        ("[" * 5000, "config.toml:1: "),
    ],
)
def test_what_is_wrong_is_said_with_file_line_and_the_way_out(loaded: Read, words: str | bytes, said: str) -> None:
    config, troubles = loaded(words)
    assert len(troubles) == 1
    assert troubles[0].startswith(said)
    assert config == Config(), "the program starts with its defaults"


def test_one_mistake_costs_one_line(loaded: Read) -> None:
    config, troubles = loaded('measure = 70\ntheme = 1\n[keys]\nlibrary.add = "A"\nreader.nothing = "t"\n')
    assert len(troubles) == 2
    assert config == Config(measure=70, keys={"library.add": "A"})


def test_two_keys_can_change_places(loaded: Read) -> None:
    config, troubles = loaded('[keys]\nlibrary.add = "d"\nlibrary.delete = "a"\n')
    assert troubles == []
    assert clash(config.table) is None


def test_of_two_own_keys_that_clash_the_later_gives_way(loaded: Read) -> None:
    config, (trouble,) = loaded('[keys]\nlibrary.add = "ctrl+a"\nlibrary.delete = "ctrl+a"\n')
    assert config.keys == {"library.add": "ctrl+a"}
    assert trouble.startswith("config.toml:3: library.delete: ctrl+a does “")


@given(st.dictionaries(st.sampled_from([key.id for key in KEYS]), st.text(max_size=12), max_size=8))
def test_whatever_keys_are_wished_for_none_does_two_things(wishes: dict[str, str]) -> None:
    from tui.keymap import checked

    changes, wrong = checked(wishes)
    assert clash(with_changes(changes)) is None
    assert changes.keys() | wrong.keys() == wishes.keys()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        *(("/", "slash"), ("?", "question_mark"), ("Ctrl+T", "ctrl+t"), ("PgDn", "pagedown"), ("esc", "escape")),
        *(("é", "é"), ("F12", "f12"), ("↑", "up"), ("slash", "slash"), ("f99", None), ("", None), ("ctrl+", None)),
        *(("shift+e", "E"), ("Shift+É", "É"), ("shift+tab", "shift+tab"), ("shift+1", None), ("shift+slash", None)),
    ],
)
def test_keys_are_named_as_people_write_them(typed: str, name: str | None) -> None:
    assert key_name(typed) == name


def test_what_show_prints_is_read_back_as_the_same_settings(loaded: Read) -> None:
    config = Config(theme="nord", person='Ada "A" Voss', keys={"library.add": "comma,f2", "move.arrow_up": ""})
    assert loaded(as_toml(config)) == (config, [])
    everything = as_toml(Config()).replace("# measure", "measure").replace('# "', '"')
    assert loaded(everything) == (Config(keys={key.id: key.keys for key in KEYS}), [])


def test_the_themes_known_here_are_those_of_the_screen(library: Library, make_app: MakeApp) -> None:
    app = make_app(library)
    assert set(THEMES) == {name for name in app.available_themes if not name.startswith("pytest")}


def test_every_setting_is_in_the_documentation() -> None:
    table = (Path(__file__).parents[2] / "docs/config.md").read_text("utf8")
    for setting in SETTINGS:
        assert f"| `{setting.name}` | `{json.dumps(setting.default)}` | {setting.text} |" in table


# The verb


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "newsreader").mkdir()
    return tmp_path / "newsreader/config.toml"


def test_config_path_and_show(home: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    home.write_text("measure = 66\n")
    assert main(["config", "path"]) == 0
    assert main(["config", "show"]) == 0
    shown = capfdbinary.readouterr().out.decode()
    assert shown.startswith(f"{home}\n")
    assert "\nmeasure = 66\n" in shown
    assert '\n# "library.open" = "enter, l, →"' in shown


def test_config_check_lists_all_that_is_wrong(home: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["config", "check"]) == 0
    home.write_text('measure = 1\n[keys]\nnothing = "t"\n')
    assert main(["config", "check"]) == 1
    said = capfdbinary.readouterr().out.decode().splitlines()
    assert said == [
        f"{home}:1: measure: from 48 to 120, please",
        f"{home}:3: nothing: no such command",
    ]
    assert main(["config", "check", "--json"]) == 1
    lines = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert [line["line"] for line in lines] == [1, 3]


def test_config_wants_to_know_what(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config"]) == 2
    assert main(["config", "everything"]) == 2


# In the app


@pytest.fixture
def app_with(stocked: Library, tmp_path: Path) -> Callable[..., NewsreaderApp]:
    def make(**settings: object) -> NewsreaderApp:
        return NewsreaderApp(stocked, state=tmp_path / "app.json", config=Config(**settings))  # type: ignore[arg-type]

    return make


async def test_changed_keys_work_and_the_old_ones_do_not(app_with: MakeApp, stocked: Library) -> None:
    first = stocked.articles()[0].id
    async with app_with(keys={"library.star": "asterisk", "library.read": ""}).run_test() as pilot:
        await pilot.press("m", "r")
        assert not stocked.article(first).starred
        assert not stocked.article(first).read
        await pilot.press("asterisk")
        assert stocked.article(first).starred


async def test_keys_that_changed_places_do_each_the_other_thing(app_with: MakeApp, stocked: Library) -> None:
    first = stocked.articles()[0].id
    async with app_with(keys={"library.star": "r", "library.read": "m"}).run_test() as pilot:
        await pilot.press("m")
        assert (stocked.article(first).read, stocked.article(first).starred) == (True, False)
        await pilot.press("r")
        assert (stocked.article(first).read, stocked.article(first).starred) == (True, True)


async def test_help_and_hints_show_the_keys_that_hold(app_with: MakeApp, seen: Seen) -> None:
    async with app_with(keys={"app.help": "f2", "library.star": "asterisk"}).run_test(size=(120, 50)) as pilot:
        await pilot.pause()
        assert "f2 keys" in seen(pilot.app).lower()
        await pilot.press("question_mark")
        assert isinstance(pilot.app.screen, LibraryScreen)
        await pilot.press("f2")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HelpScreen)
        (star,) = [line for line in seen(pilot.app).splitlines() if "star or unstar" in line]
        assert star.split()[:1] == ["*"] or " * " in star


async def test_what_is_wrong_is_one_line_on_the_screen(stocked: Library, tmp_path: Path) -> None:
    app = NewsreaderApp(stocked, state=tmp_path / "app.json", notices=["config.toml:3: no", "config.toml:4: no"])
    async with app.run_test(notifications=True) as pilot:
        await pilot.pause()
        assert [note.message for note in app._notifications] == ["config.toml:3: no   and 1 more"]


async def test_the_theme_of_the_settings_is_put_on(app_with: MakeApp) -> None:
    async with app_with(theme="gruvbox").run_test() as pilot:
        assert pilot.app.theme == "gruvbox"


async def test_every_theme_can_be_put_on(app_with: MakeApp, seen: Seen) -> None:
    async with app_with().run_test(size=(80, 24)) as pilot:
        for name in THEMES:
            pilot.app.choose_theme(name)
            await pilot.pause()
            assert "Bank holds its rate" in seen(pilot.app), name


async def test_a_verdict_is_called_what_the_settings_call_it(library: Library, tmp_path: Path) -> None:
    text = "“We fight on,” said Ada Voss."
    quote = Quote(kind="direct", spans=((1, 13),), speaker="Ada Voss")
    extract = Extract(path="a.txt", text=text, blocks=(Block("paragraph", 0, len(text)),), title="A")
    article = library.add(extract, Analysis(analyser="test", quotes=(quote,))).article
    library.tag_span(article.id, 1, 13, ["war"])
    app = NewsreaderApp(library, article.id, state=tmp_path / "app.json", config=Config(verdict_false="refuted"))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("right_curly_bracket", "V", *"refu", "enter")
        assert library.claims()[0].verdict == "false"
        assert "✗ refuted" in "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def test_a_verdict_without_a_word_is_a_mistake_and_costs_its_line(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('verdict_false = " "\nverdict_open = "to check"\n', "utf8")
    config, troubles = load(file)
    assert config.verdicts["false"] == "false"
    assert config.verdicts["open"] == "to check"
    assert [trouble.line for trouble in troubles] == [1]


async def test_what_the_screen_says_names_the_keys_that_hold(app_with: MakeApp, stocked: Library, seen: Seen) -> None:
    keys = {"app.undo": "f6", "reader.tag": "f7,[", "reader.quote_on": "ctrl+n", "reader.quote_back": ""}
    async with app_with(keys=keys).run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("3")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "press f7 on a quote" in seen(pilot.app)
        await pilot.press("1", "enter", "h")
        await pilot.pause()
        assert "none yet: f7 tags" in seen(pilot.app)
        await pilot.press("v")
        assert "SELECT 1 word · f7 tag · w wider" in seen(pilot.app)
        await pilot.press("f7", *"rates", "enter")
        await pilot.pause()
        assert "Tagged rates   f6 undo" in [note.message for note in pilot.app._notifications]
        await pilot.press("f6", "C")
        await pilot.pause()
        assert "No quote here: ctrl+n goes to the next one" in [note.message for note in pilot.app._notifications]


async def test_a_key_that_looks_like_markup_is_shown_as_it_is(app_with: MakeApp, seen: Seen) -> None:
    for key in ("[", "\\", "]"):
        async with app_with(keys={"app.back": key, "reader.quote_on": "", "reader.quote_back": ""}).run_test() as pilot:
            await pilot.press("3")
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
            assert f"{key if key != chr(92) else 'backslash'} goes back" in seen(pilot.app)


def test_every_command_that_a_text_of_the_screen_names_is_one() -> None:
    known = {key.id for key in KEYS}
    files = [file for file in Path(keys_module.__file__).parent.rglob("*.py") if file.name != "keys.py"]
    named = {name for file in files for name in re.findall(r"<([a-z]+\.[a-z_]+)>", file.read_text("utf8"))}
    assert "app.undo" in named
    assert named <= known


async def test_the_keys_of_a_note_are_a_persons_own(app_with: MakeApp, stocked: Library, seen: Seen) -> None:
    async with app_with(keys={"note.keep": "f9"}).run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "i", *"first")
        assert "f9 keep" in seen(pilot.app)
        await pilot.press("f9")
        await pilot.pause()
        assert [claim.note for claim in stocked.claims()] == ["first"]


def test_what_is_typed_into_a_note_is_no_key_of_it(loaded: Read) -> None:
    for key in ("k", "shift+e", "E", "space", "slash", "/", "é", "ß", "€", "“", "港"):
        config, (trouble,) = loaded(f'[keys]\nnote.keep = "{key}"\n')
        assert "is typed into the note" in trouble
        assert config.keys == {}


def test_no_key_that_a_note_is_written_with_leaves_it(loaded: Read) -> None:
    for key in ("backspace", "del", "left", "→", "up", "down", "home", "end", "enter"):
        config, (trouble,) = loaded(f'[keys]\nnote.keep = "f9"\nnote.leave = "{key}"\n')
        assert f"{key}: " in trouble
        assert config.keys == {"note.keep": "f9"}
    config, troubles = loaded('[keys]\nnote.keep = "f9"\nnote.line = "enter"\n')
    assert config.keys == {"note.keep": "f9", "note.line": "enter"}
    assert not troubles


async def test_help_on_a_narrow_screen_says_all_that_a_key_does(app_with: MakeApp, seen: Seen) -> None:
    for width in (50, 40):
        async with app_with().run_test(size=(width, 20)) as pilot:
            await pilot.press("enter", "question_mark", "slash", *"letter")
            await pilot.pause()
            assert "' jump to a quote, claim or speaker by its letter" in " ".join(
                seen(pilot.app).replace("▌", "").split()
            )
