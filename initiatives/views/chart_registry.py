"""The registry of charts by name, read from the record at a moment: the one list of what `/charts/` offers."""

from collections.abc import Callable
from uuid import UUID

from django.utils.translation import get_language

from record.queries import Moment, editions_at

from ..charts.chart import Chart
from ..charts.delivery_bars import draw_standing_chart
from ..charts.lateness import draw_lateness_chart
from ..charts.outcome import draw_outcome_chart
from ..charts.vintages import draw_vintages_chart
from ..editions import FigureEdition, OutcomeEdition
from ..presenters.figures import group_by_measure, group_vintages
from ..presenters.track_record import GROUPINGS
from ..queries.track_record import find_group
from ..rules.delivery import Tally
from .promise_summary import draw_tally_chart, load_money_by_stage, tally_promises_of
from .track_record_cache import get_track_record

SINGLE_GROUPINGS = ("body", "announcement")  # groupings of which a chart can show a single group


def load_figures_chart(moment: Moment, asked: dict) -> Chart | None:
    """Load the chart of a measure: `?of=<measure>` for all its years.

    With `&announcement=<content_id>`, only the years of which that announcement gives figures.
    """
    found = [each.load_document() for each in editions_at(FigureEdition, moment).exclude(fiscal_year="").order_by("id")]
    for measure in group_by_measure(group_vintages(found)):
        if measure["key"] == asked.get("of"):
            return draw_figures_chart(measure, asked.get("announcement", ""))
    return None


def draw_figures_chart(measure: dict, announcement: str = "") -> Chart | None:
    """Draw the chart of a measure; if an announcement is named, only the years of which it gives figures."""
    years = measure["years"]
    if announcement:
        years = [year for year in years if any(_is_given_in(figure, announcement) for figure in year["figures"])]
    params = {"of": measure["key"], "announcement": announcement}
    return draw_vintages_chart(measure | {"years": years}, _get_page_language(), own=announcement, params=params)


def load_outcome_chart(moment: Moment, asked: dict) -> Chart | None:
    """Load the chart of an outcome: `?of=<content_id>`."""
    if not (content_id := _parse_uuid(asked.get("of"))):
        return None
    found = editions_at(OutcomeEdition, moment).filter(content_id=content_id).first()
    return found and draw_outcome_chart(found.load_document(), _get_page_language(), on=moment.day)


def load_standing_chart(moment: Moment, asked: dict) -> Chart | None:
    """Load the chart of how promises stand, per group: `?of=year|body|area|announcement`.

    `&only=<slug>` limits it to one body or announcement.
    """
    by, only = asked.get("of"), asked.get("only")
    if by not in GROUPINGS:
        return None
    if not only:
        return draw_standing_by_group(get_track_record(moment), by)
    group = find_group(moment, by, only) if by in SINGLE_GROUPINGS else None
    return draw_tally_chart(tally_promises_of(group.name, moment, by=by), by=by) if group and group.key else None


def draw_standing_by_group(record: dict, by: str) -> Chart | None:
    return draw_standing_chart(record[by], _get_page_language(), by=by, params={"of": by})


def load_lateness_chart(moment: Moment, asked: dict) -> Chart | None:
    """Load the chart of days late against the first promise, over all promises."""
    return draw_overall_lateness(get_track_record(moment)["overall"])


def draw_overall_lateness(tally: Tally) -> Chart | None:
    return draw_lateness_chart(tally, params={})


def load_money_chart(moment: Moment, asked: dict) -> Chart | None:
    """Load the chart of money by stage: `?of=body|announcement&only=<slug>`."""
    by, only = asked.get("of"), asked.get("only", "")
    group = find_group(moment, by, only) if by in SINGLE_GROUPINGS else None
    if group is None or group.key is None:
        return None
    return load_money_by_stage(moment, by=by, content_id=group.key, slug=only)[1]


CHARTS: dict[str, Callable[[Moment, dict], Chart | None]] = {
    "figures": load_figures_chart,
    "outcome": load_outcome_chart,
    "standing": load_standing_chart,
    "lateness": load_lateness_chart,
    "money": load_money_chart,
}


def draw_figures_by_measure(groups: list[dict], announcement: str) -> dict[str, list]:
    """Return {"charts": [(measure, chart)], "others": [measure]}; others: measures with one number and no chart."""
    told = [(measure, draw_figures_chart(measure, announcement)) for measure in group_by_measure(groups)]
    return {
        "charts": [(measure, chart) for measure, chart in told if chart],
        "others": [measure for measure, chart in told if chart is None],
    }


def _is_given_in(figure: dict, announcement: str) -> bool:
    return bool(figure["announcement"]) and figure["announcement"]["content_id"] == announcement


def _parse_uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _get_page_language() -> str:
    return get_language() or "en"
