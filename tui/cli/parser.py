"""The arguments of the command, and its help."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

VERBS: dict[str, tuple[str, str]] = {
    "add": ("SOURCE…", "add files, folders, web pages, feeds, lists of links, or -"),
    "update": ("[FEED…]", "fetch what is new in the feeds you follow, or in these"),
    "feeds": ("[--remove FEED…]", "list the feeds you follow, or leave some"),
    "list": ("[QUERY]", "list the articles, or those that a query finds"),
    "show": ("ARTICLE", "print an article with its quotes marked by their speakers"),
    "apart": ("ARTICLE…", "let articles filed as copies of another stand alone"),
    "search": ("QUERY", "search texts, quotes, claims, tags and speakers"),
    "inspect": ("SOURCE…", "analyse without storing: one JSON object a line"),
    "export": ("[QUERY] [-f FORMAT] [-o FILE]", "write articles and claims, all or what a query finds"),
    "import": ("FILE", "take in an export (- reads standard input)"),
    "history": ("[RECORD]", "what was changed, when and by whom"),
    "check": ("[--repair]", "look over the library: is everything there, and whole?"),
    "backup": ("FILE", "write the whole library to one file (.tar or .tar.gz)"),
    "config": ("path|show|check", "the settings: where they lie, what holds, what is wrong"),
}

_EXAMPLES = {
    None: """\
  newsreader article.txt                 add an article and read it
  newsreader add news/ -                 add a folder and what is piped in
  newsreader list is:unread after:2026-01
  newsreader search "Russian bases" speaker:lavrov
  newsreader show 514277cc | less
  newsreader export -o backup.json       and elsewhere: newsreader import backup.json
  newsreader ./list                      a file that is named like a verb""",
    "add": """\
  newsreader add article.txt
  newsreader add news/                   every article in a folder
  newsreader add https://example.org/a   a page; again later: a new version if it changed
  newsreader add https://example.org/rss follows a feed; newsreader update fetches its articles
  newsreader add pocket.csv feeds.opml   every page of a list of links; every feed of an OPML
  curl -s https://example.org/a.txt | newsreader add -""",
    "update": """\
  newsreader update
  newsreader update example.org/rss      one feed, by its address, name or id""",
    "feeds": """\
  newsreader feeds --json | jq -r .url
  newsreader feeds --remove https://example.org/rss""",
    "list": """\
  newsreader list
  newsreader list outlet:tass is:unread after:2026-01
  newsreader list --json | jq -r .title""",
    "show": """\
  newsreader show 514277cc | less        an id, or its beginning (4 or more)
  newsreader show --json news/a.txt      or a path, an address or a title""",
    "apart": """\
  newsreader apart 514277cc              it is listed and found by itself again""",
    "search": """\
  newsreader search rusian base          misspellings are found, after what is spelled right
  newsreader search '"no comment" speaker:peskov'
  newsreader search tag:economy -tag:trade has:note
  newsreader search putin,lavrov bases   putin or lavrov, and bases
  newsreader search is:altered --save changed     and later: newsreader search @changed
  fields: tag speaker outlet title note quote claim verdict status lang by in is has
          before after on said""",
    "inspect": """\
  newsreader inspect article.txt | jq '.quotes[] | [.speaker, .kind]'
  newsreader inspect https://example.org/story    fetched, not kept; a list of links is listed, not fetched
  newsreader inspect --verbatim speech.txt    offsets count in the very file""",
    "export": """\
  newsreader export -o backup.json
  newsreader export speaker:lavrov > lavrov.json
  newsreader export tag:bases,tartus -o claims.csv    the claims with one of these tags
  newsreader export outlet:tass after:2026-01 -o tass.qdpx    articles with all their claims
  newsreader export verdict:false -f receipt | pandoc -o false.docx
  a query with tag, speaker, note, verdict, by or said picks claims; any other picks articles with all their claims""",
    "import": """\
  newsreader import backup.json          merges by id; the same again changes nothing
  ssh desk newsreader export | newsreader import -""",
    "history": """\
  newsreader history                     the last 30 changes, newest first
  newsreader history "bridges of coop"   a claim by its words or id, every state it had
  newsreader history economy             a tag, a speaker, an article by its name""",
    "check": """\
  newsreader check
  newsreader check --repair              mend what can be mended without guessing""",
    "backup": """\
  newsreader backup news-2026-11-23.tar.gz
  tar xzf news-2026-11-23.tar.gz && newsreader --library library list""",
    "config": """\
  newsreader config show                 everything that can be set, as the file would have it
  newsreader config path                 the file to set it in
  newsreader config check                what is wrong, with file and line""",
}

