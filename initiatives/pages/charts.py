"""One chart as a file, SVG or CSV, at the reader's moment."""

from functools import cache

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from publishing import rules
from publishing.shapes.wording import day_in_words
from publishing.views import at_a_moment

from ..shapes.charts.files import as_csv, foot_of, framed, style_of
from ..shapes.charts.grammar import WIDE
from .drawn import CHARTS

FORMS = ("svg", "csv")
PAPER = 520  # pixels; charts drawn for wide pages are wider


@at_a_moment
def chart(request, name, form, *, moment):
    read = CHARTS.get(name)
    found = read(moment, request.GET.dict()) if read and form in FORMS else None
    if found is None:
        raise Http404
    response = _svg(request, found, moment) if form == "svg" else _csv(found)
    shown = "inline" if form == "svg" else "attachment"
    response["Content-Disposition"] = f'{shown}; filename="{file_name(found, moment)}.{form}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _csv(found):
    return HttpResponse(as_csv(found), content_type="text/csv; charset=utf-8")


def _svg(request, found, moment):
    words = _("%(site)s, the record as of %(day)s; CC BY 4.0")
    compiled = words % {"site": _("Hong Kong policy tracker"), "day": day_in_words(moment.day)}
    foot = foot_of(found, compiled=compiled, address=settings.SITE_URL.partition("://")[2])
    frame = framed(found, WIDE + 40 if found.wide else PAPER, foot=foot)
    context = {"chart": found, "frame": frame, "style": style(), "language": request.LANGUAGE_CODE}
    drawing = rules.without_controls(render_to_string("charts/file.svg", context, request))  # illegal in XML
    return HttpResponse(drawing, content_type="image/svg+xml")


@cache
def style() -> str:
    """Return the CSS of chart marks in light mode, taken from the site's own style sheets."""
    sheets = settings.BASE_DIR / "static" / "site"
    return style_of(*((sheets / name).read_text() for name in ("tokens.css", "charts.css")))


def file_name(found, moment) -> str:
    return "-".join([found.name, *(each for each in found.of.values() if each), moment.day.isoformat()])
