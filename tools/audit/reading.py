"""Pages as a program reads them: fetched once, taken apart by the standard library's parser."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urljoin, urlsplit

CONCURRENT_REQUESTS = 3
LINKING = {
    "a": "href",
    "area": "href",
    "link": "href",
    "img": "src",
    "script": "src",
    "source": "src",
    "form": "action",
}


@dataclass
class Answer:
    path: str
    status: int
    type: str
    body: bytes
    location: str = ""

    @property
    def is_html(self) -> bool:
        return self.type == "text/html"

    @property
    def text(self) -> str:
        return self.body.decode()

    @cached_property
    def page(self) -> "Page":
        found = Page()
        if self.is_html:
            found.feed(self.text)
        return found


class Page(HTMLParser):
    """What a page links to, its ids, its JSON-LD, what its head says."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[str, str]] = []  # (element, address)
        self.ids: set[str] = set()
        self.data: list[str] = []  # JSON-LD, each block's text
        self.alternates: list[tuple[str, str]] = []  # (media type, address)
        self.noindex = False
        self._in_data = False

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.ids |= {named[each] for each in ("id", "name") if named.get(each) and (each == "id" or tag == "a")}
        if address := named.get(LINKING.get(tag, "")):
            self.links.append((tag, address))
        if tag == "link" and named.get("rel") == "alternate" and named.get("type"):
            self.alternates.append((named["type"], named.get("href") or ""))
        if tag == "meta" and named.get("name") == "robots":
            self.noindex |= "noindex" in (named.get("content") or "")
        if tag == "script" and named.get("type") == "application/ld+json":
            self._in_data = True
            self.data.append("")

    def handle_data(self, data):
        if self._in_data:
            self.data[-1] += data

    def handle_endtag(self, tag):
        self._in_data = False


@dataclass
class Reader:
    """Asks the site, each address once, following no redirects."""

    site: str
    known: dict[str, Answer] = field(default_factory=dict)

    def answers(self) -> bool:
        try:
            return self._ask("/robots.txt").status == 200
        except OSError:
            return False

    def read(self, path: str) -> Answer:
        """Read a page. path: with its query, without a fragment."""
        if path not in self.known:
            self.known[path] = self._ask(path)
        return self.known[path]

    def read_all(self, paths: Iterable[str]) -> list[Answer]:
        with ThreadPoolExecutor(CONCURRENT_REQUESTS) as pool:
            return list(pool.map(self.read, paths))

    def final(self, path: str, hops: int = 5) -> Answer:
        """Return where redirects lead in the end; the last redirect where they leave the site or do not end."""
        answer = self.read(path)
        while hops and answer.location and (onward := self.inside(path, answer.location)) is not None:
            path, hops = onward[0], hops - 1
            answer = self.read(path)
        return answer

    def inside(self, path: str, address: str) -> tuple[str, str] | None:
        """Return (path with query, fragment) of an address found on a page; None where it leads off the site."""
        parts = urlsplit(urljoin(self.site + path, address))
        if f"{parts.scheme}://{parts.netloc}" != self.site:
            return None
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), parts.fragment

    def _ask(self, path: str) -> Answer:
        server = urlsplit(self.site)
        connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
        try:
            connection.request("GET", path, headers={"Host": server.netloc})
            response = connection.getresponse()
            media = (response.headers.get("Content-Type") or "").split(";")[0]
            return Answer(path, response.status, media, response.read(), response.headers.get("Location") or "")
        finally:
            connection.close()
