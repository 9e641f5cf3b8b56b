"""Every key, once: from this table come the bindings, the help, the palette, the README and the checks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from textual.binding import BindingType


class Key(Struct, frozen=True):
    """One thing a person can do.

    `id` is what a configuration names, `keys` are Textual key names with commas between, `action` is the method
    `action_…` of the widget or screen that owns `context`, `text` is what the help says, `hint` the few words of the
    bottom line (empty: not shown there).
    """

    context: str
    id: str
    keys: str
    action: str
    text: str
    hint: str = ""


CONTEXTS = {
    "everywhere": "Everywhere",
    "move": "Moving",
    "library": "Library",
    "feeds": "Feeds",
    "reader": "Reader",
    "pane": "Side pane",
    "search": "Search",
    "tags": "Tags",
    "speakers": "Speakers",
    "dossier": "Dossier",
    "compare": "Same words elsewhere",
    "altered": "Claims whose words changed",
    "versions": "The texts of an article",
    "removed": "What was taken out",
    "history": "The history of a claim",
    "note": "While a note is written",
    "help": "In the list of keys",
    "link": "Before an address is opened",
}
"""The contexts in the order of the help, with their headings. Keys never clash within everywhere + move + one other."""

KEYS: tuple[Key, ...] = (
    Key("everywhere", "app.help", "question_mark,f1", "help", "show the keys of this screen", "keys"),
    Key("everywhere", "app.palette", "ctrl+p,colon", "command_palette", "find any command by name"),
    Key("everywhere", "app.back", "q", "back", "go back; at the library, quit"),
    Key("everywhere", "app.quit", "ctrl+q", "quit", "quit"),
    Key("everywhere", "app.suspend", "ctrl+z", "suspend_process", "to the shell; fg comes back"),
    Key("everywhere", "app.library", "1", "library", "to the library"),
    Key("everywhere", "app.reader", "2", "reader", "to the article read last"),
    Key("everywhere", "app.search", "ctrl+f", "search", "search everything", "search all"),
    Key("everywhere", "app.tags", "3", "tags", "all tags"),
    Key("everywhere", "app.speakers", "4", "speakers", "all speakers"),
    Key("everywhere", "app.dossier", "D", "dossier", "dossier of this speaker, tag or search"),
    Key("everywhere", "app.undo", "u", "undo", "undo the last change"),
    Key("everywhere", "app.redo", "ctrl+r", "redo", "do the undone change again"),
    Key("everywhere", "app.export", "E", "export", "export to a file"),
    Key("everywhere", "app.theme", "ctrl+t", "change_theme", "choose colours"),
    Key("move", "move.down", "j", "down", "down a line"),
    Key("move", "move.up", "k", "up", "up a line"),
    Key("move", "move.half_down", "ctrl+d", "half_down", "down half a screen"),
    Key("move", "move.half_up", "ctrl+u", "half_up", "up half a screen"),
    Key("move", "move.page_down", "space", "page_down", "down a screen"),
    Key("move", "move.page_up", "b", "page_up", "up a screen"),
    Key("move", "move.top", "g", "top", "to the top"),
    Key("move", "move.bottom", "G", "bottom", "to the end"),
    Key("move", "move.arrow_down", "down", "down", "down a line"),
    Key("move", "move.arrow_up", "up", "up", "up a line"),
    Key("move", "move.key_page_down", "pagedown", "page_down", "down a screen"),
    Key("move", "move.key_page_up", "pageup", "page_up", "up a screen"),
    Key("move", "move.home", "home", "top", "to the top"),
    Key("move", "move.end", "end", "bottom", "to the end"),
    Key("library", "library.open", "enter,l,right", "open", "open the article", "open"),
    Key("library", "library.filter", "slash", "filter", "show only what matches", "filter"),
    Key("library", "library.unread", "n", "next_unread", "next unread article", "unread"),
    Key("library", "library.unread_before", "p", "previous_unread", "previous unread article"),
    Key("library", "library.read", "r", "toggle_read", "mark read or unread", "read"),
    Key("library", "library.star", "m", "toggle_star", "star or unstar", "star"),
    Key("library", "library.feeds", "F", "feeds", "the feeds you follow"),
    Key("library", "library.update", "U", "update", "fetch what is new in all feeds"),
    Key("library", "library.original", "o", "original", "open the original in the browser"),
    Key("library", "library.copy", "y", "copy", "copy title, outlet, day and address"),
    Key("library", "library.order", "S", "order", "sort, and group under headings"),
    Key("library", "library.fold", "z", "fold", "fold or unfold the group"),
    Key("library", "library.mark", "v", "mark", "mark, to change several at once"),
    Key("library", "library.mark_all", "V", "mark_all", "mark all that are shown"),
    Key("library", "library.clear", "escape", "clear", "drop the marks and the filter; stop adding"),
    Key("library", "library.add", "a", "add", "add files, folders, web pages, feeds", "add"),
    Key("library", "library.delete", "d", "delete", "delete the article (undo brings it back)"),
    Key("feeds", "feeds.update", "enter,r", "update", "fetch what is new in this feed", "fetch"),
    Key("feeds", "feeds.update_all", "U", "update_all", "fetch what is new in all feeds", "fetch all"),
    Key("feeds", "feeds.add", "a", "add", "follow a feed by its address", "follow"),
    Key("feeds", "feeds.leave", "x,d", "leave_feed", "leave the feed (undo brings it back)", "leave"),
    Key("feeds", "feeds.copy", "y", "copy", "copy the address"),
    Key("feeds", "feeds.clear", "escape", "clear", "stop fetching; go back"),
    Key("reader", "reader.word_left", "h,left", "word_left", "a word back"),
    Key("reader", "reader.word_right", "l,right", "word_right", "a word on"),
    Key("reader", "reader.sentence_back", "left_parenthesis", "sentence_back", "a sentence back"),
    Key("reader", "reader.sentence_on", "right_parenthesis", "sentence_on", "a sentence on"),
    Key("reader", "reader.paragraph_back", "P,ctrl+up", "paragraph_back", "a paragraph back"),
    Key("reader", "reader.paragraph_on", "p,ctrl+down", "paragraph_on", "a paragraph on"),
    Key("reader", "reader.quote_back", "left_square_bracket", "quote_back", "the quote before"),
    Key(
        "reader",
        "reader.quote_on",
        "right_square_bracket",
        "quote_on",
        "the next quote",
        "next quote",
    ),
    Key("reader", "reader.claim_back", "left_curly_bracket", "claim_back", "the claim before"),
    Key(
        "reader",
        "reader.claim_on",
        "right_curly_bracket",
        "claim_on",
        "the next claim",
        "next claim",
    ),
    Key("reader", "reader.jump", "apostrophe", "jump", "jump to a quote, claim or speaker by its letter"),
    Key(
        "reader",
        "reader.return",
        "ctrl+o",
        "return",
        "back to where you were before a jump, and there again",
    ),
    Key("reader", "reader.find", "slash", "find", "find in this article"),
    Key("reader", "reader.find_next", "n", "find_next", "next place found"),
    Key("reader", "reader.find_back", "N", "find_back", "place found before"),
    Key("reader", "reader.select", "v", "select", "select from here; again: stop", "select"),
    Key("reader", "reader.widen", "w", "widen", "select the word, sentence, quote, paragraph"),
    Key("reader", "reader.shrink", "shift+left", "edge_back", "selecting: a character less"),
    Key("reader", "reader.grow", "shift+right", "edge_on", "selecting: a character more"),
    Key("reader", "reader.tag", "t,enter", "tag", "tag the selection, quote or sentence", "tag"),
    Key("reader", "reader.repeat", "full_stop", "repeat", "tag with the same tags again", "again"),
    Key("reader", "reader.remove", "x", "remove", "remove the claim under the cursor"),
    Key("reader", "reader.correct", "c", "correct", "correct who said it"),
    Key(
        "reader",
        "reader.all_quotes",
        "shift+tab",
        "all_quotes",
        "while correcting: for all quotes of this speaker here",
    ),
    Key("reader", "reader.confirm", "C", "confirm", "confirm the quote and its speaker"),
    Key("reader", "reader.reject", "X", "reject", "say that it is no quote"),
    Key("reader", "reader.note", "i", "note", "write a note on the claim"),
    Key("reader", "reader.why", "W", "why", "say why this speaker"),
    Key("reader", "reader.edges", "e", "edges", "move the edges of the claim or quote"),
    Key("reader", "reader.verdict", "V", "verdict", "say what holds of the claim: supported, disputed, false …"),
    Key("reader", "reader.said_on", "S", "said_on", "set the day on which the claim was said"),
    Key("reader", "reader.history", "H", "history", "show who changed the claim, and when"),
    Key("reader", "reader.altered", "exclamation_mark", "altered", "look at the claims whose words changed"),
    Key("reader", "reader.copy", "y", "copy", "copy the words with speaker and source"),
    Key("reader", "reader.receipt", "Y", "copy_receipt", "copy the words with context and all to check them by"),
    Key("reader", "reader.original", "o", "original", "open the original in the browser"),
    Key("reader", "reader.versions", "T", "versions", "show the texts the article has had"),
    Key("reader", "reader.removed", "R", "removed", "show what cleaning took out, and the source"),
    Key("reader", "reader.read", "r", "toggle_read", "mark read or unread"),
    Key("reader", "reader.star", "m", "toggle_star", "star or unstar"),
    Key("reader", "reader.next", "J", "next_article", "next article"),
    Key("reader", "reader.before", "K", "previous_article", "article before"),
    Key("reader", "reader.pane", "s", "pane", "show or hide the side pane", "pane"),
    Key("reader", "reader.zen", "z", "zen", "zen: the text and nothing else"),
    Key("reader", "reader.wider", "plus,equals_sign", "wider", "wider lines"),
    Key("reader", "reader.narrower", "minus", "narrower", "narrower lines"),
    Key("reader", "reader.focus", "tab", "other_pane", "to the side pane and back"),
    Key("reader", "reader.cancel", "escape", "cancel", "drop the selection, close what is open"),
    Key("search", "search.open", "enter,l,right", "open", "go to the words", "open"),
    Key("search", "search.type", "slash", "type", "change the words", "words"),
    Key("search", "search.narrow", "tab", "narrow(1)", "narrow to titles, texts, quotes …", "narrow"),
    Key("search", "search.widen", "shift+tab", "narrow(-1)", "narrow the other way round"),
    Key("search", "search.tag", "t", "tag_hits", "tag all the hits shown", "tag all"),
    Key("search", "search.save", "s", "save", "save this search under a name", "save"),
    Key("search", "search.saved", "at", "saved", "choose a saved search"),
    Key("search", "search.export", "X", "export_hits", "export the articles with hits"),
    Key("search", "search.back", "escape", "leave", "from the words to the hits, from there back"),
    Key("pane", "pane.go", "enter,l,right", "go", "go to the words"),
    Key("pane", "pane.leave", "escape,h,left,tab", "leave", "back to the text"),
    Key("pane", "pane.close", "s", "close", "close the pane"),
    Key("tags", "tags.open", "enter,l,right", "open", "open the dossier", "dossier"),
    Key("tags", "tags.filter", "slash", "filter", "show only what matches", "filter"),
    Key("tags", "tags.rename", "R", "rename", "rename, and all below it", "rename"),
    Key("tags", "tags.merge", "M", "merge", "merge into another tag", "merge"),
    Key("tags", "tags.nest", "N", "nest", "move under another tag"),
    Key("tags", "tags.split", "X", "split", "take back a merge"),
    Key("tags", "tags.describe", "i", "describe", "write a description"),
    Key("tags", "tags.synonyms", "s", "synonyms", "set the synonyms"),
    Key("tags", "tags.colour", "c", "colour", "choose a colour"),
    Key("tags", "tags.order", "S", "order", "as a tree, by uses, by last use"),
    Key("tags", "tags.remove", "x", "remove", "delete the tag (undo brings it back)", "delete"),
    Key("tags", "tags.clear", "escape", "clear", "show all again; go back"),
    Key("speakers", "speakers.open", "enter,l,right", "open", "open the dossier", "dossier"),
    Key("speakers", "speakers.filter", "slash", "filter", "show only who matches", "filter"),
    Key("speakers", "speakers.accept", "y", "accept", "same person: join the two", "same"),
    Key("speakers", "speakers.refuse", "n", "refuse", "not the same: never ask again", "not the same"),
    Key("speakers", "speakers.turn", "tab", "turn", "to the suggestions and back"),
    Key("speakers", "speakers.rename", "R", "rename", "rename", "rename"),
    Key("speakers", "speakers.merge", "M", "merge", "join with another speaker"),
    Key("speakers", "speakers.split", "X", "split", "split off one of the names"),
    Key("speakers", "speakers.alias", "a", "alias", "add another name"),
    Key("speakers", "speakers.role", "i", "roles", "set the roles"),
    Key("speakers", "speakers.kind", "c", "kind", "person, organisation, office or group"),
    Key("speakers", "speakers.order", "S", "order", "by quotes, by name, by last day"),
    Key("speakers", "speakers.clear", "escape", "clear", "show all again; go back"),
    Key("dossier", "dossier.open", "enter,l,right", "open", "open at the words", "open"),
    Key("dossier", "dossier.filter", "slash", "filter", "show only what matches", "filter"),
    Key("dossier", "dossier.view", "V", "view", "newest first, timeline, by speaker", "view"),
    Key("dossier", "dossier.compare", "C,tab", "compare", "all of an entry, and the same words elsewhere", "compare"),
    Key("dossier", "dossier.next", "n", "next_mark", "next contradiction or changed wording"),
    Key("dossier", "dossier.before", "p", "previous_mark", "contradiction or changed wording before"),
    Key("dossier", "dossier.copy", "y", "copy", "copy the words with speaker and source", "copy"),
    Key("dossier", "dossier.copy_all", "Y", "copy_all", "copy the whole dossier"),
    Key("dossier", "dossier.clear", "escape", "clear", "show all again; go back"),
    Key("compare", "compare.open", "enter,l,right", "open", "open at the words", "open"),
    Key("compare", "compare.copy", "y", "copy", "copy both wordings", "copy"),
    Key("compare", "compare.leave", "escape,C,tab", "leave", "back to the dossier"),
    Key("altered", "altered.accept", "a,enter", "accept", "let the claim stand on the new words"),
    Key("altered", "altered.keep", "o", "keep", "let it stand on the old words, in the old text"),
    Key("altered", "altered.mark", "e", "mark", "mark in the text where it stands now"),
    Key("altered", "altered.next", "n", "next", "the next claim"),
    Key("altered", "altered.before", "p", "before", "the claim before"),
    Key("altered", "altered.back", "escape,exclamation_mark", "leave", "back to the text"),
    Key("versions", "versions.whole", "f", "whole", "the whole text, or only what changed"),
    Key("versions", "versions.focus", "tab", "other", "into the text and back to the list"),
    Key("versions", "versions.back", "escape,T", "leave", "back to the current text"),
    Key("removed", "removed.source", "s", "source", "the raw source, or what was taken out of it"),
    Key("removed", "removed.back", "escape,R", "leave", "back to the text"),
    Key("history", "history.back", "escape,H", "leave", "back to the text"),
    Key("note", "note.keep", "enter", "keep", "keep the note", "keep"),
    Key("note", "note.line", "ctrl+j,shift+enter", "new_line", "begin another line", "new line"),
    Key("note", "note.editor", "ctrl+e", "editor", "write it in your editor", "your editor"),
    Key("note", "note.leave", "escape", "leave", "leave it as it was", "back"),
    Key("help", "help.perform", "enter", "perform", "do what the row says", "do it"),
    Key("help", "help.filter", "slash", "filter", "show only what matches", "filter"),
    Key("help", "help.leave", "escape", "leave", "back to the screen", "back"),
    Key("link", "link.open", "enter,o", "open", "open it in the browser"),
    Key("link", "link.copy", "y", "copy", "copy the address"),
)


def keys_of(*contexts: str, table: Sequence[Key] = KEYS) -> tuple[Key, ...]:
    """Give the keys of these contexts, in the table's order."""
    return tuple(key for key in table if key.context in contexts)


