"""The front page, the data page, the search page and the site's icon."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.templatetags.static import static

from experts.queries import commentary
from initiatives.queries import reads
from initiatives.shapes.milestones import milestone
from publishing.queries import publications
from publishing.views import at_a_moment, now_only, told_of, twin

from .searching import searched

FEW = 5


@at_a_moment
def home(request, *, moment):
    def few(rows):
        return [milestone(each.current(), on=moment.day) for each in rows[:FEW]]

    lead, *moved = few(reads.most_moved(moment)) or [None]
    context = {
        "moment": moment,
        "lead": lead,
        "moved": moved,
        "upcoming": few(reads.upcoming(moment)),
        "overdue": few(reads.overdue(moment)),
        "unknown": few(reads.unknown(moment)),
        "counts": reads.counts(moment),
        "initiatives": [each.current() for each in reads.initiatives(moment)[:FEW]],
        "commentary": [each.current() for each in commentary(moment)[:3]],
        "publications": told_of(publications(moment, most=3)),
        "twin": "/api/v1/",
    }
    return render(request, "hkpolicy/home.html", context)


@now_only
def search(request):
    words = " ".join(request.GET.get("q", "").split())[:200]
    groups = searched(words) if words else []
    return render(request, "hkpolicy/search.html", {"q": words, "groups": groups, "twin": twin("search", q=words)})


def icon(request):
    """Where browsers look when a page names no icon, as feeds, JSON and the admin do not."""
    return redirect(static("icon.svg"))


def data(request):
    return render(request, "hkpolicy/data.html", {"kinds": KINDS, "twin": "/api/v1/"})


KINDS = [
    "initiatives",
    "milestones",
    "outcomes",
    "funding",
    "announcements",
    "experts",
    "commentary",
    "forecasts",
    "organisations",
    "people",
    "areas",
    "context",
    "pages",
]


def gallery(request):
    """The block components, for those who work on the pages."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "hkpolicy/gallery.html")
