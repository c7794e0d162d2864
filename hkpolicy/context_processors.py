"""The context of every page, made from its URL alone: no query, no session."""

from urllib.parse import quote

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from readers.presenters.jsonld import LANGUAGE_TAGS
from record.dates import today

NAV_SECTIONS = [
    ("initiatives", gettext_lazy("Initiatives")),
    ("milestones", gettext_lazy("Milestones")),
    ("announcements", gettext_lazy("Announcements")),
    ("experts", gettext_lazy("Experts")),
    ("organisations", gettext_lazy("Organisations")),
    ("track-record", gettext_lazy("Track record")),
]
LANGUAGE_NAMES = {"en": "English", "zh-hant": "繁體中文", "zh-hans": "简体中文"}
OPEN_GRAPH_LOCALES = {"en": "en_GB", "zh-hant": "zh_HK", "zh-hans": "zh_CN"}  # as Open Graph names languages


def site_context(request) -> dict:
    """Context processor: return what base.html shows about the page's own URL, and `report` (a mailto link).

    now: URL of the page as it stands today. kept: the other query parameters, as (name, value) pairs, for the form that
    chooses another day.
    """
    kept = request.GET.copy()
    for key in ("as_of", "page"):
        kept.pop(key, None)
    return {
        "today": today().isoformat(),
        "section": get_nav_section(request.path),
        "sections": NAV_SECTIONS,
        "now": request.path + (f"?{kept.urlencode()}" if kept else ""),
        "kept": [(key, value) for key, values in kept.lists() for value in values],
        "canonical": settings.SITE_URL + request.path,
        "languages": build_language_links(request),
        "as_of": request.GET.get("as_of", ""),
        "report": build_report_link(settings.SITE_URL + request.get_full_path()),
        "site_url": settings.SITE_URL,
    }


def get_nav_section(path: str) -> str:
    """Return the section of the site a path lies in: the segment after the language, or ""."""
    return path.split("/")[2] if path.count("/") > 2 else ""


def build_language_links(request) -> list[dict]:
    """Return links to this page in each language; to the front pages if its URL has no language.

    tag: the language as BCP 47 writes it. chooses: the URL that redirects each reader to their own language.
    """
    first, _slash, rest = request.path.removeprefix("/").partition("/")
    known = first in LANGUAGE_NAMES
    query = request.META.get("QUERY_STRING", "")
    path = rest if known else ""
    return [
        {
            "code": code,
            "tag": LANGUAGE_TAGS[code],
            "locale": OPEN_GRAPH_LOCALES[code],
            "name": name,
            "url": f"/{code}/{path}" + (f"?{query}" if query and known else ""),
            "address": f"{settings.SITE_URL}/{code}/{path}",
            "chooses": f"{settings.SITE_URL}/{path}",
            "current": code == get_language(),
        }
        for code, name in LANGUAGE_NAMES.items()
    ]


def build_report_link(address: str) -> str:
    """Return a mailto link for reporting an error on the page with this URL."""
    subject = _("An error on the Hong Kong policy tracker")
    body = _("The page: %(address)s\n\nWhat is wrong, and where we can see it:\n") % {"address": address}
    return f"mailto:{settings.CONTACT_EMAIL}?subject={quote(subject)}&body={quote(body)}"