_OPTIONS = """\
  --library DIR   the library's folder (default: $NEWSREADER_LIBRARY, else your data folder)
  --json          results as JSON, one object a line
  --version       print the version
  --help          print this help; newsreader VERB --help has more"""


class UsageError(Exception):
    """The command was used in a way that means nothing; the message is one line."""


class Options(NamedTuple):
    """What the command was asked to do; `verb` None opens the app."""

    verb: str | None
    sources: Sequence[str] = ()
    query: str = ""
    library: Path | None = None
    json: bool = False
    verbatim: bool = False
    sites: bool = False
    format: str | None = None
    output: str = "-"
    paths: bool = False
    repair: bool = False
    remove: bool = False
    save: str = ""
    list: bool = False
    forget: str = ""


class VerbHelp(NamedTuple):
    """Text to print instead of doing anything."""

    text: str


class _Parser(argparse.ArgumentParser):
    """An ArgumentParser that raises instead of printing and leaving."""

    def error(self, message: str) -> NoReturn:
        """Raise UsageError."""
        raise UsageError(f"{message}; see {self.prog} --help")


def parse(argv: Sequence[str]) -> Options | VerbHelp:
    """Read the arguments. Raises UsageError."""
    before, verb, rest = _split(argv)
    if "--version" in before or (verb is None and "--version" in rest[: _end(rest)]):
        return VerbHelp(f"newsreader {version()}\n")
    if {"-h", "--help"} & {*before, *rest[: _end(rest)]}:
        return VerbHelp(help_text(verb))
    if verb in {"list", "search", "export"}:
        rest = _guard_query(rest, _EXCLUDED if verb == "export" else _ANY_EXCLUDED)
    made = _parser(verb).parse_intermixed_args([*before, *rest])
    return _options(verb, made)


def _split(argv: Sequence[str]) -> tuple[list[str], str | None, list[str]]:
    """Divide the arguments into the options before the verb, the verb, and what follows."""
    at = 0
    while at < len(argv) and argv[at].startswith("-") and argv[at] not in {"-", "--"}:
        at += 2 if argv[at] == "--library" else 1
    if at < len(argv) and argv[at] in VERBS:
        return list(argv[:at]), argv[at], list(argv[at + 1 :])
    return [], None, list(argv)


def _end(rest: Sequence[str]) -> int:
    return rest.index("--") if "--" in rest else len(rest)


_ANY_EXCLUDED = re.compile(r"-(?:[^\W_]|\").+", re.DOTALL)
_EXCLUDED = re.compile(r"-(?:[^\W_fo]|\").+|-[fo](?:[a-z]*:.+|[^\W\d_]{2,})", re.DOTALL)
"""A word behind a minus, where -f and -o are options that may have their value right behind them."""


def _guard_query(rest: Sequence[str], excluded: re.Pattern[str]) -> list[str]:
    """Let `-tag:economy`, `-UN` and `-al-Sharaa` be words of the query, not options."""
    end = _end(rest)
    kept = [f"\0{word}" if excluded.fullmatch(word) and not _names_form(word) else word for word in rest[:end]]
    return [*kept, *(f"\0{word}" for word in rest[end + 1 :])]


def _names_form(word: str) -> bool:
    """Tell whether a word is the option -f with a format right behind it, as in `-fcsv`."""
    if not word.startswith("-f"):  # most words: nothing is loaded for them
        return False
    from store.exchange.forms import form_named  # noqa: PLC0415

    return form_named(word[2:]) is not None


