"""The track record, and the cases behind each of its numbers."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render

from readers.views import api_url, as_of

from ..presenters.track_record import GROUPINGS, TRACK_RECORD_NUMBERS
from ..queries import selectors
from ..queries.track_record import find_group
from . import track_record_cache
from .chart_registry import draw_overall_lateness, draw_standing_by_group

PAGE_SIZE = 50


@as_of
def track_record_detail(request, *, moment):
    record = track_record_cache.get_track_record(moment)
    context = {
        "moment": moment,
        "overall": record["overall"],
        "groups": [(by, record[by], draw_standing_by_group(record, by)) for by in GROUPINGS],
        "lateness": draw_overall_lateness(record["overall"]),
        "precedents": selectors.find_precedents(moment),
        "api_url": api_url("milestones"),
    }
    return render(request, "initiatives/track.html", context)


@as_of
def case_list(request, *, moment):
    """List the cases behind a number: `?by=year|body|area|announcement&of=<year, slug or none>&as=<number>`.

    as: one of `TRACK_RECORD_NUMBERS`. Without parameters, all promises are listed.
    """
    by, of, which = (request.GET.get(key, "") for key in ("by", "of", "as"))
    if (by and by not in GROUPINGS) or (which and which not in TRACK_RECORD_NUMBERS):
        raise Http404
    group = find_group(moment, by, of)
    if group is None:
        raise Http404
    page = Paginator(
        track_record_cache.find_cases(moment, by=by, key=group.key, which=which or "all"), PAGE_SIZE
    ).get_page(request.GET.get("page"))
    context = {
        "moment": moment,
        "by": by,
        "of": of,
        "which": which or "all",
        "group": group,
        "page": page,
        "rows": track_record_cache.present_cases([content_id for content_id, _kept in page], moment),
        "api_url": api_url("milestones"),
        "unlisted": bool(by or of or which),  # noindex: there are as many such pages as numbers
    }
    return render(request, "initiatives/cases.html", context)
