"""A chart as a file of its own: SVG that needs no page around it, and CSV for a spreadsheet."""

import csv
import io
import re

from django.utils.translation import gettext as _

from .chart import Chart, join_list
from .primitives import wrap_text

MARGIN, TITLE, SMALL, LEADING = 20, 18, 12, 1.35
LIGHT_COLOUR = re.compile(r"--([a-z-]+): light-dark\(([^,]+),")
PLAIN_COLOUR = re.compile(r"--(plain): ([^;]+);")
USED_VARIABLE = re.compile(r"var\(--([a-z-]+)\)")
MARKS_SECTION = re.compile(r"/\* marks \*/(.*?)/\* end of marks \*/", re.DOTALL)


def extract_mark_styles(tokens: str, sheet: str) -> str:
    """Return the CSS of chart marks with the light-mode colours filled in, as other programs know no custom properties.

    tokens, sheet: the text of `tokens.css` and of `charts.css`, in which two comments enclose the rules.
    """
    values = dict(PLAIN_COLOUR.findall(tokens)[:1] + LIGHT_COLOUR.findall(tokens))
    rules = " ".join(MARKS_SECTION.findall(sheet))
    return USED_VARIABLE.sub(lambda name: values[name[1]], re.sub(r"/\*.*?\*/", "", rules)).strip()


def build_chart_frame(chart: Chart, width: int, *, foot: list[str]) -> dict:
    """Return {"width", "height", "left", "top", "subject", "title", "unit", "foot", "drawing"}: the layout of a file.

    Sizes are pixels, texts are [(y, words of a line)]. foot: lines of words, wrapped if they are too long.
    """
    inner = width - 2 * MARGIN
    drawing = chart.draw(inner)
    y = MARGIN
    subject, y = _lay_out_lines([chart.subject], SMALL, inner, y)
    title, y = _lay_out_lines([chart.title], TITLE, inner, y + 4)
    unit, y = _lay_out_lines([chart.unit] if chart.unit else [], SMALL, inner, y + 2)
    top = y + 10
    feet, y = _lay_out_lines(foot, SMALL, inner, top + drawing.height + 10)
    return {
        "width": width,
        "height": round(y + MARGIN / 2),
        "left": MARGIN,
        "top": round(top, 1),
        "title": title,
        "subject": subject,
        "unit": unit,
        "foot": feet,
        "drawing": drawing,
    }


def _lay_out_lines(texts: list[str], size: int, width: float, y: float) -> tuple[list[tuple[float, str]], float]:
    """Return [(baseline, words)], and the y at which the next lines may begin."""
    found = []
    for words in (line for text in texts for line in wrap_text(text, width / (1.12 if size == TITLE else 1), size)):
        found.append((round(y + size, 1), words))
        y += size * LEADING
    return found, round(y, 1)


def render_chart_csv(chart: Chart) -> str:
    """Render the table as CSV: numbers and days raw, unknown values empty.

    It begins with a byte order mark, by which spreadsheets recognise UTF-8.
    """
    sheet = io.StringIO()
    sheet.write("\ufeff")
    writer = csv.writer(sheet)
    writer.writerow(chart.columns)
    writer.writerows([[_escape_formula(cell) for cell in row] for row in chart.rows])
    return sheet.getvalue()


def _escape_formula(cell):
    """Escape text that begins as a formula would: spreadsheets run what begins with =, +, - or @."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def build_chart_footer(chart: Chart, *, compiled: str, address: str) -> list[str]:
    """Return the lines below a chart: the publishers of its numbers, who compiled it from what, and its address."""
    sources = [_("Source: %(names)s") % {"names": join_list(chart.sources)}] if chart.sources else []
    return [*sources, compiled, address]
