"""Money by stage: what was set aside, approved, spent. Stages are never stacked: they may be the same money."""

from django.utils.translation import gettext as _

from publishing.shapes import wording

from ...choices import FundingStage, Payer
from ..sentences_of_money import money_sentence
from .chart import Chart, publishers, sentences
from .grammar import SIZE, Box, Drawing, Scale, Words, width_of

ALWAYS = ("earmarked", "appropriated", "spent")  # shown also if nothing is recorded: that is news
ROW, BAR = 38, 11


def money_chart(groups: list[dict], *, of: dict[str, str]) -> Chart | None:
    """Draw the chart, or return None if no sum is known. groups: see `present_money`."""
    known = [group for group in groups if group["total"] is not None]
    if not known:
        return None
    rows = _rows(groups)
    unit, words = wording.unit_of_sums(max(abs(group["total"]) for group in known))
    return Chart(
        name="money",
        of=of,
        title=money_sentence(groups).rstrip(".。"),
        subject=_("Money by stage; stages are never added, as they may be the same money"),
        unit=words,
        told=_told(rows),
        draw=lambda width: _drawing(rows, unit, width),
        columns=[_("stage"), _("payer"), _("HKD"), _("rows counted"), _("rows in all")],
        rows=[_row(*row) for row in rows],
        sources=publishers([row["document"] for group in groups for row in group["rows"]]),
    )


def _rows(groups: list[dict]) -> list[tuple]:
    """Return [(stage, payer, group or None)] in the order of the vocabulary."""
    found = {(group["stage"], group["payer"]): group for group in groups}
    wanted = {*found, *((stage, "public") for stage in ALWAYS)}
    order = list(FundingStage.values), list(Payer.values)
    places = sorted(wanted, key=lambda pair: (order[0].index(pair[0]), order[1].index(pair[1])))
    return [(*pair, found.get(pair)) for pair in places]


def _row(stage: str, payer: str, group: dict | None) -> list:
    if group is None:
        return [stage, payer, None, 0, 0]
    return [stage, payer, group["total"], group["counted"], len(group["rows"])]


def _name(stage: str, payer: str) -> str:
    label = str(FundingStage(stage).label)
    return label if payer == "public" else f"{label} · {Payer(payer).label}"


def _unknown(stage: str, group: dict | None) -> str:
    if group:
        return _("sum unknown")
    return _("no spending reported") if stage == "spent" else _("none recorded")


def _told(rows: list[tuple]) -> str:
    return sentences(_name(stage, payer) + _(": ") + _in_words(stage, group) for stage, payer, group in rows)


def _in_words(stage: str, group: dict | None) -> str:
    if group is None or group["total"] is None:
        return _unknown(stage, group)
    return wording.qualified(wording.sum_in_words(group["total"]), group["qualifier"])


def _number(group: dict, unit: int) -> str:
    return wording.qualified(wording.share_of(group["total"], unit), group["qualifier"])


def _drawing(rows: list[tuple], unit: int, width: int) -> Drawing:
    known = [group for *_names, group in rows if group and group["total"] is not None]
    totals = [group["total"] for group in known]
    number = max(width_of(_number(group, unit), bold=True) for group in known) + 10
    low, high = min(0, *totals), max(0, *totals)
    place = Scale(low, high, number if low < 0 else 0, width - number)
    marks: list = []
    for at, (stage, payer, group) in enumerate(rows):
        y = at * ROW
        marks.append(Words(0, y + SIZE, _name(stage, payer), "words"))
        if group is None or group["total"] is None:
            marks.append(Words(0, y + SIZE + BAR + 4, _unknown(stage, group), "tick"))
            continue
        zero, far = place(0), place(group["total"])
        kind = "spent" if stage in ("disbursed", "spent") else "stage" if payer == "public" else "apart"
        marks.append(Box(min(zero, far), y + SIZE + 5, round(abs(far - zero), 1), BAR, kind))
        marks.append(Words(max(zero, far) + 5, y + SIZE + 4 + BAR, _number(group, unit), "strong"))
    return Drawing(width, len(rows) * ROW, marks)
