"""The front page, the data page, the search page and the site's icon."""

from django.shortcuts import redirect, render
from django.templatetags.static import static

from initiatives.queries import front, reads
from initiatives.shapes.front import public_money, question, standings
from initiatives.shapes.milestones import milestone
from publishing.queries import publications
from publishing.shapes.changes import by_day
from publishing.views import at_a_moment, now_only, told_of, twin

from .searching import searched

FEW = 5


@at_a_moment
def home(request, *, moment):
    counts, sums = front.standing(moment), list(front.sums(moment))
    context = {
        "moment": moment,
        "counts": counts,
        "standings": standings(counts),
        "initiatives": reads.initiatives(moment).count(),
        "money": public_money(sums),
        "question": asked(sums, moment),
        "upcoming": [milestone(each.current(), on=moment.day) for each in reads.upcoming(moment)[:FEW]],
        "days": by_day(told_of(publications(moment, most=FEW), moment=moment)),
        "twin": "/api/v1/",
    }
    return render(request, "hkpolicy/home.html", context)


def asked(sums, moment) -> dict | None:
    """Return the question of the front page, as `present_most_moved` returns it.

    Return None while no promise that moved has precedents.
    """
    lead = front.most_moved_with_precedents(moment)
    if lead is None:
        return None
    initiatives = front.beside(lead.root_content_id, moment)
    promises = front.promises_of(initiatives, moment)
    return question(
        lead.current(),
        [each.current() for each in initiatives],
        [each.current() for each in promises],
        sums,
        on=moment.day,
    )


@now_only
def search(request):
    words = " ".join(request.GET.get("q", "").split())[:200]
    groups = searched(words) if words else []
    return render(
        request, "hkpolicy/search.html", {"q": words, "groups": groups, "twin": words and twin("search", q=words)}
    )


def icon(request):
    """Redirect to the icon, from where browsers look if a page names none (feeds, JSON, the admin)."""
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
