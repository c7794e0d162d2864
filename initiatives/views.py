"""Pages of initiatives and other roots. Each view reads through `queries` and renders what a presenter makes of it."""

from calendar import monthrange
from datetime import date

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from publishing.shapes.asked import Filters
from publishing.views import asked_briefly, at_a_moment, thing_page, twin

from .choices import FACETS
from .editions import (
    AnnouncementEdition,
    AreaEdition,
    ContextEdition,
    InitiativeEdition,
    OrganisationEdition,
    PersonEdition,
)
from .queries import bodies as bodies_by
from .queries import milestones as milestones_by
from .queries import reads as queries
from .queries.finding import SORTS, Search, listed_with
from .shapes import bodies, milestone_lists
from .shapes.facets import facets, in_the_api, orders
from .shapes.milestone_lists import told_in_a_list
from .shapes.pages import PAGES
from .shapes.rows import rows as rows_of

A_PAGE = 50
IN_THE_API = {kind: {"schedule": kind} for kind in milestone_lists.LISTS} | {
    "upcoming": {"upcoming": "true"},
    "met": {"result": "met"},
}


def paged(request, rows, *, total=None):
    """Return the requested page of rows. total: their number, if it was counted already."""
    paginator = Paginator(rows, A_PAGE)
    if total is not None:
        paginator.count = total
    return paginator.get_page(request.GET.get("page"))


@at_a_moment
@asked_briefly(facets=tuple(FACETS), sorts=tuple(SORTS))
def initiatives(request, *, moment, asked):
    search = Search(moment, chosen=asked.chosen, words=asked.words)
    counts = search.counts()
    page = paged(request, search.found(sort=asked.sort), total=counts.total)
    found = facets(counts, asked)
    rows = rows_of(page.object_list, **listed_with(page.object_list, moment), on=moment.day)
    context = {
        "moment": moment,
        "page": page,
        "rows": rows,
        "filters": Filters(asked, found, orders()),
        "twin": twin("initiatives", **in_the_api(found)),
    }
    return render(request, "initiatives/initiatives.html", context)


@at_a_moment
def initiative(request, name, *, moment):
    return thing_page(request, InitiativeEdition, name, moment=moment, pages=PAGES)


@at_a_moment
@asked_briefly(facets=milestones_by.FACETS)
def milestones(request, kind="upcoming", *, moment, asked):
    found = milestones_by.Milestones(moment, chosen=asked.chosen, words=asked.words)
    counts = found.counts()
    page = paged(request, found.listed(kind), total=counts[kind])
    _tab, title, about = milestone_lists.LISTS[kind]
    told = [told_in_a_list(each.current(), on=moment.day) for each in page]
    context = {
        "moment": moment,
        "title": title,
        "about": about,
        "page": page,
        "tabs": milestone_lists.tabs(counts, asked, current=kind),
        "months": milestone_lists.by_month(told, kind),
        "filters": Filters(asked, milestone_lists.facets(milestones_by.choices(moment), asked), []),
        "twin": twin("milestones", **IN_THE_API[kind]),
    }
    return render(request, "initiatives/milestones.html", context)


@at_a_moment
@asked_briefly()
def calendar(request, year=None, month=None, *, moment, asked):
    year, month = year or moment.day.year, month or moment.day.month
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    counts, years = queries.months_with_milestones(year, moment), queries.years_with_milestones(moment)
    told = [told_in_a_list(each.current(), on=moment.day) for each in queries.in_month(first, last, moment)]
    context = {
        "moment": moment,
        "first": first,
        "months": [(date(year, each, 1), counts.get(each, 0)) for each in range(1, 13)],
        "tabs": milestone_lists.tabs(milestones_by.Milestones(moment, chosen={}).counts(), asked, current=""),
        "happened": [each for each in told if milestone_lists.happened(each)],
        "due": [each for each in told if not milestone_lists.happened(each)],
        "before": year - 1 if years and year > years[0] else None,
        "after": year + 1 if years and year < years[1] else None,
        "twin": twin("milestones"),
    }
    return render(request, "initiatives/calendar.html", context)


@at_a_moment
def announcement(request, name, *, moment):
    return thing_page(request, AnnouncementEdition, name, moment=moment, pages=PAGES)


@at_a_moment
@asked_briefly(facets=("kind",), sorts=("most", "name"))
def organisations(request, *, moment, asked):
    page, numbers = _of_kinds(request, OrganisationEdition, moment, asked)
    named = bodies_by.named_by(OrganisationEdition, page, moment)
    context = {
        "moment": moment,
        "page": page,
        "rows": bodies.lines(page, named=named, promises=bodies_by.promises_of(page, moment)),
        "filters": bodies.filters(asked, numbers, label=_("Kind"), orders=bodies.orders_of_bodies()),
        "twin": twin("organisations"),
    }
    return render(request, "initiatives/organisations.html", context)


def _of_kinds(request, edition_class, moment, asked):
    """Return (page of organisations or people, {kind: number})."""
    kinds = asked.chosen.get("kind", [])
    numbers = bodies_by.kinds(edition_class, moment, words=asked.words, chosen=kinds)
    rows = bodies_by.listed(edition_class, moment, words=asked.words, kinds=kinds, sort=asked.sort)
    return paged(request, rows, total=numbers[""].get("", 0)), numbers["kind"]


@at_a_moment
def organisation(request, name, *, moment):
    return thing_page(request, OrganisationEdition, name, moment=moment, pages=PAGES)


@at_a_moment
@asked_briefly(facets=("kind",), sorts=("most", "name"))
def people(request, *, moment, asked):
    page, numbers = _of_kinds(request, PersonEdition, moment, asked)
    context = {
        "moment": moment,
        "page": page,
        "rows": bodies.lines(page, named=bodies_by.named_by(PersonEdition, page, moment)),
        "filters": bodies.filters(asked, numbers, label=_("Kind"), orders=bodies.orders_of_people()),
        "twin": twin("people"),
    }
    return render(request, "initiatives/people.html", context)


@at_a_moment
def person(request, name, *, moment):
    return thing_page(request, PersonEdition, name, moment=moment, pages=PAGES)


@at_a_moment
def areas(request, *, moment):
    found = queries.areas(moment)
    rows = bodies.lines(found, named=bodies_by.named_by(AreaEdition, found, moment))
    return render(request, "initiatives/areas.html", {"moment": moment, "rows": rows, "twin": twin("areas")})


@at_a_moment
def area(request, name, *, moment):
    return thing_page(request, AreaEdition, name, moment=moment, pages=PAGES)


@at_a_moment
def context(request, name, *, moment):
    return thing_page(request, ContextEdition, name, moment=moment, pages=PAGES)
