"""The registry of charts by name, read from the record at a moment: the one list of what `/charts/` offers."""

from collections.abc import Callable
from uuid import UUID

from django.utils.translation import get_language

from publishing.queries import Moment, editions

from ..editions import FigureEdition, OutcomeEdition
from ..queries.track import group_of
from ..rules.delivery import Tally
from ..shapes.charts.chart import Chart
from ..shapes.charts.lateness import lateness_chart
from ..shapes.charts.outcome import outcome_chart
from ..shapes.charts.standing import standing_chart
from ..shapes.charts.vintages import vintages_chart
from ..shapes.figures import measures, vintages
from ..shapes.track import BY
from .counting import track
from .promised import chart_of, money_of, tally_of

ONE = ("body", "announcement")  # groupings of which a chart can show a single group


def figures(moment: Moment, asked: dict) -> Chart | None:
    """Load the chart of a measure: `?of=<measure>` for all its years.

    With `&announcement=<content_id>`, only the years of which that announcement gives figures.
    """
    found = [each.current() for each in editions(FigureEdition, moment).exclude(fiscal_year="").order_by("id")]
    for measure in measures(vintages(found)):
        if measure["key"] == asked.get("of"):
            return figures_chart(measure, asked.get("announcement", ""))
    return None


def figures_chart(measure: dict, announcement: str = "") -> Chart | None:
    """Draw the chart of a measure; if an announcement is named, only the years of which it gives figures."""
    years = measure["years"]
    if announcement:
        years = [year for year in years if any(_given_in(figure, announcement) for figure in year["figures"])]
    of = {"of": measure["key"], "announcement": announcement}
    return vintages_chart(measure | {"years": years}, _language(), own=announcement, of=of)


def outcome(moment: Moment, asked: dict) -> Chart | None:
    """Load the chart of an outcome: `?of=<content_id>`."""
    if not (content_id := _uuid(asked.get("of"))):
        return None
    found = editions(OutcomeEdition, moment).filter(content_id=content_id).first()
    return found and outcome_chart(found.current(), _language(), on=moment.day)


def standing(moment: Moment, asked: dict) -> Chart | None:
    """Load the chart of how promises stand, per group: `?of=year|body|area|announcement`.

    `&only=<slug>` limits it to one body or announcement.
    """
    by, only = asked.get("of"), asked.get("only")
    if by not in BY:
        return None
    if not only:
        return standing_of(track(moment), by)
    group = group_of(moment, by, only) if by in ONE else None
    return chart_of(tally_of(group.name, moment, by=by), by=by) if group and group.key else None


def standing_of(record: dict, by: str) -> Chart | None:
    return standing_chart(record[by], _language(), by=by, of={"of": by})


def lateness(moment: Moment, asked: dict) -> Chart | None:
    """Load the chart of days late against the first promise, over all promises."""
    return lateness_of(track(moment)["overall"])


def lateness_of(tally: Tally) -> Chart | None:
    return lateness_chart(tally, of={})


def money(moment: Moment, asked: dict) -> Chart | None:
    """Load the chart of money by stage: `?of=body|announcement&only=<slug>`."""
    by, only = asked.get("of"), asked.get("only", "")
    group = group_of(moment, by, only) if by in ONE else None
    if group is None or group.key is None:
        return None
    return money_of(moment, by=by, content_id=group.key, slug=only)[1]


CHARTS: dict[str, Callable[[Moment, dict], Chart | None]] = {
    "figures": figures,
    "outcome": outcome,
    "standing": standing,
    "lateness": lateness,
    "money": money,
}


def figures_told(groups: list[dict], announcement: str) -> dict[str, list]:
    """Return {"charts": [(measure, chart)], "others": [measure]}; others: measures with one number and no chart."""
    told = [(measure, figures_chart(measure, announcement)) for measure in measures(groups)]
    return {
        "charts": [(measure, chart) for measure, chart in told if chart],
        "others": [measure for measure, chart in told if chart is None],
    }


def _given_in(figure: dict, announcement: str) -> bool:
    return bool(figure["announcement"]) and figure["announcement"]["content_id"] == announcement


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _language() -> str:
    return get_language() or "en"
