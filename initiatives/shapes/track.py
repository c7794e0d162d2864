"""The track record: how promises with a date were kept, by body and by year. Pure: rows in, counts out."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from ..rules.schedule import days_late, schedule

KEPT = ("met_early", "met_on_time")


@dataclass
class Tally:
    """Promises of one body or one year. `slips`: days after the *first* promised date, of those where it is known."""

    name: dict | str
    on_time: int = 0
    late: int = 0
    missed: int = 0
    overdue: int = 0
    unknown: int = 0
    ahead: int = 0
    undated: int = 0
    moved: int = 0
    total: int = 0
    slips: list[int] = field(default_factory=list)

    def add(self, row, *, on: date) -> None:
        word = schedule(row, on=on)
        first_late, _current = days_late(row, on=on)
        self.total += 1
        self.moved += row.moves > 0
        # Met by the date it was moved to, but after the first one: kept late.
        late = word in (*KEPT, "met_late") and (word == "met_late" or bool(first_late))
        setattr(self, bucket := _bucket(word, late=late), getattr(self, bucket) + 1)
        if word in ("met_on_time", "met_early", "met_late", "overdue") and first_late is not None:
            self.slips.append(first_late)

    @property
    def median_slip(self) -> int | None:
        return round(median(self.slips)) if self.slips else None


def track_record(rows, *, on: date) -> dict:
    """{"overall", "bodies", "years"}: Tallies.

    rows: (milestone, reference to the leading body or None); events and dropped promises are left out. A year is that
    of the first promised date's end.
    """
    overall, bodies, years = Tally(""), {}, defaultdict(lambda: None)
    for row, lead in rows:
        if schedule(row, on=on) == "closed":
            continue
        overall.add(row, on=on)
        body = bodies.setdefault(lead and lead["content_id"], Tally(lead))
        body.add(row, on=on)
        if due := row.first_until or row.due_until:
            years[due.year] = years[due.year] or Tally(str(due.year))
            years[due.year].add(row, on=on)
    return {
        "overall": overall,
        "bodies": sorted(bodies.values(), key=lambda tally: (-tally.total, str(tally.name))),
        "years": [years[year] for year in sorted(years)],
    }


def _bucket(word: str, *, late: bool) -> str:
    if late:
        return "late"
    return {
        "met_early": "on_time",
        "met_on_time": "on_time",
        "missed": "missed",
        "overdue": "overdue",
        "unknown": "unknown",
        "no_date": "undated",
        "met_undated": "undated",
    }.get(word, "ahead")
