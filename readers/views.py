"""Readers' pages: rendering of any published thing at any moment, the list of changes, and the site's own pages."""

from collections.abc import Sequence
from functools import partial, wraps
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control

from record.documents.canonical_json import get_reference_key
from record.models import Edition, PageEdition
from record.queries import (
    UUID_PATTERN,
    InvalidAsOf,
    Moment,
    changes_with_history,
    find_edition,
    first_live_at,
    list_publications,
    load_published_documents,
    load_references,
    parse_as_of,
)

from .etags import conditional_page
from .list_query import ListQuery
from .presenters.changes import group_by_day, summarize_publications
from .presenters.pages import PAGE_PRESENTERS

PUBLICATIONS_PER_PAGE = 20
MAX_ROOTS_LISTED = 8  # roots of one publication shown in the list; its own page shows all


def api_url(plural: str, **query) -> str:
    """Return the API URL of the same list or thing."""
    asked = {key: value for key, value in query.items() if value}
    return f"/api/v1/{plural}/" + (f"?{urlencode(asked)}" if asked else "")


def as_of(view):
    """Decorate a view to receive the `moment` of `?as_of=`; 400 if it is invalid, 304 if the reader has the answer.

    Redirects URLs containing NUL bytes to the same URL without them.
    """

    view = conditional_page(view)

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        try:
            asked = parse_as_of(request.GET.get("as_of"))
        except InvalidAsOf:
            return render(request, "400.html", {"problem": "moment", "canonical": ""}, status=400)
        if plain := _get_url_without_nul(request):
            return HttpResponseRedirect(plain)
        return view(request, *args, moment=asked, **kwargs)

    return wrapped


def _get_url_without_nul(request) -> str:
    """Return this URL without the NUL bytes in its query string, which no database accepts; "" if it has none."""
    given = [(name, value) for name, values in request.GET.lists() for value in values]
    kept = [(name.replace("\0", ""), value.replace("\0", "")) for name, value in given]
    return "" if kept == given else request.path + f"?{urlencode(kept)}"


def canonical_query(*, facets: Sequence[str] = (), sorts: Sequence[str] = ("",)):
    """Decorate a list view to receive its parsed query string as `asked`.

    Redirects to the canonical URL if the query string holds redundant parameters. facets, sorts: see `ListQuery`.
    """

    def decorated(view):
        @wraps(view)
        def wrapped(request, *args, **kwargs):
            asked = ListQuery.from_querydict(request.GET, facets=facets, sorts=sorts)
            if asked.canonical is not None:
                return HttpResponseRedirect(request.path + (f"?{asked.canonical}" if asked.canonical else ""))
            return view(request, *args, asked=asked, **kwargs)

        return wrapped

    return decorated


def live_only(view):
    """Decorate a view that has no past: 400 for `?as_of=`, 304 if the reader has the answer.

    Redirects URLs containing NUL bytes to the same URL without them.
    """

    view = conditional_page(view)

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if "as_of" in request.GET:
            return render(request, "400.html", {"problem": "now only", "canonical": ""}, status=400)
        if plain := _get_url_without_nul(request):
            return HttpResponseRedirect(plain)
        return view(request, *args, **kwargs)

    return wrapped


@cache_control(public=True, max_age=0, must_revalidate=True)  # browsers would keep a 301 or 410 for ever
def render_detail(request, edition_class: type[Edition], name: str, *, moment: Moment, pages: dict):
    """Render a root's page by slug or `content_id`: 301 if renamed, 410 if withdrawn, 404 if not there (yet).

    pages: {type: (template, presenter)}, see `readers.presenters`.
    """
    edition, response = resolve_or_response(request, edition_class, name, moment=moment)
    if response:
        return response
    template, present = pages[edition_class.type]
    context = present(load_published_documents(edition, moment.instant), on=moment.day)
    return render(request, template, _build_base_context(edition, moment) | context)


