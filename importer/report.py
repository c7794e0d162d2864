"""The report of an import: counts by section, and everything that was not simply written."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

REPORT_COLUMNS = ("read", "written", "unchanged", "left as draft", "held back", "unknown keys")


@dataclass(slots=True)
class ImportReport:
    """counts: {column: {section: number}}. lines_by_heading: {heading: lines} for whoever imports.

    publication: id of the publication that was made, if any.
    """

    counts: dict[str, Counter] = field(default_factory=lambda: defaultdict(Counter))
    lines_by_heading: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    publication: int | None = None

    def count(self, column: str, section: str, number: int = 1) -> None:
        self.counts[column][section] += number

    def add_line(self, heading: str, line: str) -> None:
        self.lines_by_heading[heading].append(line)

    @property
    def written(self) -> int:
        return self.counts["written"].total()

    def table(self) -> str:
        """Return a table with a line for each section, and a sum."""
        sections = list(dict.fromkeys(section for column in REPORT_COLUMNS for section in self.counts[column]))
        lines = [_format_report_line("section", REPORT_COLUMNS)]
        lines += [
            _format_report_line(section, [self.counts[column][section] for column in REPORT_COLUMNS])
            for section in sections
        ]
        lines.append(_format_report_line("all", [self.counts[column].total() for column in REPORT_COLUMNS]))
        return "\n".join(lines)

    def closing_line(self, *, publishing: bool, dry_run: bool) -> str:
        """Return the last line: what was published."""
        if not publishing:
            words = "Nothing was published: no --publish."
        elif self.publication is None:
            words = "Nothing to publish."
        else:
            words = f"Publication {self.publication}."
        return f"{words} This was a dry run: nothing stays." if dry_run else words

    def __str__(self):
        blocks = [
            f"{heading}:\n" + "\n".join(f"  {line}" for line in lines)
            for heading, lines in self.lines_by_heading.items()
        ]
        return "\n\n".join([*blocks, self.table()])


def _format_report_line(name: str, values) -> str:
    cells = (f"{value:>{len(column) + 2}}" for column, value in zip(REPORT_COLUMNS, values, strict=True))
    return f"{name:<18}{''.join(cells)}"
