"""What an article says its people are: roles in front of a name, behind it, and joined by "is"."""

from __future__ import annotations

from store.speech.naming import lists
from store.speech.naming.nouns import singular
from store.speech.naming.people import People
from store.speech.naming.person import Person, Role
from store.speech.naming.reading import Reading
from store.speech.naming.runs import Run

_STOPS = lists.group("role-stops")
_DETERMINERS = lists.group("determiners")
_ARTICLES = lists.group("articles")
_BINDS = lists.group("role-binds")
_BE = frozenset({"is", "was", "became", "remains", "'s"})
_CHOSEN = lists.group("new-offices")
_FOLLOW = frozenset({"who", "whose", "which", "that", "and", "or", "as", "until", "since", "when"})
_REACH = 8


def gather(reading: Reading, runs: list[Run], people: People, named: dict[int, Run]) -> None:
    """Give people the roles that stand around the mentions in `runs`; `named` are all runs by their first word."""
    for run in runs:
        person = people.of_run.get(run.first)
        if person is None:
            continue
        if run.titled():
            _add(reading, person, run.first, run.name, run.last)
            _share(reading, run, people, named)
        _before(reading, person, run)
        _after(reading, person, run, named)


def _add(reading: Reading, person: Person, first: int, last: int, of: int = 0) -> None:
    """File the words `first` to `last` as a role of the person; gender shows in some of its nouns.

    At word `of`, where it is given, "of Moravia" may follow the name and narrow the role.
    """
    roles = lists.gendered("roles")
    titles = lists.gendered("titles")
    low = [*(singular(word)[0] for word in reading.low[first:last]), *_place(reading, of)]
    heads = frozenset(word for word in low if word in roles or word in titles)
    if not heads:
        return
    narrow = frozenset(word for word in low if word not in heads and word not in _STOPS and len(word) > 1)
    person.roles.append(Role(heads, narrow, reading.starts[first], reading.ends[last - 1]))
    for word in heads:
        gender = roles.get(word, "")
        person.man += 3 * (gender == "m")
        person.woman += 3 * (gender == "f")


def _place(reading: Reading, index: int) -> list[str]:
    """Give the words of "of Moravia" or "of the Bank of Moravia" at word `index`, without "of"."""
    if not 0 < index < len(reading.low) or reading.low[index] != "of" or not reading.joined(index):
        return []
    out: list[str] = []
    step = index + 1
    while step < min(len(reading.low), index + 6) and reading.joined(step):
        if not reading.capital(step) and reading.low[step] not in ("the", "of"):
            break
        out.append(reading.low[step])
        step += 1
    return out


def _share(reading: Reading, run: Run, people: People, named: dict[int, Run]) -> None:
    """Give the second of "Presidents A of X and B of Y" the role too."""
    if not singular(reading.low[run.first])[1]:
        return
    step = run.last
    while step < min(len(reading.low), run.last + _REACH) and reading.para[step] == reading.para[run.first]:
        if reading.low[step] == "and" and step + 1 in named and step + 1 in people.of_run:
            _add(reading, people.of_run[step + 1], run.first, run.name, named[step + 1].last)
            return
        step += 1


def _before(reading: Reading, person: Person, run: Run) -> None:
    """Give the role in front: "Kremlin spokesperson Dmitry Peskov", "communications director, Jennifer Palmieri,"."""
    first = run.first
    if not first or reading.para[first - 1] != reading.para[first]:
        return
    gap = reading.gap(first)
    if gap.strip() == "," and not gap.startswith("\n"):
        if not _closed(reading, run.last):
            return
    elif not gap.isspace():
        return
    index = first - 1
    if reading.possessive[index]:
        return
    last = first
    if reading.low[index] not in lists.gendered("roles"):
        index = _head_behind(reading, index) if gap.strip() == "," else -1
        if index < 0:
            return
    start = index
    while start > 0 and index - start < _REACH and _modifies(reading, start):
        start -= 1
    _add(reading, person, start, last, run.last)