_MOTIONS = (
    *("word_left", "word_right", "sentence_back", "sentence_on", "paragraph_back", "paragraph_on"),
    *("quote_back", "quote_on", "claim_back", "claim_on", "edge_back", "edge_on"),
)
"""What only moves outside the context `move`, where everything does."""


def motions(*contexts: str, table: Sequence[Key] = KEYS) -> frozenset[str]:
    """Give the names of the keys that do nothing in these contexts but move: no other screen, no other focus."""
    moving = [key for key in keys_of(*contexts, table=table) if key.context == "move" or key.action in _MOTIONS]
    return frozenset(name for key in moving for name in key.keys.split(",") if name)


def bindings(*contexts: str, priority: bool = False) -> list[BindingType]:
    """Give the Textual bindings of these contexts; their ids are the table's, for keymaps.

    With `priority` they are asked before the widget that is typed into.
    """
    from textual.binding import Binding  # noqa: PLC0415 - `newsreader config` reads the table without Textual

    return [
        Binding(k.keys, k.action, k.text, id=k.id, show=bool(k.hint), priority=priority) for k in keys_of(*contexts)
    ]


_GLYPHS = {
    "ampersand": "&",
    "apostrophe": "'",
    "asterisk": "*",
    "at": "@",
    "backslash": "\\",
    "circumflex_accent": "^",
    "dollar_sign": "$",
    "equals_sign": "=",
    "exclamation_mark": "!",
    "grave_accent": "`",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "minus": "-",
    "number_sign": "#",
    "percent_sign": "%",
    "plus": "+",
    "quotation_mark": '"',
    "semicolon": ";",
    "tilde": "~",
    "underscore": "_",
    "vertical_line": "|",
    "question_mark": "?",
    "colon": ":",
    "slash": "/",
    "full_stop": ".",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "f1": "F1",
    "escape": "esc",
}


