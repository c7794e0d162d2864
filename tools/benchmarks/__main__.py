"""`make bench`: fills two databases and prints one table of ratios."""

import argparse
import os
import platform
from collections.abc import Iterable
from datetime import datetime

from .databases import EDITIONS_EACH, SERVER, Databases, filled
from .editing import HEADER as NEWSROOM_HEADER
from .editing import asked, row, timed
from .lines import lines
from .measuring import Measured, measured
from .workers import in_a_process

MAX_NEWSROOM_ROUNDS = 5

HEADER = ("what (the first / the second)", "ratio", "goal", "", "ms", "queries", "peak MB", "rounds")


def main() -> None:
    options = _options()
    newsroom = options.what == "newsroom"
    prefix = "hkpolicy_newsroom" if newsroom else "hkpolicy_bench"
    databases, (small, large) = Databases(options.server, prefix), options.sizes
    print(f"{_machine()}, PostgreSQL {databases.version()}, load {os.getloadavg()[0]:.1f} at {datetime.now():%H:%M}")
    for size in (small, large):
        if not (options.reuse and databases.exists(size)):
            _fill(databases, size, newsroom=newsroom)
    table = _newsroom(databases, options) if newsroom else _record(databases, options)
    print(f"\n{table}\nload {os.getloadavg()[0]:.1f} at {datetime.now():%H:%M}")
    if options.drop:
        for size in (small, large):
            databases.drop(size)


def _record(databases: Databases, options) -> str:
    found = [_shown(line, databases, options.rounds) for line in lines(*options.sizes) if options.only in line.name]
    return _table(HEADER, map(_row, found))


def _newsroom(databases: Databases, options) -> str:
    """Measure each size in a process of its own, the large one first."""
    names, what, goals = zip(*(each for each in asked() if options.only in each[0]), strict=True)
    rounds = min(options.rounds, MAX_NEWSROOM_ROUNDS)
    large, small = (in_a_process(timed, databases.url(size), what, rounds) for size in reversed(options.sizes))
    return _table(NEWSROOM_HEADER, map(row, names, goals, large, small))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS='…'", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("record", "newsroom"), default="record", help="what editors ask")
    parser.add_argument("--server", default=SERVER, help="where databases may be made and dropped (%(default)s)")
    parser.add_argument("--sizes", nargs=2, type=int, default=(100, 10_000), help="initiatives (100 and 10000)")
    parser.add_argument("--rounds", type=int, default=41, help="runs of each side, in turns (%(default)s)")
    parser.add_argument("--only", default="", help="lines with this in their name")
    parser.add_argument("--reuse", action="store_true", help="measure the databases that are there already")
    parser.add_argument("--drop", action="store_true", help="drop the databases at the end")
    return parser.parse_args()


def _fill(databases: Databases, size: int, *, newsroom: bool) -> None:
    databases.create(size)
    done = in_a_process(filled, databases.url(size), size, newsroom)
    working = f"{done['milestones']:,} milestones and {done['statements']:,} statements in the working copy, "
    print(
        f"{size:,} initiatives: {working if newsroom else ''}"
        f"{done['editions']:,} editions{'' if newsroom else f' ({EDITIONS_EACH} each)'}, {done['links']:,} links, "
        f"{done['bytes'] / 1e9:.1f} GB, filled in {done['filling']:.0f} s "
        f"(and {done['migrating']:.0f} s migrating, {done['vacuuming']:.0f} s vacuuming)",
        flush=True,
    )


def _shown(line, databases: Databases, rounds: int) -> Measured:
    print(f"measuring {line.name}", flush=True)
    return measured(line, databases, rounds=rounds)


def _table(header: tuple[str, ...], found: Iterable[tuple[str, ...]]) -> str:
    """Return a table in Markdown."""
    rows = [header, ("---",) * len(header), *found]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(each: Measured) -> tuple[str, ...]:
    one, other = each.one, each.other
    name = f"{each.line.name} ({each.compared:,} fields equal)" if each.compared else each.line.name
    return (
        name,
        f"{each.ratio:.2f}",
        each.line.goal,
        each.line.verdict(each.ratio),
        f"{one.milliseconds:.1f} / {other.milliseconds:.1f}",
        f"{one.queries} / {other.queries}",
        f"{one.megabytes:.0f} / {other.megabytes:.0f}",
        str(each.rounds),
    )


def _machine() -> str:
    with open("/proc/cpuinfo") as info:
        model = next((line.split(":")[1].strip() for line in info if line.startswith("model name")), platform.machine())
    return f"{os.cpu_count()} × {model}, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
