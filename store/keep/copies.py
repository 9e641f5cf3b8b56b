"""Articles that tell the same story: syndicated copies, filed under the one they were taken from."""

from __future__ import annotations

from msgspec.structs import replace

from store.errors import LibraryError
from store.keep.articles import ArticlePart
from store.keep.core import ARTICLES, excerpt
from store.model import Article, By


class CopyPart(ArticlePart):
    """What a library does with copies of a story. A copy keeps its own text, claims and versions."""

    def original(self, article_id: str) -> Article | None:
        """Return the article under which this one is filed, None when it stands alone."""
        found = self._root(self._article(article_id))
        return None if found.id == article_id else self._known_by(found)

    def copies(self, article_id: str) -> list[Article]:
        """List the articles filed under this one, the first taken in first."""
        return self.all_copies().get(article_id, [])

    def all_copies(self) -> dict[str, list[Article]]:
        """List the copies of every article that has some, by its id, the first taken in first."""
        found: dict[str, list[Article]] = {}
        filed = sorted((a for a in self._articles.all() if a.copy_of), key=lambda a: (a.retrieved, a.id))
        for article in filed:
            root = self._root(article)
            if root.id != article.id:
                found.setdefault(root.id, []).append(self._known_by(article))
        return found

    def file_under(self, article_id: str, original_id: str, *, by: By = "person") -> Article:
        """File an article, and its copies, under another as the same story; a person's word is a step of undo.

        LibraryError when the two are one article.
        """
        article, original = self._article(article_id), self._root(self._article(original_id))
        if original.id == article.id:
            raise LibraryError(f"{article.title}: already the first of its story; file the other under it")
        what = f"file “{excerpt(article.title)}” under “{excerpt(original.title)}”"
        with self._change(what, step=by == "person") as change:
            article = self._article(article_id)
            apart = tuple(one for one in article.not_copy_of if one != original.id)
            article = replace(article, copy_of=original.id, not_copy_of=apart)
            change.put(ARTICLES, article)
            for copy in self.copies(article_id):
                change.put(ARTICLES, replace(self._article(copy.id), copy_of=original.id))
        return self._known_by(article)

    def tell_apart(self, article_id: str) -> Article:
        """Take an article out from under the one it was filed under; the machine does not file it there again.

        A step of undo. LibraryError when it stands alone.
        """
        article = self._article(article_id)
        if article.copy_of is None:
            raise LibraryError(f"{article.title}: it is filed under no other article")
        with self._change(f"tell “{excerpt(article.title)}” apart") as change:
            article = self._article(article_id)
            apart = dict.fromkeys((*article.not_copy_of, *filter(None, (article.copy_of, self._root(article).id))))
            article = replace(article, copy_of=None, not_copy_of=tuple(one for one in apart if one != article.id))
            change.put(ARTICLES, article)
        return self._known_by(article)

    def _root(self, article: Article) -> Article:
        """Follow the pointers to the first article of a story; a pointer to what is not there ends the way."""
        seen = {article.id}
        while article.copy_of and article.copy_of not in seen:
            seen.add(article.copy_of)
            following = self._articles.get(article.copy_of)
            if following is None:
                break
            article = following
        return article
