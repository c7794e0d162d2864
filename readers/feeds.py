"""Atom feeds of changes in each language, with an entry for each thing of each publication."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse, reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from record.characters import strip_control_characters
from record.languages import localize
from record.models import Edition
from record.queries import list_publications, parse_as_of

from .views import live_only, load_publication_summaries, resolve_or_response

MAX_FEED_ENTRIES, MAX_FEED_PUBLICATIONS = 100, 50


class ChangesFeed(Feed):
    """Feed of the latest changes, newest first."""

    feed_type = Atom1Feed
    title = gettext_lazy("What changed")
    link = reverse_lazy("changes")
    subtitle = gettext_lazy("Every publication of this site, with its reason.")
    author_name = gettext_lazy("Hong Kong policy tracker")

    def feed_guid(self):
        return f"tag:{_get_site_host()},2026:changes/{get_language()}"

    def items(self):
        entries = [
            root | {"publication": told["publication"]}
            for told in load_publication_summaries(list_publications(most=MAX_FEED_PUBLICATIONS))
            for root in told["roots"]
        ]
        return entries[:MAX_FEED_ENTRIES]

    def item_guid(self, item):
        thing = item["reference"]
        return f"tag:{_get_site_host()},2026:publication/{item['publication'].pk}/{thing['type']}/{thing['content_id']}"

    def item_title(self, item):
        title = _localize_for_xml(item["reference"]["title"])
        if item["redacted"]:
            return _("%(title)s (words redacted)") % {"title": title}
        return _("%(title)s (withdrawn)") % {"title": title} if item["withdrawn"] else title

    def item_description(self, item):
        """Return the entry's text as HTML, which is what Atom declares it to be."""
        said = _localize_for_xml(item["note"])
        parts = ngettext("%(count)d part published", "%(count)d parts published", item["parts"])
        return escape(said or parts % {"count": item["parts"]})

    def item_link(self, item):
        thing = item["reference"]
        if item["withdrawn"] or not thing["slug"]:
            return reverse("change", args=[item["publication"].pk])
        return reverse(thing["type"], args=[thing["slug"]])

    def item_pubdate(self, item):
        return item["publication"].published_at

    item_updateddate = item_pubdate


class EditionChangesFeed(ChangesFeed):
    """Feed of the latest changes of one thing and its parts. Its entries are the same as in the feed of everything."""

    def get_object(self, request, edition: Edition):
        return edition

    def feed_guid(self, edition):
        return f"{super().feed_guid()}/{edition.type}/{edition.content_id}"

    def title(self, edition):
        return _("What changed: %(title)s") % {"title": _localize_for_xml(edition.title)}

    def link(self, edition):
        return reverse(edition.type, args=[edition.slug])

    def subtitle(self, edition):
        return _("Every publication that changed this page, with its reason.")

    def items(self, edition):
        found = list_publications(most=MAX_FEED_ENTRIES, of=edition.content_id)
        return [
            root | {"publication": told["publication"]}
            for told in load_publication_summaries(found, of=edition.content_id)
            for root in told["roots"]
        ]


def make_changes_feed(edition_class: type[Edition], view: str):
    """Return the feed view for things of this type. view: the URL name of the feed."""
    feed = EditionChangesFeed()

    @live_only
    def answer(request, name):
        edition, response = resolve_or_response(request, edition_class, name, moment=parse_as_of(None), view=view)
        return feed(request, edition) if edition else response

    return answer


def _localize_for_xml(text: dict | None) -> str:
    """Return a text in the reader's language, without characters that XML forbids, so that no entry breaks the feed."""
    return strip_control_characters(localize(text, get_language())[0])


def _get_site_host() -> str:
    """Return the host name of the site."""
    return urlsplit(settings.SITE_URL).hostname


changes_feed = live_only(ChangesFeed())
