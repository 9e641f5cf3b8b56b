"""Runs of capitalised words: where names stand, and what sort of name each is."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from store.speech.naming import lists
from store.speech.naming.nouns import singular
from store.speech.naming.reading import Reading

RunKind = Literal["person", "body", "place", "role", "single", "thing"]

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_LINKS = frozenset({"of", "for", "on", "to", "and"})
_OFFICES = lists.group("offices")
_TAILS = lists.group("body-surnames")
_ROYAL = lists.group("royal")
_FRONTS = lists.group("place-fronts")
_SAINTS = frozenset({"san", "santa", "fort", "port", "los", "las", "mount", "lake", "cape"})
_DAYS = lists.group("days")
_PAIRS = frozenset({"“”", '""', "()", "‘’", "''", "„“", "«»"})
_OWNERS = frozenset({"women", "men", "children", "people", "veterans"})
_NAMES_TOO = frozenset({"marine", "dean", "earl", "guy", "christian", "marshal"})
_FIRST_TOO = frozenset({"sri"})  # "Sri Wahyuni", but "Sri Narendra Modi"
_COMPANIES = lists.group("company-nouns") | {"charity", "ngo", "outlet", "party", "union"}
_ALONE = lists.group("bodies-alone")
_ARTICLES = frozenset({"the", "a", "an"})
_FORCES = frozenset({"constabulary", "council", "police"})
_CLOSED = frozenset(
    {"parliament", "congress", "senate", "house", "party", "news", "times", "post", "secretary", "minister"}
)
_MAX_RUN, _MAX_NAME, _APPOSED = 14, 6, 6


class Run(Struct, frozen=True, gc=False):
    """Words `first` to `last` (end exclusive) written as a name; the name itself begins at `name`.

    `gender` is what a title in front shows; `the` says that "the" stands before the run.
    """

    first: int
    last: int
    name: int
    kind: RunKind
    gender: str = ""
    the: bool = False
    possessive: bool = False

    def titled(self) -> bool:
        """Tell whether a title or role stands in front of the name, inside the run."""
        return self.name > self.first


def find(reading: Reading) -> list[Run]:
    """Give all runs of the text in order; they are apart."""
    out: list[Run] = []
    done = 0
    for index in [i for i, capital in enumerate(reading.capitals) if capital]:
        if index < done:
            continue
        last = _end(reading, index)
        first, last = _trim(reading, index, last)
        if first < last:
            before = index - 1 if reading.joined(index) else index
            the = any(reading.low[step] in _ARTICLES for step in range(before, first))
            out.append(_parse(reading, first, last, the))
        done = last
    bodies = {tuple(reading.low[run.first : run.last]) for run in out if run.kind == "body"}
    return [replace(run, kind="body") if _named_so(reading, run, bodies) else run for run in out]


def _named_so(reading: Reading, run: Run, bodies: set[tuple[str, ...]]) -> bool:
    """Tell whether a run taken for a person is elsewhere shown to be a body: "drugmaker Helvara Bio"."""
    return run.kind == "person" and not run.titled() and tuple(reading.low[run.first : run.last]) in bodies


def _end(reading: Reading, first: int) -> int:
    """Give where the run that begins at `first` ends."""
    size, particles, bodies = len(reading.words), lists.words("particles"), lists.folded("body_names")
    last, body, grown = first + 1, False, 0
    while last < size and last - first < _MAX_RUN:
        if reading.para[last] != reading.para[first] or (reading.possessive[last - 1] and not _owned(reading, last)):
            break
        tied = reading.joined(last) or reading.gap(last) == " & " or reading.possessive[last - 1]
        if reading.capital(last) and tied:
            if reading.opens[last] or reading.low[last] == "the" or (grown and _named(reading, last)):
                break
            last += 1
            continue
        step = last
        while step < min(size, last + 3) and reading.low[step] in particles and reading.joined(step):
            step += 1
        if last < step < size and reading.capital(step) and reading.joined(step):
            last = step + 1
            continue
        body = reading.low[last - 1] in bodies
        more = _link(reading, first, last) or _nicknamed(reading, first, last)
        if not more:
            break
        last, grown = more, more * body  # "General Establishment for Grain" + "Hassan Uthman"
    return last


def _owned(reading: Reading, index: int) -> bool:
    """Tell whether a plural owner before word `index` is part of a body's name: Workers’ League, Women’s Institute."""
    owner = reading.low[index - 1]
    if reading.low[index] == "office" and owner in lists.gendered("roles"):
        return reading.capital(index)  # "Sheriff’s Office"
    if not (owner in _OWNERS or owner.endswith("men") or (owner.endswith("s") and reading.gap(index) in ("’ ", "' "))):
        return False
    return any(
        reading.capital(step) and reading.low[step] in lists.folded("body_names")
        for step in range(index, min(index + 3, len(reading.low)))
        if reading.para[step] == reading.para[index - 1]
    )


