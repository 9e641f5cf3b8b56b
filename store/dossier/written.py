"""A dossier as Markdown: every entry with its source, fit to be pasted, printed and cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from store.dossier.records import Dossier, Entry
from store.exchange.addresses import iri
from store.exchange.markdown import escape


def written(dossier: Dossier, notes: Mapping[tuple[str, str, int, int], Iterable[str]] | None = None) -> str:
    """Write a dossier, newest first; `notes` are lines of ours about entries, such as other wordings elsewhere."""
    subject = dossier.subject
    lines = [f"# {subject.kind.capitalize()}: {escape(subject.name)}", ""]
    if dossier.more:
        lines += ["The newest entries only: there are more.", ""]
    for entry in dossier.entries:
        lines += [_entry(entry, tuple((notes or {}).get(entry.key, ())))]
    return "\n".join(lines)


def _entry(entry: Entry, notes: tuple[str, ...]) -> str:
    day = entry.day or "undated"
    day += " (said)" if entry.said else " (inferred)" if entry.inferred and entry.day else ""
    who = escape(entry.who) + ("" if entry.sure else " (doubtful)")
    title = escape(entry.title)
    source = f"[{title}](<{iri(entry.url)}>)" if entry.url else title
    facts = {
        "Source": ", ".join(part for part in (source, escape(entry.outlet)) if part),
        "Speech": entry.speech or "",
        "Carried by": escape(entry.carrier or ""),
        "Tags": escape("; ".join(entry.tags)),
        "Verdict": "" if entry.verdict == "open" else entry.verdict,
        "Note": escape(entry.note),
        "Text": "" if entry.state in {"exact", "moved"} else entry.state,
    }
    listed = [f"- {name}: {value}" for name, value in facts.items() if value]
    listed += [f"- {escape(note)}" for note in notes]
    return "\n".join([f"## {escape(day)} · {who}", "", f"> {escape(entry.words)}", "", *listed, ""])
