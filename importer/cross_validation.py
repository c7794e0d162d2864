"""Checks across values: rows that say too little, circles, and dates that contradict each other."""

from calendar import monthrange
from datetime import date

from record.dates import FuzzyDate

from .parser import FileProblem
from .schema import ID_KEYS

USD_RATE_RANGE = (7.5, 8.1)  # HKD per USD: pegged at 7.75 to 7.85 since 2005, with room for rounding
PERIOD_END_MONTHS = {"quarter": (3, 6, 9, 12), "half": (6, 12)}
YEAR_END_DAYS = ((12, 31), (3, 31), (8, 31))
NAMED_SECTIONS = {"organisations": "name", "people": "name", "initiatives": "title"}


def cross_validate(record, report):
    """Add to the report what rows get wrong as a whole; their values must have the right types already."""
    for section, name in NAMED_SECTIONS.items():
        for row in record.rows(section):
            if not any((row.get(f"{name}_{language}") or "").strip() for language in ("en", "zh_hant", "zh_hans")):
                _add_problem(report, section, row, f"{name}_en", None, "has no text in any language")
    _check_circles(report, record)
    for row in record.rows("sources"):
        _check_source(report, row)
    for row in record.rows("budgets"):
        for at, figure in enumerate(row.get("headline_figures") or ()):
            _check_figure(report, row, figure, f"headline_figures[{at}]")
    for row in record.rows("allocations"):
        _check_allocation(report, row)
    sources = {row["id"]: row for row in record.rows("sources")}
    for row in record.rows("milestones"):
        _check_milestone(report, row, sources)
    for row in record.rows("outcomes"):
        _check_outcome(report, row)


def ends_precision_period(last_day: date, precision: str) -> bool:
    """Return True if a day is the last of a day, month, quarter, half or (calendar, fiscal or academic) year."""
    if precision in ("day", "unknown"):
        return True
    if precision == "year":
        return (last_day.month, last_day.day) in YEAR_END_DAYS
    ends_a_month = last_day.day == monthrange(last_day.year, last_day.month)[1]
    return ends_a_month and last_day.month in PERIOD_END_MONTHS.get(precision, range(1, 13))


def _add_problem(report, section, row, field, value, message):
    report.problems.append(FileProblem(section, row[ID_KEYS[section]], field, value, message))


def _add_warning(report, section, row, field, value, message):
    report.warnings.append(FileProblem(section, row[ID_KEYS[section]], field, value, message))


def _check_circles(report, record):
    for section, field in (("organisations", "parent"), ("allocations", "part_of")):
        above = {row["id"]: row.get(field) for row in record.rows(section)}
        for row in record.rows(section):
            seen, at = set(), row["id"]
            while at in above and at not in seen:
                seen.add(at)
                at = above[at]
            if at == row["id"]:
                _add_problem(report, section, row, field, row.get(field), "goes round in a circle")
    for row in record.rows("initiatives"):
        for field in ("predecessors", "comparables"):
            if row["slug"] in (row.get(field) or ()):
                _add_problem(report, "initiatives", row, field, row["slug"], "names the initiative itself")


def _check_source(report, row):
    url = row.get("url")
    if url is None and row.get("access") != "recall":
        _add_warning(report, "sources", row, "url", None, "is missing: readers cannot open this source")
    elif url is not None and not url.startswith(("http://", "https://")):
        _add_warning(report, "sources", row, "url", url, "is no web address: kept in the internal note")


def _check_figure(report, row, figure, place):
    low, high = figure.get("amount_low_hkd"), figure.get("amount_high_hkd")
    if (low is None) != (high is None):
        _add_problem(report, "budgets", row, place, low or high, "gives one end of a range")
    elif low is not None and low > high:
        _add_problem(report, "budgets", row, place, [low, high], "is a range that ends below its start")
    given = [figure.get(key) is not None for key in ("amount_hkd", "amount_low_hkd", "value")]
    if sum(given) > 1:
        _add_problem(report, "budgets", row, place, figure["measure"], "is more than one of amount, range and count")
    elif not any(given) and figure["verified"] != "recall":
        _add_problem(report, "budgets", row, place, figure["measure"], "is neither an amount, a range nor a count")


def _check_allocation(report, row):
    dollars, reported = row.get("amount_hkd"), row.get("amount_usd_reported")
    if dollars and reported and not USD_RATE_RANGE[0] <= dollars / reported <= USD_RATE_RANGE[1]:
        _add_warning(report, "allocations", row, "amount_usd_reported", reported, "is not what amount_hkd comes to")


def _check_milestone(report, row, sources):
    precision = row.get("due_precision") or "unknown"
    _check_period_end(report, row, "due", row.get("due"), precision)
    _check_period_end(report, row, "completed", row.get("completed"), row.get("completed_precision") or "day")
    if row.get("due") is None and precision != "unknown":
        _add_warning(report, "milestones", row, "due_precision", precision, "is the precision of no date")
    history = row.get("history") or ()
    for at, each in enumerate(history):
        _check_period_end(report, row, f"history[{at}].due", each.get("due"), each.get("precision") or "unknown")
    dated = [each for each in history if each.get("due")]
    if dated and (dated[-1]["due"], dated[-1].get("precision") or "unknown") != (row.get("due"), precision):
        last = f"{dated[-1]['due']} ({dated[-1].get('precision') or 'unknown'})"
        _add_warning(
            report, "milestones", row, "due", row.get("due"), f"is not the last dated statement, {last}, which wins"
        )
    _check_completion(report, row, dated, sources)


def _check_period_end(report, row, field, day, precision):
    if day and not ends_precision_period(day, precision):
        _add_warning(report, "milestones", row, field, day, f"is not the last day of its precision ({precision})")


def _check_completion(report, row, dated, sources):
    done = row.get("completed")
    if (row["status"] == "completed") != (done is not None):
        words = "is missing though it is called completed" if done is None else f"is given though it is {row['status']}"
        _add_warning(report, "milestones", row, "completed", done, words)
    if done is None:
        return
    actual = FuzzyDate.ending_on(done, row.get("completed_precision") or "day")
    stated = [FuzzyDate.parse(sources[id].get("date")).latest for id in row.get("sources") or () if id in sources]
    if actual.earliest and stated and all(day and day < actual.earliest for day in stated):
        _add_warning(
            report, "milestones", row, "completed", done, "is later than each of its sources: none can have seen it"
        )
    first = dated[0] if dated else row
    late, comparable = row.get("completed_late"), first.get("due") and actual.earliest
    if late is not None and comparable and late != (actual.earliest > first["due"]):
        _add_warning(report, "milestones", row, "completed_late", late, "is not what the dates say")


def _check_outcome(report, row):
    for at, target in enumerate(row.get("targets") or ()):
        if target.get("value") is None and not (target.get("text") or "").strip():
            _add_problem(report, "outcomes", row, f"targets[{at}]", None, "has neither a number nor words")
    for at, observation in enumerate(row.get("observations") or ()):
        for key in ("date", "value"):
            if observation.get(key) is None:
                _add_problem(report, "outcomes", row, f"observations[{at}].{key}", None, "is missing")
