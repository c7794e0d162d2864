"""Validation of a data file: everything wrong is found at once, and nothing is written while anything is."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from . import sense
from .reading import Problem, RecordFile
from .shape import ID_KEYS, SHAPES, unknown_keys

Known = Callable[[str, str], bool]


@dataclass(slots=True)
class Report:
    """The result of a validation: problems refuse the file, warnings do not.

    unknown: number of unknown keys in each section.
    """

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    unknown: Counter = field(default_factory=Counter)

    @property
    def good(self) -> bool:
        return not self.problems


def check(record: RecordFile, known: Known = lambda section, id: False) -> Report:
    """Validate every row. `known` returns True if a row of a section and id exists already and may be referred to."""
    report = Report()
    ids, sound = _ids(record), {}
    for section in SHAPES:
        seen, sound[section] = set(), []
        for at, row in enumerate(record.rows(section)):
            before = len(report.problems)
            _check_row(report, ids, known, section=section, at=at, row=row, seen=seen)
            if len(report.problems) == before:
                sound[section].append(row)
    for section in record.unknown_sections:
        report.unknown[str(section)] += 1
    _check_conflicts(report, record)
    sense.check(replace(record, sections=sound), report)  # only rows whose values have the right types
    return report


def row_id(section: str, row) -> str:
    """Return the id of a row, "" if it has none."""
    value = row.get(ID_KEYS[section]) if isinstance(row, dict) else None
    return value if isinstance(value, str) else ""


def _ids(record: RecordFile) -> dict[str, set[str]]:
    """Return {section: ids of its rows}."""
    return {section: {row_id(section, row) for row in record.rows(section)} - {""} for section in SHAPES}


def _check_row(report, ids, known, *, section, at, row, seen):
    id = row_id(section, row) or f"row {at + 1}"
    if not isinstance(row, dict):
        report.problems.append(Problem(section, id, "", row, "must be a mapping of keys to values"))
        return
    if id in seen:
        report.problems.append(Problem(section, id, ID_KEYS[section], id, "stands twice in this section"))
    seen.add(id)
    report.unknown[section] += len(unknown_keys(SHAPES[section], row))
    for place, value, message, allowed in _wrong(SHAPES[section], row, ids, known):
        report.problems.append(Problem(section, id, place, value, message, allowed))


def _wrong(shape, row, ids, known, path=""):
    """Yield (place, value, message, allowed) for each invalid value of a row."""
    for key, field_ in shape.items():
        value, place = row.get(key), f"{path}{key}"
        if value is None:
            if field_.required:
                yield place, None, "is missing", field_.allowed
        elif not field_.several:
            yield from _wrong_value(field_, value, place, ids, known)
        elif not isinstance(value, list):
            yield place, value, "must be a list", ()
        else:
            for at, each in enumerate(value):
                yield from _wrong_value(field_, each, f"{place}[{at}]", ids, known)


def _wrong_value(field_, value, place, ids, known):
    """Yield the same for one value, and for the rows inside it."""
    if field_.rows is not None:
        if isinstance(value, dict):
            yield from _wrong(field_.rows, value, ids, known, f"{place}.")
        else:
            yield place, value, "must be a mapping of keys to values", ()
    elif message := field_.check(value):
        yield place, value, message, field_.allowed
    elif field_.refers_to and not any(value in ids[to] or known(to, value) for to in field_.refers_to):
        yield place, value, f"is no id in {' or '.join(field_.refers_to)}, here or loaded before", ()


def _check_conflicts(report, record):
    conflicts = record.meta.get("known_conflicts")
    if conflicts is None:
        return
    if not isinstance(conflicts, list):
        report.problems.append(Problem("meta", "", "known_conflicts", conflicts, "must be a list of texts"))
        return
    for at, words in enumerate(conflicts):
        if not isinstance(words, str) or not words.strip():
            report.problems.append(Problem("meta", "", f"known_conflicts[{at}]", words, "must be text"))
        elif words in conflicts[:at]:
            report.problems.append(Problem("meta", "", f"known_conflicts[{at}]", words, "stands twice"))
