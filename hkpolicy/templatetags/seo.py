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

from readers.presenters.jsonld import build_citation_node, localize_tree, to_script_json
from record.languages import LANGUAGES

from ..presenters import jsonld

register = template.Library()

PARENT_LISTS = {  # {URL name of a page: (URL name of the list it is in, title of that list)}
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
LIST_VIEWS = {name for name, _words in PARENT_LISTS.values()}


@register.simple_block_tag
def capture(content):
    """Return the enclosed content with its whitespace collapsed, so that it can be used more than once (`as name`)."""
    return mark_safe(" ".join(content.split()))


@register.simple_tag(takes_context=True)
def canonical_url(context, address: str) -> str:
    """Return the canonical URL: with the page number of a list, without filters and orders."""
    page, before = context.get("page"), context.get("before")
    number = page.number if isinstance(page, Page) else 1
    return address + (f"?page={number}" if number > 1 else f"?before={before}" if before else "")


@register.filter
def words_in_url(path: str) -> str:
    """Return the words in the last segment of a path that does not exist, as a query to search for."""
    last = path.rstrip("/").rpartition("/")[2]
    return "" if last in LANGUAGES else " ".join(re.findall(r"\w+", last.replace("_", " ")))


@register.simple_tag(takes_context=True)
def linked_data(context) -> str:
    """Return the page as schema.org data (JSON-LD) in a script element."""
    language = get_language()
    tree = {"@context": jsonld.SCHEMA_ORG_CONTEXT, "@graph": _build_graph(context, _build_site_info(), language)}
    said = localize_tree(tree, language=language, address=_reference_url)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(to_script_json(said)))


def _build_graph(context, site: jsonld.SiteInfo, language: str) -> list[dict]:
    view, address = context["request"].resolver_match.url_name, canonical_url(context, context["canonical"])
    title, description = (html.unescape(context[each]) for each in ("page_title", "page_description"))
    page = jsonld.build_page_node(
        _get_page_type(view, context),
        address=address,
        title=title,
        description=description,
        language=language,
        site=site,
    )
    edition = context.get("edition")
    if edition:
        page["datePublished"] = edition.first_published_at.isoformat(timespec="seconds")
        page["dateModified"] = edition.live_from.isoformat(timespec="seconds")
        page["citation"] = [build_citation_node(each["source"]) for each in context.get("sources", [])]
    if view == "home":
        return [site.build_website_node(language), page]
    page["mainEntity"] = _get_main_entity(view, context, site)
    return [page, jsonld.build_breadcrumbs([(site.name, site.home), *_get_parent_list(view), (title, address)])]


def _get_page_type(view: str, context) -> str:
    if view == "search":
        return "SearchResultsPage"
    if view == "page" and context["page"]["slug"] == "about":
        return "AboutPage"
    return "CollectionPage" if view in LIST_VIEWS else "WebPage"


def _get_main_entity(view: str, context, site: jsonld.SiteInfo) -> dict | None:
    if view != "data":
        return context.get("thing")
    files = [(f"{kind}.jsonl", _absolute_url("api:export", kind)) for kind in context["kinds"]]
    return jsonld.build_dataset_node(site, address=context["canonical"], files=files, languages=LANGUAGES)


def _get_parent_list(view: str) -> list[tuple[str, str]]:
    return [(str(PARENT_LISTS[view][1]), _absolute_url(PARENT_LISTS[view][0]))] if view in PARENT_LISTS else []


def _build_site_info() -> jsonld.SiteInfo:
    return jsonld.SiteInfo(
        name=_("Hong Kong policy tracker"),
        description=_("What was promised, with how much money, by when, and what came of it."),
        address=settings.SITE_URL,
        home=_absolute_url("home"),
        search=_absolute_url("search"),
        principles=_absolute_url("page", "method"),
    )


def _reference_url(reference: dict) -> str | None:
    """Return the URL of a referenced thing; None if it has no page or was withdrawn."""
    linked = reference.get("slug") and not reference.get("withdrawn")
    return _absolute_url(reference["type"], reference["slug"]) if linked else None


def _absolute_url(view: str, *args) -> str:
    return settings.SITE_URL + reverse(view, args=args)
