"""What was measured, and the one table."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from statistics import median

HEADER = ("measure", "over", "goal", "seen", "worst page", "")


@dataclass(frozen=True)
class Fault:
    """Something that must not be. page: its address; count: how often it is there."""

    page: str
    what: str
    count: int = 1


@dataclass
class Result:
    measure: str
    over: str  # what was looked at
    goal: str
    seen: str
    met: bool
    worst: str = ""
    details: list = field(default_factory=list)

    def row(self) -> tuple[str, ...]:
        return self.measure, self.over, self.goal, self.seen, self.worst, "met" if self.met else "MISSED"

    def told(self) -> dict:
        return vars(self)


def counted(measure: str, over: str, faults: Iterable[Fault]) -> Result:
    """Make a measure whose goal is that nothing is found."""
    faults = list(faults)
    pages: dict[str, int] = {}
    for each in faults:
        pages[each.page] = pages.get(each.page, 0) + each.count
    worst = max(pages, key=pages.get, default="")
    seen = f"{sum(pages.values())} on {len(pages)} pages" if pages else "0"
    told = f"{worst} ({pages[worst]})" if worst else ""
    return Result(measure, over, "0", seen, not pages, told, [asdict(each) for each in faults])


def at_least(measure: str, goal: float, scores: dict[str, list[float]]) -> Result:
    """Make a measure whose goal every page's median reaches. scores: {page: what each run gave}, from 0 to 1."""
    medians = {page: median(each) for page, each in scores.items()}
    worst = min(medians, key=medians.get, default="")
    lowest = medians.get(worst, 0)
    below = sum(each < goal for each in medians.values())
    seen = f"{lowest:.2f} lowest, {below} below" if medians else "nothing"
    return Result(
        measure,
        f"{len(medians)} pages",
        f"≥ {goal:g}",
        seen,
        bool(medians) and not below,
        worst if below else "",
        [scores],
    )


def at_most(measure: str, over: str, goal: int, unit: str, sizes: dict[str, float]) -> Result:
    worst = max(sizes, key=sizes.get, default="")
    largest = sizes.get(worst, 0)
    seen = f"{largest:,.0f} {unit}" if sizes else "nothing"
    return Result(measure, over, f"≤ {goal:,} {unit}", seen, bool(sizes) and largest <= goal, worst, [sizes])


def table(results: Iterable[Result]) -> str:
    """Return a table in Markdown."""
    rows = [HEADER, ("---",) * len(HEADER), *(each.row() for each in results)]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows)
