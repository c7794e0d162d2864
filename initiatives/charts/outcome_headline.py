"""The headline of an indicator: what was counted, and the target it was to reach."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from record import formatting
from record.dates import FuzzyDate

from ..rules.outcomes import aggregate_observations, find_governing_target, select_observations
from .units import Unit


@dataclass(frozen=True, slots=True)
class ChartObservation:
    """An observation with a number and a day, the last day of which it speaks."""

    day: date
    value: float
    document: dict

    @property
    def middle_day(self) -> date:
        """The day at which it is drawn: the figure of a year in the middle of that year."""
        return find_middle_day(self.document["observed"])

    @property
    def state(self) -> str:
        return self.document["status"]

    @property
    def has_method_break(self) -> bool:
        return bool(self.document.get("method_break"))


@dataclass(frozen=True, slots=True)
class ChartTarget:
    """A target with a number: its letter in the drawing and in the table, and its day if it has one."""

    letter: str
    value: float
    day: date | None
    document: dict

    @property
    def due(self) -> date | None:
        return self.day

    @property
    def kind(self) -> str:
        return self.document["kind"]


def find_middle_day(fuzzy: dict | None) -> date:
    known = FuzzyDate.from_document(fuzzy)
    first = known.earliest or known.latest
    return first + (known.latest - first) // 2


def build_outcome_headline(
    document: dict, seen: list[ChartObservation], aims: list[ChartTarget], unit: Unit, on: date
) -> str:
    """Build the sentence that says what was counted and the target it is measured by, as `rules.outcomes` has them."""
    counting = select_observations(seen, on) or seen
    last, aim = counting[-1] if counting else None, find_governing_target(aims, on=on)
    words = {
        "value": last and _format_counted(counting, document["aggregation"], unit),
        "when": last and formatting.format_fuzzy_date(FuzzyDate.from_document(last.document["observed"])),
        "target": aim and unit.format_long(aim.value),
        "due": aim and aim.day and formatting.format_day(aim.day),
    }
    return _choose_template(last, aim, on) % words


def _format_counted(seen: list[ChartObservation], aggregation: str, unit: Unit) -> str:
    """Format the last number or, if numbers are added up or averaged, the aggregate, as inexact as any of them."""
    if len(seen) == 1 or aggregation == "last":
        return unit.format_long(seen[-1].value, seen[-1].document["qualifier"])
    stated = {each.document["qualifier"] for each in seen}
    words = unit.format_long(
        float(aggregate_observations(seen, aggregation)), stated.pop() if len(stated) == 1 else "about"
    )
    return (_("%(value)s in all") if aggregation == "sum" else _("%(value)s on average")) % {"value": words}


def _choose_template(last: ChartObservation | None, aim: ChartTarget | None, on: date) -> str:
    if aim is None:
        return _("%(value)s when last counted (%(when)s); no target in numbers was set")
    if aim.day is None:
        if last is None:
            return _("Nothing counted yet; the target is %(target)s, without a date")
        return _("%(value)s when last counted (%(when)s); the target is %(target)s, without a date")
    if last is None:
        return _("Nothing counted yet; the target is %(target)s by %(due)s")
    if aim.day < on:
        return _("%(value)s when last counted (%(when)s); the target was %(target)s by %(due)s")
    return _("%(value)s when last counted (%(when)s); the target is %(target)s by %(due)s")
