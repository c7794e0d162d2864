"""Pages for search engines: robots.txt, and a sitemap of every page in every language."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from record.models import edition_classes

STATIC_PAGES = [
    "home",
    "initiatives",
    "milestones",
    "milestones-in-window",
    "milestones-met",
    "milestones-missed",
    "milestones-overdue",
    "milestones-unknown",
    "calendar",
    "announcements",
    "experts",
    "commentaries",
    "organisations",
    "people",
    "areas",
    "track-record",
    "cases",
    "changes",
    "data",
]
SITEMAP_TYPES = [
    "initiative",
    "announcement",
    "expert",
    "commentary",
    "organisation",
    "person",
    "area",
    "context",
    "page",
]


def robots_txt(request):
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def sitemap_index(request):
    """Return the sitemap index: the URLs of the sitemap's parts."""
    parts = [
        f"{settings.SITE_URL}{reverse('sitemap-section', args=[name])}" + (f"?p={page}" if page > 1 else "")
        for name, section in build_sitemap_sections().items()
        for page in section.paginator.page_range
    ]
    return render(request, "hkpolicy/sitemap.xml", {"parts": parts}, content_type="application/xml")


class MultilingualSitemap(Sitemap):
    """A sitemap whose URLs are listed in every language, with their alternates."""

    i18n = alternates = x_default = True
    limit = 5000

    def get_domain(self, site=None):
        return settings.SITE_URL.partition("://")[2]

    def get_protocol(self, protocol=None):
        return settings.SITE_URL.partition("://")[0]


class StaticPagesSitemap(MultilingualSitemap):
    def items(self):
        return STATIC_PAGES

    def location(self, item):
        return reverse(item)


class PublishedTypeSitemap(MultilingualSitemap):
    """The pages of one type of published roots."""

    def __init__(self, type: str):
        super().__init__()
        self.type = type

    def items(self):
        return edition_classes()[self.type].objects.only("slug", "live_from").order_by("id")

    def location(self, item):
        return reverse(self.type, args=[item.slug])

    def lastmod(self, item):
        return item.live_from


def build_sitemap_sections() -> dict:
    """Return {section name: sitemap}: "site" for pages without a root, and one for each type of root."""
    return {"site": StaticPagesSitemap()} | {type: PublishedTypeSitemap(type) for type in SITEMAP_TYPES}
