"""Pages of experts and what they said."""

from django.core.paginator import Paginator
from django.shortcuts import render

from publishing.views import at_a_moment, thing_page, twin

from . import queries
from .choices import Stance
from .editions import CommentaryEdition, ExpertEdition
from .shapes.pages import PAGES

A_PAGE = 50


@at_a_moment
def experts(request, *, moment):
    words = request.GET.get("q", "")
    page = Paginator(queries.experts(moment, words=words), A_PAGE).get_page(request.GET.get("page"))
    rows = [each.current() for each in page]
    context = {"moment": moment, "page": page, "rows": rows, "q": words, "twin": twin("experts")}
    return render(request, "experts/experts.html", context)


@at_a_moment
def expert(request, name, *, moment):
    return thing_page(request, ExpertEdition, name, moment=moment, pages=PAGES)


@at_a_moment
def commentaries(request, *, moment):
    stance = request.GET.get("stance", "")
    page = Paginator(queries.commentary(moment, stance=stance), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "moment": moment,
        "stance": stance,
        "stances": Stance.choices,
        "page": page,
        "rows": [each.current() for each in page],
        "twin": twin("commentary", stance=stance),
    }
    return render(request, "experts/commentaries.html", context)


@at_a_moment
def commentary(request, name, *, moment):
    return thing_page(request, CommentaryEdition, name, moment=moment, pages=PAGES)
