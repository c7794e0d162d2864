"""The front page, the data page, the search page and the site's icon."""

from django.shortcuts import redirect, render
from django.templatetags.static import static

from initiatives.presenters.home import present_most_moved, present_public_money, present_standings
from initiatives.presenters.milestones import present_milestone
from initiatives.queries import home, selectors
from readers.presenters.changes import group_by_day
from readers.views import api_url, as_of, live_only, load_publication_summaries
from record.queries import list_publications

from .search import group_search_results

MAX_HOME_ITEMS = 5


@as_of
def home_page(request, *, moment):
    counts, sums = home.count_promises_by_standing(moment), list(home.load_funding_rows(moment))
    context = {
        "moment": moment,
        "counts": counts,
        "standings": present_standings(counts),
        "initiatives": selectors.find_initiatives(moment).count(),
        "money": present_public_money(sums),
        "question": build_home_question(sums, moment),
        "upcoming": [
            present_milestone(each.load_document(), on=moment.day)
            for each in selectors.find_upcoming_promises(moment)[:MAX_HOME_ITEMS]
        ],
        "days": group_by_day(load_publication_summaries(list_publications(moment, most=MAX_HOME_ITEMS), moment=moment)),
        "api_url": "/api/v1/",
    }
    return render(request, "hkpolicy/home.html", context)


def build_home_question(sums, moment) -> dict | None:
    """Return the question of the front page, as `present_most_moved` returns it.

    Return None while no promise that moved has precedents.
    """
    lead = home.most_moved_with_precedents(moment)
    if lead is None:
        return None
    initiatives = home.find_with_precedents(lead.root_content_id, moment)
    promises = home.find_promises_of(initiatives, moment)
    return present_most_moved(
        lead.load_document(),
        [each.load_document() for each in initiatives],
        [each.load_document() for each in promises],
        sums,
        on=moment.day,
    )


@live_only
def search_page(request):
    words = " ".join(request.GET.get("q", "").split())[:200]
    groups = group_search_results(words) if words else []
    return render(
        request, "hkpolicy/search.html", {"q": words, "groups": groups, "api_url": words and api_url("search", q=words)}
    )


def site_icon(request):
    """Redirect to the icon, from where browsers look if a page names none (feeds, JSON, the admin)."""
    return redirect(static("icon.svg"))


def data_page(request):
    return render(request, "hkpolicy/data.html", {"kinds": EXPORTED_TYPES, "api_url": "/api/v1/"})


EXPORTED_TYPES = [
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