def _nicknamed(reading: Reading, first: int, last: int) -> int:
    """Give the end of a name broken by one word in quotation marks or brackets (Bobby “Moose” Harker), else 0."""
    if last + 1 >= len(reading.words) or reading.para[last + 1] != reading.para[first]:
        return 0
    opening = reading.gap(last)
    if len(opening) != 2 or opening[0] != " ":
        return 0
    begun = reading.low[last - 1].startswith(reading.low[last][:3])
    if lists.first_name_gender(reading.words[last - 1]) is None and not begun:
        return 0
    closing = reading.gap(last + 1)
    marked = len(closing) == 2 and closing[1] == " "
    if (
        marked
        and opening[1] + closing[0] in _PAIRS
        and reading.capital(last + 1)
        and reading.para[last + 1] == reading.para[first]
    ):
        return last + 2
    return 0


def _link(reading: Reading, first: int, last: int) -> int:
    """Give the new end where "of", "for", "and"… join what follows to the name of a body, else 0."""
    size = len(reading.words)
    if last >= size or reading.low[last] not in _LINKS or not reading.joined(last):
        return 0
    step = last + 1
    if step < size and reading.low[step] == "the" and reading.joined(step) and reading.low[last] != "and":
        step += 1
    if step >= size or not reading.joined(step) or not reading.capital(step) or reading.low[step] in _DAYS:
        return 0
    head = reading.low[last - 1]
    if reading.low[last] == "and":
        return step + 1 if _paired(reading, first, last, step) else 0
    if reading.low[last] in ("on", "to", "for") and head in _CLOSED:
        return step + 1 if reading.low[last] == "for" and head == "minister" and _named(reading, step + 1) else 0
    office = head in lists.gendered("roles") and reading.low[step] in _OFFICES
    if (
        office
        or head in lists.folded("body_names")
        or head
        in (
            "secretary",
            "department",
            "ministry",
            "minister",
            "bank",
            "chancellor",
        )
    ):
        return step + 1
    return 0


def _named(reading: Reading, first: int) -> bool:
    """Tell whether a full name with a known first name begins at word `first`: "Minister for Gozo Clara Xuereb"."""
    whole = first + 1 < len(reading.words) and reading.joined(first) and reading.joined(first + 1)
    return whole and reading.capital(first + 1) and lists.first_name_gender(reading.words[first]) is not None


def _paired(reading: Reading, first: int, last: int, step: int) -> bool:
    """Tell whether "A and B" is one name of a body: "the Securities and Exchange Commission"."""
    force = step + 1 < len(reading.words) and reading.joined(step + 1) and reading.low[step + 1] in _FORCES
    if force and last - first == 1 and reading.capital(step + 1):
        return lists.first_name_gender(reading.words[first]) is None  # "Devon and Cornwall Police"
    if reading.low[first - 1 : first] not in (["the"], ["federal"], ["national"]):
        return reading.low[first] in ("department", "ministry", "secretary") and last - first > 2
    if any(lists.first_name_gender(word) is not None for word in reading.words[first:last]):
        return False
    end = step
    while end + 1 < len(reading.words) and reading.capital(end + 1) and reading.joined(end + 1):
        end += 1
    return end > step and reading.low[end] in lists.folded("body_names") and reading.words[end - 1] not in ("Trump",)