def _closed(reading: Reading, last: int) -> bool:
    """Tell whether the name ends with a comma, a dash or the sentence."""
    after = reading.text[reading.ends[last - 1] : reading.ends[last - 1] + 3].lstrip(")\u201d\"' ")
    return not after or after[0] in ",.;–—-:\n"


def _head_behind(reading: Reading, index: int) -> int:
    """In "the director of the FBI, James Comey," the word "director"; -1 when there is none."""
    for step in range(index, max(index - _REACH, 0), -1):
        if reading.low[step] in lists.gendered("roles") and reading.low[step + 1] in ("of", "for", "at", "in", "to"):
            return step
        if not reading.joined(step) and reading.gap(step).strip():
            return -1
    return -1


def _modifies(reading: Reading, index: int) -> bool:
    """Tell whether the word before `index` belongs to the same role."""
    before = reading.low[index - 1]
    if before in _STOPS or (before in _DETERMINERS and before not in ("former", "ex", "then")):
        return False
    if before == "and":
        return index > 1 and reading.low[index - 2] in lists.gendered("roles")
    return reading.joined(index) or reading.gap(index) in ("’s ", "'s ", "’ ", "' ", "-", "/")


def _after(reading: Reading, person: Person, run: Run, named: dict[int, Run]) -> None:
    """Give the role behind: "Dmitry Peskov, the Kremlin spokesperson,", "who is the chief", "(58)", "is a senator"."""
    index, size = run.last, len(reading.words)
    if index >= size or reading.para[index] != reading.para[run.first] or run.possessive:
        return
    gap = reading.gap(index).strip()
    if reading.words[index].isdigit() and gap in (",", "("):
        person.ages.add(reading.words[index])
        index += 1
        if index >= size or reading.para[index] != reading.para[run.first]:
            return
        gap = reading.gap(index).strip()
    if gap == "" and reading.low[index] in _BE and index + 1 < size and reading.low[index + 1] in _ARTICLES:
        index += 1
    elif gap == "" and reading.low[index] in _BE and index + 2 < size and reading.low[index + 1] in _CHOSEN:
        index += 3 if reading.low[index + 2] in ("as", "the") else 2
    elif gap in (",", "(", "–", "—", "-", "),"):
        if reading.low[index] in ("who", "whose"):
            index += 1
            if index + 1 >= size or reading.low[index] not in _BE:
                return
            index += 1
    else:
        return
    if reading.low[index] not in ("and", "or", "but"):
        _phrase(reading, person, index, named, gap != "")


def _phrase(reading: Reading, person: Person, index: int, named: dict[int, Run], apposed: bool) -> None:
    """File the noun phrase that begins at `index` if its head is a role; `apposed`: it stands between commas."""
    roles, size = lists.gendered("roles"), len(reading.words)
    head, step = -1, index
    while step < min(size, index + _REACH) and reading.para[step] == reading.para[index]:
        if step > index and not _runs_on(reading, step):
            break
        low = reading.low[step]
        if low in _STOPS or (low in _BINDS and low != "and"):
            break
        if low in roles:
            head = step
        step += 1
    if head < 0 or (reading.low[index] not in _DETERMINERS and head - index > 4):
        return
    if (
        head + 1 < size
        and reading.joined(head + 1)
        and reading.low[head + 1] not in _STOPS | _BINDS
        and step > head + 1
    ):
        follow = head + 1
        if follow in named and named[follow].kind in ("person", "single"):
            return
    last = head + 1
    if last < size and reading.joined(last) and reading.low[last] in _BINDS:
        while last < min(size, head + 10) and reading.para[last] == reading.para[head] and _runs_on(reading, last):
            if reading.low[last] in _STOPS and reading.low[last] not in _BINDS:
                break
            last += 1
    if apposed and last < size and reading.joined(last) and reading.low[last] not in _FOLLOW:
        return
    first = index
    while first < head and reading.low[first] in _ARTICLES:
        first += 1
    _add(reading, person, first, last)


def _runs_on(reading: Reading, index: int) -> bool:
    return reading.joined(index) or reading.gap(index) in ("’s ", "'s ", "’ ", "' ", "-", "/", " & ")
