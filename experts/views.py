"""Pages of experts and commentary."""

from django.core.paginator import Paginator
from django.shortcuts import render

from readers.views import api_url, as_of, canonical_query, render_detail

from . import queries
from .choices import Stance
from .editions import CommentaryEdition, ExpertEdition
from .presenters.lists import (
    COMMENTARY_SORTS,
    EXPERT_SORTS,
    build_commentary_filters,
    build_expert_filters,
    present_expert_rows,
)
from .presenters.pages import PAGE_PRESENTERS

PAGE_SIZE = 50


def paginate_by_counts(request, rows, numbers: dict[str, dict]):
    """Return the requested page of rows. numbers: from `count_facets`, with the total, which is not counted again."""
    paginator = Paginator(rows, PAGE_SIZE)
    paginator.count = numbers[""].get("", 0)
    return paginator.get_page(request.GET.get("page"))


@as_of
@canonical_query(facets=("standing",), sorts=EXPERT_SORTS)
def expert_list(request, *, moment, asked):
    numbers = queries.count_experts_by_facet(moment, chosen=asked.filters, words=asked.search)
    page = paginate_by_counts(
        request, queries.find_experts(moment, chosen=asked.filters, words=asked.search, sort=asked.sort), numbers
    )
    context = {
        "moment": moment,
        "page": page,
        "rows": present_expert_rows(page, queries.count_stances_by_expert(page, moment)),
        "filters": build_expert_filters(asked, numbers),
        "api_url": api_url("experts"),
    }
    return render(request, "experts/experts.html", context)


@as_of
def expert_detail(request, name, *, moment):
    return render_detail(request, ExpertEdition, name, moment=moment, pages=PAGE_PRESENTERS)


@as_of
@canonical_query(facets=("stance", "year"), sorts=COMMENTARY_SORTS)
def commentary_list(request, *, moment, asked):
    numbers = queries.count_commentary_by_facet(moment, chosen=asked.filters, words=asked.search)
    rows = queries.find_commentary(moment, chosen=asked.filters, words=asked.search, sort=asked.sort)
    page = paginate_by_counts(request, rows, numbers)
    stances = [value for value in asked.filters.get("stance", []) if value in Stance.values]
    context = {
        "moment": moment,
        "page": page,
        "rows": [each.load_document() for each in page],
        "filters": build_commentary_filters(asked, numbers),
        "api_url": api_url("commentary", stance=stances[0] if len(stances) == 1 else ""),
    }
    return render(request, "experts/commentaries.html", context)


@as_of
def commentary_detail(request, name, *, moment):
    return render_detail(request, CommentaryEdition, name, moment=moment, pages=PAGE_PRESENTERS)
