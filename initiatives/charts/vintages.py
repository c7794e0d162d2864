"""One measure over years, each year as it was first estimated, as revised and as it came out."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from record import formatting
from record.languages import localize

from ..choices import Vintage
from .chart import Chart, format_span, join_list, join_sentences, list_publishers
from .primitives import BoxMark, Drawing, LinearScale, TextMark, draw_line, estimate_text_width, hatch_box

ROW, HEAD, BAR, GAP, LIFT = 19, 24, 11, 6, 15
MIN_BARS_WIDTH = 60  # pixels; with less room for bars, the words go above them
LATER_VINTAGES = ("revised", "provisional", "actual")  # not year_to_date: part of a year does not revise the whole


def draw_vintages_chart(measure: dict, language: str, *, own: str = "", params: dict[str, str]) -> Chart | None:
    """Draw the chart of a measure from `group_by_measure`, or return None if it has only one number.

    own: content_id of the announcement on whose page it stands; its rows are in bold.
    """
    years = [each for each in reversed(measure["years"]) if each["fiscal_year"] and _with_value(each["figures"])]
    figures = [f for year in years for f in _with_value(year["figures"])]
    if len(figures) < 2:
        return None
    unit, unit_words = _choose_unit(figures)
    name = localize(measure["measure"], language)[0]
    return Chart(
        name="figures",
        params=params,
        title=build_vintages_headline(years, own=own),
        subject=name,
        unit=unit_words,
        description=_describe_years(years),
        draw=lambda width: _build_drawing(years, unit, own, width),
        columns=[
            _("measure"),
            _("financial year"),
            _("estimate"),
            _("HKD"),
            _("HKD, from"),
            _("HKD, to"),
            _("number"),
            _("exactness"),
            _("after bonds"),
            _("as at"),
            _("published"),
            _("announcement"),
        ],
        rows=[_build_csv_row(name, f, language) for f in figures],
        sources=list_publishers(figures),
    )


def build_vintages_headline(years: list[dict], *, own: str = "") -> str:
    """Say what one sees: in how many years it came out lower, or one year's first and last number.

    own: content_id of an announcement; a year first estimated there goes before the others.
    """
    both = [(f[0], f[-1]) for f in (_first_and_last(_with_value(year["figures"])) for year in years) if len(f) > 1]
    if not both:
        names = sorted({year["fiscal_year"] for year in years})
        return format_span(names[0], names[-1]) if len(names) > 1 else names[0]
    mine = [pair for pair in both if own and pair[0]["announcement"] and pair[0]["announcement"]["content_id"] == own]
    once = _one_pair_per_year(both)
    if len(once) > 2 and not mine:
        counts = {
            "lower": sum(_nearest_value(last) < _nearest_value(first) for first, last in once),
            "higher": sum(_nearest_value(last) > _nearest_value(first) for first, last in once),
            "all": len(once),
        }
        words = _("Later numbers were below the first estimate in %(lower)d of %(all)d years, above it in %(higher)d")
        return words % counts
    first, last = max(mine or both, key=lambda pair: abs(_nearest_value(pair[1]) - _nearest_value(pair[0])))
    forms = {
        "revised": _("%(year)s: %(first)s as first estimated, %(last)s as revised"),
        "provisional": _("%(year)s: %(first)s as first estimated, %(last)s as it provisionally came out"),
        "actual": _("%(year)s: %(first)s as first estimated, %(last)s as it came out"),
    }
    return forms[last["vintage"]] % {
        "year": last["fiscal_year"],
        "first": _format_figure(first),
        "last": _format_figure(last),
    }


def _one_pair_per_year(pairs: list[tuple[dict, dict]]) -> list[tuple[dict, dict]]:
    """Keep one pair per year: of years given both before and after bonds, the one that most years have."""
    many = Counter(first["after_bonds"] for first, _last in pairs)
    by_year = {
        first["fiscal_year"]: (first, last) for first, last in sorted(pairs, key=lambda p: many[p[0]["after_bonds"]])
    }
    return list(by_year.values())


def _with_value(figures: list[dict]) -> list[dict]:
    return [f for f in figures if _nearest_value(f) is not None]


def _first_and_last(figures: list[dict]) -> list[dict]:
    """Return the first estimate of a whole year and the last figure of it, or nothing without a first estimate."""
    first = [f for f in figures if f["vintage"] == "original"][:1]
    return first + [f for f in figures if f["vintage"] in LATER_VINTAGES][-1:] if first else []


def _nearest_value(figure: dict) -> int | float | None:
    """Return whole HKD or a count; of a range, its low end."""
    for key in ("amount_hkd", "amount_low_hkd", "count"):
        if figure[key] is not None:
            return figure[key]
    return None


def _choose_unit(figures: list[dict]) -> tuple[int, str]:
    if any(f["amount_hkd"] is None and f["amount_low_hkd"] is None for f in figures):
        return 1, ""
    return formatting.get_hkd_unit(max(abs(end) for f in figures for end in _range_ends(f)))


def _range_ends(figure: dict) -> list[int | float]:
    ends = [_nearest_value(figure), figure["amount_high_hkd"] if figure["amount_hkd"] is None else None]
    return [each for each in ends if each is not None]


def _format_figure(figure: dict) -> str:
    if figure["amount_hkd"] is None and figure["amount_low_hkd"] is None:
        return formatting.add_qualifier(formatting.format_signed(_nearest_value(figure)), figure["qualifier"])
    low, *high = (formatting.format_hkd(end) for end in _range_ends(figure))
    return formatting.add_qualifier(format_span(low, high[0]) if high else low, figure["qualifier"])


def _describe_years(years: list[dict]) -> str:
    return join_sentences(
        formatting.format_split_year(year["fiscal_year"])
        + _(": ")
        + join_list(
            formatting.format_label_value(Vintage(f["vintage"]).label, _format_figure(f))
            for f in _with_value(year["figures"])
        )
        for year in years
    )


def _build_csv_row(name: str, figure: dict, language: str) -> list:
    amounts = [figure[key] for key in ("amount_hkd", "amount_low_hkd", "amount_high_hkd", "count")]
    after = {True: "true", False: "false", None: ""}[figure["after_bonds"]]
    announcement = figure["announcement"]
    named = localize(announcement["title"], language)[0] if announcement else ""
    days = [figure["as_at"], figure["published_on"]]
    return [name, figure["fiscal_year"], figure["vintage"], *amounts, figure["qualifier"], after, *days, named]


@dataclass(frozen=True, slots=True)
class RowLayout:
    """The layout of rows. Words stand above the bars if names, numbers and bars do not fit side by side."""

    place: LinearScale
    unit: int
    own_announcement: str
    words_above: bool

    @property
    def height(self) -> int:
        return ROW + LIFT if self.words_above else ROW

    def is_own(self, figure: dict) -> bool:
        return (
            bool(self.own_announcement)
            and bool(figure["announcement"])
            and figure["announcement"]["content_id"] == self.own_announcement
        )


def _build_drawing(years: list[dict], unit: int, own: str, width: int) -> Drawing:
    rows = _lay_out_rows([f for year in years for f in _with_value(year["figures"])], unit, own, width)
    marks, y = [], 0
    for before, year in pairwise([None, *years]):
        if before and before["after_bonds"] != year["after_bonds"]:
            marks.append(draw_line(0, y + GAP / 2, width, y + GAP / 2, "break"))
            y += GAP
        marks.append(TextMark(0, y + 15, _format_heading(year), "strong"))
        y += HEAD
        for figure in _with_value(year["figures"]):
            marks += _draw_bar(figure, y, rows)
            y += rows.height
        zero = rows.place(0)
        marks.append(draw_line(zero, y - rows.height * len(_with_value(year["figures"])) - 2, zero, y - 4, "zero"))
        y += GAP
    return Drawing(width, y, marks)


def _lay_out_rows(figures: list[dict], unit: int, own: str, width: int) -> RowLayout:
    """Lay out names on the left, and room for the numbers at the ends that have some."""
    values = [end for f in figures for end in _range_ends(f)]
    low, high = min(0, *values), max(0, *values)
    names = max(estimate_text_width(Vintage(f["vintage"]).label, bold=True) for f in figures) + 6
    numbers = dict.fromkeys((True, False), 2.0)
    for f in figures:
        side = _nearest_value(f) < 0
        numbers[side] = max(numbers[side], estimate_text_width(_format_short(f, unit), bold=True) + 8)
    start, end = names + numbers[True], width - numbers[False]
    if end - start < MIN_BARS_WIDTH:
        return RowLayout(LinearScale(low, high, 2, width - 2), unit, own, words_above=True)
    return RowLayout(LinearScale(low, high, start, end), unit, own, words_above=False)


def _format_heading(year: dict) -> str:
    words = year["fiscal_year"]
    if year["after_bonds"] is True:
        return words + " · " + _("after bonds")
    return words + " · " + _("before bonds") if year["after_bonds"] is False else words


def _format_short(figure: dict, unit: int) -> str:
    return formatting.add_qualifier(
        "–".join(formatting.format_in_hkd_unit(end, unit) for end in _range_ends(figure)), figure["qualifier"]
    )


def _draw_bar(figure: dict, y: float, rows: RowLayout) -> list:
    top = y + LIFT if rows.words_above else y
    ends, zero = [rows.place(end) for end in _range_ends(figure)], rows.place(0)
    box = BoxMark(min(zero, ends[0]), top, round(abs(ends[0] - zero), 1), BAR, figure["vintage"])
    marks: list = [box]
    if figure["vintage"] == "revised":
        marks.append(hatch_box(box, "revised-lines"))
    if len(ends) > 1:
        marks.append(BoxMark(min(ends), top, round(abs(ends[1] - ends[0]), 1), BAR, "range"))
    return marks + _draw_words(figure, y + BAR - 1, max(ends, key=lambda end: abs(end - zero)), rows)


def _draw_words(figure: dict, y: float, far: float, rows: RowLayout) -> list[TextMark]:
    """Draw the name of the estimate, and its number at the far end of the bar or, without room, after the name."""
    kind = "strong" if rows.is_own(figure) else "words"
    name, number = TextMark(0, y, Vintage(figure["vintage"]).label, kind), _format_short(figure, rows.unit)
    if rows.words_above:
        return [name, TextMark(estimate_text_width(name.text, bold=True) + 8, y, number, kind)]
    if _nearest_value(figure) < 0:
        return [name, TextMark(far - 5, y, number, kind, "end")]
    return [name, TextMark(far + 5, y, number, kind)]
