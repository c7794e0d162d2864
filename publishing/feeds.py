"""What changed, as an Atom feed in each language: an entry for each thing of each publication."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse, reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import condition

from .api.conditional import etag_of
from .languages import say
from .queries import publications
from .views import now_only, told_of

ENTRIES, PUBLICATIONS = 100, 50


class Changes(Feed):
    """The latest changes, newest first."""

    feed_type = Atom1Feed
    title = gettext_lazy("What changed")
    link = reverse_lazy("changes")
    subtitle = gettext_lazy("Every publication of this site, with its reason.")
    author_name = gettext_lazy("Hong Kong policy tracker")

    def feed_guid(self):
        return f"tag:{_host()},2026:changes/{get_language()}"

    def items(self):
        entries = [
            root | {"publication": told["publication"]}
            for told in told_of(publications(most=PUBLICATIONS))
            for root in told["roots"]
        ]
        return entries[:ENTRIES]

    def item_guid(self, item):
        thing = item["reference"]
        return f"tag:{_host()},2026:publication/{item['publication'].pk}/{thing['type']}/{thing['content_id']}"

    def item_title(self, item):
        title = say(item["reference"]["title"], get_language())[0]
        if item["redacted"]:
            return _("%(title)s (words redacted)") % {"title": title}
        return _("%(title)s (withdrawn)") % {"title": title} if item["withdrawn"] else title

    def item_description(self, item):
        said = say(item["note"], get_language())[0]
        return said or ngettext("%(count)d part published", "%(count)d parts published", item["parts"]) % {
            "count": item["parts"]
        }

    def item_link(self, item):
        thing = item["reference"]
        if item["withdrawn"] or not thing["slug"]:
            return reverse("change", args=[item["publication"].pk])
        return reverse(thing["type"], args=[thing["slug"]])

    def item_pubdate(self, item):
        return item["publication"].published_at

    item_updateddate = item_pubdate


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname


changes = now_only(condition(etag_func=etag_of)(Changes()))
