"""The list of Budgets and Policy Addresses by year: what each promised, and what came of it."""

from collections import Counter
from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import render

from publishing.editions import Link
from publishing.queries import Moment, editions
from publishing.views import at_a_moment, twin

from ..choices import AnnouncementKind
from ..editions import AnnouncementEdition, FigureEdition, FundingEdition
from ..queries import reads
from ..rules.delivery import Tally
from ..shapes.figures import measures, vintages
from ..shapes.rows import largest
from .counting import track
from .drawn import figures_chart

A_PAGE = 50
YEARS_FOR_OVERVIEW = 3  # measures with fewer years stand on the pages of their announcements only


@at_a_moment
def announcements(request, *, moment):
    kind = request.GET.get("kind", "")
    many = kinds(moment)
    paginator = Paginator(reads.announcements(moment, kind=kind), A_PAGE)
    paginator.count = many[kind] if kind else sum(many.values())
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "moment": moment,
        "kind": kind,
        "total": sum(many.values()),
        "kinds": [(value, label, many[value]) for value, label in AnnouncementKind.choices if many[value]],
        "page": page,
        "years": by_year(told(page, moment)),
        "fiscal": overview(moment) if page.number == 1 and not kind else [],
        "twin": twin("announcements", kind=kind),
    }
    return render(request, "initiatives/announcements.html", context)


def kinds(moment: Moment) -> Counter:
    """Return {kind: number of announcements}."""
    rows = editions(AnnouncementEdition, moment).order_by().values_list("kind").annotate(Count("pk"))
    return Counter(dict(rows))


def told(page, moment: Moment) -> list[dict]:
    """Build the rows of a page of announcements: [{"document", "tally", "initiatives", "money"}].

    initiatives: how many were announced in it; tally: how its promises stand; money: its largest public sum.
    """
    ids = [each.content_id for each in page]
    tallies = {tally.name["content_id"]: tally for tally in track(moment)["announcement"] if tally.name}
    links = Link.objects.at(moment.instant).filter(type="initiative", relation="announced_in", named__in=ids)
    many = Counter(links.values_list("named", flat=True))
    sums: dict = {}
    for each in editions(FundingEdition, moment).filter(announcement__in=ids).defer("document", "tokens"):
        sums.setdefault(each.announcement, []).append(each)
    return [
        {
            "document": each.current(),
            "tally": tallies.get(str(each.content_id), Tally()),
            "initiatives": many[each.content_id],
            "money": largest(sums.get(each.content_id, [])),
        }
        for each in page
    ]


def by_year(rows: list[dict]) -> list[tuple[str, list[dict]]]:
    """Group rows by year of delivery, in their order: [(year, or "" if unknown, rows)]."""
    years = groupby(rows, key=lambda row: (row["document"]["delivered_on"] or "")[:4])
    return [(year, list(found)) for year, found in years]


def overview(moment: Moment) -> list[tuple[dict, object]]:
    """Return [(measure, chart)] of the fiscal figures that were given for the most years."""
    found = [each.current() for each in editions(FigureEdition, moment).exclude(fiscal_year="").order_by("id")]
    told_often = [each for each in measures(vintages(found)) if len(each["years"]) >= YEARS_FOR_OVERVIEW]
    told_often.sort(key=lambda each: -sum(len(year["figures"]) for year in each["years"]))
    charts = [(each, figures_chart(each)) for each in told_often]
    return [(measure, chart) for measure, chart in charts if chart]
