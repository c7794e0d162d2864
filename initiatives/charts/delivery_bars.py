"""Promises by standing, per year, body, area or announcement: one bar per row, one part of it per standing."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from record.languages import localize

from ..rules.delivery import MIN_PROMISES_FOR_SHARE, OPEN_ENDED, STANDINGS, Tally
from .chart import Chart, join_list, join_sentences
from .primitives import (
    FONT_SIZE,
    WIDE,
    BoxMark,
    Drawing,
    LinearScale,
    TextMark,
    estimate_text_width,
    hatch_box,
    shorten_text,
    wrap_text,
)

BAR, NAME, COUNTS, GAP, KEY = 14, 18, 15, 9, 20
MAX_DRAWN_ROWS = 16  # the table has all rows
TEXTURE_RISES = {"late": True, "overdue": False, "missed": True}  # True: rising lines; they identify it without colour


def draw_standing_chart(tallies: list[Tally], language: str, *, by: str, params: dict[str, str]) -> Chart | None:
    """Draw the chart, or return None without a promise. by: "year", "body", "area" or "announcement", the rows."""
    tallies = [tally for tally in tallies if tally.total]
    drawn = tallies[-MAX_DRAWN_ROWS:] if by == "year" else tallies[:MAX_DRAWN_ROWS]
    if not drawn:
        return None
    rows = [(*format_tally_name(tally, language, by), tally) for tally in drawn]
    return Chart(
        name="standing",
        params=params,
        title=_build_title(tallies, by),
        subject=format_subject(by),
        unit=_("promises"),
        description=_describe_rows(rows),
        draw=lambda width: _build_drawing(rows, width, by),
        columns=[_("group"), *(format_standing(each) for each in (*STANDINGS, "dropped")), *_extra_columns()],
        rows=[_build_csv_row(format_tally_name(tally, language, by)[0], tally) for tally in tallies],
        wide=True,
    )


def _build_title(tallies: list[Tally], by: str) -> str:
    if len(tallies) == 1:
        return format_known_share(tallies[0])
    known = [tally for tally in tallies if tally.known and tally.name not in (None, OPEN_ENDED)]
    counts = {"all": sum(tally.counts["on_time"] == tally.known for tally in known), "known": len(known)}
    if not known:
        return _("Of no promise yet is it known whether it was kept")
    forms = {
        "year": _("In %(all)d of %(known)d years all promises of known outcome were kept on time"),
        "body": _("%(all)d of %(known)d bodies kept all their promises of known outcome on time"),
        "area": _("In %(all)d of %(known)d policy areas all promises of known outcome were kept on time"),
        "announcement": _("Of %(known)d announcements %(all)d saw all their promises of known outcome kept on time"),
    }
    return forms[by] % counts


def _extra_columns() -> list[str]:
    return [
        _("outcome known"),
        _("date moved"),
        _("moves"),
        _("median days late, first promise"),
        _("median days late, current promise"),
    ]


def format_known_share(tally: Tally) -> str:
    """Say how many promises of known outcome were kept on time, with their share if there are enough of them."""
    if not tally.known:
        return _("Of no promise yet is it known whether it was kept")
    words = _("%(share)s promises whose outcome is known were kept by the first date promised")
    return words % {"share": format_share(tally.counts["on_time"], tally.known)}


def format_share(part: int, whole: int) -> str:
    """Format as "3 of 7 (43%)", without the share if there are too few."""
    numbers = {"part": part, "whole": whole}
    if whole < MIN_PROMISES_FOR_SHARE:
        return _("%(part)d of %(whole)d") % numbers
    return _("%(part)d of %(whole)d (%(share)d%%)") % (numbers | {"share": round_percent(part, whole)})


def round_percent(part: int, whole: int) -> int:
    """Round to a whole per cent, half up; 0 and 100 are returned only for none and all."""
    return part and min(max((200 * part + whole) // (2 * whole), 1), 99 if part < whole else 100)


def format_subject(by: str) -> str:
    return {
        "year": _("How promises stand, by the year they were first promised for"),
        "body": _("How promises stand, by the body that leads"),
        "area": _("How promises stand, by policy area"),
        "announcement": _("How promises stand, by the announcement that started them"),
    }[by]


def format_tally_name(tally: Tally, language: str, by: str) -> tuple[str, str]:
    """Return (words, language), the language "" if it is the page's."""
    if isinstance(tally.name, dict):
        words, spoken = localize(tally.name["title"], language)
        return words, "" if spoken == language else spoken
    if tally.name == OPEN_ENDED:
        return _("no latest day"), ""
    return tally.name or (_("no date") if by == "year" else _("none recorded")), ""