def resolve_or_response(
    request, edition_class: type[Edition], name: str, *, moment: Moment, view: str = ""
) -> tuple[Edition | None, HttpResponse | None]:
    """Return (the edition at this URL, None), or (None, the response to give instead).

    view: the URL name, if it is not that of the thing's page.
    """
    found = find_edition(edition_class, name, moment)
    if found.edition is None:
        return None, _render_not_found(request, edition_class, name, moment)
    address = partial(_reverse_with_query, request, view or edition_class.type)
    if found.moved_to:
        return None, HttpResponsePermanentRedirect(address(found.moved_to))
    if UUID_PATTERN.fullmatch(name):
        return None, HttpResponseRedirect(address(found.edition.slug))
    if found.edition.tombstone:
        return None, _render_withdrawn(request, found.edition, moment)
    return found.edition, None


def _render_not_found(request, edition_class: type[Edition], name: str, moment: Moment):
    """Render the 404.

    Its context has `since`, when the record of this type begins, and `later`: True if the thing is published today but
    was not at that moment.
    """
    later = bool(moment.instant) and find_edition(edition_class, name, Moment(None, moment.day)).edition is not None
    around = {"since": first_live_at(edition_class), "later": later, "moment": moment, "canonical": ""}
    return render(request, "404.html", around, status=404)


def _render_withdrawn(request, edition: Edition, moment: Moment):
    """Render the 410 of a withdrawn thing, with the reason, and its successor if it has one."""
    document = edition.load_document()
    successor = document.get("successor")
    named = load_references([get_reference_key(successor)])[get_reference_key(successor)] if successor else None
    around = _build_base_context(edition, moment) | {"reason": document["reason"], "successor": named, "canonical": ""}
    return render(request, "410.html", around, status=410)


def _build_base_context(edition: Edition, moment: Moment) -> dict:
    """Return the part of the context that all pages of things share."""
    name = edition.slug or str(edition.content_id)
    return {"moment": moment, "edition": edition, "api_url": api_url(f"{edition.url_prefix}/{name}")}


def _reverse_with_query(request, view: str, slug: str) -> str:
    """Return the URL of this name and slug, with the query string of the request."""
    query = request.META["QUERY_STRING"]
    return reverse(view, args=[slug]) + (f"?{query}" if query else "")


@as_of
def page_detail(request, name, *, moment):
    """Show one of the site's own pages."""
    return render_detail(request, PageEdition, name, moment=moment, pages=PAGE_PRESENTERS)


@live_only
def publication_list(request):
    """List the latest publications, a page at a time."""
    before = request.GET.get("before", "")
    found = list_publications(before=int(before) if before.isdecimal() else None, most=PUBLICATIONS_PER_PAGE + 1)
    page = found[:PUBLICATIONS_PER_PAGE]
    context = {
        "days": group_by_day(load_publication_summaries(page)),
        "few": MAX_ROOTS_LISTED,
        "older": page[-1].pk if len(found) > PUBLICATIONS_PER_PAGE else None,
        "before": before if before.isdecimal() else "",
        "api_url": api_url("changes"),
    }
    return render(request, "readers/changes.html", context)


@live_only
def publication_detail(request, number):
    """Show all changes of one publication."""
    found = list_publications(before=number + 1, most=1)
    if not found or found[0].pk != number:
        raise Http404
    return render(
        request, "readers/change.html", {"told": load_publication_summaries(found)[0], "api_url": api_url("changes")}
    )


def load_publication_summaries(found, *, of=None, moment: Moment | None = None):
    """Load summaries of these publications, with the names that things had at that moment. Two queries.

    of: the `content_id` of a root, to leave out changes of other roots. See `shapes.changes.summarize_publications`.
    """
    rows, acts = changes_with_history(found, of=of)
    roots = {(each.root_type, str(each.root_content_id)) for each in rows}
    return summarize_publications(found, rows, load_references(roots, moment), acts)