def _trim(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """Leave out the words at both ends that only open a sentence or name a day."""
    openers, small, bodies = lists.folded("not_names"), reading.small, lists.folded("body_names")
    while first < last:
        low = reading.low[first]
        word = reading.words[first]
        if last - first > 1 and low in bodies and low in openers and reading.low[first + 1] in bodies:
            break  # "Police Service"
        known = lists.first_name_gender(word) is not None
        if (
            (low in openers and not (known and last - first > 1))
            or (reading.opens[first] and word.lower() in small and not known and not _title(low))
            or (reading.opens[first] and last - first > 1 and low.endswith("ly") and not known)
        ):
            first += 1
        else:
            break
    while first < last and reading.low[last - 1] in _DAYS and (last - first == 1 or not _kept(reading, last - 1)):
        last -= 1
    return first, last


def _kept(reading: Reading, index: int) -> bool:
    """Tell whether this opener may end a name (Theresa May)."""
    return lists.first_name_gender(reading.words[index - 1]) is not None


def _title(low: str) -> bool:
    noun, of, _ = low.partition("-of-")  # "mother-of-three"
    roles = lists.gendered("roles")
    return low in lists.gendered("titles") or low in roles or (of != "" and noun in roles)


def _parse(reading: Reading, first: int, last: int, the: bool) -> Run:
    """Tell what the words from `first` to `last` name; `the` says that an article stands before."""
    while last - first > 2 and _national(reading, first) and lists.first_name_gender(reading.words[first + 1]):
        first += 1
    if last - first > 2 and _office_word(reading, first):
        first += 1
    kind, name, gender = _titled(reading, first, last) or (_plain(reading, first, last), first, "")
    before = reading.low[first - 1] if first and reading.joined(first) else ""
    if (
        kind == "person"
        and name == first
        and before in _COMPANIES
        and not lists.first_name_gender(reading.words[first])
    ):
        kind = "body"  # "packaging group Norrland Paper"
    elif kind == "person" and name == first and _body_behind(reading, first, last):
        kind = "body"
    if the and kind == "person" and name == first and lists.first_name_gender(reading.words[first]) is None:
        kind = "thing"
    return Run(first, last, name, kind, gender, the, reading.possessive[last - 1])


def _office_word(reading: Reading, first: int) -> bool:
    """Tell whether a run begins with the last word of an office: "Directorate for" + "Grain Hassan Uthman"."""
    known, words = lists.first_name_gender, reading.words
    if first < 2 or not (reading.joined(first) and reading.joined(first - 1)):
        return False
    of = reading.low[first - 1] in ("for", "of") and words[first - 2][0].isupper()
    return of and known(words[first]) is None and known(words[first + 1]) in ("m", "f")


def _body_behind(reading: Reading, first: int, last: int) -> bool:
    """Tell whether an apposition says that a name is a body's: "Liwa al-Wafa, a little-known faction,"."""
    index, size = last, len(reading.words)
    if index + 1 >= size or reading.gap(index) != ", " or reading.low[index] not in _ARTICLES:
        return False
    if lists.first_name_gender(reading.words[first]) is not None:
        return False
    while index + 1 < min(size, last + _APPOSED) and reading.joined(index + 1):
        if reading.low[index + 1] in lists.group("noun-breaks"):
            break
        index += 1
    low = reading.low[index]
    return index > last and low in lists.words("bodies") and low not in lists.gendered("roles")


def _national(reading: Reading, index: int) -> bool:
    """Tell whether a word says of what country or union somebody is: French, UN."""
    low = reading.low[index]
    return low in lists.demonyms() or (reading.words[index].isupper() and low in lists.countries())


def _titled(reading: Reading, first: int, last: int) -> tuple[RunKind, int, str] | None:
    """Take apart a run with a title or role in it: its kind, where the name begins, the gender shown."""
    low = reading.low
    if lists.fold(reading.span(first, last)) in lists.outlets():
        return "body", first, ""
    title = _title_end(reading, first, last)
    if not title or (title < last and _is_body(reading, title, last)):
        return None
    owner = singular(low[title - 1])[0] in lists.gendered("roles")
    if owner and last - title == 1 and low[title] in lists.folded("body_names"):
        return None  # "Progressive Party", "Farmers’ Party"
    if title == last:
        guard = last - first > 1 and low[last - 1] in lists.folded("body_names")  # "Japan Coast Guard"
        return None if guard else ("role", first, "")
    gender = _gender(reading, first, title)
    if last - title > 2 and reading.words[title].isupper() and lists.first_name_gender(reading.words[title + 1]):
        title += len(reading.words[title]) > 1  # "Secretary IT Nadia Hashmi"
    alone = last - title == 1
    if alone and low[title] in lists.demonyms() and low[title - 1] in lists.gendered("roles"):
        return "role", first, ""
    if alone and low[title - 1] in _ROYAL:
        title -= 1
    return "person", title, gender


def _plain(reading: Reading, first: int, last: int) -> RunKind:
    """Tell the kind of a run without a title."""
    low, places = reading.low, lists.folded("places")
    things = lists.folded("thing_names")
    shown = lists.fold(reading.span(first, last))
    known = lists.first_name_gender(reading.words[first]) is not None
    kind: RunKind = "person" if last - first <= _MAX_NAME else "thing"
    if _is_body(reading, first, last) and not (known and last - first == 2 and low[last - 1] in _TAILS):
        kind = "body"
    elif shown in lists.countries():
        kind = "place" if shown not in lists.demonyms() or shown == "us" else "thing"
    elif last - first == 1:
        kind = "place" if low[first] in places and not known else "single"
    elif _is_place(reading, first, last, known):
        kind = "place"
    elif not known and (low[last - 1] in things or low[first] == "operation" or _people_of(low[last - 1])):
        kind = "thing"
    return kind


def _people_of(low: str) -> bool:
    """Tell whether the word is a plural for people of a kind: Republicans, Americans."""
    noun, plural = singular(low)
    return (plural and noun in lists.gendered("roles")) or low.removesuffix("s") in lists.demonyms() - {low}


def _is_place(reading: Reading, first: int, last: int, known: bool) -> bool:
    """Tell whether two words or more name a place: "New Mexico", "San Bernardino", "Moscow Region"."""
    low, bodies, places = reading.low, lists.folded("body_names"), lists.folded("places")
    if last - first == 2 and low[first] in _FRONTS:
        return low[first] in _SAINTS or low[first + 1] in places
    return not known and all(word in places or word in bodies or word in lists.countries() for word in low[first:last])


def _is_body(reading: Reading, first: int, last: int) -> bool:
    """Tell whether a word of the run says that it names a body."""
    bodies = lists.folded("body_names")
    low = reading.low
    if low[last - 1] in bodies and last - first > 1:
        return True
    if lists.fold(reading.span(first, last)) in lists.outlets():
        return True
    if last - first == 1:
        return low[first] in _ALONE
    return any(low[index] in bodies and low[index + 1] in _LINKS for index in range(first, last - 1))


def _title_end(reading: Reading, first: int, last: int) -> int:
    """Give the word after the last title or role in the run, 0 when there is none (or it is part of a name)."""
    low, end = reading.low, 0
    for index in range(first, last):
        plural = index == first and index < last - 1 and _title(singular(low[index])[0])
        if not (_title(low[index]) or plural) or (index > first and not reading.words[index][0].isupper()):
            continue
        if index + 1 < last and (low[index] in _NAMES_TOO or (low[index] in _FIRST_TOO and index + 2 == last)):
            continue
        before = reading.words[index - 1] if index > first else ""
        inner = len(before) == 1 or (bool(before) and lists.first_name_gender(before) is not None)
        ends = index == last - 1 or low[index + 1] in _SUFFIXES
        if inner and ends and not _title(low[index - 1]):
            continue
        end = _office_end(reading, index + 1, last)
    if end and low[end - 1] in ("of", "for"):
        return 0
    while end and end < last and low[end] in _SUFFIXES:
        return 0
    return end


def _office_end(reading: Reading, end: int, last: int) -> int:
    """Give the word after "of State for Urbanism" behind a role; one unknown word after "for" may be the office."""
    low = reading.low
    while end < last and low[end] in ("of", "for"):
        begun = end
        end += 1
        while end < last and low[end] in _OFFICES:
            end += 1
        if end == begun + 1 and low[begun] == "for" and last - end > 2:
            end += 1
    return end


def _gender(reading: Reading, first: int, end: int) -> str:
    """Give what the titles and roles in words `first` to `end` show of gender."""
    titles, roles = lists.gendered("titles"), lists.gendered("roles")
    for index in range(first, end):
        gender = titles.get(reading.low[index]) or roles.get(reading.low[index])
        if gender:
            return gender
    return ""