def format_standing(standing: str) -> str:
    return {
        "on_time": _("kept on time"),
        "late": _("kept late"),
        "missed": _("not kept"),
        "overdue": _("overdue"),
        "unknown": _("past its date, unknown"),
        "ahead": _("still ahead"),
        "undated": _("no date to compare"),
        "dropped": _("dropped"),
    }[standing]


def _build_csv_row(name: str, tally: Tally) -> list:
    counts = [tally.counts[each] for each in (*STANDINGS, "dropped")]
    return [name, *counts, tally.known, tally.moved, tally.moves, tally.median_first, tally.median_current]


def _describe_rows(rows: list[tuple]) -> str:
    return join_sentences(
        name
        + _(": ")
        + join_list(f"{tally.counts[each]} {format_standing(each)}" for each in _standings_present([tally]))
        for name, _lang, tally in rows
    )


def _standings_present(tallies: Iterable[Tally]) -> list[str]:
    tallies = list(tallies)
    return [each for each in STANDINGS if any(tally.counts[each] for tally in tallies)]


def _build_drawing(rows: list[tuple], width: int, by: str) -> Drawing:
    beside = (80 if by == "year" else 250) if width >= WIDE - 60 and len(rows) > 1 else 0
    marks, y = _draw_key(_standings_present(tally for *_name, tally in rows), width)
    place = LinearScale(0, max(tally.total for *_name, tally in rows), beside, width)
    for name, lang, tally in rows:
        if not beside and len(rows) > 1:
            y += NAME
        marks += _draw_names(name, lang, y, beside, width) if len(rows) > 1 else []
        marks += _draw_bar(tally, y, place)
        y += BAR + COUNTS + GAP
    return Drawing(width, round(y - GAP + 2, 1), marks)


def _draw_names(name: str, lang: str, y: float, beside: int, width: int) -> list[TextMark]:
    """Draw the name above its bar or, if there is room beside it, there in at most two lines."""
    if not beside:
        return [TextMark(0, y - 5, shorten_text(name, width), "words", lang=lang)]
    first, *rest = wrap_text(name, beside - 16)
    lines = [first, shorten_text(" ".join(rest), beside - 16)] if rest else [first]
    return [TextMark(0, y + 11 + at * FONT_SIZE * 1.2, line, "words", lang=lang) for at, line in enumerate(lines)]


def _draw_key(present: list[str], width: int) -> tuple[list, float]:
    """Draw a sample of each texture with its words, in as many lines as needed. Return (marks, y of the first row)."""
    marks: list = []
    x, y = 0.0, 2.0
    for each in present:
        words = format_standing(each)
        needed = 22 + estimate_text_width(words) + 12
        if x and x + needed - 12 > width:
            x, y = 0.0, y + KEY
        marks += [*_draw_part(BoxMark(x + 1, y, 16, 11, f"is-{each}")), TextMark(x + 22, y + 10, words, "tick")]
        x += needed
    return marks, y + KEY + 4


def _draw_part(box: BoxMark) -> list:
    standing = box.kind.removeprefix("is-")
    lines = [hatch_box(box, f"lines-{standing}", rising=TEXTURE_RISES[standing])] if standing in TEXTURE_RISES else []
    return [box, *lines]


def _draw_bar(tally: Tally, y: float, place: LinearScale) -> list:
    """Draw the parts of a bar in order, the number of each beneath it if there is room."""
    marks: list = []
    start, free = 0, place.start
    for standing in _standings_present([tally]):
        count = tally.counts[standing]
        left, right = place(start), place(start + count)
        marks += _draw_part(BoxMark(left, y, round(right - left, 1), BAR, f"is-{standing}"))
        text, middle = str(count), round((left + right) / 2, 1)
        half = estimate_text_width(text) / 2
        if middle - half >= free and middle + half <= place.end:
            marks.append(TextMark(middle, y + BAR + FONT_SIZE, text, "count", "middle"))
            free = middle + half + 2
        start += count
    return marks
