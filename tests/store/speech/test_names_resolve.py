"""Who a source is, on sentences with the sources marked: `[the words → who that is]`, `-` for nobody with a name."""

from __future__ import annotations

import re

import pytest

from store.model import Span
from store.speech import analyse
from store.speech.names import resolve
from store.speech.records import Attribution

_MARK = re.compile(r"\[([^\[\]]+) → ([^\[\]]+)\]")

CASES = {
    "a surname means the person named in full": (
        "Kremlin spokesperson [Dmitry Peskov → Dmitry Peskov] said so. [Peskov → Dmitry Peskov] added more."
    ),
    "a particle is part of the name in every spelling": (
        "President Ahmed al-Sharaa met Bashar al-Assad.\n"
        "[Al-Sharaa → Ahmed al-Sharaa] said it was late. [Al-Assad → Bashar al-Assad] said nothing new. "
        "[Sharaa → Ahmed al-Sharaa] insisted."
    ),
    "bin and Al are no surnames of their own": (
        "Salem bin Yahya al-Kathiri came with Badr Al Harthy.\n"
        "[Al-Kathiri → Salem bin Yahya al-Kathiri] said yes, and [Al Harthy → Badr Al Harthy] said no."
    ),
    "German and Dutch particles stay with the name": (
        "Ursula von der Leyen met Anke de Wit.\n"
        "[Von der Leyen → Ursula von der Leyen] said it was late. "
        "[De Wit → Anke de Wit] added that it was not."
    ),
    "Chinese family names come first": (
        "Vice Premier Liu Jianguo spoke in Shanghai.\n"
        "[Liu → Liu Jianguo] said the market was open. [Zhao Min → Zhao Min], an economist, doubted it. "
        "[Zhao → Zhao Min] noted that it was late."
    ),
    "Spanish double surnames are called by the first": (
        "Minister Juan Camilo Restrepo Ospina resigned.\n"
        "[Restrepo → Juan Camilo Restrepo Ospina] said he was tired. "
        "[Restrepo Ospina → Juan Camilo Restrepo Ospina] said it twice."
    ),
    "one word may be a whole name": (
        "Brazilian President Zezinho spoke.\n[Zezinho → Zezinho] said he would try. [He → Zezinho] laughed."
    ),
    "Sir and a first name mean the man": (
        "Sir Keir Starmer came late.\n"
        "[Sir Keir → Keir Starmer] said he was sorry. [Starmer → Keir Starmer] said it again."
    ),
    "a middle initial changes nobody": ("Donald J. Trump spoke. [Donald Trump → Donald J. Trump] said he won."),
    "a short first name means the same man": (
        "Robert Menendez rose. [Bob Menendez → Robert Menendez] said it was over."
    ),
    "Mrs. and Mr. tell a couple apart": (
        "Gordon Blackwood and his wife, Meredith Blackwood, live on Skarra.\n"
        "[Mrs. Blackwood → Meredith Blackwood] said it was cold. "
        "[Mr. Blackwood → Gordon Blackwood] said it was not."
    ),
    "a wife known only as Mrs. is not her husband": (
        "Donald Trump spoke in Ohio. [Mrs. Trump → Mrs. Trump] said she was proud."
    ),
    "Jr. is not his father": (
        "Emil Sandgren won in 1988. His son, Emil Sandgren Jr., drives now.\n"
        "[Emil Sandgren Jr. → Emil Sandgren Jr.] said he was glad. "
        "[Emil Sandgren → Emil Sandgren] said he was too."
    ),
    "a junior called by first name is not his father": (
        "Donald Trump came late and spoke for an hour. "
        "His son [Donald Jr. → Donald Jr.] said so. [Trump → Donald Trump] agreed."
    ),
    "a plural for people is nobody": "Carly Fiorina and Anti-Trump Republicans met. [Most Republicans → -] said no.",
    "first names serve where two share a surname": (
        "Luke Fennimore and Aidan Fennimore bake.\n"
        "[Luke → Luke Fennimore] said it was hot. [Aidan → Aidan Fennimore] said it was not."
    ),
    "he is a man and she a woman": (
        "Ingrid Holt met Lars Bakke.\n[She → Ingrid Holt] said taxes would fall. [He → Lars Bakke] said they would not."
    ),
    "he means the last man speaking": (
        "[Dmitry Peskov → Dmitry Peskov] said the talks with Ahmed al-Sharaa went well.\n"
        "[He → Dmitry Peskov] said more would follow."
    ),
    "a new subject takes the pronoun": (
        "[Dmitry Peskov → Dmitry Peskov] said the talks went well.\n"
        "Sergey Lavrov flew home at night. [He → Sergey Lavrov] said he was tired."
    ),
    "names inside a quotation are not in mind": (
        "Anna Berg stood up. “Maria Lind told me so,” [she → Anna Berg] said."
    ),
    "she after an unnamed woman names nobody": (
        "Rita Kowalczyk opened the bridge.\n[A nurse → -] said it was late. [She → -] said so twice."
    ),
    "he after an unnamed man names nobody": (
        "Senator Howard Pell fell.\n"
        "Pell rested. [A doctor → -] said the break was clean. [He → -] said the senator would walk."
    ),
    "the role means who bears it": (
        "Kremlin spokesperson Dmitry Peskov met Foreign Minister Sergey Lavrov.\n"
        "[The Kremlin spokesperson → Dmitry Peskov] said it was late. "
        "[The foreign minister → Sergey Lavrov] said it was not."
    ),
    "the age tells which senator": (
        "Senator Margaret Whitcombe, 63, and Senator Paul Orr, 41, spoke.\n"
        "[The 63-year-old senator → Margaret Whitcombe] said it was enough."
    ),
    "the nationality tells which president": (
        "President Milan Horak of Moravia and the Russian president, Vladimir Putin, met.\n"
        "[The Russian president → Vladimir Putin] said it was cold."
    ),
    "a role may follow the name": (
        "Joanna Pell, the communications director of the bank, and Arkady Belov, a spokesman, met.\n"
        "[The communications director → Joanna Pell] said no."
    ),
    "a role with a comma before the name names the person": (
        "[His campaign manager, Jeff Weaver, → Jeff Weaver] said it was close. "
        "[The director of the agency, Ana Lopez, → Ana Lopez] said it was not."
    ),
    "two roles before one name": ("[Former prosecutor and New York Mayor Rudy Giuliani → Rudy Giuliani] said so."),
    "a woman who came in without a name stays without": (
        "A young woman asked Hillary Clinton about the law. “Is it fair?” [the woman → -] asked."
    ),
    "somebody's doctor is not somebody": ("Gary Johnson ran again. [Gary Johnson’s doctor → -] said he was fit."),
    "a spokesman for somebody is not somebody": (
        "[A spokesman for Bill Clinton → -] said no. [Officials at the Interior Ministry → -] said yes."
    ),
    "officials, analysts, polls and police name nobody": (
        "[Analysts → -] said so. [Two people familiar with the matter → -] said so. "
        "[A new poll → -] found so. [Police → -] said so. [Democrats → -] said so. "
        "[One Russian official → -] said so."
    ),
    "a ministry speaks for itself": (
        "[The Kremlin → Kremlin] said so. [The Foreign Ministry → Foreign Ministry] agreed. "
        "[The ministry → Foreign Ministry] said it again."
    ),
    "the bank is the bank": (
        "Halvorsen Bank cut its forecast. [The bank → Halvorsen Bank] said it was late. "
        "[It → Halvorsen Bank] expects more."
    ),
    "the company is the carmaker named": ("Orbis Motors fell. [The company → Orbis Motors] said it was late."),
    "an acronym means the body": (
        "The International Atomic Energy Agency (IAEA) met. "
        "[The IAEA → International Atomic Energy Agency] said so. "
        "[The agency → International Atomic Energy Agency] added it."
    ),
    "a short form means the longer name": (
        "The United Nations Security Council met. [The Security Council → United Nations Security Council] said so."
    ),
    "a campaign belongs to its candidate": (
        "Hillary Clinton ran. [Clinton’s campaign → Clinton campaign] said so. "
        "[Her campaign → Clinton campaign] said it again. "
        "[The Clinton campaign → Clinton campaign] agreed."
    ),
    "a state may speak": ("[Russia → Russia] said so. [Berlin → Berlin] disagreed."),
    "The Washington Post keeps its article": (
        "He spoke to The Washington Post. [The Washington Post → The Washington Post] reported it."
    ),
    "a report of a body speaks for the body": (
        "[A Government Accountability Office report → Government Accountability Office] said so."
    ),
    "labels in capitals are the people of the text": (
        "Chairman Robert Lowell opened the hearing.\n"
        "[LOWELL → Robert Lowell]: Come to order.\n"
        "[SEN. ODETTE BRANNIGAN → Odette Brannigan]: Thank you."
    ),
    "an office and a surname tell whom the article never names in full": (
        "President Obama spoke. [Obama → Barack Obama] said so. [The president → Barack Obama] said it again."
    ),
    "an office tells a president from his wife": (
        "President Obama and Michelle Obama spoke. "
        "[President Obama → Barack Obama] said so. [Michelle Obama → Michelle Obama] agreed."
    ),
    "a surname without its office stays as it is": "Speaker Obama came. [Obama → Obama] said so.",
    "whoever issued a statement speaks in it": (
        "[The Interior Ministry → Interior Ministry] said in a statement that it was late. "
        "[The statement → Interior Ministry] added that it was over."
    ),
    "the Italian is the man just named": (
        "Davide Ferrante lost again. [The Italian → Davide Ferrante] said it was the grass."
    ),
    "a nickname inside the name is left out": "Bobby “Moose” Harker sang. [Harker → Bobby Harker] said so.",
    "two presidents share one word": (
        "Presidents Milan Horak of Moravia and Anton Seleny of Carpathia met.\n"
        "[The Moravian president → Milan Horak] said so. [The Carpathian president → Anton Seleny] agreed."
    ),
    "words that open sentences are no names": (
        "Meanwhile [Peskov → Dmitry Peskov] spoke. Earlier Dmitry Peskov slept. "
        "On Monday [Peskov → Dmitry Peskov] said more."
    ),
    "a surname that is a country is still a surname": ("Rep. Jim Jordan came. [Jordan → Jim Jordan] said so."),
    "who means the name before it": ("Dmitry Peskov, [who → Dmitry Peskov] said so, left."),
    "a possessive name owns what it says": ("[Vladimir Putin → Vladimir Putin]’s claim that it was late was wrong."),
    "a first name that comes first is joined to the full name later": (
        "[Olena → Olena Havryliuk] was nine. Today Olena Havryliuk runs a bank. [Havryliuk → Olena Havryliuk] said so."
    ),
    "initials stand for first names": ("J. D. Vance spoke. [Vance → J. D. Vance] said so."),
    "somebody's answer is somebody's speech": (
        "The minister, Anke de Wit, was asked. [The minister’s answer → Anke de Wit] was short. "
        "[De Wit’s letter → Anke de Wit] says more."
    ),
    "two words of a family name are not the full name": (
        "Marine Le Pen came late and met Andrés Manuel López Obrador there.\n"
        "[Le Pen → Marine Le Pen] said so. Le Pen left. Le Pen slept. "
        "[López Obrador → Andrés Manuel López Obrador] agreed. López Obrador stayed. López Obrador ate."
    ),
    "Indian and African names": (
        "Union Minister Shri Raghunath Patil met Smt. Kavitha Reddy and Chief Mrs. Folasade Ogunleye.\n"
        "[Patil → Raghunath Patil] said so. [Reddy → Kavitha Reddy] agreed. "
        "[Ogunleye → Folasade Ogunleye] did not."
    ),
    "a name inside a longer run is found": ("Gov. [Mike Pence → Mike Pence] said so."),
}


def unmark(marked: str) -> tuple[str, list[tuple[Span, str | None]]]:
    """The text without its marks, and each marked span with who it is."""
    text, sources, last = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        sources.append(((len(text), len(text) + len(match[1])), None if match[2] == "-" else match[2]))
        text += match[1]
        last = match.end()
    return text + marked[last:], sources


def paragraphs(text: str) -> list[Span]:
    out, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            out.append((start, start + len(line)))
        start += len(line) + 1
    return out


@pytest.mark.parametrize("marked", CASES.values(), ids=CASES.keys())
def test_sources_are_resolved(marked: str) -> None:
    text, sources = unmark(marked)
    said = [
        Attribution("indirect", ((end, min(len(text), end + 12)),), source=(start, end)) for (start, end), _ in sources
    ]
    named = resolve(text, paragraphs(text), said)
    assert [one.speaker for one in named.resolved] == [who for _, who in sources], [one.why for one in named.resolved]


def test_letters_of_a_body_before_a_name_are_no_part_of_it() -> None:
    text = "“This was tough,” US Ambassador to the UN Linda Aldermoor-Reed said. Aldermoor-Reed left at noon."
    assert [quote.speaker for quote in analyse(text).quotes] == ["Linda Aldermoor-Reed"]
