"""Follows every link a reader may follow, from every entrance, and keeps what was answered."""

import html
import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.utils.encoding import iri_to_uri

from newsroom.models import Publishable, WorkingChange
from record.languages import LANGUAGES
from tests.hkpolicy.heads import Head
from tests.hkpolicy.page_texts import Text, texts_of
from tests.shipped.planting import PLANTED, PUBLIC, 公, 種

SEARCHES = {  # {address: the words asked for}
    iri_to_uri(f"{path}?q={words}"): words
    for path in ("/api/v1/search/", *(f"/{language}/search/" for language in LANGUAGES))
    for words in (PLANTED, 種, PUBLIC, 公, "AI")
}
NOT_THERE = {
    f"/{language}/{path}": status
    for language in LANGUAGES
    for path, status in {
        "no/such/thing/": 404,
        "initiatives/other/": 404,
        "initiatives/hkairdi/?as_of=2020-01-01": 404,
        "initiatives/?as_of=never": 400,
    }.items()
}
HOMES = [f"/{language}/" for language in LANGUAGES]
ENTRANCES = ["/", *HOMES, "/robots.txt", "/favicon.ico", "/sitemap.xml", "/api/v1/"]
ADDRESS = re.compile(
    r"""(?:href|src|action)="([^"#]+)|<loc>([^<]+)|"(https?://testserver[^"]*|/(?:api|en|zh-han[st])/[^"]*)\""""
)
# Other moments, patterns of addresses, and other years of the calendar, whose months say nothing that these do not.
LEFT_OUT = re.compile(r"as_of=|%7B|/calendar/(?!202[56]/|$)|/calendar/.*\?")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    cookies: list[str]  # names
    text: str

    @property
    def is_page(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")

    @cached_property
    def texts(self) -> list[Text]:
        """List each stretch of a page's text with its language."""
        return texts_of(self.text)

    @cached_property
    def head(self) -> Head:
        return Head(self.text)


@dataclass
class Crawl:
    answers: dict[str, Answer] = field(default_factory=dict)
    statements: int = 0  # SQL asked meanwhile
    misdeeds: list[tuple[list[str], str]] = field(default_factory=list)  # (tables of the newsroom named, SQL)

    def pages(self, language: str) -> dict[str, Answer]:
        """Return {address: page} of that language, also of what is not there."""
        ours = {address: each for address, each in self.answers.items() if address.startswith(f"/{language}/")}
        return {address: each for address, each in ours.items() if each.is_page}


def crawl() -> Crawl:
    """Ask for everything once. Raises what a view raises."""
    made, client = Crawl(), Client()
    waiting, met = deque([*ENTRANCES, *SEARCHES, *NOT_THERE]), set()
    with watched(made):
        while waiting:
            address = waiting.popleft()
            if address in made.answers:
                continue
            made.answers[address] = answer = asked(client, address)
            links = links_in(answer) - met  # most links stand on most pages
            met |= links
            waiting.extend(filter(None, map(ours, sorted(links))))
    return made


def asked(client: Client, address: str) -> Answer:
    response = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return Answer(response.status_code, dict(response.headers), list(response.cookies), body.decode())


def links_in(answer: Answer) -> set[str]:
    """List the links as they stand there."""
    found = {next(filter(None, groups)) for groups in ADDRESS.findall(answer.text)}
    return found | {answer.headers["Location"]} if "Location" in answer.headers else found


def ours(link: str) -> str:
    """Return the path of an address of this site that a reader may follow; "" for others."""
    address = html.unescape(link)
    for origin in ("http://testserver", settings.SITE_URL):
        address = address.removeprefix(origin)
    path = iri_to_uri(address.split("#")[0])
    followed = path.startswith("/") and not path.startswith(("//", "/static/", "/admin/"))
    return path if followed and not LEFT_OUT.search(path) else ""


def tables_of_the_newsroom() -> set[str]:
    """List the tables of the working copy, of those who edit it, and of their sessions."""
    working = [model for model in apps.get_models() if issubclass(model, Publishable)]
    through = [relation.remote_field.through for model in working for relation in model._meta.many_to_many]
    models = [*working, *through, WorkingChange, get_user_model()]
    return {model._meta.db_table for model in models} | {"django_session"}


@contextmanager
def watched(made: Crawl) -> Iterator[None]:
    tables = tables_of_the_newsroom()

    def watch(execute, sql, params, many, context):
        made.statements += 1
        if named := sorted(table for table in tables if f'"{table}"' in sql):
            made.misdeeds.append((named, sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield
