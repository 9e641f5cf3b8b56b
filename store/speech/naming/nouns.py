"""The nouns by which sources are described, and their plurals."""

from __future__ import annotations

from functools import lru_cache

from store.speech.naming import lists

_PLURALS = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "police": "police", "media": "media",
    "attorneys-general": "attorney-general", "families": "family", "allies": "ally", "authorities": "authority",
}  # fmt: skip


@lru_cache(maxsize=8192)
def singular(low: str) -> tuple[str, bool]:
    """Give a noun in the singular and whether it stood in the plural; words of no list stay as they are."""
    if low in _PLURALS:
        return _PLURALS[low], True
    if low.endswith("men") and len(low) > 4 and low[:-3] + "man" in lists.gendered("roles"):
        return low[:-3] + "man", True
    if low.endswith("women") and low[:-5] + "woman" in lists.gendered("roles"):
        return low[:-5] + "woman", True
    if low.endswith("s") and not low.endswith("ss"):
        for stem in (low[:-1], low[:-2] if low.endswith("es") else "", low[:-3] + "y" if low.endswith("ies") else ""):
            if stem and known_noun(stem):
                return stem, True
    return low, False


def known_noun(low: str) -> bool:
    """Tell whether this is one of the nouns by which sources are described."""
    return (
        low in lists.gendered("roles")
        or low in lists.words("described")
        or low in lists.words("bodies")
        or low in lists.words("documents")
    )
