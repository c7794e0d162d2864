"""The list of Budgets and Policy Addresses by year: what each promised, and what came of it."""

from collections import Counter
from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import render

from readers.views import api_url, as_of
from record.models import Link
from record.queries import Moment, editions_at

from ..choices import AnnouncementKind
from ..editions import AnnouncementEdition, FigureEdition, FundingEdition
from ..presenters.figures import group_by_measure, group_vintages
from ..presenters.initiative_rows import find_largest_total
from ..queries import selectors
from ..rules.delivery import Tally
from .chart_registry import draw_figures_chart
from .track_record_cache import get_track_record

PAGE_SIZE = 50
MIN_YEARS_FOR_OVERVIEW = 3  # measures with fewer years stand on the pages of their announcements only


@as_of
def announcement_list(request, *, moment):
    kind = request.GET.get("kind", "")
    many = count_announcements_by_kind(moment)
    paginator = Paginator(selectors.find_announcements(moment, kind=kind), PAGE_SIZE)
    paginator.count = many[kind] if kind else sum(many.values())
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "moment": moment,
        "kind": kind,
        "total": sum(many.values()),
        "kinds": [(value, label, many[value]) for value, label in AnnouncementKind.choices if many[value]],
        "page": page,
        "years": group_by_delivery_year(present_announcement_rows(page, moment)),
        "fiscal": build_fiscal_overview(moment) if page.number == 1 and not kind else [],
        "api_url": api_url("announcements", kind=kind),
    }
    return render(request, "initiatives/announcements.html", context)


def count_announcements_by_kind(moment: Moment) -> Counter:
    """Return {kind: number of announcements}."""
    rows = editions_at(AnnouncementEdition, moment).order_by().values_list("kind").annotate(Count("pk"))
    return Counter(dict(rows))


def present_announcement_rows(page, moment: Moment) -> list[dict]:
    """Build the rows of a page of announcements: [{"document", "tally", "initiatives", "money"}].

    initiatives: how many were announced in it; tally: how its promises stand; money: its largest public sum.
    """
    ids = [each.content_id for each in page]
    tallies = {tally.name["content_id"]: tally for tally in get_track_record(moment)["announcement"] if tally.name}
    links = Link.objects.at(moment.instant).filter(type="initiative", relation="announced_in", named__in=ids)
    many = Counter(links.values_list("named", flat=True))
    sums: dict = {}
    for each in editions_at(FundingEdition, moment).filter(announcement__in=ids).defer("document", "tokens"):
        sums.setdefault(each.announcement, []).append(each)
    return [
        {
            "document": each.load_document(),
            "tally": tallies.get(str(each.content_id), Tally()),
            "initiatives": many[each.content_id],
            "money": find_largest_total(sums.get(each.content_id, [])),
        }
        for each in page
    ]


def group_by_delivery_year(rows: list[dict]) -> list[tuple[str, list[dict]]]:
    """Group rows by year of delivery, in their order: [(year, or "" if unknown, rows)]."""
    years = groupby(rows, key=lambda row: (row["document"]["delivered_on"] or "")[:4])
    return [(year, list(found)) for year, found in years]


def build_fiscal_overview(moment: Moment) -> list[tuple[dict, object]]:
    """Return [(measure, chart)] of the fiscal figures that were given for the most years."""
    found = [each.load_document() for each in editions_at(FigureEdition, moment).exclude(fiscal_year="").order_by("id")]
    told_often = [
        each for each in group_by_measure(group_vintages(found)) if len(each["years"]) >= MIN_YEARS_FOR_OVERVIEW
    ]
    told_often.sort(key=lambda each: -sum(len(year["figures"]) for year in each["years"]))
    charts = [(each, draw_figures_chart(each)) for each in told_often]
    return [(measure, chart) for measure, chart in charts if chart]
