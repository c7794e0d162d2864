"""The track record, and the cases behind each of its numbers."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render

from publishing.views import at_a_moment, twin

from ..queries import reads
from ..queries.track import group_of
from ..shapes.track import BY, EVERY
from . import counting
from .drawn import lateness_of, standing_of

A_PAGE = 50


@at_a_moment
def track(request, *, moment):
    record = counting.track(moment)
    context = {
        "moment": moment,
        "overall": record["overall"],
        "groups": [(by, record[by], standing_of(record, by)) for by in BY],
        "lateness": lateness_of(record["overall"]),
        "precedents": reads.precedents(moment),
        "twin": twin("milestones"),
    }
    return render(request, "initiatives/track.html", context)


@at_a_moment
def cases(request, *, moment):
    """List the cases behind a number: `?by=year|body|area|announcement&of=<year, slug or none>&as=<number>`.

    as: one of `TRACK_RECORD_NUMBERS`. Without parameters, all promises are listed.
    """
    by, of, which = (request.GET.get(key, "") for key in ("by", "of", "as"))
    if (by and by not in BY) or (which and which not in EVERY):
        raise Http404
    group = group_of(moment, by, of)
    if group is None:
        raise Http404
    page = Paginator(counting.cases_of(moment, by=by, key=group.key, which=which or "all"), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "moment": moment,
        "by": by,
        "of": of,
        "which": which or "all",
        "group": group,
        "page": page,
        "rows": counting.told([content_id for content_id, _kept in page], moment),
        "twin": twin("milestones"),
        "unlisted": bool(by or of or which),  # noindex: there are as many such pages as numbers
    }
    return render(request, "initiatives/cases.html", context)
