"""Tags for a page's head: what it says to search engines and to whoever previews a link to it."""

import html
import re

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hkpolicy.shapes import linked
from publishing.languages import LANGUAGES
from publishing.shapes.linked import as_script_text, citation, spoken

register = template.Library()

LISTS = {  # {URL name of a page: (URL name of the list it is in, title of that list)}
    "initiative": ("initiatives", gettext_lazy("Initiatives")),
    "announcement": ("announcements", gettext_lazy("Announcements")),
    "organisation": ("organisations", gettext_lazy("Organisations")),
    "person": ("people", gettext_lazy("People")),
    "area": ("areas", gettext_lazy("Policy areas")),
    "expert": ("experts", gettext_lazy("Experts")),
    "commentary": ("commentaries", gettext_lazy("Commentary")),
    "change": ("changes", gettext_lazy("What changed")),
    "cases": ("track-record", gettext_lazy("Track record")),
    **dict.fromkeys(
        [f"milestones-{each}" for each in ("in-window", "met", "missed", "overdue", "unknown")],
        ("milestones", gettext_lazy("Milestones")),
    ),
    **dict.fromkeys(["calendar", "calendar-month"], ("milestones", gettext_lazy("Milestones"))),
}
COLLECTIONS = {name for name, _words in LISTS.values()}


@register.simple_block_tag
def captured(content):
    """Return the enclosed content with its whitespace collapsed, so that it can be used more than once (`as name`)."""
    return mark_safe(" ".join(content.split()))


@register.simple_tag(takes_context=True)
def on_its_page(context, address: str) -> str:
    """Return the canonical URL: with the page number of a list, without filters and orders."""
    page, before = context.get("page"), context.get("before")
    number = page.number if isinstance(page, Page) else 1
    return address + (f"?page={number}" if number > 1 else f"?before={before}" if before else "")


@register.filter
def words_in_address(path: str) -> str:
    """Return the words in the last segment of a path that does not exist, as a query to search for."""
    last = path.rstrip("/").rpartition("/")[2]
    return "" if last in LANGUAGES else " ".join(re.findall(r"\w+", last.replace("_", " ")))


@register.simple_tag(takes_context=True)
def linked_data(context) -> str:
    """Return the page as schema.org data (JSON-LD) in a script element."""
    language = get_language()
    tree = {"@context": linked.CONTEXT, "@graph": _graph(context, _site(), language)}
    said = spoken(tree, language=language, address=_address)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(as_script_text(said)))


def _graph(context, site: linked.Site, language: str) -> list[dict]:
    view, address = context["request"].resolver_match.url_name, on_its_page(context, context["canonical"])
    title, description = (html.unescape(context[each]) for each in ("page_title", "page_description"))
    page = linked.page(
        _kind(view, context), address=address, title=title, description=description, language=language, site=site
    )
    edition = context.get("edition")
    if edition:
        page["datePublished"] = edition.first_published_at.isoformat(timespec="seconds")
        page["dateModified"] = edition.live_from.isoformat(timespec="seconds")
        page["citation"] = [citation(each["source"]) for each in context.get("sources", [])]
    if view == "home":
        return [site.told(language), page]
    page["mainEntity"] = _thing(view, context, site)
    return [page, linked.crumbs([(site.name, site.home), *_list_of(view), (title, address)])]


def _kind(view: str, context) -> str:
    if view == "search":
        return "SearchResultsPage"
    if view == "page" and context["page"]["slug"] == "about":
        return "AboutPage"
    return "CollectionPage" if view in COLLECTIONS else "WebPage"


def _thing(view: str, context, site: linked.Site) -> dict | None:
    if view != "data":
        return context.get("thing")
    files = [(f"{kind}.jsonl", _absolute("api:export", kind)) for kind in context["kinds"]]
    return linked.dataset(site, address=context["canonical"], files=files, languages=LANGUAGES)


def _list_of(view: str) -> list[tuple[str, str]]:
    return [(str(LISTS[view][1]), _absolute(LISTS[view][0]))] if view in LISTS else []


def _site() -> linked.Site:
    return linked.Site(
        name=_("Hong Kong policy tracker"),
        description=_("What was promised, with how much money, by when, and what came of it."),
        address=settings.SITE_URL,
        home=_absolute("home"),
        search=_absolute("search"),
        principles=_absolute("page", "method"),
    )


def _address(reference: dict) -> str | None:
    """Return the URL of a referenced thing; None if it has no page or was withdrawn."""
    linked = reference.get("slug") and not reference.get("withdrawn")
    return _absolute(reference["type"], reference["slug"]) if linked else None


def _absolute(view: str, *args) -> str:
    return settings.SITE_URL + reverse(view, args=args)