def _parser(verb: str | None) -> argparse.ArgumentParser:
    name = f"newsreader {verb}" if verb else "newsreader"
    formatter = partial(argparse.HelpFormatter, width=80)  # asks no terminal: help_text writes the help
    parser = _Parser(prog=name, add_help=False, allow_abbrev=False, formatter_class=formatter)
    parser.add_argument("--library", type=_folder, metavar="DIR")
    parser.add_argument("--json", action="store_true")
    match verb:
        case None:
            parser.add_argument("sources", nargs="*", metavar="SOURCE")
        case "apart":
            parser.add_argument("sources", nargs="+", metavar="ARTICLE")
        case "add" | "inspect":
            parser.add_argument("sources", nargs="+", metavar="SOURCE")
        case "update":
            parser.add_argument("sources", nargs="*", metavar="FEED")
        case "feeds":
            parser.add_argument("sources", nargs="*", metavar="FEED")
            parser.add_argument("--remove", action="store_true")
        case "show":
            parser.add_argument("sources", nargs=1, metavar="ARTICLE")
        case "config":
            parser.add_argument("sources", nargs=1, choices=["path", "show", "check"], metavar="path|show|check")
        case "check":
            parser.add_argument("--repair", action="store_true")
        case "import" | "backup":
            parser.add_argument("sources", nargs=1, metavar="FILE")
        case _:
            parser.add_argument("query", nargs="*", metavar="QUERY")
    _add_options(parser, verb)
    return parser


def _folder(name: str) -> Path:
    """Read the name of a folder; an empty one, as an unset variable gives, would mean the folder one stands in."""
    from store.paths import named_folder  # noqa: PLC0415

    if not name.strip():
        raise argparse.ArgumentTypeError("the name of the folder is empty; write . for the folder you are in")
    return named_folder(name)


def _name(name: str) -> str:
    if not name.strip():
        raise argparse.ArgumentTypeError("the name of the search is empty")
    return name


def _add_options(parser: argparse.ArgumentParser, verb: str | None) -> None:
    if verb == "inspect":
        parser.add_argument("--verbatim", action="store_true")
        parser.add_argument("--sites", action="store_true")
    if verb == "search":
        parser.add_argument("--save", type=_name, metavar="NAME")
        parser.add_argument("--list", action="store_true")
        parser.add_argument("--forget", type=_name, metavar="NAME")
    if verb == "export":
        parser.add_argument("-f", "--format")
        parser.add_argument("-o", "--output", default="-", metavar="FILE")
        parser.add_argument("--paths", action="store_true")


def _options(verb: str | None, made: argparse.Namespace) -> Options:
    values: dict[str, Any] = {name: value for name, value in vars(made).items() if value is not None}
    query = " ".join(word.removeprefix("\0") for word in values.pop("query", []))
    if verb == "search" and not query.strip() and not (made.list or made.forget):
        raise UsageError("search for what? name some words; see newsreader search --help")
    return Options(verb=verb, query=query, **values)


def version() -> str:
    """Give the version of the installed program."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        return version("newsreader-tui")
    except PackageNotFoundError:
        return "(not installed)"


def _formats() -> str:
    from store.exchange.forms import FORMS  # noqa: PLC0415

    listed = "".join(f"    {name:<14}{' '.join(form.endings):<18}{form.about}\n" for name, form in FORMS.items())
    return f"  -f FORMAT       one of these; without it, the one that FILE's ending names, else json\n{listed}"


def help_text(verb: str | None) -> str:
    """Write the help of a verb, or of the whole command."""
    if verb is None:
        verbs = "\n".join(f"  {f'{name} {words}':<38} {what}" for name, (words, what) in VERBS.items())
        return (
            "newsreader: who said what, where, and whether it holds\n\nusage:\n"
            f"  {'newsreader [SOURCE…]':<38} open the app; sources are added first\n"
            f"  newsreader VERB …\n\nverbs:\n{verbs}\n\noptions:\n{_OPTIONS}\n\nexamples:\n{_EXAMPLES[None]}\n\n"
            "Results go to standard output, talk to standard error.\n"
            "Exit codes: 0 done, 1 something failed, 2 wrong usage.\n"
        )
    words, what = VERBS[verb]
    more = {
        "inspect": "  --verbatim      take text files as they are, nothing cleaned\n"
        "  --sites         know what pages of a site share by the sources before, as a library does\n",
        "search": "  --save NAME     keep the search; @NAME stands for it in any query\n"
        "  --list          list the saved searches\n"
        "  --forget NAME   forget a saved search\n",
        "check": "  --repair        mend what can be mended without guessing\n",
        "export": _formats() + "  -o FILE         the file to write (default: standard output)\n"
        "  --paths         tell the folders of local files too, not only their names\n",
    }.get(verb, "")
    return f"newsreader {verb} {words}\n\n{what}\n\noptions:\n{more}{_OPTIONS}\n\nexamples:\n{_EXAMPLES[verb]}\n"
