"""Which pages are measured: of each kind the longest, found by following links from the front page and the sitemap."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from .reading import Answer, Reader

LANGUAGES = ("en", "zh-hant", "zh-hans")
FRONT = "/en/"
MAX_PAGES_PER_KIND = 150
LOCATION = re.compile(r"<loc>([^<]+)</loc>")
EXTRAS = {  # what no link leads to: kind, (path below the language, status)
    "initiatives chosen by a form": ("initiatives/?schedule=unknown", 200),
    "search with results": ("search/?q=AI", 200),
    "search without results": ("search/?q=zzzzqqqq", 200),
    "400": ("initiatives/?as_of=never", 400),
    "404": ("initiatives/there-is-no-such-thing/", 404),
}


@dataclass(frozen=True)
class Kind:
    """One kind of page, by an English address. path: below the language, with its query."""

    name: str
    path: str
    status: int = 200
    indexed: bool = True

    def at(self, language: str) -> str:
        return f"/{language}/{self.path}"


def kind_of(path: str) -> str | None:
    """Name an English page's kind after its view; give each text a page of its own; return None for what is none.

    All filtered lists of one view are one kind.
    """
    from django.urls import Resolver404, resolve
    from django.utils import translation

    parts = urlsplit(path)
    if not parts.path.startswith(FRONT) or "as_of" in parse_qs(parts.query):
        return None
    try:
        with translation.override("en"):
            match = resolve(parts.path)
    except Resolver404:
        return None
    name = f"page {match.kwargs['name']}" if match.view_name == "page" else match.view_name
    return f"{name} filtered" if parts.query else name


def discovered(reader: Reader) -> tuple[list[Kind], dict[str, str]]:
    """Return (kinds of pages, {kind: path} of what is no page: feeds, files)."""
    found = _crawled(reader)
    pages, files = [], {}
    for name, answers in sorted(found.items()):
        longest = max(answers, key=lambda each: len(each.body))
        if longest.is_html:
            pages.append(_kind(name, longest))
        else:
            files[name] = longest.path
    return [*pages, *_unlinked(reader, pages)], files


def _crawled(reader: Reader) -> dict[str, list[Answer]]:
    """Return {kind: what answered 200}, at most MAX_PAGES_PER_KIND of each."""
    found, seen = defaultdict(list), {FRONT}
    counted, waiting = defaultdict(int), [FRONT, *_mapped(reader)]
    while waiting:
        asked = []
        for path in dict.fromkeys(waiting):
            name = kind_of(path)
            if name and counted[name] < MAX_PAGES_PER_KIND:
                counted[name] += 1
                asked.append((name, path))
        seen |= set(waiting)
        waiting = []
        for (name, _path), answer in zip(asked, reader.read_all(path for _name, path in asked), strict=True):
            if answer.status == 200:
                found[name].append(answer)
                waiting += [path for path in _linked(reader, answer) if path not in seen]
    return found


def _linked(reader: Reader, answer: Answer) -> Iterable[str]:
    for _tag, address in answer.page.links:
        if inside := reader.inside(answer.path, address):
            yield inside[0]


def _mapped(reader: Reader) -> list[str]:
    """English paths of the sitemap."""
    maps = LOCATION.findall(reader.read("/sitemap.xml").text)
    sections = reader.read_all(address.removeprefix(reader.site) for address in maps)
    found = (address.removeprefix(reader.site) for each in sections for address in LOCATION.findall(each.text))
    return [path for path in found if path.startswith(FRONT)]


def _kind(name: str, answer: Answer) -> Kind:
    return Kind(name, answer.path.removeprefix(FRONT), answer.status, not answer.page.noindex)


def _unlinked(reader: Reader, pages: list[Kind]) -> Iterable[Kind]:
    """Errors, searches, a page of the past, and what was withdrawn."""
    for name, (path, status) in EXTRAS.items():
        yield Kind(name, path, status, not reader.read(FRONT + path).page.noindex)

    from record.dates import today

    path = next(each.path for each in pages if each.name == "initiative")
    yield Kind("initiative in the past", f"{path}?as_of={today()}", indexed=False)
    if gone := _withdrawn():
        yield Kind("410", gone, 410, indexed=False)


def _withdrawn() -> str:
    from django.urls import reverse
    from django.utils import translation

    from experts.editions import CommentaryEdition

    gone = CommentaryEdition.history.filter(tombstone=True, live_until=None).first()
    with translation.override("en"):
        return reverse("commentary", args=[gone.slug]).removeprefix(FRONT) if gone else ""
