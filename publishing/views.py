"""Pages of the record: one way to answer for any published thing, at any moment; and the site's own pages."""

from collections.abc import Sequence
from functools import partial, wraps
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control

from .api.conditional import unless_unchanged
from .editions import Edition, PageEdition
from .queries import (
    UUID,
    BadMoment,
    Moment,
    changes_told,
    documents_of,
    find,
    moment,
    publications,
    recorded_since,
    references_to,
)
from .rules import key_of
from .shapes.asked import Asked
from .shapes.changes import by_day, told
from .shapes.pages import PAGES

A_PAGE = 20
FEW = 8  # things of one publication shown in the list; its own page shows all


def twin(plural: str, **query) -> str:
    """The address of the same list or thing as JSON."""
    asked = {key: value for key, value in query.items() if value}
    return f"/api/v1/{plural}/" + (f"?{urlencode(asked)}" if asked else "")


def at_a_moment(view):
    """Hands the view the moment of `?as_of=`; answers 400 where it is none, 304 where the reader has the
    answer. Leads an address that holds a NUL to the same without it."""

    view = unless_unchanged(view)

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        try:
            asked = moment(request.GET.get("as_of"))
        except BadMoment:
            return render(request, "400.html", {"problem": "moment", "canonical": ""}, status=400)
        if plain := _without_nul(request):
            return HttpResponseRedirect(plain)
        return view(request, *args, moment=asked, **kwargs)

    return wrapped


def _without_nul(request) -> str:
    """The same address without the NULs in what it asks, which no database finds; "" where there are none."""
    given = [(name, value) for name, values in request.GET.lists() for value in values]
    kept = [(name.replace("\0", ""), value.replace("\0", "")) for name, value in given]
    return "" if kept == given else request.path + f"?{urlencode(kept)}"


def asked_briefly(*, facets: Sequence[str] = (), sorts: Sequence[str] = ("",)):
    """Hands the view of a list what is `asked`; leads a question put in more words to its shortest address."""

    def decorated(view):
        @wraps(view)
        def wrapped(request, *args, **kwargs):
            asked = Asked.of(request.GET, facets=facets, sorts=sorts)
            if asked.shortest is not None:
                return HttpResponseRedirect(request.path + (f"?{asked.shortest}" if asked.shortest else ""))
            return view(request, *args, asked=asked, **kwargs)

        return wrapped

    return decorated


def now_only(view):
    """Refuses `?as_of=`: what the view reads has no past. Answers 304 where the reader has the answer."""

    view = unless_unchanged(view)

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if "as_of" in request.GET:
            return render(request, "400.html", {"problem": "now only", "canonical": ""}, status=400)
        if plain := _without_nul(request):
            return HttpResponseRedirect(plain)
        return view(request, *args, **kwargs)

    return wrapped


@cache_control(public=True, max_age=0, must_revalidate=True)  # browsers keep a 301 and a 410 for good unless told
def thing_page(request, edition_class: type[Edition], name: str, *, moment: Moment, pages: dict):
    """A root's page by its slug or `content_id`: moved 301, withdrawn 410, not there (yet) 404.

    pages: {type: (template, context function)}, see `publishing.shapes`.
    """
    edition, otherwise = at_address(request, edition_class, name, moment=moment)
    if otherwise:
        return otherwise
    template, shape = pages[edition_class.type]
    context = _around(edition, moment) | shape(documents_of(edition, moment), on=moment.day)
    return render(request, template, context)


def at_address(
    request, edition_class: type[Edition], name: str, *, moment: Moment, view: str = ""
) -> tuple[Edition | None, HttpResponse | None]:
    """The edition at an address, or what to answer instead.

    view: the name of the address, where it is another than that of the thing's page.
    """
    found = find(edition_class, name, moment)
    if found.edition is None:
        return None, _not_there(request, edition_class, name, moment)
    address = partial(_address, request, view or edition_class.type)
    if found.moved_to:
        return None, HttpResponsePermanentRedirect(address(found.moved_to))
    if UUID.fullmatch(name):
        return None, HttpResponseRedirect(address(found.edition.slug))
    if found.edition.tombstone:
        return None, _gone(request, found.edition, moment)
    return found.edition, None


def _not_there(request, edition_class: type[Edition], name: str, moment: Moment):
    """since: when the record of this type begins; later: whether it is there today, while at that moment it was not."""
    later = bool(moment.instant) and find(edition_class, name, Moment(None, moment.day)).edition is not None
    around = {"since": recorded_since(edition_class), "later": later, "moment": moment, "canonical": ""}
    return render(request, "404.html", around, status=404)


def _gone(request, edition: Edition, moment: Moment):
    """What was withdrawn: why, and what stands in its place where something does."""
    document = edition.current()
    successor = document.get("successor")
    named = references_to([key_of(successor)])[key_of(successor)] if successor else None
    around = _around(edition, moment) | {"reason": document["reason"], "successor": named, "canonical": ""}
    return render(request, "410.html", around, status=410)


def _around(edition: Edition, moment: Moment) -> dict:
    name = edition.slug or str(edition.content_id)
    return {"moment": moment, "edition": edition, "twin": twin(f"{edition.plural}/{name}")}


def _address(request, view: str, slug: str) -> str:
    query = request.META["QUERY_STRING"]
    return reverse(view, args=[slug]) + (f"?{query}" if query else "")


@at_a_moment
def page(request, name, *, moment):
    return thing_page(request, PageEdition, name, moment=moment, pages=PAGES)


@now_only
def changes(request):
    before = request.GET.get("before", "")
    found = publications(before=int(before) if before.isdecimal() else None, most=A_PAGE + 1)
    page = found[:A_PAGE]
    context = {
        "days": by_day(told_of(page)),
        "few": FEW,
        "older": page[-1].pk if len(found) > A_PAGE else None,
        "before": before if before.isdecimal() else "",
        "twin": twin("changes"),
    }
    return render(request, "publishing/changes.html", context)


@now_only
def change(request, number):
    found = publications(before=number + 1, most=1)
    if not found or found[0].pk != number:
        raise Http404
    return render(request, "publishing/change.html", {"told": told_of(found)[0], "twin": twin("changes")})


def told_of(found, *, of=None, moment: Moment | None = None):
    """These publications as readers are told of them at a moment, `of` one root: two queries; `shapes.changes.told`."""
    rows, acts = changes_told(found, of=of)
    roots = {(each.root_type, str(each.root_content_id)) for each in rows}
    return told(found, rows, references_to(roots, moment), acts)
