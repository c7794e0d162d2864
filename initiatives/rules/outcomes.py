"""The status of an indicator against its target on a day. Computed when read, never stored.

The rules, in order; only observations dated on or before the day are seen:

1. The *governing* target is the numeric one due next, on the day or after it; else the one due last; else an undated
   one. Of several due together a KPI goes before a reference, then the one listed last. Without one, or for a
   `qualitative` indicator: `no_data`.
2. Once the due day has passed, the first observation dated on it or later decides, `achieved`, `exceeded` or `missed`:
   what is reached after that stays missed. If none is that late, what was reached before counts, and anything else
   is `no_data`: silence is not a miss.
3. Nothing observed since the baseline's day: `not_started`. No dated baseline and no observation: `no_data`.
4. Reached: `achieved`, or `exceeded` if beyond the target by a tenth of the way from baseline to target (from zero
   if there is no baseline).
5. Else the way made is compared with a straight line from the baseline to the target, on the day of the latest
   observation, since figures come late: nine tenths of it `on_track`, six tenths `at_risk`, less `off_track`. Without
   a dated baseline or a due day there is no line: `no_data`.

`maintain` asks for a level, not a way: within a tenth of the target is `on_track`, within a fifth `at_risk`, else
`off_track`; it is `achieved` or `missed` only by an observation from the due day on.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

TENTH = Fraction(1, 10)
ON_TRACK_SHARE = Fraction(9, 10)
AT_RISK_SHARE = Fraction(6, 10)
FINALITY = {"provisional": 0, "final": 1, "revised": 2}

Number = int | float | Decimal


@dataclass(frozen=True, slots=True)
class SeriesTarget:
    value: Number | None = None  # None if the target is in words only
    due: date | None = None  # the last day allowed
    kind: str = "reference"


@dataclass(frozen=True, slots=True)
class SeriesObservation:
    value: Number | None
    day: date | None  # the last day it speaks of: 31 December for the figure of a calendar year
    state: str = "final"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeSeries:
    """An indicator with its targets and observations, each in their stated order."""

    direction: str = "increase"
    aggregation: str = "last"
    baseline_value: Number | None = None
    baseline_day: date | None = None
    targets: tuple[SeriesTarget, ...] = ()
    observations: tuple[SeriesObservation, ...] = ()


def compute_outcome_status(series, *, on):
    """Return one of the values of `OutcomeStatus`, by the rules at the top of this module."""
    target = find_governing_target(series.targets, on=on)
    if target is None or series.direction == "qualitative":
        return "no_data"
    seen = select_observations(series.observations, on)
    if target.due is not None and target.due < on:
        return _settled_status(series, target, seen)
    if series.baseline_day is not None and not any(each.day > series.baseline_day for each in seen):
        return "not_started"
    if not seen:
        return "no_data"
    return (
        _level_status(series, target, seen)
        if series.direction == "maintain"
        else _progress_status(series, target, seen)
    )


def find_governing_target(targets, *, on):
    """Return the target by which an indicator is measured on that day, or None if no target has a number."""
    numeric = [target for target in targets if target.value is not None]
    dues = sorted({target.due for target in numeric if target.due is not None})
    due = next((due for due in dues if due >= on), dues[-1] if dues else None)
    candidates = [target for target in numeric if target.due == due]
    return max(reversed(candidates), key=lambda target: target.kind == "kpi", default=None)


def aggregate_observations(observations, aggregation):
    """Return the sum or the mean of dated observations, or else the latest one, as an exact Fraction.

    Raises ValueError if there is none.
    """
    if not observations:
        raise ValueError("nothing was observed")
    if aggregation not in ("sum", "mean"):
        return _to_fraction(max(reversed(observations), key=lambda each: each.day).value)
    total = sum(_to_fraction(each.value) for each in observations)
    return total / len(observations) if aggregation == "mean" else total


def select_observations(observations, on):
    """Return the numeric observations dated on or before that day; of one day only the most final.

    A revised figure replaces a provisional one.
    """
    dated = [each for each in observations if each.value is not None and each.day is not None and each.day <= on]
    most_final = {}
    for each in dated:
        most_final[each.day] = max(most_final.get(each.day, 0), FINALITY[each.state])
    return [each for each in dated if FINALITY[each.state] == most_final[each.day]]


def _settled_status(series, target, seen):
    deciding = min((each.day for each in seen if each.day >= target.due), default=None)
    if deciding is not None:
        seen = [each for each in seen if each.day <= deciding]
        return _reached_status(series, target, seen) or "missed"
    if not seen or series.direction == "maintain":
        return "no_data"
    return _reached_status(series, target, seen) or "no_data"


def _reached_status(series, target, seen):
    """Return "achieved", "exceeded" or None."""
    goal, value = _to_fraction(target.value), aggregate_observations(seen, series.aggregation)
    if series.direction == "maintain":
        return "achieved" if abs(value - goal) <= abs(goal) * TENTH else None
    beyond = _distance_forward(series, goal, value)
    if beyond < 0:
        return None
    way = abs(goal - _to_fraction(series.baseline_value or 0))
    return "exceeded" if beyond > 0 and beyond >= way * TENTH else "achieved"


def _progress_status(series, target, seen):
    if reached := _reached_status(series, target, seen):
        return reached
    if series.baseline_value is None or series.baseline_day is None or target.due is None:
        return "no_data"
    baseline = _to_fraction(series.baseline_value)
    way = _distance_forward(series, baseline, _to_fraction(target.value))
    if way <= 0:  # the target asks for no change, and the value got worse
        return "off_track"
    made = _distance_forward(series, baseline, aggregate_observations(seen, series.aggregation)) / way
    latest = max(each.day for each in seen)
    expected = Fraction((latest - series.baseline_day).days, (target.due - series.baseline_day).days)
    if made >= expected * ON_TRACK_SHARE:
        return "on_track"
    return "at_risk" if made >= expected * AT_RISK_SHARE else "off_track"


def _level_status(series, target, seen):
    goal = _to_fraction(target.value)
    off = abs(aggregate_observations(seen, series.aggregation) - goal)
    if off <= abs(goal) * TENTH:
        return "on_track"
    return "at_risk" if off <= abs(goal) * 2 * TENTH else "off_track"


def _distance_forward(series, start, end):
    """Return how far `end` lies from `start` in the wanted direction; negative the other way."""
    return start - end if series.direction == "decrease" else end - start


def _to_fraction(number):
    """Convert the number as it is written: 0.1 is a tenth, whether it came as float or Decimal."""
    return Fraction(str(number))
