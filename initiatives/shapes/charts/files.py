"""A chart as a file of its own: SVG that needs no page around it, and CSV for a spreadsheet."""

import csv
import io
import re

from django.utils.translation import gettext as _

from .chart import Chart, listed
from .grammar import wrapped

MARGIN, TITLE, SMALL, LEADING = 20, 18, 12, 1.35
BY_DAY = re.compile(r"--([a-z-]+): light-dark\(([^,]+),")
PLAIN = re.compile(r"--(plain): ([^;]+);")
USED = re.compile(r"var\(--([a-z-]+)\)")
SECTION = re.compile(r"/\* marks \*/(.*?)/\* end of marks \*/", re.DOTALL)


def style_of(tokens: str, sheet: str) -> str:
    """Return the CSS of chart marks with the light-mode colours filled in, as other programs know no custom properties.

    tokens, sheet: the text of `tokens.css` and of `charts.css`, in which two comments enclose the rules.
    """
    values = dict(PLAIN.findall(tokens)[:1] + BY_DAY.findall(tokens))
    rules = " ".join(SECTION.findall(sheet))
    return USED.sub(lambda name: values[name[1]], re.sub(r"/\*.*?\*/", "", rules)).strip()


def framed(chart: Chart, width: int, *, foot: list[str]) -> dict:
    """Return {"width", "height", "left", "top", "subject", "title", "unit", "foot", "drawing"}: the layout of a file.

    Sizes are pixels, texts are [(y, words of a line)]. foot: lines of words, wrapped if they are too long.
    """
    inner = width - 2 * MARGIN
    drawing = chart.draw(inner)
    y = MARGIN
    subject, y = _lines([chart.subject], SMALL, inner, y)
    title, y = _lines([chart.title], TITLE, inner, y + 4)
    unit, y = _lines([chart.unit] if chart.unit else [], SMALL, inner, y + 2)
    top = y + 10
    feet, y = _lines(foot, SMALL, inner, top + drawing.height + 10)
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


def _lines(texts: list[str], size: int, width: float, y: float) -> tuple[list[tuple[float, str]], float]:
    """Return [(baseline, words)], and the y at which the next lines may begin."""
    found = []
    for words in (line for text in texts for line in wrapped(text, width / (1.12 if size == TITLE else 1), size)):
        found.append((round(y + size, 1), words))
        y += size * LEADING
    return found, round(y, 1)


def as_csv(chart: Chart) -> str:
    """Render the table as CSV: numbers and days raw, unknown values empty.

    It begins with a byte order mark, by which spreadsheets recognise UTF-8.
    """
    sheet = io.StringIO()
    sheet.write("\ufeff")
    writer = csv.writer(sheet)
    writer.writerow(chart.columns)
    writer.writerows([[_plain(cell) for cell in row] for row in chart.rows])
    return sheet.getvalue()


def _plain(cell):
    """Escape text that begins as a formula would: spreadsheets run what begins with =, +, - or @."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def foot_of(chart: Chart, *, compiled: str, address: str) -> list[str]:
    """Return the lines below a chart: the publishers of its numbers, who compiled it from what, and its address."""
    sources = [_("Source: %(names)s") % {"names": listed(chart.sources)}] if chart.sources else []
    return [*sources, compiled, address]