def glyph(key: str) -> str:
    """Give the name of a Textual key as it is printed for people: `slash` is `/`."""
    before, plus, last = key.rpartition("+")
    return before + plus + _GLYPHS.get(last, last)


def first_key(name: str, table: Sequence[Key] = KEYS) -> str:
    """Give the printed name of the first key of an id, empty when it has none."""
    keys = next(key.keys for key in table if key.id == name)
    return glyph(keys.split(",")[0])


ID = re.compile(r"<([a-z]+\.[a-z_]+)>")
"""The id of a command as it stands in what is said, for its key to be put there."""


def spelled(text: str, table: Sequence[Key] = KEYS, *, markup: bool = False) -> str:
    """Give `text` with the first key of each command whose id stands in it as `<app.undo>`; without one `(no key)`.

    With `markup` the keys are written so that they are none.
    """
    known = {key.id: key for key in table} if "<" in text else {}

    def key(found: re.Match[str]) -> str:
        one = known.get(found[1])
        if one is None:
            return found[0]
        name = glyph(one.keys.split(",")[0]) or "(no key)"
        return {"[": "\\[", "\\": "backslash"}.get(name, name) if markup else name

    return ID.sub(key, text)


def merged(context: str, table: Sequence[Key] = KEYS) -> list[tuple[list[str], Key]]:
    """Give what can be done in `context`, each thing once, with the printed names of all its keys."""
    things: dict[str, tuple[list[str], Key]] = {}
    for key in keys_of(context, table=table):
        names, _ = things.setdefault(key.text, ([], key))
        names.extend(glyph(name) for name in key.keys.split(",") if name)
    return list(things.values())


def markdown_table() -> str:
    """Give the keys as the Markdown tables of the README, one context after the other."""
    lines: list[str] = []
    for context, heading in CONTEXTS.items():
        lines += ["", f"**{heading}**", "", "| key | what it does |", "|---|---|"]
        lines += [f"| {' '.join(f'`{name}`' for name in names)} | {key.text} |" for names, key in merged(context)]
    return "\n".join(lines[1:])


if __name__ == "__main__":
    print(markdown_table())
