"""Money by stage: what was set aside, approved, spent. Stages are never stacked: they may be the same money."""

from django.utils.translation import gettext as _

from record import formatting

from ..choices import FundingStage, Payer
from ..narrative.money import money_sentence
from .chart import Chart, join_sentences, list_publishers
from .primitives import FONT_SIZE, BoxMark, Drawing, LinearScale, TextMark, estimate_text_width

ALWAYS_SHOWN_STAGES = ("earmarked", "appropriated", "spent")  # shown also if nothing is recorded: that is news
ROW, BAR = 38, 11


def draw_money_chart(groups: list[dict], *, params: dict[str, str]) -> Chart | None:
    """Draw the chart, or return None if no sum is known. groups: see `present_money`."""
    known = [group for group in groups if group["total"] is not None]
    if not known:
        return None
    rows = _order_rows(groups)
    unit, words = formatting.get_hkd_unit(max(abs(group["total"]) for group in known))
    return Chart(
        name="money",
        params=params,
        title=money_sentence(groups).rstrip(".。"),
        subject=_("Money by stage; stages are never added, as they may be the same money"),
        unit=words,
        description=_describe_rows(rows),
        draw=lambda width: _build_drawing(rows, unit, width),
        columns=[_("stage"), _("payer"), _("HKD"), _("rows counted"), _("rows in all")],
        rows=[_build_csv_row(*row) for row in rows],
        sources=list_publishers([row["document"] for group in groups for row in group["rows"]]),
    )


def _order_rows(groups: list[dict]) -> list[tuple]:
    """Return [(stage, payer, group or None)] in the order of the vocabulary."""
    found = {(group["stage"], group["payer"]): group for group in groups}
    wanted = {*found, *((stage, "public") for stage in ALWAYS_SHOWN_STAGES)}
    order = list(FundingStage.values), list(Payer.values)
    places = sorted(wanted, key=lambda pair: (order[0].index(pair[0]), order[1].index(pair[1])))
    return [(*pair, found.get(pair)) for pair in places]


def _build_csv_row(stage: str, payer: str, group: dict | None) -> list:
    if group is None:
        return [stage, payer, None, 0, 0]
    return [stage, payer, group["total"], group["counted"], len(group["rows"])]


def _format_stage(stage: str, payer: str) -> str:
    label = str(FundingStage(stage).label)
    return label if payer == "public" else f"{label} · {Payer(payer).label}"


def _format_unknown(stage: str, group: dict | None) -> str:
    if group:
        return _("sum unknown")
    return _("no spending reported") if stage == "spent" else _("none recorded")


def _describe_rows(rows: list[tuple]) -> str:
    return join_sentences(
        _format_stage(stage, payer) + _(": ") + _format_long(stage, group) for stage, payer, group in rows
    )


def _format_long(stage: str, group: dict | None) -> str:
    if group is None or group["total"] is None:
        return _format_unknown(stage, group)
    return formatting.add_qualifier(formatting.format_hkd(group["total"]), group["qualifier"])


def _format_short(group: dict, unit: int) -> str:
    return formatting.add_qualifier(formatting.format_in_hkd_unit(group["total"], unit), group["qualifier"])


def _build_drawing(rows: list[tuple], unit: int, width: int) -> Drawing:
    known = [group for *_names, group in rows if group and group["total"] is not None]
    totals = [group["total"] for group in known]
    number = max(estimate_text_width(_format_short(group, unit), bold=True) for group in known) + 10
    low, high = min(0, *totals), max(0, *totals)
    place = LinearScale(low, high, number if low < 0 else 0, width - number)
    marks: list = []
    for at, (stage, payer, group) in enumerate(rows):
        y = at * ROW
        marks.append(TextMark(0, y + FONT_SIZE, _format_stage(stage, payer), "words"))
        if group is None or group["total"] is None:
            marks.append(TextMark(0, y + FONT_SIZE + BAR + 4, _format_unknown(stage, group), "tick"))
            continue
        zero, far = place(0), place(group["total"])
        kind = "spent" if stage in ("disbursed", "spent") else "stage" if payer == "public" else "apart"
        marks.append(BoxMark(min(zero, far), y + FONT_SIZE + 5, round(abs(far - zero), 1), BAR, kind))
        marks.append(TextMark(max(zero, far) + 5, y + FONT_SIZE + 4 + BAR, _format_short(group, unit), "strong"))
    return Drawing(width, len(rows) * ROW, marks)
