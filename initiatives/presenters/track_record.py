"""The track record: how promises were kept, by body, area, announcement and year. Pure: rows in, counts out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from ..rules.delivery import KNOWN_STANDINGS, OPEN_ENDED, STANDINGS, PromiseDelivery, Tally, classify_delivery

GROUPINGS = ("year", "body", "area", "announcement")
NO_GROUP = "none"  # in URLs: promises without a body, area, announcement or date
TRACK_RECORD_NUMBERS = (*STANDINGS, "dropped", "all", "known", "moved", "slipped")


def build_track_record(rows: Iterable, groups: dict, names: dict, *, on: date) -> dict:
    """Count promises: {"overall": Tally, "year", "body", "area", "announcement": [Tally]}.

    The name of a Tally is a reference, a year, OPEN_ENDED or None. rows: promises as `rules.schedule` reads them, with
    root_content_id and moves. groups, names: from `load_groups_by_initiative` and `load_group_references`. Years are in
    order, everything else by the number of promises.
    """
    overall, tallies = Tally(""), {by: defaultdict(Tally) for by in GROUPINGS}
    for row in rows:
        each = classify_delivery(row, on=on)
        overall.add(each)
        for by in GROUPINGS:
            for key in get_group_keys(row, by, groups):
                tallies[by][key].add(each)
    for by in GROUPINGS:
        for key, tally in tallies[by].items():
            tally.name = str(key) if by == "year" and key else names.get(key)
    years = tallies.pop("year")
    in_order = [years[year] for year in sorted(years, key=_year_sort_key)]
    return {"overall": overall, "year": in_order} | {
        by: sorted(tallies[by].values(), key=_tally_sort_key) for by in tallies
    }


def get_group_keys(row, by: str, groups: dict) -> Iterable:
    """Return the keys of a promise's groups: the year in which its first window ends, or what its initiative names."""
    if by == "year":
        no_year = OPEN_ENDED if row.due_known else None
        return (row.first_until.year if row.first_until else no_year,)
    return groups[by].get(row.root_content_id, (None,))


def select_cases(rows: Iterable, groups: dict, *, by: str, key, which: str, on: date) -> Iterator[tuple]:
    """Yield (row, PromiseDelivery) of the promises behind one number. by: "" for all groups."""
    belongs = build_case_filter(which)
    for row in rows:
        if not by or key in get_group_keys(row, by, groups):
            each = classify_delivery(row, on=on)
            if belongs(each):
                yield row, each


def build_case_filter(which: str) -> Callable[[PromiseDelivery], bool]:
    """Return a predicate: True for promises behind the number `which`, one of TRACK_RECORD_NUMBERS."""
    return {
        "all": lambda each: each.standing != "dropped",
        "known": lambda each: each.standing in KNOWN_STANDINGS,
        "moved": lambda each: each.moves > 0 and each.standing != "dropped",
        "slipped": lambda each: each.days_late_first is not None and each.standing != "undated",
    }.get(which, lambda each: each.standing == which)


def get_group_slug(tally: Tally) -> str:
    if isinstance(tally.name, dict):
        return tally.name["slug"]
    return tally.name or NO_GROUP


def _year_sort_key(year: int | str | None) -> tuple:
    return year is None, year == OPEN_ENDED, year if isinstance(year, int) else 0


def _tally_sort_key(tally: Tally) -> tuple:
    return tally.name is None, -tally.total, tally.name["slug"] or "" if tally.name else ""
