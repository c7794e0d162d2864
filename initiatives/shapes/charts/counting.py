"""The headline of an indicator: what was counted, and the target it was to reach."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from publishing.dates import FuzzyDate
from publishing.shapes import wording

from ...rules.outcomes import aggregate, governing_target, seen_by
from .units import Unit


@dataclass(frozen=True, slots=True)
class Seen:
    """An observation with a number and a day, the last day of which it speaks."""

    day: date
    value: float
    document: dict

    @property
    def middle(self) -> date:
        """The day at which it is drawn: the figure of a year in the middle of that year."""
        return middle_of(self.document["observed"])

    @property
    def state(self) -> str:
        return self.document["status"]

    @property
    def broken(self) -> bool:
        return bool(self.document.get("method_break"))


@dataclass(frozen=True, slots=True)
class Aim:
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


def middle_of(fuzzy: dict | None) -> date:
    known = FuzzyDate.from_document(fuzzy)
    first = known.earliest or known.latest
    return first + (known.latest - first) // 2


def sentence(document: dict, seen: list[Seen], aims: list[Aim], unit: Unit, on: date) -> str:
    """Build the sentence that says what was counted and the target it is measured by, as `rules.outcomes` has them."""
    counting = seen_by(seen, on) or seen
    last, aim = counting[-1] if counting else None, governing_target(aims, on=on)
    words = {
        "value": last and _counted(counting, document["aggregation"], unit),
        "when": last and wording.date_in_words(FuzzyDate.from_document(last.document["observed"])),
        "target": aim and unit.say(aim.value),
        "due": aim and aim.day and wording.day_in_words(aim.day),
    }
    return _form(last, aim, on) % words


def _counted(seen: list[Seen], aggregation: str, unit: Unit) -> str:
    """Format the last number or, if numbers are added up or averaged, the aggregate, as inexact as any of them."""
    if len(seen) == 1 or aggregation == "last":
        return unit.say(seen[-1].value, seen[-1].document["qualifier"])
    stated = {each.document["qualifier"] for each in seen}
    words = unit.say(float(aggregate(seen, aggregation)), stated.pop() if len(stated) == 1 else "about")
    return (_("%(value)s in all") if aggregation == "sum" else _("%(value)s on average")) % {"value": words}


def _form(last: Seen | None, aim: Aim | None, on: date) -> str:
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
