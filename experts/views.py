"""Pages of experts and commentary."""

from django.core.paginator import Paginator
from django.shortcuts import render

from publishing.views import asked_briefly, at_a_moment, thing_page, twin

from . import queries
from .choices import Stance
from .editions import CommentaryEdition, ExpertEdition
from .shapes.lists import SORTS_OF_COMMENTARY, SORTS_OF_EXPERTS, filters_of_commentary, filters_of_experts, lines
from .shapes.pages import PAGES

A_PAGE = 50


def paged(request, rows, numbers: dict[str, dict]):
    """Return the requested page of rows. numbers: from `count_facets`, with the total, which is not counted again."""
    paginator = Paginator(rows, A_PAGE)
    paginator.count = numbers[""].get("", 0)
    return paginator.get_page(request.GET.get("page"))


@at_a_moment
@asked_briefly(facets=("standing",), sorts=SORTS_OF_EXPERTS)
def experts(request, *, moment, asked):
    numbers = queries.counts_of_experts(moment, chosen=asked.chosen, words=asked.words)
    page = paged(request, queries.experts(moment, chosen=asked.chosen, words=asked.words, sort=asked.sort), numbers)
    context = {
        "moment": moment,
        "page": page,
        "rows": lines(page, queries.stances_of(page, moment)),
        "filters": filters_of_experts(asked, numbers),
        "twin": twin("experts"),
    }
    return render(request, "experts/experts.html", context)


@at_a_moment
def expert(request, name, *, moment):
    return thing_page(request, ExpertEdition, name, moment=moment, pages=PAGES)


@at_a_moment
@asked_briefly(facets=("stance", "year"), sorts=SORTS_OF_COMMENTARY)
def commentaries(request, *, moment, asked):
    numbers = queries.counts_of_commentary(moment, chosen=asked.chosen, words=asked.words)
    rows = queries.commentary(moment, chosen=asked.chosen, words=asked.words, sort=asked.sort)
    page = paged(request, rows, numbers)
    stances = [value for value in asked.chosen.get("stance", []) if value in Stance.values]
    context = {
        "moment": moment,
        "page": page,
        "rows": [each.current() for each in page],
        "filters": filters_of_commentary(asked, numbers),
        "twin": twin("commentary", stance=stances[0] if len(stances) == 1 else ""),
    }
    return render(request, "experts/commentaries.html", context)


@at_a_moment
def commentary(request, name, *, moment):
    return thing_page(request, CommentaryEdition, name, moment=moment, pages=PAGES)
