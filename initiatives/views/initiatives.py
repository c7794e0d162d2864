"""Pages of initiatives and other roots. Each view reads through `queries` and renders what a presenter makes of it."""

from calendar import monthrange
from datetime import date

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from readers.list_query import ListFilters
from readers.views import api_url, as_of, canonical_query, render_detail

from ..choices import INITIATIVE_FACETS
from ..editions import (
    AnnouncementEdition,
    AreaEdition,
    ContextEdition,
    InitiativeEdition,
    OrganisationEdition,
    PersonEdition,
)
from ..presenters import milestone_lists, organisation_rows
from ..presenters.facets import api_params, build_initiative_facets, initiative_orders
from ..presenters.initiative_rows import present_initiative_rows as rows_of
from ..presenters.milestone_lists import present_milestone_row
from ..presenters.pages import PAGE_PRESENTERS
from ..queries import milestones as milestones_by
from ..queries import organisations as bodies_by
from ..queries import selectors as queries
from ..queries.faceted_search import INITIATIVE_SORTS, InitiativeSearch, load_list_children

PAGE_SIZE = 50
LIST_API_PARAMS = {kind: {"schedule": kind} for kind in milestone_lists.MILESTONE_LISTS} | {
    "upcoming": {"upcoming": "true"},
    "met": {"result": "met"},
}


def paginate_rows(request, rows, *, total=None):
    """Return the requested page of rows. total: their number, if it was counted already."""
    paginator = Paginator(rows, PAGE_SIZE)
    if total is not None:
        paginator.count = total
    return paginator.get_page(request.GET.get("page"))


@as_of
@canonical_query(facets=tuple(INITIATIVE_FACETS), sorts=tuple(INITIATIVE_SORTS))
def initiative_list(request, *, moment, asked):
    search = InitiativeSearch(moment, chosen=asked.filters, words=asked.search)
    counts = search.counts()
    page = paginate_rows(request, search.results(sort=asked.sort), total=counts.total)
    found = build_initiative_facets(counts, asked)
    rows = rows_of(page.object_list, **load_list_children(page.object_list, moment), on=moment.day)
    context = {
        "moment": moment,
        "page": page,
        "rows": rows,
        "filters": ListFilters(asked, found, initiative_orders()),
        "api_url": api_url("initiatives", **api_params(found)),
    }
    return render(request, "initiatives/initiatives.html", context)


@as_of
def initiative_detail(request, name, *, moment):
    return render_detail(request, InitiativeEdition, name, moment=moment, pages=PAGE_PRESENTERS)


@as_of
@canonical_query(facets=milestones_by.MILESTONE_FACETS)
def milestone_list(request, kind="upcoming", *, moment, asked):
    found = milestones_by.MilestoneSearch(moment, chosen=asked.filters, words=asked.search)
    counts = found.count_by_list()
    page = paginate_rows(request, found.in_list(kind), total=counts[kind])
    _tab, title, about = milestone_lists.MILESTONE_LISTS[kind]
    told = [present_milestone_row(each.load_document(), on=moment.day) for each in page]
    context = {
        "moment": moment,
        "title": title,
        "about": about,
        "page": page,
        "tabs": milestone_lists.build_list_tabs(counts, asked, current=kind),
        "months": milestone_lists.group_by_month(told, kind),
        "filters": ListFilters(
            asked, milestone_lists.build_milestone_facets(milestones_by.load_facet_choices(moment), asked), []
        ),
        "api_url": api_url("milestones", **LIST_API_PARAMS[kind]),
    }
    return render(request, "initiatives/milestones.html", context)


@as_of
@canonical_query()
def milestone_calendar(request, year=None, month=None, *, moment, asked):
    year, month = year or moment.day.year, month or moment.day.month
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    counts, years = queries.count_milestones_by_month(year, moment), queries.find_milestone_years(moment)
    told = [
        present_milestone_row(each.load_document(), on=moment.day)
        for each in queries.find_milestones_between(first, last, moment)
    ]
    context = {
        "moment": moment,
        "first": first,
        "months": [(date(year, each, 1), counts.get(each, 0)) for each in range(1, 13)],
        "tabs": milestone_lists.build_list_tabs(
            milestones_by.MilestoneSearch(moment, chosen={}).count_by_list(), asked, current=""
        ),
        "happened": [each for each in told if milestone_lists.has_happened(each)],
        "due": [each for each in told if not milestone_lists.has_happened(each)],
        "before": year - 1 if years and year > years[0] else None,
        "after": year + 1 if years and year < years[1] else None,
        "api_url": api_url("milestones"),
    }
    return render(request, "initiatives/calendar.html", context)


@as_of
def announcement_detail(request, name, *, moment):
    return render_detail(request, AnnouncementEdition, name, moment=moment, pages=PAGE_PRESENTERS)


@as_of
@canonical_query(facets=("kind",), sorts=("most", "name"))
def organisation_list(request, *, moment, asked):
    page, numbers = _paginate_by_kind(request, OrganisationEdition, moment, asked)
    named = bodies_by.count_namings_by_relation(OrganisationEdition, page, moment)
    context = {
        "moment": moment,
        "page": page,
        "rows": organisation_rows.present_body_rows(
            page, named=named, promises=bodies_by.count_led_promises(page, moment)
        ),
        "filters": organisation_rows.build_kind_filters(
            asked, numbers, label=_("Kind"), orders=organisation_rows.organisation_orders()
        ),
        "api_url": api_url("organisations"),
    }
    return render(request, "initiatives/organisations.html", context)


def _paginate_by_kind(request, edition_class, moment, asked):
    """Return (page of organisations or people, {kind: number})."""
    kinds = asked.filters.get("kind", [])
    numbers = bodies_by.count_bodies_by_kind(edition_class, moment, words=asked.search, chosen=kinds)
    rows = bodies_by.find_bodies(edition_class, moment, words=asked.search, kinds=kinds, sort=asked.sort)
    return paginate_rows(request, rows, total=numbers[""].get("", 0)), numbers["kind"]


@as_of
def organisation_detail(request, name, *, moment):
    return render_detail(request, OrganisationEdition, name, moment=moment, pages=PAGE_PRESENTERS)


@as_of
@canonical_query(facets=("kind",), sorts=("most", "name"))
def person_list(request, *, moment, asked):
    page, numbers = _paginate_by_kind(request, PersonEdition, moment, asked)
    context = {
        "moment": moment,
        "page": page,
        "rows": organisation_rows.present_body_rows(
            page, named=bodies_by.count_namings_by_relation(PersonEdition, page, moment)
        ),
        "filters": organisation_rows.build_kind_filters(
            asked, numbers, label=_("Kind"), orders=organisation_rows.person_orders()
        ),
        "api_url": api_url("people"),
    }
    return render(request, "initiatives/people.html", context)


@as_of
def person_detail(request, name, *, moment):
    return render_detail(request, PersonEdition, name, moment=moment, pages=PAGE_PRESENTERS)


@as_of
def area_list(request, *, moment):
    found = queries.find_areas(moment)
    rows = organisation_rows.present_body_rows(
        found, named=bodies_by.count_namings_by_relation(AreaEdition, found, moment)
    )
    return render(request, "initiatives/areas.html", {"moment": moment, "rows": rows, "api_url": api_url("areas")})


@as_of
def area_detail(request, name, *, moment):
    return render_detail(request, AreaEdition, name, moment=moment, pages=PAGE_PRESENTERS)


@as_of
def context_detail(request, name, *, moment):
    return render_detail(request, ContextEdition, name, moment=moment, pages=PAGE_PRESENTERS)
