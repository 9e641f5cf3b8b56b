"""Where things lie."""

from pathlib import Path

import pytest
from platformdirs import user_config_path, user_data_path, user_state_path

from store import paths


def test_the_library_named_in_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NEWSREADER_LIBRARY", str(tmp_path / "mine"))
    assert paths.default_library() == tmp_path / "mine"


def test_a_tilde_in_the_named_library_is_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NEWSREADER_LIBRARY", "~/news")
    assert paths.default_library() == tmp_path / "news"


def test_a_tilde_with_a_name_that_nobody_has_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSREADER_LIBRARY", "~nobody-has-this-name/news")
    assert paths.default_library() == Path("~nobody-has-this-name/news")


def test_asking_for_paths_creates_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NEWSREADER_LIBRARY", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    assert paths.default_library().is_relative_to(tmp_path)
    assert paths.state_dir().is_relative_to(tmp_path)
    assert paths.config_dir().is_relative_to(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("named", ["", " ", "/srv/x", "/srv/x/", "relative/folder", "~/mine"])
def test_the_folders_are_those_of_platformdirs(named: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NEWSREADER_LIBRARY", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    for variable, _ in paths.XDG.values():
        monkeypatch.setenv(variable, named)
    assert paths.default_library() == user_data_path("newsreader", appauthor=False) / "library"
    assert paths.state_dir() == user_state_path("newsreader", appauthor=False)
    assert paths.config_dir() == user_config_path("newsreader", appauthor=False)


def test_the_sample_articles_are_there() -> None:
    assert all(path.stat().st_size > 1000 for path in paths.sample_files())
    assert paths.sample_files()
