"""Validation of a data file: everything wrong is found at once, and nothing is written while anything is."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from . import cross_validation
from .parser import DataFile, FileProblem
from .schema import ID_KEYS, SECTION_SCHEMAS, find_unknown_keys

IsKnownId = Callable[[str, str], bool]


@dataclass(slots=True)
class ValidationReport:
    """The result of a validation: problems refuse the file, warnings do not.

    unknown_keys: number of unknown keys in each section.
    """

    problems: list[FileProblem] = field(default_factory=list)
    warnings: list[FileProblem] = field(default_factory=list)
    unknown_keys: Counter = field(default_factory=Counter)

    @property
    def is_valid(self) -> bool:
        return not self.problems


def validate_file(record: DataFile, known: IsKnownId = lambda section, id: False) -> ValidationReport:
    """Validate every row. `known` returns True if a row of a section and id exists already and may be referred to."""
    report = ValidationReport()
    ids, sound = _collect_ids(record), {}
    for section in SECTION_SCHEMAS:
        seen, sound[section] = set(), []
        for at, row in enumerate(record.rows(section)):
            before = len(report.problems)
            _check_row(report, ids, known, section=section, at=at, row=row, seen=seen)
            if len(report.problems) == before:
                sound[section].append(row)
    for section in record.unknown_sections:
        report.unknown_keys[str(section)] += 1
    _check_known_conflicts(report, record)
    cross_validation.cross_validate(
        replace(record, sections=sound), report
    )  # only rows whose values have the right types
    return report


def get_row_id(section: str, row) -> str:
    """Return the id of a row, "" if it has none."""
    value = row.get(ID_KEYS[section]) if isinstance(row, dict) else None
    return value if isinstance(value, str) else ""


def _collect_ids(record: DataFile) -> dict[str, set[str]]:
    """Return {section: ids of its rows}."""
    return {section: {get_row_id(section, row) for row in record.rows(section)} - {""} for section in SECTION_SCHEMAS}


def _check_row(report, ids, known, *, section, at, row, seen):
    id = get_row_id(section, row) or f"row {at + 1}"
    if not isinstance(row, dict):
        report.problems.append(FileProblem(section, id, "", row, "must be a mapping of keys to values"))
        return
    if id in seen:
        report.problems.append(FileProblem(section, id, ID_KEYS[section], id, "stands twice in this section"))
    seen.add(id)
    report.unknown_keys[section] += len(find_unknown_keys(SECTION_SCHEMAS[section], row))
    for place, value, message, allowed in _find_errors(SECTION_SCHEMAS[section], row, ids, known):
        report.problems.append(FileProblem(section, id, place, value, message, allowed))


def _find_errors(shape, row, ids, known, path=""):
    """Yield (place, value, message, allowed) for each invalid value of a row."""
    for key, field_ in shape.items():
        value, place = row.get(key), f"{path}{key}"
        if value is None:
            if field_.required:
                yield place, None, "is missing", field_.allowed
        elif not field_.is_list:
            yield from _find_value_errors(field_, value, place, ids, known)
        elif not isinstance(value, list):
            yield place, value, "must be a list", ()
        else:
            for at, each in enumerate(value):
                yield from _find_value_errors(field_, each, f"{place}[{at}]", ids, known)


def _find_value_errors(field_, value, place, ids, known):
    """Yield the same for one value, and for the rows inside it."""
    if field_.schema is not None:
        if isinstance(value, dict):
            yield from _find_errors(field_.schema, value, ids, known, f"{place}.")
        else:
            yield place, value, "must be a mapping of keys to values", ()
    elif message := field_.check(value):
        yield place, value, message, field_.allowed
    elif field_.refers_to and not any(value in ids[to] or known(to, value) for to in field_.refers_to):
        yield place, value, f"is no id in {' or '.join(field_.refers_to)}, here or loaded before", ()


def _check_known_conflicts(report, record):
    conflicts = record.meta.get("known_conflicts")
    if conflicts is None:
        return
    if not isinstance(conflicts, list):
        report.problems.append(FileProblem("meta", "", "known_conflicts", conflicts, "must be a list of texts"))
        return
    for at, words in enumerate(conflicts):
        if not isinstance(words, str) or not words.strip():
            report.problems.append(FileProblem("meta", "", f"known_conflicts[{at}]", words, "must be text"))
        elif words in conflicts[:at]:
            report.problems.append(FileProblem("meta", "", f"known_conflicts[{at}]", words, "stands twice"))
