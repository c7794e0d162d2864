"""One chart as a file, SVG or CSV, at the reader's moment."""

from functools import cache

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from readers.views import as_of
from record.characters import strip_control_characters
from record.formatting import format_day

from ..charts.files import build_chart_footer, build_chart_frame, extract_mark_styles, render_chart_csv
from ..charts.primitives import WIDE
from .chart_registry import CHARTS

CHART_FORMATS = ("svg", "csv")
PAPER_WIDTH = 520  # pixels; charts drawn for wide pages are wider


@as_of
def chart_file(request, name, form, *, moment):
    read = CHARTS.get(name)
    found = read(moment, request.GET.dict()) if read and form in CHART_FORMATS else None
    if found is None:
        raise Http404
    response = _svg_response(request, found, moment) if form == "svg" else _csv_response(found)
    shown = "inline" if form == "svg" else "attachment"
    response["Content-Disposition"] = f'{shown}; filename="{build_chart_filename(found, moment)}.{form}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _csv_response(found):
    return HttpResponse(render_chart_csv(found), content_type="text/csv; charset=utf-8")


def _svg_response(request, found, moment):
    words = _("%(site)s, the record as of %(day)s; CC BY 4.0")
    compiled = words % {"site": _("Hong Kong policy tracker"), "day": format_day(moment.day)}
    foot = build_chart_footer(found, compiled=compiled, address=settings.SITE_URL.partition("://")[2])
    frame = build_chart_frame(found, WIDE + 40 if found.wide else PAPER_WIDTH, foot=foot)
    context = {"chart": found, "frame": frame, "style": load_mark_styles(), "language": request.LANGUAGE_CODE}
    drawing = strip_control_characters(render_to_string("charts/file.svg", context, request))  # illegal in XML
    return HttpResponse(drawing, content_type="image/svg+xml")


@cache
def load_mark_styles() -> str:
    """Return the CSS of chart marks in light mode, taken from the site's own style sheets."""
    sheets = settings.BASE_DIR / "static" / "site"
    return extract_mark_styles(*((sheets / name).read_text() for name in ("tokens.css", "charts.css")))


def build_chart_filename(found, moment) -> str:
    return "-".join([found.name, *(each for each in found.params.values() if each), moment.day.isoformat()])
